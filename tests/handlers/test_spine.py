"""One person's self-review and one manager's rating, in a chat made of text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from text_chat import as_text
from world import home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers import living
from handlers.answers import Done
from handlers.work import Work
from review.stages import Stage


async def test_both_forms_can_be_completed_in_plain_text(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        form = opened(await place.press("mia", "rate:3.5", review))
        assert await place.fill("mia", form, rating_answers(place)) == Done()
        async with place.deps.database.begin(write=False) as tx:
            saved = await tx.reviews.get(review)
            drafts = [*await tx.drafts.of("e1"), *await tx.drafts.of("mia")]
    assert saved is not None
    assert saved.stage is Stage.SKIP_LEVEL
    assert saved.rating == Fraction("3.5")
    assert saved.outcome is not None
    assert (saved.outcome.k, saved.outcome.v, saved.outcome.total) == (
        Fraction(7, 2),
        Fraction(5, 2),
        Fraction(7, 2),
    )
    assert saved.self_part is not None
    assert saved.self_part.comment == "It went well."
    assert saved.manager_part is not None
    assert saved.manager_part.cases == {
        "overall": "What happened, what was done, what came of it.",
        "value:customer_first": "A case about customer_first.",
        "value:teamwork": "A case about teamwork.",
    }
    assert drafts == []


async def test_living_messages_say_where_things_stand(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        await place.fill("e1", form, self_answers(place))
        await place.tick()
        form = opened(await place.press("mia", "rate:3.5", review))
        await place.fill("mia", form, rating_answers(place))
        await place.tick()
        own = [as_text(card) for card in place.chat.cards("T-e1")]
        cards = {card.summary: as_text(card) for card in place.chat.cards("T-mia")}
        kinds = [kind for _, kind, _ in place.chat.log]
    assert own == [
        "## My review 2026Q3\n"
        "Your review has been written and is being signed off. You will hear the rating and its "
        "reasons from Mia Manager in the interview, and not before."
    ]
    assert cards["Team ratings 2026Q3"] == (
        "## Team ratings 2026Q3\n"
        "1/3 rated, due Fri 23 Oct. A score opens the form; nothing counts before you send it.\n"
        "✅ Person 1 · 3.5\n"
        "Person 2 · waiting for the self-review\n"
        "Person 3 · waiting for the self-review"
    )
    assert kinds.count("all_in") == 0


async def test_a_value_that_comes_into_use_after_the_self_review_can_be_rated(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        company = place.deps.company
        before = replace(company.policy, values=("customer_first",))
        place.deps.company = replace(company, policy=before)
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        place.deps.company = company
        form = opened(await place.press("mia", "rate:3.5", review))
        assert await place.fill("mia", form, rating_answers(place)) == Done()
        async with place.deps.database.begin(write=False) as tx:
            saved = await tx.reviews.get(review)
    assert saved is not None
    assert saved.self_part is not None
    assert (saved.rating, list(saved.self_part.levels)) == (Fraction("3.5"), ["customer_first"])


async def test_an_employee_by_the_id_of_a_channel_gets_their_own_messages(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            await living.tell_hr_admins(
                "hr_channel", {"channel": "#hr", "why": "archived"}, "x", work
            )
        await place.tick()
        told = [(to, kind) for to, kind, _ in place.chat.log if kind in {"board", "hr_channel"}]
    assert sorted(set(told)) == [("#hr", "board"), ("T-hr", "hr_channel")]
