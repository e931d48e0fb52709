"""Answers of forms that are not sent yet, kept as they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables import DRAFT


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer, and how it came."""

    value: str = ""
    previous: str = ""
    """What stood there before this surface first changed it."""
    surface: str = ""
    """The open form, on one device, that it was given in."""
    order: str = ""
    """Later answers have later orders (compared as text), whatever order they arrive in."""
    revision: int = 0
    """The draft's revision that it came with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One person's answers in one form about one subject."""

    employee_id: EmployeeId
    form: str
    subject: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Field key to its answer."""
    step: int = 0
    revision: int = 0
    """Counted up by each `put`."""


# Asked with each press of a form, so built once: building costs more than running does.
_IT = (
    DRAFT.c.employee_id == bindparam("whose"),
    DRAFT.c.form == bindparam("in_form"),
    DRAFT.c.subject == bindparam("about"),
)
_GET = select(DRAFT).where(*_IT)
_DROP = delete(DRAFT).where(*_IT)


class DraftStore(Store):
    """Drafts, one a person, form and subject."""

    async def get(self, form: str, subject: str, employee_id: EmployeeId) -> Draft | None:
        """What stands; who reads it to write it has it alone until the transaction ends."""
        await self._hold(DRAFT, employee_id, form, subject)
        row = await self._first(_GET, whose=employee_id, in_form=form, about=subject)
        return None if row is None else self._draft(row)

    async def of(self, employee_id: EmployeeId) -> tuple[Draft, ...]:
        """All drafts of that person."""
        found = await self._all(
            select(DRAFT)
            .where(DRAFT.c.employee_id == employee_id)
            .order_by(DRAFT.c.form, DRAFT.c.subject)
        )
        return tuple(self._draft(row) for row in found)

    async def put(self, draft: Draft) -> Draft:
        """Keep it; what stands now is returned, with its revision counted up."""
        kept = replace(draft, revision=draft.revision + 1)
        await self._changes(self._upsert(DRAFT), self._row(kept))
        return kept

    async def drop(self, form: str, subject: str, employee_id: EmployeeId) -> None:
        """Forget it: it was sent, or its subject is gone."""
        await self._changes(_DROP, {"whose": employee_id, "in_form": form, "about": subject})

    def _row(self, draft: Draft) -> dict[str, Any]:
        place = _place(draft.employee_id, draft.form, draft.subject)
        return {
            "employee_id": draft.employee_id,
            "form": draft.form,
            "subject": draft.subject,
            "step": draft.step,
            "marks": self._seal(DRAFT, "marks", place, codec.dump(dict(draft.marks))),
            "revision": draft.revision,
        }

    def _draft(self, row: Row[Any]) -> Draft:
        place = _place(row.employee_id, row.form, row.subject)
        return Draft(
            employee_id=row.employee_id,
            form=row.form,
            subject=row.subject,
            marks=codec.load(self._open(DRAFT, "marks", place, row.marks), dict[str, Mark]),
            step=row.step,
            revision=row.revision,
        )


def _place(employee_id: EmployeeId, form: str, subject: str) -> str:
    return codec.dump_plain([employee_id, form, subject]).decode()
