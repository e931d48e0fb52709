"""One person's self-review and one manager's rating, in a chat made of text."""

from __future__ import annotations

from pathlib import Path

from world import as_text, home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers.answers import Done


async def test_both_forms_can_be_completed_in_plain_text(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        await place.tick()
        form = opened(await place.press("mia", "rate:3.5", review))
        assert await place.fill("mia", form, rating_answers(place)) == Done()
        await place.tick()
        async with place.deps.database.begin(write=False) as tx:
            saved = await tx.reviews.get(review)
        assert saved is not None
        print(saved)
        for who in ("T-e1", "T-mia", "#hr"):
            for card in place.chat.cards(who):
                print(who, "----\n", as_text(card))
        assert saved.rating is not None
