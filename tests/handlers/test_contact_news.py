"""What a platform tells of its contacts: kept once, told to HR together, no roster touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from text_chat import as_text
from world import NOON, Home, home

from handlers.answers import Done
from handlers.dispatch import dispatch
from handlers.events import Account, Altered, Joined, Left, News
from prompts.render import LOCALES
from storage.contacts import Told

THEN = datetime(2026, 10, 11, 3, tzinfo=UTC)


@asynccontextmanager
async def company(folder: Path) -> AsyncIterator[Home]:
    """One of them has an account on DingTalk as well."""
    async with home(folder) as place:
        async with place.deps.database.begin() as tx:
            await tx.people.link("dingtalk", "D-e1", "e1")
        yield place


def joined(account: str, identity: str = "") -> Joined:
    return Joined(who=Account("dingtalk", account), identity=identity or f"j:{account}")


def left(account: str) -> Left:
    return Left(who=Account("dingtalk", account), at=THEN, identity=f"l:{account}")


def altered(account: str) -> Altered:
    return Altered(who=Account("dingtalk", account), identity=f"a:{account}")


async def told(place: Home, *events: News) -> None:
    for one in events:
        assert await dispatch(one, place.deps) == Done()


async def waiting(place: Home) -> list[tuple[str, Told, str | None]]:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.contacts.news("dingtalk")
        return [(one.account_id, one.kind, one.employee_id) for one in found]


async def news(place: Home, after: timedelta = timedelta(minutes=31)) -> list[str]:
    """What HR's admin was told of it by then."""
    place.clock.moment += after
    await place.tick()
    return [
        as_text(card) for card in place.chat.cards("T-hr") if "contacts changed" in as_text(card)
    ]


async def test_who_joins_and_leaves_is_told_in_one_message_and_nothing_else_happens(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as place:
        async with place.deps.database.begin(write=False) as tx:
            before = await tx.people.all()
        await told(place, joined("D-new"), left("D-e1"), joined("D-other"))
        (said,) = await news(place)
        assert "2 joined." in said
        assert "Left: Person 1 (Sun 11 Oct)." in said
        assert "nosurprise sync" in said
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.people.all() == before


async def test_the_same_event_again_is_told_once(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-new"), joined("D-new"))
        assert await waiting(place) == [("D-new", Told.JOINED, None)]
        assert len(await news(place)) == 1
        await told(place, joined("D-new"))
        assert len(await news(place)) == 1


async def test_who_was_told_after_the_message_is_told_in_the_next(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-new"))
        assert len(await news(place)) == 1
        await told(place, joined("D-more"))
        assert "2 joined." in (await news(place))[1]


async def test_somebody_whom_the_roster_has_is_linked_and_nobody_is_told(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-e1"))
        assert (await waiting(place), await news(place)) == ([], [])


async def test_a_stranger_who_leaves_again_is_no_news(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-new"), left("D-new"))
        assert (await waiting(place), await news(place)) == ([], [])


async def test_joining_sets_off_a_look_for_their_account(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-new"))
        assert place.deps.stranger.is_set()


async def test_details_matter_once_the_roster_comes_from_there(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, altered("D-e1"))
        assert await waiting(place) == []
        async with place.deps.database.begin() as tx:
            await tx.contacts.say("dingtalk", {"e1": {"title": "Clerk"}})
        place.clock.moment += timedelta(seconds=1)
        await told(place, Altered(who=Account("dingtalk", "D-e1"), identity="again"))
        await told(place, altered(""), altered("D-unknown"))
        assert await waiting(place) == [
            ("", Told.CHANGED, None),
            ("D-e1", Told.CHANGED, "e1"),
        ]
        assert await news(place) == []
        (said,) = await news(place, timedelta(days=1))
        assert "Changed: the details of 1, and departments." in said


async def test_what_was_compared_meanwhile_is_not_told(tmp_path: Path) -> None:
    async with company(tmp_path) as place:
        await told(place, joined("D-new"), left("D-e1"))
        async with place.deps.database.begin() as tx:
            await tx.contacts.compared("dingtalk", NOON)
        assert await news(place) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_both_languages_can_say_it(locale: str) -> None:
    from prompts.render import Words
    from prompts.screens.contact_news import NewsFacts, card

    facts = NewsFacts(platform="dingtalk", joined=1, left=(), changed=0, departments=True)
    assert "nosurprise sync" in as_text(card(facts, Words(locale)))
