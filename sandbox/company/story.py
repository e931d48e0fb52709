"""What a person of the sample company writes about their own quarter."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from sandbox.company import words
from sandbox.company.person import Person
from sandbox.company.scale import GOOD, VALUES, Levels, band, climbed, ladders, moved

_DRAWS, _MODEST, _PROUD = 6, (1,), (3, 4)
_ASIDE = 3
_SELF = {"zh-CN": "我", "en": "I"}
_MET_FROM = 2.5
_FACTORS = {
    "5": (30, 40),
    "4.5": (22, 30),
    "4": (15, 21),
    "3.75": (10, 14),
    "3.5": (1, 6),
    "3.25": (-26, -20),
    "3": (-34, -27),
    "2.5": (-48, -40),
}
"""Result beside the target in percent, by the score that it earns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A goal's score, a step of the scale, and the words to it."""

    score: str
    comment: str


@dataclass(frozen=True, slots=True)
class Story:
    """A self-review, ready to be filled in, in the person's own language."""

    person: Person
    conduct: Row
    """How it was done."""
    levels: MappingProxyType[str, Levels]
    """Answers to each value's ladder."""
    evidence: MappingProxyType[str, str]
    """A case for each value, which says that it was met or where it was not."""
    overall_score: str
    overall: str
    """A word on the whole period."""

    def row(self, title: str) -> Row:
        """Score and comment to the goal of that title."""
        generous = _confidence(self.person, title)
        return Row(moved(earned(self.person, title), generous), goal_comment(self.person, title))


def story(person: Person) -> Story:
    """The person's self-review of the quarter."""
    bank, own = words.phrases(person.locale), person.employee_id
    me = _SELF[person.locale]
    claimed = moved(person.deserves, _confidence(person, "overall"))
    levels = ladders(claimed)
    best, improve, need = (
        words.pick(bank[kind], own, kind) for kind in ("best", "improve", "need")
    )
    return Story(
        person=person,
        conduct=Row(
            moved(earned(person, "conduct"), _confidence(person, "conduct")),
            event(person, person.locale, me, shift=1),
        ),
        levels=MappingProxyType(levels),
        evidence=MappingProxyType(
            {
                value: evidence(
                    person, value, levels[value], locale=person.locale, who=me, shift=_ASIDE
                )
                for value in VALUES
            }
        ),
        overall_score=claimed,
        overall=words.joined(person.locale, best, improve, need),
    )


def goal_comment(person: Person, title: str) -> str:
    """What the person writes to a goal of theirs: target and result, and what decided it."""
    score, locale = earned(person, title), person.locale
    cause = words.phrases(locale)["cause"][band(score)]
    stop = "。" if locale == "zh-CN" else "."
    text = figures(person, title, locale) + stop
    return words.joined(locale, text, words.pick(cause, person.employee_id, title, "cause"))


def figures(person: Person, title: str, locale: str) -> str:
    """Target and result of a goal in words; they bear out the score that the manager gives."""
    kind = next(
        each for each in words.goals() if any(word in title.casefold() for word in each["words"])
    )
    low, high = kind["target"]
    target = low + words.number(person.employee_id, title, "target") % (high - low)
    worst, best = _FACTORS[earned(person, title)]
    percent = worst + words.number(person.employee_id, title, "result") % (best - worst + 1)
    percent = -percent if kind.get("lower") else percent
    text: str = kind[locale]
    result = round(target * (100 + percent) / 100)
    return text.format(target=target, result=min(result, kind.get("most", result)))


def earned(person: Person, title: str) -> str:
    """What the manager gives a row: the overall rating, now and then a step beside it."""
    drawn = words.number(person.seed, person.employee_id, title, "row") % 8
    return moved(person.deserves, {0: 1, 1: -1}.get(drawn, 0))


def event(person: Person, locale: str, who: str, *, shift: int = 0) -> str:
    """One event of the quarter: what happened, what `who` did, what came of it."""
    tale = told(person, locale, shift)
    did = tale["did"].format(who=who)
    return words.joined(locale, tale["what"], did, tale[band(person.deserves)])


def told(person: Person, locale: str, shift: int = 0) -> dict[str, str]:
    """Which story of their work it is; no two of a team with the same work tell the same one."""
    tales = words.stories(locale)[person.work]
    return tales[(person.nth + shift) % len(tales)]


def evidence(
    person: Person, value: str, levels: Levels, *, locale: str, who: str, shift: int = 0
) -> str:
    """A case for a value: where it was not met if the climb ended below 2.5, else where it was."""
    bank = words.phrases(locale)[value]
    cases = bank["missed" if float(climbed(levels)) < _MET_FROM else "met"]
    text: str = cases[(person.place + shift) % len(cases)]
    return text.format(who=who)


def _confidence(person: Person, about: str) -> int:
    """How many steps people see themselves above (or below) what their manager sees."""
    if band(person.deserves) == GOOD:
        return 0
    drawn = words.number(person.seed, person.employee_id, about, "self") % _DRAWS
    return (drawn in _PROUD) - (drawn in _MODEST)
