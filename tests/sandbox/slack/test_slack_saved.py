"""A workspace that is saved and gone on with, and a clock that can be moved on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import MovableClock
from sandbox.errors import UnreadableError
from sandbox.slack import Workspace
from sandbox.slack.model import File, Message
from sandbox.slack.saved import load, read, save

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)


def talked() -> Workspace:
    workspace = Workspace("Shop", clock=MovableClock(NOON))
    ana = workspace.add_user("ana", real_name="王安娜", locale="zh-CN", tz="Asia/Shanghai")
    hr = workspace.add_channel("hr", members=[ana], private=True)
    chart = File("F1", "chart.png", "Chart", NOON, NOON, b"\x89PNG\x00\xff", "image/png", 6)
    workspace.files[chart.id] = chart
    root = workspace.put(Message(hr.id, workspace.next_ts(), ana.id, "您好 <b>", []))
    reply = Message(hr.id, workspace.next_ts(), "U00000000", "", [{"type": "divider"}])
    reply.thread_ts, reply.files, reply.metadata = root.ts, [chart], {"event_type": "x"}
    workspace.put(reply)
    hr.read[ana.id] = root.ts
    return workspace


def test_a_saved_workspace_is_the_same_when_it_is_gone_on_with() -> None:
    before = talked()
    kept = read(save(before))
    after = Workspace("Shop", clock=MovableClock(kept.now))
    load(kept, after)
    assert (after.users, after.channels) == (before.users, before.channels)
    assert after.channel("#hr").messages[1].files[0] is after.files["F1"]  # type: ignore[union-attr]
    assert [person.name for person in after.people.values()] == ["ana"]
    assert after.clock.now() - before.clock.now() < timedelta(seconds=1)


def test_a_loaded_workspace_gives_no_number_a_second_time() -> None:
    before = talked()
    given = {before.triggers.issue("U00000001"), before.add_user("ben").id}
    kept = read(save(before))
    after = Workspace("Shop", clock=MovableClock(kept.now))
    load(kept, after)
    assert given.isdisjoint({after.triggers.issue("U00000001"), after.add_user("cy").id})


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}'])
def test_what_is_no_saved_workspace_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(text)


def test_another_versions_workspace_is_refused() -> None:
    other = json.loads(save(talked())) | {"format": 999}
    with pytest.raises(UnreadableError, match="format 999"):
        read(json.dumps(other))


def test_a_movable_clock_goes_on_from_where_it_was_moved_and_never_back() -> None:
    clock = MovableClock(NOON)
    clock.move_to(NOON + timedelta(days=3))
    clock.move_to(NOON + timedelta(days=1))
    first, second = clock.now(), clock.now()
    assert NOON + timedelta(days=3) <= first <= second < NOON + timedelta(days=3, minutes=1)
