"""Progress on goals, note by note: when and how it looks plain, every word sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from review.errors import StaleReview
from review.goal_progress import Noted, Outlook, Progress
from review.goals import RowId
from review.people import EmployeeId
from review.record import ReviewId
from storage import codec
from storage.store import Store, chunks
from storage.tables import CYCLE, REVIEW
from storage.tables_progress import GOAL_PROGRESS

_PLAIN = ("id", "review", "row", "number", "at")


class GoalProgressStore(Store):
    """Notes on goals; none is ever changed."""

    async def add(self, progress: Progress) -> None:
        """Keep it. Raises StaleReview if another note on that goal has its number."""
        row: dict[str, Any] = {name: getattr(progress, name) for name in _PLAIN}
        said = self._seal(GOAL_PROGRESS, "said", progress.id, codec.dump(progress.said))
        row |= {"outlook": progress.outlook.value, "said": said}
        if not await self.add_if_new(GOAL_PROGRESS, row):
            raise StaleReview(progress.number - 1, progress.number)

    async def on(self, review: ReviewId) -> tuple[Progress, ...]:
        """All on the goals of one record, by time."""
        return await self._found(select(GOAL_PROGRESS).where(GOAL_PROGRESS.c.review == review))

    async def of(self, employee: EmployeeId) -> tuple[Progress, ...]:
        """All that somebody noted, by time."""
        return await self._found(_with_review().where(REVIEW.c.employee_id == employee))

    async def within(self, employee: EmployeeId, starts: date, ends: date) -> tuple[Progress, ...]:
        """All that somebody noted on the goals of periods within those days, by time."""
        return await self._found(
            _with_review()
            .join(CYCLE, CYCLE.c.id == REVIEW.c.cycle_id)
            .where(REVIEW.c.employee_id == employee, CYCLE.c.starts >= starts, CYCLE.c.ends <= ends)
        )

    async def latest(
        self,
        reviews: Collection[ReviewId],
        *,
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> Mapping[ReviewId, Mapping[RowId, Outlook]]:
        """How each goal looked when it was last noted, if that was within that time; no text."""
        columns = [GOAL_PROGRESS.c[name] for name in ("review", "row", "outlook")]
        found: dict[ReviewId, dict[RowId, Outlook]] = {}
        for chunk in chunks(reviews):
            wanted = select(*columns).where(GOAL_PROGRESS.c.review.in_(chunk))
            if since is not None:
                wanted = wanted.where(GOAL_PROGRESS.c.at >= since)
            if before is not None:
                wanted = wanted.where(GOAL_PROGRESS.c.at < before)
            for row in await self._all(wanted.order_by(GOAL_PROGRESS.c.number)):
                found.setdefault(row.review, {})[row.row] = Outlook(row.outlook)
        return found

    async def latest_notes(
        self, reviews: Collection[ReviewId]
    ) -> Mapping[ReviewId, Mapping[RowId, Progress]]:
        """The last note on each goal; opens no other text."""
        last = (
            select(
                GOAL_PROGRESS.c.review,
                GOAL_PROGRESS.c.row,
                func.max(GOAL_PROGRESS.c.number).label("number"),
            )
            .where(GOAL_PROGRESS.c.review.in_(sorted(reviews)))
            .group_by(GOAL_PROGRESS.c.review, GOAL_PROGRESS.c.row)
            .subquery()
        )
        same = [GOAL_PROGRESS.c[name] == last.c[name] for name in ("review", "row", "number")]
        found: dict[ReviewId, dict[RowId, Progress]] = {}
        for one in await self._found(select(GOAL_PROGRESS).join(last, and_(*same))):
            found.setdefault(one.review, {})[one.row] = one
        return found

    async def _found(self, wanted: Select[Any]) -> tuple[Progress, ...]:
        order = (GOAL_PROGRESS.c.at, GOAL_PROGRESS.c.row, GOAL_PROGRESS.c.number)
        return tuple(self._progress(row) for row in await self._all(wanted.order_by(*order)))

    def _progress(self, row: Row[Any]) -> Progress:
        said = self._open(GOAL_PROGRESS, "said", row.id, row.said)
        return Progress(
            **{name: getattr(row, name) for name in _PLAIN},
            outlook=Outlook(row.outlook),
            said=codec.load(said, Noted),
        )


def _with_review() -> Select[Any]:
    return select(GOAL_PROGRESS).join(REVIEW, REVIEW.c.id == GOAL_PROGRESS.c.review)
