"""The weekly check-in: asked once a week, answered in place, read by the line and HR."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from feedback_given import said
from goals_world import OCTOBER, Setting, says, setting
from progress_world import GOAL, NOBODYS, buttons, noted, notes, subject
from test_evidence import last_step, press
from text_chat import as_text
from world import Home, home, opened, self_answers, team

from handlers import check_in_section, digest
from handlers.answers import Continues, Done, Opens, Says, Stacks
from handlers.daily import Day
from handlers.work import Work
from prompts.card import Buttons, Card, Form
from review.check_in import CheckIn
from review.goal_progress import Outlook
from review.interview import Action, Going
from review.learning import ActionKind
from review.policy import Calendar, CheckIns, Policy

FRIDAY = datetime(2026, 10, 16, 4, tzinfo=UTC)
"""Noon in Shanghai; the week's last working day."""
WEEK = date(2026, 10, 12)
TITLE = "How was your week?"
MESSAGE = "2026-10-16/2026-10-15/day"


def asked(place: Home, who: str = "e1") -> list[Card]:
    """The messages that ask, as they stand now."""
    return [one for one in place.chat.cards(f"T-{who}") if TITLE in as_text(one)]


def chosen(shown: Card | Form) -> list[str]:
    """The buttons that say what was answered."""
    rows = [one for part in shown.parts if isinstance(part, Buttons) for one in part.buttons]
    return [one.label for one in rows if one.label.startswith("✓")]


async def promise(place: Home, review: str, owner: str = "e1", **more: object) -> None:
    action = Action(
        id=f"{review}.1",
        review=review,
        about="e1",
        owner=owner,
        text="Call three old customers",
        due=date(2026, 10, 30),
        going=Going.OPEN,
        agreed_at=OCTOBER,
        changed_at=OCTOBER,
    )
    async with place.deps.database.begin() as tx:
        await tx.actions.put(replace(action, **more))  # type: ignore[arg-type]


async def friday(place: Home) -> Setting:
    """Goals agreed, an action to do, and the message that asks has come."""
    here = await setting(place)
    await here.agree()
    await promise(place, here.review)
    await place.tick(datetime(2026, 10, 15, 4, tzinfo=UTC))
    assert asked(place) == []
    await place.tick(FRIDAY)
    return here


async def kept(place: Home, who: str = "e1") -> CheckIn | None:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.check_ins.get(who, WEEK)


async def test_it_comes_on_the_last_working_day_and_is_answered_in_place(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        (card,) = asked(place)
        how = "A press for each is enough. You can change it before Mon 19 Oct."
        assert how in as_text(card)
        assert chosen(card) == []
        values = {one.action: one.value for one in buttons(card) if one.action != "checkin.open"}
        assert {values[f"checkin:{one}"] for one in ("done", "going", "stuck")} == {
            f"{MESSAGE}|{here.review}.1"
        }
        goal = f"{MESSAGE}|{subject(here)}"
        log = len(place.chat.cards("T-e1"))
        for _ in range(2):
            assert await place.press("e1", "checkin:at_risk", goal) == Done()
        assert await place.press("e1", "checkin:stuck", f"{MESSAGE}|{here.review}.1") == Done()
        await place.tick()
        assert how in as_text(asked(place)[0])
        other = f"{MESSAGE}|{subject(here, 'message_rates')}"
        assert await place.press("e1", "checkin:on_track", other) == Done()
        await place.tick()
        assert len(place.chat.cards("T-e1")) == log
        (after,) = asked(place)
        text = as_text(after)
        assert "Thank you, that is in. You can change it before Mon 19 Oct." in text
        assert chosen(after) == ["✓ 🟡 at risk", "✓ 🟢 on track", "✓ Stuck"]
        one, _ = await notes(here)
        assert (one.row, one.outlook, one.said.words) == (GOAL, Outlook.AT_RISK, "")
        async with place.deps.database.begin(write=False) as tx:
            action = await tx.actions.get(f"{here.review}.1")
        assert action is not None
        assert action.going is Going.STUCK
        found = await kept(place)
        assert found is not None
        assert (found.week, found.revision, found.words) == (WEEK, 0, "")
        line = "🟡 at risk · Fri 16 Oct"
        assert line in says(await place.command("e1", "goals"))
        assert f"{line}:" not in says(await place.command("e1", "goals"))


async def test_changes_count_until_the_next_working_week_begins(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        goal, action = f"{MESSAGE}|{subject(here)}", f"{MESSAGE}|{here.review}.1"
        await place.press("e1", "checkin:off_track", goal)
        await place.press("e1", "checkin:done", action)
        place.clock.moment = datetime(2026, 10, 18, 15, tzinfo=UTC)  # Sunday, 23:00 in Shanghai
        assert await place.press("e1", "checkin:on_track", goal) == Done()
        assert await place.press("e1", "checkin:going", action) == Done()
        await place.tick()
        (card,) = asked(place)
        assert chosen(card) == ["✓ 🟢 on track", "✓ Going"]
        place.clock.moment = datetime(2026, 10, 18, 17, tzinfo=UTC)  # Monday, 1:00
        for button, value in (("checkin:at_risk", goal), ("checkin:stuck", action)):
            assert "That week is over" in says(await place.press("e1", button, value))
        assert "That week is over" in says(await place.press("e1", "checkin.open", MESSAGE))
        assert "That week is over" in says(await place.press("e1", "checkin.open", "odd"))
        assert [one.outlook for one in await notes(here)] == [Outlook.OFF_TRACK, Outlook.ON_TRACK]
        assert await place.press("e1", "checkin:at_risk", f"|{subject(here)}") == Done()


async def test_the_text_is_one_a_week_and_two_devices_lose_nothing(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        await friday(place)
        first = opened(await place.press("e1", "checkin.open", MESSAGE))
        second = opened(await place.press("e1", "checkin.open", MESSAGE))
        assert await place.fill("e1", first, {"words:0": "The agency is late."}) == Done()
        await place.tick()
        (card,) = asked(place)
        assert "> The agency is late." in as_text(card)
        answer = await place.send("e1", second, {"words:0": "All is well."}, surface="V2")
        assert isinstance(answer, Continues)
        shown = as_text(answer.form)
        assert "> The agency is late." in shown
        assert {one.key: one.value for one in answer.form.fields} == {"words:1": "All is well."}
        found = await kept(place)
        assert found is not None
        assert found.words == "The agency is late."
        same = {"words:1": "All is well."}
        assert await place.send("e1", answer.form, same, surface="V2") == Done()
        found = await kept(place)
        assert found is not None
        assert (found.words, found.revision) == ("All is well.", 2)
        late = await place.send("e1", first, {"words:0": ""}, surface="V3")
        assert late == Done()
        again = opened(await place.press("e1", "checkin.open", MESSAGE))
        assert await place.send("e1", again, {"words:2": ""}) == Done()
        found = await kept(place)
        assert found is not None
        assert (found.words, found.revision) == ("", 3)


async def test_the_form_has_the_same_buttons_at_any_time_of_the_week(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await promise(place, here.review)
        place.clock.moment = datetime(2026, 10, 14, 4, tzinfo=UTC)
        form = opened(await place.command("e1", "checkin"))
        assert form.subject == "2026-10-12"
        button = f"check_in.mark:on_track:{subject(here)}"
        drawn = opened(await place.press_in("e1", form, button))
        assert chosen(drawn) == ["✓ 🟢 on track"]
        drawn = opened(await place.press_in("e1", drawn, f"check_in.mark:done:{here.review}.1"))
        assert chosen(drawn) == ["✓ 🟢 on track", "✓ Done"]
        assert await place.press_in("e1", drawn, "check_in.mark:splendid:x") == Done()
        assert await place.press_in("e1", drawn, "other") == Done()
        assert await place.send("e1", drawn, {}) == Done()
        await place.tick(FRIDAY)
        assert asked(place) == []


async def test_a_training_that_is_done_asks_what_was_learnt_first(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await promise(place, here.review, kind=ActionKind.TRAINING)
        action = f"{here.review}.1"
        asks = opened(await place.press("e1", "checkin:done", f"{MESSAGE}|{action}"))
        assert asks.key == "action_done"
        form = opened(await place.press("e1", "checkin.open", MESSAGE))
        over = await place.press_in("e1", form, f"check_in.mark:done:{action}")
        assert isinstance(over, Stacks)
        assert over.form.key == "action_done"
        await place.fill("e1", asks, dict.fromkeys([one.key for one in asks.fields], "Pivots."))
        async with place.deps.database.begin(write=False) as tx:
            found = await tx.actions.get(action)
        assert found is not None
        assert found.going is Going.DONE


async def test_a_long_list_is_cut_and_the_form_has_all(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        for number in range(2, 9):
            await promise(place, here.review, id=f"{here.review}.{number}")
        await place.press("e1", "checkin:going", f"{MESSAGE}|{here.review}.1")
        await place.tick()
        (card,) = asked(place)
        assert "3 more are behind “Show all”" in as_text(card)
        dones = [one for one in buttons(card) if one.action == "checkin:done"]
        assert len(dones) == 5
        form = opened(await place.press("e1", "checkin.open", MESSAGE))
        rows = [part for part in form.parts if isinstance(part, Buttons)]
        assert len(rows) == 2 + 8


async def test_nobody_answers_for_another(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        goal, action = f"{MESSAGE}|{subject(here)}", f"{MESSAGE}|{here.review}.1"
        for who in ("e3", "mia", "boss", "hr"):
            answer = await place.press(who, "checkin:on_track", goal)
            assert says(answer) == "This is for the person themself to do."
            assert isinstance(await place.press(who, "checkin:done", action), Says)
            assert await kept(place, who) is None
        assert await notes(here) == ()


async def test_the_line_and_hr_read_it(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await noted(here, {"outlook": "off_track", "words": "1 %"})
        form = opened(await place.press("e1", "checkin.open", MESSAGE))
        await place.fill("e1", form, {"words:0": "The agency is late. <!channel>"})
        for who in ("e1", "mia", "boss", "hr"):
            for answer in (
                await place.press(who, "checkin.read", "e1"),
                await place.command(who, "checkin Person 1"),
            ):
                assert isinstance(answer, Opens)
                text = as_text(answer.form)
                assert "🔴 off track" in text
                assert "> The agency is late. <!channel>" in text
                assert "Mon 12 Oct to Sun 18 Oct" in text
        for who in ("e2", "e3"):
            assert says(await place.press(who, "checkin.read", "e1")) in NOBODYS
        assert isinstance(await place.press("mia", "checkin.read", "nobody"), Says)
        answer = await place.press("mia", "checkin.read", "e3")
        assert isinstance(answer, Opens)
        assert "Nothing was added in words these last weeks." in as_text(answer.form)


async def test_holidays_leave_and_quiet_dates_are_kept(tmp_path: Path) -> None:
    quiet = Policy(calendar=Calendar(quiet_dates=(date(2026, 10, 16),)))
    async with home(tmp_path, now=OCTOBER, policy=quiet) as place:
        here = await setting(place)
        await here.agree()
        await place.tick(datetime(2026, 10, 15, 4, tzinfo=UTC))
        (card,) = asked(place)
        assert "before Mon 19 Oct" in as_text(card)
        await place.tick(FRIDAY)
        assert len(asked(place)) == 1
        async with place.deps.database.begin() as tx:
            person = await tx.people.get("e1")
            assert person is not None
            away = {"leave_from": date(2026, 10, 19), "leave_to": date(2026, 10, 25)}
            await tx.people.put_all([replace(person, **away)])  # type: ignore[arg-type]
        for day in range(19, 26):
            await place.tick(datetime(2026, 10, day, 4, tzinfo=UTC))
        assert len(asked(place)) == 1
        assert await place.press("e1", "checkin:on_track", f"|{subject(here)}") == Done()


async def test_it_is_one_message_with_what_is_put_off(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        await friday(place)
        assert said(await place.press("e1", "remind.later:hour", "hour")).startswith("Fine")
        await place.tick(FRIDAY + timedelta(hours=2))
        again = asked(place)[-1]
        assert TITLE in as_text(again)
        assert len(asked(place)) == 2


async def test_put_off_to_monday_it_is_not_over_that_day(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        assert said(await place.press("e1", "remind.later:monday", "monday")).startswith("Fine")
        monday = datetime(2026, 10, 19, 4, tzinfo=UTC)
        await place.tick(monday)
        assert len(asked(place)) == 2
        again = asked(place)[-1]
        assert "You can change it before Tue 20 Oct." in as_text(again)
        (goal, *_) = [one for one in buttons(again) if one.action == "checkin:at_risk"]
        assert await place.press("e1", goal.action, goal.value) == Done()
        await place.tick()
        assert chosen(asked(place)[-1]) == ["✓ 🟡 at risk"]
        found = await kept(place)
        assert found is not None
        place.clock.moment = monday + timedelta(days=1)
        assert "That week is over" in says(await place.press("e1", goal.action, goal.value))
        assert await place.press("e1", "checkin:at_risk", f"|{subject(here)}") == Done()
        await place.tick()
        assert len(asked(place)) == 2


async def test_a_company_chooses_another_day_or_none(tmp_path: Path) -> None:
    wednesday = Policy(check_in=CheckIns(day="wed"))
    async with home(tmp_path, now=OCTOBER, policy=wednesday) as place:
        here = await setting(place)
        await here.agree()
        await place.tick(datetime(2026, 10, 14, 4, tzinfo=UTC))
        assert len(asked(place)) == 1
        await place.tick(FRIDAY)
        assert len(asked(place)) == 1
    (tmp_path / "off").mkdir()
    off = Policy(check_in=CheckIns(on=False))
    async with home(tmp_path / "off", now=OCTOBER, policy=off) as place:
        here = await friday(place)
        assert asked(place) == []
        assert "no weekly check-in" in says(await place.command("e1", "checkin"))
        pressed = await place.press("e1", "checkin:on_track", f"{MESSAGE}|{subject(here)}")
        assert "no weekly check-in" in says(pressed)


async def test_its_text_is_at_hand_while_a_review_is_written(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await place.press("e1", "checkin:off_track", f"{MESSAGE}|{subject(here)}")
        form = opened(await place.press("e1", "checkin.open", MESSAGE))
        await place.fill("e1", form, {"words:0": "The agency is late."})
        await place.tick(datetime(2027, 1, 4, 4, tzinfo=UTC))
        first = opened(await place.press("e1", "self_review.open", here.review))
        form = await last_step(place, "e1", first, self_answers(place) | {"overall": "x" * 3001})
        shown = as_text(opened(await press(place, "e1", form, "form.at_hand")))
        assert "Check-in" in shown
        assert "> The agency is late." in shown
        assert "🔴 off track" in shown


async def test_who_has_nothing_to_say_is_not_asked(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        await setting(place)
        await place.tick(FRIDAY)
        assert asked(place) == asked(place, "boss") == []
        form = opened(await place.command("e1", "checkin"))
        assert [one.key for one in form.fields] == ["words:0"]


async def test_any_number_of_people_is_asked_about_in_the_same_statements(tmp_path: Path) -> None:
    counts: dict[str, set[int]] = {"check_in": set(), "digest": set()}
    sizes = (3, 12)
    for size in sizes:
        people = team(size)
        (tmp_path / str(size)).mkdir()
        async with home(tmp_path / str(size), people, now=OCTOBER) as place:
            await setting(place)
            friday, monday = date(2026, 10, 23), date(2026, 10, 26)
            for name, section, today in (
                ("check_in", check_in_section.SECTION, friday),
                ("digest", digest.SECTION, monday),
            ):
                async with place.deps.database.begin(write=False) as tx:
                    now = datetime.combine(today, time(4), UTC)
                    work = Work(tx=tx, company=place.deps.company, now=now)
                    days = [Day(one, today, today - timedelta(days=1)) for one in people]
                    with place.deps.database.count_statements() as counted:
                        found = await section.who(days, work)
                    assert found == (
                        {one.employee_id for one in people}
                        if name == "check_in"
                        else {"mia", "boss"}
                    )
                    counts[name].add(counted.count)
    assert all(len(one) == 1 for one in counts.values()), counts
