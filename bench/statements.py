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
from review.cycle import Cycle
from review.groups import COMPANY
from review.policy import Flow
from review.record import ReviewId
from review.stages import Stage

SIZES = (100, 10_000)
WRITER, MANAGER, PARTNER = "p11", "p1", "p27"
"""One at the bottom of the tree, whoever rates them, and their HR partner in another part of it."""
HR = "p0"
"""Above everybody, and HR's admin: signs as the skip-level, and calibrates."""
MOST = 20
"""Statements from a press to its acknowledgement, of any kind. A rating that is sent, or moved in
calibration, takes most: it looks up what the person has heard, seals it anew and voids the seals
before, and paints the lists of whoever signs next."""
MOST_SENDINGS = 40


class Chat:
    """Somebody works through a form; the statements of each event are kept."""

    def __init__(self, deps: Deps, platform: str = "slack") -> None:
        """Begin with nothing counted."""
        self._deps = deps
        self._platform = platform
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
        event = Pressed(who=self._account(who), action=action, value=value, identity=self._once())
        answer = await self.do(f"press {action}", event)
        assert isinstance(answer, Opens), answer
        return answer.form

    async def fill_in(self, who: str, form: Form, **wanted: str) -> None:
        """Answer the first question alone, then send step after step until the form closes.

        `wanted`: what to answer where it matters. A form that goes over to another subject ends.
        """
        subject = form.subject
        first = next(one for one in form.fields if one.ask is not Ask.TEXT)
        form = await self.choose(who, form, first.key, wanted.get(first.key, _filled(first)))
        for _ in range(MOST_SENDINGS):
            answer = await self.do(f"send {form.key}", self.step(who, form))
            if not isinstance(answer, Continues | Refuses) or answer.form.subject != subject:
                return
            form = answer.form
        raise AssertionError([(one.key, one.problem) for one in form.problems])

    async def choose(self, who: str, form: Form, key: str, value: str) -> Form:
        """Answer one question alone; the form as it stands then."""
        shown = _shown(form) | {key: value}
        event = Answered(**self._facts(who, form), identity=self._once(), answers=shown, order="1")
        redrawn = await self.do(f"choose in {form.key}", event)
        if isinstance(redrawn, Redraws):
            return redrawn.form
        fields = (replace(one, value=shown[one.key]) for one in form.fields)
        kept = {one.key: one for one in fields}
        parts = (kept[one.key] if isinstance(one, Field) else one for one in form.parts)
        return replace(form, parts=tuple(parts))

    async def within(self, who: str, form: Form, button: str) -> Form:
        """Press a button in an open form."""
        event = Answered(
            **self._facts(who, form), identity=self._once(), answers=_shown(form), pressed=button
        )
        answer = await self.do(f"press {button.partition(':')[0]}: in {form.key}", event)
        assert isinstance(answer, Redraws), answer
        return answer.form

    async def click(self, who: str, action: str, value: str) -> None:
        """Press what opens nothing."""
        event = Pressed(who=self._account(who), action=action, value=value, identity=self._once())
        answer = await self.do(f"press {action}", event)
        assert not isinstance(answer, Opens | Refuses), answer

    def step(self, who: str, form: Form) -> Submitted:
        """The open step with every question answered, to be sent."""
        answers = _shown(form) | {one.key: _filled(one) for one in form.fields if _open(one)}
        return Submitted(**self._facts(who, form), identity=self._once(), answers=answers)

    def _once(self) -> str:
        return f"bench:{next(self._numbers)}"

    def _account(self, who: str) -> Account:
        return Account(self._platform, account(who))

    def _facts(self, who: str, form: Form) -> dict[str, Any]:
        return {
            "who": self._account(who),
            "form": form.key,
            "subject": form.subject,
            "step": form.step,
            "base": form.base,
            "surface": "V1",
        }


async def figures() -> list[Figure]:
    """The most of any event, for a small company and a large one."""
    found = {size: await counted(size) for size in SIZES}
    small, large = (max(found[size].values()) for size in SIZES)
    means = (
        "All from the self-review to HR's signature, a rating sent twice and moved twice, by "
        "dispatch, the last of a team writing: "
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
        calibrated = replace(deps.company.policy, flow=Flow(calibration=True))
        deps.company = replace(deps.company, policy=calibrated)
        cycle = await open_cycle(deps)
        async with deps.database.begin() as tx:
            await tx.reviews.move_all(cycle.id, Stage.GOALS, Stage.SELF_REVIEW, [WRITER])
            await tx.reviews.move_all(cycle.id, Stage.GOALS, Stage.MANAGER_REVIEW)
            writer = await tx.people.get(WRITER)
            assert writer is not None
            await tx.people.put_all([replace(writer, hrbp_id=PARTNER)])
            pairs = [(account(who), who) for who in (WRITER, MANAGER, PARTNER, HR)]
            await tx.people.link_all("slack", pairs)
            record = await tx.reviews.of(cycle.id, WRITER)
        assert record is not None
        chat = Chat(deps)
        await chat.fill_in(WRITER, await chat.press(WRITER, "self_review.open", record.id))
        await chat.fill_in(MANAGER, await chat.press(MANAGER, "rate:3.5", record.id))
        await chat.fill_in(
            MANAGER, await chat.press(MANAGER, "rate.change", record.id), overall="4"
        )
        await _calibrate(chat, deps, cycle, record.id)
        async with deps.database.begin(write=False) as tx:
            after = await tx.reviews.of(cycle.id, WRITER)
        assert after is not None
        assert after.stage is Stage.INTERVIEW, "the forms were not filled in to their end"
        return chat.counted


async def _calibrate(chat: Chat, deps: Deps, cycle: Cycle, review: ReviewId) -> None:
    """A session in which a rating is moved before and after it was signed; then both sign."""
    await chat.click(HR, "calibration.open", f"{cycle.id}|{COMPANY.kind}|{COMPANY.key}")
    async with deps.database.begin(write=False) as tx:
        (session,) = await tx.calibrations.in_cycle(cycle.id)
    for turn in range(2):
        names = await chat.press(HR, "calibration.names", session.id)
        await chat.fill_in(HR, await chat.within(HR, names, f"move:{review}"))
        if not turn:
            async with deps.database.begin() as tx:
                await tx.reviews.move_all(cycle.id, Stage.CALIBRATION, Stage.SKIP_LEVEL)
            await chat.click(HR, "signoff.agree", review)
    await chat.click(HR, "calibration.close", session.id)
    await chat.click(HR, "signoff.agree", review)
    await chat.click(PARTNER, "hr.confirm", review)


def account(who: str) -> str:
    """Their account on any platform."""
    return f"U{who}"


def _shown(form: Form) -> dict[str, str]:
    return {one.key: one.value or "" for one in form.fields}


def _open(one: Field) -> bool:
    return one.problem is not None or (one.required and not one.value)


def _filled(one: Field) -> str:
    if one.ask is Ask.TEXT:
        return "What happened, what was done, what came of it."
    values = [option.value for option in one.options]
    if not values:
        return one.value or ""
    return next((value for value in ("3.5", "yes") if value in values), values[0])
