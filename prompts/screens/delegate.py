"""Who stands in for whom while they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Card, Paragraph, Small, plain
from prompts.render import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands in, and from when to when."""

    stand_in: str
    name: str
    first_day: date
    last_day: date


def now(standing: Standing | None, words: Words) -> Card:
    """Who stands in for the reader, and how to say it."""
    if standing is None:
        text = words("delegate.nobody")
    else:
        days = {"first": standing.first_day, "last": standing.last_day}
        text = words("delegate.named", person=standing.name, **days)
    return Card(plain(text), (Paragraph(text), Small(words("delegate.how"))))


def named(person: str, first: date, last: date, words: Words) -> Card:
    """It is kept."""
    text = words("delegate.named", person=person, first=first, last=last)
    return Card(plain(text), (Paragraph(text), Small(words("delegate.off"))))


def asked(owner: str, first: date, last: date, words: Words) -> Card:
    """What whoever stands in hears."""
    text = words("delegate.asked", person=owner, first=first, last=last)
    return Card(plain(text), (Paragraph(text), Small(words("delegate.own"))))
