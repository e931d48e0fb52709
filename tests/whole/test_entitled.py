"""Who may do what: managers who left, strangers, forged payloads; and no HR channel."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from place import Place, kind_of, place
from place_forms import fill_step, fill_to_the_end, rate, rows_of, write_self

from review.cycle import Cycle
from sandbox.company import people, rating_answers
from sandbox.slack import payloads
from sandbox.slack.people import Person

MEMBER, LEAD, ABOVE, OTHER = "N0018", "N0008", "N0002", "N0014"
ADMIN = "N0016"


async def test_a_manager_who_left_is_stood_in_for_by_the_one_above(tmp_path: Path) -> None:
    gone = [
        replace(one, left_on=date(2026, 10, 9)) if one.employee_id == LEAD else one
        for one in people(20, 1)
    ]
    async with place(tmp_path, colleagues=gone) as here:
        cycle = await here.open_cycle()
        assert here.dms(LEAD) == []
        names = [here.employee(one).name for one in ("N0018", "N0019", "N0020")]
        (listed,) = here.dms(ABOVE, "team_list")
        assert [name for name in names if name in listed.words] == names
        await write_self(here, cycle, MEMBER)
        await here.settle()
        answers = await rate(here, cycle, MEMBER, by=ABOVE)
        found = (await here.exported(cycle))[MEMBER]
        assert (found["rating"], found["sign_offs"][0]["by"]) == (answers["overall"], ABOVE)
        await here.who[LEAD].command("/review rate")
        assert here.who[LEAD].ephemerals[-1].words.startswith("I can't find you")


async def test_a_manager_who_leaves_in_mid_cycle_hands_on_the_list(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        async with here.deps.database.begin() as tx:
            lead = await tx.people.get(LEAD)
            assert lead is not None
            await tx.people.put_all([replace(lead, left_on=date(2026, 10, 12))])
        await here.who[LEAD].press("rate:3.5", near=here.employee(MEMBER).name)
        assert here.who[LEAD].form is not None
        here.clock.move(timedelta(days=1))
        await here.tick()
        await here.settle()
        await here.who[LEAD].press("rate:3.5", near=here.employee(MEMBER).name)
        shown = here.who[LEAD].form
        assert shown is not None
        assert shown.callback_id == "notice"
        await here.who[ABOVE].command("/review rate")
        asked = here.who[ABOVE].ephemerals[-1]
        assert here.employee(MEMBER).name in asked.words
        await here.who[ABOVE].press(
            "rate.change", near="", value=await here.review_id(cycle, MEMBER)
        )
        answers = rating_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        await fill_to_the_end(here.who[ABOVE], answers)
        found = (await here.exported(cycle))[MEMBER]
        assert (found["rating"], found["sign_offs"][0]["by"]) == (answers["overall"], ABOVE)


async def test_somebody_not_in_the_roster_is_told_whom_to_ask(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        guest = here.workspace.add_user("guest", real_name="A Guest")
        admin = here.employee(ADMIN).name
        words = (
            f"I can't find you in the company roster yet. Please ask HR ({admin}) to add you, "
            "and then come back to me."
        )
        await guest.command("/review status")
        assert [one.words for one in guest.ephemerals] == [words]
        await _forge(here, guest, {"type": "button", "action_id": "distribution.show", "value": ""})
        assert guest.form is not None
        assert guest.form.words == words
        assert not any(here.workspace.troubles.values())


async def _forge(here: Place, person: Person, action: dict[str, Any]) -> None:
    """A press that no screen offered."""
    message = await person.say("hello")
    made = action | {"block_id": "b", "action_ts": here.workspace.next_ts()}
    body = payloads.block_actions_in_message(here.workspace, person.id, message, made)
    await here.workspace.wire.deliver("interactive", body)


async def test_a_forged_payload_opens_answers_and_sends_nobody_elses_review(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        before = await _all_kept(here, cycle)
        thief, review = here.who[OTHER], await here.review_id(cycle, MEMBER)
        said = []
        for action in ("rate:5", "rate.change", "self_review.open"):
            await _forge(here, thief, {"type": "button", "action_id": action, "value": review})
            assert thief.form is not None
            said.append((thief.form.callback_id, thief.form.words))
            await thief.close()
        manager, person = "这一步由上级来做。", "这一步由本人来做。"
        assert said == [("notice", manager), ("notice", manager), ("notice", person)]
        for form in ("manager_review", "self_review"):
            await thief.press("self_review.open")
            shown = thief.form
            assert shown is not None
            shown.view["callback_id"] = form
            shown.view["private_metadata"] = f'["{review}", 3, 0]'
            await fill_step(thief, {"goal:main_result": "2.5"})
            assert thief.form is not None
            here.workspace.views.clear(thief.id)
            body = payloads.view_submission(here.workspace, shown)
            ack = await here.workspace.wire.deliver("interactive", body)
            assert (ack.payload or {})["view"]["callback_id"] == "notice"
        assert await _all_kept(here, cycle) == before


async def _all_kept(here: Place, cycle: Cycle) -> object:
    async with here.deps.database.begin(write=False) as tx:
        drafts = [await tx.drafts.of(one) for one in here.who]
    return await here.exported(cycle), await here.trail(), drafts


async def test_a_bot_that_is_not_in_the_hr_channel_tells_hr_once_and_goes_on(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=20, hr_with_bot=False) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        await rate(here, cycle, MEMBER)
        await here.settle()
        assert here.board() == []
        assert [one.words for one in here.dms(ADMIN, "hr_channel")] == [
            "我不在 HR 频道 #hr 里，无法在那里发消息。请用 /invite 邀请我，之后看板会自动恢复。"
        ]
        assert (await here.exported(cycle))[MEMBER]["stage"] == "skip_level"


async def test_an_hr_channel_that_does_not_exist_tells_hr_once(tmp_path: Path) -> None:
    async with place(tmp_path, count=20, hr_channel="#nowhere") as here:
        cycle = await here.open_cycle()
        await asyncio.gather(*(write_self(here, cycle, one) for one in (MEMBER, OTHER)))
        await here.settle()
        assert [one.words for one in here.dms(ADMIN, "hr_channel")] == [
            "找不到 HR 频道 #nowhere。请检查 SLACK_HR_CHANNEL；如果是私密频道，"
            "请用 /invite 邀请我，之后看板会自动恢复。"
        ]
        assert {kind_of(one) for one in here.dms(MEMBER)} == {"my_review"}
