"""A page in pixels to draw on: lengths run right and down, type sizes are pixels as well.

Imports matplotlib: for the drawing process alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from pylopdf_fonts_zh_cn import sans_path

DPI = 72
"""At which a point is a pixel."""
MEASURED_AT = 100
"""The size at which letters are measured; their widths grow with it."""
LEADING = 1.35
"""From line to line, in type sizes."""
FONTS = (sans_path(), Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
"""Simplified Chinese and Latin, then what the first lacks (Ł, ř). Both come with the packages that
the bot needs, so every machine draws the same."""
UNKNOWN = "□"
"""Stands for a character that neither font has, such as an emoji."""

FILLED = 0.25
"""How much of the width a paragraph's last line should take."""
_NARROWER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
"""Shares of the width that are tried to that end."""

Side = Literal["left", "center", "right"]

_PIECE = re.compile(
    r"[（《「“‘]*"  # no line ends with one of these
    r"(?:[!-.0-~\u00a1-\u00b6\u00b8-\u02af]+|\S)"  # a word, or one Chinese character
    r"(?:\s*[，。、；：！？）》」”’…·/])*\s*"  # no line begins with one of these
)
_WORD = re.compile(r"[\u2e80-\u9fff]{1,4}|[^\s\u2e80-\u9fff]+")
"""What looks torn when a line breaks inside it: a short Chinese name, a Latin word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on the page; its box runs from left to right and from top to foot."""

    words: str
    left: float
    top: float
    right: float
    foot: float
    size: float
    colour: str


class Page:
    """Collects what is drawn; its height is known last."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._artists: list[Artist] = []
        self.lines: list[Line] = []
        """Every line of words that was drawn, and where."""
        self._fonts = [FT2Font(str(path)) for path in FONTS]
        for font in self._fonts:
            font.set_size(MEASURED_AT, DPI)
        self._advances: dict[tuple[int, str], float] = {}
        self._known = [frozenset(font.get_charmap()) for font in self._fonts]

    def measure(self, words: str, size: float) -> float:
        """The width of one line of words."""
        return sum(width for _, _, width in self._runs(words, size))

    def wrap(self, words: str, *, width: float, size: float, most: int) -> list[str]:
        """The words in lines that fit, `most` of them; what is cut off ends in "…".

        A last line that would be nearly empty is filled from the lines above.
        """
        lines = self._break(words, width, size)
        if len(lines) > most:
            return [*lines[: most - 1], self._cut(lines[most - 1], width, size)]
        widest = max((self.measure(one.strip(), size) for one in _PIECE.findall(words)), default=0)
        for narrower in (width * share for share in _NARROWER):
            if self.measure(lines[-1], size) >= width * FILLED or widest > narrower:
                break
            closer = self._break(words, narrower, size)
            if len(closer) > len(lines):
                break
            lines = closer
        return lines

    def fit(self, texts: Sequence[str], *, width: float, size: float) -> float:
        """The greatest size, `size` at most, at which no word has to be torn."""
        words = [word for text in texts for word in _WORD.findall(text)]
        widest = max((self.measure(word, size) for word in words), default=0)
        return size if widest <= width else size * width / widest

    def text(
        self, words: str, *, x: float, y: float, size: float, colour: str, side: Side = "left"
    ) -> None:
        """One line of words whose middle is at y."""
        runs = list(self._runs(words, size))
        whole = sum(width for _, _, width in runs)
        x -= {"left": 0, "center": whole / 2, "right": whole}[side]
        if words:
            half = size * 0.6
            self.lines.append(Line(words, x, y - half, x + whole, y + half, size, colour))
        for run, font, width in runs:
            kind = FontProperties(fname=str(FONTS[font]), size=size)
            # The first font's middle for all, so that the runs of a line stand level.
            base = y + size * 0.36
            self._artists.append(
                Text(x, base, run, color=colour, fontproperties=kind, parse_math=False)
            )
            x += width

    def paragraph(
        self,
        words: str,
        *,
        x: float,
        y: float,
        width: float,
        size: float,
        colour: str,
        most: int = 3,
        side: Side = "left",
    ) -> float:
        """Wrapped words from y down, `x` being their left edge or middle; gives where they end."""
        for line in self.wrap(words, width=width, size=size, most=most):
            self.text(line, x=x, y=y + size * LEADING / 2, size=size, colour=colour, side=side)
            y += size * LEADING
        return y

    def box(
        self, *, x: float, y: float, width: float, height: float, colour: str, hatch: str = ""
    ) -> None:
        """A filled box; with `hatch` white strokes across, so that it tells without colour."""
        self._artists.append(
            Rectangle((x, y), width, height, facecolor=colour, edgecolor="white", lw=0, hatch=hatch)
        )

    def dashes(self, *, x: float, y: float, width: float, height: float, colour: str) -> None:
        """An empty box with a dashed edge: something is missing here."""
        self._artists.append(
            Rectangle((x, y), width, height, fill=False, edgecolor=colour, lw=3, ls=(0, (3, 2)))
        )

    def line(self, xs: tuple[float, float], ys: tuple[float, float], *, colour: str) -> None:
        """A straight line."""
        self._artists.append(Line2D(xs, ys, color=colour, lw=3, solid_capstyle="butt"))

    def png(self, height: float) -> bytes:
        """The page as a picture, cut off at that height."""
        figure = Figure(figsize=(self.width / DPI, round(height) / DPI), dpi=DPI)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(round(height), 0))
        axes.set_axis_off()
        for artist in self._artists:
            axes.add_artist(artist)
        written = BytesIO()
        with mpl.rc_context({"hatch.linewidth": 3}):
            figure.savefig(written, format="png", metadata={"Software": None})
        return written.getvalue()

    def _runs(self, words: str, size: float) -> Iterator[tuple[str, int, float]]:
        """The words cut where the font changes, with the number of the font and the width."""
        shown = "".join(one if self._font_of(one) is not None else UNKNOWN for one in words)
        for font, letters in groupby(shown, lambda one: self._font_of(one) or 0):
            run = "".join(letters)
            yield run, font, size * sum(self._advance(font, one) for one in run)

    def _advance(self, font: int, letter: str) -> float:
        """How far the letter moves on, in type sizes."""
        if (font, letter) not in self._advances:
            glyph = self._fonts[font].load_char(ord(letter), LoadFlags.NO_HINTING)
            self._advances[font, letter] = glyph.linearHoriAdvance / 65536 / MEASURED_AT
        return self._advances[font, letter]

    def _font_of(self, letter: str) -> int | None:
        return next((at for at, known in enumerate(self._known) if ord(letter) in known), None)

    def _break(self, words: str, width: float, size: float) -> list[str]:
        lines = [""]
        for piece in _PIECE.findall(words):
            for part in self._parts(piece, width, size):
                if lines[-1] and self.measure((lines[-1] + part).rstrip(), size) > width:
                    lines.append("")
                lines[-1] += part
        return [line.rstrip() for line in lines]

    def _parts(self, piece: str, width: float, size: float) -> Sequence[str]:
        return piece if self.measure(piece.rstrip(), size) > width else (piece,)

    def _cut(self, line: str, width: float, size: float) -> str:
        while line and self.measure(line + "…", size) > width:
            line = line[:-1]
        return line.rstrip() + "…"
