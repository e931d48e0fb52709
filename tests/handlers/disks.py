"""Disks that are full and databases that are held: the real thing, put before the program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@dataclass(frozen=True, slots=True)
class Disk:
    """A small disk of its own."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte is left on it meanwhile."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as out:
            for size in (65_536, 512, 1):
                try:
                    while True:
                        out.write(b"\0" * size)
                except OSError:
                    continue
        try:
            yield
        finally:
            ballast.unlink()


@contextmanager
def small_disk(at: Path) -> Iterator[Disk]:
    """A disk of 16 MB, where this machine lets one be mounted."""
    at.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("there is no mount")
    made = subprocess.run(  # noqa: S603  our own words
        [mount, "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(at)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip(f"nothing can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield Disk(at)
    finally:
        subprocess.run([umount, "-l", str(at)], check=True)  # noqa: S603


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another process is in the middle of a write."""
    with subprocess.Popen(  # noqa: S603  our own interpreter and text
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            other.kill()
            other.wait()
