"""What somebody reads whose review came back to them."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.card import Button, Buttons, Card, Paragraph, Quote, plain
from prompts.render import Words
from review import scale
from review.policy import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFacts:
    """One review that came back."""

    review: str
    cycle: str
    person: str
    who: str
    """Who sent it back."""
    comment: str
    rates: bool
    """Whether the receiver rates it; else they sign it."""
    overruled: Score | None
    """What counts again where the gate was lifted; None: it was returned."""
    calibrates: bool = False
    """Whether it came back to calibration, of which the receiver is."""


def returned(facts: ReturnFacts, words: Words) -> Card:
    """Whose, by whom, their words, and the way to it."""
    key = "sign_off.returned" if facts.overruled is None else "sign_off.gate_opened"
    shown = {"person": facts.person, "who": facts.who, "cycle": facts.cycle}
    overruled = None if facts.overruled is None else scale.show(facts.overruled)
    text = words(key, overruled=overruled, **shown)
    action, label = _next(facts)
    button = Button(action, words.plain(label), facts.review, style="primary")
    return Card(plain(text), (Paragraph(text), Quote(facts.comment), Buttons((button,))))


def _next(facts: ReturnFacts) -> tuple[str, str]:
    """What the button does, and its label."""
    if facts.calibrates:
        return "calibration.list", "status.button_calibration"
    if facts.rates:
        return "rate.change", "sign_off.rate_again"
    return "signoff.open", "sign_list.read"
