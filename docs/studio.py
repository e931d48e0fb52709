"""Where screens are taken: the demo in one language, and a browser to look at it with."""

from __future__ import annotations

import io
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page

from bot.demo.cast import LEAD, Cast, Quarter
from bot.demo.on_slack import OnSlack, key, open_field
from bot.demo.stage import Asked, on_stage
from review.policy import Policy
from sandbox.company import Person, rating_answers
from sandbox.errors import PersonError
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
    quarter: str
    """The one that is reviewed."""

    @property
    def locale(self) -> str:
        """The language as people's roster has it."""
        return LOCALES[self.language]

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
        return self.workspace.people[self.cast.members[employee].id]


def keep(picture: bytes, name: str) -> None:
    """As a small PNG."""
    drawn = (
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    )
    drawn.save(PLACE / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}\n")


@asynccontextmanager
async def studio(
    language: str, folder: Path, browser: Browser, policy: Policy | None = None
) -> AsyncIterator[Studio]:
    """The demo in that language, or one with other rules, once everybody is there."""
    quarter = Quarter.before(datetime.now(UTC).date())
    asked = Asked(
        host="127.0.0.1",
        port=0,
        people=48,
        seed=1,
        quarter=quarter,
        locale=LOCALES[language],
        folder=folder,
        policy=policy or Policy(),
    )
    async with on_stage(asked) as (chat, cast, _):
        if not isinstance(chat, OnSlack):
            raise TypeError(chat)
        server, workspace = chat.server, chat.workspace
        host = workspace.host
        await workspace.until(lambda: host and not host.busy and host.steps(), timeout=A_WHILE)
        await workspace.until(lambda: server.sockets.connections, timeout=A_WHILE)
        yield Studio(language, server.url, cast, workspace, browser, quarter.name)


async def settled(here: Studio) -> None:
    """Until the bot has said what it has to say."""
    await here.workspace.settled(quiet=3, timeout=60)


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


def waiting(here: Studio) -> str:
    """Somebody of that language who has not written yet."""
    locale = LOCALES[here.language]
    for one in here.cast.people:
        if one.employee_id not in here.cast.members or one.employee_id in {LEAD, RATER}:
            continue
        if one.locale != locale:
            continue
        shown = [
            str(block) for message in here.member(one.employee_id).dms() for block in message.blocks
        ]
        if any("self_review.open" in block for block in shown):
            return one.employee_id
    raise LookupError(locale)
