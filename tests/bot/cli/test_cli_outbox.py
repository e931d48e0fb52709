"""`outbox`: what could not be sent is listed without a text, sent again or given up."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from commands import Shell

from handlers.notices import SAYINGS
from prompts.render import LOCALES, Words
from prompts.screens.deliveries import WHY, why
from storage import database
from storage.audit import Happened
from storage.notice import Entry, Notice, State
from storage.seal import Keyring, key_file
from storage.transaction import Transaction

URL = "sqlite:///data/nosurprise.db"
NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
HIDDEN = "only-for-ann-77"


def within(do: Callable[[Transaction], Awaitable[None]]) -> None:
    """Do that in the command's own database."""

    async def go() -> None:
        base = await database.open(URL, Keyring.of(None, file=key_file(URL)))
        try:
            async with base.begin() as tx:
                await do(tx)
        finally:
            await base.close()

    asyncio.run(go())


async def put(tx: Transaction, once: str, receiver: str, kind: str = "reminder") -> str:
    facts = {"text": HIDDEN}
    await tx.outbox.put(Notice(kind=kind, receiver=receiver, facts=facts, once=once, due=NOON))
    found = await tx.outbox.find(once)
    assert found is not None
    return found.id


async def claim(tx: Transaction, delivery: str) -> int:
    found = await tx.outbox.claim(delivery, NOON, timedelta(minutes=1))
    assert found is not None
    return found.fence


@pytest.fixture
def ids(shell: Shell) -> dict[str, str]:
    """One parked, one that waits after a try in vain, one sent, one that only waits its time."""
    made: dict[str, str] = {}

    async def fill(tx: Transaction) -> None:
        made["parked"] = await put(tx, "1", "a")
        await tx.outbox.park(made["parked"], await claim(tx, made["parked"]), "user_disabled")
        made["waits"] = await put(tx, "2", "c")
        fence = await claim(tx, made["waits"])
        none = "no account on a connected platform"
        await tx.outbox.later(made["waits"], fence, NOON + timedelta(days=99), none)
        made["sent"] = await put(tx, "3", "a", "my_review")
        fence = await claim(tx, made["sent"])
        await tx.outbox.sent(made["sent"], fence, "D1", "1.0", NOON + timedelta(hours=1))
        made["idle"] = await put(tx, "4", "#hr", "board_closed")

    assert shell("import", "r.csv").code == 0
    within(fill)
    return made


def kept() -> tuple[dict[str, Entry], tuple[Happened, ...]]:
    """Every delivery by its `once`, and the audit trail of deliveries."""
    found: dict[str, Entry] = {}
    trail: list[Happened] = []

    async def look(tx: Transaction) -> None:
        found.update({one.once: one for one in await tx.outbox.ledger()})
        trail.extend(one for one in await tx.audit.all() if one.event.startswith("delivery."))

    within(look)
    return found, tuple(trail)


def test_list_says_what_whom_since_when_why_and_what_to_do(
    shell: Shell, ids: dict[str, str]
) -> None:
    said = shell("outbox", "list")
    assert (said.code, said.err) == (0, "")
    order = sorted(("parked", "waits"), key=lambda one: ids[one])
    lines = {
        "parked": f"{ids['parked'][:8]}  2026-10-12 12:00  Ann (a)  reminder, set aside: the chat "
        "does not know the receiver (any more). See whether the account is still active, and "
        "correct the roster.",
        "waits": f"{ids['waits'][:8]}  2026-10-12 12:00  Cy (c)  reminder, waits: no account in a "
        "connected chat belongs to them. Check the e-mail in the roster, or invite them; it is "
        "tried again by itself for days.",
    }
    *shown, last = said.out.splitlines()
    assert shown == [lines[one] for one in order]
    assert last.startswith("2 messages could not be sent. Mend what stands there, then")
    shell.set(LOCALE="zh-CN")
    assert "Ann（a）  提醒，已搁置：聊天平台不认识这个接收人" in shell("outbox", "list").out


def test_list_where_everything_was_sent_says_so(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    said = shell("outbox", "list")
    assert (said.code, said.out) == (0, "Every message that was due has been sent.\n")
    assert json.loads(shell("outbox", "list", "--format", "json").out) == []


def test_retry_makes_those_due_and_a_wrong_id_changes_nothing(
    shell: Shell, ids: dict[str, str]
) -> None:
    wrong = shell.refused(["outbox", "retry", ids["parked"], "zz"])
    assert "“zz”" in wrong
    assert wrong.endswith("Nothing was changed.")
    assert kept()[0]["1"].state is State.PARKED
    for fine in ("idle", "sent"):
        assert "could not be sent has the id" in shell.refused(["outbox", "retry", ids[fine]])
    said = shell("outbox", "retry", ids["parked"][:10])
    assert (said.code, said.out) == (0, "1 message is due now and sent by the running bot.\n")
    found, trail = kept()
    assert (found["1"].state, found["1"].reason, found["1"].attempts) == (State.PENDING, None, 0)
    assert found["1"].due < datetime.now(UTC) < found["2"].due
    assert [(one.event, one.subject) for one in trail] == [("delivery.retried", ids["parked"])]


def test_retry_all_takes_what_waits_in_vain_too(shell: Shell, ids: dict[str, str]) -> None:
    assert shell("outbox", "retry", "--all").out.startswith("2 messages are due now")
    assert shell("outbox", "retry", "--all").out.startswith("0 messages are due now")
    found, _ = kept()
    assert found["2"].due < datetime.now(UTC)
    assert found["3"].state is State.SENT


def test_drop_asks_for_a_reason_which_the_audit_trail_keeps(
    shell: Shell, ids: dict[str, str]
) -> None:
    assert shell("outbox", "drop", ids["parked"]).code == 2
    assert "--reason is empty" in shell.refused(["outbox", "drop", ids["parked"], "--reason", " "])
    said = shell("outbox", "drop", ids["parked"], "--reason", "left the firm")
    assert (said.code, said.out) == (0, "1 message is given up.\n")
    found, trail = kept()
    assert found["1"].state is State.DROPPED
    assert [(one.event, one.subject, dict(one.details)) for one in trail] == [
        ("delivery.dropped", ids["parked"], {"reason": "left the firm"})
    ]
    assert "left the firm" not in shell("outbox", "ledger").out


def test_ids_or_all_and_never_both_or_none(shell: Shell, ids: dict[str, str]) -> None:
    for words in (["retry"], ["retry", "--all", ids["parked"]]):
        assert shell.refused(["outbox", *words]).startswith("Name the messages by their ids")


def test_what_is_of_unknown_end_is_shown_and_left_to_the_bot(
    shell: Shell, ids: dict[str, str]
) -> None:
    async def doubt(tx: Transaction) -> None:
        fence = await claim(tx, ids["idle"])
        assert await tx.outbox.intend(ids["idle"], fence, b"bytes", NOON)

    within(doubt)
    assert "HR channel  board: the end, on its way: nobody knows yet" in shell("outbox", "list").out
    for words in (["retry", ids["idle"]], ["drop", ids["idle"], "--reason", "x"]):
        said = shell("outbox", *words)
        assert (said.code, said.out[:2]) == (1, "0 ")
        assert said.err.startswith(
            "1 of them is being sent, or looked for in the chat, at this moment"
        )
    assert kept()[0]["4"].state is State.SENDING


def test_an_id_that_fits_two_is_refused(shell: Shell, ids: dict[str, str]) -> None:
    assert "“”" in shell.refused(["outbox", "retry", ""])

    async def alike(tx: Transaction) -> None:
        for at in range(20):
            one = await put(tx, f"more{at}", "a")
            await tx.outbox.park(one, await claim(tx, one), "fault")

    within(alike)
    found, _ = kept()
    parked = [one.id[0] for one in found.values() if one.state is State.PARKED]
    twice = next(first for first in parked if parked.count(first) > 1)
    assert "Several messages begin with" in shell.refused(["outbox", "retry", twice])


def test_the_ledger_says_who_was_sent_what_when_and_who_was_never_reached(
    shell: Shell, ids: dict[str, str]
) -> None:
    rows = json.loads(shell("outbox", "ledger", "--format", "json").out)
    by = {row["id"]: row for row in rows}
    assert by[ids["sent"]] == {
        "id": ids["sent"],
        "to": "a",
        "name": "Ann",
        "kind": "my_review",
        "state": "sent",
        "since": "2026-10-12T12:00:00+08:00",
        "sent_at": "2026-10-12T13:00:00+08:00",
        "attempts": 0,
        "reason": None,
        "ever_reached": True,
    }
    assert {row["id"]: row["ever_reached"] for row in rows} == {
        ids["parked"]: True,
        ids["waits"]: False,
        ids["sent"]: True,
        ids["idle"]: False,
    }
    assert shell("outbox", "ledger").out.splitlines()[-1] in {
        "Nothing has ever reached: Cy (c), HR channel.",
        "Nothing has ever reached: HR channel, Cy (c).",
    }
    table = list(csv.DictReader(io.StringIO(shell("outbox", "ledger", "--format", "csv").out)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    mine = json.loads(shell("outbox", "ledger", "--who", "c", "--format", "json").out)
    assert [row["id"] for row in mine] == [ids["waits"]]
    assert "“nobody”" in shell.refused(["outbox", "ledger", "--who", "nobody"])
    for shape in ("text", "json", "csv"):
        for words in (["list"], ["ledger"]):
            assert HIDDEN not in shell("outbox", *words, "--format", shape).out


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_state_and_reason_has_words(locale: str) -> None:
    words = Words(locale)
    assert all(words.plain(f"deliveries.kind_{kind}") for kind in SAYINGS)
    assert all(words.plain(f"deliveries.state_{state}") for state in State)
    assert all(why(reason, words) for reason in WHY)
    assert "as_it_is" in why("as_it_is", words)
    assert "not_read" in why("look-back: not_read", words)
    assert why(None, words) == ""
