"""The screens of docs/dingtalk.md: the demo on the local DingTalk, on cards and in the chat."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.demo.cast import LEAD, Cast, Quarter
from bot.demo.on_dingtalk import OnDingTalk
from bot.demo.stage import Asked, on_stage
from docs.studio import A_WHILE, ARGS, LOCALES, PLACE, SCHEMES, SIZES, Do, keep, nothing
from sandbox.dingtalk.buttons import buttons_of
from sandbox.dingtalk.model import said_by

TEAM = {"zh": "团队评分", "en": "Team ratings"}
WRITE = "self_review.open"


@asynccontextmanager
async def place(language: str, platform: str) -> AsyncIterator[tuple[OnDingTalk, Cast]]:
    """The demo in that language, once everybody is there."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Asked(
            host="127.0.0.1",
            port=0,
            people=48,
            seed=1,
            quarter=Quarter.before(datetime.now(UTC).date()),
            locale=LOCALES[language],
            folder=Path(folder),
            platform=platform,
        )
        async with on_stage(asked) as (chat, cast, _):
            if not isinstance(chat, OnDingTalk):
                raise TypeError(chat)
            organisation = chat.organisation
            host, connections = organisation.host, organisation.stream.connections
            await organisation.until(
                lambda: host and not host.busy and connections.open, timeout=A_WHILE
            )
            yield chat, cast


async def take(
    browser: Browser, url: str, name: str, size: str, scheme: str, *, do: Do = nothing
) -> None:
    """One screen in that size and scheme; `url` says who looks at what, and in which language."""
    width, height = SIZES[size]
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    await page.goto(url)
    await page.locator("#top h1").wait_for()
    await page.wait_for_timeout(600)
    if size == "phone":
        await page.locator("[data-do=hide-guide]").click()
    await do(page)
    await page.wait_for_timeout(1500)
    keep(await page.screenshot(), f"dingtalk/{name}.{size}.{scheme}")
    await page.close()


def writers(chat: OnDingTalk, cast: Cast, language: str) -> Iterator[tuple[str, str]]:
    """Those of that language whose last message asks for a self-review, and what presses it."""
    for one in cast.people:
        member = cast.members.get(one.employee_id)
        if member is None or one.locale != LOCALES[language]:
            continue
        for message in chat.organisation.talk(member.id).messages[-1:]:
            links = [said_by(link) or "" for _, link in message.links("", member.id)]
            pressed = buttons_of(message.card, member.id) if message.card else []
            for does in [*links, *(button.action for button in pressed)]:
                if WRITE in does:
                    yield member.id, does


async def on_cards(browser: Browser, language: str) -> None:
    """The team list, a form on a card, and HR's group with its chart."""
    light, dark = SCHEMES

    async def rate(page: Page) -> None:
        team = page.locator(".card").filter(has_text=TEAM[language]).last
        await team.get_by_role("button", name="4", exact=True).first.click()
        sends = page.locator("#talk").get_by_role("button", name=send, exact=True).last
        await sends.click()

    async def listed(page: Page) -> None:
        team = page.locator(".card").filter(has_text=TEAM[language]).last
        await team.scroll_into_view_if_needed()

    async def begin(page: Page) -> None:
        await page.locator(".card").last.get_by_role("button").first.click()

    send = {"zh": "提交", "en": "Send"}[language]
    async with place(language, "dingtalk") as (chat, cast):
        lead, admin = cast.members[LEAD].id, cast.members[cast.admin].id
        (writes, _), query = next(writers(chat, cast, language)), f"lang={language}"
        one = f"{chat.url}?{query}&as="
        group = chat.organisation.conversations[chat.hr]
        await take(browser, f"{one}{lead}", f"team-list.{language}", "desktop", light, do=listed)
        await take(browser, f"{one}{writes}", f"form.{language}", "desktop", light, do=begin)
        await take(browser, f"{one}{writes}", f"form.{language}", "phone", dark)
        said = len(group.messages)
        await take(browser, f"{one}{lead}", f"rated.{language}", "phone", light, do=rate)
        await chat.organisation.until(lambda: len(group.messages) > said, timeout=A_WHILE)
        hr = f"{one}{admin}&channel={chat.hr}"
        await take(browser, hr, f"hr-group.{language}", "desktop", light)
        await take(browser, hr, f"hr-group.{language}", "phone", dark)


async def in_the_chat(browser: Browser, language: str) -> None:
    """A form that is asked in the chat."""
    light, _ = SCHEMES
    async with place(language, "dingtalk-chat") as (chat, cast):
        for user, button in writers(chat, cast, language):
            writes = chat.organisation.person(user)
            await writes.say(button)
            if any("asking." in link for _, link in writes.last().links()):
                break
        await writes.say({"zh": "三点五", "en": "3.5"}[language])
        url = f"{chat.url}?lang={language}&as={writes.id}"
        for size in SIZES:
            await take(browser, url, f"question.{language}", size, light)


async def main() -> None:
    """Both languages."""
    here = PLACE / "dingtalk"
    here.mkdir(parents=True, exist_ok=True)
    for old in here.glob("*.png"):
        old.unlink()
    async with async_playwright() as tool:
        browser = await tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGS)
        )
        for language in LOCALES:
            await on_cards(browser, language)
            await in_the_chat(browser, language)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
