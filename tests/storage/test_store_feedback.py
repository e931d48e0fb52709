"""Feedback as it is kept: words sealed, counts plain, each answer once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import CANARY, MINUTE, NOW, fill, notice, opened

from review.feedback import Feedback, Heard, Kind, Said
from storage.feedback import Given, Reached, once_of

HOUR = timedelta(hours=1)
ONE = Feedback(
    id="f1",
    giver="e1",
    receiver="e2",
    kind=Kind.CONSTRUCTIVE,
    about="goal:g1",
    as_manager=True,
    wants_talk=True,
    said=Said(
        behaviour=f"{CANARY} <!channel> {{{{ x }}}} \u202e 🎉" + "长" * 3000,
        effect="The order was late.",
        expectation="Tell us a day before.",
        about_name={"zh-CN": "上线", "en": "Ship it"},
    ),
    at=NOW,
)


async def test_feedback_comes_back_whole_and_sealed(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.feedback.add(ONE)
        assert await work.feedback.get("f1") == ONE
        assert await work.feedback.get("f2") is None
        assert await work.feedback.between("e1", "e2") == (ONE,)
        assert await work.feedback.between("e2", "e1") == ()
        found = [await work.feedback.of(one) for one in ("e1", "e2", "e3")]
        assert found == [(ONE,), (ONE,), ()]
        assert (await work.everything_about("e2"))["feedback"] == (ONE,)


async def test_each_answer_counts_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.feedback.add(ONE)
        kept = work.feedback
        later = NOW + HOUR
        assert [await kept.reach("f1", NOW), await kept.reach("f1", later)] == [True, False]
        assert [await kept.thank("f1", NOW), await kept.thank("f1", later)] == [True, False]
        assert [await kept.ask_talk("f1", NOW), await kept.ask_talk("f1", later)] == [True, False]
        assert await kept.answer("f1", CANARY, NOW)
        assert not await kept.answer("f1", "Other words.", later)
        assert await kept.get("f1") == replace(
            ONE,
            reached_at=NOW,
            thanked_at=NOW,
            talk_asked_at=NOW,
            answer=CANARY,
            answered_at=NOW,
        )


async def test_only_what_reached_them_was_heard(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        for name, receiver in (("f1", "e2"), ("f2", "e2"), ("f3", "e3")):
            await work.feedback.add(replace(ONE, id=name, receiver=receiver))
        await work.feedback.reach("f2", NOW + HOUR)
        await work.feedback.reach("f3", NOW)
        told = Heard(
            giver="e1",
            kind=Kind.CONSTRUCTIVE,
            about="goal:g1",
            as_manager=True,
            reached_at=NOW + HOUR,
        )
        both = await work.feedback.heard(["e2", "e3"], NOW)
        assert both == {"e2": (told,), "e3": (replace(told, reached_at=NOW),)}
        assert await work.feedback.heard(["e2", "e3"], NOW + MINUTE) == {"e2": (told,), "e3": ()}
        assert await work.feedback.heard([], NOW) == {}


async def test_what_the_chat_has_is_news_until_it_is_written_down(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.feedback.add(ONE)
        await work.outbox.put(notice(once_of("f1"), receiver="e2"))
        assert await work.feedback.fresh() == ()
        (due,) = await work.outbox.due(NOW + HOUR, 1)
        claimed = await work.outbox.claim(due.id, NOW + HOUR, HOUR)
        assert claimed is not None
        assert await work.outbox.sent(due.id, claimed.fence, "D1", "1.0", NOW + HOUR)
        assert await work.feedback.fresh() == (Reached(id="f1", giver="e1", at=NOW + HOUR),)
        await work.feedback.reach("f1", NOW + HOUR)
        assert await work.feedback.fresh() == ()


async def test_counts_hold_no_words(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        for number, (receiver, kind) in enumerate(
            [
                ("e2", Kind.POSITIVE),
                ("e2", Kind.POSITIVE),
                ("e2", Kind.NEGATIVE),
                ("e3", Kind.NEGATIVE),
            ]
        ):
            at = NOW + number * HOUR
            await work.feedback.add(
                replace(ONE, id=f"f{number}", receiver=receiver, kind=kind, at=at)
            )
        assert await work.feedback.counts(NOW, NOW + 3 * HOUR) == (
            Given(giver="e1", receiver="e2", kind=Kind.NEGATIVE, times=1),
            Given(giver="e1", receiver="e2", kind=Kind.POSITIVE, times=2),
        )
