"""The living list of somebody who signs: a row a person, flags first, folded once signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Small
from prompts.render import Words
from review import scale
from review.policy import Policy, Score
from review.signing import Flag
from review.stages import Desk

PAGE = 15
"""Rows on one message of a list."""
SHORT = 60
"""Characters of a name that a row shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow:
    """One person and where their review stands, for whoever signs it."""

    review: str
    person: str
    title: str
    desk: Desk
    """Where the receiver signs it: skip_level or hr."""
    state: str
    """"open", "below" (it waits for another's word first), "back" (returned to the manager),
    "calibration" (it lies there), "signed"."""
    rating: Score | None
    overruled: Score | None = None
    """Of a shut gate: what the scores would suggest."""
    flags: tuple[Flag, ...] = ()
    gate_word: bool = False
    """Whether the gate has to be confirmed or lifted first."""
    waits_for: str = ""
    """Whose word comes first."""
    returned: str = ""
    """Why it was returned to the receiver."""
    instead_of: str = ""
    """For whom the receiver stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignListFacts:
    """One page of a list."""

    cycle: str
    cycle_id: str
    rows: tuple[SignRow, ...]
    page: int
    pages: int
    signed: int
    open: int
    of: int
    flagged: int
    by_name: bool
    """Whether rows stand by name, and not those with flags first."""
    due: date
    policy: Policy


def sign_list(facts: SignListFacts, words: Words) -> Card:
    """The page as a message."""
    title = words.plain("sign_list.title", cycle=facts.cycle)
    counts = {"signed": facts.signed, "open": facts.open, "of": facts.of, "due": facts.due}
    head: list[CardPart] = [Heading(title)]
    if facts.page == 0:
        text = words("sign_list.head", flagged=facts.flagged, **counts)
        head.append(Paragraph(text, _other_order(facts, words)))
    if facts.pages > 1:
        head.append(Small(words("sign_list.page", page=facts.page + 1, pages=facts.pages)))
    rows = [part for row in facts.rows for part in _row(row, words)]
    summary = words.plain("sign_list.summary", cycle=facts.cycle, open=facts.open)
    return Card(summary, (*head, *rows))


def _other_order(facts: SignListFacts, words: Words) -> Button | None:
    if not facts.flagged or facts.of == 1:
        return None
    order = "flags" if facts.by_name else "name"
    return Button("signoff.order", words.plain(f"sign_list.order_{order}"), facts.cycle_id)


def _row(row: SignRow, words: Words) -> Iterator[CardPart]:
    overruled = None if row.overruled == row.rating else row.overruled
    text = words(
        f"sign_list.{row.state}",
        person=_short(row.person),
        title=_short(row.title),
        rating=None if row.rating is None else scale.show(row.rating),
        flags=tuple(flag_words(flag, overruled, words) for flag in row.flags),
        waits_for=_short(row.waits_for),
        returned=row.returned[:200],
        instead_of=_short(row.instead_of),
    )
    if row.state != "open":
        yield Paragraph(text, Button("signoff.open", words.plain("sign_list.read"), row.review))
        return
    yield Paragraph(text)
    yield Buttons(_buttons(row, words))


def _buttons(row: SignRow, words: Words) -> tuple[Button, ...]:
    read = Button("signoff.open", words.plain("sign_list.read"), row.review)
    part = "hr" if row.desk is Desk.HR else "signoff"
    back = Button(f"{part}.return", words.plain("sign_list.return"), row.review)
    if row.gate_word:
        confirm = Button("gate.confirm", words.plain("sign_list.gate_confirm"), row.review)
        lift = Button("gate.lift", words.plain("sign_list.gate_lift"), row.review)
        return (read, confirm, lift, back)
    action = "hr.confirm" if row.desk is Desk.HR else "signoff.agree"
    agree = Button(action, words.plain("sign_list.agree"), row.review)
    return (agree, read, back)


def flag_words(flag: Flag, overruled: Score | None, words: Words) -> str:
    """A flag as people say it."""
    shown = None if overruled is None else scale.show(overruled)
    return words.plain(f"sign_list.flag_{flag}", overruled=shown)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
