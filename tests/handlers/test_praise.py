"""Praise in public: its ways in, where it stands, and how it is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from all_texts import holds
from feedback_given import HARD, said
from rating_world import last_step, ready
from test_erasing import erase
from text_chat import as_text
from world import NOON, Home, home, open_cycle, opened, review_of, self_answers, team

from handlers.answers import Done, Opens, Refuses
from handlers.nudge import _words as words_of
from handlers.work import Work
from prompts.card import Buttons
from review.praise import Deed, Praise

CHANNEL = "#praise"
SEPTEMBER = datetime(2026, 9, 14, 4, tzinfo=UTC)
WORDS = "Stayed until the last parcel was out."


@asynccontextmanager
async def with_channel(folder: Path, **more: object) -> AsyncIterator[Home]:
    async with home(folder, **more) as place:  # type: ignore[arg-type]
        place.deps.company = replace(place.deps.company, praise_channels=(("text", CHANNEL),))
        yield place


async def kept(place: Home, receiver: str = "e1") -> list[Praise]:
    async with place.deps.database.begin(write=False) as tx:
        return [*await tx.praise.of(receiver)]


def texts(place: Home, to: str) -> list[str]:
    return [as_text(card) for card in place.chat.cards(to)]


async def test_one_line_reaches_the_channel_and_the_receiver_at_once_even_at_night(
    tmp_path: Path,
) -> None:
    night = NOON + timedelta(hours=12)
    async with with_channel(tmp_path, now=night) as place:
        answer = await place.command("mia", f"praise @T-e1 Customer first {WORDS}")
        assert said(answer) == (
            "Your praise for Person 1 is on its way to them and to the praise channel."
        )
        await place.tick()
        assert texts(place, CHANNEL) == [
            f"👏 Mia Manager praises Person 1\n> {WORDS}\nFor the value: Customer first"
        ]
        assert texts(place, "T-e1") == [
            f"👏 Mia Manager praises you\n> {WORDS}\nFor the value: Customer first\nIt stands in "
            "the praise channel, too. You can quote it in your self-review, and your manager in a "
            "rating."
        ]
        assert texts(place, "T-mia") == [
            "You praised Person 1, in the praise channel and in a message to them.\n"
            f"> {WORDS}\nYou can take it back until Mon 2 Nov, when the month is counted."
        ]
        await place.tick()
        (one,) = await kept(place)
        name = place.deps.company.library.ladders["customer_first"].name
        assert one == Praise(
            id=one.id,
            giver="mia",
            receiver="e1",
            value="customer_first",
            said=Deed(text=WORDS, value_name=name),
            at=one.at,
            reached_at=one.reached_at,
        )
        assert one.reached_at is not None
        log = len(place.chat.log)
        await place.tick()
        assert len(place.chat.log) == log


@pytest.mark.parametrize(
    "line",
    [
        "表扬 T-e1 客户第一 连夜把包裹都发完了",
        "praise @Person 1 客户第一：连夜把包裹都发完了",
        "praise Person 1 CUSTOMER_FIRST, 连夜把包裹都发完了",
        "praise e1 customer first 连夜把包裹都发完了",
    ],
)
async def test_names_and_values_are_understood_however_they_are_written(
    tmp_path: Path, line: str
) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", line)
        (one,) = await kept(place)
        assert (one.value, one.said.text) == ("customer_first", "连夜把包裹都发完了")


async def test_colleagues_named_in_the_words_are_named_by_name(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", "praise @T-e1 teamwork Helped @T-e3, as @T-e3 said; @T-x, too")
        (one,) = await kept(place)
        assert one.said.text == "Helped @Person 3, as @Person 3 said; @T-x, too"


async def test_without_a_channel_it_reaches_its_receiver_alone_and_says_so(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        answer = await place.command("mia", f"praise T-e2 teamwork {WORDS}")
        assert said(answer) == (
            "Your praise for Person 2 is on its way to them. There is no praise channel yet, so "
            "it goes to nobody else."
        )
        await place.tick()
        assert {to for to, _, _ in place.chat.log} == {"T-e2", "T-mia"}
        (told,) = texts(place, "T-e2")
        assert told.splitlines()[0] == "👏 Mia Manager表扬了您"
        assert "体现的价值观：团队合作" in told
        assert "公司还没有设置表扬频道，所以只发给了您。" in told


async def test_the_form_asks_whom_for_which_value_and_what_they_did(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        form = opened(await place.command("e1", "praise"))
        refused = await place.send("e1", form, {"who": "", "value": "", "words": " "})
        assert isinstance(refused, Refuses)
        assert [one.problem for one in refused.form.fields] == [
            "Please choose a colleague.",
            "Please choose one.",
            "Please write what they did.",
        ]
        given = {"who": "T-mia", "value": "teamwork", "words": HARD}
        assert await place.send("e1", form, given) == Done()
        await place.tick()
        (shown,) = texts(place, CHANNEL)
        assert shown == f"👏 Person 1 praises Mia Manager\n> {HARD}\nFor the value: Teamwork"
        assert opened(await place.command("e1", "praise")).fields[2].value is None


async def test_a_line_that_lacks_something_opens_the_form_with_what_was_said(
    tmp_path: Path,
) -> None:
    async with with_channel(tmp_path) as place:
        for line, values in (
            ("T-e1", ("T-e1", None, None)),
            (f"T-e1 {WORDS}", ("T-e1", None, WORDS)),
            ("T-e2 teamwork", ("T-e2", "teamwork", WORDS)),
            ("T-e1 teamwork " + "x" * 3001, ("T-e1", "teamwork", f"{WORDS}\n" + "x" * 3001)),
        ):
            form = opened(await place.command("mia", f"praise {line}"))
            assert tuple(one.value for one in form.fields) == values
        assert await kept(place) == await kept(place, "e2") == []


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("T-mia", "Praise is for others: choose a colleague."),
        ("T-e3", "Person 3 is no longer with the company."),
        ("U0BOT", "I don't know “U0BOT”. Please write the name of a colleague as it stands in the"),
        ("Person", "“Person” could be Person 1, Person 2. Please write the whole name, or choose"),
    ],
)
async def test_whom_nobody_can_praise_is_said_and_the_words_stay(
    tmp_path: Path, who: str, why: str
) -> None:
    people = [
        replace(one, left_on=date(2026, 10, 1)) if one.employee_id == "e3" else one
        for one in team()
    ]
    async with with_channel(tmp_path, people=tuple(people)) as place:
        answer = await place.command("mia", f"praise {who} teamwork {WORDS}")
        assert isinstance(answer, Opens)
        assert as_text(answer.form).startswith(why)
        assert [one.value for one in answer.form.fields] == [None, "teamwork", WORDS]
        sent = await place.send(
            "mia", answer.form, {"who": who, "value": "teamwork", "words": WORDS}
        )
        first = why if who != "Person" else "I don't know “Person”."
        assert said(sent).startswith(first)
        again = opened(await place.command("mia", "praise"))
        assert again.fields[2].value == WORDS
        await place.tick()
        assert place.chat.log == []
        await place.command("mia", f"praise T-e2 teamwork {WORDS}")
        assert opened(await place.command("mia", "praise")).fields[2].value is None


async def test_the_same_words_for_the_same_value_are_said_once(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        line = f"praise T-e1 teamwork {WORDS}"
        await place.command("mia", line)
        assert said(await place.command("mia", line)) == (
            "These very words stand already; once is enough."
        )
        await place.command("mia", f"praise T-e1 customer_first {WORDS}")
        await place.command("e2", line)
        assert len(await kept(place)) == 3


async def test_its_giver_takes_it_back_everywhere_and_keeps_the_words(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        await place.tick()
        (row,) = [part for part in place.chat.cards("T-mia")[0].parts if isinstance(part, Buttons)]
        (button,) = row.buttons
        for who in ("e1", "boss", "hr"):
            answer = said(await place.press(who, button.action, button.value))
            assert answer == "This is for whoever wrote it to do."
        for _ in range(2):
            assert said(await place.press("mia", button.action, button.value)) == (
                "Your praise for Person 1 is taken back."
            )
        await place.tick()
        gone = ["This praise was taken back."]
        assert texts(place, CHANNEL) == texts(place, "T-e1") == gone
        assert texts(place, "T-mia") == [
            f"You took back your praise for Person 1. Your words were:\n> {WORDS}"
        ]
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        await place.tick()
        assert len(texts(place, CHANNEL)) == 2


async def test_it_is_taken_back_from_a_channel_that_is_set_no_longer(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        await place.tick()
        (one,) = await kept(place)
        place.deps.company = replace(place.deps.company, praise_channels=())
        await place.press("mia", "praise.take_back", one.id)
        await place.tick()
        assert texts(place, CHANNEL) == ["This praise was taken back."]
        assert "T-hr" not in {to for to, _, _ in place.chat.log}


async def test_what_was_taken_back_before_it_was_sent_is_never_sent(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        (one,) = await kept(place)
        await place.press("mia", "praise.take_back", one.id)
        await place.tick()
        assert [to for to, _, _ in place.chat.log] == ["T-mia"]


async def test_once_its_month_is_counted_it_stands(tmp_path: Path) -> None:
    async with with_channel(tmp_path) as place:
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        (one,) = await kept(place)
        place.clock.moment = NOON + timedelta(days=21)  # Monday 2 November
        answer = said(await place.press("mia", "praise.take_back", one.id))
        assert answer.startswith("That month is counted")
        assert await kept(place) == [one]
        unknown = said(await place.press("mia", "praise.take_back", "no-such"))
        assert unknown == "This is for whoever wrote it to do."


async def test_praise_stands_at_hand_for_the_person_and_for_whoever_rates(tmp_path: Path) -> None:
    shown = f"Person 2, Mon 14 Sep · praise: Teamwork\n> {WORDS}"
    async with with_channel(tmp_path, now=SEPTEMBER) as place:
        await place.command("e2", f"praise T-e1 teamwork {WORDS}")
        await place.command("e3", "praise T-e1 teamwork Not meant.")
        (taken,) = await kept(place, "e3")
        await place.press("e3", "praise.take_back", taken.id)
        await place.tick(NOON)
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        long = self_answers(place) | {"overall": "x" * 3001}
        form = opened(await place.fill("e1", form, long))
        hand = as_text(opened(await place.press_in("e1", form, "form.at_hand")))
        assert shown in hand
        assert "Not meant." not in hand
        assert await place.send("e1", form, {"overall": ""}) == Done()
        form = await last_step(place, review, {"overall": "4", "reason": "So."})
        assert shown in as_text(opened(await place.press_in("mia", form, "form.at_hand")))


async def test_praise_by_anybody_that_reached_is_a_good_word(tmp_path: Path) -> None:
    high = {"overall": "4", "reason": "The second half was strong."}
    missing = "A good word is missing."
    async with with_channel(tmp_path) as place:
        _, review = await ready(place)
        await place.command("e2", f"praise T-e1 teamwork {WORDS}")
        assert missing in as_text(await last_step(place, review, high))
        await place.tick()
        await place.tick()
        assert missing not in as_text(await last_step(place, review, high))
        (one,) = await kept(place)
        await place.press("e2", "praise.take_back", one.id)
        assert missing in as_text(await last_step(place, review, high))


async def test_praise_of_a_manager_ends_their_silence(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        await place.tick()
        await place.tick()
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            assert await words_of(work) == {("mia", "e1"): date(2026, 10, 12)}


async def test_an_erased_persons_praise_goes_wherever_it_stands(tmp_path: Path) -> None:
    async with with_channel(tmp_path, people=team(4)) as place:
        await place.tick()
        await place.command("mia", f"praise T-e1 teamwork {WORDS}")
        await place.command("e1", f"praise T-e2 teamwork {WORDS}")
        await place.command("e3", "praise T-e2 teamwork It stays.")
        await place.command("e4", "praise T-e1")
        await place.tick(NOON + timedelta(days=21))
        before = texts(place, CHANNEL)
        assert [text.splitlines()[0] for text in before] == [
            "👏 Mia Manager praises Person 1",
            "👏 Person 1 praises Person 2",
            "👏 Person 3 praises Person 2",
            "## Praise in October",
        ]
        await erase(place, "e1")
        await place.tick(place.clock.now() + timedelta(minutes=5))
        gone = "What stood here was erased."
        assert texts(place, CHANNEL) == [
            gone,
            gone,
            before[2],
            "## Praise in October\n1 word of praise.\nTeamwork: 1\n"
            "Praised: Person 2.\nThank you for saying so: Person 3.",
        ]
        assert await holds(place.deps.database, WORDS, "Person 1", "T-e1") == {}
        for one in ("T-mia", "T-e1", "T-e2"):
            assert WORDS not in "".join(texts(place, one))
