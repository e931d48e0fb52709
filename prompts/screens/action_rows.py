"""The rows of a talk's form in which actions are agreed: what, which kind, by whom, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from prompts.answers import Answers
from prompts.card import Ask, Button, Buttons, Field, FormPart, Option, Paragraph, Small, Text
from prompts.render import Words
from prompts.screens import scoring
from review.interview import Promise
from review.learning import LINK_LIMIT, ActionKind, is_link
from review.people import EmployeeId

LINES, MORE, ADOPT = "lines", "interview.more", "interview.adopt"
MOST_LINES = 6
"""Actions that one talk takes (ours)."""


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who may be chosen, known by their account in the chat."""

    employee: EmployeeId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What the rows are made of, answers aside."""

    subject: str
    owners: tuple[tuple[EmployeeId, str], ...]
    """Who may do an action, with their names: the person first."""
    writes: bool
    """Whether the reader may change them."""
    most: int
    """How many are advised."""
    limit: int
    first: int | None = None
    """How many rows stand there at first; None: as many as are advised."""
    theirs: tuple[Promise, ...] = ()
    """What the other of the two proposes."""
    mentors: Mapping[str, Mentor] = field(default_factory=dict)
    """Those who were chosen so far, by their account."""


def wrong(number: int) -> str:
    """Keeps what is wrong with a mentor that was chosen; no field shows it."""
    return f"mentor_wrong:{number}"


def because(why: str, number: int, facts: RowFacts, answers: Answers) -> str:
    """What is kept there: true as long as nobody else is chosen."""
    return f"{why}@{answers.get(f'mentor:{number}', '')}@{owner(number, facts, answers)}"


def owner(number: int, facts: RowFacts, answers: Answers) -> EmployeeId:
    """Who does the action of that row."""
    return answers.get(f"owner:{number}") or facts.owners[0][0]


def kind(number: int, answers: Answers) -> ActionKind:
    """Which kind it is; a task where nothing else was chosen."""
    chosen = answers.get(f"kind:{number}", "")
    return ActionKind(chosen) if chosen in set(ActionKind) else ActionKind.TASK


def lines(facts: RowFacts, answers: Answers) -> int:
    """How many rows the form has now."""
    shown = answers.get(LINES, "")
    filled = [n for n in range(1, MOST_LINES + 1) if answers.get(f"action:{n}", "").strip()]
    least = max([min(facts.first or facts.most, MOST_LINES), *filled])
    return max(least, min(int(shown), MOST_LINES)) if shown.isdecimal() else least


def parts(facts: RowFacts, answers: Answers, words: Words, *, sent: bool) -> Iterator[FormPart]:
    """The rows, after what the other proposes; only to read where nothing may be changed."""
    for promise in facts.theirs:
        yield Paragraph(line(promise, facts, words))
    if facts.theirs and facts.writes:
        yield Buttons((Button(ADOPT, words.plain("interview.adopt"), facts.subject),))
    if not facts.writes:
        for promise in promises(answers, facts):
            yield Paragraph(line(promise, facts, words))
        return
    yield Small(words("interview.actions_how", most=facts.most))
    shown = lines(facts, answers)
    for number in range(1, shown + 1):
        yield from _fields(number, facts, answers, words, sent=sent)
    if shown < MOST_LINES:
        yield Buttons((Button(MORE, words.plain("interview.more"), facts.subject),))


def line(promise: Promise, facts: RowFacts, words: Words) -> Text:
    """One action in a line."""
    names = dict(facts.owners) | {one.employee: one.name for one in facts.mentors.values()}
    return words(
        "interview.action_line",
        text=promise.text,
        who=names.get(promise.by, ""),
        due=promise.due,
        kind=promise.kind,
        link=promise.link,
        mentor=names.get(promise.mentor or "", ""),
    )


def _fields(
    number: int, facts: RowFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[Field]:
    text, due = f"action:{number}", f"due:{number}"
    given = answers.get(text, "").strip()
    action = Field(
        key=text,
        ask=Ask.TEXT,
        label=words.plain("interview.action", number=number),
        value=answers.get(text) or None,
        required=False,
        limit=facts.limit,
    )
    who = Field(
        key=f"owner:{number}",
        ask=Ask.CHOICE,
        label=words.plain("interview.owner"),
        options=tuple(Option(one, name) for one, name in facts.owners),
        value=owner(number, facts, answers),
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
    yield action
    yield from _kind(number, facts, answers, words, sent=sent and bool(given))
    yield from (who, when)


def _kind(
    number: int, facts: RowFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[Field]:
    """Which kind it is, and what that kind asks besides."""
    chosen = kind(number, answers)
    yield Field(
        key=f"kind:{number}",
        ask=Ask.CHOICE,
        label=words.plain("interview.kind"),
        options=tuple(Option(one, words.plain(f"interview.kind_{one}")) for one in ActionKind),
        value=chosen,
        required=False,
        folded=True,
        redraws=True,
    )
    if chosen is ActionKind.TRAINING:
        yield _link(f"link:{number}", answers, words, sent=sent)
    if chosen is ActionKind.MENTORING:
        yield _mentor(number, facts, answers, words, sent=sent)


def _link(key: str, answers: Answers, words: Words, *, sent: bool) -> Field:
    value = answers.get(key, "").strip()
    bad = sent and value and not is_link(value)
    return Field(
        key=key,
        ask=Ask.TEXT,
        label=words.plain("interview.link"),
        placeholder="https://",
        value=answers.get(key) or None,
        required=False,
        limit=LINK_LIMIT,
        problem=words.plain("interview.link_bad") if bad else None,
    )


def _mentor(number: int, facts: RowFacts, answers: Answers, words: Words, *, sent: bool) -> Field:
    value = answers.get(f"mentor:{number}", "")
    kept = answers.get(wrong(number), "")
    why = kept.partition("@")[0]
    problem = None
    if sent and not value:
        problem = words.plain("interview.mentor_choose")
    elif value and why and kept == because(why, number, facts, answers):
        problem = words.plain(f"interview.mentor_{why}")
    return Field(
        key=f"mentor:{number}",
        ask=Ask.PERSON,
        label=words.plain("interview.mentor"),
        hint=words.plain("interview.mentor_hint"),
        value=value or None,
        required=False,
        problem=problem,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def promises(answers: Answers, facts: RowFacts) -> tuple[Promise, ...]:
    """The actions that the answers make; a row without words or day is none."""
    found = []
    for number in range(1, MOST_LINES + 1):
        text = answers.get(f"action:{number}", "").strip()
        due, which = _day(answers.get(f"due:{number}", "")), kind(number, answers)
        if not text or due is None:
            continue
        link = answers.get(f"link:{number}", "").strip()
        mentor = facts.mentors.get(answers.get(f"mentor:{number}", ""))
        promise = Promise(
            text=text,
            by=owner(number, facts, answers),
            due=due,
            kind=which,
            link=link if which is ActionKind.TRAINING and is_link(link) else "",
            mentor=mentor.employee if which is ActionKind.MENTORING and mentor else None,
        )
        found.append(promise)
    return tuple(found)


def as_answers(
    actions: tuple[Promise, ...], mentors: Mapping[str, Mentor], first: int = 1
) -> dict[str, str]:
    """The answers that they were made of, to open them again."""
    accounts = {one.employee: account for account, one in mentors.items()}
    answers = {}
    for number, promise in enumerate(actions, start=first):
        answers[f"action:{number}"] = promise.text
        answers[f"owner:{number}"] = promise.by
        answers[f"due:{number}"] = promise.due.isoformat()
        answers[f"kind:{number}"] = promise.kind.value
        answers[f"link:{number}"] = promise.link
        answers[f"mentor:{number}"] = accounts.get(promise.mentor or "", "")
    return answers


def adopted(facts: RowFacts, answers: Answers) -> dict[str, str]:
    """The other's actions put after those that stand there, as far as there is room."""
    mine = promises(answers, facts)
    new = [one for one in facts.theirs if one.text not in {own.text for own in mine}]
    return as_answers((*mine, *new)[:MOST_LINES], facts.mentors)
