"""Feedback and its part in a rating, through the workspace."""

from __future__ import annotations

from pathlib import Path

from place import Place, place
from place_forms import fill_step, fill_to_the_end, inputs, rows_of, shown, write_self

from sandbox.company import rating_answers
from sandbox.slack import payloads

MEMBER, LEAD, PEER = "N0018", "N0008", "N0019"
WORD = {
    "kind": "constructive",
    "about": "value:teamwork",
    "behaviour": "In Monday's meeting two colleagues were cut short. <!channel> & *so*",
    "effect": "Their plan came a week later.",
    "expectation": "Let people end what they have to say.",
}


async def give(here: Place, giver: str, receiver: str) -> None:
    person = here.who[giver]
    await person.command(f"/review feedback <@{here.who[receiver].id}|somebody>")
    assert person.form is not None, person.troubles
    assert person.form.callback_id == "feedback"
    assert await fill_to_the_end(person, WORD) == 1
    await here.settle()


async def test_a_word_goes_there_and_thanks_come_back(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        await give(here, PEER, MEMBER)
        name = here.employee(PEER).name
        (told,) = here.dms(MEMBER, "feedback")
        assert told.words.startswith(WORD["behaviour"])
        assert name in told.words
        await here.tick()
        await here.settle()
        (given,) = here.dms(PEER, "feedback_given")
        assert here.employee(MEMBER).name in given.words
        assert any(one in given.words for one in ("reached", "已送达"))
        await here.who[MEMBER].press("feedback.thank", message=told)
        await here.who[MEMBER].close()
        await here.who[MEMBER].press("feedback.answer", message=told)
        assert await fill_to_the_end(here.who[MEMBER], {"answer": "I had not seen that."}) == 1
        await here.settle()
        assert len(here.dms(PEER, "feedback_thanked")) == 1
        (answer,) = here.dms(PEER, "feedback_answered")
        assert "I had not seen that." in answer.words
        others = [one for one in here.who if one not in {MEMBER, PEER}]
        assert [one for one in others if any("cut short" in m.words for m in here.dms(one))] == []


async def test_a_forged_press_of_another_is_refused(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        await give(here, LEAD, MEMBER)
        (told,) = here.dms(MEMBER, "feedback")
        (row,) = [block for block in told.blocks if block["type"] == "actions"]
        value = row["elements"][0]["value"]
        async with here.deps.database.begin(write=False) as tx:
            before = await tx.feedback.get(value)
        for who in (PEER, LEAD):
            for action in ("thank", "talk", "answer"):
                person = here.who[who]
                spot = {"type": "button", "action_id": f"feedback.{action}", "value": value}
                made = spot | {"block_id": "b", "action_ts": here.workspace.next_ts()}
                body = payloads.block_actions_in_message(
                    here.workspace, person.id, await person.say("hello"), made
                )
                await here.workspace.wire.deliver("interactive", body)
                assert person.form is not None
                assert person.form.callback_id == "notice"
                await person.close()
        async with here.deps.database.begin(write=False) as tx:
            assert await tx.feedback.get(value) == before


async def test_talk_first_stands_in_the_form_and_asks_why(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        lead, name = here.who[LEAD], here.employee(MEMBER).name
        rows = await rows_of(here, cycle, MEMBER)
        answers = rating_answers(here.employee(MEMBER), rows) | {
            "overall": "3.25",
            "case:missed": "The first one.",
        }
        await lead.press("rate:3.25", near=name)
        while lead.form is not None and "overall" not in shown(lead):
            await fill_step(lead, answers)
            assert await lead.submit() == {}
        await fill_step(lead, answers)
        assert "surprise_reason" in shown(lead)
        assert await lead.submit() == {}
        if lead.form is not None:  # words used twice
            assert await lead.submit() == {}
        assert lead.form is None
        found = (await here.exported(cycle))[MEMBER]
        assert (found["surprise"], found["surprise_reason"]) == (True, answers["surprise_reason"])


async def test_a_message_and_the_own_page_lead_to_the_same_form(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        member, peer = here.who[MEMBER], here.who[PEER]
        here.workspace.add_channel("shop", members=[member, peer])
        said = await member.say("I sent the list on Monday <3", channel="#shop")
        await peer.shortcut("give_feedback", said)
        assert peer.form is not None, peer.troubles
        assert peer.form.callback_id == "feedback"
        assert shown(peer)["behaviour"] == "I sent the list on Monday <3"
        await peer.close()
        await peer.shortcut("give_feedback", await peer.say("mine", channel="#shop"))
        assert peer.form.callback_id == "notice"
        await peer.close()
        await peer.open_home()
        await here.settle()
        await peer.press("feedback.open")
        assert peer.form is not None, peer.troubles
        assert peer.form.callback_id == "feedback_whom"
        await fill_step(peer, {"whom": here.workspace.app.bot_user})
        assert await peer.submit() == {}
        assert peer.form.callback_id == "feedback_whom"
        assert any("⚠️" in str(block) for block in peer.form.blocks)
        await fill_step(peer, {"whom": member.id})
        assert await peer.submit() == {}
        assert peer.form.callback_id == "feedback"
        assert await fill_to_the_end(peer, WORD) == 1
        await here.settle()
        (told,) = here.dms(MEMBER, "feedback")
        assert told.words.startswith(WORD["behaviour"])


async def test_colleagues_who_are_asked_give_feedback_or_rather_not(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        member, peer, lead = here.who[MEMBER], here.who[PEER], here.who[LEAD]
        await member.open_home()
        await here.settle()
        await member.press("feedback.ask")
        assert member.form is not None, member.troubles
        await member.fill({"whom": [peer.id, here.workspace.app.bot_user]})
        assert await member.submit() == {}
        assert member.form.callback_id == "feedback_ask"
        assert any("⚠️" in str(block) for block in member.form.blocks)
        (block,) = [one for one in inputs(member) if one.startswith("whom")]
        await member.fill({block: [peer.id, lead.id], "question": "What should I keep? <3"})
        assert await member.submit() == {}
        assert member.form is None
        await here.settle()
        (asked,) = here.dms(PEER, "feedback_asked")
        assert "What should I keep? <3" in asked.words
        await peer.press("feedback.give", message=asked)
        assert peer.form is not None, peer.troubles
        assert peer.form.callback_id == "feedback_asked"
        assert await fill_to_the_end(peer, WORD) == 1
        (other,) = here.dms(LEAD, "feedback_asked")
        await lead.press("feedback.not_now", message=other)
        await here.settle()
        (told,) = here.dms(MEMBER, "feedback")
        assert told.words.startswith(WORD["behaviour"])
        (state,) = here.dms(MEMBER, "feedback_request")
        answered, ahead = state.words.split("\n")[-3:-1]
        assert here.employee(PEER).name in answered
        assert here.employee(LEAD).name in ahead
        assert [one.edits for one in here.dms(PEER, "feedback_asked")] == [1]
        others = [one for one in here.who if one not in {MEMBER, PEER, LEAD}]
        assert [one for one in others if here.dms(one, "feedback_asked")] == []
