"""What waits for somebody, and how far a cycle is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Small
from prompts.render import Words
from prompts.screens import no_surprise
from prompts.screens.no_surprise import Figure
from prompts.screens.progress import Progress, paragraphs
from prompts.screens.times import sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for somebody."""

    kind: str
    """Names its words: status.waits_<kind>."""
    cycle: str
    due: date
    action: str
    """What a button for it does."""
    items: tuple[tuple[str, str], ...]
    """Value of each button, and the name on it; without a name the kind's own label."""
    done: str = ""
    """What a button does that says of one of them that it was done, where one can say so."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who it is about."""
        return tuple(name for _, name in self.items if name)

    def buttons(self, words: Words) -> tuple[Button, ...]:
        """The first few of them."""
        return tuple(
            Button(self.action, name, value)
            if name
            else Button(
                self.action, words.plain(f"status.button_{self.kind}"), value, style="primary"
            )
            for value, name in self.items[:MOST]
        )


SHOW = "waits.show"
"""The button that brings what waits, wherever it stands by now."""
MOST = 25
"""People named on a card; the team list has them all."""


def show(words: Words) -> Button:
    """Brings what waits, with a button for each."""
    return Button(SHOW, words.plain("status.show"), "")


def waiting(things: tuple[Waiting, ...], words: Words) -> Card:
    """What waits for somebody, with the buttons to begin."""
    if not things:
        text = words("status.nothing")
        return Card(words.plain("status.nothing"), (Paragraph(text),))
    title = words.plain("status.waits_title")
    parts: list[CardPart] = [Heading(title)]
    for thing in things:
        key = f"status.waits_{thing.kind}"
        facts = {"cycle": thing.cycle, "due": thing.due, "count": len(thing.items)}
        parts += [Paragraph(words(key, **facts)), Buttons(thing.buttons(words))]
        if thing.done:
            parts += [Small(words(f"status.done_{thing.kind}")), Buttons(_done(thing, words))]
    return Card(title, tuple(parts))


def _done(thing: Waiting, words: Words) -> tuple[Button, ...]:
    return tuple(
        Button(thing.done, name, value, confirm=sure(name, words))
        for value, name in thing.items[:MOST]
    )


def status(
    progress: tuple[Progress, ...],
    own: tuple[tuple[str, str], ...],
    words: Words,
    *,
    picture: bool = False,
    unsent: int = 0,
    heard: tuple[tuple[Figure, Figure | None], ...] = (),
) -> Card:
    """How far the cycles are (for those who may see it), and where the own review stands.

    `picture` says that one follows, `unsent` how many messages could not be sent, and
    `heard` how many ratings came as a surprise in which cycle, and in the one before (for HR).
    """
    title = words.plain("status.title")
    parts: list[CardPart] = [Heading(title)]
    for one in progress:
        parts.extend(paragraphs(one, words))
    if picture:
        parts.append(Small(words("progress.picture_follows")))
    parts += [no_surprise.line(now, before, words) for now, before in heard]
    for cycle, stage in own:
        name = words.plain(f"stages.{stage}")
        parts.append(Paragraph(words("status.own", cycle=cycle, stage=name)))
    if len(parts) == 1:
        parts.append(Small(words("status.no_cycle")))
    if unsent:
        parts.append(Paragraph(words("deliveries.hint", count=unsent)))
    return Card(title, tuple(parts))
