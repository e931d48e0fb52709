"""A card's head, and the heading of its words."""

from __future__ import annotations

import pytest

from bot.platforms.dingtalk import card_draw
from prompts.card import Button, Card, Heading, Paragraph, Span


def test_a_button_beside_words_that_the_head_says_stays() -> None:
    listed = Paragraph((Span("You can rate."),), Button("waits.show", "Open the list", "c"))
    card = Card("New: You can rate.", (Heading("New"), listed, Paragraph((Span("More."),))))
    drawn = card_draw.message(card)
    assert drawn["text1"].startswith("[Open the list](")
    assert drawn["text1"].endswith("More.")


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
