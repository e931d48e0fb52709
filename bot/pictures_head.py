"""What every picture begins with: its title and note, and the headings of its parts."""

from __future__ import annotations

from bot.pictures_page import Page
from bot.pictures_style import HEADING, INK, INNER, MARGIN, MUTED, SMALL, TITLE

BELOW = 20
"""Between a heading and what it heads."""
CLOSE = 8
"""Between the title and its note."""


def head(page: Page, title: str, note: str) -> float:
    """The title, and the note where there is one; where the next thing begins."""
    y = page.paragraph(title, x=MARGIN, y=MARGIN, width=INNER, size=TITLE, colour=INK)
    if note:
        y = page.paragraph(note, x=MARGIN, y=y + CLOSE, width=INNER, size=SMALL, colour=MUTED)
    return y


def heading(page: Page, words: str, y: float) -> float:
    """A part's heading; where the part begins. Without words the part begins there at once."""
    if not words:
        return y
    return page.paragraph(words, x=MARGIN, y=y, width=INNER, size=HEADING, colour=INK) + BELOW
