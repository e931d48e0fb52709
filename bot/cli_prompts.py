"""`nosurprise prompts`: the texts, for whoever edits them."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from bot.demo.stage import locale as company_locale
from bot.preview import preview

app = typer.Typer(no_args_is_help=True, help="The texts people read.")


@app.callback()
def prompts() -> None:
    """Keep `preview` a word of its own."""


@app.command(name="preview")
def preview_command(
    locale: Annotated[str | None, typer.Option(help="zh-CN or en")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8766,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,  # noqa: FBT002
) -> None:
    """Show every text with sample data in the browser, as it stands on the disk now."""
    language = locale or company_locale()
    sys.exit(asyncio.run(preview(locale=language, port=port, browser=browser)))
