"""Forms asked part by part in a chat: from the first question to the end, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from asked_chat import Talk, asked
from world import Home, open_cycle, rating_answers, review_of, self_answers

from handlers.answers import Asks, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Said
from prompts.card import Ask
from review import scale

WRITTEN = "上周二去客户那里，当天解决了问题"


async def answer_all(talk: Talk, words: Mapping[Ask | str, str]) -> None:
    """Answer whatever is asked, by its key or its kind, to the overview."""
    for _ in range(60):
        if not talk.asks.next:
            return
        one = talk.asks.next[0]
        await talk.say(words.get(one.key, words.get(one.ask, "skip")))
    raise AssertionError(talk.text)


async def stands(place: Home, cycle: str, who: str) -> tuple[list[str], str]:
    """The scores and the last words of a self-review that was sent."""
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.reviews.of(cycle, who)
    assert found is not None
    assert found.self_part is not None
    return [scale.show(one) for one in found.self_part.scores.values()], found.self_part.comment


async def begun(place: Home, who: str = "e1") -> tuple[Talk, str]:
    """Somebody whose self-review is opened in the chat."""
    cycle = await open_cycle(place)
    talk = Talk(place, who)
    await talk.does("self_review.open", await review_of(place, cycle, who))
    return talk, cycle.id


async def test_a_whole_self_review_is_typed_in_chinese(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, cycle = await begun(place, "e2")
        assert "第 1 题，共 9 题" in talk.text
        for typed, then in (
            ("四", "说明（可不填）"),
            (WRITTEN, "第 3 题"),
            ("三点五", "第 4 题"),
            ("跳过", "第 5 题"),
            ("三分半", "第 6 题"),
            ("跳过", "1 级：尊重每一个人"),
            ("部分做到", "请写一个没有做到的事例"),
            (WRITTEN, "团队合作"),
        ):
            assert then in await talk.say(typed), typed
        await answer_all(talk, {Ask.LEVEL: "是", Ask.TEXT: WRITTEN, Ask.SCORE: "四"})
        assert "1. 自评分：4 超出期望" in talk.text
        assert "4. 说明：–" in talk.text
        assert "✓ 已完成：自评 2026Q3" in await talk.say("提交")
        assert await stands(place, cycle, "e2") == (["4", "3.5", "3.5"], WRITTEN)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.askings.whole("e2") == ()
            assert await tx.drafts.of("e2") == ()


async def test_what_is_typed_ends_as_what_a_form_sends(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, cycle = await begun(place)
        given = self_answers(place)
        await answer_all(talk, given)
        await talk.press("Send")
        async with place.deps.database.begin(write=False) as tx:
            found = await tx.reviews.of(cycle, "e1")
        assert found is not None
        assert found.self_part is not None
        assert found.self_part.cases == {
            f"value:{one}": given[f"case:value:{one}"] for one in place.deps.company.policy.values
        }
        assert found.self_part.comment == given["overall"]


async def test_a_rating_is_typed_with_its_cases(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, cycle = await begun(place)
        given = self_answers(place)
        await answer_all(talk, given)
        await talk.say("send")
        mia = Talk(place, "mia")
        await mia.does("rate:4", await review_of_id(place, cycle))
        assert "Person 1" in mia.text
        given = rating_answers(place, score="4", levels=2, reason="The large order.")
        await answer_all(mia, given)
        assert "Overall rating" in mia.text
        assert "✓ Done" in await mia.say("send"), mia.text
        async with place.deps.database.begin(write=False) as tx:
            found = await tx.reviews.of(cycle, "e1")
        assert found is not None
        assert found.rating is not None
        assert scale.show(found.rating) == "4"


async def test_a_press_answers_and_an_old_one_is_over(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        assert "Question 2 of 9" in await talk.press("4 ")
        text = await talk.press("3.5 ", before=1)
        assert "That question is over" in text
        assert "Question 2 of 9" in text
        async with place.deps.database.begin(write=False) as tx:
            (draft,) = await tx.drafts.of("e1")
        assert draft.marks["goal:repeat_rate"].value == "4"


async def test_back_and_change_lead_there_and_on_again(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await talk.say("4")
        await talk.say("Two big customers came back.")
        assert "Two big customers came back." in await talk.say("back")
        assert "Question 1 of 9" in await talk.press("Back")
        assert "This is the first question." in await talk.say("back")
        assert "Question 3 of 9" in await talk.say("3.5")
        assert "Question 1 of 9" in await talk.say("change 1")
        assert "Question 3 of 9" in await talk.press("Leave it so")
        assert "There is no question 44." in await talk.say("change 44")


async def test_later_keeps_all_and_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, cycle = await begun(place)
        await talk.say("4")
        assert "Your answers are kept" in await talk.press("Later")
        assert isinstance(talk.answers[-1], Says)
        assert "Question" not in await talk.say("status")
        assert "Question 2 of 9" in await talk.say("go on")
        await talk.say("later")
        text = await talk.does("self_review.open", await review_of_id(place, cycle))
        assert "Question 2 of 9" in text
        await talk.say("later")
        assert "Question 2 of 9" in await talk.press("Go on")


async def review_of_id(place: Home, cycle: str) -> str:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.reviews.of(cycle, "e1")
    assert found is not None
    return found.id


async def test_a_command_is_done_and_the_question_stays(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        assert isinstance(talk.answers[-1], Asks)
        await talk.say("status")
        assert isinstance(talk.answers[-1], Says)
        assert "Question 2 of 9" in await talk.say("4")


async def test_two_forms_at_once_are_asked_one_after_the_other(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await talk.say("4")
        await talk.does("feedback.open", "e2")
        assert "Person 2" in talk.text
        for words in ("1", "something else", "You helped me a lot yesterday.", "skip", "-"):
            await talk.say(words)
        assert "You helped me a lot yesterday." in talk.text
        text = await talk.say("send")
        assert "✓ Done" in text
        assert "Now on with “Self-review 2026Q3”." in text
        assert "Question 2 of 9" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("great", "can't read this as a score"),
        ("7", "can't read this as a score"),
        ("", "words only"),
    ],
)
async def test_what_is_no_answer_is_asked_again(tmp_path: Path, typed: str, said: str) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        text = await talk.say(typed)
        assert said in text
        assert "Question 1 of 9" in text


async def test_a_text_that_is_too_long_is_kept_whole_and_asked_again(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await talk.say("4")
        assert "7 characters too long" in await talk.say("x" * 3007)
        async with place.deps.database.begin(write=False) as tx:
            (draft,) = await tx.drafts.of("e1")
        assert draft.marks["comment:repeat_rate"].value == "x" * 3007
        assert "Question 3 of 9" in await talk.say("Shorter.")


async def test_the_same_message_twice_answers_once(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        event = Said(who=Account("text", "T-e1"), text="4", identity="message:1")
        first = await dispatch(event, place.deps)
        assert await dispatch(event, place.deps) == first
        await talk.say("A text.")
        assert "Question 3 of 9" in talk.text


async def test_a_spoken_answer_is_said_back(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        text = await talk.say("四分", heard=True)
        assert "> 四分" in text
        assert "Question 2 of 9" in text


async def test_a_form_that_was_sent_elsewhere_is_over(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        form = talk.asks.form
        place.deps.asked_in_parts = frozenset()
        await place.fill("e1", form, self_answers(place))
        place.deps.asked_in_parts = frozenset({"text"})
        await talk.say("4")
        assert isinstance(talk.answers[-1], Says)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.askings.whole("e1") == ()


async def test_what_is_typed_into_a_form_that_is_shut_is_kept_though_it_is_over(
    tmp_path: Path,
) -> None:
    async with asked(tmp_path) as place:
        talk, cycle = await begun(place)
        await talk.say("4")
        async with place.deps.database.begin() as tx:
            stands = await tx.cycles.get(cycle)
            assert stands is not None
            await tx.cycles.save(replace(stands, closed_at=place.clock.now()))
        await talk.say("Two big customers came back.")
        assert isinstance(talk.answers[-1], Says)
        assert "2026Q3" in talk.text
        async with place.deps.database.begin(write=False) as tx:
            (draft,) = await tx.drafts.of("e1")
            assert await tx.askings.whole("e1") == ()
        assert draft.marks["comment:repeat_rate"].value == "Two big customers came back."


async def test_some_answers_of_a_card_are_kept_and_the_rest_is_asked(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await talk.fill(goal__repeat_rate="4", comment__repeat_rate="Went well.")
        assert [one.key for one in talk.asks.next][:1] == ["goal:message_rates"]
        await talk.fill(goal__message_rates="nonsense", goal__conduct="3.5")
        assert talk.asks.next[0].key == "goal:message_rates"
        assert talk.asks.next[0].problem == "I can't read this as a score."


async def test_nobody_answers_what_another_is_asked(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        value = talk.buttons()[0].value
        other = Talk(place, "e3")
        assert "closed" in await other.does("asking.answer", value)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.drafts.of("e1") == ()
