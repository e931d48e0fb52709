"""Many open actions: a page of one kind, with a button beside each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Form, FormPart, Heading, Paragraph, Small
from prompts.render import Words
from prompts.screens.actions import Kind, Line

FORM = "actions"
PAGE_OF = 15
"""Actions on a page (ours)."""
PAGE, WHICH = "page", "which"
"""What is kept of where the reader is; no field shows it."""
GO, SHOW, OPEN, MENTOR = "actions.page", "actions.which", "actions.one", "actions.mentor"
"""Buttons: each name with a ":" and a page, a kind or an action."""
SHORT = 120
"""Characters of an action in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """One page of one kind."""

    which: Kind
    rows: tuple[Line, ...]
    counts: Mapping[Kind, int]
    page: int
    pages: int
    today: date


def form(facts: ListFacts, words: Words) -> Form:
    """The page, with the ways to the other pages and kinds."""
    return Form(
        key=FORM,
        subject="",
        title=words.plain("actions.list_title"),
        parts=tuple(_parts(facts, words)),
        close=words.plain("common.close"),
    )


def _parts(facts: ListFacts, words: Words) -> Iterator[FormPart]:
    others = [kind for kind, count in facts.counts.items() if count and kind is not facts.which]
    if others:
        yield Buttons(
            tuple(
                Button(f"{SHOW}:{kind}", _title(kind, facts.counts[kind], words), kind)
                for kind in others
            )
        )
    if not facts.rows:
        yield Paragraph(words("actions.nothing"))
        return
    yield Heading(_title(facts.which, facts.counts[facts.which], words))
    mentors = facts.which is Kind.MENTORING
    label = words.plain("mentoring.close" if mentors else "actions.one")
    for row in facts.rows:
        text = " ".join(row.text.split())
        said = words(
            "actions.row",
            text=text if len(text) <= SHORT else text[: SHORT - 1] + "…",
            person=row.person,
            due=row.due,
            late=row.due < facts.today,
            going=row.going,
            kind=row.kind,
        )
        name = MENTOR if mentors else OPEN
        yield Paragraph(said, Button(f"{name}:{row.id}", label, row.id))
    if facts.pages > 1:
        yield Small(words("actions.page", page=facts.page, pages=facts.pages))
        yield Buttons(
            tuple(
                Button(f"{GO}:{page}", words.plain(f"actions.{key}"), str(page))
                for key, page in (("before", facts.page - 1), ("after", facts.page + 1))
                if 1 <= page <= facts.pages
            )
        )


def _title(kind: Kind, count: int, words: Words) -> str:
    return words.plain(f"actions.{kind}", count=count)
