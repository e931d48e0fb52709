"""How many SQL statements stand between a press and its acknowledgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from bench.company import open_cycle, with_people
from bench.figures import Figure
from handlers.answers import Answer, Continues, Opens, Redraws, Refuses
from handlers.dispatch import dispatch
from handlers.events import Account, Answered, Event, Pressed, Submitted
from handlers.ports import Deps
from prompts.card import Ask, Field, Form
from review.stages import Stage

SIZES = (100, 10_000)
WRITER, MANAGER, PARTNER = "p11", "p1", "p27"
"""One at the bottom of the tree, whoever rates them, and their HR partner in another part of it."""
MOST = 20
"""Statements from a press to its acknowledgement, of any kind. Sending a rating takes most: it
looks up what the person has heard and what the manager wrote of others, seals it, and paints the
lists of whoever signs next."""
MOST_SENDINGS = 40


class Chat:
    """Somebody works through a form; the statements of each event are kept."""

    def __init__(self, deps: Deps) -> None:
        """Begin with nothing counted."""
        self._deps = deps
        self._numbers = count()
        self.counted: dict[str, int] = {}

    async def do(self, what: str, event: Event) -> Answer:
        """Dispatch it, and keep the most statements that this kind of event took."""
        with self._deps.database.count_statements() as taken:
            answer = await dispatch(event, self._deps)
        self.counted[what] = max(self.counted.get(what, 0), taken.count)
        return answer

    async def press(self, who: str, action: str, value: str) -> Form:
        """Press what opens a form."""
        event = Pressed(who=_account(who), action=action, value=value, identity=self._once())
        answer = await self.do(f"press {action}", event)
        assert isinstance(answer, Opens), answer
        return answer.form

    async def fill_in(self, who: str, form: Form) -> None:
        """Answer the first question alone, then send step after step until the form closes."""
        first = next(one for one in form.fields if one.ask is not Ask.TEXT)
        shown = _shown(form) | {first.key: _filled(first)}
        event = Answered(**_facts(who, form), identity=self._once(), answers=shown, order="1")
        redrawn = await self.do(f"choose in {form.key}", event)
        form = redrawn.form if isinstance(redrawn, Redraws) else form
        for _ in range(MOST_SENDINGS):
            answer = await self.do(f"send {form.key}", self.step(who, form))
            if not isinstance(answer, Continues | Refuses):
                return
            form = answer.form
        raise AssertionError([(one.key, one.problem) for one in form.problems])

    def step(self, who: str, form: Form) -> Submitted:
        """The open step with every question answered, to be sent."""
        answers = _shown(form) | {one.key: _filled(one) for one in form.fields if _open(one)}
        return Submitted(**_facts(who, form), identity=self._once(), answers=answers)

    def _once(self) -> str:
        return f"bench:{next(self._numbers)}"


async def figures() -> list[Figure]:
    """The most of any event, for a small company and a large one."""
    found = {size: await counted(size) for size in SIZES}
    small, large = (max(found[size].values()) for size in SIZES)
    means = (
        "Both forms opened, answered and sent, by dispatch, the last of a team writing: "
        + ", ".join(f"{what} {number}" for what, number in found[SIZES[-1]].items())
    )
    return [
        Figure(
            name=f"statements from press to ack, {SIZES[-1]:,} people",
            value=large,
            limit=MOST,
            means=f"{means} (BEGIN and COMMIT aside).",
        ),
        Figure(
            name=f"more of them than at {SIZES[0]:,} people",
            value=large - small,
            limit=0,
            means="The size of the company should not matter.",
        ),
    ]


async def counted(people: int) -> Mapping[str, int]:
    """The most statements of each kind of event, in a company of that size.

    The writer is the last of the team, so that the manager is told that all are in.
    """
    async with with_people(people) as kept, kept.opened() as deps:
        cycle = await open_cycle(deps)
        async with deps.database.begin() as tx:
            await tx.reviews.move_all(cycle.id, Stage.GOALS, Stage.SELF_REVIEW, [WRITER])
            await tx.reviews.move_all(cycle.id, Stage.GOALS, Stage.MANAGER_REVIEW)
            writer = await tx.people.get(WRITER)
            assert writer is not None
            await tx.people.put_all([replace(writer, hrbp_id=PARTNER)])
            pairs = [(_account(who).id, who) for who in (WRITER, MANAGER)]
            await tx.people.link_all("slack", pairs)
            record = await tx.reviews.of(cycle.id, WRITER)
        assert record is not None
        chat = Chat(deps)
        await chat.fill_in(WRITER, await chat.press(WRITER, "self_review.open", record.id))
        await chat.fill_in(MANAGER, await chat.press(MANAGER, "rate:3.5", record.id))
        async with deps.database.begin(write=False) as tx:
            after = await tx.reviews.of(cycle.id, WRITER)
        assert after is not None
        assert after.rated_at is not None, "the forms were not filled in to their end"
        return chat.counted


def _account(who: str) -> Account:
    return Account("slack", f"U{who}")


def _facts(who: str, form: Form) -> dict[str, Any]:
    return {
        "who": _account(who),
        "form": form.key,
        "subject": form.subject,
        "step": form.step,
        "base": form.base,
        "surface": "V1",
    }


def _shown(form: Form) -> dict[str, str]:
    return {one.key: one.value or "" for one in form.fields}


def _open(one: Field) -> bool:
    return one.problem is not None or (one.required and not one.value)


def _filled(one: Field) -> str:
    if one.ask is Ask.TEXT:
        return "What happened, what was done, what came of it."
    values = [option.value for option in one.options]
    return next((value for value in ("3.5", "no") if value in values), values[0])
