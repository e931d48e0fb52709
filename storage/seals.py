"""Seals of sign-offs: a chain a review, and all of a cycle's links in one chain of heads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from review.people import EmployeeId
from review.record import Review, ReviewId, SignOff
from review.seals import (
    SALT_BYTES,
    VOID,
    Link,
    as_seen,
    closed,
    seen_digest,
)
from storage.store import Store
from storage.tables_signing import SEAL, SEAL_SALT

_PLAIN = ("number", "place", "decision", "desk", "by", "at", "seen", "digest", "head")


class SealStore(Store):
    """Links are only ever added; who may change the database can't hide that they did."""

    async def add(self, review: Review, word: SignOff, own: Sequence[Link]) -> Link:
        """Seal what that word saw: the record as it stands now, with the word in it.

        `own`: the links that the review has so far.
        """
        salt = await (self._salt(review.id) if own else self._new_salt(review.id))
        link = Link(
            review=review.id,
            number=0,
            cycle=review.cycle,
            place=0,
            decision=word.decision,
            desk=word.role,
            by=word.by,
            at=word.at,
            seen=seen_digest(as_seen(review, word), salt),
        )
        return await self._append(link, own)

    async def void(
        self,
        review: Review,
        numbers: Iterable[int],
        by: EmployeeId | None,
        at: datetime,
        own: Sequence[Link],
    ) -> Link:
        """Those seals of the review stand no longer; `own` are the links that it has so far."""
        link = Link(
            review=review.id,
            number=0,
            cycle=review.cycle,
            place=0,
            decision=VOID,
            desk="",
            by=by,
            at=at,
            voids=tuple(sorted(numbers)),
        )
        return await self._append(link, own)

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

    async def salts(self) -> Mapping[ReviewId, bytes]:
        """The salts that are still there."""
        found = await self._all(select(SEAL_SALT))
        return {row.review_id: self._opened(row) for row in found}

    async def forget(self, review: ReviewId) -> None:
        """Nobody can tell any more what the review's seals saw; that they were set stays."""
        await self._changes(delete(SEAL_SALT).where(SEAL_SALT.c.review_id == review))

    async def _append(self, link: Link, own: Sequence[Link]) -> Link:
        await self._hold(SEAL, link.cycle)
        last = await self._first(
            select(SEAL.c.place, SEAL.c.head)
            .where(SEAL.c.cycle_id == link.cycle)
            .order_by(SEAL.c.place.desc())
            .limit(1)
        )
        placed = replace(
            link,
            number=own[-1].number + 1 if own else 1,
            place=1 if last is None else last.place + 1,
        )
        made = closed(placed, before=own[-1].digest if own else "", head=last.head if last else "")
        row: dict[str, Any] = {name: getattr(made, name) for name in _PLAIN}
        row |= {
            "review_id": made.review,
            "cycle_id": made.cycle,
            "voids": ",".join(map(str, made.voids)),
        }
        await self._changes(insert(SEAL), row)
        return made

    async def _salt(self, review: ReviewId) -> bytes:
        row = await self._first(select(SEAL_SALT).where(SEAL_SALT.c.review_id == review))
        if row is not None:
            return self._opened(row)
        return await self._new_salt(review)

    async def _new_salt(self, review: ReviewId) -> bytes:
        salt = os.urandom(SALT_BYTES)
        kept = self._seal(SEAL_SALT, "salt", review, salt)
        await self._changes(insert(SEAL_SALT), {"review_id": review, "salt": kept})
        return salt

    def _opened(self, row: Row[Any]) -> bytes:
        return self._open(SEAL_SALT, "salt", row.review_id, row.salt)


def _link(row: Row[Any]) -> Link:
    return Link(
        **{name: getattr(row, name) for name in _PLAIN},
        review=row.review_id,
        cycle=row.cycle_id,
        voids=tuple(int(one) for one in row.voids.split(",") if one),
    )
