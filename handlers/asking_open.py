"""One form that is asked part by part, as it stands with the answers kept so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers import forms
from handlers.answers import Asks
from handlers.changes import Use
from handlers.events import Account, Answered, Submitted
from handlers.keeping import Kept, dressed, opened, weigh
from handlers.work import Act
from prompts.card import Ask, Card, CardPart, Field, Form
from prompts.screens import asking as screen
from prompts.screens.asking import Around, Question
from storage.askings import Asking, Place


@dataclass(frozen=True, slots=True)
class Open:
    """A form with all of its steps drawn."""

    asking: Asking
    use: Use
    kept: Kept
    forms: tuple[Form, ...]
    asked: tuple[Question, ...]

    @property
    def place(self) -> Place:
        """Where in it somebody is."""
        return self.asking.place

    @property
    def at(self) -> Question | None:
        """The question that is asked; None: all answers are looked over."""
        return self.find(self.place.at)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.forms[0].title

    def find(self, key: str) -> Question | None:
        """The question of that key, if it is asked with these answers."""
        return next((one for one in self.asked if one.key == key), None)

    def step(self, number: int) -> Form:
        """That step, or the last."""
        return self.forms[min(max(number, 0), len(self.forms) - 1)]

    def moved(self, **place: object) -> Open:
        """The same, at another place."""
        moved = replace(self.place, **place)  # type: ignore[arg-type]
        return replace(self, asking=replace(self.asking, place=moved))

    def is_open(self, one: Question) -> bool:
        """Whether it waits for an answer."""
        if one.field.value or one.key in self.place.passed:
            return False
        return one.field.required or one.step >= self.place.begins

    def filled_in(self, before: Question | None) -> tuple[Question, ...]:
        """What stands before that question with an answer that the program itself put in."""
        marks = self.kept.draft.marks
        return tuple(
            one
            for one in (self.asked[: self.asked.index(before)] if before else ())
            if one.field.value and (one.key not in marks or not marks[one.key].surface)
        )

    def waiting(self) -> tuple[Question, ...]:
        """What is asked next, in order: what has to be asked again, then what lies ahead."""
        again = [one for key in self.place.queue if (one := self.find(key)) is not None]
        ahead = [one for one in self.asked if self.is_open(one) and one not in again]
        start = again[0] if again else self.at
        after = self.asked.index(start) if start else 0
        ahead.sort(key=lambda one: self.asked.index(one) < after)
        return (*again, *ahead)


def lacks(one: Field, act: Act) -> Field:
    """The field, with what is wrong where it holds more than it takes: nothing is cut."""
    over = len(one.value or "") - one.limit
    if one.ask is not Ask.TEXT or over <= 0:
        return one
    said = act.say.plain("asking.too_long", over=over, limit=one.limit)
    return replace(one, problem=said)


async def load(asking: Asking, act: Act) -> Open | None:
    """The form as it is now; None: it was sent elsewhere. Raises what loading the form raises."""
    use = await forms.FORMS[asking.form](asking.subject, act)
    kept = await opened(asking.form, asking.subject, act)
    if asking.place.base and not kept.draft.revision:
        return None
    return drawn(asking, use, kept, act)


def drawn(asking: Asking, use: Use, kept: Kept, act: Act) -> Open:
    """All its steps with the answers kept."""
    kept = replace(kept, surface=asking.surface)
    steps = range(use.last_step(kept.answers) + 1)
    shown = tuple(
        dressed(use.form(kept.answers, step=step, sent=False), kept, act.say) for step in steps
    )
    return Open(asking, use, kept, shown, screen.questions(shown, act.say))


async def take(here: Open, given: Mapping[str, str], act: Act) -> Open:
    """Keep these answers of one step; "" leaves a question without one."""
    first = here.find(next(iter(given))) or here.at
    step = first.step if first else len(here.forms) - 1
    kept = here.kept
    for key, value in given.items():
        event = Answered(
            who=Account(act.platform, ""),
            form=here.asking.form,
            subject=here.asking.subject,
            step=step,
            answers={key: value},
            identity="",
            changed=key,
            surface=here.asking.surface,
            base=here.place.base,
        )
        kept = await (await weigh(event, act)).at(step, act)
    passed = {*here.place.passed} - {*given} | {key for key, value in given.items() if not value}
    queue = tuple(key for key in here.place.queue if key not in given)
    here = here.moved(passed=tuple(sorted(passed)), queue=queue)
    return drawn(here.asking, here.use, kept, act)


def wrong(here: Open, keys: Sequence[str], act: Act) -> Mapping[str, str]:
    """What is wrong with the answers to these questions, as sending the form would say it."""
    found: dict[str, str] = {}
    for step in {one.step for one in here.asked if one.key in keys}:
        sent = here.use.form(here.kept.answers, step=step, sent=True)
        for one in sent.fields:
            problem = lacks(one, act).problem
            if one.key in keys and problem:
                found[one.key] = problem
    return found


def sending(here: Open, act: Act) -> Submitted:
    """All of it, as it is shown; a step that is only read goes on to the next."""
    step = len(here.forms) - 1 if here.asked else here.place.begins
    return Submitted(
        who=Account(act.platform, ""),
        form=here.asking.form,
        subject=here.asking.subject,
        step=step,
        answers={one.key: one.field.value or "" for one in here.asked},
        identity="",
        surface=here.asking.surface,
        base=here.place.base,
    )


def pressing(here: Open, button: str, act: Act) -> Answered:
    """A button of the form, pressed at the step that is shown."""
    at = here.at
    step = at.step if at else (len(here.forms) - 1 if here.asked else here.place.begins)
    fields = here.step(step).fields
    return Answered(
        who=Account(act.platform, ""),
        form=here.asking.form,
        subject=here.asking.subject,
        step=step,
        answers={one.key: one.value or "" for one in fields},
        identity="",
        pressed=button,
        surface=here.asking.surface,
        base=here.place.base,
    )


async def ask(
    here: Open,
    act: Act,
    *,
    at: str | None = None,
    said: Sequence[CardPart] = (),
    problems: Mapping[str, str] | None = None,
    opens: bool = False,
    adds: bool = False,
) -> Asks:
    """Ask the next part, or the one of that key ("": all answers are looked over).

    `opens`: with all that is around it; `adds`: what was said may belong to the answer before.
    """
    waiting = here.waiting()
    again = at is not None and at == here.place.at and not opens
    if at is None:
        at = waiting[0].key if waiting else ""
    one = here.find(at)
    turn = here.asking.turn + 1
    here = here.moved(at=one.key if one else "", base=here.kept.draft.revision)
    asking = replace(here.asking, turn=turn, reads=not here.asked, aside=False)
    await act.tx.askings.put(asking)
    asked = _marked(here.asked, problems or {})
    if one is not None and not one.field.value and not wrong(here, [one.key], act):
        asked = _loosened(asked, one.key)
    around = Around(
        surface=asking.surface,
        turn=turn,
        words=act.say,
        names=await names_in(here.asked, act),
        said=tuple(said),
    )
    if adds:
        around = replace(around, said=(*said, *screen.may_add(around)))
    following: tuple[Question, ...] = ()
    if one is None:
        card = await _whole(here, asked, around, act, left=bool(waiting))
        step = here.step(len(here.forms) if asked else here.place.begins)
    else:
        index = here.asked.index(one)
        step = here.step(one.step)
        if opens:
            unseen = [said for seen in here.filled_in(one) for said in seen.before]
            whole = replace(asked[index], before=(*unseen, *asked[index].before))
            asked = (*asked[:index], whole, *asked[index + 1 :])
        card = screen.question(step, asked, index, around, opens=opens, again=again)
        following = (one, *(ahead for ahead in waiting if ahead.step == one.step and ahead != one))
    return Asks(
        surface=asking.surface,
        turn=turn,
        form=_with(step, problems or {}),
        next=tuple(asked[here.asked.index(each)].field for each in following),
        card=card,
        says=screen.says(*around.said) if around.said else None,
        typed=asking.typed,
    )


async def _whole(
    here: Open, asked: Sequence[Question], around: Around, act: Act, *, left: bool
) -> Card:
    if asked:
        problems = {one.key: one.field.problem for one in asked if one.field.problem}
        return screen.overview(
            [_with(form, problems) for form in here.forms], asked, around, left=left
        )
    rows = await act.tx.askings.of(act.by, act.platform)
    under = next((one.surface for one in rows if not one.aside and not one.reads), "")
    return screen.reading(here.step(here.place.begins), around, under)


def _marked(asked: Sequence[Question], problems: Mapping[str, str]) -> tuple[Question, ...]:
    return tuple(
        replace(one, field=replace(one.field, problem=problems.get(one.key))) for one in asked
    )


def _loosened(asked: Sequence[Question], key: str) -> tuple[Question, ...]:
    """With that question as one that may be left out: the form takes it so."""
    return tuple(
        replace(one, field=replace(one.field, required=False)) if one.key == key else one
        for one in asked
    )


def _with(form: Form, problems: Mapping[str, str]) -> Form:
    parts = (
        replace(part, problem=problems.get(part.key)) if isinstance(part, Field) else part
        for part in form.parts
    )
    return replace(form, parts=tuple(parts))


async def names_in(asked: Sequence[Question], act: Act) -> Mapping[str, str]:
    """What the people are called who were chosen, by their accounts."""
    found: dict[str, str] = {}
    for one in asked:
        if one.field.ask in {Ask.PERSON, Ask.PEOPLE} and one.field.value:
            for account in one.field.value.split(","):
                person = await act.tx.people.by_account(act.platform, account)
                if person is not None:
                    found[account] = person.name
    return found
