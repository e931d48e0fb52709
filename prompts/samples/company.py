"""Screens of the company as a whole: the board, and what could not be delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes
from prompts.screens import common, contact_news, deliveries, distribution
from prompts.screens.deliveries import DeliveryLine
from prompts.screens.distribution_facts import GroupLine, SpreadFacts
from review.distribution import Bar, Breach, Tier
from review.groups import Group, GroupKind, GroupName
from review.quotas import read


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {**_distribution(sizes, words), **_undelivered(sizes, words)}


def _distribution(sizes: Sizes, words: Words) -> Screens:
    facts = spread(sizes)
    few = replace(facts, bars=(), readings=(), groups=(), more=0)
    calm = replace(facts, groups=(), more=0, company=False, closed=True)
    line = facts.groups[0]
    return {
        "board": distribution.board(facts, words),
        "board, calm": distribution.board(calm, words),
        "board, too few": distribution.board(few, words),
        "own scope": distribution.own_scope(facts, words, picture=True),
        "own scope, text": distribution.own_scope(calm, words, picture=False),
        "turned strong": distribution.turned(facts, line, words, resolved=False),
        "resolved": distribution.turned(facts, line, words, resolved=True),
        "closing": distribution.closing(facts, words),
    }


def spread(sizes: Sizes) -> SpreadFacts:
    """A board on which every quota of many groups is left."""
    steps = sizes.policy.scale
    counts = {step.score: 6 for step in steps}
    whole = sum(counts.values())
    readings = tuple(read(quota, counts) for quota in sizes.policy.distribution.quotas)
    most = min(sizes.groups, sizes.policy.distribution.board_rows)
    groups = tuple(
        GroupLine(
            name=sizes.name,
            breach=Breach(
                Group((GroupName(list(GroupKind)[index % 3], f"k{index}"),), whole, counts),
                readings[index % len(readings)],
                list(Tier)[::-1][index % 3],
                so_far=index % 2 == 0,
            ),
        )
        for index in range(most)
    )
    bars = tuple(Bar(step.score, step.band, 6, Fraction(6, whole)) for step in steps)
    return SpreadFacts(
        cycle="2026Q3",
        company=True,
        people=whole,
        self_in=31,
        rated=whole,
        bars=bars,
        readings=readings,
        groups=groups,
        more=sizes.groups - most,
    )


def _undelivered(sizes: Sizes, words: Words) -> Screens:
    reasons = (*deliveries.WHY, "look-back: not_found", "as_slack_says_it")
    unsent = tuple(
        DeliveryLine(
            id=f"{n:032x}",
            to="#hr" if n == 1 else f"N{n:04}",
            name="" if n == 1 else sizes.name,
            kind="reminder",
            state="parked",
            since=datetime(2026, 10, 16, 9, 30, tzinfo=UTC),
            sent_at=None,
            attempts=1,
            reason=reasons[n % len(reasons)],
        )
        for n in range(sizes.groups)
    )
    return {
        "undelivered": deliveries.card(unsent, (sizes.name,) * sizes.groups, 12345, words),
        "all delivered": deliveries.card((), (), 1, words),
        "contact news": contact_news.card(
            contact_news.NewsFacts(
                platform="dingtalk",
                joined=sizes.groups,
                left=((sizes.name, date(2026, 10, 16)),) * sizes.groups,
                changed=sizes.groups,
                departments=True,
            ),
            words,
        ),
        "contact news of departments": contact_news.card(
            contact_news.NewsFacts(
                platform="slack", joined=0, left=(), changed=0, departments=True
            ),
            words,
        ),
        "unreachable": common.says(
            words,
            "deliveries.unreachable",
            receiver=deliveries.receiver("N0001", sizes.name, words),
            why=deliveries.why("user_disabled", words),
        ),
    }
