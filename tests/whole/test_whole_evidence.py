"""The message shortcut and what comes of it, through the workspace."""

from __future__ import annotations

from pathlib import Path

from place import place
from place_forms import fill_step, fill_to_the_end, inputs, rows_of, shown

from sandbox.company import self_answers

MEMBER, PEER = "N0018", "N0019"


async def test_a_kept_message_is_quoted_in_the_own_review(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        member, peer = here.who[MEMBER], here.who[PEER]
        channel = here.workspace.add_channel("shop", members=[member, peer])
        said = await peer.say("Thanks <3 & well done, " + f"<@{member.id}>!", channel="#shop")
        await member.shortcut("keep_evidence", said)
        assert member.form is not None, member.troubles
        assert member.form.callback_id == "keep_evidence"
        assert await fill_to_the_end(member, {"note": "For teamwork."}) == 1
        async with here.deps.database.begin(write=False) as tx:
            (kept,) = await tx.evidence.of(MEMBER)
        assert kept.message.text == f"Thanks <3 & well done, @{member.id}!"
        assert kept.message.author == here.employee(PEER).name
        assert kept.message.link.endswith(f"/archives/{channel.id}/p{said.ts.replace('.', '')}")
        cycle = await here.open_cycle()
        answers = self_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        await member.press("self_review.open")
        while "overall" not in shown(member):
            await fill_step(member, answers)
            assert await member.submit() == {}
        await member.fill({"overall": "It went well."})
        await member.press("form.at_hand")
        await member.press(f"quote:{kept.id}")
        (block,) = [one for one in inputs(member) if one.startswith("overall")]
        assert member.form is not None
        assert shown(member)["overall"].startswith("It went well.\n“Thanks <3 & well done"), block
        assert await member.submit() == {}
        assert member.form is None
        record = await here.review(cycle, MEMBER)
        assert record.self_part is not None
        assert record.self_part.comment.endswith(f"{kept.message.link})")


async def test_a_stranger_who_keeps_a_message_is_told_who_helps(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        guest = here.workspace.add_user("guest", email="guest@elsewhere.example")
        await guest.shortcut("keep_evidence", await guest.say("hello"))
        assert guest.form is not None
        assert guest.form.callback_id == "notice"
