"""Takes every screen of the product, out of the demo, into docs/screens: `make screens`.

Chinese and English, desktop and phone, light and dark. Look at them before you commit them.
"""

from __future__ import annotations

import asyncio
import io
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.demo.cast import LEAD, TO_RATE, Cast, Quarter
from bot.demo.colleagues import key, open_field
from bot.demo.stage import Asked, on_stage
from sandbox.company import Person, rating_answers, self_answers
from sandbox.slack.errors import PersonError
from sandbox.slack.people import Person as Member
from sandbox.slack.workspace import Workspace

PLACE = Path(__file__).parent / "screens"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
COLOURS = 224
A_WHILE = 120
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
LOCALES = {"zh": "zh-CN", "en": "en"}
RATER = "N0004"
"""A manager with somebody to rate, whose form is not filled in yet."""
FEEDBACK = {
    "zh": {
        "kind": "constructive",
        "about": "value:teamwork",
        "behaviour": "周三的活动页晚了两小时上线，没有提前说。",
        "effect": "推广的同事一直在等，首小时的流量没有接住。",
        "expectation": "来不及的时候，提前半天在群里说一声。",
    },
    "en": {
        "kind": "constructive",
        "about": "value:teamwork",
        "behaviour": "Wednesday's campaign page went live two hours late, and nobody knew before.",
        "effect": "The paid traffic of the first hour met the old page.",
        "expectation": "When it gets tight, say so half a day ahead.",
    },
}
Do = Callable[[Page], Awaitable[object]]


async def nothing(_: Page) -> None:
    """There is nothing to be done first."""


@dataclass(frozen=True, slots=True)
class Studio:
    """One language's demo, and a browser to look at it with."""

    language: str
    url: str
    cast: Cast
    workspace: Workspace
    browser: Browser

    async def take(self, name: str, who: str, channel: str = "", do: Do = nothing) -> None:
        """One screen in each size and scheme."""
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                page = await self.browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    reduced_motion="reduce",
                )
                asked = f"?as={self.cast.members[who].id}&lang={self.language}"
                await page.goto(f"{self.url}{asked}{f'&channel={channel}' if channel else ''}")
                await page.locator("#top h1").wait_for()
                await page.wait_for_timeout(500)
                await do(page)
                await page.wait_for_timeout(500)
                keep(await page.screenshot(), f"{name}.{self.language}.{size}.{scheme}")
                await page.close()

    def colleague(self, employee: str) -> Person:
        return next(one for one in self.cast.people if one.employee_id == employee)

    def member(self, employee: str) -> Member:
        return self.cast.members[employee]


def keep(picture: bytes, name: str) -> None:
    """As a small PNG."""
    drawn = (
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    )
    drawn.save(PLACE / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}\n")


@asynccontextmanager
async def studio(language: str, folder: Path, browser: Browser) -> AsyncIterator[Studio]:
    """The demo in that language, once everybody is there."""
    quarter = Quarter.before(datetime.now(UTC).date())
    asked = Asked(
        host="127.0.0.1",
        port=0,
        people=48,
        seed=1,
        quarter=quarter,
        locale=LOCALES[language],
        folder=folder,
    )
    async with on_stage(asked) as (server, cast, _):
        workspace = server.workspace
        host = workspace.host
        await workspace.until(lambda: host and not host.busy and host.steps(), timeout=A_WHILE)
        yield Studio(language, server.url, cast, workspace, browser)


async def writing(here: Studio, employee: str, steps: int) -> None:
    """Somebody fills in their self-review, so many steps of it."""
    member, colleague = here.member(employee), here.colleague(employee)
    await member.press("self_review.open")
    for _ in range(steps):
        await fill(member, partial(self_answers, colleague))
        await member.submit()


async def fill(member: Member, answers: Callable[[list[tuple[str, str]]], dict[str, str]]) -> None:
    """Answer what the open step asks; the rows' titles stand above their fields."""
    rows: list[tuple[str, str]] = []
    title = ""
    for block in member.form.blocks if member.form else []:
        name = key(str(block.get("block_id", "")))
        if block["type"] == "header":
            title = str(block["text"]["text"])
        elif name.startswith("goal:"):
            rows.append((name.removeprefix("goal:"), title))
    done: set[str] = set()
    told = answers(rows)
    while field := open_field(member, told, done):
        done.add(field)
        await member.fill({field: told[key(field)]})


def waiting(here: Studio) -> str:
    """Somebody of that language who has not written yet."""
    locale = LOCALES[here.language]
    for one in here.cast.people:
        member = here.cast.members.get(one.employee_id)
        if member is None or one.locale != locale or one.employee_id in {LEAD, RATER}:
            continue
        shown = [str(block) for message in member.dms() for block in message.blocks]
        if any("self_review.open" in block for block in shown):
            return one.employee_id
    raise LookupError(locale)


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
        await here.workspace.settled(quiet=3, timeout=60)
        await here.take(f"{number}-{word}", boss if word == "help" else here.cast.admin)
    await here.member(boss).command("/review rat")
    await here.take("13-unknown-word", boss)
    await here.take("14-side-by-side", boss, do=beside)
    await here.member(here.cast.admin).command("/review deliveries")
    await here.take("15-deliveries", here.cast.admin)
    await signing(here)
    await feedback(here)


async def signing(here: Studio) -> None:
    """A list to sign, and a whole review on it."""
    signer = signs(here)
    await here.take("16-sign-list", signer)
    await here.member(signer).press("signoff.open", value=first_of(here, signer, "signoff.open"))
    await here.take("17-sign-reading", signer)
    await here.member(signer).close()


async def feedback(here: Studio) -> None:
    """A word to a colleague: the form, and as it arrives."""
    giver = waiting(here)
    boss = str(here.colleague(giver).manager_id)
    await here.member(boss).command(f"/review feedback <@{here.member(giver).id}>")
    await here.take("18-feedback", boss)
    member, words = here.member(boss), FEEDBACK[here.language]
    await fill(member, lambda _: words)
    await member.submit()
    await here.workspace.settled(quiet=3, timeout=60)
    await here.take("19-feedback-arrived", giver)


def signs(here: Studio) -> str:
    """Whoever has most to sign, of that language if there is one."""
    lists = {one: len(offered(here, one, "signoff.open")) for one in here.cast.members}
    locale = LOCALES[here.language]
    speaks = {one.employee_id for one in here.cast.people if one.locale == locale}
    return max(lists, key=lambda one: (lists[one] > 0 and one in speaks, lists[one]))


def offered(here: Studio, employee: str, action: str) -> list[str]:
    """The values of all such buttons in somebody's messages."""
    found = [
        one
        for message in here.member(employee).dms()
        for block in message.blocks
        for one in (block.get("accessory"), *block.get("elements", ()))
    ]
    return [str(one["value"]) for one in found if one and one.get("action_id") == action]


def first_of(here: Studio, employee: str, action: str) -> str:
    return offered(here, employee, action)[0]


async def rate_somebody(here: Studio, boss: str) -> None:
    """The manager opens the form of somebody who waits, and fills in its first step."""
    for one in here.cast.people:
        button = f"rate:{one.given}"
        if one.manager_id != boss:
            continue
        with suppress(PersonError):  # whoever is rated already has no such button
            await here.member(boss).press(button, near=one.name)
            await fill(here.member(boss), partial(rating_answers, one))
            return
    raise LookupError(boss)


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
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
