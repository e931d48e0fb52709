"""The spread of ratings as a picture: each step, each rule of the policy, the groups outside it."""

from __future__ import annotations

from bot.pictures import Band, DistributionPicture, Group
from bot.pictures_head import head, heading
from bot.pictures_page import LEADING, Page
from bot.pictures_steps import draw_steps
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
    TRACK,
    WARNING,
    WIDTH,
    ZONE,
)

BAR = 48
"""Height of the policy's zone; the bar of what is lies in it, half as high."""


def render(picture: DistributionPicture) -> bytes:
    """The PNG of a distribution, as high as it takes."""
    page, high = lay_out(picture)
    return page.png(high)


def lay_out(picture: DistributionPicture) -> tuple[Page, float]:
    """The page with everything on it, and how high it is."""
    page = Page(WIDTH)
    y = head(page, picture.title, picture.note)
    if picture.columns:
        y = draw_steps(page, picture.columns, heading(page, picture.columns_heading, y + GAP))
    if picture.bands:
        y = heading(page, picture.bands_heading, y + GAP)
        for band in picture.bands:
            y = _band(page, band, _scale(picture.bands), y) + NEAR
        y -= NEAR
    if picture.groups:
        y = heading(page, picture.groups_heading, y + GAP)
        for group in picture.groups:
            y = _group(page, group, y) + NEAR
        y -= NEAR
    return page, y + MARGIN


def _scale(bands: tuple[Band, ...]) -> float:
    """Pixels a share of 1 takes, the same in every bar."""
    shares = [one for band in bands for one in (band.share, band.at_most, band.at_least) if one]
    return INNER / min(1, max([*shares, 0.1]) * 1.15)


def _over(band: Band) -> bool:
    return band.at_most is not None and band.share > band.at_most


def _band(page: Page, band: Band, scale: float, y: float) -> float:
    """A line of words, the bar within the policy's zone, the policy under its mark."""
    sign = ("▲ " if _over(band) else "▼ ") if band.out else ""
    colour = WARNING if band.out else INK
    middle, right = y + BODY * LEADING / 2, WIDTH - MARGIN
    page.text(sign + band.figure, x=right, y=middle, size=BODY, colour=colour, side="right")
    room = max(INNER - page.measure(sign + band.figure, BODY) - 32, INNER * 0.3)
    y = page.paragraph(band.label, x=MARGIN, y=y, width=room, size=BODY, colour=INK) + 8
    limits = [one for one in (band.at_least, band.at_most) if one is not None]
    page.box(x=MARGIN, y=y, width=INNER, height=BAR, colour=TRACK)
    if limits:
        low = scale * (band.at_least or 0)
        high = INNER if band.at_most is None else scale * band.at_most
        page.box(x=MARGIN + low, y=y, width=high - low, height=BAR, colour=ZONE)
    _bar(page, band, scale, y + BAR / 4)
    for limit in limits:
        x = MARGIN + scale * limit
        page.line((x, x), (y - 6, y + BAR + 6), colour=INK)
    y += BAR
    if band.limit:
        middle = sum(limits) / len(limits) if limits else 0
        y = _limit(page, band.limit, MARGIN + scale * middle, y + 8)
    return y


def _bar(page: Page, band: Band, scale: float, y: float) -> None:
    """What is; when out of policy, the part too many hatched or the part missing dashed."""
    within = band.share
    if band.out and band.at_most is not None and band.share > band.at_most:
        within = band.at_most
        more = scale * (band.share - within)
        x = MARGIN + scale * within
        page.box(x=x, y=y, width=more, height=BAR / 2, colour=WARNING, hatch="//")
    if band.out and band.at_least is not None and band.share < band.at_least:
        less = scale * (band.at_least - band.share)
        x = MARGIN + scale * band.share
        page.dashes(x=x, y=y, width=less, height=BAR / 2, colour=WARNING)
    page.box(x=MARGIN, y=y, width=scale * within, height=BAR / 2, colour=BLUE)


def _limit(page: Page, words: str, x: float, y: float) -> float:
    """The policy's words under the mark, kept on the page."""
    lines = page.wrap(words, width=INNER, size=SMALL, most=2)
    half = max(page.measure(line, SMALL) for line in lines) / 2
    middle = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
    return page.paragraph(
        words, x=middle, y=y, width=INNER, size=SMALL, colour=MUTED, most=2, side="center"
    )


def _group(page: Page, group: Group, y: float) -> float:
    top, indent = y, 28
    x, room = MARGIN + indent, INNER - indent
    middle, right = y + BODY * LEADING / 2, WIDTH - MARGIN
    page.text(group.figure, x=right, y=middle, size=SMALL, colour=MUTED, side="right")
    beside = max(room - page.measure(group.figure, SMALL) - 32, room * 0.3)
    y = page.paragraph(group.label, x=x, y=y, width=beside, size=BODY, colour=INK, most=6)
    if group.words:
        y = page.paragraph(group.words, x=x, y=y, width=room, size=SMALL, colour=MUTED, most=4)
    page.box(x=MARGIN, y=top + 6, width=8, height=y - top - 8, colour=WARNING)
    return y
