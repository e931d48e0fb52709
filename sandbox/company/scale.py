"""The scheme's rating scale as the sample company uses it."""

from __future__ import annotations

STEPS = ("5", "4.5", "4", "3.75", "3.5", "3.25", "3", "2.5")
"""Best first."""
GOOD, MIDDLE, POOR = "good", "ok", "poor"
VALUES = ("customer_first", "teamwork")
_GOOD_TO, _POOR_FROM = STEPS.index("3.75"), STEPS.index("3.25")
_LADDERS = {
    "5": ("5", "5"),
    "4.5": ("4", "4"),
    "4": ("3", "3"),
    "3.75": ("3", "2.5"),
    "3.5": ("2.5", "2.5"),
    "3.25": ("2", "2.5"),
    "3": ("2", "2"),
    "2.5": ("1", "1.5"),
}
_LEVELS = 5
Levels = tuple[str, ...]
"""Five answers, the first level first: "yes", "partly" or "no"."""


def band(score: str) -> str:
    """How well that is: "good" from 3.75, "poor" to 3.25, else "ok"."""
    at = STEPS.index(score)
    if at <= _GOOD_TO:
        return GOOD
    return POOR if at >= _POOR_FROM else MIDDLE


def moved(score: str, steps: int) -> str:
    """The score so many steps better (or worse, if negative), kept on the scale."""
    return STEPS[min(max(STEPS.index(score) - steps, 0), len(STEPS) - 1)]


def ladders(rating: str) -> dict[str, Levels]:
    """Answers to both values' ladders that fit the rating: with equal goals they suggest it."""
    return {value: _levels(score) for value, score in zip(VALUES, _LADDERS[rating], strict=True)}


def climbed(levels: Levels) -> str:
    """The score of a ladder: a point a yes up to the first that is none, half for a partly."""
    height = next((at for at, level in enumerate(levels) if level != "yes"), _LEVELS)
    half = height < _LEVELS and levels[height] == "partly"
    return f"{height}.5" if half else str(height)


def _levels(score: str) -> Levels:
    whole, _, half = score.partition(".")
    climb = ["yes"] * int(whole) + (["partly"] if half else [])
    return tuple(climb + ["no"] * (_LEVELS - len(climb)))
