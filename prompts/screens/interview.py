"""Preparing the interview: the form with its three parts, and who is asked to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    Paragraph,
    Quote,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens import action_rows, scoring
from prompts.screens.action_rows import Mentor, RowFacts
from review.interview import Part
from review.people import EmployeeId
from review.policy import Policy

STEPS = (("good", "improve"), ("judged", "expected"), ())
"""Texts of each step; the last holds the actions."""
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
    mentors: Mapping[str, Mentor] = field(default_factory=dict)
    """Mentors who were chosen so far, by their account."""

    @property
    def rows(self) -> RowFacts:
        """The same, as far as the actions go."""
        return RowFacts(
            subject=self.review,
            owners=self.owners,
            writes=self.writes,
            most=self.policy.interviews.actions,
            limit=self.policy.sheet.text_limit,
            theirs=self.other.actions if self.other else (),
            mentors=self.mentors,
        )


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
        if facts.rows.theirs:
            yield Small(words("interview.other_actions", **_both(facts)))
        yield from action_rows.parts(facts.rows, answers, words, sent=sent)
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


def part(answers: Answers, facts: InterviewFacts) -> Part:
    """What the answers make."""
    texts = {key: answers.get(key, "").strip() for keys in STEPS for key in keys}
    return Part(**texts, actions=action_rows.promises(answers, facts.rows))


def written(part_: Part, mentors: Mapping[str, Mentor]) -> dict[str, str]:
    """The answers that a part was made of, to open it again."""
    answers = {key: getattr(part_, key) for keys in STEPS for key in keys}
    return answers | action_rows.as_answers(part_.actions, mentors)


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
