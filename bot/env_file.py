"""The file .env, read line by line, with every fault named where it stands."""

from __future__ import annotations

import io
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.faults import Fault


class SettingsError(Fault):
    """A setting is missing or makes no sense; the words say what it should look like."""


def read(path: Path) -> dict[str, str]:
    """What stands in the file; no file is no setting. Raises SettingsError."""
    file = str(path)
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as fault:
        raise SettingsError("settings.encoding", file=file) from fault
    except OSError as fault:
        raise SettingsError("settings.unreadable", file=file, fault=fault) from fault
    if "\0" in written:
        line = written[: written.index("\0")].count("\n") + 1
        raise SettingsError("settings.nul", file=file, line=line)
    for binding in parse_stream(io.StringIO(written)):
        if binding.error or (binding.key is not None and binding.value is None):
            blank = len(binding.original.string) - len(binding.original.string.lstrip())
            line = binding.original.line + binding.original.string[:blank].count("\n")
            raise SettingsError("settings.line", file=file, line=line)
    found = dotenv_values(stream=io.StringIO(written))
    return {key: value for key, value in found.items() if value is not None}
