"""Where every history begins: a company, an open cycle, and three nearly finished self-reviews."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from world import Home, home, open_cycle, opened, review_of, self_answers, team

from handlers.answers import Continues, Done, Refuses
from handlers.dispatch import dispatch
from handlers.events import Account, Submitted
from handlers.ports import Company
from review.record import ReviewId
from storage.database import Database
from storage.notice import Entry

WRITERS = ("e1", "e2", "e3")


@dataclass(frozen=True)
class Start:
    """A database that can be put back to its beginning."""

    database: Database
    file: Path
    beginning: sqlite3.Connection
    company: Company
    cycle: str
    sends: dict[str, Submitted]
    """By person: the step that sends the self-review, with all before it kept."""
    reviews: dict[str, ReviewId]
    standing: tuple[Entry, ...]
    """What stands in the chat already."""

    def again(self) -> None:
        """Put the database back."""
        with closing(sqlite3.connect(self.file)) as place:
            self.beginning.backup(place)


@asynccontextmanager
async def start(folder: Path) -> AsyncIterator[Start]:
    """Make it once; nobody may use it in two histories at the same time."""
    file = folder / "home.db"
    async with home(folder, team()) as place:
        cycle = await open_cycle(place)
        sends, reviews = {}, {}
        for who in WRITERS:
            reviews[who] = await review_of(place, cycle, who)
            sends[who] = await _all_but_the_last(place, who, reviews[who], file)
        async with place.deps.database.begin(write=False) as tx:
            standing = await tx.outbox.ledger()
        with closing(_copy(file)) as beginning:
            yield Start(
                place.deps.database,
                file,
                beginning,
                place.deps.company,
                cycle.id,
                sends,
                reviews,
                tuple(one for one in standing if one.ts is not None),
            )


async def _all_but_the_last(place: Home, who: str, review: ReviewId, file: Path) -> Submitted:
    form = opened(await place.press(who, "self_review.open", review))
    given = self_answers(place)
    for number in count():
        event = Submitted(
            who=Account("text", f"T-{who}"),
            form=form.key,
            subject=form.subject,
            step=form.step,
            answers={one.key: given.get(one.key, one.value or "") for one in form.fields},
            identity=f"step:{who}:{number}",
            surface="V1",
            base=form.base,
        )
        with closing(_copy(file)) as before:
            answer = await dispatch(event, place.deps)
            if answer == Done():
                with closing(sqlite3.connect(file)) as undone:
                    before.backup(undone)
                return replace(event, identity=f"send:{who}")
        assert isinstance(answer, Continues | Refuses), answer
        form = answer.form
    raise AssertionError("a form has an end")


def _copy(file: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(file)) as place:
        place.backup(copy)
    return copy
