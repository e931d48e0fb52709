"""Half-filled forms: every answer is kept as it comes, from any device, and none is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handlers.events import Answered, Submitted
from handlers.work import Act
from prompts.card import Ask, Field, Form
from prompts.render import Words
from review.errors import AlreadySent, NotEntitled, UnknownReview
from storage.drafts import Draft, Mark

NOTHING_TO_KEEP = (AlreadySent, NotEntitled, UnknownReview)
"""Refusals after which the words are no draft: they were sent, or have no place here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A person's answers so far, as one open form on one device should show them."""

    draft: Draft
    before: Draft | None = None
    """What stood before this event, if it was one."""
    surface: str = ""
    base: int = 0
    clashes: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold other words on this device than were kept from another: those words."""

    @property
    def answers(self) -> Mapping[str, str]:
        """Field key to answer."""
        return {key: mark.value for key, mark in self.draft.marks.items()}

    def version(self, key: str) -> int:
        """Not 0 where another device changed the answer after this form was opened."""
        mark = self.draft.marks.get(key)
        if mark is None or mark.surface == self.surface or key in self.clashes:
            return 0
        return mark.revision if mark.revision > self.base else 0

    async def at(self, step: int, act: Act) -> Kept:
        """The same answers, left at that step; kept in the database as well."""
        return replace(self, draft=await act.tx.drafts.put(replace(self.draft, step=step)))

    async def changed(self, answers: Mapping[str, str], step: int, act: Act) -> Kept:
        """With answers that the program itself puts in; their fields show them at once."""
        order, revision = _last_word(self.draft, act), self.draft.revision + 1
        marks = _put(self.draft.marks, answers, order, revision)
        kept = await act.tx.drafts.put(replace(self.draft, marks=marks, step=step))
        return replace(self, draft=kept)


def dressed(form: Form, kept: Kept, words: Words, *, sent: bool = False) -> Form:
    """The form with what keeping knows: changes made elsewhere, and, once sent, what clashes.

    Texts are kept when a button is pressed or the step is sent, so one that asks for them has a
    button for that alone: whoever closes a form tells no platform what they had typed.
    """
    parts = (
        _dressed(part, kept, words, sent=sent) if isinstance(part, Field) else part
        for part in form.parts
    )
    typed = form.submit is not None and any(one.ask is Ask.TEXT for one in form.fields)
    keep = words.plain("common.keep") if typed else None
    return replace(form, parts=tuple(parts), base=kept.base, keep=keep)


def _dressed(part: Field, kept: Kept, words: Words, *, sent: bool) -> Field:
    part = replace(part, version=kept.version(part.key))
    if not sent or part.key not in kept.clashes:
        return part
    there = kept.clashes[part.key]
    key = "common.clash" if there else "common.clash_empty"
    return replace(part, problem=words.plain(key, there=there))


async def opened(form: str, subject: str, act: Act) -> Kept:
    """The answers as kept, for a form that is just being opened."""
    draft = await act.tx.drafts.get(form, subject, act.by) or Draft(
        employee_id=act.by, form=form, subject=subject
    )
    return Kept(draft=draft, base=draft.revision)


async def keep(event: Answered | Submitted, act: Act, *, goto: int) -> Kept:
    """Keep what the event brings, and remember the step."""
    return await (await weigh(event, act)).at(goto, act)


async def weigh(event: Answered | Submitted, act: Act) -> Kept:
    """What stands with what the event brings, and what clashes with another device; not kept yet.

    A later order wins over an earlier one, whatever comes first. Words typed on this device
    over words kept from another are taken when the step is sent a second time.
    """
    before = (await opened(event.form, event.subject, act)).draft
    order = event.order or _last_word(before, act)
    revision = before.revision + 1
    marks = dict(before.marks)
    clashes: dict[str, str] = {}
    for key, value in event.answers.items():
        mark = before.marks.get(key, Mark())
        if value == mark.value or order < mark.order:
            continue
        elsewhere = mark.surface != event.surface and mark.revision > event.base
        if elsewhere and value == mark.previous:
            continue
        if elsewhere and key != getattr(event, "changed", None):
            clashes[key] = mark.value
            if isinstance(event, Submitted):
                marks[key] = replace(mark, surface=event.surface)
            continue
        previous = mark.previous if mark.surface == event.surface else mark.value
        marks[key] = Mark(value, previous, event.surface, order, revision)
    return Kept(
        draft=replace(before, marks=marks),
        before=before,
        surface=event.surface,
        base=event.base,
        clashes=clashes,
    )


def _last_word(draft: Draft, act: Act) -> str:
    """The order of a sent step: after all that was chosen, though the platform's clock be ahead."""
    return max([f"{act.now.timestamp():.6f}", *(mark.order for mark in draft.marks.values())])


async def prefill(
    form: str,
    subject: str,
    answers: Mapping[str, str],
    act: Act,
    *,
    step: int | None = None,
    draft: Draft | None = None,
) -> Kept:
    """Put answers into the draft as if they were given, such as by a rating button.

    Without a step it is left where it was. `draft`: as it stands, where that is known.
    """
    draft = draft or (await opened(form, subject, act)).draft
    order = f"{act.now.timestamp():.6f}"
    marks = _put(draft.marks, answers, order, draft.revision + 1)
    goto = draft.step if step is None else step
    kept = await act.tx.drafts.put(replace(draft, marks=marks, step=goto))
    return Kept(draft=kept, base=kept.revision)


def _put(
    marks: Mapping[str, Mark], answers: Mapping[str, str], order: str, revision: int
) -> dict[str, Mark]:
    """The marks with answers that nobody typed."""
    changed = dict(marks)
    for key, value in answers.items():
        was = marks.get(key, Mark())
        if value != was.value:
            changed[key] = Mark(value, was.value, "", order, revision)
    return changed
