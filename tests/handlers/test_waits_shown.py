"""What waits, wherever the list that names it stands by now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from talking import buttons_of, noted
from text_chat import as_text
from world import home, open_cycle, review_of, self_answers

from handlers.answers import Done, Opens, Says
from prompts.card import Card, Paragraph


def row_buttons(card: Card) -> set[str]:
    """The ids of the buttons beside its words."""
    said = (part.button for part in card.parts if isinstance(part, Paragraph))
    return {button.action for button in said if button is not None}


async def test_a_message_of_the_day_brings_the_list_of_whom_to_rate(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        for who in ("e1", "e2", "e3"):
            review = await review_of(place, cycle, who)
            form = await place.press(who, "self_review.open", review)
            assert isinstance(form, Opens)
            await place.fill(who, form.form, self_answers(place))
        await place.tick(datetime(2026, 10, 13, 2, tzinfo=UTC))
        assert "waits.show" in row_buttons(noted(place, "mia", "you can rate"))
        assert await place.press("mia", "waits.show", "") == Done()
        await place.tick()
        last = place.chat.cards("T-mia")[-1]
        assert "Waiting for you" in as_text(last)
        assert "rate.change" in buttons_of(last)
        place.deps.asked_in_parts = frozenset({"text"})
        answer = await place.press("mia", "waits.show", "")
        assert isinstance(answer, Says)
        assert "rate.change" in buttons_of(answer.card)
        await place.tick()
        assert place.chat.cards("T-mia")[-1] is last
