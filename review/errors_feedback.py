"""Refusals around feedback."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class FeedbackToOneself(ReviewError):
    """Nobody gives feedback to themself."""

    key = "refused.feedback_to_oneself"


class PersonGone(ReviewError):
    """That person is no longer with the company."""

    key = "refused.person_gone"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(name=name)


class PersonUnknown(ReviewError):
    """Nobody in the roster goes by that: a bot, a guest, or somebody not imported yet."""

    key = "refused.person_unknown"

    def __init__(self, said: str) -> None:
        """Repeat what was said."""
        super().__init__(said=said)


class NotAColleague(ReviewError):
    """A bot, a guest, or somebody not imported yet was picked."""

    key = "refused.not_a_colleague"


class SeveralPeople(ReviewError):
    """Several people go by that name."""

    key = "refused.several_people"

    def __init__(self, said: str, names: str) -> None:
        """Repeat what was said, and name the first few of them."""
        super().__init__(said=said, names=names)


class RequestAnswered(ReviewError):
    """Whoever asked for it has that feedback already."""

    key = "refused.request_answered"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(name=name)


class AskedLately(ReviewError):
    """These were asked the very same a short while ago."""

    key = "refused.asked_lately"

    def __init__(self, names: str, days: int) -> None:
        """Name them, with ", " between two, and how long to wait."""
        super().__init__(names=names, days=days)


class FeedbackSent(ReviewError):
    """The very same words were sent before; sent twice, they arrive once."""

    key = "refused.feedback_sent"


class AlreadyAnswered(ReviewError):
    """That was answered already."""

    key = "refused.already_answered"
