"""Files that the commands read and write."""

from __future__ import annotations

import csv
import io
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.cli_say import fail
from bot.faults import reason
from prompts.render import Words

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for a formula at a cell's start
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def read(file: Path, words: Words) -> bytes:
    """The file's bytes; ends the program with a word if it can't be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        fail(words.plain("cli.no_file", file=str(file)))
    except OSError as fault:
        fail(words.plain("cli.unreadable", file=str(file), fault=reason(fault, words)))


def write(text: str, output: Path | None, words: Words, *, mark: bool = False) -> None:
    """To the file or the standard output, in UTF-8 wherever it runs.

    With `mark` a file begins with the mark that Excel knows UTF-8 by; what goes into a pipe
    never does.
    """
    write_bytes((BOM_UTF8 if mark and output is not None else b"") + text.encode(), output, words)


def write_bytes(data: bytes, output: Path | None, words: Words) -> None:
    """To the file or the standard output; ends the program with a word if it can't be."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as fault:
        fail(words.plain("cli.unwritable", file=str(output), fault=reason(fault, words)))


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV; lists stand in a cell as JSON, and no cell is taken for a formula."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=columns)
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return written.getvalue()


def as_json(value: object) -> str:
    """JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _cell(value: object) -> object:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
