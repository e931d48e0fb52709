"""The message of a day: its sections, as far as one message takes them."""

from __future__ import annotations

from prompts.card import Buttons, Heading, Small, plain
from prompts.render import Words
from prompts.screens import daily

LEFT_OUT = "There is more today than fits here: /review shows what waits."


def section(name: str, size: int) -> tuple[Heading | Small, ...]:
    return (Heading(name), *(Small(()) for _ in range(size - 1)))


def shown(*sizes: int) -> tuple[list[str], bool]:
    """Which sections a message of sections that large shows, and whether it says there is more."""
    sections = [section(str(number), size) for number, size in enumerate(sizes)]
    card = daily.card(sections, Words("en"))
    assert card is not None
    assert isinstance(card.parts[-1], Buttons)  # putting it off is always possible
    said = [plain(part.text) for part in card.parts if isinstance(part, Small)]
    return [part.text for part in card.parts if isinstance(part, Heading)], LEFT_OUT in said


def test_a_message_holds_what_it_can_and_says_that_there_is_more() -> None:
    assert shown(10, 28) == (["0", "1"], False)
    assert shown(10, 29, 20) == (["0", "2"], True)
    assert shown(60, 1) == (["0"], True)
    assert daily.card([(), ()], Words("en")) is None
