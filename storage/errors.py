"""What can go wrong with what is kept; each says what to do about it."""

from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin


class StorageError(Exception):
    """Anything this room refuses."""


class BadKeyError(StorageError):
    """A data key that can't be one; its text is never repeated."""


class KeyMissingError(StorageError):
    """There are sealed texts, and no key for some of them."""


class WrongKeyError(StorageError):
    """The key given is not the one the texts were sealed with."""


class BrokenSealError(StorageError):
    """A sealed text was altered, or moved to another row or column."""


class SchemaOutdatedError(StorageError):
    """The database is of an older version than the program."""


class SchemaNewerError(StorageError):
    """The database is of a newer version than the program."""


class MigrationError(StorageError):
    """A migration left rows that point to nothing; it was rolled back."""


class AlreadyRunningError(StorageError):
    """Another process runs the bot on this database."""


class AlreadyThereError(StorageError):
    """Something that may be there once only was added again."""


class UnusableError(StorageError):
    """The database can't be read or written: no database, locked too long, a full disk."""


class NestedWriteError(StorageError):
    """A task that is writing began to write again; it would wait for itself for ever."""


class NaiveTimeError(StorageError, ValueError, DontWrapMixin):
    """A time without a time zone."""
