"""Screens of who is in a review and who is out."""

from __future__ import annotations

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes, policy_of
from prompts.screens import in_out, rater
from review.membership import BY_HR, BY_RULE
from review.stages import Stage


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    found: Screens = {}
    for key in (in_out.EXCLUDE, in_out.INCLUDE, in_out.REOPEN):
        facts = in_out.InOutFacts(
            key=key,
            review="r1",
            cycle="2026Q3",
            person=sizes.name,
            stage=Stage.HR,
            excluded="away" if key == in_out.INCLUDE else None,
            policy=policy_of(sizes),
        )
        full = {in_out.REASON: "other", in_out.COMMENT: sizes.words}
        found[f"in and out: {key}"] = in_out.form(facts, full, words, sent=False)
        found[f"in and out: {key}, blank"] = in_out.form(facts, {}, words, sent=True)
        rows = tuple((f"r{n}", "2026Q3", str(Stage.GOALS_SUBMITTED)) for n in range(sizes.groups))
        found[f"in and out: {key}, which"] = in_out.which(key, sizes.name, rows, words)
    said = {"person": sizes.name, "who": sizes.name, "cycle": "2026Q3"}
    for reason in (*BY_RULE, *BY_HR):
        why = words.plain(f"excluded.{reason}", days=60, share="50")
        found[f"left out: {reason}"] = in_out.told(
            "left_out", words, sizes.words, reason=why, **said
        )
    for key in ("taken_in", "added", "reopened_own"):
        found[f"in and out: {key}"] = in_out.told(key, words, sizes.words, **said)
    for kept, manager in ((True, sizes.name), (False, "")):
        rows_ = [rater.Row("2026Q3", manager, kept=kept)] * 2
        found[f"rated by: kept {kept}"] = rater.rated_by(sizes.name, rows_, words)
    found["opened again"] = in_out.opened_again("r1", sizes.words, words, **said)
    return found
