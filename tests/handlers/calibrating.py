"""A company that calibrates, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from signing import said
from world import Home, open_cycle, opened, rating_answers, self_answers, team

from handlers.answers import Answer
from handlers.manager_review import submit
from handlers.work import Act
from prompts.answers import assessment
from prompts.card import Card, Form
from review.calibration import Session
from review.cycle import Cycle
from review.people import Person
from review.policy import Flow, Policy
from review.steps import submit_self
from review.surprise import Told

GATED = 2
"""Levels below which the values gate shuts: so many and a half are below its mean."""
CALIBRATED = replace(Policy(), flow=Flow(calibration=True))


def staff(size: int = 5) -> tuple[Person, ...]:
    """A team, and a department beside it with a manager and one who works there."""
    far = Person(
        employee_id="far",
        name="Fay Far",
        slack_id="T-far",
        locale="en",
        time_zone="Asia/Shanghai",
        department="Depot",
        manager_id="boss",
        hrbp_id="hr",
        role="crm",
    )
    known = (replace(one, role="crm") for one in team(size))
    return (*known, far, replace(far, employee_id="hr2", name="Hugo HR", department=""))


async def started(place: Home, *scores: str) -> tuple[Cycle, list[str]]:
    """A cycle in which e1, e2, … are rated so; their reviews."""
    cycle = await open_cycle(place)
    reviews = [
        await rate(place, cycle, f"e{number}", score)
        for number, score in enumerate(scores, start=1)
    ]
    await place.tick()
    return cycle, reviews


async def rate(
    place: Home,
    cycle: Cycle,
    who: str,
    score: str,
    *,
    by: str = "mia",
    levels_of: str = "2",
    **more: str,
) -> str:
    """Both write, as their forms would have it; the review."""
    policy = place.deps.company.policy
    async with place.deps.database.begin() as tx:
        found, manager = await tx.reviews.of(cycle.id, who), await tx.people.get(by)
        assert found is not None
        assert manager is not None
        act = Act(
            tx=tx,
            company=place.deps.company,
            now=place.clock.now(),
            actor=manager,
            platform="text",
        )
        if found.self_part is None:
            own = assessment(self_answers(place), found.sheet, policy, manager=False)
            at = place.clock.now()
            found = await tx.reviews.save(submit_self(found, own, by=who, at=at, policy=policy))
        answers = rating_answers(place, score, int(levels_of), reason="Seen side by side.") | more
        answers |= {"overall": "2.5"} if int(levels_of) < GATED else {}
        given = assessment(answers, found.sheet, policy, manager=True)
        told = Told(warned=True, praised=True)
        await submit(found, given, act, has_reports=False, told=told)
    return found.id


async def later(place: Home, seconds: int = 10) -> None:
    """Long enough for a living message to be edited again."""
    await place.tick(place.clock.now() + timedelta(seconds=seconds))


async def sessions(place: Home, cycle: Cycle) -> tuple[Session, ...]:
    """All of that cycle."""
    async with place.deps.database.begin(write=False) as tx:
        return await tx.calibrations.in_cycle(cycle.id)


async def session(place: Home, cycle: Cycle, group: str = "Shop", who: str = "hr") -> str:
    """HR opens one for a group; its id."""
    assert "is open" in said(await place.command(who, f"calibrate {group}"))
    await place.tick()
    return (await sessions(place, cycle))[-1].id


async def by_name(place: Home, subject: str, who: str = "hr") -> Form:
    """Their list of names."""
    return opened(await place.press(who, "calibration.names", subject))


async def press_in(place: Home, form: Form, button: str, who: str = "hr") -> Form:
    """A button in an open form."""
    return opened(await place.press_in(who, form, button))


async def move(  # noqa: PLR0917
    place: Home, subject: str, review: str, to: str, because: str = "Beside peers.", who: str = "hr"
) -> Answer:
    """Open the list, choose somebody, move their rating."""
    form = await press_in(place, await by_name(place, subject, who), f"move:{review}", who)
    return await place.fill(who, form, {"overall": to, "reason": because})


def channel(place: Home) -> list[Card]:
    """What stands in the HR channel of calibration."""
    return [card for card in place.chat.cards("#hr") if card.summary.startswith("Calibration")]
