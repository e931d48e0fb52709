"""The weekly check-in through the workspace: answered in place, and read by the lead."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from place import Place, lines, place

from sandbox.slack.model import Message

MEMBER, LEAD = "N0018", "N0008"
OCTOBER = datetime(2026, 10, 22, 4, tzinfo=UTC)
"""A Thursday; goals stand from that day on."""
FRIDAY = datetime(2026, 10, 23, 4, tzinfo=UTC)
MONDAY = datetime(2026, 10, 26, 4, tzinfo=UTC)
DATES = {
    "goals_due": date(2026, 10, 21),
    "self_open": date(2027, 1, 4),
    "self_due": date(2027, 1, 8),
    "manager_due": date(2027, 1, 15),
}
GOAL = "本期最重要的成果"
WORDS = "The agency <!channel> is late."


def asked(here: Place) -> list[Message]:
    return [one for one in here.dms(MEMBER, "reminder") if "checkin.open" in str(one.blocks)]


def marks(blocks: list[dict[str, Any]]) -> list[str]:
    rows = [one for one in blocks if one["type"] == "actions"]
    return [one["action_id"] for row in rows for one in row["elements"]]


async def test_one_message_is_answered_in_place_and_the_lead_reads_of_it(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        here.clock.moment = OCTOBER
        await here.open_cycle("2026Q4", **DATES)
        await here.tick(FRIDAY)
        await here.settle()
        (message,) = asked(here)
        member = here.who[MEMBER]
        await member.press("checkin:at_risk", near=GOAL, message=message)
        await member.press("checkin:at_risk", near=GOAL, message=message)
        await here.settle()
        (message,) = asked(here)
        assert message.edits >= 1
        assert str(message.blocks).count("✓") == 1
        await member.press("checkin.open", message=message)
        assert member.form is not None
        assert member.form.callback_id == "checkin"
        (mark,) = [one for one in marks(member.form.blocks) if "on_track" in one][:1]
        await member.press(mark)
        assert str(member.form.blocks).count("✓") == 1
        await member.fill({"words:0": WORDS})
        assert await member.submit() == {}
        await here.settle()
        (message,) = asked(here)
        assert WORDS in "\n".join(lines(message))
        await here.tick(MONDAY)
        await here.settle()
        name = here.employee(MEMBER).name
        told = ["\n".join(lines(one)) for one in here.dms(LEAD, "reminder")]
        assert any(name in one and "The agency" in one for one in told)
        (summary,) = [one for one in here.board() if "checked in" in one.words]
        assert name not in summary.words
        assert "agency" not in summary.words
