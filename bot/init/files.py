"""Writes .env and the policy: both or neither, a copy of what stood there, tokens for the owner."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from dotenv import set_key, unset_key

OWNER_ONLY, EVERYBODY_READS = 0o600, 0o644
HEADER = "# nosurprise init; .env.example explains every setting.\n"


def write(settings: Path, policy: Path, *, half: Path, text: str | None) -> list[Path]:
    """Put both files in place; `half` is the new .env. Returns the copies that were kept."""
    copies = [] if not settings.exists() else [_copy(settings)]
    made = None
    if text is not None:
        made = _fresh(policy, text)
        made.chmod(_mode(policy) if policy.exists() else EVERYBODY_READS)
        copies += [] if not policy.exists() else [_copy(policy)]
        made.replace(policy)
    half.replace(settings)
    return copies


def settings(file: Path, values: Mapping[str, str], gone: Collection[str]) -> Path:
    """A new .env beside the old one: all that stands there, with these values in it.

    Values stand without quotes, as a container's --env-file wants them.
    """
    old = file.read_text(encoding="utf-8-sig") if file.exists() else HEADER
    half = _fresh(file, old)
    for name, value in values.items():
        set_key(half, name, value, quote_mode="never", encoding="utf-8")
    for name in gone:
        unset_key(half, name, encoding="utf-8")
    half.chmod(OWNER_ONLY)
    return half


def drop(half: Path) -> None:
    """Leave nothing behind of what was not put in place."""
    with suppress(FileNotFoundError):
        half.unlink()


def _fresh(file: Path, text: str) -> Path:
    half = file.with_name(f"{file.name}.new")
    drop(half)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    return half


def _copy(file: Path) -> Path:
    """Keep what stands there under the first free name."""
    names = (f"{file.name}.old{number or ''}" for number in range(1000))
    copy = next(found for name in names if not (found := file.with_name(name)).exists())
    half = _fresh(copy, file.read_text(encoding="utf-8-sig"))
    half.chmod(OWNER_ONLY & _mode(file))
    half.replace(copy)
    return copy


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)
