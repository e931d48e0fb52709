from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, update
from storage_samples import CANARY, KEY, NOW, fill, full_review, notice, opened, url_in
from test_store_calibration import MOVE
from test_store_calibration import ONE as SESSION
from test_store_interview import ACTION, PART
from test_store_progress import ONE as NOTE

from review.appeal import Appeal
from review.cascade import CascadeGoal, CascadeSheet, Level
from review.evidence import Evidence, Message
from review.feedback import Feedback, Kind, Said
from review.goal_setting import GoalSheet
from review.library import Ladder, Library
from review.record import SignOff
from storage import database
from storage.drafts import Draft, Mark
from storage.errors import (
    BadKeyError,
    BrokenSealError,
    KeyLostError,
    KeyMissingError,
    WrongKeyError,
)
from storage.interviews import Prepared
from storage.schema import METADATA
from storage.seal import Keyring, key_file, new_key
from storage.tables import REVIEW
from storage.transaction import Transaction

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


async def _said_and_signed(work: Transaction) -> None:
    """A feedback with its answer, a kept message and a seal, all of that text."""
    await work.feedback.add(
        Feedback(
            id="f1",
            giver="e1",
            receiver="e1",
            kind=Kind.POSITIVE,
            about="other",
            as_manager=False,
            wants_talk=False,
            said=Said(behaviour=CANARY),
            at=NOW,
        )
    )
    await work.feedback.answer("f1", CANARY, NOW)
    await work.evidence.keep(
        Evidence(
            id="k1",
            keeper="e1",
            about="e1",
            place="p1",
            sent_at=NOW,
            kept_at=NOW,
            message=Message(text=CANARY, author=CANARY, link="https://x", note=CANARY),
        )
    )
    word = SignOff(by="e1", role="skip_level", decision="agree", at=NOW, comment=CANARY)
    told = full_review("e1", CANARY)
    goals = GoalSheet(review=told.id, proposed=told.sheet, before=told.sheet, words=(word,))
    await work.goals.save(goals, None)
    signed = replace(told, sign_offs=(word,))
    chain = await work.seals.chain(signed)
    await work.seals.extend(signed, chain, word=word, by="e1", at=NOW)
    await _set_and_talked(work)


async def _set_and_talked(work: Transaction) -> None:
    """A library, goals above, a note on a goal, a moved rating, a talk and what came of it."""
    ladder = Ladder("v", {"": CANARY}, ({"": CANARY},) * 5)
    await work.library.add(1, Library({"v": ladder}, {}), "e1", NOW)
    goal = CascadeGoal(id="g1", title=CANARY, means=CANARY)
    await work.cascade.put(
        CascadeSheet(period="2026", level=Level.COMPANY, goals=(goal,), set_by="e1", set_at=NOW)
    )
    await work.progress.add(NOTE)
    await work.calibrations.add(replace(SESSION, opened_by="e1"))
    await work.calibrations.add_move(replace(MOVE, by="e1"))
    await work.interviews.prepare(Prepared(review="r-e1", employee_id="e1", at=NOW, part=PART))
    await work.actions.put(replace(ACTION, owner="e1"))
    told = full_review("e1", CANARY)
    await work.appeals.file(
        Appeal(review="r-e1", filed_at=NOW, words=CANARY, copy=told, why=CANARY)
    )


async def test_no_text_is_found_in_any_file(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        async with base.begin() as work:
            await fill(work, "e1")
            await work.reviews.add_all([full_review("e1", CANARY)])
            await work.drafts.put(
                Draft(
                    employee_id="e1",
                    form="self_review",
                    subject="r-e1",
                    marks={CANARY: Mark(CANARY, CANARY)},
                )
            )
            await work.inbound.remember("i1", CANARY.encode(), NOW)
            await work.outbox.put(notice("n1", facts={"text": CANARY}))
            found = await work.outbox.find("n1")
            assert found is not None
            claim = await work.outbox.claim(found.id, NOW, NOW - NOW)
            assert claim is not None
            await work.outbox.intend(claim.id, claim.fence, CANARY.encode(), NOW)
            await work.audit.record("rated", "r-e1", "e1", NOW, {"text": CANARY})
            await _said_and_signed(work)
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
