"""Goals are written by the person, looked at by the manager, and confirmed by the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import uuid4

from handlers import cascade, goal_history, goal_list
from handlers.answers import Answer, Done, Opens
from handlers.changes import Changes
from handlers.goal_case import Case, case_of
from handlers.keeping import dressed, opened, prefill
from handlers.work import Act
from prompts import goal_answers as names
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import goals as screen
from review.errors import NotEntitled, NotYourTurn
from review.goal_setting import (
    GoalSheet,
    approve,
    check_version,
    confirm,
    give_back,
    submit,
)
from review.goals import Sheet, starting_sheet
from review.people import Person
from review.record import Review, ReviewId
from review.stages import Desk, Move, Stage
from review.wording import Wording
from storage.notice import URGENT, Notice

FORM = "goals"


@dataclass(frozen=True, slots=True)
class GoalsForm:
    """The form, as the person writes it or the manager adjusts it."""

    act: Act
    case: Case
    facts: screen.GoalsFacts

    def last_step(self, answers: Answers) -> int:
        """The step after the goals: all of them, with their weights."""
        return len(screen.goals_of(self.facts, answers))

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step."""
        return screen.form(self.facts, answers, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """Go to a goal or back to all, add or remove one, make the weights fit, start anew."""
        ids = list(names.row_ids(answers, self.facts.base))
        verb, _, row = button.partition(":")
        done: Changes | None = None
        match f"{verb}:" if row else verb:
            case screen.ADD if len(ids) < screen.MOST:
                done = Changes(names.listed([*ids, f"g{uuid4().hex[:8]}"]), step=len(ids))
            case screen.EDIT if row in ids:
                done = Changes({}, step=ids.index(row))
            case screen.REMOVE if row in ids:
                ids.remove(row)
                done = Changes(names.listed(ids), step=len(ids))
            case screen.LIST | screen.ADD_UP:
                done = Changes({}, step=len(ids))
            case screen.SHARE:
                done = Changes(names.shared(self.facts.sheet(answers), self.facts.policy))
            case screen.FRESH | screen.START | screen.LAST:
                return await self._anew(button)
            case screen.PROGRESS:
                return await self._progress()
        return done

    async def _progress(self) -> Form:
        """What was noted so far."""
        use = await goal_history.load(self.case.review.id, self.act)
        return use.form({}, step=0, sent=False)

    async def _anew(self, button: str) -> Changes | None:
        """All fields as in the sheet that a button starts from."""
        library, policy = self.act.company.library, self.act.company.policy
        sheet: Sheet | None = self.facts.base
        if button == screen.START:
            sheet = starting_sheet(self.case.person.role, library, policy)
        elif button == screen.LAST:
            sheet = await _last_of(self.case.person, self.act)
        if sheet is None:
            return None
        fresh = names.written(sheet, self.facts.locale)
        seen = {screen.VERSION: str(self.facts.version)}
        return Changes(fresh | seen, step=len(names.row_ids(fresh, sheet)))

    async def send(self, answers: Answers) -> None:
        """Hand them to the other side. Raises what the rules raise."""
        sheet = self.facts.sheet(answers)
        if self.case.desk is Desk.PERSON:
            await _submit(self.case, sheet, self.facts.offered, self.act)
        elif answers.get(screen.DECISION) == screen.RETURN:
            await _return(self.case, answers.get(screen.COMMENT, ""), self.act)
        else:
            await _approve(self.case, sheet, self.act, self.facts.offered)


async def load(subject: ReviewId, act: Act) -> GoalsForm:
    """The form, for the person or their manager.

    Raises what case_of raises; NotYourTurn for a manager before they are sent.
    """
    case = await case_of(subject, act)
    if case.desk is Desk.MANAGER and case.review.stage is Stage.GOALS:
        raise NotYourTurn(Move.APPROVE_GOALS, case.review.stage, Desk.PERSON)
    own = case.desk is Desk.PERSON
    last = own and case.kept is None and await _last_of(case.person, act) is not None
    facts = screen.GoalsFacts(
        review=case.review.id,
        cycle=case.cycle.name,
        due=case.cycle.goals_due,
        base=case.base,
        version=case.version,
        period=case.cycle,
        today=act.today(),
        policy=act.company.policy,
        locale=act.say.locale,
        person="" if own else case.person.name,
        returned=case.kept.why_returned if case.kept and own else "",
        last=last,
        actuals=case.review.actuals,
        offered=await cascade.offered_to(case.review, case.cycle, case.person, act),
    )
    return GoalsForm(act, case, facts)


async def _last_of(person: Person, act: Act) -> Sheet | None:
    return (await act.tx.goals.last_agreed([person.employee_id])).get(person.employee_id)


async def open_form(subject: str, act: Act) -> Opens:
    """`goals.open`: where it was left, else all goals at a glance. Raises what load raises."""
    use = await load(subject.partition("@")[0], act)
    kept = await opened(FORM, use.case.review.id, act)
    if not kept.answers:
        begun = names.written(use.facts.base, use.facts.locale)
        begun |= {screen.VERSION: str(use.case.version)}
        last = use.last_step(begun)
        kept = await prefill(FORM, use.case.review.id, begun, act, step=last)
    step = min(kept.draft.step, use.last_step(kept.answers))
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))


async def press_approve(value: str, act: Act) -> Answer:
    """`goals.approve`: as they are. Raises GoalsChanged, and what case_of and the rule raise."""
    case = await _seen(value, Move.APPROVE_GOALS, act)
    if case.desk is not Desk.MANAGER:
        raise NotEntitled(who_can=Desk.MANAGER)
    await _approve(case, case.base, act)
    return Done()


async def press_confirm(value: str, act: Act) -> Answer:
    """`goals.confirm`. Raises GoalsChanged, and what case_of and the rule raise."""
    case = await _seen(value, Move.CONFIRM_GOALS, act)
    if case.kept is None:
        raise NotYourTurn(Move.CONFIRM_GOALS, case.review.stage, Desk.PERSON)
    policy = act.company.policy
    after, kept = confirm(case.review, case.kept, by=act.by, at=act.now, policy=policy)
    await _keep(case, after, kept, Move.CONFIRM_GOALS, act)
    return Done()


async def _seen(value: str, move: Move, act: Act) -> Case:
    """The case that a button shows; without a version in it, the newest."""
    review, _, seen = value.partition("@")
    case = await case_of(review, act)
    if seen.isdecimal():
        check_version(case.kept, int(seen), move, case.review.stage)
    return case


async def _submit(case: Case, sheet: Sheet, offered: Mapping[str, Wording], act: Act) -> None:
    after, kept = submit(
        case.review,
        case.kept,
        sheet,
        by=act.by,
        at=act.now,
        cycle=case.cycle,
        policy=act.company.policy,
        offered=tuple(offered.values()),
    )
    await _keep(case, after, kept, Move.SUBMIT_GOALS, act)


async def _approve(
    case: Case, sheet: Sheet, act: Act, offered: Mapping[str, Wording] = MappingProxyType({})
) -> None:
    after, kept = approve(
        case.review,
        case.kept or GoalSheet(review=case.review.id, proposed=case.base),
        sheet,
        by=act.by,
        desks={case.desk},
        at=act.now,
        cycle=case.cycle,
        policy=act.company.policy,
        instead_of=case.seats.instead_of,
        offered=tuple(offered.values()),
    )
    await _keep(case, after, kept, Move.APPROVE_GOALS, act)
    await _tell(case, kept, act)


async def _return(case: Case, comment: str, act: Act) -> None:
    after, kept = give_back(
        case.review,
        case.kept or GoalSheet(review=case.review.id, proposed=case.base),
        comment,
        by=act.by,
        desks={case.desk},
        at=act.now,
        policy=act.company.policy,
        instead_of=case.seats.instead_of,
    )
    await _keep(case, after, kept, Move.RETURN, act)
    await _tell(case, kept, act)


async def _keep(case: Case, review: Review, kept: GoalSheet, move: Move, act: Act) -> None:
    """Write both down, with the trail, and paint what shows them."""
    saved = await act.tx.reviews.save(review)
    await act.tx.goals.save(kept, case.kept)
    event, details = f"goals.{move}", {"version": kept.version}
    await act.tx.audit.record(event, saved.id, act.by, act.now, details)
    await goal_list.shown(saved, case.roster, case.seats, act)


async def _tell(case: Case, kept: GoalSheet, act: Act) -> None:
    """The manager's word reaches the person at once."""
    await act.tx.outbox.put(
        Notice(
            kind=goal_list.WORD,
            receiver=case.review.employee_id,
            facts={"review": case.review.id, "by": act.by, "version": kept.version},
            once=f"{goal_list.WORD}/{case.review.id}/{kept.version}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )
