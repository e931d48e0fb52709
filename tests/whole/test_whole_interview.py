"""From HR's agreement to closed: prepared, a time taken, talked through, acknowledged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from icalendar import Calendar
from place import Place, place
from place_forms import fill_to_the_end, rate, write_self

from review.cycle import Cycle
from review.desks import desks
from review.people import Person
from review.roster import Roster
from review.stages import Stage

MEMBER, LEAD = "N0018", "N0008"
DAY = timedelta(days=1)
PREPARED = {
    "good": "The spring sale. <!channel> & *so*",
    "expected": "Two reports a month.",
    "action:1": "Write the handbook",
    "due:1": "2026-11-30",
}


async def _signed(here: Place) -> Cycle:
    """The member's review is written, rated, and signed by both above."""
    cycle = await here.open_cycle()
    await write_self(here, cycle, MEMBER)
    await here.settle()
    await rate(here, cycle, MEMBER)
    review = await here.review_id(cycle, MEMBER)
    async with here.deps.database.begin(write=False) as tx:
        roster = Roster.of(await tx.people.all(), here.deps.company.hr_admins)
    person: Person = roster.people[MEMBER]
    seats = desks(person, roster, here.clock.now().date())
    for who, action in ((seats.skip_level, "signoff.agree"), (seats.hr, "hr.confirm")):
        await here.settle()
        await here.who[str(who)].press(action, value=review)
    for _ in range(2):
        await here.tick()
        await here.settle()
    return cycle


async def test_from_hrs_agreement_to_closed(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await _signed(here)
        member, lead, name = here.who[MEMBER], here.who[LEAD], here.employee(MEMBER).name
        review = await here.review_id(cycle, MEMBER)
        assert (await here.review(cycle, MEMBER)).stage is Stage.INTERVIEW

        invited = here.dms(MEMBER, "reminder")[-1]
        await member.press("interview.open", message=invited)
        assert await fill_to_the_end(member, PREPARED) == 3
        await lead.press("interview.open", near=name)
        assert await fill_to_the_end(lead, PREPARED | {"owner:1": MEMBER}) == 3

        await lead.press("interview.times", near=name)
        assert await fill_to_the_end(lead, {}) == 1
        await here.settle()
        (offered,) = here.dms(MEMBER, "interview_offer")
        await member.press("interview.first", message=offered)
        await here.settle()
        for who in (MEMBER, LEAD):
            (agreed,) = here.dms(who, "interview_agreed")
            (file,) = [one for one in here.workspace.files.values() if one.id in str(agreed.blocks)]
            assert file.mimetype == "text/calendar"
            (event,) = Calendar.from_ical(file.content).walk("VEVENT")
        starts = event.decoded("dtstart")
        assert starts > here.clock.now()

        before = "\n".join(one.words for one in here.dms(MEMBER))
        await here.tick(starts + timedelta(hours=2))
        await here.settle()
        asked = here.dms(LEAD, "reminder")[-1]
        await lead.press("interview.held", message=asked)
        await here.settle()
        record = await here.review(cycle, MEMBER)
        assert record.manager_part is not None
        words = record.manager_part.cases["overall"][:40]
        (told,) = here.dms(MEMBER, "interview_held")
        assert words not in before
        assert words in told.words
        await member.press("review.acknowledge", message=told)
        await fill_to_the_end(member, {"word": "Thank you for the time."})
        await here.settle()
        (thanks,) = here.dms(LEAD, "acknowledged")
        assert "Thank you for the time." in thanks.words

        await here.tick(here.clock.now() + 10 * DAY)
        await here.settle()
        row = (await here.exported(cycle))[MEMBER]
        assert (row["stage"], row["appeal"]) == ("closed", None)
        assert row["acknowledged_at"]
        async with here.deps.database.begin(write=False) as tx:
            (action,) = await tx.actions.agreed(review)
        assert (action.owner, action.text) == (MEMBER, PREPARED["action:1"])
