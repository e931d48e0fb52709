"""Two of HR press at the same moment: it happens once, the other is told, and all is as said."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from signing import links, record, said, start
from talking import held
from world import Home, home, opened, team

from handlers.answers import Answer, Done, Says
from handlers.audit_verify import verify
from handlers.work import Work
from review.stages import Stage

PEOPLE = (
    *team(),
    replace(team()[1], employee_id="hr2", name="Hugo HR", slack_id="T-hr2"),
    replace(team()[3], employee_id="dan", name="Dan Decider", slack_id="T-dan"),
)
BOTH = ("hr", "hr2")


def two(place: Home) -> None:
    place.deps.company = replace(place.deps.company, hr_admins=BOTH)


async def both(place: Home, action: str, review: str, **given: str) -> list[Answer]:
    """Both open the form, fill it in, and send it at once."""
    forms = [opened(await place.press(who, action, review)) for who in BOTH]
    sent = (
        place.fill(who, form, {**given, "comment": f"By {who}."})
        for who, form in zip(BOTH, forms, strict=True)
    )
    return await asyncio.gather(*sent)


async def events(place: Home, review: str) -> Counter[str]:
    """What the trail says of that review."""
    async with place.deps.database.begin(write=False) as tx:
        return Counter(one.event for one in await tx.audit.of_all([review]))


async def intact(place: Home) -> bool:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return (await verify(work)).broken is None


@pytest.mark.parametrize(
    ("action", "given", "leads"),
    [
        ("review.exclude", {"reason": "away"}, Stage.EXCLUDED),
        ("review.reopen", {}, Stage.MANAGER_REVIEW),
    ],
)
async def test_taken_out_or_opened_again_by_two_happens_once(
    tmp_path: Path, action: str, given: dict[str, str], leads: Stage
) -> None:
    async with home(tmp_path, PEOPLE) as place:
        two(place)
        _, review = await start(place)
        answers = await both(place, action, review, **given)
        assert sorted(isinstance(one, Done) for one in answers) == [False, True]
        assert (await record(place, review)).stage is leads
        assert (await events(place, review))[action] == 1
        assert await intact(place)


async def test_two_who_confirm_for_hr_sign_once(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        two(place)
        _, review = await start(place)
        await place.tick()
        await place.press("boss", "signoff.agree", review)
        await place.tick()
        pressed = (place.press(who, "hr.confirm", review) for who in ("hr", "hr2", "hr"))
        answers = await asyncio.gather(*pressed)
        assert sorted(isinstance(one, Done) for one in answers) == [False, False, True]
        done = await record(place, review)
        assert done.stage is Stage.INTERVIEW
        assert [word.by for word in done.sign_offs] == ["mia", "boss", "hr"]
        assert len(await links(place, review)) == 3
        assert await intact(place)


async def test_of_two_who_name_a_decider_the_later_counts_and_the_earlier_has_no_say(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, PEOPLE) as place:
        two(place)
        _, review = await held(place)
        form = opened(await place.press("e1", "review.appeal", review))
        assert await place.fill("e1", form, {"reason": "Not so."}) == Done()
        named = {"hr": "dan", "hr2": "e2"}
        forms = {who: opened(await place.press(who, "appeal.name", review)) for who in named}
        sent = (place.fill(who, forms[who], {"decider": f"T-{one}"}) for who, one in named.items())
        assert await asyncio.gather(*sent) == [Done(), Done()]
        async with place.deps.database.begin(write=False) as tx:
            appeal = await tx.appeals.get(review)
        assert appeal is not None
        other = ({"dan", "e2"} - {appeal.decider}).pop()
        assert isinstance(await place.press(other, "appeal.decide", review), Says)
        decides = opened(await place.press(str(appeal.decider), "appeal.decide", review))
        assert decides.key == "appeal_decide"
        assert (await events(place, review))["appeal.decider"] == 2


async def test_a_cycle_that_two_close_is_closed_once(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        two(place)
        cycle, _ = await start(place)
        assert said(await place.command(BOTH[0], f"close {cycle.name}")) == (
            "2026Q3 is not done: 8 of 8 reviews are still on their way. Closed, nothing more can "
            "be written or signed, and it can't be opened again. If you mean it: "
            "/review close 2026Q3 anyway"
        )
        assert (await events(place, cycle.id))["cycle.closed"] == 0
        answers = await asyncio.gather(
            *(place.command(who, f"close {cycle.name} anyway") for who in BOTH)
        )
        assert len({said(one) for one in answers}) == 2
        assert (await events(place, cycle.id))["cycle.closed"] == 1
