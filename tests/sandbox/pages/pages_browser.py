"""Chromium windows on the workspace; whatever goes wrong in a window fails the test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from pages_rig import Office, office
from playwright.async_api import Browser, Page, async_playwright

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 5_000
"""How long a window may take to show something, in milliseconds."""


@dataclass(slots=True)
class Desk:
    """The workspace, and a browser to look at it with."""

    office: Office
    url: str
    browser: Browser
    faults: list[str] = field(default_factory=list)

    async def window(
        self,
        employee: str,
        *,
        channel: str = "",
        width: int = 1200,
        scheme: Literal["light", "dark"] = "light",
        **facts: str,
    ) -> Page:
        """Open a window in which that person acts."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("request", lambda request: self._ask(request.url))
        asked = {"as": self.id(employee), "channel": channel, **facts}
        address = "&".join(f"{key}={value}" for key, value in asked.items() if value)
        await page.goto(f"{self.url}?{address}")
        await page.locator("#top h1").wait_for()
        return page

    def id(self, employee: str) -> str:
        return self.office.people[employee].id

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(text)

    def _ask(self, url: str) -> None:
        if not url.startswith((self.url, "data:")):
            self.faults.append(f"asked outside: {url}")


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """A workspace with a browser; it must end without an error in any window."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    async with office() as (made, url), async_playwright() as driver:
        options: dict[str, Any] = {"executable_path": chromium} if chromium else {}
        browser = await driver.chromium.launch(args=list(ARGS), **options)
        shown = Desk(made, url, browser)
        try:
            yield shown
        finally:
            await browser.close()
        assert shown.faults == []
