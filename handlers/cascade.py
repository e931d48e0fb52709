"""Goals of the company and of departments: HR or the head sets them, everybody may read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from handlers import living
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.keeping import dressed, opened, prefill
from handlers.team import with_stand_ins
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.screens import cascade as screen
from review.cascade import (
    CascadeGoal,
    CascadeSheet,
    Level,
    half_year,
    may_set,
    offered,
    periods,
)
from review.cycle import Cycle, is_year, period
from review.errors import NotEntitled, UnknownCycleName
from review.errors_cascade import DepartmentUnknown
from review.people import Person, Track
from review.record import Review
from review.roster import Roster
from review.wording import Wording, own_words
from storage.drafts import Mark
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

FORM = "cascade"
SET = "cascade_set"
SPOKEN: Mapping[str, Level] = {
    "company": Level.COMPANY,
    "公司": Level.COMPANY,
    "department": Level.DEPARTMENT,
    "部门": Level.DEPARTMENT,
}
"""The words after `/review goals`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose goals, of which period."""

    period: str
    level: Level
    department: str = ""

    @property
    def subject(self) -> str:
        """As a form's subject."""
        return f"{self.period}/{self.level}/{self.department}"


@dataclass(frozen=True, slots=True)
class CascadeForm:
    """The form, for HR admins and the department's head."""

    act: Act
    asked: Asked
    facts: screen.CascadeFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """Room for one more goal."""
        return Changes(screen.more(self.facts, answers)) if button == screen.ADD else None

    async def send(self, answers: Answers) -> Changes | None:
        """Keep them, and say so to whoever set them.

        If others set them meanwhile, what both wrote is put together and looked at first.
        """
        act, asked = self.act, self.asked
        if answers.get(screen.VERSION, "") != self.facts.version:
            return Changes(await _together(self, answers))
        known = {one.id for one in self.facts.goals}
        goals = tuple(
            one if one.id in known else replace(one, id=uuid4().hex)
            for one in screen.goals_of(self.facts, answers)
        )
        sheet = CascadeSheet(
            period=asked.period,
            level=asked.level,
            department=asked.department,
            goals=goals,
            set_by=act.by,
            set_at=act.now,
        )
        await act.tx.cascade.put(sheet)
        details = {"goals": len(goals)}
        await act.tx.audit.record("cascade.set", asked.subject, act.by, act.now, details)
        await living.answer(SET, act, subject=asked.subject)
        return None


async def _together(use: CascadeForm, answers: Answers) -> dict[str, str]:
    """What stands by now, under what was typed here; nothing that was typed is lost."""
    kept = (await opened(FORM, use.asked.subject, use.act)).draft.marks
    typed = {key for key, text in answers.items() if text != kept.get(key, Mark()).value}
    typed |= {key for key, mark in kept.items() if mark.surface}
    return _begun(use.facts, answers, typed) | {screen.MEANWHILE: use.facts.by or screen.NONE}


def _begun(facts: screen.CascadeFacts, answers: Answers, typed: Collection[str]) -> dict[str, str]:
    """The answers that show what stands, wherever nothing was typed."""
    stale = {key: "" for key, text in answers.items() if text and key not in screen.ASIDE}
    fresh = stale | screen.written(facts)
    shown = {key: text for key, text in fresh.items() if key not in typed}
    return shown | {screen.VERSION: facts.version}


async def load(subject: str, act: Act) -> CascadeForm:
    """The form. Raises NotEntitled, UnknownCycleName, DepartmentUnknown."""
    asked = _read(subject)
    roster = await _everybody(act)
    if asked.level is Level.DEPARTMENT:
        _department(asked.department, roster)
    if not may_set(act.actor, asked.level, asked.department, roster, act.today()):
        raise NotEntitled(who_can="hr_admin")
    found = await act.tx.cascade.get(asked.period, asked.level, asked.department)
    facts = screen.CascadeFacts(
        subject=asked.subject,
        period=asked.period,
        level=asked.level,
        department=asked.department,
        goals=found.goals if found else (),
        company=await _company(asked, act),
        version=found.set_at.isoformat() if found else "",
        by=found.set_by if found and found.set_by != act.by else "",
        limit=act.company.policy.sheet.text_limit,
    )
    if facts.by:
        by = await act.tx.people.get(facts.by)
        facts = replace(facts, by=by.name if by else "")
    return CascadeForm(act, asked, facts)


def _read(subject: str) -> Asked:
    """Raises NotEntitled for what no form of ours bears."""
    name, _, rest = subject.partition("/")
    level, _, department = rest.partition("/")
    if level not in set(Level) or (level == Level.COMPANY and department):
        raise NotEntitled(who_can="nobody")
    known = period(name, Track.SENIOR).name
    return Asked(period=known, level=Level(level), department=department)


async def _everybody(act: Act) -> Roster:
    return await with_stand_ins(await act.tx.people.all(), act)


def _department(said: str, roster: Roster) -> str:
    """The department of that name. Raises DepartmentUnknown."""
    known = {name.casefold(): name for name in roster.departments()}
    if said.casefold() not in known:
        raise DepartmentUnknown(said, ", ".join(sorted(known.values())))
    return known[said.casefold()]


async def _company(asked: Asked, work: Work) -> tuple[CascadeGoal, ...]:
    """What a department's goals may serve; nothing for the company's own."""
    if asked.level is Level.COMPANY:
        return ()
    found = await work.tx.cascade.of(periods(asked.period), "")
    return offered(one for one in found if one.level is Level.COMPANY)


async def command(level: Level, rest: str, act: Act) -> Answer:
    """`/review goals company|department [NAME] [2026H2]`: the goals; a way in for who sets them.

    Without a period, the one of the seniors' cycle that runs, else the half-year of today.

    Raises DepartmentUnknown, UnknownCycleName.
    """
    said = rest.split()
    name = await _period(said, act)
    roster, department = await _everybody(act), ""
    if level is Level.DEPARTMENT:
        department = _department(" ".join(said) or act.actor.department, roster)
    asked = Asked(period=name, level=level, department=department)
    sets = may_set(act.actor, level, department, roster, act.today())
    shown = screen.card((await _sheet(asked, act),), await _company(asked, act), act.say)
    return Says(screen.with_way_in(shown, asked.subject, act.say) if sets else shown)


async def open_form(subject: str, act: Act) -> Opens:
    """`cascade.open`: as it stands, with what was typed and not sent. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, use.asked.subject, act)
    typed = {key for key, mark in kept.draft.marks.items() if mark.surface}
    begun = _begun(use.facts, kept.answers, typed)
    if typed and kept.answers.get(screen.VERSION, "") != use.facts.version:
        begun |= {screen.MEANWHILE: use.facts.by or screen.NONE}
    kept = await prefill(FORM, use.asked.subject, begun, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def _period(said: list[str], act: Act) -> str:
    """The period that is named last, which is taken away; else the one that runs."""
    if said:
        try:
            found = period(said[-1], Track.SENIOR).name
        except UnknownCycleName:
            pass
        else:
            said.pop()
            return found
    running = [
        one.name
        for one in await act.tx.cycles.running()
        if one.track is Track.SENIOR and not is_year(one.name)
    ]
    return running[-1] if running else half_year(act.today())


async def _sheet(asked: Asked, work: Work) -> CascadeSheet:
    found = await work.tx.cascade.get(asked.period, asked.level, asked.department)
    return found or CascadeSheet(
        period=asked.period,
        level=asked.level,
        department=asked.department,
        goals=(),
        set_by="",
        set_at=work.now,
    )


async def offered_to(review: Review, cycle: Cycle, person: Person, act: Act) -> dict[str, Wording]:
    """What a senior's goals may serve, by id; nothing for staff."""
    if review.track is not Track.SENIOR:
        return {}
    found = await act.tx.cascade.of(periods(cycle.name), person.department)
    return {one.id: own_words(one.title) for one in offered(found)}


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    asked = _read(str(delivery.facts["subject"]))
    sheet, company = await _sheet(asked, work), await _company(asked, work)
    return screen.was_set(sheet, company, work.words(person))


SAYINGS: Mapping[str, Saying] = {SET: _said}
