"""Asks, writes both files in the end, and says what comes next."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from bot import config
from bot.cli_say import complain, fail, print_out
from bot.config import SettingsError
from bot.faults import fault_in
from bot.init import files
from bot.init.ask import Ask, Silent, Terminal
from bot.init.checks import WrongError
from bot.init.interview import Answers, Interview
from prompts.render import Words

SETTINGS = Path(".env")


def init(
    options: Mapping[str, str],
    *,
    offline: bool,
    sure: bool,
    ask: Ask | None = None,
    platforms: frozenset[str] = frozenset(),
) -> int:
    """The whole of it; 1 if it was broken off, and then nothing was written."""
    if ask is None:
        ask = Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Silent()
    words = Words(options.get("LOCALE") or config.language())
    try:
        there = config.written()
        interview = Interview(ask, options, there, offline=offline, platforms=platforms)
        policy = Path(interview.there.get("POLICY_FILE", "policy.toml"))
        answers = interview.run(policy)
        words = interview.words
        copies = _write(answers, policy, ask, words, sure=sure)
    except SettingsError as fault:
        fail(fault_in(fault, words))
    except WrongError as wrong:
        fail(words.plain(wrong.key, **wrong.facts))
    except OSError as fault:
        fail(fault_in(fault, words))
    except (KeyboardInterrupt, EOFError):
        copies = None
    if copies is None:
        complain(words.plain("init.nothing"))
        return 1
    for copy in copies:
        print_out(words.plain("init.copy", file=copy))
    synced = "dingtalk" in interview.platforms
    print_out(words.plain("init.done_dingtalk" if synced else "init.done"))
    print_out(words.plain("doctor.settled"))
    return 0


def _write(
    answers: Answers, policy: Path, ask: Ask, words: Words, *, sure: bool
) -> list[Path] | None:
    """The copies that were kept; None: a person did not want it."""
    there = config.in_file()
    changed = [name for name, value in answers.settings.items() if there.get(name) != value]
    changed += sorted(answers.gone & there.keys())
    standing = [str(SETTINGS)] if SETTINGS.exists() else []
    if answers.policy is not None and policy.exists():
        standing.append(str(policy))
    if standing and not sure:
        both, names = ", ".join(standing), ", ".join(changed) or "-"
        if not ask.asks:
            raise WrongError("there", files=both, names=names)
        if not ask.yes(words.plain("init.merge", files=both, names=names), default=True):
            return None
    half = files.settings(SETTINGS, answers.settings, answers.gone & there.keys())
    try:
        return files.write(SETTINGS, policy, half=half, text=answers.policy)
    finally:
        files.drop(half)
