"""The demo's guided path, walked by clicks in headless Chromium from its first to its last step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from test_whole_browser import chromium

from bot.demo.cast import FAVOURED, LEAD, TO_RATE, Quarter
from bot.demo.stage import Asked, on_stage

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
TODAY = datetime(2026, 11, 24, tzinfo=UTC).date()


@asynccontextmanager
async def demo(folder: Path, locale: str) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """The address at the lead's desk, and everybody's name."""
    quarter = Quarter.before(TODAY)
    asked = Asked(
        host="127.0.0.1",
        port=0,
        people=48,
        seed=1,
        quarter=quarter,
        locale=locale,
        folder=folder,
    )
    async with on_stage(asked) as (server, cast, playing):
        names = {one.employee_id: one.name for one in cast.people}
        yield f"{server.url}?as={cast.members[LEAD].id}&lang=en", names
        assert not playing.done()


async def at_step(page: Page, title: str) -> None:
    await expect(page.locator("#guide h2")).to_have_text(title)


@dataclass(frozen=True)
class Words:
    """What the bot says on the way."""

    high: str
    lower: str
    board: str
    again: str
    resolved: str
    all_well: str


SAID = {
    "zh-CN": Words(
        "3/6", "2/6", "评分分布 2026Q3", "连续两期", "回到政策范围内", "所有团队都在政策范围内"
    ),
    "en": Words(
        "3 of 6",
        "2 of 6",
        "Rating distribution 2026Q3",
        "unusual for the second cycle running",
        "back in policy",
        "Every group is within policy",
    ),
}


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_the_guided_path_ends_with_the_breach_resolved(tmp_path: Path, locale: str) -> None:
    said = SAID[locale]
    async with demo(tmp_path, locale) as (url, names), chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(url)
        await at_step(page, "Rate a colleague")
        guide, send = page.locator("#guide"), page.locator("#form footer .primary")
        await expect(guide).to_contain_text(names[TO_RATE])

        await page.get_by_role("button", name="4", exact=True).click()
        await expect(page.locator("#form")).to_contain_text(said.high)
        await send.click()
        await at_step(page, "See the HR channel turn red")
        await guide.get_by_text("Take me there").click()
        await page.get_by_text("1 reply").click()
        await expect(page.locator(".thread-list")).to_contain_text(said.again)
        await expect(page.locator(".thread-list img.wide")).to_have_count(1)

        await at_step(page, "Move the clock to the next working day")
        await expect(page.locator("time.now")).to_contain_text("12 Oct")
        await guide.get_by_role("button", name="Next working day").click()
        await at_step(page, "Think again")
        await expect(page.locator("time.now")).to_contain_text("13 Oct")
        await expect(page.locator(".spin")).to_have_count(0)
        board = page.locator(".message").filter(has_text=said.board).first
        await expect(board).not_to_contain_text("31/38")

        await guide.get_by_text("Take me there").click()
        row = page.locator(".block.section", has_text=names[FAVOURED]).last
        await row.get_by_role("button").click()
        await page.locator('#form [data-block^="overall"]').select_option("3.75")
        await expect(page.locator("#form")).to_contain_text(said.lower)
        await send.click()
        await at_step(page, "The breach is resolved")
        await guide.get_by_text("Take me there").click()
        await page.get_by_text("2 replies").click()
        await expect(page.locator(".thread-list")).to_contain_text(said.resolved)
        await at_step(page, "You have walked all five steps.")
        await expect(board).to_contain_text(said.all_well)
        assert faults == []


@pytest.mark.browser
async def test_two_people_stand_side_by_side_and_see_each_other_at_once(tmp_path: Path) -> None:
    async with demo(tmp_path, "zh-CN") as (url, names), chromium() as browser:
        page = await browser.new_page(viewport={"width": 1440, "height": 860})
        page.set_default_timeout(PATIENCE)
        await page.goto(url)
        await at_step(page, "Rate a colleague")
        await page.get_by_label(f"Open {names[TO_RATE]} side by side").click()
        other = page.frame_locator("#beside iframe")
        await expect(other.locator("#top h1")).to_have_text(names[TO_RATE])
        await expect(other.locator("#people")).to_be_hidden()
        await expect(other.locator(".moves")).to_have_count(0)
        await page.get_by_role("button", name="4", exact=True).click()
        await page.locator("#form footer .primary").click()
        await at_step(page, "See the HR channel turn red")
        await expect(other.locator(".message").last).to_contain_text("绩效面谈")
        await page.get_by_label(f"Close {names[TO_RATE]}").click()
        await expect(page.locator("#beside iframe")).to_have_count(0)
