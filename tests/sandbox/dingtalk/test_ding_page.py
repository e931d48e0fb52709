"""The page of the local DingTalk, as somebody uses it in a browser."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from ding_page import ANA, BEN, INVITATION, PIXEL, hr_group, room, says
from playwright.async_api import Page, expect

pytestmark = pytest.mark.browser


async def test_link_in_a_message_sends_its_text_and_the_robot_hears_it() -> None:
    async with room() as made:
        await made.send(ANA, title="2026Q3", text=INVITATION)
        page = await made.window(ANA)
        await page.get_by_role("button", name="开始自评").click()
        await expect(page.locator(".mine .bubble")).to_have_text("开始自评 [self_review.open 7]")
        heard = [one["text"]["content"] for one in made.app.told]

    assert heard == ["开始自评 [self_review.open 7]"]


async def test_whoever_says_something_far_above_sees_it_at_the_foot() -> None:
    async with room() as made:
        await made.send(ANA, title="2026Q3", text=INVITATION)
        await made.send(ANA, title="T", text="\n\n".join(f"line {one}" for one in range(200)))
        page = await made.window(ANA)
        await page.get_by_role("button", name="开始自评").click()
        await expect(page.locator(".mine .bubble")).to_be_in_viewport()


async def test_action_card_has_its_buttons_below_and_words_are_typed_with_enter() -> None:
    async with room() as made:
        buttons = {"singleTitle": "4", "singleURL": says("4")}
        await made.send(ANA, key="sampleActionCard", title="T", text="**Sales**", **buttons)
        page = await made.window(ANA)
        await page.locator(".below button").click()
        await expect(page.locator(".mine")).to_have_count(1)
        await page.get_by_placeholder("发消息给").fill("三点五")
        await page.keyboard.press("Enter")
        await expect(page.locator(".mine .bubble")).to_have_text(["4", "三点五"])
        await expect(page.get_by_placeholder("发消息给")).to_have_value("")
        heard = [one["text"]["content"] for one in made.app.told]

    assert heard == ["4", "三点五"]


async def test_form_card_is_filled_sent_and_closed_for_that_person() -> None:
    async with room() as made:
        await made.put(ANA)
        page = await made.window(ANA)
        await page.get_by_role("button", name="提交").click()
        await expect(page.locator(".wrong .error")).to_have_text("请填写这一项")
        await page.get_by_label("支付成交额").select_option("3.5")
        await page.get_by_label("说明").fill("Good quarter")
        await page.get_by_text("是", exact=True).first.click()
        await page.get_by_label("日期").fill("2026-10-20")
        await page.get_by_label("顾客感谢信").check()
        await made.send(ANA, title="T", text="another message comes meanwhile")
        await expect(page.get_by_text("another message")).to_be_visible()
        await page.get_by_role("button", name="提交").click()
        await expect(page.locator(".card")).to_contain_text("收到了，谢谢。")
        await expect(page.locator(".card-form")).to_have_count(0)
        content = json.loads(made.app.told[-1]["content"])

    assert content["cardPrivateData"]["params"]["form"] == {
        "rating": {"index": 1, "value": "3.5"},
        "why": "Good quarter",
        "level": {"index": 0, "value": "yes"},
        "hours": 8,
        "public": False,
        "day": "2026-10-20",
        "tags": {"index": [0], "value": ["a"]},
    }


async def test_text_is_shown_as_written_and_never_as_markup() -> None:
    hostile = (
        "<img src=x onerror=alert(1)> [a](javascript:alert) ![b](javascript:alert) "
        "\\[c\\](dtmd://x) \\*\\*d\\*\\* **e** [f](data:text/html,x) &lt;script&gt;"
    )
    async with room() as made:
        await made.send(ANA, title="T", text=hostile)
        await made.put(ANA, title="<b>x</b>", text=hostile)
        page = await made.window(ANA)
        for place in (page.locator(".bubble .md"), page.locator(".card .md")):
            await expect(place).to_have_text(
                "<img src=x onerror=alert(1)> a  [c](dtmd://x) **d** e f <script>"
            )
            await expect(place.locator("img, a, script, button")).to_have_count(0)
            await expect(place.locator("strong")).to_have_text("e")
        await expect(page.locator(".card-title")).to_have_text("<b>x</b>")


async def test_group_has_pictures_and_hears_only_what_mentions_the_robot() -> None:
    async with room() as made:
        group = hr_group(made.organisation)
        media = made.organisation.keep(PIXEL)
        await made.send_group(group, title="T", text=f"### Board\n\n![dot]({media})")
        await made.send_group(group, key="sampleImageMsg", photoURL=media)
        page = await made.window(BEN, channel=group)
        await expect(page.locator("#talk img:not(.avatar)")).to_have_count(2)
        widths = await page.locator("#talk img:not(.avatar)").evaluate_all(
            "async all => { for (const one of all) await one.decode(); "
            "return all.map(one => one.naturalWidth); }"
        )
        for text in ("lunch?", "@NoSurprise status"):
            await page.get_by_placeholder("Message the group").fill(text)
            await page.keyboard.press("Enter")
        await expect(page.locator(".mine .bubble")).to_have_text(["lunch?", "status"])
        heard = [one["text"]["content"] for one in made.app.told]

    assert (widths, heard) == ([1, 1], [" status"])


async def test_file_voice_picture_calendar_and_to_dos() -> None:
    async with room() as made:
        await made.plan(ANA)
        media = made.organisation.keep(b"zip")
        told = {"mediaId": media, "fileName": "我的数据.zip", "fileType": "zip"}
        await made.send(ANA, key="sampleFile", **told)
        page = await made.window(ANA)
        async with page.expect_download() as started:
            await page.get_by_role("link", name="我的数据.zip", exact=True).click()
        assert (await started.value).suggested_filename == "我的数据.zip"
        await page.get_by_placeholder("发消息给").fill("四分")
        await page.get_by_label("以语音发送").click()
        await expect(page.locator(".voice")).to_contain_text("四分")
        files = [{"name": "a.png", "mimeType": "image/png", "buffer": PIXEL}]
        await page.locator("#picture").set_input_files(files)  # type: ignore[arg-type]
        await expect(page.locator(".picture img")).to_be_visible()
        await page.get_by_role("button", name="日程与待办").click()
        await expect(page.locator("#side li strong")).to_have_text(["绩效面谈", "整理退货流程"])
        kinds = [one["msgtype"] for one in made.app.told]

    assert kinds == ["audio", "picture"]


async def test_language_is_the_persons_until_switched_and_a_trouble_is_told() -> None:
    async with room() as made:
        await made.put(BEN)
        page = await made.window(BEN)
        await expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
        await page.get_by_role("button", name="中").click()
        await expect(page.get_by_role("button", name="发送", exact=True)).to_be_visible()
        made.organisation.cards["one"].stream = False
        await page.get_by_role("button", name="稍后").click()
        await expect(page.locator("#toast")).to_contain_text("no callback")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
async def test_axe_finds_no_fault_and_a_phone_never_scrolls_sideways(
    scheme: Literal["light", "dark"],
) -> None:
    async with room() as made:
        group = hr_group(made.organisation)
        media = made.organisation.keep(PIXEL)
        buttons = {"singleTitle": "4", "singleURL": says("4")}
        await made.send(ANA, title="T", text=INVITATION)
        await made.send(ANA, key="sampleActionCard", title="T", text="###### small", **buttons)
        await made.put(ANA)
        await made.plan(ANA)
        await made.organisation.person(ANA).speak("四分")
        await made.send_group(group, title="T", text=f"![dot]({media})\n\n---\n\nwords")
        page = await made.window(ANA, scheme=scheme, width=1440)
        await page.get_by_role("button", name="提交").click()
        await expect(page.locator(".error")).to_be_visible()
        wide = await _faults(page)
        phone = await made.window(ANA, scheme=scheme, width=375)
        narrow = await _faults(phone)
        in_group = await made.window(BEN, channel=group, scheme=scheme, width=375)
        other = await _faults(in_group)
        widths = [
            await one.evaluate("document.scrollingElement.scrollWidth") for one in (phone, in_group)
        ]

    assert ([wide, narrow, other], widths) == ([[], [], []], [375, 375])


async def _faults(page: Page) -> list[tuple[str, str]]:
    found = await Axe().run(page)
    return [
        (fault["id"], node["html"])
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
