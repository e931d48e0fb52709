"""What was sealed holds as long as nothing is changed, and says which link does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rule_samples import NOW, POLICY, rated, sent

from review import seals
from review.record import Review
from review.seals import Broken, Link
from review.stages import Desk, Move
from review.steps import act

SALT = b"salt"


def signed() -> Review:
    """Rated by the manager and agreed to by the skip-level."""
    return act(
        sent(rated()),
        Move.AGREE,
        by="bo",
        desks={Desk.SKIP_LEVEL},
        at=NOW + timedelta(hours=1),
        policy=POLICY,
    )


def chain(record: Review, salt: bytes = SALT) -> list[Link]:
    """A seal for each word, in their order."""
    links: list[Link] = []
    for word in record.sign_offs:
        number = len(links) + 1
        link = Link(
            review=record.id,
            number=number,
            cycle=record.cycle,
            place=number,
            decision=word.decision,
            desk=word.role,
            by=word.by,
            at=word.at,
            seen=seals.seen_digest(seals.as_seen(record, word), salt),
        )
        links.append(_closed(link, links))
    return links


def _closed(link: Link, links: list[Link]) -> Link:
    last = links[-1] if links else None
    return seals.closed(link, before=last.digest if last else "", head=last.head if last else "")


def _void(links: list[Link], *numbers: int) -> list[Link]:
    link = Link(
        review="r1",
        number=len(links) + 1,
        cycle="2026Q4",
        place=len(links) + 1,
        decision=seals.VOID,
        desk="",
        by=None,
        at=NOW,
        voids=numbers,
    )
    return [*links, _closed(link, links)]


def test_a_chain_holds_while_nothing_is_changed() -> None:
    record = signed()
    links = chain(record)
    assert seals.review_broken(links, record, SALT, [one.digest for one in links]) is None
    assert seals.cycle_broken(links) is None
    assert seals.standing(links) == tuple(links)
    assert [seals.word_of(one, record) for one in links] == list(record.sign_offs)


def test_a_changed_number_or_text_is_found_at_the_seal_that_saw_it() -> None:
    record = signed()
    links = chain(record)
    assert record.manager_part is not None
    for part in (
        replace(record.manager_part, cases={"overall": "Another."}),
        replace(record.manager_part, scores={}),
    ):
        changed = replace(record, manager_part=part)
        assert seals.review_broken(links, changed, SALT) == Broken(
            "changed", "r1", 1, "manager", "mia"
        )
        assert seals.review_broken(links, changed, None) is None


def test_a_link_that_was_altered_removed_or_moved_is_found() -> None:
    record = signed()
    first, second = chain(record)
    altered = replace(first, by="eve")
    assert seals.review_broken([altered, second], record, SALT) == Broken(
        "link", "r1", 1, "manager", "eve"
    )
    assert seals.review_broken([second], record, SALT) == Broken("missing", "r1", 1)
    assert seals.review_broken([first], record, SALT, [second.digest]) == Broken("missing", "r1", 2)
    assert seals.cycle_broken([second]) == Broken("missing", "r1", 2, "skip_level", "bo")
    assert seals.cycle_broken([replace(first, head="x"), second]) == Broken(
        "head", "r1", 1, "manager", "mia"
    )


def test_a_word_that_is_gone_or_has_no_seal_is_found() -> None:
    record = signed()
    first, second = chain(record)
    without = replace(record, sign_offs=record.sign_offs[:1])
    assert seals.review_broken([first, second], without, SALT) == Broken(
        "word_gone", "r1", 2, "skip_level", "bo"
    )
    assert seals.review_broken([first], record, SALT) == Broken(
        "unsealed", "r1", 2, "skip_level", "bo"
    )


def test_what_is_void_stands_no_longer() -> None:
    record = signed()
    links = _void(chain(record), 2)
    assert [one.number for one in seals.standing(links)] == [1]
    without = replace(record, sign_offs=record.sign_offs[:1])
    assert seals.review_broken(links, without, SALT) is None


def test_a_lift_that_a_new_rating_followed_needs_no_seal_of_its_own() -> None:
    record = signed()
    rating, agreed = record.sign_offs
    lift = replace(agreed, decision=Move.GATE_LIFT)
    lifted = replace(record, sign_offs=(lift, rating))
    kept = chain(replace(lifted, sign_offs=(rating,)))
    resealed = [
        _closed(
            replace(
                kept[0], seen=seals.seen_digest(seals.as_seen(lifted, rating), SALT), digest=""
            ),
            [],
        )
    ]
    assert seals.review_broken(resealed, lifted, SALT) is None
    before = replace(record, sign_offs=(rating, lift))
    assert seals.review_broken(chain(record)[:1], before, SALT) == Broken(
        "unsealed", "r1", 2, "skip_level", "bo"
    )


@pytest.mark.parametrize("salt", [b"", b"other"])
def test_the_same_text_has_another_digest_with_another_salt(salt: bytes) -> None:
    record = signed()
    assert chain(record)[0].seen != chain(record, salt)[0].seen
