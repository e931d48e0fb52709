"""Seals of sign-offs: a chain a review, and all of a cycle's links in one chain of heads."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select

from review.people import EmployeeId
from review.record import Review, ReviewId, SignOff
from review.seals import (
    SALT_BYTES,
    VOID,
    Link,
    as_seen,
    closed,
    seen_digest,
    standing,
)
from storage.store import Store, chunks
from storage.tables_signing import SEAL, SEAL_SALT

_PLAIN = ("number", "place", "decision", "desk", "by", "at", "seen", "digest", "head")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A review's links so far, and where the next one of its cycle is set."""

    own: tuple[Link, ...]
    salt: bytes | None
    """None: nothing was sealed yet, or it was erased."""
    place: int
    """Of the cycle's last link; 0: it has none."""
    head: str


class SealStore(Store):
    """Links are only ever added; who may change the database can't hide that they did."""

    async def chain(self, review: Review) -> Chain:
        """Where the review's chain stands; nobody sets a link in its cycle until this ends."""
        await self._hold(SEAL, review.cycle)
        last = select(func.max(SEAL.c.place)).where(SEAL.c.cycle_id == review.cycle)
        newest = and_(SEAL.c.cycle_id == review.cycle, SEAL.c.place == last.scalar_subquery())
        found = await self._all(
            select(SEAL, SEAL_SALT.c.salt)
            .outerjoin(SEAL_SALT, SEAL_SALT.c.review_id == SEAL.c.review_id)
            .where(or_(SEAL.c.review_id == review.id, newest))
            .order_by(SEAL.c.place)
        )
        own = [row for row in found if row.review_id == review.id]
        kept = own and own[-1].salt is not None
        return Chain(
            own=tuple(_link(row) for row in own),
            salt=self._opened(own[-1]) if kept else None,
            place=found[-1].place if found else 0,
            head=found[-1].head if found else "",
        )

    async def extend(
        self,
        review: Review,
        chain: Chain,
        *,
        gone: Iterable[int] = (),
        word: SignOff | None = None,
        by: EmployeeId | None,
        at: datetime,
    ) -> tuple[Link, ...]:
        """The links that were set: seals of those numbers stand no longer, and the word is sealed.

        What a word saw is the record as it stands now, with the word in it.
        """
        made: list[Link] = []
        if voids := tuple(sorted(gone)):
            link = _blank(review, decision=VOID, desk="", by=by, at=at)
            made.append(_placed(replace(link, voids=voids), chain, made))
        if word is not None:
            salt = chain.salt or await self._new_salt(review.id)
            link = _blank(review, decision=word.decision, desk=word.role, by=word.by, at=word.at)
            seen = seen_digest(as_seen(review, word), salt)
            made.append(_placed(replace(link, seen=seen), chain, made))
        await self._many(insert(SEAL), [_row(link) for link in made])
        return tuple(made)

    async def of(self, review: ReviewId) -> tuple[Link, ...]:
        """A review's links, the first one first."""
        found = await self._all(
            select(SEAL).where(SEAL.c.review_id == review).order_by(SEAL.c.number)
        )
        return tuple(_link(row) for row in found)

    async def in_cycle(self, cycle: str) -> tuple[Link, ...]:
        """A cycle's links, by place."""
        found = await self._all(select(SEAL).where(SEAL.c.cycle_id == cycle).order_by(SEAL.c.place))
        return tuple(_link(row) for row in found)

    async def standing(self, reviews: Collection[ReviewId]) -> Mapping[ReviewId, tuple[Link, ...]]:
        """The seals of those reviews that stand, by number; who has none is left out."""
        found: dict[ReviewId, list[Link]] = {}
        for chunk in chunks(reviews):
            rows = await self._all(
                select(SEAL).where(SEAL.c.review_id.in_(chunk)).order_by(SEAL.c.number)
            )
            for row in rows:
                found.setdefault(row.review_id, []).append(_link(row))
        return {review: standing(links) for review, links in found.items()}

    async def salts(self) -> Mapping[ReviewId, bytes]:
        """The salts that are still there."""
        found = await self._all(select(SEAL_SALT))
        return {row.review_id: self._opened(row) for row in found}

    async def forget(self, review: ReviewId) -> None:
        """Nobody can tell any more what the review's seals saw; that they were set stays."""
        await self._changes(delete(SEAL_SALT).where(SEAL_SALT.c.review_id == review))

    async def _new_salt(self, review: ReviewId) -> bytes:
        salt = os.urandom(SALT_BYTES)
        kept = self._seal(SEAL_SALT, "salt", review, salt)
        await self._changes(insert(SEAL_SALT), {"review_id": review, "salt": kept})
        return salt

    def _opened(self, row: Row[Any]) -> bytes:
        return self._open(SEAL_SALT, "salt", row.review_id, row.salt)


def _blank(
    review: Review, *, decision: str, desk: str, by: EmployeeId | None, at: datetime
) -> Link:
    return Link(
        review=review.id,
        number=0,
        cycle=review.cycle,
        place=0,
        decision=decision,
        desk=desk,
        by=by,
        at=at,
    )


def _placed(link: Link, chain: Chain, made: Sequence[Link]) -> Link:
    """After all that the review has, and all that the cycle has."""
    own = [*chain.own, *made]
    before = own[-1] if own else None
    placed = replace(
        link,
        number=before.number + 1 if before else 1,
        place=chain.place + len(made) + 1,
    )
    head = made[-1].head if made else chain.head
    return closed(placed, before=before.digest if before else "", head=head)


def _row(link: Link) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(link, name) for name in _PLAIN}
    return row | {
        "review_id": link.review,
        "cycle_id": link.cycle,
        "voids": ",".join(map(str, link.voids)),
    }


def _link(row: Row[Any]) -> Link:
    return Link(
        **{name: getattr(row, name) for name in _PLAIN},
        review=row.review_id,
        cycle=row.cycle_id,
        voids=tuple(int(one) for one in row.voids.split(",") if one),
    )
