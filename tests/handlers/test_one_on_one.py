"""One-on-ones: planned, moved, skipped, paused, prepared and held; the pair's alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from feedback_given import give
from pairs_world import FIRST, began, buttons, days, held, paired, put, said, talks
from signing import said as refused
from talking import card, texts
from test_actions import labels, listed, pressed, title
from text_chat import as_text
from times_world import dates
from world import Home, opened, team

from handlers import home_sections
from handlers.answers import Answer, Done, Refuses, Says
from handlers.one_on_one_pairs import overdue_pairs
from handlers.work import Work
from prompts.card import Button, Card, Heading, Paragraph, plain
from review.one_on_one import OneOnOne, State
from review.policy import OneOnOnes, Policy

TUESDAY = datetime(2026, 10, 13, 4, tzinfo=UTC)
"""Noon in Shanghai, the working day before FIRST."""
DAY = timedelta(days=1)
HARD = "Ship it <!channel> {{ x }} \u202e 🎉 *b*"


def shown(answer: Answer) -> Card:
    assert isinstance(answer, Says), answer
    return answer.card


async def test_a_pair_sees_where_it_stands_and_chooses_its_rhythm(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        first = shown(await place.command("e1", "1on1"))
        assert as_text(first).startswith(
            "## One-on-one with Mia Manager\nNo time yet. I look for one that suits you both"
        )
        assert "Every four weeks, 30 minutes." in as_text(first)
        assert [one.action for one in buttons(first)] == [
            *("oneonone.prepare", "oneonone.time", "oneonone.log"),
            *("oneonone.every:1", "oneonone.every:2", "oneonone.pause"),
        ]
        for _ in range(2):
            again = shown(await place.press("e1", "oneonone.every:2", "e1"))
            assert "Every two weeks, 30 minutes." in as_text(again)
        await place.tick()
        word = "Person 1 changed your one-on-ones: every two weeks from now on."
        assert texts(place, "mia").replace("*", "").count(word) == 1
        same = shown(await place.command("mia", "一对一 Person 1"))
        assert as_text(same).startswith("## One-on-one with Person 1")
        assert "Every two weeks" in as_text(same)
        assert len(await talks(place, "e1", "mia")) == 1


async def test_a_manager_chooses_with_whom(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        asked = shown(await place.command("mia", "1on1"))
        assert [(one.value, one.label) for one in buttons(asked)] == [
            *(("e1", "Person 1"), ("e2", "Person 2"), ("e3", "Person 3"), ("mia", "Bo Boss")),
        ]
        with_boss = shown(await place.press("mia", "oneonone.open", "mia"))
        assert as_text(with_boss).startswith("## One-on-one with Bo Boss")


async def test_only_the_two_come_near_it(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        pair = ("oneonone.open", "oneonone.every:1", "oneonone.pause", "oneonone.resume")
        talk = ("oneonone.prepare", "oneonone.log", "oneonone.time", "oneonone.skip")
        for who in ("boss", "hr", "e3"):
            for action, value in [*((one, "e1") for one in pair), *((one, "t1") for one in talk)]:
                answer = refused(await place.press(who, action, value))
                assert answer == "This is a one-on-one of two other people."
        for unknown in ("", "no-such", "boss"):
            assert refused(await place.press("mia", "oneonone.open", unknown)).startswith("This is")
            assert refused(await place.press("mia", "oneonone.log", unknown)).startswith("This is")
        far = refused(await place.command("boss", "1on1 Person 1"))
        assert far.startswith("One-on-ones are between somebody and their manager; you and Person")
        assert await talks(place, "e1", "mia") == [
            OneOnOne(id="t1", person="e1", manager="mia", number=1, starts_at=FIRST)
        ]


async def test_a_company_may_do_without(tmp_path: Path) -> None:
    policy = Policy(one_on_one=OneOnOnes(on=False))
    async with paired(tmp_path, policy=policy) as place:
        await began(place)
        off = "One-on-ones are switched off in your company's settings."
        assert refused(await place.command("e1", "1on1")) == off
        await put(place)
        assert refused(await place.press("e1", "oneonone.prepare", "t1")) == off
        assert refused(await place.press("e1", "oneonone.every:1", "e1")) == off
        await days(place, TUESDAY + 30 * DAY)
        assert len(await talks(place)) == 1
        assert said(place, "e1") == said(place, "mia") == []


async def test_the_first_ones_of_a_team_of_twelve_are_spread_and_said_once(
    tmp_path: Path,
) -> None:
    async with paired(tmp_path, team(12)) as place:
        await began(place)
        for _ in range(33):
            await place.tick(place.clock.moment + DAY)
        async with place.deps.database.begin(write=False) as tx:
            found = [one for one in await tx.one_on_ones.of("mia") if one.manager == "mia"]
        firsts = [one for one in found if one.number == 1]
        starts = sorted(one.starts_at for one in firsts if one.starts_at)
        assert len(starts) == 12
        weeks = [one.isocalendar().week for one in starts]
        assert max(weeks.count(one) for one in weeks) == 3
        assert len({one.date() for one in starts}) == 12
        assert {one.astimezone(UTC).hour for one in starts} == {2}
        planned = [one for one in said(place, "e1") if "I have planned" in one]
        assert len(planned) == 1
        assert "I have planned your next one-on-one with Mia Manager" in planned[0]
        (made,) = [one for one in firsts if one.person == "e1"]
        assert dates(place, "e1")[0].events[0]["uid"] == f"{made.id}@nosurprise"


async def test_both_are_told_the_working_day_before_with_what_came_up(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await place.tick(TUESDAY)
        for who, other in (("e1", "Mia Manager"), ("mia", "Person 1")):
            (one,) = said(place, who)
            assert one.startswith(f"## One-on-ones\n🗓 One-on-one with {other}: Wed 14 Oct, 10:00")
        await place.tick(TUESDAY + timedelta(hours=1))
        await place.tick(TUESDAY + timedelta(hours=20))
        assert len(said(place, "e1")) == len(said(place, "mia")) == 1
        assert said(place, "boss") == said(place, "hr") == said(place, "e3") == []


async def test_a_monday_talk_is_told_on_friday_and_by_its_own_clock(tmp_path: Path) -> None:
    monday = datetime(2026, 10, 19, 7, tzinfo=UTC)
    away = [
        replace(one, time_zone="Europe/Berlin") if one.employee_id == "mia" else one
        for one in team()
    ]
    async with paired(tmp_path, tuple(away)) as place:
        await put(place, starts_at=monday)
        await days(place, datetime(2026, 10, 15, 3, tzinfo=UTC))
        assert said(place, "e1") == []
        await place.tick(datetime(2026, 10, 16, 8, tzinfo=UTC))
        assert "Mon 19 Oct, 15:00" in said(place, "e1")[0]
        assert "Mon 19 Oct, 09:00" in said(place, "mia")[0]


async def test_clocks_that_change_in_between_and_a_person_without_a_zone(tmp_path: Path) -> None:
    """Winter time begins in Berlin on Sunday 25 October; Mia has no zone: the company's counts."""
    people = tuple(
        replace(one, time_zone={"e1": "Europe/Berlin", "mia": None}.get(one.employee_id, "UTC"))
        for one in team(1)
    )
    async with paired(tmp_path, people, now=datetime(2026, 10, 22, 8, tzinfo=UTC)) as place:
        await put(place, starts_at=datetime(2026, 10, 26, 9, tzinfo=UTC))
        await place.tick(datetime(2026, 10, 23, 8, tzinfo=UTC))
        assert "Mon 26 Oct, 10:00" in said(place, "e1")[0]
        assert "Mon 26 Oct, 17:00" in said(place, "mia")[0]
        form = opened(await place.press("e1", "oneonone.time", "t1"))
        early = await place.fill("e1", form, {"date:1": "2026-10-27", "time:1": "12:30"})
        assert isinstance(early, Refuses)
        assert await place.fill("e1", form, {"date:1": "2026-10-27", "time:1": "11:00"}) == Done()
        assert (await talks(place, "e1", "mia"))[0].starts_at == datetime(
            2026, 10, 27, 10, tzinfo=UTC
        )
        await place.tick()
        card(place, "mia", "🗓 Person 1 set your one-on-one: Tue 27 Oct, 18:00")


async def test_the_sheet_is_shared_by_the_two(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        form = opened(await place.press("e1", "oneonone.prepare", "t1"))
        assert await place.fill("e1", form, {"topics": f" {HARD} ", "notes": ""}) == Done()
        theirs = opened(await place.press("mia", "oneonone.prepare", "t1"))
        assert HARD in as_text(theirs)
        assert await place.fill("mia", theirs, {"topics": "The new shop", "notes": "x"}) == Done()
        again = opened(await place.press("e1", "oneonone.prepare", "t1"))
        assert [one.value for one in again.fields] == [HARD, None]
        assert "The new shop" in as_text(again)
        async with place.deps.database.begin(write=False) as tx:
            trail = [one.event for one in await tx.audit.of("t1")]
        assert trail == ["one_on_one.prepared"] * 2


async def test_a_talk_is_held_by_one_press_and_what_was_agreed_reaches_the_other(
    tmp_path: Path,
) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await place.tick(TUESDAY + DAY)
        form = opened(await place.press("mia", "oneonone.log", "t1"))
        assert title(form) == "✅ Noted: you talked"
        (talk,) = await talks(place, "e1", "mia")
        assert (talk.state, talk.starts_at) == (State.HELD, FIRST)
        form = await pressed(place, "mia", form, "interview.more")
        given = {
            "action:1": HARD,
            "owner:1": "e1",
            "due:1": "2026-11-02",
            "action:2": "Ask for a desk",
            "owner:2": "mia",
            "due:2": "2026-10-20",
        }
        assert await place.fill("mia", form, given) == Done()
        await place.tick()
        noted = card(place, "e1", "Mia Manager noted what the two of you agreed")
        assert "· you · Mon 2 Nov" in as_text(noted)
        assert "## My actions (1)" in await listed(place, "e1")
        assert "## Promised to me (1)\n> Ask for a desk" in await listed(place, "e1")
        other = opened(await place.press("e1", "oneonone.log", "t1"))
        assert "Ask for a desk · Mia Manager · Tue 20 Oct" in as_text(other)
        assert await place.fill("e1", other, {}) == Done()
        async with place.deps.database.begin(write=False) as tx:
            assert [(one.id, one.owner) for one in await tx.actions.agreed_in("t1")] == [
                ("t1.m.1", "e1"),
                ("t1.m.2", "mia"),
            ]
        assert len(await talks(place, "e1", "mia")) == 1


async def test_held_is_taken_back_where_it_was_said(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await place.tick(TUESDAY + DAY)
        form = opened(await place.press("e1", "oneonone.log", "t1"))
        back = await pressed(place, "e1", form, "oneonone.not_held")
        assert title(back) == "Did you talk?"
        assert "oneonone.not_held" not in labels(back)
        again = await pressed(place, "e1", form, "oneonone.not_held")
        assert title(again) == "Did you talk?"
        (talk,) = await talks(place, "e1", "mia")
        assert talk == OneOnOne(id="t1", person="e1", manager="mia", number=1, starts_at=FIRST)
        assert await place.fill("e1", back, {}) == Done()
        assert (await talks(place, "e1", "mia"))[0].state is State.HELD


async def test_the_manager_is_asked_once_whether_it_took_place(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await days(place, TUESDAY + 7 * DAY)
        asked = [one for one in said(place, "mia") if "take place?" in one]
        assert len(asked) == 1
        assert "Did your one-on-one with Person 1 (Wed 14 Oct, 10:00) take place?" in asked[0]
        assert not any("take place?" in one for one in said(place, "e1"))


async def test_another_time_reaches_both_calendars_and_is_told_anew(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place, sequence=1)
        form = opened(await place.press("e1", "oneonone.time", "t1"))
        assert [(one.key, one.value) for one in form.fields] == [
            ("date:1", "2026-10-15"),
            ("time:1", "10:00"),
        ]
        early = await place.fill("e1", form, {"date:1": "2026-10-15", "time:1": "08:00"})
        assert isinstance(early, Refuses)
        assert "outside the working hours" in (early.form.problems[0].problem or "")
        assert await place.fill("e1", form, {"date:1": "2026-10-15", "time:1": "15:30"}) == Done()
        await place.tick()
        card(place, "mia", "🗓 Person 1 set your one-on-one: Thu 15 Oct, 15:30")
        card(place, "e1", "🗓 One-on-one with Mia Manager: Thu 15 Oct, 15:30")
        (date_,) = dates(place, "mia")
        assert date_.events[0]["sequence"] == 2
        await place.tick(TUESDAY)
        assert said(place, "e1") == []
        await place.tick(TUESDAY + DAY)
        assert "Thu 15 Oct, 15:30" in said(place, "e1")[0]


async def test_a_time_is_free_of_both_peoples_other_talks(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await put(place, id="t2", person="e3", starts_at=FIRST + DAY)
        form = opened(await place.press("mia", "oneonone.time", "t1"))
        assert [one.value for one in form.fields] == ["2026-10-15", "10:30"]
        taken = await place.fill("mia", form, {"date:1": "2026-10-15", "time:1": "10:00"})
        assert isinstance(taken, Refuses)
        assert "one of you has another talk then" in (taken.form.problems[0].problem or "")


async def test_one_is_skipped_once_and_the_rhythm_goes_on(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await began(place)
        await put(place)
        for _ in range(2):
            await place.press("e1", "oneonone.skip", "t1")
        await place.tick()
        word = "Person 1 would like to skip the one-on-one on Wed 14 Oct, 10:00."
        assert texts(place, "mia").replace("*", "").count(word) == 1
        (cancelled,) = dates(place, "mia")
        (event,) = cancelled.walk("VEVENT")
        assert (cancelled["method"], event["status"], event["sequence"]) == (
            "CANCEL",
            "CANCELLED",
            1,
        )
        assert (str(event["uid"]), event.decoded("dtstart")) == ("t1@nosurprise", FIRST)
        first, second = await talks(place, "e1", "mia")
        assert (first.state, second.starts_at) == (State.SKIPPED, None)
        over = "That one-on-one is settled already."
        assert refused(await place.press("mia", "oneonone.time", "t1")).startswith(over)
        await days(place, datetime(2026, 11, 8, 4, tzinfo=UTC))
        assert (await talks(place, "e1", "mia"))[1].starts_at == FIRST + 28 * DAY
        form = opened(await place.press("mia", "oneonone.log", "t1"))
        assert title(form) == "✅ Noted: you talked"
        assert refused(await place.press("mia", "oneonone.skip", "t1")).startswith(over)


async def test_a_pause_holds_until_its_day_and_is_ended_by_either(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await began(place)
        await put(place)
        form = opened(await place.press("e1", "oneonone.pause", "e1"))
        for bad in ("2026-10-12", "2028-01-01", ""):
            assert isinstance(await place.fill("e1", form, {"until": bad}), Refuses)
        assert await place.fill("e1", form, {"until": "2026-12-01"}) == Done()
        await place.tick()
        card(place, "mia", "Person 1 paused your one-on-ones until Tue 1 Dec.")
        (cancelled,) = dates(place, "mia")
        assert (cancelled["method"], cancelled.walk("VEVENT")[0].decoded("dtstart")) == (
            "CANCEL",
            FIRST,
        )
        paused = shown(await place.command("mia", "1on1 Person 1"))
        assert "⏸ Paused until Tue 1 Dec." in as_text(paused)
        await days(place, datetime(2026, 11, 20, 4, tzinfo=UTC))
        assert [one.starts_at for one in await talks(place, "e1", "mia")] == [None]
        assert not any("Mia" in one for one in said(place, "e1"))
        for _ in range(2):
            again = shown(await place.press("mia", "oneonone.resume", "e1"))
        assert "Paused" not in as_text(again)


async def test_no_shared_hour_is_said_to_both_once_and_a_talk_is_noted_by_hand(
    tmp_path: Path,
) -> None:
    far = tuple(
        replace(one, time_zone="America/New_York") if one.employee_id == "e1" else one
        for one in team(1)
    )
    async with paired(tmp_path, far) as place:
        await began(place)
        for _ in range(80):
            await place.tick(place.clock.moment + timedelta(hours=8))
        word = "I found no time in the hours that you and"
        for who in ("e1", "mia"):
            assert sum(word in one for one in said(place, who)) == 1
        (talk,) = await talks(place, "e1", "mia")
        assert talk.starts_at is None
        form = opened(await place.press("mia", "oneonone.log", talk.id))
        assert title(form) == "✅ Noted: you talked"
        assert (await talks(place, "e1", "mia"))[0].state is State.HELD


async def test_a_change_of_manager_and_a_leave_end_what_was_planned(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await began(place)
        await put(place)
        async with place.deps.database.begin() as tx:
            person = await tx.people.get("e1")
            assert person is not None
            await tx.people.put_all([replace(person, manager_id="boss")])
        await place.tick(TUESDAY)
        assert said(place, "e1") == []
        assert not any("Person 1" in one for one in said(place, "mia"))
        over = "That one-on-one is settled already."
        assert refused(await place.press("mia", "oneonone.time", "t1")).startswith(over)
        read = opened(await place.press("mia", "oneonone.prepare", "t1"))
        assert (read.submit, read.fields) == (None, ())
        async with place.deps.database.begin() as tx:
            away = replace(person, leave_from=date(2026, 10, 14), leave_to=date(2026, 10, 23))
            await tx.people.put_all([away])
        await place.tick(TUESDAY + timedelta(hours=1))
        assert said(place, "e1") == []
        assert not any("Person 1" in one for one in said(place, "mia"))
        await place.tick(datetime(2026, 10, 20, 4, tzinfo=UTC))
        (talk,) = await talks(place, "e1", "mia")
        assert talk.state is State.AHEAD


async def test_a_talk_in_a_leave_is_planned_anew_after_it(tmp_path: Path) -> None:
    thursday = FIRST + 8 * DAY
    away = tuple(
        replace(one, leave_from=date(2026, 10, 19), leave_to=date(2026, 10, 23))
        if one.employee_id == "e1"
        else one
        for one in team(1)
    )
    async with paired(tmp_path, away) as place:
        await put(place, starts_at=FIRST - 20 * DAY, state=State.HELD, settled_at=FIRST)
        await put(place, id="t2", number=2, starts_at=thursday)
        await began(place)
        await days(place, TUESDAY + 9 * DAY)
        moved = (await talks(place, "e1", "mia"))[1]
        assert moved.starts_at == datetime(2026, 10, 27, 2, tzinfo=UTC)
        await days(place, datetime(2026, 10, 26, 4, tzinfo=UTC))
        assert any("Tue 27 Oct, 10:00" in one for one in said(place, "e1"))


async def test_one_that_nobody_speaks_of_is_followed_by_the_next(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await began(place)
        await put(place)
        await days(place, datetime(2026, 11, 6, 4, tzinfo=UTC))
        first, second = await talks(place, "e1", "mia")
        assert first.state is State.UNSAID
        assert second.starts_at == FIRST + 28 * DAY
        await place.press("mia", "oneonone.log", "t1")
        assert (await talks(place, "e1", "mia"))[0].state is State.HELD


async def overdue(place: Home) -> dict[str, list[tuple[str, date, bool]]]:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        found = await overdue_pairs(["mia", "hr"], work)
    return {
        who: [(one.person.employee_id, one.since, one.ever) for one in rows]
        for who, rows in found.items()
    }


async def test_a_manager_may_be_told_with_whom_they_have_not_talked_for_too_long(
    tmp_path: Path,
) -> None:
    people = tuple(
        replace(one, leave_from=date(2026, 11, 1)) if one.employee_id == "e2" else one
        for one in team(4)
    )
    async with paired(tmp_path, people) as place:
        await began(place)
        await held(place, FIRST)
        async with place.deps.database.begin() as tx:
            await tx.one_on_ones.save(
                OneOnOne(id="t4", person="e4", manager="mia", number=1, starts_at=FIRST + 43 * DAY)
            )
        place.clock.moment = FIRST + 41 * DAY
        assert await overdue(place) == {"mia": [("e3", date(2026, 10, 12), False)]}
        place.clock.moment = FIRST + 42 * DAY
        assert await overdue(place) == {
            "mia": [("e3", date(2026, 10, 12), False), ("e1", date(2026, 10, 14), True)]
        }


async def test_the_own_page_shows_the_next_one_with_what_prepares_it(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await put(place)
        await put(place, id="t2", person="e3", starts_at=None)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            for who, other in (("e1", "Mia Manager"), ("mia", "Person 1")):
                person = await tx.people.get(who)
                assert person is not None
                heading, row = await home_sections.talks(person, work)
                assert heading == Heading("Coming up")
                assert isinstance(row, Paragraph)
                assert plain(row.text) == f"One-on-one with {other} · Wed 14 Oct, 10:00"
                assert row.button == Button("oneonone.prepare", "Prepare", "t1")
            for who in ("boss", "hr", "e3"):
                person = await tx.people.get(who)
                assert person is not None
                assert await home_sections.talks(person, work) == ()


async def test_what_came_up_is_told_as_far_as_the_reader_may_see_it(tmp_path: Path) -> None:
    async with paired(tmp_path) as place:
        await began(place)
        await held(place, FIRST - 28 * DAY)
        await put(place, id="t2", number=2)
        await place.tick(TUESDAY - DAY + timedelta(hours=1))
        for giver, receiver in (("mia", "e1"), ("boss", "e1"), ("e1", "mia")):
            assert await give(place, giver, receiver, about="other") == Done()
        await place.tick()
        form = opened(await place.press("e1", "oneonone.log", "t1"))
        given = {"action:1": HARD, "owner:1": "mia", "due:1": "2026-10-12"}
        assert await place.fill("e1", form, given) == Done()
        await place.tick(TUESDAY)
        mine = next(one for one in said(place, "e1") if "Wed 14 Oct, 10:00" in one)
        assert f"⚠️ Mia Manager: {HARD} · Mon 12 Oct" in mine
        assert "Feedback since you last talked: 1 from you, 1 from Mia Manager" in mine
        theirs = next(one for one in said(place, "mia") if "Wed 14 Oct, 10:00" in one)
        assert f"⚠️ You: {HARD} · Mon 12 Oct" in theirs
        sheet = as_text(opened(await place.press("mia", "oneonone.prepare", "t2")))
        assert f"⚠️ You: {HARD} · Mon 12 Oct" in sheet
