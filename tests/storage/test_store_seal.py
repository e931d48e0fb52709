from __future__ import annotations

import stat
from pathlib import Path

import pytest
from every_table import fill_every_table
from sqlalchemy import LargeBinary, select, update
from storage_samples import CANARY, KEY, NOW, fill, full_review, notice, opened, url_in

from storage import database
from storage.errors import (
    BadKeyError,
    BrokenSealError,
    KeyLostError,
    KeyMissingError,
    WrongKeyError,
)
from storage.schema import METADATA
from storage.seal import Keyring, key_file, new_key
from storage.tables import REVIEW

OTHER = new_key()
PLACE = {"table": "review", "column": "sheet", "row": "r1"}


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_text_opens_in_its_own_place_only() -> None:
    keys = Keyring.of(KEY)
    sealed = keys.seal(b"words", **PLACE)
    assert keys.open(sealed, **PLACE) == b"words"
    for moved in ({"table": "draft"}, {"column": "self_part"}, {"row": "r2"}):
        with pytest.raises(BrokenSealError):
            keys.open(sealed, **(PLACE | moved))


def test_an_altered_text_does_not_open() -> None:
    keys = Keyring.of(KEY)
    sealed = keys.seal(b"words", **PLACE)
    for wrong in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:6], b"", b"\x02" + sealed[1:]):
        with pytest.raises(BrokenSealError):
            keys.open(wrong, **PLACE)


def test_the_same_text_is_never_sealed_the_same() -> None:
    keys = Keyring.of(KEY)
    assert keys.seal(b"words", **PLACE) != keys.seal(b"words", **PLACE)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, rotated, new = Keyring.of(KEY), Keyring.of(f"{OTHER}, {KEY}"), Keyring.of(OTHER)
    assert rotated.open(old.seal(b"old", **PLACE), **PLACE) == b"old"
    assert new.open(rotated.seal(b"new", **PLACE), **PLACE) == b"new"
    with pytest.raises(WrongKeyError):
        new.open(old.seal(b"old", **PLACE), **PLACE)


@pytest.mark.parametrize("text", ["secret", "QUJD" * 10, "QUJD" * 12, f"{'QUJD' * 11},x", "钥匙"])
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(BadKeyError) as refused:
        Keyring.of(text)
    assert refused.value.facts == {}
    assert text not in str(refused.value)


def test_a_keyring_shows_no_key() -> None:
    assert KEY not in repr(Keyring.of(KEY))


def test_nothing_is_sealed_without_a_key() -> None:
    with pytest.raises(KeyMissingError):
        Keyring.of(None).seal(b"words", **PLACE)


async def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = key_file(url_in(tmp_path))
    assert file is not None
    for _ in range(2):
        made = await database.open(url_in(tmp_path), Keyring.of(None, file=file))
        await made.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(Keyring.of(file.read_text()).ids) == 1
    assert [name for name in _files(tmp_path) if ".key" in name] == ["nosurprise.db.key"]


async def test_a_lost_key_file_is_said_and_none_is_made(tmp_path: Path) -> None:
    file = tmp_path / "key"
    made = await database.open(url_in(tmp_path), Keyring.of(None, file=file))
    await made.close()
    file.rename(tmp_path / "away")
    with pytest.raises(KeyLostError, match=str(file)):
        await database.open(url_in(tmp_path), Keyring.of(None, file=file))
    assert not file.exists()
    (tmp_path / "away").rename(file)
    made = await database.open(url_in(tmp_path), Keyring.of(None, file=file))
    await made.close()


async def test_no_key_and_no_place_for_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError):
        await database.open(url_in(tmp_path), Keyring.of(None))


async def test_a_wrong_key_is_said_and_nothing_is_overwritten(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await work.outbox.put(notice("n1", facts={"text": CANARY}))
    with pytest.raises(WrongKeyError):
        await database.open(url, Keyring.of(OTHER))
    async with opened(url) as base, base.begin(write=False) as work:
        found = await work.outbox.find("n1")
        assert found is not None
        assert found.facts == {"text": CANARY}


async def test_a_rotated_key_opens_old_texts_and_the_old_key_stays_needed(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await work.inbound.remember("old", b"old", NOW)
    async with opened(url, f"{OTHER},{KEY}") as base, base.begin() as work:
        await work.inbound.remember("new", b"new", NOW)
        assert await work.inbound.answer_to("old") == b"old"
    for half in (KEY, OTHER):
        with pytest.raises(WrongKeyError):
            await database.open(url, Keyring.of(half))


async def test_a_text_moved_to_another_row_does_not_open(url: str) -> None:
    async with opened(url) as base:
        async with base.begin() as work:
            await fill(work, "e1", "e2")
            await work.reviews.add_all([full_review("e1"), full_review("e2")])
        async with base._writes.begin() as connection:
            stolen = select(REVIEW.c.manager_part).where(REVIEW.c.id == "r-e1").scalar_subquery()
            await connection.execute(
                update(REVIEW).where(REVIEW.c.id == "r-e2").values(manager_part=stolen)
            )
        async with base.begin(write=False) as work:
            with pytest.raises(BrokenSealError):
                await work.reviews.get("r-e2")


async def test_no_text_is_found_in_any_file(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        async with base.begin() as work:
            await fill_every_table(work)
        async with base._reads.connect() as connection:
            for table in METADATA.sorted_tables:
                for column in table.columns:
                    if isinstance(column.type, LargeBinary):
                        filled = (await connection.execute(select(column))).scalars().all()
                        assert [value is not None for value in filled] == [True], column
        files = _files(tmp_path)
        assert {f"nosurprise.db{end}" for end in ("", "-wal", "-shm")} <= set(files)
        plain = [CANARY.encode(), CANARY.encode("utf-16-le"), b"Zimtstern", b"\\u91d1"]
        assert not [(name, word) for name, data in files.items() for word in plain if word in data]
