"""Texts at rest: sealed with AES-GCM, bound to the table, column and row they stand in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import engine
from storage.errors import BadKeyError, BrokenSealError, KeyMissingError, WrongKeyError

KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12
FORMAT = b"\x01"
"""In front of the key's id, so that another cipher may follow one day."""
HEAD = len(FORMAT) + ID_BYTES
OWNER_ONLY = 0o600


def new_key() -> str:
    """A fresh key as text, for DATA_KEY or the key file."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def key_file(url: str) -> Path | None:
    """Where the key of an SQLite database is kept without DATA_KEY: beside it."""
    file = engine.file_of(url)
    return None if file is None else Path(f"{file}.key")


def _parse(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKeyError
    return key


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"nosurprise key id" + key).digest()[:ID_BYTES]


class Keyring:
    """The keys for texts at rest: the first one seals, every one opens.

    With no key given, `file` is read when the database is opened; where neither the file nor
    anything sealed is there yet, a key is made and kept in it, readable by its owner only.
    """

    def __init__(self, keys: Iterable[bytes] = (), *, file: Path | None = None) -> None:
        """Keep the keys. Raises BadKeyError if one has not KEY_BYTES bytes."""
        self._file = file
        self._ciphers: dict[bytes, AESGCM] = {}
        self._sealing: bytes | None = None
        for key in keys:
            self._add(key)

    @classmethod
    def of(cls, data_key: str | None, *, file: Path | None = None) -> Self:
        """From the setting DATA_KEY, a comma list; `file` is where a key is kept without it.

        Raises BadKeyError, which never repeats the key.
        """
        texts = [text for text in (data_key or "").split(",") if text.strip()]
        return cls((_parse(text) for text in texts), file=file)

    def __repr__(self) -> str:
        """Ids only."""
        return f"Keyring({', '.join(self.ids)})"

    @property
    def file(self) -> Path | None:
        """Where a key is kept without DATA_KEY."""
        return self._file

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the keys, the sealing one first; they tell nothing of the keys."""
        return tuple(key_id.hex() for key_id in self._ciphers)

    def load(self) -> bool:
        """Read the key file if no key was given. False: there is no key at all."""
        if not self._ciphers and self._file is not None and self._file.exists():
            for text in self._file.read_text(encoding="ascii", errors="replace").split(","):
                self._add(_parse(text))
        return bool(self._ciphers)

    def make(self) -> None:
        """Make the first key and keep it on disk before anything is sealed with it.

        Raises KeyMissingError if there is no place to keep it.
        """
        if self._file is None:
            raise KeyMissingError
        key = new_key()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_name(f"{self._file.name}.new")
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(key + "\n")
            out.flush()
            os.fsync(out.fileno())
        half.rename(self._file)
        self._add(_parse(key))

    def seal(self, text: bytes, *, table: str, column: str, row: str) -> bytes:
        """Sealed with the first key, for that place only."""
        if self._sealing is None:
            raise KeyMissingError
        head = FORMAT + self._sealing
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(head, table, column, row)
        return head + nonce + self._ciphers[self._sealing].encrypt(nonce, text, bound)

    def open(self, sealed: bytes, *, table: str, column: str, row: str) -> bytes:
        """The text again.

        Raises WrongKeyError if its key is not here, BrokenSealError if it was altered or moved.
        """
        head, nonce = sealed[:HEAD], sealed[HEAD : HEAD + NONCE_BYTES]
        cipher = self._ciphers.get(head[len(FORMAT) :])
        if head[: len(FORMAT)] != FORMAT or len(nonce) < NONCE_BYTES:
            raise BrokenSealError(place=f"{table}.{column}", row=row)
        if cipher is None:
            raise WrongKeyError(keys=head[len(FORMAT) :].hex())
        try:
            bound = _bound(head, table, column, row)
            return cipher.decrypt(nonce, sealed[HEAD + NONCE_BYTES :], bound)
        except InvalidTag as error:
            raise BrokenSealError(place=f"{table}.{column}", row=row) from error

    def _add(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise BadKeyError
        key_id = _key_id(key)
        self._ciphers[key_id] = AESGCM(key)
        self._sealing = self._sealing or key_id


def _bound(head: bytes, table: str, column: str, row: str) -> bytes:
    return b"\0".join([head, table.encode(), column.encode(), row.encode()])
