"""A card's head, and the heading of its words."""

from __future__ import annotations

import pytest

from bot.platforms.dingtalk import card_draw
from prompts.card import Card, Heading, Paragraph, Span


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("Team ratings", "Please rate."),
        ("Team ratings: 2 left", "Please rate."),
        ("Team ratings: Please rate.", ""),
        ("2 left to rate", "### Team ratings\n\nPlease rate."),
    ],
)
def test_what_the_head_says_already_is_not_said_again_below_it(summary: str, said: str) -> None:
    card = Card(summary, (Heading("Team ratings"), Paragraph((Span("Please rate."),))))
    drawn = card_draw.message(card)
    assert (drawn["title"], drawn["text1"]) == (summary, said)
