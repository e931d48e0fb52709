"""Goals of the company and of departments: the form that sets them, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Quote,
    Small,
)
from prompts.render import Words
from prompts.screens import scoring
from review.cascade import MOST, CascadeGoal, CascadeSheet, Level

LINE = 150
"""Most characters of a goal's name."""
FOLD = 300
"""Characters of what a goal means that a message shows."""
SHORT = 60
ADD = "cascade.add"
MORE = "more"
"""The answer that holds how many new goals are asked for; no field shows it."""
VERSION, MEANWHILE = "version", "meanwhile"
"""Answers that no field shows: what stood when the form was begun, and who changed it since."""
ASIDE = frozenset({MORE, VERSION, MEANWHILE})
NEW = "new"
NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeFacts:
    """What the form is made of, answers aside."""

    subject: str
    period: str
    level: Level
    department: str
    goals: tuple[CascadeGoal, ...]
    """What stands now."""
    company: tuple[CascadeGoal, ...] = ()
    """For a department: the company's, which its goals may serve."""
    version: str = ""
    """Names what stands now."""
    by: str = ""
    """Who set it; "" is the reader, or nobody."""
    limit: int


def _key(name: str, goal: str) -> str:
    return f"{name}:{goal}"


def ids(facts: CascadeFacts, answers: Answers) -> tuple[str, ...]:
    """The goals that the form shows: those that stand, what was typed, and room for new ones."""
    kept = [one.id for one in facts.goals]
    typed = [
        key.partition(":")[2]
        for key, text in answers.items()
        if key.startswith(("title:", "means:")) and text.strip()
    ]
    gone = [one for one in dict.fromkeys(typed) if one not in kept and not one.startswith(NEW)]
    asked = answers.get(MORE, "")
    count = int(asked) if asked.isdecimal() else 0
    count = max([count, *(_number(one) for one in typed if one.startswith(NEW))])
    count = max(count, 0 if kept else 1)
    return tuple([*kept, *gone, *(f"{NEW}{n}" for n in range(1, count + 1))][:MOST])


def _number(new: str) -> int:
    digits = new.removeprefix(NEW)
    return min(int(digits), MOST) if digits.isascii() and digits.isdecimal() else 0


def more(facts: CascadeFacts, answers: Answers) -> dict[str, str]:
    """The answer that one more goal is asked for."""
    new = sum(one.startswith(NEW) for one in ids(facts, answers))
    return {MORE: str(min(new + 1, MOST))}


def goals_of(facts: CascadeFacts, answers: Answers) -> tuple[CascadeGoal, ...]:
    """The goals as they are written by now; one without a name is none."""
    known = {one.id: one for one in facts.goals}
    company = {one.id for one in facts.company}
    found = []
    for goal in ids(facts, answers):
        base = known.get(goal, CascadeGoal(id=goal, title=""))
        title = answers.get(_key("title", goal), base.title).strip()
        serves = answers.get(_key("serves", goal), base.serves)
        means = answers.get(_key("means", goal), base.means).strip()
        if title:
            serves = serves if serves in company else ""
            found.append(CascadeGoal(id=goal, title=title, means=means, serves=serves))
    return tuple(found)


def written(facts: CascadeFacts) -> dict[str, str]:
    """The answers that make exactly what stands."""
    return {
        _key(name, goal.id): getattr(goal, name)
        for goal in facts.goals
        for name in ("title", "means", "serves")
        if getattr(goal, name)
    }


def form(facts: CascadeFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The form, in one step."""
    how = {"period": facts.period, "department": facts.department}
    parts: list[FormPart] = [Paragraph(words(f"cascade.{facts.level}_how", **how))]
    if by := answers.get(MEANWHILE, ""):
        parts.append(Paragraph(words("cascade.meanwhile", by="" if by == NONE else by)))
    shown = ids(facts, answers)
    for number, goal in enumerate(shown, start=1):
        parts += _goal(goal, number, facts, answers, words, sent=sent)
    if len(shown) < MOST:
        parts.append(Buttons((Button(ADD, words.plain("cascade.add"), facts.period),)))
    return Form(
        key="cascade",
        subject=facts.subject,
        title=words.plain("cascade.form_title", period=facts.period),
        parts=tuple(parts),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def _goal(
    goal: str, number: int, facts: CascadeFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    known = {one.id: one for one in facts.goals}
    base = known.get(goal, CascadeGoal(id=goal, title=""))
    title = Field(
        key=_key("title", goal),
        ask=Ask.TEXT,
        label=words.plain("cascade.title", number=number),
        hint=words.plain("cascade.title_hint") if number == 1 else "",
        value=answers.get(_key("title", goal), base.title) or None,
        required=False,
        limit=LINE,
    )
    means = Field(
        key=_key("means", goal),
        ask=Ask.TEXT,
        label=words.plain("cascade.means"),
        value=answers.get(_key("means", goal), base.means) or None,
        required=False,
        limit=facts.limit,
    )
    if sent:
        must = bool((means.value or "").strip())
        title = scoring.written(title, words, key="cascade.title_lacks", required=must)
        means = scoring.written(means, words, key="", required=False)
    if answers.get(MEANWHILE) and goal in known:
        yield from _stands(base, title, means, words)
    yield title
    yield means
    if facts.company:
        none = Option(NONE, words.plain("cascade.serves_none"))
        options = tuple(Option(one.id, _short(one.title)) for one in facts.company)
        given = answers.get(_key("serves", goal), base.serves)
        held = given if given in {one.id for one in facts.company} else NONE
        yield Field(
            key=_key("serves", goal),
            ask=Ask.CHOICE,
            label=words.plain("cascade.serves"),
            options=(*options, none),
            value=held,
            required=False,
        )


def _stands(base: CascadeGoal, title: Field, means: Field, words: Words) -> Iterator[FormPart]:
    """What another wrote, where the fields hold other words."""
    pairs = ((title.value or "", base.title), (means.value or "", base.means))
    other = tuple(_cut(text) for held, text in pairs if held != text)
    if other:
        yield Small(words("cascade.stands", texts=tuple(text for text in other if text)))


def _cut(text: str) -> str:
    return text if len(text) <= FOLD else text[: FOLD - 1] + "…"


def sheets(
    shown: tuple[CascadeSheet, ...], company: tuple[CascadeGoal, ...], words: Words
) -> Iterator[CardPart]:
    """The goals of each sheet, for anybody to read; `company`: what departments' goals serve."""
    titles = {one.id: one.title for one in company}
    for sheet in shown:
        title = {"period": sheet.period, "department": sheet.department}
        yield Heading(words.plain(f"cascade.{sheet.level}_title", **title))
        for goal in sheet.goals:
            yield Paragraph(words("cascade.goal", title=goal.title))
            if goal.means:
                yield Quote(goal.means, fold_at=FOLD)
            if goal.serves in titles:
                yield Small(words("cascade.serves_line", goal=_short(titles[goal.serves])))
        if not sheet.goals:
            yield Small(words("cascade.nothing"))


def card(shown: tuple[CascadeSheet, ...], company: tuple[CascadeGoal, ...], words: Words) -> Card:
    """The same as an answer."""
    parts = tuple(sheets(shown, company, words))
    first = next(one for one in parts if isinstance(one, Heading))
    return Card(first.text, parts)


def with_way_in(shown: Card, subject: str, words: Words) -> Card:
    """The card, with the button for those who set these goals."""
    button = Button("cascade.open", words.plain("cascade.open"), subject, style="primary")
    return replace(shown, parts=(*shown.parts, Buttons((button,))))


def was_set(sheet: CascadeSheet, company: tuple[CascadeGoal, ...], words: Words) -> Card:
    """What whoever set them hears: how many stand now, and which."""
    key = "cascade.set" if sheet.goals else "cascade.set_none"
    said = Paragraph(words(key, count=len(sheet.goals), level=str(sheet.level)))
    whole = card((sheet,), company, words)
    return replace(whole, parts=(said, *whole.parts))


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
