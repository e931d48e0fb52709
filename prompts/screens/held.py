"""A person's own review once the interview was held: the message, the pages, the word on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import both_hands, scoring, whole_review, year
from prompts.screens.both_hands import PERSON
from prompts.screens.whole_review import FOLD
from prompts.screens.year import YearFacts
from review import scale
from review.appeal import Appeal
from review.interview import said
from review.library import Ladder
from review.policy import Policy, Score
from review.record import Review, SignOff
from review.score import GateState
from review.stages import Move, Stage
from review.wording import say

WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFacts:
    """A review as the person may see it from the interview on."""

    record: Review
    cycle: str
    manager: str
    names: Mapping[str, str]
    """Names of those who had a say, by id."""
    ladders: tuple[Ladder, ...]
    policy: Policy
    ends_on: date | None
    """The last day on which they may appeal."""
    today: date
    day_of: Callable[[datetime], date]
    """A moment's date where the person is."""
    appeal: Appeal | None = None
    year: YearFacts | None = None
    """In a whole year's review, the quarters as the rating saw them."""

    @property
    def asked(self) -> tuple[Ladder, ...]:
        """The ladders that were climbed; none for a year."""
        return whole_review.asked(self.ladders, self.policy)

    @property
    def may_appeal(self) -> bool:
        """Whether an appeal can still be filed."""
        open_now = self.record.stage in {Stage.HELD, Stage.ACKNOWLEDGED}
        return open_now and self.ends_on is not None and self.today <= self.ends_on


def my_review(facts: HeldFacts, words: Words) -> Card:
    """The living message: the rating, the manager's words, where it stands, what to do."""
    title = words.plain("self_review.my_title", cycle=facts.cycle)
    return Card(title, (Heading(title), *_card_parts(facts, words)))


def told(facts: HeldFacts, words: Words) -> Card:
    """What the person hears when the manager says that it took place."""
    text = words("held.told", manager=facts.manager, cycle=facts.cycle)
    return Card(plain(text), (Paragraph(text), *_card_parts(facts, words)))


def _card_parts(facts: HeldFacts, words: Words) -> Iterator[CardPart]:
    record = facts.record
    yield from _rating(facts, words)
    if record.manager_part is not None and (words_ := record.manager_part.cases.get("overall")):
        yield Small(words("held.case_overall"))
        yield Quote(words_, fold_at=FOLD)
    yield Paragraph(_where(facts, words))
    if facts.appeal is not None and facts.appeal.why:
        yield Quote(facts.appeal.why, fold_at=FOLD)
    yield Buttons(tuple(_buttons(facts, words)))


def _where(facts: HeldFacts, words: Words) -> Text:
    record, appeal = facts.record, facts.appeal
    acknowledged = said(record, Move.ACKNOWLEDGE)
    key = f"held.at_{record.stage}"
    if record.stage is Stage.CLOSED and appeal is not None:
        key = "held.appeal_moved" if appeal.moved else "held.appeal_stands"
    return words(
        key,
        ends_on=facts.ends_on if facts.may_appeal else None,
        on=facts.day_of(acknowledged.at) if acknowledged else None,
        decider=facts.names.get(appeal.decider or "", "") if appeal else "",
        by=appeal.decide_by if appeal else None,
    )


def _buttons(facts: HeldFacts, words: Words) -> Iterator[Button]:
    record = facts.record
    if record.stage is Stage.HELD:
        label = words.plain("held.button_acknowledge")
        yield Button("review.acknowledge", label, record.id, style="primary")
    yield Button("review.read", words.plain("held.button_read"), record.id)
    if facts.may_appeal:
        yield Button("review.appeal", words.plain("held.button_appeal"), record.id)


def _rating(facts: HeldFacts, words: Words) -> Iterator[Paragraph | Quote]:
    """The rating that counts, and every move of it with who and why."""
    rating = facts.record.rating
    if rating is None:
        yield Paragraph(words("held.no_rating"))
        return
    name = say(scale.step(rating, facts.policy).name, words.locale)
    yield Paragraph(words("held.rating", rating=scale.show(rating), name=name))
    for word, before in _moves(facts.record):
        key = "decided" if word.decision == Move.DECIDE_APPEAL else "calibrated"
        who = facts.names.get(word.by, "")
        shown = {"before": scale.show(before), "after": scale.show(word.rating or before)}
        yield Paragraph(words(f"held.{key}", who=who, **shown))
        if word.comment:
            yield Quote(word.comment, fold_at=FOLD)


def _moves(record: Review) -> Iterator[tuple[SignOff, Score]]:
    before = record.manager_part.rating if record.manager_part else None
    for word in record.sign_offs:
        if word.rating is not None:
            if before is not None and word.rating != before:
                yield word, before
            before = word.rating


def steps(facts: HeldFacts) -> int:
    """The whole first, the sheet's pages, a page a ladder."""
    return 1 + len(scoring.pages(facts.record.sheet)) + len(facts.asked)


def form(facts: HeldFacts, words: Words, *, step: int) -> Form:
    """That page; there is nothing to send on the last."""
    last = steps(facts) - 1
    parts = whole_review.folded(facts, list(_page(facts, words, step)), words, step)
    return _form(facts, words, tuple(parts), step=step, steps=last + 1)


def _form(
    facts: HeldFacts, words: Words, parts: tuple[FormPart, ...], *, step: int, steps: int
) -> Form:
    return Form(
        key="my_review",
        subject=facts.record.id,
        title=words.plain("self_review.my_title", cycle=facts.cycle),
        parts=parts,
        step=step,
        steps=steps,
        submit=words.plain("sign_off.next") if step < steps - 1 else None,
        close=words.plain("common.close"),
        back=words.plain("common.back") if step else None,
    )


def in_full(facts: HeldFacts, words: Words, *, step: int) -> Form:
    """Every text of that page from its first to its last character."""
    title = words.plain("self_review.my_title", cycle=facts.cycle)
    return whole_review.in_full(facts, _page(facts, words, step), title, words)


def _page(facts: HeldFacts, words: Words, step: int) -> Iterator[FormPart]:
    return whole_review.page(facts, words, step, PERSON, lambda: _whole(facts, words))


def _whole(facts: HeldFacts, words: Words) -> Iterator[FormPart]:
    record, found = facts.record, facts.record.outcome
    yield from _rating(facts, words)
    if facts.year is not None:
        yield from year.quarters(facts.year, facts.policy, words)
    yield from whole_review.suggestion(facts, words)
    if found is not None and found.gate is GateState.GATED:
        shown = {"rating": scale.show(found.suggested)}
        overruled = scale.show(found.suggested_ungated)
        yield Paragraph(words("held.gated", overruled=overruled, **shown))
    manager = record.manager_part
    if manager is not None:
        texts = {
            "case_overall": manager.cases.get("overall"),
            "case_missed": manager.cases.get("missed"),
            "reason": manager.reason,
            "surprise_reason": manager.surprise_reason,
        }
        for key, text in texts.items():
            yield from both_hands.quote(key, text, words, PERSON)
    if record.self_part is not None:
        yield from both_hands.quote("self_comment", record.self_part.comment, words, PERSON)
    yield from whole_review.gap_lines(facts, words)
    word = said(record, Move.ACKNOWLEDGE)
    yield from both_hands.quote("acknowledge_word", word.comment if word else "", words, PERSON)
    if facts.appeal is not None:
        yield from both_hands.quote("appeal_words", facts.appeal.words, words, PERSON)
        yield from both_hands.quote("appeal_why", facts.appeal.why, words, PERSON)


def acknowledge(facts: HeldFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The small form: that it was read, and a word if they like."""
    field = Field(
        key=WORD,
        ask=Ask.TEXT,
        label=words.plain("held.word"),
        hint=words.plain("held.word_hint", manager=facts.manager),
        value=answers.get(WORD) or None,
        required=False,
        limit=facts.policy.sheet.text_limit,
    )
    if sent:
        field = scoring.written(field, words, key="held.word", required=False)
    return Form(
        key="acknowledge",
        subject=facts.record.id,
        title=words.plain("held.acknowledge_title"),
        parts=(Paragraph(words("held.acknowledge_how", ends_on=facts.ends_on)), field),
        submit=words.plain("held.button_acknowledge"),
        close=words.plain("common.later"),
    )


def acknowledged(person: str, cycle: str, word: str, words: Words) -> Card:
    """What the manager reads when the person added a word."""
    text = words("held.acknowledged", person=person, cycle=cycle)
    return Card(plain(text), (Paragraph(text), *([Quote(word)] if word else [])))
