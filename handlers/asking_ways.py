"""The ways in a form that is asked part by part: on, back, aside, sent; and its own buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import forms
from handlers.answers import Answer, Continues, Done, Redraws, Refuses, Says, Stacks
from handlers.asking_open import Open, ask, lacks, pressing, sending, take, wrong
from handlers.asking_stack import loaded, opens, resume
from handlers.asking_words import Way
from handlers.work import Act
from prompts.card import Ask, CardPart, Form
from prompts.screens import asking as screen
from prompts.screens.asking import Around, Question, line

SAID = "said"
"""The answer that holds words that were no answer where they were said; no field shows it."""


async def give(here: Open, key: str, value: str, act: Act, said: Sequence[CardPart] = ()) -> Answer:
    """Keep an answer, and ask on; where something is wrong with it, it is asked again."""
    here = (await take(here, {key: value}, act)).moved(before=key)
    problems = wrong(here, [key], act)
    if problems:
        return await ask(here, act, at=key, said=said, problems=problems)
    return await ask(here, act, said=said)


def may_add(here: Open) -> Question | None:
    """The text that was answered last, to which more may belong."""
    before = here.find(here.place.before)
    return before if before and before.field.ask is Ask.TEXT and before.field.value else None


async def add(here: Open, act: Act) -> Answer:
    """Put the words that were no answer to the answer before."""
    before, more = may_add(here), here.kept.answers.get(SAID, "")
    if before is None or not more:
        return await ask(here, act, at=here.place.at)
    at, key = here.place.at, before.key
    here = await take(here, {key: f"{before.field.value}\n{more}", SAID: ""}, act)
    problems = wrong(here, [key], act)
    return await ask(here, act, at=key if problems else at, problems=problems, opens=True)


async def change(here: Open, number: int, act: Act) -> Answer:
    if not 0 < number <= len(here.asked):
        no_such = line(act.say, "no_such", number=number)
        return await ask(here, act, at=here.place.at, said=(no_such,))
    return await ask(here, act, at=here.asked[number - 1].key, opens=True)


async def go(here: Open, way: Way, act: Act) -> Answer:  # noqa: PLR0911  one case a way
    match way:
        case Way.LATER:
            return await _aside(here, act)
        case Way.SEND:
            return await _send(here, act)
        case Way.BACK:
            return await _back(here, act)
        case Way.OVERVIEW:
            return await ask(here, act, at="", opens=True)
        case Way.SKIP | Way.CLEAR if here.at is not None:
            return await _leave(here, here.at, act, clears=way is Way.CLEAR)
        case Way.REST:
            left = [one.key for one in here.asked if not one.field.required]
            passed = tuple(sorted({*here.place.passed, *left}))
            return await ask(here.moved(passed=passed, queue=()), act)
        case _:
            return await ask(here, act, at=here.place.at or None, opens=True)


async def _leave(here: Open, one: Question, act: Act, *, clears: bool) -> Answer:
    """Leave an answer as it is, or without one where the form takes that."""
    if one.field.value and not clears:
        queue = tuple(key for key in here.place.queue if key != one.key)
        return await ask(here.moved(queue=queue), act)
    here = await take(here, {one.key: ""}, act)
    problems = wrong(here, [one.key], act)
    if problems:
        passed = tuple(key for key in here.place.passed if key != one.key)
        return await ask(here.moved(passed=passed), act, at=one.key, problems=problems)
    return await ask(here, act)


async def _aside(here: Open, act: Act) -> Answer:
    row = replace(here.asking, aside=True, turn=here.asking.turn + 1)
    await act.tx.askings.put(row)
    around = Around(surface=row.surface, turn=row.turn, words=act.say)
    card = screen.aside(here.title, around)
    under = await resume(act, card.parts[:1])
    return Says(card) if isinstance(under, Says) else under


async def _back(here: Open, act: Act) -> Answer:
    if not here.asked:
        return await _redrawn(here, await forms.answered(pressing(here, forms.BACK, act), act), act)
    index = here.asked.index(here.at) if here.at else len(here.asked)
    if index == 0:
        return await ask(here, act, at=here.place.at, said=(line(act.say, "first"),))
    return await ask(here, act, at=here.asked[index - 1].key)


async def _send(here: Open, act: Act) -> Answer:
    """Send it, once all that it needs is there and was looked over."""
    problems = {
        one.key: problem for one in here.asked if (problem := lacks(one.field, act).problem)
    }
    if problems:
        here = here.moved(queue=tuple(problems))
        return await ask(here, act, at=next(iter(problems)), problems=problems)
    if here.at is not None:
        return await ask(here, act, at="")
    if here.step(len(here.forms) if here.asked else here.place.begins).submit is None:
        return await ask(here, act, at="")
    answer = await forms.submitted(sending(here, act), act)
    if not isinstance(answer, Done):
        return await _redrawn(here, answer, act)
    await act.tx.askings.drop(here.asking.surface)
    return await resume(act, (line(act.say, "sent", title=here.title),))


async def press(here: Open, button: str, act: Act) -> Answer:
    return await _redrawn(here, await forms.answered(pressing(here, button, act), act), act)


async def _redrawn(here: Open, answer: Answer, act: Act) -> Answer:
    """What a form does of its own, asked on."""
    match answer:
        case Stacks(form) if form.key not in forms.FORMS:
            return await _read_beside(here, form, act)
        case Stacks(form):
            await act.tx.askings.put(here.asking)
            return await opens(form, act)
        case Redraws(form) | Continues(form) | Refuses(form):
            if (form.key, form.subject) != (here.asking.form, here.asking.subject):
                await act.tx.askings.drop(here.asking.surface)
                return await opens(form, act)
            return await _moved(here, form, act)
        case Done():
            return await ask(here, act, at=here.place.at)
        case _:
            return answer


async def _read_beside(here: Open, form: Form, act: Act) -> Answer:
    """What a form shows of its own is read in a message, and the question stays."""
    parts = screen.shown(form).parts
    asks = await ask(here, act, at=here.place.at)
    around = Around(surface=asks.surface, turn=asks.turn, words=act.say)
    card = replace(screen.shown(form), parts=(*parts, around.nav("go_on")))
    return replace(asks, card=card, says=replace(card, parts=parts))


async def _moved(here: Open, form: Form, act: Act) -> Answer:
    """The same form with other answers, at another step, or refused."""
    was = here.at
    fresh = await loaded(here.asking, act)
    if not isinstance(fresh, Open):
        return await resume(act, fresh)
    problems = {one.key: one.problem or "" for one in form.problems}
    if problems:
        fresh = fresh.moved(queue=tuple(problems), at="")
        return await ask(fresh, act, at=next(iter(problems)), problems=problems, opens=True)
    step = was.step if was else len(here.forms) - 1
    now = fresh.find(was.key) if was else None
    if fresh.asked and form.step == step and now is not None:
        answered = not was.field.value and now.field.value if was else False
        return await ask(fresh, act, at=None if answered else now.key, opens=not answered)
    fresh = fresh.moved(begins=form.step, at="")
    theirs = [one for one in fresh.asked if one.step == form.step]
    if not any(fresh.is_open(one) for one in theirs) and form.step < len(fresh.forms) - 1:
        fresh = fresh.moved(queue=tuple(one.key for one in theirs))
    return await ask(fresh, act, opens=True)
