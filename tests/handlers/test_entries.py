"""What is kept in people's own calendars and to-do lists, where the chat has both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pairs_world import FIRST, began, days, held, put, talks
from talking import card, signed
from test_actions import GIVEN
from test_erasing import erase
from text_chat import TextChat
from times_world import TUESDAY, offer, value
from world import Home, home, opened

from handlers.answers import Done
from handlers.ports import NotDrawnError, NotSent, Outcome, Parcel, Removed, Sent
from prompts.card import Appointment, Buttons, Card, Form, Task
from review.policy import Policy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Entry = Appointment | Task
PLANNERS = tuple(("text", one) for one in ("interview", "talk", "todo"))


@dataclass
class PlannerChat(TextChat):
    """A chat with calendars and to-do lists."""

    kept: dict[str, tuple[str, Entry]] = field(default_factory=dict)
    """Whose entry it is, by the delivery."""
    calls: list[str] = field(default_factory=list)
    lacks: bool = False
    """Whether the bot may not write there."""
    _entries: dict[str, Entry] = field(default_factory=dict)

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        if not parcel.entry:
            return await super().draw(card, parcel)
        if self.lacks:
            raise NotDrawnError(NotSent("no right", final=True))
        (part,) = card.parts
        assert isinstance(part, Entry)
        self._entries[parcel.delivery] = part
        return b"{}"

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        if not (parcel.entry or (parcel.ts or "").startswith("entry")):
            return await super().send(parcel, payload)
        part = self._entries[parcel.delivery]
        if parcel.kind == "unsaid" or part.off:
            self.calls.append("delete")
            del self.kept[parcel.delivery]
            return Removed()
        self.calls.append("put" if parcel.ts else "post")
        self.kept[parcel.delivery] = (parcel.to, part)
        return Sent("union", parcel.ts or f"entry:{parcel.delivery}")

    def of(self, who: str) -> list[Entry]:
        return [entry for to, entry in self.kept.values() if to == f"T-{who}"]

    def dates(self, who: str) -> list[datetime]:
        return [one.begins for one in self.of(who) if isinstance(one, Appointment)]

    def tasks(self, who: str) -> list[tuple[str, bool]]:
        return [(one.text, one.done) for one in self.of(who) if isinstance(one, Task)]


@asynccontextmanager
async def planned(
    folder: Path, policy: Policy | None = None
) -> AsyncIterator[tuple[Home, PlannerChat]]:
    async with home(folder, policy=policy) as place:
        chat = PlannerChat()
        place.chat = chat
        place.deps.messengers = {"text": chat}
        place.deps.company = replace(place.deps.company, planners=PLANNERS)
        yield place, chat


async def agreed(place: Home) -> str:
    """Two actions: Person 1's and Mia's."""
    _, (review,) = await signed(place)
    form = opened(await place.press("mia", "interview.open", review))
    assert await place.fill("mia", form, GIVEN | {"action:1": "A desk"}) == Done()
    await place.press("mia", "interview.held", review)
    await place.tick()
    return review


async def test_an_interviews_time_is_in_both_calendars_and_moves_there(tmp_path: Path) -> None:
    async with planned(tmp_path) as (place, chat):
        _, (review,) = await signed(place)
        await offer(place, review)
        await place.press("e1", "interview.first", slot(place, "would like to talk"))
        await place.tick()
        (mine,), (theirs,) = chat.of("e1"), chat.of("mia")
        assert isinstance(mine, Appointment)
        assert (mine.begins, mine.ends, mine.zone) == (TUESDAY, TUESDAY + HOUR, "Asia/Shanghai")
        assert mine == theirs
        assert mine.title == "Interview: Person 1 and Mia Manager"
        await offer(place, review, **{"date:1": "2026-10-15", "date:2": "2026-10-16"})
        await place.press("e1", "interview.first", slot(place, "would like to move"))
        await place.tick()
        assert (chat.dates("e1"), chat.dates("mia")) == ([TUESDAY + 2 * DAY],) * 2
        assert chat.calls == ["post", "post", "put", "put"]
        await place.press("mia", "interview.held", review)
        await place.tick(TUESDAY + 10 * DAY)
        assert (len(chat.of("e1")), len(chat.calls)) == (1, 4)


def undo_of(form: Form) -> str:
    return next(
        one.action
        for part in form.parts
        if isinstance(part, Buttons)
        for one in part.buttons
        if one.action.startswith("action.undo")
    )


async def leaves(place: Home) -> None:
    """Person 1 is in the company no longer."""
    async with place.deps.database.begin() as tx:
        person = await tx.people.get("e1")
        assert person is not None
        await tx.people.put_all([replace(person, left_on=place.clock.now().date() - 2 * DAY)])


def slot(place: Home, words: str) -> str:
    return value(card(place, "e1", f"Mia Manager {words}"), "interview.first")


async def test_a_one_on_one_is_taken_out_when_it_is_skipped(tmp_path: Path) -> None:
    async with planned(tmp_path, Policy()) as (place, chat):
        await put(place)
        form = opened(await place.press("e1", "oneonone.time", "t1"))
        given = {"date:1": "2026-10-15", "time:1": "11:00"}
        assert await place.fill("e1", form, given) == Done()
        await place.tick()
        assert (chat.dates("e1"), chat.dates("mia")) == ([FIRST + DAY + HOUR],) * 2
        await place.press("mia", "oneonone.skip", "t1")
        await place.tick()
        assert (chat.kept, chat.calls[2:]) == ({}, ["delete", "delete"])
        await place.press("mia", "oneonone.skip", "t1")
        await place.tick()
        assert len(chat.calls) == 4


async def test_a_pause_and_an_early_talk_take_it_out_too(tmp_path: Path) -> None:
    async with planned(tmp_path, Policy()) as (place, chat):
        for number, doing in enumerate(("pause", "early")):
            await put(place, id=f"t{number}", number=number + 1)
            form = opened(await place.press("e1", "oneonone.time", f"t{number}"))
            await place.fill("e1", form, {"date:1": "2026-10-15", "time:1": "11:00"})
            await place.tick()
            assert len(chat.kept) == 2
            if doing == "pause":
                form = opened(await place.press("e1", "oneonone.pause", "e1"))
                assert await place.fill("e1", form, {"until": "2026-10-30"}) == Done()
            else:
                await place.press("e1", "oneonone.log", f"t{number}")
            await place.tick()
            assert chat.kept == {}


async def test_what_the_bot_plans_is_in_both_calendars(tmp_path: Path) -> None:
    async with planned(tmp_path, Policy()) as (place, chat):
        await began(place)
        await held(place, FIRST - 28 * DAY)
        await days(place, place.clock.now() + DAY)
        talk = (await talks(place, "e1", "mia"))[-1]
        assert talk.starts_at is not None
        assert chat.dates("e1") == [talk.starts_at]
        assert talk.starts_at in chat.dates("mia")


async def test_a_pair_that_is_one_no_longer_has_no_time_together(tmp_path: Path) -> None:
    async with planned(tmp_path, Policy()) as (place, chat):
        await began(place)
        await put(place)
        form = opened(await place.press("e1", "oneonone.time", "t1"))
        await place.fill("e1", form, {"date:1": "2026-10-29", "time:1": "11:00"})
        await place.tick()
        at = FIRST + 15 * DAY + HOUR
        assert [at in chat.dates(one) for one in ("e1", "mia")] == [True, True]
        async with place.deps.database.begin() as tx:
            person = await tx.people.get("e1")
            assert person is not None
            await tx.people.put_all([replace(person, manager_id="boss")])
        await days(place, place.clock.now() + DAY)
        assert [at in chat.dates(one) for one in ("e1", "mia")] == [False, False]


async def test_an_action_is_on_its_owners_list_until_it_is_done(tmp_path: Path) -> None:
    async with planned(tmp_path) as (place, chat):
        review = await agreed(place)
        assert chat.tasks("e1") == [("A desk", False)]
        assert chat.tasks("mia") == [("Ask for a second desk", False)]
        (task,) = chat.of("e1")
        assert isinstance(task, Task)
        assert task.due == datetime(2026, 11, 2, 10, tzinfo=UTC)
        one = f"{review}.1"
        await place.press("e1", "action:going", one)
        await place.press("e1", "action:stuck", one)
        await place.tick()
        assert chat.calls == ["post", "post"]
        form = opened(await place.press("e1", "action:done", one))
        await place.tick()
        assert (chat.tasks("e1"), chat.calls[2:]) == ([("A desk", True)], ["put"])
        await place.press_in("e1", form, undo_of(form))
        await place.tick()
        assert chat.tasks("e1") == [("A desk", False)]


async def test_a_dropped_action_is_taken_off_and_comes_back(tmp_path: Path) -> None:
    async with planned(tmp_path) as (place, chat):
        review = await agreed(place)
        (before,) = chat.of("e1")
        place.clock.moment += HOUR
        form = opened(await place.press("e1", "action:drop", f"{review}.1"))
        assert await place.fill("e1", form, {"reason": "No room"}) == Done()
        await place.tick()
        assert (chat.tasks("e1"), chat.calls[2:]) == ([], ["delete"])
        place.clock.moment += HOUR
        form = opened(await place.press("e1", "action:going", f"{review}.1"))
        await place.press_in("e1", form, undo_of(form))
        await place.tick()
        (after,) = chat.of("e1")
        assert (chat.tasks("e1"), chat.calls[3:]) == ([("A desk", False)], ["post"])
        assert isinstance(before, Task)
        assert isinstance(after, Task)
        assert before.id != after.id


async def test_a_right_that_is_missing_is_told_to_nobody_and_holds_no_message(
    tmp_path: Path,
) -> None:
    async with planned(tmp_path) as (place, chat):
        chat.lacks = True
        await agreed(place)
        async with place.deps.database.begin(write=False) as tx:
            found = [one for one in await tx.outbox.ledger() if one.kind == "todo"]
            assert await tx.outbox.parked() == ()
        assert [(one.state, one.reason) for one in found] == [("dropped", "no right")] * 2


async def test_where_there_are_no_calendars_nothing_is_written(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        async with place.deps.database.begin(write=False) as tx:
            kinds = {one.kind for one in await tx.outbox.ledger()}
        assert "interview_prepare" in kinds
        assert kinds.isdisjoint({"todo", "calendar"})


async def test_a_company_may_keep_some_of_it_alone(tmp_path: Path) -> None:
    async with planned(tmp_path, Policy()) as (place, chat):
        place.deps.company = replace(place.deps.company, planners=PLANNERS[:1])
        await put(place)
        form = opened(await place.press("e1", "oneonone.time", "t1"))
        given = {"date:1": "2026-10-15", "time:1": "11:00"}
        assert await place.fill("e1", form, given) == Done()
        _, (review,) = await signed(place)
        await offer(place, review)
        await place.press("e1", "interview.first", slot(place, "would like to talk"))
        await place.tick()
        assert chat.dates("e1") == [TUESDAY]


async def test_an_erased_persons_entries_are_taken_away(tmp_path: Path) -> None:
    async with planned(tmp_path) as (place, chat):
        await agreed(place)
        assert len(chat.kept) == 2
        await leaves(place)
        await erase(place)
        await place.tick()
        assert chat.kept == {}
