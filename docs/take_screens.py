"""Takes every screen of the product, out of the demo, into docs/screens: `make screens`.

Chinese and English, desktop and phone, light and dark. Look at them before you commit them.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from functools import partial
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.demo.cast import LEAD, TO_RATE
from docs import between_screens, hr_screens, later_screens
from docs.studio import (
    A_WHILE,
    ARGS,
    PLACE,
    RATER,
    Studio,
    fill,
    rate_somebody,
    settled,
    studio,
    waiting,
)
from sandbox.company import self_answers


async def writing(here: Studio, employee: str, steps: int) -> None:
    """Somebody fills in their self-review, so many steps of it."""
    member, colleague = here.member(employee), here.colleague(employee)
    await member.press("self_review.open")
    for _ in range(steps):
        await fill(member, partial(self_answers, colleague))
        await member.submit()


async def buttons(page: Page) -> None:
    """To the first rating buttons."""
    await page.locator('[data-action="rate:3.5"]').first.scroll_into_view_if_needed()


async def bottom(page: Page) -> None:
    """To the end of the form."""
    await page.locator("#form .body").evaluate("body => body.scrollTo(0, body.scrollHeight)")


async def beside(page: Page) -> None:
    """A second person next to the first, or the list of people on a phone."""
    if await page.locator(".phone[data-do=show-people]").is_visible():
        await page.locator(".phone[data-do=show-people]").click()
    else:
        await page.locator("[data-do=beside]").nth(18).evaluate("link => link.click()")
        await page.wait_for_timeout(1000)


async def threads(page: Page) -> None:
    """The replies below the board."""
    await page.locator(".replies").last.click()
    await page.locator(".thread-list img.wide").first.wait_for()
    await page.wait_for_timeout(800)
    await page.locator(".thread-list").last.evaluate("list => list.scrollIntoView()")


async def take_all(here: Studio) -> None:
    """Every screen, in the order in which a quarter shows them."""
    writer, boss = waiting(here), LEAD
    channel = here.workspace.channel("#hr")
    hr = channel.id if channel else ""
    await here.take("01-team-list", boss, do=buttons)
    await here.take("02-my-review", writer)
    await writing(here, writer, 0)
    await here.take("03-self-review-goals", writer)
    await here.take(
        "04-self-review-missing", writer, do=lambda page: page.locator("#form .primary").click()
    )
    await writing(here, writer, 1)
    await fill(here.member(writer), partial(self_answers, here.colleague(writer)))
    await here.take("05-self-review-values", writer)
    await here.member(writer).close()
    lead = here.member(LEAD)
    await lead.press("rate:4", near=here.colleague(TO_RATE).name)
    await here.take("06-rating-overall", LEAD, do=bottom)
    await lead.close()
    await rate_somebody(here, RATER)
    await here.take("07-rating-goals", RATER)
    await here.member(RATER).close()
    await lead.press("rate:4", near=here.colleague(TO_RATE).name)
    said = len(channel.messages) if channel else 0
    await lead.submit()
    await here.workspace.until(lambda: channel and len(channel.messages) > said, timeout=A_WHILE)
    await here.take("08-hr-board", here.cast.admin, hr)
    await here.take("09-hr-warning", here.cast.admin, hr, threads)
    for number, word in enumerate(("status", "distribution", "help"), start=10):
        await here.member(boss if word == "help" else here.cast.admin).command(f"/review {word}")
        await settled(here)
        await here.take(f"{number}-{word}", boss if word == "help" else here.cast.admin)
    await here.member(boss).command("/review rat")
    await here.take("13-unknown-word", boss)
    await here.take("14-side-by-side", boss, do=beside)
    await here.member(here.cast.admin).command("/review deliveries")
    await here.take("15-deliveries", here.cast.admin)
    await later_screens.take_all(here)
    await between_screens.take_all(here)


async def main() -> None:
    """Both languages."""
    PLACE.mkdir(exist_ok=True)
    for old in PLACE.glob("*.png"):
        old.unlink()
    async with async_playwright() as tool:
        browser = await tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGS)
        )
        for language in ("zh", "en"):
            with tempfile.TemporaryDirectory() as folder:
                async with studio(language, Path(folder), browser) as here:
                    await take_all(here)
            with tempfile.TemporaryDirectory() as folder:
                rules = hr_screens.CALIBRATED
                async with studio(language, Path(folder), browser, rules) as here:
                    await hr_screens.take_all(here)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
