"""A one-on-one from its time to what was agreed, through the workspace."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from icalendar import Calendar
from place import place
from place_forms import fill_to_the_end

from review.one_on_one import State
from review.policy import Policy

MEMBER, LEAD = "N0018", "N0008"
HOUR = timedelta(hours=1)
HARD = "A desk for the new ones <!channel> & *so*"


async def test_from_a_time_to_what_was_agreed(tmp_path: Path) -> None:
    async with place(tmp_path, count=20, policy=Policy()) as here:
        member, lead, name = here.who[MEMBER], here.who[LEAD], here.employee(MEMBER).name
        await member.command("/review 1on1")
        await member.press("oneonone.time", message=member.ephemerals[-1])
        assert await fill_to_the_end(member, {}) == 1
        await here.settle()
        for who in (MEMBER, LEAD):
            (agreed,) = here.dms(who, "one_on_one_set")
            (file,) = [one for one in here.workspace.files.values() if one.id in str(agreed.blocks)]
            (event,) = Calendar.from_ical(file.content).walk("VEVENT")
        starts = event.decoded("dtstart")
        assert starts > here.clock.now()

        await here.tick()
        await here.settle()
        prompts = {who: here.dms(who, "reminder")[-1] for who in (MEMBER, LEAD)}
        assert name in prompts[LEAD].words
        await member.press("oneonone.prepare", message=prompts[MEMBER])
        assert await fill_to_the_end(member, {"topics": HARD}) == 1
        await lead.press("oneonone.prepare", message=prompts[LEAD])
        assert lead.form is not None
        assert "A desk for the new ones" in lead.form.words
        assert await fill_to_the_end(lead, {"notes": "Ask Finance"}) == 1

        await here.tick(starts + 73 * HOUR)
        await here.settle()
        asked = here.dms(LEAD, "reminder")[-1]
        await lead.press("oneonone.log", message=asked)
        given = {"action:1": HARD, "owner:1": MEMBER, "due:1": "2026-11-30"}
        assert await fill_to_the_end(lead, given) == 1
        await here.settle()
        (noted,) = here.dms(MEMBER, "one_on_one_noted")
        assert "A desk for the new ones" in noted.words
        async with here.deps.database.begin(write=False) as tx:
            (talk,) = await tx.one_on_ones.of_pair(MEMBER, LEAD)
            (action,) = await tx.actions.agreed_in(talk.id)
            sheets = await tx.one_on_ones.written(talk.id)
        assert talk.state is State.HELD
        assert (action.owner, action.text) == (MEMBER, HARD)
        assert (sheets[MEMBER].topics, sheets[LEAD].notes) == (HARD, "Ask Finance")
        everything = "\n".join(one.words for who in here.who for one in here.dms(who))
        assert "Ask Finance" not in everything
