"""Slack answers badly, late or not at all: every message is there once all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from place import Place, kind_of, place
from place_forms import write_self

from bot.platforms.slack import connect
from bot.platforms.slack.send import SlackMessenger
from handlers.ports import Outcome, Parcel
from sandbox.slack import posting
from sandbox.slack.faults import Faults
from scheduler.deliver import deliver_all
from storage.notice import State

MEMBER, BOSS = "N0015", "N0007"
SIDE_BY_SIDE = 15
"""Posts that may go out at once, the rest of Slack's burst being kept for what is urgent."""
POST, EDIT, BACK = "chat.postMessage", "chat.update", "conversations.history"


async def _invited(here: Place) -> list[tuple[str, str]]:
    """Kind of everything that was posted to staff, by person."""
    await here.settle()
    return sorted((one, kind_of(m)) for one in here.who for m in here.dms(one))


def _wanted(here: Place) -> list[tuple[str, str]]:
    staff = [one for one in here.colleagues if one.track == "staff"]
    bosses = {str(one.manager_id) for one in staff}
    own = [(one.employee_id, "my_review") for one in staff]
    return sorted([*own, *((boss, "team_list") for boss in bosses)])


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param(lambda faults: faults.rate_limit(POST, times=2, retry_after=30), id="429"),
        pytest.param(lambda faults: faults.lose_reply(POST, times=3), id="reply lost"),
        pytest.param(lambda faults: faults.drop(POST, times=3), id="dropped"),
        pytest.param(lambda faults: faults.server_error(POST, times=3), id="503 and HTML"),
        pytest.param(
            lambda faults: faults.server_error(POST, times=3, status=200), id="200 and HTML"
        ),
        pytest.param(
            lambda faults: faults.server_error(POST, times=3, json=True), id="HTML called JSON"
        ),
        pytest.param(lambda faults: faults.server_error(POST, body="", times=2), id="nothing"),
        pytest.param(
            lambda faults: faults.server_error(POST, times=2, status=200, body="", json=True),
            id="200 and nothing",
        ),
        pytest.param(
            lambda faults: faults.server_error(POST, times=2, status=200, body="{}", json=True),
            id="200 and no ok",
        ),
        pytest.param(lambda faults: faults.error(POST, "internal_error", times=3), id="its fault"),
        pytest.param(
            lambda faults: (faults.lose_reply(POST, times=2), faults.drop(BACK, times=2)),
            id="look-back fails",
        ),
        pytest.param(
            lambda faults: (faults.lose_reply(POST, times=2), faults.server_error(BACK, times=2)),
            id="look-back is HTML",
        ),
    ],
)
async def test_everything_is_posted_once_whatever_slack_does(
    tmp_path: Path, ordered: Callable[[Faults], object]
) -> None:
    async with place(tmp_path, count=16) as here:
        ordered(here.server.faults)
        await here.open_cycle()
        assert await _invited(here) == _wanted(here)
        assert len(here.board()) == 1
        async with here.deps.database.begin(write=False) as tx:
            ended = {one.state for one in await tx.outbox.ledger()}
        assert ended == {State.SENT}


@pytest.mark.parametrize("taken", [False, True])
async def test_a_call_that_is_never_answered_is_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    monkeypatch.setattr(connect, "LONGEST_CALL", 1.0)
    async with place(tmp_path, count=16) as here:
        here.server.faults.time_out(POST, times=3, accepted=taken)
        await here.open_cycle()
        assert await _invited(here) == _wanted(here)
        assert [method for method, _ in here.server.calls].count(BACK) >= 1


@pytest.mark.parametrize("deleted", ["team list", "board"])
async def test_a_message_that_somebody_deleted_is_there_again_as_things_stand_now(
    tmp_path: Path, deleted: str
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        shown = {"team list": lambda: here.dms(BOSS, "team_list"), "board": here.board}[deleted]
        (before,) = shown()
        posting.remove(here.workspace, before)
        await write_self(here, cycle, MEMBER)
        await here.settle()
        (after,) = shown()
        assert (after.ts > before.ts, after.words != before.words) == (True, True)
        async with here.deps.database.begin(write=False) as tx:
            assert {one.state for one in await tx.outbox.ledger()} == {State.SENT}


async def test_a_429_keeps_the_whole_method_quiet_for_as_long_as_slack_asks(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16, running=False) as here:
        here.server.faults.rate_limit(POST, times=SIDE_BY_SIDE, retry_after=30)
        await here.plan_cycle()
        before = here.clock.now()
        await deliver_all(here.deps)
        assert _posts(here) == SIDE_BY_SIDE
        here.clock.moment = before + timedelta(seconds=29)
        await deliver_all(here.deps)
        assert _posts(here) == SIDE_BY_SIDE
        here.clock.moment = before + timedelta(seconds=31)
        assert await _invited(here) == _wanted(here)
        assert _posts(here) == SIDE_BY_SIDE + len(_wanted(here)) + len(here.board())


def _posts(here: Place) -> int:
    """How often Slack was asked to post."""
    return [method for method, _ in here.server.calls].count(POST)


async def test_an_edit_whose_reply_is_lost_is_made_again(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        here.server.faults.lose_reply(EDIT, times=2)
        here.server.faults.drop(EDIT)
        await write_self(here, cycle, MEMBER)
        assert await _invited(here) == _wanted(here)
        assert "You sent your self-review" in here.dms(MEMBER)[0].words


class KilledError(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("taken", [False, True])
async def test_a_program_killed_at_the_call_sends_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    """Just before Slack is called, and just after it took the message."""
    async with place(tmp_path, count=16, running=False) as here:
        real = SlackMessenger.send

        async def killed(self: SlackMessenger, parcel: Parcel, payload: bytes) -> Outcome:
            if taken:
                await real(self, parcel, payload)
            raise KilledError

        await here.plan_cycle()
        monkeypatch.setattr(SlackMessenger, "send", killed)
        with pytest.raises(KilledError):
            await deliver_all(here.deps)
        monkeypatch.undo()
        async with here.deps.database.begin(write=False) as tx:
            held = await tx.outbox.ledger(states=[State.SENDING])
        assert len([one for one in held if one.intent_at]) == SIDE_BY_SIDE
        assert _posts(here) == (SIDE_BY_SIDE if taken else 0)
        assert await _invited(here) == _wanted(here)
        assert _posts(here) == len(_wanted(here)) + len(here.board())
