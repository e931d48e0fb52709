"""Re-computes every seal: whether what was signed is still what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers.work import Work
from review.cycle import Cycle
from review.record import ReviewId
from review.seals import Broken, Link, cycle_broken, review_broken
from storage.errors import BrokenSealError


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found."""

    links: int
    reviews: int
    erased: int
    """Reviews whose salt was erased: only their order could be looked at."""
    heads: tuple[tuple[str, str], ...] = ()
    """The head of each cycle's chain, to be kept elsewhere."""
    broken: Broken | None = None
    cycle: str = ""
    """The broken link's cycle."""
    person: str = ""
    """Whose review it is, and who said the word that does not hold."""
    by: str = ""


async def verify(work: Work) -> Verified:
    """Look at all cycles, the first one first, and stop at the first link that does not hold."""
    links = reviews = erased = 0
    heads: list[tuple[str, str]] = []
    salts = await work.tx.seals.salts()
    for cycle in sorted(await work.tx.cycles.all(), key=lambda one: (one.opened_at, one.id)):
        found = await work.tx.seals.in_cycle(cycle.id)
        links += len(found)
        heads += [(cycle.id, found[-1].head)] if found else []
        broken, seen, gone = await _of_cycle(cycle, found, salts, work)
        reviews, erased = reviews + seen, erased + gone
        if broken is not None:
            return Verified(
                links=links,
                reviews=reviews,
                erased=erased,
                broken=broken,
                cycle=cycle.name,
                person=await _owner(cycle, broken.review, work),
                by=await _name(broken.by, work),
            )
    return Verified(links=links, reviews=reviews, erased=erased, heads=tuple(heads))


async def _of_cycle(
    cycle: Cycle, found: Sequence[Link], salts: Mapping[ReviewId, bytes], work: Work
) -> tuple[Broken | None, int, int]:
    """The first broken link, how many reviews were looked at, and how many were erased."""
    chains = {
        review: sorted(chain, key=lambda one: one.number)
        for review, chain in groupby(
            sorted(found, key=lambda one: one.review), key=lambda one: one.review
        )
    }
    if (broken := cycle_broken(found)) is not None:
        return broken, 0, 0
    ids = [one for one, _ in await work.tx.reviews.records(cycle.id)]
    trail = await work.tx.audit.of_all(ids)
    kept: dict[ReviewId, list[str]] = {}
    for line in trail:
        if line.event.startswith("seal."):
            kept.setdefault(line.subject, []).append(str(line.details["digest"]))
    gone = 0
    for review_id in sorted(ids):
        chain, audited = chains.get(review_id, []), kept.get(review_id, ())
        try:
            review = await work.tx.reviews.checked(review_id)
        except BrokenSealError:
            return Broken("unreadable", review_id, 0), len(chains), gone
        if review is None:
            return Broken("figures", review_id, 0), len(chains), gone
        salt = salts.get(review_id)
        gone += bool(chain) and salt is None
        broken = review_broken(chain, review, salt, audited)
        if broken is not None:
            return broken, len(chains), gone
    return None, len(chains), gone


async def _owner(cycle: Cycle, review: ReviewId, work: Work) -> str:
    for one, employee in await work.tx.reviews.records(cycle.id):
        if one == review:
            return await _name(employee, work)
    return review


async def _name(employee: str | None, work: Work) -> str:
    person = await work.tx.people.get(employee) if employee else None
    return person.name if person else ""
