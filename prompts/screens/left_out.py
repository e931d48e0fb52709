"""Why somebody is left out of a cycle, with the policy's own numbers."""

from __future__ import annotations

from prompts.render import Words
from review import scale
from review.policy import Policy


def why(reason: str, policy: Policy, words: Words, *, of_another: bool = False) -> str:
    """The reason's key (review.membership), as it is said to the person, or of them."""
    rules = policy.membership
    return words.plain(
        f"excluded.{reason}_other" if of_another else f"excluded.{reason}",
        days=rules.least_days,
        share=scale.shown(rules.most_leave * 100).removesuffix(".00"),
    )
