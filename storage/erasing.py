"""Erasing a person, table by table, and the holds that forbid it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, or_, select, update

from review.evidence import Message
from review.interview import SHUT, Going
from review.one_on_one import State
from review.people import EmployeeId
from review.record import ReviewId
from storage import codec
from storage.feedback import once_of
from storage.feedback_requests import once_of_list
from storage.store import Store
from storage.tables import (
    ACCOUNT,
    BUCKET,
    DRAFT,
    INBOUND,
    MARK,
    OCCURRENCE,
    PERSON,
    REVIEW,
    WAIT,
)
from storage.tables_asking import ASKING
from storage.tables_calibration import CALIBRATION_MOVE
from storage.tables_check_in import CHECK_IN
from storage.tables_contacts import CONTACT_NEWS, CONTACT_SAID
from storage.tables_erasing import ERASED, HOLD
from storage.tables_evidence import EVIDENCE
from storage.tables_feedback import FEEDBACK
from storage.tables_goals import GOAL_SHEET
from storage.tables_interview import ACTION, ACTION_WORD, APPEAL, INTERVIEW, INTERVIEW_PART
from storage.tables_learning import PAIRING, PAIRING_MET
from storage.tables_one_on_one import ONE_ON_ONE, ONE_ON_ONE_SHEET, RHYTHM
from storage.tables_praise import PRAISE
from storage.tables_progress import GOAL_PROGRESS
from storage.tables_request import FEEDBACK_REQUEST
from storage.tables_signing import DELEGATION, SEAL_SALT
from storage.traces import Traces, needles

REPEATS = timedelta(days=1)
"""How long a platform may still repeat an event; older answers are of no use (ours)."""
_OF_A_REVIEW = (
    *((INTERVIEW_PART, "review_id"), (INTERVIEW, "review_id"), (APPEAL, "review_id")),
    *((ACTION, "review_id"), (CALIBRATION_MOVE, "review_id"), (SEAL_SALT, "review_id")),
    *((GOAL_SHEET, "review"), (GOAL_PROGRESS, "review")),
)
"""All that is kept of one review, and goes with it."""
_OF_A_PERSON = (
    (FEEDBACK_REQUEST, "asker"),
    *((PRAISE, "giver"), (PRAISE, "receiver")),
    *((FEEDBACK, "receiver"), (EVIDENCE, "keeper"), (EVIDENCE, "about"), (ACTION, "about")),
    *((ONE_ON_ONE, "person"), (RHYTHM, "person"), (RHYTHM, "manager")),
    *(
        (DELEGATION, "owner"),
        (DELEGATION, "stand_in"),
        (DRAFT, "employee_id"),
        (ASKING, "employee_id"),
    ),
    *(
        (WAIT, "employee_id"),
        (HOLD, "employee_id"),
        (CHECK_IN, "employee_id"),
        (CONTACT_SAID, "employee_id"),
        (CONTACT_NEWS, "employee_id"),
        (OCCURRENCE, "person"),
        (ACCOUNT, "employee_id"),
    ),
)
"""All that is kept of one person, and goes with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What is kept of somebody has to stay, for a dispute."""

    employee_id: EmployeeId
    at: datetime
    by: EmployeeId | None
    """None: the operator of the machine."""
    reason: str


class ErasingStore(Store):
    """Who was erased, who must not be, and the erasing itself."""

    async def erased(self) -> frozenset[EmployeeId]:
        """Everybody who was."""
        return frozenset(row.employee_id for row in await self._all(select(ERASED.c.employee_id)))

    async def hold_on(self, employee: EmployeeId) -> Hold | None:
        """The hold that is set, if there is one."""
        row = await self._first(select(HOLD).where(HOLD.c.employee_id == employee))
        if row is None:
            return None
        reason = self._open(HOLD, "reason", row.employee_id, row.reason).decode()
        return Hold(employee_id=row.employee_id, at=row.at, by=row.by, reason=reason)

    async def hold(self, hold: Hold) -> None:
        """Set it; of two the later reason stands."""
        reason = self._seal(HOLD, "reason", hold.employee_id, hold.reason.encode())
        row = {"employee_id": hold.employee_id, "at": hold.at, "by": hold.by, "reason": reason}
        await self._changes(self._upsert(HOLD), row)

    async def release(self, employee: EmployeeId) -> bool:
        """It is set no longer. False: there was none."""
        return bool(await self._changes(delete(HOLD).where(HOLD.c.employee_id == employee)))

    async def looked_to(self, employee: EmployeeId) -> tuple[EmployeeId, ...]:
        """Who has them as manager or HR partner."""
        found = await self._all(
            select(PERSON.c.employee_id)
            .where(or_(PERSON.c.manager_id == employee, PERSON.c.hrbp_id == employee))
            .order_by(PERSON.c.employee_id)
        )
        return tuple(row.employee_id for row in found)

    async def traces(self, employee: EmployeeId) -> Traces:
        """What names them in texts that are not their own."""
        row = await self._first(select(PERSON).where(PERSON.c.employee_id == employee))
        accounts = await self._all(select(ACCOUNT).where(ACCOUNT.c.employee_id == employee))
        about = (
            await self._ids(REVIEW, REVIEW.c.employee_id == employee)
            | await self._ids(FEEDBACK, FEEDBACK.c.receiver == employee)
            | await self._ids(FEEDBACK_REQUEST, FEEDBACK_REQUEST.c.asker == employee)
            | await self._ids(
                PRAISE, or_(PRAISE.c.giver == employee, PRAISE.c.receiver == employee)
            )
            | await self._ids(ACTION, ACTION.c.about == employee)
            | await self._ids(ONE_ON_ONE, ONE_ON_ONE.c.person == employee)
            | await self._ids(EVIDENCE, EVIDENCE.c.about == employee)
        )
        given = await self._ids(FEEDBACK, FEEDBACK.c.giver == employee)
        asked = await self._all(
            select(FEEDBACK_REQUEST.c.asker, FEEDBACK_REQUEST.c.together).where(
                FEEDBACK_REQUEST.c.asked == employee
            )
        )
        return Traces(
            employee_id=employee,
            about=about,
            named=frozenset(
                [*map(once_of, given), *(once_of_list(row.asker, row.together) for row in asked)]
            ),
            accounts=frozenset(one.account_id for one in accounts),
            words=needles(
                *((row.name, row.email, row.slack_id, row.dingtalk_id) if row else ()),
                *(one.account_id for one in accounts),
                *(one.channel for one in accounts),
            ),
        )

    async def erase(
        self, traces: Traces, reviews: Collection[ReviewId], heir: str, at: datetime
    ) -> None:
        """All of theirs is gone, but for the emptied records, the roster's row and the trail.

        `heir`: what they are called from now on where they are named.

        The feedback that they gave stays with those who received it, and what they wrote in
        other people's reviews stays there: it is these people's (ours). Praise names both before
        everybody, so all of it goes.
        """
        employee = traces.employee_id
        if self._is_alone:
            # From here on what is deleted is overwritten in the file, pages that fall free too.
            await self._connection.exec_driver_sql("PRAGMA secure_delete=ON")
        agreed = or_(ACTION.c.review_id.in_(reviews), ACTION.c.about == employee)
        of_these = ACTION_WORD.c.action_id.in_(select(ACTION.c.id).where(agreed))
        await self._gone(ACTION_WORD, of_these)
        await self._pairings(employee, agreed)
        for table, column in _OF_A_REVIEW:
            await self._gone(table, table.c[column].in_(reviews))
        # What they prepared for somebody else's talk that was never held was theirs alone.
        held = select(INTERVIEW.c.review_id).where(INTERVIEW.c.held_at.is_not(None))
        mine = INTERVIEW_PART.c.employee_id == employee
        await self._gone(INTERVIEW_PART, mine, INTERVIEW_PART.c.review_id.not_in(held))
        await self._sheets(employee)
        for table, column in _OF_A_PERSON:
            await self._gone(table, table.c[column] == employee)
        open_ = (ACTION.c.owner == employee, ACTION.c.going.not_in([one.value for one in SHUT]))
        dropped = {"going": Going.DROPPED.value, "changed_at": at}
        await self._changes(update(ACTION).where(*open_).values(dropped))
        for one in sorted(traces.about):
            await self._gone(MARK, MARK.c.rule.contains(one, autoescape=True))
            await self._gone(OCCURRENCE, OCCURRENCE.c.slot.contains(one, autoescape=True))
        for one in sorted(traces.words):
            await self._gone(BUCKET, BUCKET.c.name.endswith(f":{one}", autoescape=True))
        await self._answers(traces, at)
        await self._drafts(traces)
        await self._authors(traces, heir)
        await self._changes(insert(ERASED), {"employee_id": employee, "at": at})

    async def _pairings(self, employee: EmployeeId, agreed: ColumnElement[bool]) -> None:
        """What was said between a mentor and whom they go along with; of an erased mentor, who."""
        theirs = select(ACTION.c.id).where(or_(agreed, ACTION.c.owner == employee))
        for table, person in ((PAIRING, "mentor"), (PAIRING_MET, "by")):
            ours = or_(table.c.action_id.in_(theirs), table.c[person] == employee)
            await self._gone(table, ours)
        await self._changes(update(ACTION).where(ACTION.c.mentor == employee).values(mentor=None))

    async def _sheets(self, employee: EmployeeId) -> None:
        """What was written for their one-on-ones.

        What they wrote as a manager stays with the person once it was talked about (ours).
        """
        own = select(ONE_ON_ONE.c.id).where(ONE_ON_ONE.c.person == employee)
        held = select(ONE_ON_ONE.c.id).where(ONE_ON_ONE.c.state == State.HELD.value)
        sheet = ONE_ON_ONE_SHEET
        await self._gone(sheet, sheet.c.talk_id.in_(own))
        await self._gone(sheet, sheet.c.employee_id == employee, sheet.c.talk_id.not_in(held))

    async def _answers(self, traces: Traces, at: datetime) -> None:
        """Answers that may still be asked for again, where they tell of them."""
        await self._gone(INBOUND, at - REPEATS > INBOUND.c.at)
        for row in await self._all(select(INBOUND.c.identity, INBOUND.c.answer)):
            answer = self._open(INBOUND, "answer", row.identity, row.answer)
            if traces.in_text(answer.decode(errors="replace")):
                await self._gone(INBOUND, INBOUND.c.identity == row.identity)

    async def _drafts(self, traces: Traces) -> None:
        """What others have begun to write of them, or chosen them in, and are asked of them."""
        for form in await self._all(select(ASKING.c.surface, ASKING.c.subject)):
            if traces.in_name(form.subject) or form.subject == traces.employee_id:
                await self._gone(ASKING, ASKING.c.surface == form.surface)
        for row in await self._all(select(DRAFT)):
            place = codec.dump_plain([row.employee_id, row.form, row.subject]).decode()
            marks = codec.load(self._open(DRAFT, "marks", place, row.marks), dict[str, Any])
            chosen = {one for mark in marks.values() for one in str(mark["value"]).split(",")}
            named = traces.in_name(row.subject) or row.subject == traces.employee_id
            if named or chosen & {traces.employee_id, *traces.accounts}:
                await self._gone(
                    DRAFT,
                    DRAFT.c.employee_id == row.employee_id,
                    DRAFT.c.form == row.form,
                    DRAFT.c.subject == row.subject,
                )

    async def _authors(self, traces: Traces, heir: str) -> None:
        """Messages of theirs that others kept for their own reviews stay, without the name."""
        for row in await self._all(select(EVIDENCE.c.id, EVIDENCE.c.message)):
            message = codec.load(self._open(EVIDENCE, "message", row.id, row.message), Message)
            if traces.in_text(message.author):
                made = codec.dump(replace(message, author=heir))
                sealed = self._seal(EVIDENCE, "message", row.id, made)
                changed = update(EVIDENCE).where(EVIDENCE.c.id == row.id)
                await self._changes(changed.values(message=sealed))

    async def _ids(self, table: Table, *which: ColumnElement[bool]) -> frozenset[str]:
        return frozenset(row.id for row in await self._all(select(table.c.id).where(*which)))

    async def _gone(self, table: Table, *which: ColumnElement[bool]) -> None:
        await self._changes(delete(table).where(*which))
