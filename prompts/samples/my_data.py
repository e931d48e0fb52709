"""A person's own data, and a message that was erased."""

from __future__ import annotations

from datetime import date

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes
from prompts.screens import common, my_data


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    facts = my_data.DataFacts(
        name=sizes.name,
        on=date(2026, 11, 26),
        zone="Asia/Shanghai",
        data={
            "person": {"name": sizes.name, "title": sizes.words},
            "reviews": [{"cycle": "2026Q3"}],
        },
        known={"e1": sizes.name},
        late=("2026Q3", "2026/senior"),
        admins=(sizes.name,) * 3,
    )
    return {
        "my data": my_data.card(facts, "{}", words),
        "my data comes": common.says(words, "my_data.comes"),
        "unsaid": common.unsaid(words),
    }
