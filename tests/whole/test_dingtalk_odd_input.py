"""What people do in DingTalk that no form reckons with, over the wire: nothing is lost."""

from __future__ import annotations

from pathlib import Path

from ding_offers import Offer, offers
from ding_person import DingPerson, Question
from ding_place import DingPlace, ding_place

from sandbox.dingtalk.model import Message

MEI, WEN = "N0012", "N0011"
"""They write Chinese, and have a self-review to fill in; so have the others from N0008 on."""
RAFAEL, HR = "N0009", "N0007"


async def begun(here: DingPlace, employee: str) -> tuple[DingPerson, Question]:
    """Somebody opens their self-review."""
    who = here.on_dingtalk[employee]
    await who.press("self_review.open")
    return who, await now(here, who)


async def now(here: DingPlace, who: DingPerson) -> Question:
    found = await here.asked(who.id)
    assert found is not None
    return found


def choices(message: Message, who: DingPerson) -> list[Offer]:
    return [one for one in offers(message, who.id, None, ()) if one.action == "asking.answer"]


async def test_numerals_and_voices_are_answers_other_words_and_pictures_are_asked_for_anew(
    tmp_path: Path,
) -> None:
    async with ding_place(tmp_path) as here:
        await here.open_cycle()
        mei, first = await begun(here, MEI)
        await mei.say("很好")
        assert "“4”" in mei.last().words
        await mei.them.show()
        assert "图片" in mei.last().words
        assert (await now(here, mei)).key == first.key
        await mei.say("三点五")
        assert (await now(here, mei)).answers[first.key] == "3.5"
        wen, first = await begun(here, WEN)
        await wen.them.speak("四分")
        assert "四分" in wen.last().words
        assert (await now(here, wen)).answers[first.key] == "4"


async def test_an_answer_to_a_question_that_is_over_changes_nothing(tmp_path: Path) -> None:
    async with ding_place(tmp_path) as here:
        await here.open_cycle()
        rafael, first = await begun(here, RAFAEL)
        old = rafael.last()
        await rafael.say("3.5")
        before = await now(here, rafael)
        late = next(one for one in choices(old, rafael) if one.last == "2.5")
        await rafael.say(late.text)
        assert "That question is over" in rafael.last().words
        assert await now(here, rafael) == before
        assert before.answers[first.key] == "3.5"


async def test_two_forms_at_once_are_asked_one_after_the_other(tmp_path: Path) -> None:
    async with ding_place(tmp_path) as here:
        await here.open_cycle()
        rafael, first = await begun(here, RAFAEL)
        await rafael.say("3.5")
        mine = await now(here, rafael)
        await rafael.command("/review feedback @N0008")
        other = await now(here, rafael)
        assert other.surface != mine.surface
        words = {"kind": "positive", "about": "value:teamwork", "behaviour": "He stayed."}
        await rafael.fill_to_the_end(words)
        back = await now(here, rafael)
        assert (back.surface, back.key) == (mine.surface, mine.key)
        assert back.answers[first.key] == "3.5"


async def test_what_a_group_says_is_no_answer_and_without_the_robot_not_even_heard(
    tmp_path: Path,
) -> None:
    async with ding_place(tmp_path) as here:
        await here.open_cycle()
        group = here.organisation.add_group("Shop", [here.on_dingtalk[RAFAEL].id])
        rafael, first = await begun(here, RAFAEL)
        calls, asked = len(here.ding.made), await now(here, rafael)
        await rafael.them.say("3.5", group=group.id, mentions=False)
        assert len(here.ding.made) == calls
        await rafael.them.say("3.5", group=group.id)
        assert await now(here, rafael) == asked
        assert asked.answers[first.key] == ""
        assert [one.sender for one in group.messages] == [rafael.id, rafael.id]


async def test_whom_the_app_cannot_see_is_named_to_hr(tmp_path: Path) -> None:
    async with ding_place(tmp_path, hr_admins=(HR,)) as here:
        here.organisation.faults.invalid.add(MEI.lower())
        await here.open_cycle()
        assert here.on_dingtalk[MEI].dms() == []
        name = here.employee(MEI).name
        told = [one.words for one in (*here.dms(HR), *here.board())]
        assert any(name in words for words in told), told
        assert here.dms(RAFAEL, "my_review")
