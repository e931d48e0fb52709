"""What somebody is being asked on a platform: the latest form lies on top of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

from handlers import forms
from handlers.answers import Answer, Says
from handlers.asking_open import Open, ask, drawn, load
from handlers.events import Account, Answered
from handlers.keeping import NOTHING_TO_KEEP, opened, weigh
from handlers.work import Act
from prompts.card import CardPart, Form
from prompts.screens import asking as screen
from prompts.screens import common
from prompts.screens.asking import line
from review.errors import ReviewError
from storage.askings import Asking

FORGOTTEN = timedelta(days=90)
"""After so long nobody is asked a form any more; its answers stay (ours)."""
FEW = 3
"""Where more stands filled in before the first question, all of it is shown first (ours)."""


async def row_of(surface: str, act: Act) -> Asking | None:
    rows = await act.tx.askings.of(act.by, act.platform)
    return next((one for one in rows if one.surface == surface), None)


async def on_top(row: Asking, act: Act) -> Asking:
    """It is the one that is asked now."""
    rows = await act.tx.askings.of(act.by, act.platform)
    latest = max((one.touched_at for one in rows if one.surface != row.surface), default=None)
    at = act.now if latest is None else max(act.now, latest + timedelta(microseconds=1))
    return replace(row, touched_at=at, aside=False)


async def opens(form: Form, act: Act, said: Sequence[CardPart] = ()) -> Answer:
    """Ask a form, above all that is being asked; where it was begun before, it goes on."""
    if form.key not in forms.FORMS:
        return Says(screen.shown(form))
    rows = await act.tx.askings.of(act.by, act.platform)
    for old in (one for one in rows if one.touched_at < act.now - FORGOTTEN):
        await act.tx.askings.drop(old.surface)
    known = next((one for one in rows if (one.form, one.subject) == (form.key, form.subject)), None)
    row = known or Asking(
        surface=token_hex(3),
        employee_id=act.by,
        platform=act.platform,
        form=form.key,
        subject=form.subject,
        touched_at=act.now,
    )
    place = replace(row.place, begins=form.step, queue=(), base=0)
    row = await on_top(replace(row, place=place), act)
    use = await forms.FORMS[form.key](form.subject, act)
    here = drawn(row, use, await opened(form.key, form.subject, act), act)
    first = next((one for one in here.asked if here.is_open(one)), None)
    at = "" if len(here.filled_in(first)) > FEW else None
    return await ask(here, act, at=at, said=said, opens=True)


async def loaded(row: Asking, act: Act, typed: str = "") -> Open | tuple[CardPart, ...]:
    """The form; where it is over, what is said of that, and nothing typed is lost."""
    try:
        here = await load(row, act)
    except ReviewError as refusal:
        await act.tx.askings.drop(row.surface)
        if typed and row.place.at and not isinstance(refusal, NOTHING_TO_KEEP):
            await _rescue(row, typed, act)
        return common.refusal(refusal, act.say, act.company.policy).parts
    if here is None:
        await act.tx.askings.drop(row.surface)
        return (line(act.say, "closed"),)
    return here


async def _rescue(row: Asking, typed: str, act: Act) -> None:
    event = Answered(
        who=Account(act.platform, ""),
        form=row.form,
        subject=row.subject,
        step=0,
        answers={row.place.at: typed},
        identity="",
        changed=row.place.at,
        surface=row.surface,
        base=row.place.base,
    )
    kept = await weigh(event, act)
    await kept.at(kept.draft.step, act)


async def again(row: Asking, act: Act) -> Answer:
    """Take it up where it was left."""
    here = await loaded(await on_top(row, act), act)
    if not isinstance(here, Open):
        return await resume(act, here)
    return await ask(here, act, at=here.place.at, opens=True)


async def resume(act: Act, said: Sequence[CardPart], *, over: bool = False) -> Answer:
    """Say it, and go on with what is still being asked, if anything is."""
    for row in await act.tx.askings.of(act.by, act.platform):
        if row.aside or row.reads:
            continue
        here = await loaded(row, act)
        if not isinstance(here, Open):
            said = (*said, *here)
            continue
        if not over:
            said = (*said, line(act.say, "on_with", title=here.title))
        return await ask(here, act, at=here.place.at, said=said, opens=True)
    if over:
        said = (line(act.say, "closed"),)
    return Says(screen.says(*said))
