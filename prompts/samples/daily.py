"""The message of a day, for the samples: deadlines, what came up, putting it off."""

from __future__ import annotations

from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes
from prompts.screens import daily, interview, status
from prompts.screens.reminders import Due, Overdue, reminder

ACTIONS = {
    "goals": "goals.open",
    "goals_look": "goals.open",
    "goals_confirm": "goals.open",
    "self": "self_review.open",
    "ratings": "rate.change",
    "signing": "signoff.open",
    "hr_signing": "signoff.open",
    "interviews": "interview.open",
    "acknowledge": "review.acknowledge",
}


def screens(sizes: Sizes, words: Words) -> Screens:
    """Each of its sections alone, and what else is shown of it."""
    found: Screens = {}
    slots = ("before", "on", "after", "asked")
    everybody = (sizes.name,) * sizes.groups
    waits = [waits_for(kind, (("r1", ""),)) for kind in ("self", "acknowledge")]
    people = tuple(("r1", name) for name in everybody)
    waits += [
        waits_for(kind, people) for kind in ("ratings", "signing", "hr_signing", "interviews")
    ]
    due = tuple(Due(thing, slot) for thing in waits for slot in slots)
    late = tuple(Overdue(thing.kind, "2026Q3", everybody) for thing in waits)
    invited = interview.invited("2026Q3", sizes.name, "r", words)
    to_prepare = interview.to_prepare("2026Q3", people, words)
    sections = {
        "reminder": reminder(due, late, words),
        "what is new": daily.notes((invited, to_prepare), words),
    }
    for name, section in sections.items():
        message = daily.card((section,), words)
        assert message is not None
        found[name] = message
    everything = daily.card([*sections.values(), *[sections["what is new"]] * 9], words)
    assert everything is not None
    found["more than a message takes"] = everything
    found["message of a day, done"] = daily.done(words)
    far = words.plain("daily.no_such_day", most=31)
    found["put off"] = daily.later({"until": "2020-01-01"}, far, words)
    return found


def waits_for(kind: str, items: tuple[tuple[str, str], ...]) -> status.Waiting:
    """Something of that kind that waits, with whom it is about."""
    return status.Waiting(kind=kind, cycle="2026Q3", due=DAY, action=ACTIONS[kind], items=items)
