"""Seals: what was signed and changed after in the database is found, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from signing import links, rate, record, start, why
from sqlalchemy import delete, text, update
from world import Home, home

from handlers.audit_verify import Verified, verify
from handlers.work import Work
from review.assessment import Assessment
from review.record import Review
from storage.tables import REVIEW
from storage.tables_signing import SEAL


async def checked(place: Home) -> Verified:
    async with place.deps.database.begin(write=False) as tx:
        return await verify(Work(tx=tx, company=place.deps.company, now=place.clock.now()))


async def signed(place: Home) -> str:
    _, review = await start(place)
    await place.press("boss", "signoff.agree", review)
    await place.press("hr", "hr.confirm", review)
    return review


async def tamper(place: Home, review: Review) -> None:
    """Write the record as somebody with the key and the database would."""
    async with place.deps.database.begin() as tx:
        await tx.reviews.save(review)


def part(review: Review) -> Assessment:
    assert review.manager_part is not None
    return review.manager_part


async def test_what_was_signed_holds(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await signed(place)
        found = await checked(place)
        chain = await links(place, review)
        assert [(one.number, one.decision, one.by) for one in chain] == [
            (1, "rate", "mia"),
            (2, "agree", "boss"),
            (3, "agree", "hr"),
        ]
        assert found == Verified(links=3, reviews=1, erased=0, heads=(("2026Q3", chain[-1].head),))


async def test_returned_and_rated_again_holds_and_voids(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        await why(place, "hr", "hr.return", review, "Look again.")
        await why(place, "boss", "signoff.return", review, "Please.")
        await rate(place, review)
        await place.press("boss", "signoff.agree", review)
        await place.press("hr", "hr.confirm", review)
        said = [(one.decision, one.voids) for one in await links(place, review)]
        assert said == [
            ("rate", ()),
            ("agree", ()),
            ("void", (2,)),
            ("void", (1,)),
            ("rate", ()),
            ("agree", ()),
            ("agree", ()),
        ]
        assert (await checked(place)).broken is None


@pytest.mark.parametrize("what", ["text", "number", "self", "word", "rating"])
async def test_a_changed_record_is_found(tmp_path: Path, what: str) -> None:
    async with home(tmp_path) as place:
        now = await record(place, await signed(place))
        own = now.self_part
        assert own is not None
        changed = {
            "text": replace(now, manager_part=replace(part(now), cases={"overall": "Other."})),
            "number": replace(
                now,
                manager_part=replace(
                    part(now), scores={**part(now).scores, "conduct": Fraction(5)}
                ),
            ),
            "self": replace(now, self_part=replace(own, comment="Other.")),
            "word": replace(now, sign_offs=now.sign_offs[:2]),
            "rating": replace(now, manager_part=replace(part(now), rating=Fraction(5))),
        }[what]
        await tamper(place, changed)
        broken = (await checked(place)).broken
        assert broken is not None
        assert (broken.why, broken.number) == (
            ("word_gone", 3) if what == "word" else ("changed", 1)
        )


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_seal_that_is_taken_away_is_missed(tmp_path: Path, number: int) -> None:
    async with home(tmp_path) as place:
        await signed(place)
        await run(place, delete(SEAL).where(SEAL.c.number == number))
        broken = (await checked(place)).broken
        assert broken is not None
        assert broken.why == "missing"


async def test_all_seals_taken_away_with_the_salt_are_missed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await signed(place)
        async with place.deps.database.begin() as tx:
            await tx.seals.forget(review)
        await run(place, delete(SEAL))
        broken = (await checked(place)).broken
        assert broken is not None
        assert broken.why == "missing"


@pytest.mark.parametrize("column", ["by", "decision", "desk", "seen", "digest", "head", "place"])
async def test_a_changed_link_is_found(tmp_path: Path, column: str) -> None:
    async with home(tmp_path) as place:
        await signed(place)
        value = 9 if column == "place" else "mia"
        await run(place, update(SEAL).where(SEAL.c.number == 2).values({column: value}))
        broken = (await checked(place)).broken
        assert broken is not None
        assert broken.why in {"link", "head", "missing"}


@pytest.mark.parametrize("column", ["rating", "k", "gate"])
async def test_a_changed_figure_is_found(tmp_path: Path, column: str) -> None:
    async with home(tmp_path) as place:
        await signed(place)
        await run(place, update(REVIEW).where(REVIEW.c.rating.is_not(None)).values({column: "5"}))
        broken = (await checked(place)).broken
        assert broken is not None
        assert broken.why == "figures"


async def test_a_changed_sealed_text_is_found(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await signed(place)
        await run(place, text("UPDATE review SET sheet = self_part WHERE rating IS NOT NULL"))
        broken = (await checked(place)).broken
        assert broken is not None
        assert broken.why == "unreadable"


async def test_erased_texts_leave_the_order_to_be_looked_at(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await signed(place)
        async with place.deps.database.begin() as tx:
            await tx.seals.forget(review)
        found = await checked(place)
        assert (found.broken, found.erased, found.links) == (None, 1, 3)
        await run(place, update(SEAL).where(SEAL.c.number == 2).values(by="mia"))
        assert (await checked(place)).broken is not None


async def run(place: Home, statement: object) -> None:
    """Straight on the database, past every store."""
    async with place.deps.database.begin() as tx:
        await tx.seals._connection.execute(statement)  # type: ignore[call-overload]
