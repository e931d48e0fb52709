"""What can go wrong with what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.exc import DontWrapMixin


class StorageError(Exception):
    """Anything this room refuses."""


class FaultError(StorageError):
    """A fault of the world outside, for people to mend."""

    key = "storage.unusable"
    """Names the words that say what is wrong and what to do, in both languages."""

    def __init__(self, **facts: str) -> None:
        """Keep the facts that the words speak of; never a key or a text."""
        super().__init__(self.key, facts)
        self.facts: Mapping[str, str] = MappingProxyType(facts)

    def __str__(self) -> str:
        """The key and its facts, for a log."""
        return " ".join([self.key, *(f"{name}={fact}" for name, fact in self.facts.items())])


class BadAddressError(FaultError):
    """DATABASE_URL names no database that can be used."""

    key = "storage.bad_address"


class BadKeyError(FaultError):
    """A data key that can't be one; its text is never repeated."""

    key = "storage.bad_key"


class KeyMissingError(FaultError):
    """There is no key, and no place to keep a new one."""

    key = "storage.key_missing"


class KeyLostError(KeyMissingError):
    """There are sealed texts, and their key is gone."""

    key = "storage.key_lost"


class WrongKeyError(FaultError):
    """The key given is not the one the texts were sealed with."""

    key = "storage.wrong_key"


class BrokenSealError(FaultError):
    """A sealed text was altered, or moved to another row or column."""

    key = "storage.broken_seal"


class SchemaOutdatedError(FaultError):
    """The database is of an older version than the program."""

    key = "storage.outdated"


class SchemaNewerError(FaultError):
    """The database is of a newer version than the program."""

    key = "storage.newer"


class MigrationError(FaultError):
    """A migration left rows that point to nothing; it was rolled back."""

    key = "storage.migration"


class AlreadyRunningError(FaultError):
    """Another process runs the bot on this database."""

    key = "storage.running"


class UnusableError(FaultError):
    """The database can't be read or written; each cause that people can mend has its own class."""


class FullError(UnusableError):
    """There is no room left on the disk."""

    key = "storage.full"


class LockedError(UnusableError):
    """Another program has been writing for longer than we wait."""

    key = "storage.locked"


class ReadOnlyError(UnusableError):
    """The file or its folder must not be written."""

    key = "storage.read_only"


class NoFileError(UnusableError):
    """The file can't be opened: its folder is not there, or must not be entered."""

    key = "storage.no_file"


class FolderError(UnusableError):
    """The address of the file is that of a folder."""

    key = "storage.folder"


class NoDatabaseError(UnusableError):
    """What stands in the file is no database."""

    key = "storage.no_database"


class DamagedError(UnusableError):
    """The file is a database no longer whole."""

    key = "storage.damaged"


class DiskError(UnusableError):
    """The disk reports a fault."""

    key = "storage.disk"


class ServerAwayError(UnusableError):
    """The server can't be reached, or ended the connection; it may be starting."""

    key = "storage.server_away"


class RefusedError(UnusableError):
    """The server does not let this user in, or not with that password."""

    key = "storage.refused"


class NoSuchDatabaseError(UnusableError):
    """The server has no database of that name."""

    key = "storage.no_such_database"


class CrowdedError(UnusableError):
    """The server has as many connections as it takes."""

    key = "storage.crowded"


class NoRightsError(UnusableError):
    """The server's user may not do what the bot does."""

    key = "storage.no_rights"


class StandbyError(UnusableError):
    """The server takes no writes: it is another's copy, or was made read-only."""

    key = "storage.standby"


class BusyError(LockedError):
    """The server did not get to it in time: others hold the same rows, or there are too many."""

    key = "storage.busy"


class AlreadyThereError(StorageError):
    """Something that may be there once only was added again."""


class NestedWriteError(StorageError):
    """A task that is writing began to write again; it would wait for itself for ever."""


class NaiveTimeError(StorageError, ValueError, DontWrapMixin):
    """A time without a time zone."""
