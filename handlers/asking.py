"""Forms on a platform that has none: each is asked part by part, by message or by card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from handlers import asking_words as meant
from handlers import commands
from handlers.answers import Answer, Continues, Done, Opens, Redraws, Refuses, Says, Stacks
from handlers.asking_open import Open, ask, take, wrong
from handlers.asking_stack import again, loaded, on_top, opens, resume, row_of
from handlers.asking_ways import SAID, add, change, give, go, may_add, press
from handlers.asking_words import Unread, Way
from handlers.events import Command, Filled, Posed, Said
from handlers.work import Act
from prompts.screens import asking as screen
from prompts.screens.asking import line
from storage.askings import Asking

_WAYS: Mapping[str, Way] = {**{way: way for way in Way}, "leave": Way.SKIP}
"""What the buttons beside a question are called."""


async def instead(answer: Answer, act: Act) -> Answer:
    """What is said where a form would be opened or drawn again."""
    match answer:
        case Opens(form) | Stacks(form) | Redraws(form) | Continues(form) | Refuses(form):
            return await opens(form, act)
        case _:
            return answer


async def said(event: Said, act: Act) -> Answer:
    """Words: an answer to what is asked, a way in the form, or a command."""
    way = meant.way(event.text)
    rows = await act.tx.askings.of(act.by, act.platform)
    aside = next((one for one in rows if one.aside), None)
    row = await _meant([one for one in rows if one.typed and not one.aside], way, act)
    if row is None and way is Way.GO_ON and aside is not None:
        return await again(aside, act)
    if row is None:
        return await _command(event, act)
    here = await loaded(await on_top(row, act), act, typed=event.text)
    if not isinstance(here, Open):
        return await resume(act, here)
    if way is not None:
        return await go(here, way, act)
    number = meant.change(event.text)
    if number is None and here.at is None:
        number = meant.whole(event.text)
    if number is not None:
        return await change(here, number, act)
    return await _typed(here, event, act)


async def _meant(active: Sequence[Asking], way: Way | None, act: Act) -> Asking | None:
    """The form that words are for: one that is only read takes no more than its own ways on."""
    for row in active:
        if not row.reads:
            return row
        here = await loaded(row, act) if way in {Way.SEND, Way.BACK} else None
        if isinstance(here, Open):
            step = here.step(here.place.begins)
            if step.submit if way is Way.SEND else step.back:
                return row
    return None


async def filled(event: Filled, act: Act) -> Answer:
    """Some answers of a form, from a card, and perhaps the button beside them."""
    row = await row_of(event.surface, act)
    if row is None:
        return Says(screen.says(line(act.say, "closed")))
    here = await loaded(row, act)
    if not isinstance(here, Open):
        return Says(screen.says(*here))
    here = replace(here, asking=replace(here.asking, typed=False))
    given: dict[str, str] = {}
    problems: dict[str, str] = {}
    for key, text in event.answers.items():
        one = here.find(key)
        if one is None or text == (one.field.value or ""):
            given |= {key: text} if one is not None and not text else {}
            continue
        known = text in {option.value for option in one.field.options}
        value = text if known or not text.strip() else await meant.read(text, one.field, act)
        if isinstance(value, Unread):
            problems[key] = act.say.plain(f"asking.{value.key}", **value.facts)
        else:
            given[key] = value
    if given:
        here = await take(here, given, act)
    problems |= wrong(here, [key for key, value in given.items() if value], act)
    if problems:
        here = here.moved(queue=tuple(problems))
        return await ask(here, act, problems=problems)
    if event.pressed is None:
        return await ask(here, act)
    does = event.pressed.removeprefix("asking.")
    if does in _WAYS:
        return await go(here.moved(at="") if does == Way.SEND else here, _WAYS[does], act)
    return await press(here, event.pressed, act)


async def posed(event: Posed, act: Act) -> Answer:
    """Keep whether what is typed answers what is asked."""
    row = await row_of(event.surface, act)
    if row is not None and row.turn == event.turn:
        await act.tx.askings.put(replace(row, typed=event.typed))
    return Done()


async def _pressed(does: str, value: str, act: Act) -> Answer:
    """A button of a question, an overview or what is read; of an earlier one, it is over."""
    surface, _, rest = value.partition(":")
    turn, _, given = rest.partition(":")
    row = await row_of(surface, act)
    if row is None:
        return await resume(act, (line(act.say, "closed"),), over=True)
    if turn != str(row.turn) and not row.reads and does != Way.GO_ON:
        return await resume(act, (line(act.say, "over"),), over=True)
    here = await loaded(await on_top(row, act), act)
    if not isinstance(here, Open):
        return await resume(act, here)
    return await _done(here, does, given, act)


async def _done(here: Open, does: str, given: str, act: Act) -> Answer:
    """What the button of a question that still stands does."""
    match does:
        case "answer" if here.at and given in {one.value for one in here.at.field.options}:
            return await give(here, here.at.key, given, act)
        case "add":
            return await add(here, act)
        case "press":
            return await press(here, given, act)
        case "change" if given.isdecimal():
            return await change(here, int(given), act)
        case _ if does in _WAYS:
            return await go(here, _WAYS[does], act)
        case _:
            return await ask(here, act, at=here.place.at)


PRESSES: Mapping[str, Callable[[str, Act], Awaitable[Answer]]] = {
    f"asking.{does}": partial(_pressed, does)
    for does in ("answer", "press", "add", "change", *_WAYS)
}


async def _command(event: Said, act: Act) -> Answer:
    command = Command(who=event.who, text=event.text, identity=event.identity)
    return await instead(await commands.handle(command, act), act)


async def _typed(here: Open, event: Said, act: Act) -> Answer:
    """Words to the question that is asked."""
    one, text = here.at, event.text.strip()
    heard = screen.heard(text, act.say) if event.heard else ()
    problems: dict[str, str] = {}
    if one is not None:
        value = await meant.read(text, one.field, act) if text else Unread("only_words")
        if not isinstance(value, Unread):
            return await give(here, one.key, value, act, heard)
        problems[one.key] = act.say.plain(f"asking.{value.key}", **value.facts)
    if commands.is_one(text):
        return await _command(event, act)
    adds = bool(text) and may_add(here) is not None
    here = await take(here, {SAID: text}, act) if adds else here
    return await ask(here, act, at=here.place.at, said=heard, problems=problems, adds=adds)
