"""The matrix, with the animals and without."""

from __future__ import annotations

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes
from prompts.screens import common, matrix


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    found: Screens = {}
    for name, animals in (("matrix", True), ("matrix, plain", False)):
        facts = matrix.MatrixFacts(
            cycle="2026Q3",
            people=dict.fromkeys(matrix.boxes(), (sizes.name,) * sizes.groups),
            whole=animals,
            animals=animals,
            policy=sizes.policy,
        )
        found[name] = matrix.matrix(facts, words, picture=True)
        found[f"{name}, text"] = matrix.matrix(facts, words, picture=False)
    found["matrix of nobody"] = common.says(words, "matrix.nothing", cycle=sizes.words)
    found["matrix, not yours"] = common.says(words, "matrix.not_yours")
    return found
