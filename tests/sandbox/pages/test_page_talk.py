from __future__ import annotations

import pytest
from pages_browser import desk
from pages_samples import board, gallery, invitation, section, team_row
from playwright.async_api import expect

from sandbox.slack.surfaces import accepted_view

pytestmark = pytest.mark.browser
LEAD, LIVELY, HEAD = "N0008", "N0026", "N0007"


async def test_button_edits_its_message_in_every_window() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LEAD)), team_row("胡书瑶", "很好。"))
        one, two = await made.window(LEAD), await made.window(LEAD)
        await one.get_by_role("button", name="3.75").click()
        await expect(two.locator(".card")).to_have_text("✅ 胡书瑶 · 3.75")
        await expect(two.get_by_text("已编辑")).to_be_visible()

        assert [name for name, _ in made.office.clerk.heard] == ["rate:3.75"]


async def test_text_is_shown_as_typed_and_never_as_markup() -> None:
    typed = "&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }} *b* <javascript:alert(1)|x> <!channel>"
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), [section(typed)])
        page = await made.window(LIVELY)
        card = page.locator(".card")
        await expect(card).to_have_text(
            "<img src=x onerror=alert(1)> {{ 7*7 }} b <javascript:alert(1)|x> @channel"
        )
        await expect(card.locator("img, a")).to_have_count(0)
        await expect(card.locator("strong")).to_have_text("b")


async def test_every_kind_of_block_is_drawn() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), [*gallery(), *board(zh=False)])
        page = await made.window(LIVELY)
        await page.locator(".block.image img").wait_for()
        kinds = await page.locator(".block").evaluate_all(
            "all => [...new Set(all.map(each => each.classList[1]))].sort()"
        )
        bars = await page.locator(".bars svg").evaluate_all(
            "all => all.map(each => each.getAttribute('aria-label'))"
        )

    assert kinds == [
        "actions",
        "data_visualization",
        "divider",
        "header",
        "image",
        "markdown",
        "rich_text",
        "section",
        "table",
    ]
    assert bars == [
        "4 and above: Actual 21, Policy 20",
        "3.75: Actual 16, Policy 15",
        "3.5: Actual 45, Policy 50",
        "3.25 and below: Actual 18, Policy 15",
    ]


async def test_controls_in_a_message_tell_what_was_chosen() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), gallery())
        page = await made.window(LIVELY)
        await page.get_by_label("Pick one").select_option("two")
        await page.get_by_label("More actions").click()
        await page.get_by_role("button", name="Drop").click()
        await made.office.workspace.until(lambda: len(made.office.clerk.heard) == 2)
        heard = [(name, said["selected_option"]["value"]) for name, said in made.office.clerk.heard]

    assert heard == [("pick", "two"), ("more", "drop")]


async def test_confirm_is_asked_before_a_press_counts() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), gallery())
        page = await made.window(LIVELY)
        await page.get_by_role("button", name="Close the cycle").click()
        await page.get_by_role("button", name="Not yet").click()
        await expect(page.get_by_role("dialog")).to_be_hidden()
        assert made.office.clerk.heard == []
        await page.get_by_role("button", name="Close the cycle").click()
        await page.get_by_role("button", name="Close it").click()
        await made.office.workspace.until(lambda: made.office.clerk.heard)

        assert [name for name, _ in made.office.clerk.heard] == ["drop"]


async def test_command_is_answered_for_the_asker_alone() -> None:
    async with desk() as made:
        page = await made.window(HEAD, channel=made.office.hr.id, lang="en")
        other = await made.window("N0016", channel=made.office.hr.id)
        await page.get_by_placeholder("Write a message").fill("/review status")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Only visible to you")).to_be_visible()
        await page.get_by_placeholder("Write a message").fill("Hello all")
        await page.keyboard.press("Enter")
        await expect(other.locator(".card")).to_have_text(["Hello all"])
        await expect(page.get_by_placeholder("Write a message")).to_have_value("")


async def test_thread_unfolds_under_its_message() -> None:
    async with desk() as made:
        posted = made.office.post(made.office.hr, board(zh=True))
        made.office.post(made.office.hr, [section("已恢复")], thread_ts=posted.ts)
        page = await made.window(HEAD, channel=made.office.hr.id)
        await expect(page.get_by_text("已恢复")).to_have_count(0)
        await page.get_by_role("button", name="1 条回复").click()
        await expect(page.get_by_text("已恢复")).to_be_visible()


async def test_language_follows_the_person_until_it_is_switched() -> None:
    async with desk() as made:
        page = await made.window(LIVELY)
        await expect(page.get_by_role("button", name="Send")).to_be_visible()
        await page.locator(f"[data-do=act-as][data-id={made.id(LEAD)}]").click()
        await expect(page.get_by_role("button", name="发送")).to_be_visible()
        await page.get_by_role("button", name="EN").click()
        await expect(page.get_by_role("button", name="Send")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_address_leads_back_to_person_and_conversation() -> None:
    async with desk() as made:
        made.office.post(made.office.hr, board(zh=True))
        page = await made.window(HEAD)
        await page.get_by_role("link", name="# hr").click()
        await expect(page.get_by_text("分布看板")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("分布看板")).to_be_visible()
        await page.go_back()
        await expect(page.get_by_text("分布看板")).to_have_count(0)


async def test_badge_counts_what_waits_and_goes_when_read() -> None:
    async with desk() as made:
        page = await made.window(HEAD)
        row = page.locator(f"[data-do=act-as][data-id={made.id(LIVELY)}]")
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        made.office.workspace.changes.tell("users")
        await expect(row.locator(".badge")).to_have_text("1")
        await row.click()
        await expect(page.get_by_role("button", name="Start")).to_be_visible()
        await expect(row.locator(".badge")).to_have_count(0)


async def test_people_are_found_by_title() -> None:
    async with desk() as made:
        page = await made.window(HEAD)
        await page.get_by_label("搜索姓名或职位").fill("marketplace")
        await expect(page.locator(".person")).to_have_text(
            ["RSRafael SchäferTeam Lead Marketplaces", "HYHannah YilmazMarketplace Manager DACH"]
        )


async def test_home_tab_is_drawn_and_pressed() -> None:
    async with desk() as made:
        view = accepted_view({"type": "home", "blocks": team_row("胡书瑶", "主页")})
        made.office.workspace.views.publish(made.id(LEAD), view)
        page = await made.window(LEAD, channel="home")
        await expect(page.get_by_role("button", name="4.5")).to_be_visible()
        await expect(page.locator("#composer")).to_be_hidden()


@pytest.mark.parametrize("channel", ["", "hr"])
async def test_phone_never_scrolls_sideways(channel: str) -> None:
    async with desk() as made:
        made.office.fill()
        where = made.office.hr.id if channel else ""
        page = await made.window(HEAD if channel else LEAD, channel=where, width=390)
        wide = await page.evaluate("document.scrollingElement.scrollWidth")

        assert wide == 390


async def test_what_the_app_does_with_a_message_is_in_its_menu() -> None:
    async with desk() as made:
        made.office.workspace.app.shortcuts = {"give": "Give feedback", "keep": "Keep it"}
        await made.office.people[HEAD].say("Well done", channel=made.office.hr.id)
        page = await made.window("N0014", channel=made.office.hr.id)
        message = page.locator(".message").filter(has_text="Well done")
        await message.hover()
        await message.get_by_label("更多操作").click()
        await message.get_by_role("button", name="Keep it").click()
        await made.office.workspace.until(lambda: bool(made.office.clerk.heard))
        await expect(message.locator("details[open]")).to_have_count(0)

    assert [(name, said["text"]) for name, said in made.office.clerk.heard] == [
        ("keep", "Well done")
    ]
