"""Performance beside values as a picture: nine boxes with who is in each."""

from __future__ import annotations

from bot.pictures import Box, BoxRow, MatrixPicture
from bot.pictures_head import head
from bot.pictures_page import LEADING, Page
from bot.pictures_style import (
    BODY,
    GAP,
    INK,
    INNER,
    MARGIN,
    MUTED,
    NEAR,
    SMALL,
    TRACK,
    WIDTH,
    ZONE,
)

BETWEEN, INSIDE = 16, 18
"""Between two boxes, and between a box's edge and its words."""
LEAST_HEIGHT = 120


def render(picture: MatrixPicture) -> bytes:
    """The PNG, as high as it takes."""
    page, high = lay_out(picture)
    return page.png(high)


def lay_out(picture: MatrixPicture) -> tuple[Page, float]:
    """The page with everything on it, and how high it is."""
    page = Page(WIDTH)
    y = head(page, picture.title, picture.note) + GAP / 2
    width = _width(max(1, len(picture.columns)))
    ends = [y]
    for number, label in enumerate(picture.columns):
        x = _left(number, width)
        end = page.paragraph(label, x=x, y=y, width=width, size=SMALL, colour=MUTED, most=2)
        ends.append(end)
    y = max(ends) + NEAR / 2
    for row in picture.rows:
        y = _row(page, row, y, width) + NEAR
    return page, y - NEAR + MARGIN


def _width(columns: int) -> float:
    return (INNER - BETWEEN * (columns - 1)) / columns


def _left(number: int, width: float) -> float:
    return MARGIN + number * (width + BETWEEN)


def _row(page: Page, row: BoxRow, y: float, width: float) -> float:
    """The row's label, then its boxes, all as high as the fullest; where it ends."""
    y = page.paragraph(row.label, x=MARGIN, y=y, width=INNER, size=SMALL, colour=MUTED, most=2) + 8
    high = max([LEAST_HEIGHT, *(_height(page, box, width) for box in row.boxes)])
    for number, box in enumerate(row.boxes):
        x = _left(number, width)
        page.box(x=x, y=y, width=width, height=high, colour=ZONE if box.names else TRACK)
        _words(page, box, x + INSIDE, y + INSIDE, width - 2 * INSIDE)
    return y + high


def _height(page: Page, box: Box, width: float) -> float:
    """How high its words are with the room around them."""
    lines = len(box.names) + bool(box.more)
    titled = _title(page, box, width - 2 * INSIDE)
    return 2 * INSIDE + LEADING * (BODY * len(titled) + SMALL * lines)


def _title(page: Page, box: Box, room: float) -> list[str]:
    """The label and how many, in as many lines as that takes."""
    words = " ".join(part for part in (box.label, box.figure) if part)
    return page.wrap(words, width=room, size=BODY, most=3) if words else []


def _words(page: Page, box: Box, x: float, y: float, room: float) -> None:
    for line in _title(page, box, room):
        page.text(line, x=x, y=y + BODY * LEADING / 2, size=BODY, colour=INK)
        y += BODY * LEADING
    for name in (*box.names, *([box.more] if box.more else [])):
        (line,) = page.wrap(name, width=room, size=SMALL, most=1)
        page.text(line, x=x, y=y + SMALL * LEADING / 2, size=SMALL, colour=INK)
        y += SMALL * LEADING
