"""A person, a manager, who signs and HR at the page in headless Chromium, up to both signatures."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from place import Place, place
from place_forms import key, shown, step
from playwright.async_api import Browser, Page, async_playwright, expect

ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
PATIENCE = 10_000
WRITER, BOSS, SKIP, HR, ADMIN = "N0018", "N0008", "N0002", "N0014", "N0016"
PRESSES = 12
CASE = "上线前发现尺码表有误，当天改好并通知客服，退货率回落。"


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    found = shutil.which("chromium")
    assert found, "the browser tests need Debian's chromium: make browser"
    async with async_playwright() as tool:
        browser = await tool.chromium.launch(executable_path=found, args=list(ARGS))
        try:
            yield browser
        finally:
            await browser.close()


async def window(browser: Browser, here: Place, employee: str, channel: str = "") -> Page:
    page = await browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(PATIENCE)
    asked = f"?as={here.who[employee].id}" + (f"&channel={channel}" if channel else "")
    await page.goto(f"{here.server.url}{asked}")
    return page


async def fill_and_send(page: Page, here: Place) -> int:
    """Answer whatever the dialog asks, step by step, until it is gone; how many steps it had."""
    dialog = page.locator("#form[open]")
    await dialog.wait_for()
    seen: set[str] = set()
    for _ in range(PRESSES):
        seen.add(step(here.workspace.people[_who(page)]))
        place_in_form = await dialog.locator(".body").inner_text()
        await _answer_all(page, here)
        await dialog.locator("footer .primary").click()
        await here.workspace.settled()
        if here.workspace.views.top(_who(page)) is None:
            await expect(dialog).to_have_count(0)
            return len(seen)
        await expect(dialog.locator(".body")).not_to_have_text(place_in_form)
    raise AssertionError("the form has no end")


def _who(page: Page) -> str:
    return page.url.split("as=")[1].split("&")[0]


async def _answer_all(page: Page, here: Place) -> None:
    """Scores 3.5, ladders up to the half of the third level, words where they are due."""
    asked = True
    while asked:
        asked = False
        view = here.workspace.views.top(_who(page))
        assert view is not None
        held = shown(here.workspace.people[_who(page)])
        for block in view.blocks:
            if block["type"] != "input" or held.get(key(block["block_id"])):
                continue
            name, kind = block["block_id"], block["element"]["type"]
            control = page.locator(f'#form [data-block="{name}"]')
            if kind == "static_select":
                await control.select_option("3.5")
            elif kind == "radio_buttons":
                level = "yes" if int(name.rsplit(":", 1)[1].split("#")[0]) < 3 else "partly"
                await page.locator(f'#form [data-block="{name}"][data-value="{level}"]').check()
            elif block.get("optional"):
                continue
            elif not await control.input_value():
                await control.fill(CASE)
                continue
            else:
                continue
            await here.workspace.settled()
            asked = True
            break


@pytest.mark.browser
async def test_from_self_review_to_both_signatures_in_a_browser(tmp_path: Path) -> None:
    async with place(tmp_path, count=48) as here, chromium() as browser:
        cycle = await here.open_cycle()
        writer = await window(browser, here, WRITER)
        await writer.get_by_role("button", name="开始自评").click()
        assert await fill_and_send(writer, here) == 4
        await here.settle()
        await expect(writer.get_by_text("您的自评已于 10月12日（周一）提交")).to_be_visible()

        boss = await window(browser, here, BOSS)
        row = boss.get_by_text("已自评，请评分")
        await expect(row).to_have_count(1)
        await boss.get_by_role("button", name="3.5", exact=True).click()
        assert await fill_and_send(boss, here) == 4
        await here.settle()
        await expect(boss.get_by_role("button", name="修改")).to_be_visible()
        await expect(boss.get_by_role("button", name="3.5", exact=True)).to_have_count(0)

        channel = here.workspace.channel("#hr")
        assert channel is not None
        board = await window(browser, here, ADMIN, channel.id)
        await expect(board.get_by_text("Self-reviews 1/38 · ratings 1/38")).to_be_visible()

        skip = await window(browser, here, SKIP)
        await skip.get_by_role("button", name="同意", exact=True).click()
        await here.settle()
        await expect(skip.get_by_role("button", name="同意", exact=True)).to_have_count(0)

        partner = await window(browser, here, HR)
        await partner.get_by_role("button", name="查看").click()
        dialog = partner.locator("#form[open]")
        await expect(dialog.get_by_text(CASE).first).to_be_visible()
        for page in range(2, 5):
            await dialog.locator("footer .primary").click()
            await expect(dialog.get_by_text(f"第 {page} 步，共 4 步")).to_be_visible()
        await dialog.get_by_role("radio", name="同意").check()
        await dialog.locator("footer .primary").click()
        await expect(dialog).to_have_count(0)
        await here.settle()
        saved = await here.review(cycle, WRITER)
    assert saved.manager_part is not None
    assert saved.manager_part.cases["overall"] == CASE
    assert [word.by for word in saved.sign_offs] == [BOSS, SKIP, HR]
