"""After a one-on-one: that it took place, and what each does; the pair's, and nobody else's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from handlers import entries, mentors
from handlers.agreeing import agree
from handlers.answers import Answer, Opens
from handlers.changes import Changes, Use
from handlers.keeping import dressed, opened, prefill
from handlers.one_on_one import tell
from handlers.one_on_one_facts import facts_of
from handlers.one_on_one_pairs import talk_of, two_of
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import action_rows as rows
from prompts.screens import one_on_one_forms as screen
from review.interview import SHUT, Action, Going, Origin, Promise, agreed
from review.one_on_one import OneOnOne, State
from review.people import EmployeeId

NOTED = "one_on_one_noted"


@dataclass(frozen=True, slots=True)
class LogForm:
    """What one of the two notes after the talk; each has their own list, and reads the other's."""

    act: Act
    talk: OneOnOne
    facts: screen.LogFacts
    before: tuple[Action, ...]
    """What they had noted."""

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.log(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """One more line; or it did not take place after all."""
        if button == rows.MORE:
            shown = rows.lines(self.facts.rows, answers) + 1
            return Changes({rows.LINES: str(min(shown, rows.MOST_LINES))})
        if button == screen.UNDO:
            await _undo(self.talk, self.act)
            return Changes({})
        return None

    async def send(self, answers: Answers) -> Changes | None:
        """It took place, and this was agreed; the other reads it at once.

        A mentor who can't be one is pointed out first.
        """
        known, faults = await mentors.chosen(self.facts.rows, answers, self.act)
        if faults:
            return Changes(faults)
        act, talk = self.act, await hold(self.talk, self.act)
        origin = _origin(talk, act.by)
        given = rows.promises(answers, replace(self.facts.rows, mentors=known))
        changed = agreed(origin, given, self.before, act.now)
        await agree(origin, given, self.before, act)
        if any(one.going not in SHUT for one in changed):
            facts = {"talk": talk.id, "by": act.by}
            once = f"{talk.id}/{act.by}/{act.now.isoformat()}"
            await tell(NOTED, talk.other(act.by), facts, once, act)
        return None


def _origin(talk: OneOnOne, by: EmployeeId) -> Origin:
    whose = "m" if by == talk.manager else "p"
    return Origin(about=talk.person, talk=talk.id, list=f"{talk.id}.{whose}")


async def load_log(subject: str, act: Act) -> LogForm:
    """For either of the two. Raises OneOnOnesOff, NotYourTalk."""
    talk = await talk_of(subject, act)
    pair, _ = await two_of(talk, act)
    found = await act.tx.actions.agreed_in(subject)
    mine = tuple(one for one in found if _is_of(one, talk, act.by))
    theirs = [one for one in found if one not in mine and one.going is not Going.DROPPED]
    policy = act.company.policy
    facts = screen.LogFacts(
        talk=await facts_of(pair, talk, act.actor, act),
        held=talk.state is State.HELD,
        rows=rows.RowFacts(
            subject=talk.id,
            owners=tuple((one.employee_id, one.name) for one in pair.both),
            writes=True,
            most=policy.interviews.actions,
            limit=policy.sheet.text_limit,
            first=1,
            mentors=await mentors.of(as_promises(found), act),
        ),
        agreed=as_promises(theirs),
    )
    return LogForm(act, talk, facts, mine)


def _is_of(action: Action, talk: OneOnOne, employee: EmployeeId) -> bool:
    return action.id.startswith(f"{_origin(talk, employee).list}.")


def as_promises(actions: Iterable[Action]) -> tuple[Promise, ...]:
    """Actions as they were noted."""
    return tuple(
        Promise(
            text=one.text,
            by=one.owner,
            due=one.due,
            kind=one.kind,
            link=one.link,
            mentor=one.mentor,
        )
        for one in actions
    )


async def noted_by(talk: OneOnOne, employee: EmployeeId, work: Work) -> tuple[Promise, ...]:
    """What one of the two noted as agreed, and was not taken back."""
    found = await work.tx.actions.agreed_in(talk.id)
    own = [one for one in found if _is_of(one, talk, employee) and one.going is not Going.DROPPED]
    return as_promises(own)


async def log(subject: str, act: Act) -> Answer:
    """`oneonone.log`: it took place, which counts at once; what was agreed can be added.

    Raises OneOnOnesOff, NotYourTalk.
    """
    await hold(await talk_of(subject, act), act)
    use = await load_log(subject, act)
    kept = await opened(screen.LOG, subject, act)
    if not kept.answers and use.before:
        there = [one for one in use.before if one.going is not Going.DROPPED]
        answers = rows.as_answers(as_promises(there), use.facts.rows.mentors)
        kept = await prefill(screen.LOG, subject, answers, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def hold(talk: OneOnOne, act: Act) -> OneOnOne:
    """It took place; before its time, it took place now."""
    if talk.state is State.HELD:
        return talk
    early = talk.starts_at is not None and talk.starts_at > act.now
    start = act.now if early else talk.starts_at
    held = replace(talk, state=State.HELD, settled_at=act.now, starts_at=start)
    await act.tx.one_on_ones.save(held)
    if early:
        await entries.talks([talk], act)
    await act.tx.audit.record("one_on_one.held", talk.id, act.by, act.now, {})
    return held


async def _undo(talk: OneOnOne, act: Act) -> None:
    """It did not: it is to come again, unless another one is by now."""
    if talk.state is not State.HELD:
        return
    last = await act.tx.one_on_ones.last_of(*talk.pair)
    state = State.AHEAD if last is not None and last.id == talk.id else State.UNSAID
    settled = None if state is State.AHEAD else act.now
    await act.tx.one_on_ones.save(replace(talk, state=state, settled_at=settled))
    await act.tx.audit.record("one_on_one.not_held", talk.id, act.by, act.now, {})


PRESSES = {"oneonone.log": log}
FORMS: Mapping[str, Callable[[str, Act], Awaitable[Use]]] = {screen.LOG: load_log}
