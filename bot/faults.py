"""Faults of the world outside in the company's language: what is wrong, and what to do."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from prompts.render import LOCALES, Words

SYSTEM = (
    *("EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EEXIST", "EISDIR", "ENOENT", "ENOSPC"),
    *("ENOTDIR", "EPERM", "EROFS", "EDQUOT", "ECONNREFUSED"),
)
"""The system's words that are said in the company's language; others stay as they are."""


@runtime_checkable
class Keyed(Protocol):
    """An error that names its words: storage's, and all of this room's."""

    key: str
    facts: Mapping[str, object]


class Fault(Exception):  # noqa: N818  named after what people mend
    """A fault that whoever runs the bot can mend."""

    locale: str | None = None
    """The language to say it in, where the fault bears one."""

    def __init__(self, key: str, /, **facts: object) -> None:
        """Name the words and the facts that they speak of; never a secret."""
        super().__init__(key, facts)
        self.key = key
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        """The key and its facts, for a log."""
        return " ".join([self.key, *(f"{name}={fact}" for name, fact in self.facts.items())])


def fault_in(fault: BaseException, words: Words) -> str:
    """The fault in that language, in one line."""
    if isinstance(fault, Keyed):
        facts = {name: _said(fact, words) for name, fact in fault.facts.items()}
        return words.plain(fault.key, **facts)
    if isinstance(fault, OSError):
        file = str(fault.filename or "")
        return words.plain("system.file", file=file, fault=reason(fault, words))
    return str(fault)


def log_changes(
    before: tuple[Fault, ...], found: tuple[Fault, ...], words: Words, log: logging.Logger
) -> None:
    """Say in the log which of those found are new, and which that were there before are over."""
    were, are = ({one.key for one in faults} for faults in (before, found))
    for fault in found:
        if fault.key not in were:
            log.warning("%s (%s)", fault_in(fault, words), fault.key)
    for fault in before:
        if fault.key not in are:
            log.info("over: %s", fault.key)


def in_both(fault: BaseException) -> str:
    """The fault in both languages, where the company's is not known."""
    return " / ".join(fault_in(fault, Words(locale)) for locale in LOCALES)


def reason(fault: OSError, words: Words) -> str:
    """What the system says of it."""
    name = errno.errorcode.get(fault.errno or 0, "")
    return words.plain(f"system.{name}") if name in SYSTEM else fault.strerror or str(fault)


def _said(fact: object, words: Words) -> object:
    """A fact as the words take it: a fault within a fault is said, too."""
    if isinstance(fact, OSError):
        return reason(fact, words)
    if isinstance(fact, BaseException):
        return fault_in(fact, words)
    if isinstance(fact, tuple):
        return tuple(_said(one, words) for one in fact)
    if isinstance(fact, Path):
        return str(fact)
    return fact
