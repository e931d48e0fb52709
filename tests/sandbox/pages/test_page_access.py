"""What screen readers and keyboards find, judged by axe-core."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from pages_browser import desk
from pages_samples import board, gallery, invitation, team_row
from playwright.async_api import Page, expect

from sandbox.slack.surfaces import accepted_view

pytestmark = pytest.mark.browser
READER, HEAD, LEAD = "N0016", "N0007", "N0008"


async def _faults(page: Page) -> list[tuple[str, str]]:
    found = await Axe().run(page)
    return [
        (fault["id"], node["html"])
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
async def test_axe_finds_no_fault(scheme: Literal["light", "dark"]) -> None:
    async with desk() as made:
        office = made.office
        office.post(office.workspace.dm(made.id(READER)), [*gallery(), *invitation(zh=True)])
        office.post(office.hr, board(zh=True))
        home = accepted_view({"type": "home", "blocks": team_row("胡书瑶", "主页")})
        office.workspace.views.publish(made.id(LEAD), home)
        page = await made.window(READER, scheme=scheme)
        talk = await _faults(page)
        await page.get_by_role("button", name="开始自评").click()
        await page.get_by_role("button", name="保存并继续").click()
        await expect(page.locator(".error").first).to_be_visible()
        form = await _faults(page)
        hr = await _faults(await made.window(HEAD, channel=office.hr.id, scheme=scheme, width=390))
        tab = await _faults(await made.window(LEAD, channel="home", scheme=scheme))
        pair = await made.window(LEAD, beside=made.id(HEAD), scheme=scheme, width=1440)
        await expect(pair.frame_locator("#beside iframe").locator("#top h1")).to_be_visible()
        two = await _faults(pair)

    assert [talk, form, hr, tab, two] == [[], [], [], [], []]


async def test_form_is_filled_by_keyboard_alone() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id("N0026")), invitation(zh=False))
        page = await made.window("N0026")
        await page.get_by_role("button", name="Start").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("自评分 Own score")).to_be_focused()
        await page.keyboard.type("3.7")
        await page.keyboard.press("Tab")
        await page.keyboard.type("By keyboard.")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        for _ in range(2):
            await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        await page.keyboard.press("Shift+Tab")
        await page.get_by_role("button", name="保存并继续 Save").press("Enter")
        await expect(page.get_by_label("整体说明")).to_be_focused()
        said = next(values for name, values in made.office.clerk.heard if name == "submitted")

    assert said["goal:1#s"]["score"]["selected_option"]["value"] == "3.75"
    assert said["goal:1"]["text"]["value"] == "By keyboard."
    assert said["value:customer_first:1"]["level"]["selected_option"]["value"] == "yes"
    assert [each["value"] for each in said["tags"]["picks"]["selected_options"]] == ["b"]
