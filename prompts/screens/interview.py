"""Preparing the interview: the form with its three parts, and who is asked to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

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
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import scoring
from review.interview import Part, Promise
from review.people import EmployeeId
from review.policy import Policy

STEPS = (("good", "improve"), ("judged", "expected"), ())
"""Texts of each step; the last holds the actions."""
LINES, MORE, ADOPT = "lines", "interview.more", "interview.adopt"
MOST_LINES = 6
"""Actions that one interview takes (ours)."""
FOLD = 600
SHOWN = 200
"""Characters of a case before it is opened."""
SHORT = 60
"""Characters of a title or a name in a line."""
MOST = 10
"""People named on a card; the team list has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFacts:
    """What the form is made of, answers aside."""

    review: str
    cycle: str
    person: str
    manager: str
    own: bool
    """Whether the reader is the person, and not their manager."""
    held: bool
    writes: bool
    """Whether the reader may still change their part."""
    owners: tuple[tuple[EmployeeId, str], ...]
    """Who may do an action, with their names: the person first."""
    today: date
    policy: Policy
    gaps: tuple[tuple[str, str, str], ...] = ()
    """Where both see it differently: about, the person's score, the manager's."""
    backed: tuple[tuple[str, str, str], ...] = ()
    """What backs the values: whose it is ("own", "manager"), the value, the words."""
    other: Part | None = None
    """What the other of the two prepared, as far as the reader may see it."""


def lines(facts: InterviewFacts, answers: Answers) -> int:
    """How many lines for actions the form has now."""
    shown = answers.get(LINES, "")
    filled = [n for n in range(1, MOST_LINES + 1) if answers.get(f"action:{n}", "").strip()]
    least = max([min(facts.policy.interviews.actions, MOST_LINES), *filled])
    return max(least, min(int(shown), MOST_LINES)) if shown.isdecimal() else least


def form(
    facts: InterviewFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step."""
    last = len(STEPS) - 1
    label: str | None = words.plain("common.send" if step == last else "common.continue")
    if not facts.writes:
        label = words.plain("sign_off.next") if step < last else None
    return Form(
        key="interview",
        subject=facts.review,
        title=words.plain("interview.form_title", person=facts.person, own=facts.own),
        parts=tuple(_step(facts, answers, words, step, sent=sent)),
        step=step,
        steps=last + 1,
        submit=label,
        close=words.plain("common.later" if facts.writes else "common.close"),
        back=words.plain("common.back") if step else None,
    )


def _step(
    facts: InterviewFacts, answers: Answers, words: Words, step: int, *, sent: bool
) -> Iterator[FormPart]:
    yield Small(words("common.step", step=step + 1, steps=len(STEPS)))
    yield Heading(words.plain(f"interview.part_{step}"))
    if step == 0:
        for about, own, manager in facts.gaps:
            yield Small(words("sign_off.gap", about=about[:SHORT], own=own, manager=manager))
        yield from _backed(facts, words)
    for key in STEPS[step]:
        other = getattr(facts.other, key) if facts.other else ""
        if other:
            yield Small(words(f"interview.other_{key}", **_both(facts)))
            yield Quote(other)
        yield from _text(key, facts, answers, words, sent=sent)
    if step == len(STEPS) - 1:
        yield from _actions(facts, answers, words, sent=sent)
        yield Small(words("interview.who_sees", held=facts.held, **_both(facts)))


def _backed(facts: InterviewFacts, words: Words) -> Iterator[FormPart]:
    """The cases and evidence of the review, to talk about."""
    for whose, value, text in facts.backed:
        yield Small(words(f"interview.backed_{whose}", value=value, **_both(facts)))
        yield Quote(text, fold_at=SHOWN)
    if any(len(text) > SHOWN for _, _, text in facts.backed):
        yield Small(words("interview.backed_whole"))


def _both(facts: InterviewFacts) -> dict[str, object]:
    return {"person": facts.person, "manager": facts.manager, "own": facts.own}


def _text(
    key: str, facts: InterviewFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    value = answers.get(key, "")
    if not facts.writes:
        if value:
            yield Small(words(f"interview.{key}", own=facts.own, person=facts.person))
            yield Quote(value)
        return
    field = Field(
        key=key,
        ask=Ask.TEXT,
        label=words.plain(f"interview.{key}", own=facts.own, person=facts.person),
        hint=words.plain(f"interview.{key}_hint"),
        value=value or None,
        required=False,
        limit=facts.policy.sheet.text_limit,
    )
    yield scoring.written(field, words, key="interview.write", required=False) if sent else field


def _actions(
    facts: InterviewFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    names = dict(facts.owners)
    theirs = facts.other.actions if facts.other else ()
    if theirs:
        yield Small(words("interview.other_actions", **_both(facts)))
        for promise in theirs:
            yield Paragraph(_line(promise, names, words))
        if facts.writes:
            label = words.plain("interview.adopt")
            yield Buttons((Button(ADOPT, label, facts.review),))
    if not facts.writes:
        for promise in promises(answers, facts):
            yield Paragraph(_line(promise, names, words))
        return
    yield Small(words("interview.actions_how", most=facts.policy.interviews.actions))
    shown = lines(facts, answers)
    for number in range(1, shown + 1):
        yield from _fields(number, facts, answers, words, sent=sent)
    if shown < MOST_LINES:
        yield Buttons((Button(MORE, words.plain("interview.more"), facts.review),))


def _line(promise: Promise, names: Mapping[str, str], words: Words) -> Text:
    who = names.get(promise.by, "")
    return words("interview.action_line", text=promise.text, who=who, due=promise.due)


def _fields(
    number: int, facts: InterviewFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[Field]:
    text, owner, due = f"action:{number}", f"owner:{number}", f"due:{number}"
    given = answers.get(text, "").strip()
    action = Field(
        key=text,
        ask=Ask.TEXT,
        label=words.plain("interview.action", number=number),
        value=answers.get(text) or None,
        required=False,
        limit=facts.policy.sheet.text_limit,
    )
    who = Field(
        key=owner,
        ask=Ask.CHOICE,
        label=words.plain("interview.owner"),
        options=tuple(Option(one, name) for one, name in facts.owners),
        value=answers.get(owner) or facts.owners[0][0],
        required=False,
    )
    when = Field(
        key=due,
        ask=Ask.DATE,
        label=words.plain("interview.due"),
        value=answers.get(due) or None,
        required=False,
    )
    if sent:
        action = scoring.written(
            action, words, key="interview.write_action", required=bool(answers.get(due))
        )
        who = scoring.chosen(who, words) if given else who
        if given and _day(answers.get(due, "")) is None:
            when = replace(when, problem=words.plain("interview.choose_day"))
    yield from (action, who, when)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def promises(answers: Answers, facts: InterviewFacts) -> tuple[Promise, ...]:
    """The actions that the answers make; a line without words or day is none."""
    found = []
    for number in range(1, MOST_LINES + 1):
        text, due = (
            answers.get(f"action:{number}", "").strip(),
            _day(answers.get(f"due:{number}", "")),
        )
        by = answers.get(f"owner:{number}") or facts.owners[0][0]
        if text and due is not None:
            found.append(Promise(text=text, by=by, due=due))
    return tuple(found)


def part(answers: Answers, facts: InterviewFacts) -> Part:
    """What the answers make."""
    texts = {key: answers.get(key, "").strip() for keys in STEPS for key in keys}
    return Part(**texts, actions=promises(answers, facts))


def written(part_: Part) -> dict[str, str]:
    """The answers that a part was made of, to open it again."""
    answers = {key: getattr(part_, key) for keys in STEPS for key in keys}
    return answers | _as_answers(part_.actions, 1)


def _as_answers(actions: tuple[Promise, ...], first: int) -> dict[str, str]:
    answers = {}
    for number, promise in enumerate(actions, start=first):
        answers[f"action:{number}"] = promise.text
        answers[f"owner:{number}"] = promise.by
        answers[f"due:{number}"] = promise.due.isoformat()
    return answers


def adopted(facts: InterviewFacts, answers: Answers) -> dict[str, str]:
    """The other's actions put after those that stand there, as far as there is room."""
    theirs = facts.other.actions if facts.other else ()
    mine = promises(answers, facts)
    new = [one for one in theirs if one.text not in {own.text for own in mine}]
    return _as_answers((*mine, *new)[:MOST_LINES], 1)


def invited(cycle: str, manager: str, review: str, words: Words) -> Card:
    """The person is asked to prepare."""
    text = words("interview.invited", cycle=cycle, manager=manager)
    button = Button("interview.open", words.plain("interview.prepare"), review, style="primary")
    return Card(plain(text), (Paragraph(text), Buttons((button,))))


def to_prepare(cycle: str, people: tuple[tuple[str, str], ...], words: Words) -> Card:
    """The manager is asked to prepare: reviews and names."""
    text = words("interview.to_prepare", cycle=cycle, count=len(people))
    parts: list[CardPart] = [Paragraph(text)]
    buttons = tuple(Button("interview.open", name, review) for review, name in people[:MOST])
    parts.append(Buttons(buttons))
    if len(people) > MOST:
        parts.append(Small(words("interview.and_more", more=len(people) - MOST)))
    return Card(plain(text), tuple(parts))


def which(
    own: tuple[tuple[str, str], ...], team: tuple[tuple[str, str], ...], words: Words
) -> Card:
    """Whose interview: the own (review and cycle), and those of the team (review and name)."""
    if not own and not team:
        text = words("interview.nothing")
        return Card(plain(text), (Paragraph(text),))
    title = words.plain("interview.which_title")
    parts: list[CardPart] = [Heading(title)]
    for review, cycle in own:
        label = words.plain("interview.prepare")
        text = words("interview.which_own", cycle=cycle)
        parts.append(Paragraph(text, Button("interview.open", label, review)))
    if team:
        parts.append(Paragraph(words("interview.which_team")))
        parts.append(
            Buttons(tuple(Button("interview.open", name, one) for one, name in team[:MOST]))
        )
    return Card(title, tuple(parts))
