"""The Home tab in Slack: published once a look, whatever the network does, and never a message."""

from __future__ import annotations

from pathlib import Path

from place import Place, place

from sandbox.slack.model import Json, OpenView
from storage.notice import State

ADMIN, MEMBER = "N0015", "N0009"


async def _looks(here: Place, who: str) -> OpenView:
    await here.who[who].open_home()
    await here.settle()
    shown = here.who[who].home()
    assert shown is not None
    return shown


def _said(view: OpenView) -> str:
    texts: list[Json] = [block.get("text", {}) for block in view.view["blocks"]]
    return "\n".join(str(one.get("text", "")) for one in texts)


async def _kept(here: Place, who: str) -> list[tuple[State, str | None]]:
    async with here.deps.database.begin(write=False) as tx:
        found = await tx.outbox.ledger(receiver=who)
    return [(one.state, one.reason) for one in found if one.kind == "home"]


async def test_the_home_tab_is_shown_and_its_buttons_open_the_same_forms(tmp_path: Path) -> None:
    async with place(tmp_path, count=16, hr_admins=(ADMIN,)) as here:
        stranger = here.workspace.add_user("stray", real_name="Stray Cat")
        await stranger.open_home()
        shown = stranger.home()
        assert shown is not None
        assert here.employee(ADMIN).name in _said(shown)

        cycle = await here.open_cycle()
        person = here.who[MEMBER]
        messages = len(here.dms(MEMBER))
        await person.open_home("messages")
        assert person.home() is None
        first = await _looks(here, MEMBER)
        shown_then = (first.id, first.hash)
        assert "2026Q3" in _said(first)
        assert len(here.dms(MEMBER)) == messages
        await person.press("self_review.open", value=await here.review_id(cycle, MEMBER))
        assert person.form is not None
        await person.close()

        here.server.faults.lose_reply("views.publish")
        again = await _looks(here, MEMBER)
        assert again.id == shown_then[0]
        assert again.hash != shown_then[1]
        assert await _kept(here, MEMBER) == [(State.SENT, None)]

        here.server.faults.error("views.publish", "not_enabled")
        await _looks(here, MEMBER)
        assert await _kept(here, MEMBER) == [(State.DROPPED, "not_enabled")]
        assert here.dms(ADMIN, "unreachable") == []
        await _looks(here, MEMBER)
        assert await _kept(here, MEMBER) == [(State.SENT, None)]
        async with here.deps.database.begin(write=False) as tx:
            account = await tx.people.account_of(MEMBER, "slack")
        assert account is not None
        assert account.channel is not None
        assert account.channel.startswith("D")
