"""Where messages go for people on two platforms, and where what stands already is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from text_chat import TextChat, as_text
from world import Home, home

from handlers import living
from handlers.answers import Answer, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Command
from handlers.roster import check_roster
from handlers.work import Work
from storage.notice import URGENT, Notice, Painting

ABOUT = "2026Q3"


async def on_both(place: Home, *also: str) -> tuple[TextChat, TextChat]:
    """e1 has accounts on both platforms, and those others on DingTalk alone as well."""
    slack, ding = TextChat("slack"), TextChat("dingtalk")
    place.deps.messengers = {"slack": slack, "dingtalk": ding}
    async with place.deps.database.begin() as tx:
        await tx.people.link("slack", "S-e1", "e1")
        for one in ("e1", *also):
            await tx.people.link("dingtalk", f"D-{one}", one)
    return slack, ding


async def prefers(place: Home, platform: str | None) -> None:
    async with place.deps.database.begin() as tx:
        person = await tx.people.get("e1")
        assert person is not None
        await tx.people.put_all([replace(person, platform=platform)])


async def note(place: Home, name: str, platform: str | None = None) -> None:
    async with place.deps.database.begin() as tx:
        one = Notice(
            kind="press_again",
            receiver="e1",
            once=name,
            due=place.clock.now(),
            priority=URGENT,
            platform=platform,
        )
        await tx.outbox.put(one)
    place.clock.moment += timedelta(seconds=5)
    await place.tick()


async def paint(place: Home) -> None:
    async with place.deps.database.begin() as tx:
        page = Painting(
            kind=living.OWN_PAGE, receiver="e1", subject="", due=place.clock.now(), priority=URGENT
        )
        await tx.outbox.paint_all([page])
    place.clock.moment += timedelta(seconds=5)
    await place.tick()


def counts(*chats: TextChat, kind: str = "press_again") -> list[int]:
    return [sum(one == kind for _, one, _ in chat.log) for chat in chats]


async def test_without_a_wish_the_companys_order_counts_and_a_wish_before_it(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        chats = await on_both(place)
        await note(place, "one")
        assert counts(*chats) == [1, 0]
        await prefers(place, "dingtalk")
        await note(place, "two")
        assert counts(*chats) == [1, 1]
        await prefers(place, "slack")
        await note(place, "three")
        assert counts(*chats) == [2, 1]


async def test_a_wish_for_a_platform_without_an_account_holds_nothing_up(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        slack, ding = await on_both(place)
        async with place.deps.database.begin() as tx:
            await tx.people.link("dingtalk", "D-e1", "e2")
        await prefers(place, "dingtalk")
        await note(place, "one")
        assert counts(slack, ding) == [1, 0]


async def test_an_answer_comes_where_it_was_asked(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        chats = await on_both(place)
        await prefers(place, "dingtalk")
        await note(place, "one", platform="slack")
        assert counts(*chats) == [1, 0]


async def test_what_stands_is_edited_where_it_stands(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        slack, ding = await on_both(place)
        await paint(place)
        await prefers(place, "dingtalk")
        await paint(place)
        assert [edit for _, kind, edit in slack.log if kind == living.OWN_PAGE] == [False, True]
        assert counts(ding, kind=living.OWN_PAGE) == [0]


async def test_what_stands_where_somebody_is_no_more_is_posted_anew(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        slack, ding = await on_both(place)
        await paint(place)
        async with place.deps.database.begin() as tx:
            await tx.people.link("slack", "S-e1", "e2")
        await paint(place)
        await paint(place)
        assert counts(slack, kind=living.OWN_PAGE) == [1]
        assert [(to, edit) for to, kind, edit in ding.log if kind == living.OWN_PAGE] == [
            ("D-e1", False),
            ("D-e1", True),
        ]


async def said(place: Home, text: str, platform: str = "slack") -> str:
    number = next(place.numbers)
    event = Command(
        who=Account(platform, f"{platform[0].upper()}-e1"), text=text, identity=f"c{number}"
    )
    answer: Answer = await dispatch(event, place.deps)
    assert isinstance(answer, Says)
    return as_text(answer.card)


async def wish(place: Home) -> str | None:
    async with place.deps.database.begin(write=False) as tx:
        person = await tx.people.get("e1")
    return None if person is None else person.platform


@pytest.mark.parametrize("word", ["platform dingtalk", "平台 钉钉", "platform DingTalk"])
async def test_people_choose_by_a_command(tmp_path: Path, word: str) -> None:
    async with home(tmp_path) as place:
        await on_both(place)
        assert "From now on I write to you in DingTalk" in await said(place, word)
        assert await wish(place) == "dingtalk"
        assert "I write to you in DingTalk" in await said(place, "platform")
        assert "company" in await said(place, "platform any")
        assert await wish(place) is None
        assert "Slack and DingTalk" in await said(place, "platform")


async def test_a_platform_that_is_not_theirs_or_none_is_refused_with_what_to_do(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        await on_both(place)
        async with place.deps.database.begin() as tx:
            await tx.people.link("dingtalk", "D-e1", "e2")
        assert "no account of yours in DingTalk" in await said(place, "platform dingtalk")
        assert "platform slack" in await said(place, "platform carrier pigeon")
        assert await wish(place) is None


async def test_the_roster_file_may_say_it(tmp_path: Path) -> None:
    rows = "工号,姓名,邮箱,平台\nn1,New,n@x.test,钉钉\nn2,Two,t@x.test,fax\n"
    async with home(tmp_path) as place, place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        found = await check_roster(rows.encode(), work)
    assert [one.platform for one in found.people] == ["dingtalk", None]
    assert [(one.row, one.key) for one in found.faults] == [(3, "roster.bad_platform")]
