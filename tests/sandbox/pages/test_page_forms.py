from __future__ import annotations

import pytest
from pages_browser import desk
from pages_rig import BAD_WORD
from pages_samples import invitation, plain, review_form, section
from playwright.async_api import Page, expect

from sandbox.slack.surfaces import accepted_view

pytestmark = pytest.mark.browser
COMMENT = "[data-block='goal:1'][data-action=text]"
LIVELY = "N0026"


async def _open(page: Page) -> None:
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _complete(page: Page, comment: str) -> None:
    await page.get_by_label("自评分 Own score").select_option("3.75")
    await page.locator(COMMENT).fill(comment)
    await page.get_by_role("group", name="尊重每一个人").get_by_label("部分 Partly").check()
    await page.get_by_label("周报").check()


async def test_form_is_filled_and_sent_in_two_steps() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        await _complete(page, "It went well.")
        await page.get_by_role("button", name="保存并继续 Save").click()
        await page.get_by_label("整体说明").fill("All in all good.")
        await page.get_by_role("button", name="提交 Send").click()
        await expect(page.get_by_role("dialog")).to_be_hidden()
        first, last = (said for name, said in made.office.clerk.heard if name == "submitted")

    assert first["goal:1"]["text"]["value"] == "It went well."
    assert first["goal:1#s"]["score"]["selected_option"]["value"] == "3.75"
    assert first["value:customer_first:1"]["level"]["selected_option"]["value"] == "partly"
    assert [each["value"] for each in first["tags"]["picks"]["selected_options"]] == ["b"]
    assert first["until"]["date"]["selected_date"] is None
    assert last["overall"]["text"]["value"] == "All in all good."


async def test_form_names_what_is_missing_at_its_field() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        await page.get_by_label("自评分 Own score").select_option("3.5")
        await page.get_by_role("button", name="保存并继续 Save").click()
        box = page.locator(COMMENT)
        await expect(box).to_be_focused()
        await expect(box).to_have_accessible_description(
            "结果、原因、数字。Result, reason, figures. Please fill this in"
        )
        await expect(page.locator(".error")).to_have_count(2)
        made.office.workspace.changes.tell("users")
        await box.press_sequentially("a")
        await expect(page.locator(".error")).to_have_count(1)


async def test_form_shows_what_the_app_refuses_and_keeps_the_rest() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        await _complete(page, BAD_WORD)
        await page.get_by_role("button", name="保存并继续 Save").click()
        await expect(page.locator(".error")).to_have_text("Please say more.")
        await expect(page.locator(COMMENT)).to_have_value(BAD_WORD)
        await expect(page.locator(COMMENT)).to_be_focused()
        await page.locator(COMMENT).fill("More words.")
        await page.get_by_role("button", name="保存并继续 Save").click()
        await expect(page.get_by_label("整体说明")).to_be_focused()


async def test_typing_goes_on_while_the_form_is_redrawn() -> None:
    """Focus, caret and unsent text outlive updates of the view and news in the conversation."""
    async with desk() as made:
        workspace, user = made.office.workspace, made.id(LIVELY)
        made.office.post(workspace.dm(user), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        box = page.locator(COMMENT)
        await box.press_sequentially("Hello world")
        for _ in range(5):
            await box.press("ArrowLeft")
        shown = workspace.views.top(user)
        assert shown is not None
        workspace.views.update(shown, accepted_view(review_form(1, suggested="4")))
        made.office.post(workspace.dm(user), [section("News")])
        await expect(page.get_by_text("Suggested: 4")).to_be_visible()
        await box.press_sequentially("big ")

        await expect(box).to_be_focused()
        await expect(box).to_have_value("Hello big world")


async def test_choice_that_dispatches_redraws_the_form() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        await page.locator(COMMENT).fill("typed before")
        await page.get_by_label("自评分 Own score").select_option("4.5")
        await expect(page.get_by_text("Suggested: 4.5")).to_be_visible()
        await expect(page.locator(COMMENT)).to_have_value("typed before")


async def test_form_put_off_is_open_nowhere() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY)
        await _open(page)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()

        assert made.office.workspace.views.top(made.id(LIVELY)) is None


async def test_form_fills_a_phone() -> None:
    async with desk() as made:
        made.office.post(made.office.workspace.dm(made.id(LIVELY)), invitation(zh=False))
        page = await made.window(LIVELY, width=390)
        await _open(page)
        box = await page.get_by_role("dialog").bounding_box()

        assert box == {"x": 0, "y": 0, "width": 390, "height": 800}


async def test_changed_field_takes_the_new_value_under_a_new_id() -> None:
    """A block id with another ending is another field: it shows what the app put there."""
    async with desk() as made:
        workspace, user = made.office.workspace, made.id(LIVELY)
        view = review_form(2)
        shown = workspace.views.open(user, accepted_view(view))
        page = await made.window(LIVELY)
        async with page.expect_response("**/ui/input"):
            await page.get_by_label("整体说明").fill("mine")
        element = {"type": "plain_text_input", "action_id": "text", "initial_value": "theirs"}
        same = {
            "type": "input",
            "block_id": "overall",
            "label": plain("Overall, again"),
            "element": element,
        }
        workspace.views.update(shown, accepted_view({**view, "blocks": [same]}))
        await expect(page.get_by_label("Overall, again")).to_have_value("mine")
        workspace.views.update(
            shown, accepted_view({**view, "blocks": [{**same, "block_id": "overall#1"}]})
        )
        await expect(page.get_by_label("Overall, again")).to_have_value("theirs")
