"""`nosurprise backup` and `restore`: a whole copy beside a running bot, and putting one back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.cli_say import fail, print_out
from bot.config import Settings
from bot.faults import Fault, fault_in, reason
from prompts.render import Words
from storage import backup as copies
from storage import engine, server_backup
from storage.errors import FaultError
from storage.seal import key_file


def backup(settings: Settings, file: Path, *, with_key: bool, force: bool) -> int:
    """Copy the database, say what is in the copy and where its key is."""
    words = Words(settings.locale)
    try:
        if engine.file_of(settings.database_url) is None:
            size = server_backup.dump(settings.database_url, file, force=force)
            print_out(words.plain("backup.dumped", file=str(file), size=size))
            print_out(words.plain("backup.key_in_setting"))
            return 0
        made = copies.make(settings.database_url, file, force=force)
        beside = None
        if with_key and settings.data_key is None:
            beside = copies.keep_key(settings.database_url, file)
    except (Fault, FaultError) as fault:
        fail(fault_in(fault, words))
    except OSError as fault:
        fail(words.plain("cli.unwritable", file=str(file), fault=reason(fault, words)))
    print_out(words.plain("backup.made", file=str(file), **_facts(made)))
    key = key_file(settings.database_url)
    if beside is not None:
        print_out(words.plain("backup.key_beside", place=str(beside)))
    elif settings.data_key is None:
        print_out(words.plain("backup.key_in_file", place=str(key)))
    else:
        print_out(words.plain("backup.key_in_setting"))
    return 0


def restore(settings: Settings, file: Path, *, force: bool) -> int:
    """Put a backup in the database's place, and say what stands there now."""
    words = Words(settings.locale)
    if not file.is_file():
        fail(words.plain("cli.no_file", file=str(file)))
    try:
        now = datetime.now(UTC)
        url, key = settings.database_url, settings.data_key
        made = copies.restore(url, file, key, force=force, now=now)
    except (Fault, FaultError, OSError) as fault:
        fail(fault_in(fault, words))
    target = str(engine.file_of(settings.database_url))
    print_out(words.plain("backup.restored", file=target, **_facts(made.copy)))
    if made.kept is not None:
        print_out(words.plain("backup.kept", kept=str(made.kept)))
    if made.older:
        print_out(words.plain("backup.older", version=made.copy.version))
    print_out(words.plain("backup.since"))
    return 0


def _facts(copy: copies.Copy) -> dict[str, object]:
    return {
        "version": copy.version,
        "people": copy.people,
        "reviews": copy.reviews,
        "audited": copy.audited,
        "size": copy.size,
    }
