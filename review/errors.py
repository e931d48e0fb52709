"""Every refusal of the rules. Its key names the words to say, its facts what they speak of."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Scalar = str | int | None


class ReviewError(Exception):
    """A rule says no. Nothing was changed."""

    key = "refused.review"
    """Names the template, in both languages."""

    def __init__(self, **facts: Scalar) -> None:
        """Keep the facts that the words speak of; all of them may be shown to the person."""
        super().__init__(self.key, facts)
        self.facts: Mapping[str, Scalar] = MappingProxyType(facts)

    def __str__(self) -> str:
        """The key and its facts, for a log; facts are never texts of a review."""
        return " ".join([self.key, *(f"{name}={fact}" for name, fact in self.facts.items())])


class NotYourTurn(ReviewError):
    """The step does not belong to the stage that the review is in."""

    key = "refused.not_your_turn"

    def __init__(self, move: str, stage: str, waits_for: str) -> None:
        """Name the step asked for, where the review stands and which desk it waits for."""
        super().__init__(move=move, stage=stage, waits_for=waits_for)


class NotEntitled(ReviewError):
    """Somebody else may do this, not the one who asked."""

    key = "refused.not_entitled"

    def __init__(self, who_can: str) -> None:
        """Name the desks (review.flow.Desk) that can, parted by ", "."""
        super().__init__(who_can=who_can)


class UnknownReview(ReviewError):
    """There is no such review here: it is another database's, or newer than a restored one."""

    key = "refused.unknown_review"


class AlreadySent(ReviewError):
    """The step was done before; asked for twice, it happens once."""

    key = "refused.already_sent"

    def __init__(self, move: str, stage: str) -> None:
        """Name the step, and where the review stands."""
        super().__init__(move=move, stage=stage)


class AlreadySigned(ReviewError):
    """The rating can't be changed, for somebody signed it off; it has to be returned first."""

    key = "refused.already_signed"

    def __init__(self, signed_by: str) -> None:
        """Name the desk that signed."""
        super().__init__(signed_by=signed_by)


class StaleReview(ReviewError):
    """The record was changed by another hand after it was read."""

    key = "refused.stale_review"

    def __init__(self, expected: int, found: int) -> None:
        """Name the revision that was read and the one that stands."""
        super().__init__(expected=expected, found=found)


class Excluded(ReviewError):
    """The person is left out of this cycle."""

    key = "refused.excluded"

    def __init__(self, reason: str) -> None:
        """Name the reason's key, such as "hired_late"."""
        super().__init__(reason=reason)


class MissingScore(ReviewError):
    """A row of the sheet, or the whole ("overall"), has no score."""

    key = "refused.missing_score"

    def __init__(self, row: str) -> None:
        """Name the row's id, or "overall"."""
        super().__init__(row=row)


class MissingLevel(ReviewError):
    """A value's ladder has not been climbed to its stop."""

    key = "refused.missing_level"

    def __init__(self, value: str, level: int) -> None:
        """Name the value's key and the level that is asked next, from 1."""
        super().__init__(value=value, level=level)


class MissingCase(ReviewError):
    """A case has to be written."""

    key = "refused.missing_case"

    def __init__(self, about: str) -> None:
        """Name what it is about: "overall", "missed" or "value:<key>"."""
        super().__init__(about=about)


class MissingReason(ReviewError):
    """A rating beside the suggestion or against a hint, a surprise, a gate's lift: say why."""

    key = "refused.missing_reason"

    def __init__(self, about: str) -> None:
        """Name what asks for it: "suggestion", "care", "surprise" or "gate"."""
        super().__init__(about=about)


class MissingComment(ReviewError):
    """A return needs a word on why."""

    key = "refused.missing_comment"


class MissingGateWord(ReviewError):
    """The values gate shut; it has to be confirmed or lifted before the review is agreed to."""

    key = "refused.missing_gate_word"


class RatingGated(ReviewError):
    """The values gate shut: the rating is the gate's, no other."""

    key = "refused.rating_gated"

    def __init__(self, rating: str, overruled: str) -> None:
        """Name the gate's rating, and the one that the numbers alone would suggest."""
        super().__init__(rating=rating, overruled=overruled)


class NoGate(ReviewError):
    """There is no gate to confirm or to lift."""

    key = "refused.no_gate"


class UnknownScore(ReviewError):
    """That is no step of the rating scale."""

    key = "refused.unknown_score"

    def __init__(self, text: str, steps: str) -> None:
        """Name what was given and the scale's steps, as words."""
        super().__init__(text=text, steps=steps)


class UnknownLevel(ReviewError):
    """That is no answer to a ladder's level."""

    key = "refused.unknown_level"

    def __init__(self, text: str) -> None:
        """Name what was given."""
        super().__init__(text=text)


class UnknownCycleName(ReviewError):
    """That names no period, or none that this track is reviewed by."""

    key = "refused.unknown_cycle_name"

    def __init__(self, name: str, right: str) -> None:
        """Name what was given, and examples of what would be right."""
        super().__init__(name=name, right=right)


class DeadlinesOutOfOrder(ReviewError):
    """A later step would be due before an earlier one."""

    key = "refused.deadlines_out_of_order"

    def __init__(self, first: str, second: str) -> None:
        """Name the two dates' fields in the order they should have."""
        super().__init__(first=first, second=second)


class CycleAlreadyOpen(ReviewError):
    """A cycle of that name is there."""

    key = "refused.cycle_already_open"

    def __init__(self, name: str) -> None:
        """Name the cycle."""
        super().__init__(name=name)


class CycleClosed(ReviewError):
    """The cycle is over."""

    key = "refused.cycle_closed"

    def __init__(self, name: str) -> None:
        """Name the cycle."""
        super().__init__(name=name)


class NothingToReview(ReviewError):
    """Nobody is there to be reviewed."""

    key = "refused.nothing_to_review"

    def __init__(self, name: str = "") -> None:
        """Name the cycle, if there is one."""
        super().__init__(name=name)


class SheetWeights(ReviewError):
    """The weights of a sheet's rows do not make the whole, or one of them is none."""

    key = "refused.sheet_weights"

    def __init__(self, total: int) -> None:
        """Name what they sum to."""
        super().__init__(total=total)


class MissingStandard(ReviewError):
    """A goal does not say what meets expectations."""

    key = "refused.missing_standard"

    def __init__(self, row: str) -> None:
        """Name the row's id."""
        super().__init__(row=row)


class TooLong(ReviewError):
    """A text has too many characters."""

    key = "refused.too_long"

    def __init__(self, field: str, limit: int, length: int) -> None:
        """Name the field, the most characters it takes, and how many came."""
        super().__init__(field=field, limit=limit, length=length)


class PolicyFault(ReviewError):
    """The policy or the library makes no sense."""

    key = "refused.policy_fault"

    def __init__(self, setting: str, fault: str) -> None:
        """Name the setting ("scale", "values_curve" …) and the fault's key ("order" …)."""
        super().__init__(setting=setting, fault=fault)


class OutOfPolicy(ReviewError):
    """The company enforces its distribution, and groups are still out of it."""

    key = "refused.out_of_policy"

    def __init__(self, out: int) -> None:
        """Say how many groups."""
        super().__init__(out=out)
