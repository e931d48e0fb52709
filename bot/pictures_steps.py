"""The share of each step of the scale: columns, or rows where the words need the width."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.pictures import Column
from bot.pictures_page import LEADING, Page
from bot.pictures_style import BLUE, BODY, INK, INNER, LEAST, LINE, MARGIN, MUTED, SMALL, WIDTH

HEIGHT = 300
"""Of the highest column."""
WIDEST = 110
"""A column, however few there are."""
ROW = 40


def draw_steps(page: Page, columns: tuple[Column, ...], y: float) -> float:
    """Draws them from y down; gives where they end."""
    pitch = INNER / len(columns)
    labels = [text for one in columns for text in (one.figure, one.label)]
    size = page.fit(labels, width=pitch * 0.84, size=BODY)
    details = page.fit([one.detail for one in columns], width=pitch * 0.94, size=min(SMALL, size))
    names = min(
        page.fit([name], width=pitch * count - 12, size=SMALL) for name, count in _bands(columns)
    )
    if min(size, details, names) < LEAST:
        return _rows(page, columns, y)
    return _columns(page, columns, y, sizes=(size, details, names))


def _bands(columns: tuple[Column, ...]) -> Iterator[tuple[str, int]]:
    for name, run in groupby(columns, lambda one: one.band):
        yield name, len(list(run))


def _highest(columns: tuple[Column, ...]) -> float:
    return max(*(one.share for one in columns), 0.01)


def _columns(
    page: Page, columns: tuple[Column, ...], y: float, *, sizes: tuple[float, float, float]
) -> float:
    size, small, names = sizes
    pitch = INNER / len(columns)
    wide = min(pitch * 0.72, WIDEST)
    foot = y + size * LEADING + HEIGHT
    lowest = foot
    for place, one in enumerate(columns):
        x = MARGIN + pitch * (place + 0.5)
        high = HEIGHT * one.share / _highest(columns)
        page.box(x=x - wide / 2, y=foot - high, width=wide, height=high, colour=BLUE)
        at = foot - high - 0.6 * size
        page.text(one.figure, x=x, y=at, size=size, colour=INK, side="center")
        at = foot + 0.8 * size
        page.text(one.label, x=x, y=at, size=size, colour=INK, side="center")
        lowest = max(lowest, at + 0.6 * size)
        if one.detail:
            at += LEADING * small
            page.text(one.detail, x=x, y=at, size=small, colour=MUTED, side="center")
            lowest = max(lowest, at + 0.6 * small)
    page.line((MARGIN, WIDTH - MARGIN), (foot, foot), colour=LINE)
    return _brackets(page, columns, lowest + 14, names)


def _brackets(page: Page, columns: tuple[Column, ...], y: float, size: float) -> float:
    """A line under each band's columns, with its name."""
    left, lowest = float(MARGIN), y
    for name, count in _bands(columns):
        wide = INNER / len(columns) * count
        if name:
            page.line((left + 6, left + wide - 6), (y, y), colour=LINE)
            end = page.paragraph(
                name,
                x=left + wide / 2,
                y=y + 8,
                width=wide - 12,
                size=size,
                colour=MUTED,
                most=4,
                side="center",
            )
            lowest = max(lowest, end)
        left += wide
    return lowest


def _rows(page: Page, columns: tuple[Column, ...], y: float) -> float:
    """Each step as a bar that lies, its figures at its end; a band's name above its steps."""
    labels = min(max(page.measure(one.label, BODY) for one in columns), INNER * 0.3)
    figures = max(page.measure(_figures(one), SMALL) for one in columns)
    start = MARGIN + labels + 20
    room = max(WIDTH - MARGIN - start - figures - 16, INNER * 0.2)
    place = 0
    for name, count in _bands(columns):
        if name:
            y = page.paragraph(
                name, x=MARGIN, y=y + 8, width=INNER, size=SMALL, colour=MUTED, most=2
            )
        for one in columns[place : place + count]:
            label = page.wrap(one.label, width=labels, size=BODY, most=1)[0]
            middle = y + BODY * LEADING / 2
            page.text(label, x=start - 20, y=middle, size=BODY, colour=INK, side="right")
            long = room * one.share / _highest(columns)
            page.box(x=start, y=middle - ROW / 2, width=long, height=ROW, colour=BLUE)
            page.text(_figures(one), x=start + long + 16, y=middle, size=SMALL, colour=INK)
            y += BODY * LEADING
        place += count
    return y


def _figures(column: Column) -> str:
    return f"{column.figure}  {column.detail}".rstrip()
