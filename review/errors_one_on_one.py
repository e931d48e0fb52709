"""Refusals around one-on-ones."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class NotYourPair(ReviewError):
    """Neither of the two leads the other."""

    key = "refused.not_your_pair"

    def __init__(self, name: str) -> None:
        """Name the other."""
        super().__init__(name=name)


class NotYourTalk(ReviewError):
    """It is two other people's one-on-one, or there is none of that name."""

    key = "refused.not_your_talk"


class TalkOver(ReviewError):
    """That one-on-one is settled, or the two are no pair any more."""

    key = "refused.talk_over"


class OneOnOnesOff(ReviewError):
    """The company does without one-on-ones in the bot."""

    key = "refused.one_on_ones_off"
