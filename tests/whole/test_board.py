"""The living board in the HR channel: edited seldom, answered when a group turns, naming nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from place import Place, kind_of, place
from place_forms import fill_to_the_end, rate, write_self

from review.cycle import Cycle
from sandbox.slack.model import Message
from scheduler.deliver import deliver_all

LEAD, TEAM = "N0008", tuple(f"N00{number}" for number in range(18, 24))


async def _all_rated(here: Place, cycle: Cycle) -> None:
    for one in TEAM:
        await write_self(here, cycle, one)
    await here.settle()
    for one in TEAM:
        await rate(here, cycle, one, overall="4")


async def _rated(here: Place, cycle: Cycle, team: Sequence[str]) -> None:
    for one in team:
        await write_self(here, cycle, one)
    await here.settle()
    for one in team:
        await rate(here, cycle, one)
    await here.settle()


def _edits(here: Place) -> int:
    """How often Slack was asked to edit the board."""
    board = here.board()[0].ts
    return len(
        [1 for name, args in here.server.calls if (name, args.get("ts")) == ("chat.update", board)]
    )


def _replies(here: Place) -> list[Message]:
    board, *rest = here.board()
    assert {one.thread_ts for one in rest} <= {board.ts}
    return rest


async def test_a_group_that_turns_strong_is_told_once_with_a_picture_and_once_resolved(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=26) as here:
        cycle = await here.open_cycle()
        await _all_rated(here, cycle)
        await here.settle()
        for _ in range(3):
            await here.tick()
            await here.settle()
        strong = _replies(here)
        assert [_said(one) for one in strong] == [
            ("board_strong", "董海燕's team is clearly out of policy: 4 and above 6 of 6"),
        ]
        for reply in strong:
            (image,) = [block for block in reply.blocks if block["type"] == "image"]
            file = here.workspace.files[image["slack_file"]["id"]]
            assert (file.mimetype, file.content[:4]) == ("image/png", b"\x89PNG")
        boss = here.who[LEAD]
        for one in TEAM[:4]:
            await boss.press("rate.change", near=here.employee(one).name)
            words = {
                "overall": "3.5",
                "reason": "After a talk.",
                "case:overall": "What came of it.",
            }
            await fill_to_the_end(boss, words)
        for _ in range(3):
            await here.settle()
            await here.tick()
        resolved = _replies(here)[1:]
        assert [kind_of(one) for one in resolved] == ["board_resolved"]
        assert all("is back in policy: 4 and above now 2 of 6" in _plain(one) for one in resolved)
        shown = "\n".join(_plain(one) for one in here.board())
        assert [here.employee(one).name for one in TEAM if here.employee(one).name in shown] == []


def _said(message: Message) -> tuple[str, str]:
    """Kind and the first part of what a reply says."""
    return kind_of(message), _plain(message).removeprefix("🔴 ").split(", at most")[0]


def _plain(message: Message) -> str:
    return message.words.replace("*", "").replace("\n", " ").replace("  ", " ")


async def test_the_board_is_edited_at_most_once_in_five_seconds_and_once_at_the_end(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=26, running=True) as here:
        cycle = await here.open_cycle()
        before, since = _edits(here), here.clock.now()
        for one in TEAM[:3]:
            await write_self(here, cycle, one)
            await deliver_all(here.deps)
        assert here.clock.now() - since < timedelta(seconds=5)
        first = _edits(here) - before
        await here.settle()
        assert first <= 1
        assert _edits(here) - before == 1 + first
        assert "Self-reviews 3/" in _plain(here.board()[0])
        await here.settle()
        assert _edits(here) - before == 1 + first


async def test_no_group_of_fewer_than_five_stands_on_the_board(tmp_path: Path) -> None:
    async with place(tmp_path, count=26) as here:
        cycle = await here.open_cycle()
        await _rated(here, cycle, ["N0018", "N0019", "N0020", "N0021"])
        assert "Too few are rated for a distribution yet." in _plain(here.board()[0])
        assert here.employee(LEAD).name not in _plain(here.board()[0])
        others = [
            two.employee_id
            for two in here.colleagues
            if two.manager_id in {"N0007", "N0002"} and two.track == "staff"
        ]
        await _rated(here, cycle, others)
        shown = _plain(here.board()[0])
        assert "Too few" not in shown
        leads = {
            here.employee(str(one.manager_id)).name for one in here.colleagues if one.manager_id
        }
        assert "运营 Operations: 4 and above 3 of 6" in shown
        assert [lead for lead in leads if f"{lead}'s team" in shown] == []
