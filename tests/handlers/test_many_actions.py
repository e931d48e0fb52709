"""500 open actions, and those past their day: what is opened, paged, said, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from talking import held, texts
from test_actions import agreed, forms_of, labels
from text_chat import as_text
from world import Home, home, opened

from bot.platforms.slack import draw
from handlers import home_sections
from handlers.answers import Says
from handlers.work import Work
from prompts.card import Card, Form, Paragraph
from review.interview import Action, Going
from review.policy import CheckIns, Policy
from storage.actions import ActionStore

DAY = timedelta(days=1)


async def many(place: Home, count: int = 500, owner: str = "e1") -> str:
    """So many open actions from e1's interview, the first three of them overdue."""
    _, review = await held(place)
    today = date(2026, 10, 12)
    async with place.deps.database.begin() as tx:
        for number in range(1, count + 1):
            one = Action(
                id=f"{review}.{number}",
                review=review,
                about="e1",
                owner=owner,
                text=f"Number {number} <!channel>",
                due=today + (number - 4) * DAY,
                going=Going.OPEN,
                agreed_at=place.clock.now(),
                changed_at=place.clock.now(),
            )
            await tx.actions.put(one)
    return review


async def pressed(place: Home, form: Form, button: str) -> Form:
    return forms_of(await place.press_in("e1", form, button))


async def test_500_actions_are_listed_in_one_message_and_paged(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await many(place)
        answer = await place.command("e1", "actions")
        assert isinstance(answer, Says)
        first = as_text(answer.card)
        assert first.startswith("## My actions (500)\n> Number 1 <!channel>\n⚠️ was due Fri 9 Oct")
        assert first.endswith("And 490 more, due later.")
        assert len(draw.reply(answer.card)["blocks"]) <= 50
        form = opened(await place.press("e1", "actions.open", "mine"))
        assert len(draw.view(form)["blocks"]) <= 100
        rows = [label for label in labels_of(form) if label.startswith("actions.one:")]
        assert rows == [f"actions.one:{review}.{n}" for n in range(1, 16)]
        assert "⚠️ Number 1 <!channel> · was due Fri 9 Oct" in as_text(form)
        assert "Page 1 of 34" in as_text(form)
        for _ in range(2):  # the same press twice leads to the same page
            second = await pressed(place, form, "actions.page:2")
            assert "Number 16 <!channel>" in as_text(second)
        last = await pressed(place, second, "actions.page:34")
        assert "Number 500 <!channel>" in as_text(last)
        for wild in ("actions.page:99", "actions.page:x", "actions.which:nothing"):
            assert "Number" in as_text(await pressed(place, last, wild))
        one = await pressed(place, form, f"actions.one:{review}.1")
        assert (one.key, one.subject) == ("action", f"{review}.1")
        assert "action.mark:done" in labels(one)


def labels_of(form: Form) -> list[str]:
    """The actions of all buttons, those beside a line as well."""
    beside = [part.button for part in form.parts if isinstance(part, Paragraph)]
    return [one.action for one in beside if one] + labels(form)


async def test_only_the_words_of_a_page_are_opened(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await many(place)
        form = opened(await place.press("e1", "actions.open", "mine"))
        with mock.patch.object(ActionStore, "_open", autospec=True) as opens:
            opens.return_value = b"Words"
            await place.command("e1", "actions")
            assert opens.call_count == 10
            await pressed(place, form, "actions.page:3")
            assert opens.call_count == 10 + 15 + 15  # as it stood, and as it is then


async def test_what_others_promised_is_shown_by_itself(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await many(place, 20, owner="mia")
        await agreed_by_e1(place)
        form = opened(await place.press("e1", "actions.open", "mine"))
        assert "## My actions (1)" in as_text(form)
        assert "actions.which:promised" in labels(form)
        other = await pressed(place, form, "actions.which:promised")
        assert "## Promised to me (20)" in as_text(other)
        assert "Number 1 <!channel> · Mia Manager · was due Fri 9 Oct" in as_text(other)
        form = opened(await place.press("e3", "actions.open", "team"))
        assert as_text(form) == "Nothing that was agreed is open."


async def agreed_by_e1(place: Home) -> None:
    async with place.deps.database.begin() as tx:
        head = (await tx.actions.late(date(2027, 12, 31)))[0]
        one = (await tx.actions.many([head.id]))[head.id]
        await tx.actions.put(replace(one, id="own.1", owner="e1", text="Mine"))


async def test_an_overdue_action_is_told_to_the_pair_once_and_to_nobody_else(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        begun = place.clock.moment
        await place.tick(begun)
        for days in range(1, 9):
            await place.tick(begun + days * DAY)
        own = "⚠️ Ask for a second desk · with Person 1 · was due Tue 13 Oct"
        other = "⚠️ Ask for a second desk · Mia Manager · was due Tue 13 Oct"
        assert texts(place, "mia").count(own) == 1
        assert texts(place, "e1").count(other) == 1
        for who in ("boss", "hr", "e3"):
            assert "second desk" not in texts(place, who)
        assert not [one for one in place.chat.cards("#hr") if "second desk" in as_text(one)]


async def test_what_is_done_is_not_told(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        begun = place.clock.moment
        await place.tick(begun + DAY)
        await place.press("mia", "action:done", f"{review}.2")
        await place.tick(begun + 2 * DAY)
        assert "Past their day" not in texts(place, "mia") + texts(place, "e1")


async def test_without_check_ins_it_is_told_each_week_until_it_is_done(tmp_path: Path) -> None:
    policy = Policy(check_in=CheckIns(on=False))
    async with home(tmp_path, policy=policy) as place:
        _, review = await agreed(place)
        begun = place.clock.moment
        for days in range(1, 16):
            await place.tick(begun + days * DAY)
        line = "⚠️ Ask for a second desk · with Person 1 · was due Tue 13 Oct"
        assert texts(place, "mia").count(line) == 3  # on the 14th, the 19th and the 26th
        await place.press("mia", "action:done", f"{review}.2")
        for days in range(16, 25):
            await place.tick(begun + days * DAY)
        assert texts(place, "mia").count(line) == 3


async def test_the_own_page_names_what_others_owe_once_it_is_late(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        for days, late in ((1, False), (2, True)):
            place.clock.moment += days * DAY
            async with place.deps.database.begin(write=False) as tx:
                work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
                (person,) = await tx.people.many(["e1"])
                page = as_text(Card("", await home_sections.actions(person, work)))
            owed = "Promised to me, past their day\n⚠️ Ask for a second desk · Mia Manager"
            assert (owed in page) is late
