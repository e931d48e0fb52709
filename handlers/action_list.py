"""All open actions around somebody, a page at a time: what no message holds."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import action_forms, mentor_forms
from handlers.actions_around import Around, around, lines
from handlers.answers import Answer, Opens
from handlers.changes import Changes
from handlers.keeping import dressed, opened, prefill
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import action_list as screen
from prompts.screens.actions import Kind

FORM = screen.FORM


@dataclass(frozen=True, slots=True)
class ListForm:
    """One page of one kind."""

    act: Act
    facts: screen.ListFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The page that was asked for, with a button beside each."""
        return screen.form(self.facts, self.act.say)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """Another page, another kind, or one action laid over the list."""
        name, _, value = button.partition(":")
        if name == screen.GO:
            return Changes({screen.PAGE: value})
        if name == screen.SHOW:
            return Changes({screen.WHICH: value, screen.PAGE: "1"})
        if name == screen.OPEN:
            return await action_forms.opened_form(await action_forms.load(value, self.act))
        if name == screen.MENTOR:
            return await mentor_forms.opened_form(await mentor_forms.load_close(value, self.act))
        return None

    async def send(self, answers: Answers) -> None:
        """Reading is no step."""


async def load(subject: str, act: Act) -> ListForm:  # noqa: ARG001
    """One's own list, at the page that they left it; only its words are opened."""
    kept = (await opened(FORM, "", act)).answers
    found = await around(act.actor, act)
    which = _which(kept.get(screen.WHICH, ""), found)
    heads = found.heads[which]
    pages = max(1, -(-len(heads) // screen.PAGE_OF))
    asked = kept.get(screen.PAGE, "")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() else 1
    shown = heads[(page - 1) * screen.PAGE_OF : page * screen.PAGE_OF]
    rows = (await lines({which: shown}, act.actor, act))[which]
    facts = screen.ListFacts(
        which=which,
        rows=rows,
        counts=found.counts,
        page=page,
        pages=pages,
        today=act.today(act.actor),
    )
    return ListForm(act, facts)


def _which(asked: str, found: Around) -> Kind:
    """The kind that was asked for, if there is any of it; else the first that there is."""
    there = [kind for kind in Kind if found.heads[kind]]
    return next((kind for kind in there if kind == asked), (*there, Kind.MINE)[0])


async def open_list(subject: str, act: Act) -> Answer:
    """`actions.open`: from the first page of that kind, else of the own ones."""
    await prefill(FORM, "", {screen.WHICH: subject, screen.PAGE: "1"}, act, step=0)
    use = await load("", act)
    kept = await opened(FORM, "", act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
