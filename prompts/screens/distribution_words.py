"""The spread of ratings in words and as a picture's data."""

from __future__ import annotations

import json
from fractions import Fraction

from prompts.card import Picture
from prompts.render import Words
from prompts.screens.distribution_facts import GroupLine, SpreadFacts
from review import scale
from review.distribution import Reading
from review.policy import Quota


def reading_facts(reading: Reading, words: Words) -> dict[str, object]:
    """What the words say of one quota of one group."""
    quota = reading.quota
    return {
        "band": band(quota, words),
        "count": reading.count,
        "of": reading.rated,
        "share": percent(Fraction(reading.count, reading.rated)),
        "fewest": reading.least,
        "most": reading.most,
        "at_least": None if quota.at_least is None else percent(quota.at_least),
        "at_most": None if quota.at_most is None else percent(quota.at_most),
        "out": reading.outside,
        "warns": quota.warns,
    }


def group_facts(group: GroupLine, words: Words) -> dict[str, object]:
    """What the words say of a group out of policy."""
    breach = group.breach
    kind = breach.group.name.kind
    return {
        "group": words.plain(f"distribution.kind_{kind}", name=group.name),
        "tier": breach.tier.name.lower(),
        "odds": breach.reading.odds,
        "so_far": breach.so_far,
        "again": breach.again,
        "inside": not breach.reading.outside,
        **reading_facts(breach.reading, words),
    }


def in_order(readings: tuple[Reading, ...]) -> list[Reading]:
    """The best ratings first, as the scale is shown."""
    return sorted(
        readings, key=lambda one: (one.quota.lowest is None, -(one.quota.lowest or Fraction(0)))
    )


def step_facts(facts: SpreadFacts) -> tuple[tuple[str, int, str], ...]:
    """Score, count and percentage of every step."""
    return tuple((scale.show(bar.score), bar.count, percent(bar.share)) for bar in facts.bars)


def band(quota: Quota, words: Words) -> str:
    """A quota's ratings in words, such as "4 and above"."""
    return words.plain(
        "distribution.band",
        lowest=None if quota.lowest is None else scale.show(quota.lowest),
        highest=None if quota.highest is None else scale.show(quota.highest),
    )


def percent(share: Fraction) -> str:
    """A share as a whole percentage, half up."""
    return str(int(share * 100 + Fraction(1, 2)))


def picture(facts: SpreadFacts, title: str, words: Words) -> Picture:
    """The chart as the painter's data, with the same figures in words beside it."""
    data = {
        "kind": "distribution",
        "title": title,
        "note": words.plain(
            "distribution.progress", self_in=facts.self_in, rated=facts.rated, people=facts.people
        ),
        "columns_heading": words.plain("distribution.columns_heading"),
        "columns": [
            {
                "label": scale.show(bar.score),
                "share": float(bar.share),
                "figure": words.plain("distribution.share_figure", share=percent(bar.share)),
                "detail": str(bar.count),
                "band": words.plain("distribution.step_band", band=bar.band),
            }
            for bar in facts.bars
        ],
        "bands_heading": words.plain("distribution.bands_heading"),
        "bands": [_band(reading, words) for reading in in_order(facts.readings)],
        "groups_heading": words.plain("distribution.groups_title") if facts.groups else "",
        "groups": [_group(group, words) for group in facts.groups[:5]],
    }
    alt = words.plain("distribution.steps", steps=step_facts(facts))
    return Picture(json.dumps(data, ensure_ascii=False), alt)


def _band(reading: Reading, words: Words) -> dict[str, object]:
    facts = reading_facts(reading, words)
    quota = reading.quota
    return {
        "label": facts["band"],
        "share": reading.count / reading.rated,
        "figure": words.plain("distribution.band_figure", **facts),
        "limit": words.plain("distribution.limit", **facts),
        "at_most": None if quota.at_most is None else float(quota.at_most),
        "at_least": None if quota.at_least is None else float(quota.at_least),
        "out": reading.outside and quota.warns,
    }


def _group(group: GroupLine, words: Words) -> dict[str, object]:
    facts = group_facts(group, words)
    return {
        "label": facts["group"],
        "figure": words.plain("distribution.group_figure", **facts),
        "words": words.plain("distribution.group_words", **facts),
    }
