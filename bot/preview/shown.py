"""What the page shows: each screen in both languages, as Slack's blocks."""

from __future__ import annotations

from typing import Any

from bot.platforms.slack import draw
from bot.preview.traced import Traced, keys
from prompts import render
from prompts.card import Card, File, Form
from prompts.render import LOCALES
from prompts.samples import sizes
from prompts.samples.every import screens


def everything() -> dict[str, Any]:
    """All screens and all mistakes, from the templates as they stand on the disk now."""
    render.forget()
    words = {locale: Traced(locale) for locale in LOCALES}
    found = {locale: screens(sizes.USUAL, one) for locale, one in words.items()}
    names = list(dict.fromkeys(name for one in found.values() for name in one))
    shown = [_screen(name, {one: found[one].get(name) for one in LOCALES}) for name in names]
    mistakes = [
        {"file": one.file, "line": one.line, "block": one.block, "why": one.why}
        for locale in LOCALES
        for one in words[locale].mistakes
    ]
    return {"screens": shown, "mistakes": mistakes}


def _screen(name: str, both: dict[str, Card | Form | None]) -> dict[str, Any]:
    blocks = list(dict.fromkeys(key for one in both.values() for key in keys(one)))
    return {
        "name": name,
        "subject": blocks[0].split(".")[0] if blocks else name,
        "blocks": blocks,
        "drawn": {locale: _drawn(name, one) for locale, one in both.items() if one},
    }


def _drawn(name: str, screen: Card | Form) -> dict[str, Any]:
    if isinstance(screen, Form):
        return draw.view(screen)
    if name.startswith("home"):
        return draw.home(screen)
    links = {part.key: "#" for part in screen.parts if isinstance(part, File)}
    return draw.message(screen, delivery="d1", kind="preview", attached=links)
