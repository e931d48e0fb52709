"""Both prepare the interview, each their own part of the same three."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers import agreeing, mentors
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.keeping import dressed, opened, prefill
from handlers.people_said import person_said
from handlers.talks import TALKED, Case, case_of
from handlers.team import standings_of
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import action_rows as rows
from prompts.screens import interview as screen
from review import scale
from review.assessment import value_case
from review.errors import NotEntitled, NotYourTurn
from review.errors_interview import NoInterview
from review.interview import Part, interview_of
from review.no_surprise import gaps
from review.record import Review, ReviewId
from review.stages import Desk, Move, Stage
from review.wording import say
from storage.interviews import Prepared

FORM = "interview"
WRITES = {Stage.INTERVIEW, Stage.HELD, Stage.ACKNOWLEDGED}


@dataclass(frozen=True, slots=True)
class InterviewForm:
    """One of the two and their part."""

    act: Act
    case: Case
    facts: screen.InterviewFacts
    kept: Part | None
    """What they sent before."""

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """The step with the actions."""
        return len(screen.STEPS) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step; what can't be changed any more is shown as it was sent."""
        given = answers if self.facts.writes else self._written()
        return screen.form(self.facts, given, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """One more line, or the actions that the other proposes."""
        facts = self.facts.rows
        if button == rows.MORE:
            shown = rows.lines(facts, answers) + 1
            return Changes({rows.LINES: str(min(shown, rows.MOST_LINES))})
        if button == rows.ADOPT:
            known, _ = await mentors.chosen(facts, answers, self.act)
            return Changes(rows.adopted(replace(facts, mentors=known), answers))
        return None

    async def send(self, answers: Answers) -> Changes | None:
        """Keep it; after the interview the manager's actions are what was agreed.

        A mentor who can't be one is pointed out first.
        """
        if not self.facts.writes:
            return None
        act, review = self.act, self.case.review
        known, faults = await mentors.chosen(self.facts.rows, answers, act)
        if faults:
            return Changes(faults)
        part = screen.part(answers, replace(self.facts, mentors=known))
        made = Prepared(review=review.id, employee_id=act.by, at=act.now, part=part)
        await act.tx.interviews.prepare(made)
        await act.tx.audit.record("interview.prepared", review.id, act.by, act.now, {})
        if review.stage in TALKED and not self.facts.own:
            await agree(review, part, act)
        return None

    def _written(self) -> dict[str, str]:
        return screen.written(self.kept, self.facts.mentors) if self.kept else {}


async def agree(review: Review, part: Part, act: Act) -> None:
    """Keep the actions of that part as agreed."""
    before = await act.tx.actions.agreed(review.id)
    await agreeing.agree(interview_of(review), part.actions, before, act)


async def agree_prepared(case: Case, act: Act) -> None:
    """The interview was held: what whoever led it prepared last is agreed."""
    parts = await act.tx.interviews.prepared(case.review.id)
    led = [one for one in parts if one.employee_id != case.review.employee_id]
    if led:
        await agree(case.review, max(led, key=lambda one: one.at).part, act)


async def load(subject: ReviewId, act: Act) -> InterviewForm:
    """The part of the person, or of whoever sits at the manager's desk.

    Raises UnknownReview, NotEntitled, NoInterview before HR has signed.
    """
    case = await case_of(subject, act)
    own = act.by == case.review.employee_id
    if not own and Desk.MANAGER not in case.held_by(act.by):
        raise NotEntitled(who_can="person, manager")
    if case.review.stage is not Stage.INTERVIEW and case.review.stage not in TALKED:
        if own:
            raise NoInterview
        raise NotYourTurn(Move.HOLD, case.review.stage, "")
    parts = {one.employee_id: one for one in await act.tx.interviews.prepared(subject)}
    mine = parts.pop(act.by, None)
    theirs = (
        parts.get(case.review.employee_id)
        if not own
        else max(parts.values(), key=lambda one: one.at, default=None)
    )
    held = case.review.stage in TALKED
    seen = theirs.part if theirs and (held or not own) else None
    promises = [one for part in (mine and mine.part, seen) if part for one in part.actions]
    facts = screen.InterviewFacts(
        review=subject,
        cycle=case.cycle.name,
        person=case.person.name,
        manager=case.manager.name if case.manager else "",
        own=own,
        held=held,
        writes=case.review.stage in (WRITES if not own else {Stage.INTERVIEW}),
        owners=_owners(case, act),
        today=act.today(act.actor),
        policy=act.company.policy,
        gaps=_gaps(case.review, act) if held or not own else (),
        backed=_backed(case.review, act, both=held or not own),
        other=seen,
        mentors=await mentors.of(promises, act),
    )
    return InterviewForm(act, case, facts, mine.part if mine else None)


def _owners(case: Case, act: Act) -> tuple[tuple[str, str], ...]:
    """The person and whoever leads the interview."""
    leads = case.manager if act.by == case.review.employee_id else act.actor
    both = [case.person, *([leads] if leads else [])]
    return tuple((one.employee_id, one.name) for one in both)


def _gaps(review: Review, act: Act) -> tuple[tuple[str, str, str], ...]:
    locale = act.say.locale
    ladders = act.company.library.ladders
    titles = {f"goal:{row.id}": say(row.title, locale) for row in review.sheet.rows}
    titles |= {f"value:{key}": say(ladders[key].name, locale) for key in act.company.policy.values}
    return tuple(
        (titles.get(one.about, ""), scale.shown(one.own), scale.shown(one.manager))
        for one in gaps(review, act.company.policy)
    )


def _backed(review: Review, act: Act, *, both: bool) -> tuple[tuple[str, str, str], ...]:
    """What was written to each value by the person and, if `both`, by the manager."""
    hands = (("own", review.self_part), ("manager", review.manager_part if both else None))
    ladders, locale = act.company.library.ladders, act.say.locale
    return tuple(
        (whose, say(ladders[key].name, locale), part.cases[value_case(key)])
        for key in act.company.policy.values
        for whose, part in hands
        if part and value_case(key) in part.cases
    )


async def open_form(subject: ReviewId, act: Act) -> Answer:
    """`interview.open`: where it was left, or as it was sent. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    if use.kept is not None and use.facts.writes and not kept.answers:
        kept = await prefill(
            FORM, subject, screen.written(use.kept, use.facts.mentors), act, step=0
        )
    step = min(kept.draft.step, use.last_step(kept.answers)) if use.facts.writes else 0
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))


async def command(rest: str, act: Act) -> Answer:
    """`/review interview [NAME]`. Raises PersonUnknown, SeveralPeople, and what load raises."""
    wanted = (await person_said(rest, act)).employee_id if rest else None
    own: list[tuple[str, str]] = []
    team: list[tuple[str, str]] = []
    for cycle in await act.tx.cycles.running():
        mine = await act.tx.reviews.standings(cycle.id, [act.by])
        own += [(one.id, cycle.name) for one in mine if one.stage is Stage.INTERVIEW]
        for person, standing in await standings_of(act.actor, cycle.id, act):
            if wanted in {None, person.employee_id} and standing.stage in WRITES:
                team.append((standing.id, person.name))
    if wanted is not None:
        own = own if wanted == act.by else []
        if not own and not team:
            raise NoInterview
    if len(own) + len(team) == 1:
        return await open_form((*own, *team)[0][0], act)
    return Says(screen.which(tuple(own), tuple(team), act.say))
