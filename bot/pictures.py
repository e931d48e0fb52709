"""Charts as data, and the painter that has each drawn to a PNG in a process of its own.

The process lives for one picture: the drawing library takes 70 MB and more, which the bot does not
keep. Nothing here imports it.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

PNG = b"\x89PNG\r\n\x1a\n"


class PictureFailedError(Exception):
    """No picture was drawn; the message says why. The card goes out with its words alone."""


def _must_be_share(*values: float | None) -> None:
    for value in values:
        if value is not None and not (math.isfinite(value) and 0 <= value <= 1):
            raise ValueError(f"a share should lie between 0 and 1, not {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One step of the rating scale."""

    label: str
    """The step: "3.75"."""
    share: float
    """People rated so ÷ people rated, 0 to 1: the column's height."""
    figure: str
    """Stands on the column: "25 %"."""
    detail: str = ""
    """Stands small under the label: "12"."""
    band: str = ""
    """The band's name, written once under its columns, which stand side by side."""

    def __post_init__(self) -> None:
        _must_be_share(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One rule of the policy and what became of it."""

    label: str
    """Which ratings: "4 and above"."""
    share: float
    """People rated so ÷ people rated, 0 to 1."""
    figure: str
    """The share in words: "25 %, 12 people"."""
    limit: str = ""
    """The policy in words: "at most 20 %"."""
    at_most: float | None = None
    """The policy's upper limit, 0 to 1."""
    at_least: float | None = None
    """The policy's lower limit, 0 to 1."""
    out: bool = False
    """Out of policy: drawn in the warning colour. Allowed counts round in the people's favour, so
    a share past its limit need not be out."""

    def __post_init__(self) -> None:
        _must_be_share(self.share, self.at_most, self.at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A department or sub-tree out of policy."""

    label: str
    figure: str = ""
    """How many are rated: "10 people"."""
    words: str = ""
    """What is unusual, and how unusual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionPicture:
    """The spread of ratings beside the policy, in one language; all its words come with it.

    `dataclasses.asdict` gives what `Painter.draw` takes. An empty heading or list is left out.
    """

    title: str
    note: str = ""
    """How far it has got: "so far: 48 of 60 rated"."""
    columns_heading: str = ""
    columns: tuple[Column, ...] = ()
    bands_heading: str = ""
    bands: tuple[Band, ...] = ()
    groups_heading: str = ""
    groups: tuple[Group, ...] = ()
    kind: Literal["distribution"] = "distribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the way, and how many have it behind them."""

    label: str
    """"Self-reviews"."""
    share: float
    """People who have done it ÷ people, 0 to 1."""
    figure: str
    """The share in words: "48 of 60"."""
    note: str = ""
    """When it is due: "due 16 October"."""
    late: bool = False
    """The deadline has passed: what is missing is drawn in the warning colour."""

    def __post_init__(self) -> None:
        _must_be_share(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A department or team on its way."""

    label: str
    figure: str = ""
    """How many they are: "12 people"."""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPicture:
    """How far a cycle is: everybody in sight first, then each department or team."""

    title: str
    note: str = ""
    parts: tuple[Part, ...] = ()
    rows_heading: str = ""
    rows: tuple[Row, ...] = ()
    more: str = ""
    """How many rows are not shown, in words."""
    kind: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One of the nine boxes: who is in it."""

    label: str = ""
    """What the box is called; empty where the sides say it."""
    figure: str = ""
    """How many they are: "3"."""
    names: tuple[str, ...] = ()
    more: str = ""
    """How many are not named: "+4"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRow:
    """Boxes side by side, from low values to high."""

    label: str
    """"Performance high: 3.75 and above"."""
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPicture:
    """Performance beside values, the best performance on top."""

    title: str
    note: str = ""
    columns: tuple[str, ...] = ()
    """What stands over the columns: "Values low: below 2.5"."""
    rows: tuple[BoxRow, ...] = ()
    kind: Literal["matrix"] = "matrix"


CHILD = (sys.executable, "-P", "-m", "bot.pictures_main")


class Painter:
    """Draws pictures, one at a time."""

    def __init__(self, *, seconds: float = 20, program: Sequence[str] = CHILD) -> None:
        """`seconds`: how long one picture may take (ours). `program`: what draws it."""
        self._seconds = seconds
        self._program = tuple(program)
        self._turn = asyncio.Lock()

    async def draw(self, picture: Mapping[str, Any] | str) -> bytes:
        """The PNG of a picture, given as JSON or as what JSON can say.

        The same picture gives the same bytes. Raises PictureFailedError.
        """
        data = picture if isinstance(picture, str) else json.dumps(picture)
        async with self._turn:
            with tempfile.TemporaryDirectory(prefix="picture-") as folder:
                return await self._run(data.encode(), folder)

    async def _run(self, data: bytes, folder: str) -> bytes:
        pipe = asyncio.subprocess.PIPE
        try:
            child = await asyncio.create_subprocess_exec(
                *self._program,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                env=_environment(folder),
                start_new_session=True,
            )
        except OSError as fault:
            raise PictureFailedError(f"the drawing process did not start: {fault}") from fault
        try:
            async with asyncio.timeout(self._seconds):
                image, said = await child.communicate(data)
        except TimeoutError:
            raise PictureFailedError(f"drawing took longer than {self._seconds:g} s") from None
        finally:
            if child.returncode is None:
                await _end(child)
        if child.returncode != 0 or not image.startswith(PNG):
            raise PictureFailedError(
                f"the drawing process ended with {child.returncode}: {_last_line(said)}"
            )
        return image


async def _end(child: asyncio.subprocess.Process) -> None:
    """Kill the process with all it started, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    await child.communicate()


def _environment(folder: str) -> dict[str, str]:
    """What the drawing process is told: where the code is and where it may write, no secrets."""
    return {
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path),
        "PYTHONUTF8": "1",
    }


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "it said nothing"
