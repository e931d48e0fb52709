"""How far a cycle is as a picture: the whole, then each department or team, bars side by side."""

from __future__ import annotations

from bot.pictures import Part, ProgressPicture, Row
from bot.pictures_head import head, heading
from bot.pictures_page import LEADING, Page
from bot.pictures_style import (
    BLUE,
    BODY,
    GAP,
    INK,
    INNER,
    MARGIN,
    MUTED,
    NEAR,
    SMALL,
    WARNING,
    WIDTH,
    ZONE,
)

BAR, THIN = 36, 22
"""Height of a bar of the whole, and of one in a row."""
BESIDE = 24
"""Between a bar and its words."""


def render(picture: ProgressPicture) -> bytes:
    """The PNG, as high as it takes."""
    page, high = lay_out(picture)
    return page.png(high)


def lay_out(picture: ProgressPicture) -> tuple[Page, float]:
    """The page with everything on it, and how high it is."""
    page = Page(WIDTH)
    y = head(page, picture.title, picture.note)
    if picture.parts:
        y += GAP / 2
        for part in picture.parts:
            y = _part(page, part, y) + NEAR
        y -= NEAR
    if picture.rows:
        y = heading(page, picture.rows_heading, y + GAP)
        left, right = _sides(page, picture.rows)
        for row in picture.rows:
            y = _row(page, row, y, left=left, right=right) + NEAR
        y -= NEAR
    if picture.more:
        y += NEAR
        y = page.paragraph(picture.more, x=MARGIN, y=y, width=INNER, size=SMALL, colour=MUTED)
    return page, y + MARGIN


def _part(page: Page, part: Part, y: float) -> float:
    """A line of words, the bar, when it is due."""
    figure, colour = _figure(part)
    middle = y + BODY * LEADING / 2
    page.text(figure, x=WIDTH - MARGIN, y=middle, size=BODY, colour=colour, side="right")
    room = max(INNER - page.measure(figure, BODY) - 32, INNER * 0.3)
    y = page.paragraph(part.label, x=MARGIN, y=y, width=room, size=BODY, colour=INK) + 8
    _bar(page, part, x=MARGIN, y=y, width=INNER, height=BAR)
    y += BAR
    if part.note:
        y = page.paragraph(part.note, x=MARGIN, y=y + 6, width=INNER, size=SMALL, colour=MUTED)
    return y


def _row(page: Page, row: Row, y: float, *, left: float, right: float) -> float:
    """Its name, then a line for each part: what, the bar, how many."""
    middle = y + BODY * LEADING / 2
    page.text(row.figure, x=WIDTH - MARGIN, y=middle, size=SMALL, colour=MUTED, side="right")
    room = max(INNER - page.measure(row.figure, SMALL) - 32, INNER * 0.3)
    y = page.paragraph(row.label, x=MARGIN, y=y, width=room, size=BODY, colour=INK, most=4)
    for part in row.parts:
        figure, colour = _figure(part)
        middle = y + SMALL * LEADING / 2
        (label,) = page.wrap(part.label, width=left, size=SMALL, most=1)
        page.text(label, x=MARGIN, y=middle, size=SMALL, colour=MUTED)
        page.text(figure, x=WIDTH - MARGIN, y=middle, size=SMALL, colour=colour, side="right")
        width = INNER - left - right - 2 * BESIDE
        x = MARGIN + left + BESIDE
        _bar(page, part, x=x, y=middle - THIN / 2, width=width, height=THIN)
        y += SMALL * LEADING
    return y


def _sides(page: Page, rows: tuple[Row, ...]) -> tuple[float, float]:
    """The room that words take left and right of the bars, the same in every row."""
    parts = [part for row in rows for part in row.parts]
    left = max((page.measure(part.label, SMALL) for part in parts), default=0)
    right = max((page.measure(_figure(part)[0], SMALL) for part in parts), default=0)
    return min(left, INNER * 0.35), right


def _bar(page: Page, part: Part, *, x: float, y: float, width: float, height: float) -> None:
    """What is done; what is missing pale, and dashed once it is late."""
    done = width * part.share
    page.box(x=x, y=y, width=width, height=height, colour=ZONE)
    page.box(x=x, y=y, width=done, height=height, colour=BLUE)
    if _missing(part):
        page.dashes(x=x + done, y=y, width=width - done, height=height, colour=WARNING)


def _figure(part: Part) -> tuple[str, str]:
    """How many, and in which colour; a sign tells what is late without colour."""
    return (f"▼ {part.figure}", WARNING) if _missing(part) else (part.figure, INK)


def _missing(part: Part) -> bool:
    return part.late and part.share < 1
