"""Calibration by name, for those entitled alone: the list, and one rating to move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Field,
    Form,
    FormPart,
    Option,
    Paragraph,
    Quote,
    Small,
    Text,
)
from prompts.render import Words
from prompts.screens import scoring, whole_review
from prompts.screens.calibration import group_name
from prompts.screens.distribution_words import band
from prompts.screens.sign_list import flag_words
from prompts.screens.sign_off import SignOffFacts, gate_text
from review import scale
from review.calibration import Change, Moved
from review.policy import Score
from review.score import GateState
from review.signing import Flag
from review.wording import say

FORM = "calibration"
MOVE, BACK_TO_NAMES = "move:", "names"
TO, WHY, SEEN = "overall", "reason", "seen"
"""Where a rating goes and why; the revision that was looked at, which no field shows."""
RETURN = "return"
"""Chosen instead of a rating: the manager looks again."""
PAGE = 25
"""People on one page."""
FOLD = 300
"""Characters of a text that are shown: the whole stands in the review (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """One person whose rating the reader may see."""

    review: str
    person: str
    title: str
    rating: Score | None
    suggested: Score | None
    flags: tuple[Flag, ...] = ()
    moved: bool = False
    movable: bool = False
    """Whether the reader may move it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """One rating that may be moved, and what that would do."""

    record: SignOffFacts
    reader_moves: bool
    """Whether the session is open and the reader may; else it is only shown."""
    choices: tuple[Score, ...]
    """What it can be moved to; none while the gate is shut."""
    returns: bool
    """Whether it can go back to the manager."""
    moved: Moved | None
    mover: str
    came_back: str
    """Why the skip-level sent it here again."""
    changes: tuple[tuple[str, str, Change], ...]
    """With what is chosen: the group's kind and name, and what becomes of it."""
    surprise: bool
    """Whether the person would hear of what is chosen for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesFacts:
    """The list of one session for one reader."""

    session: str
    cycle: str
    kind: str
    name: str
    rows: Sequence[NameRow]
    hidden: int
    """People of the group whose ratings the reader may not see."""
    is_open: bool
    one: MoveFacts | None = None
    """Whose rating is being moved."""


def steps(facts: NamesFacts) -> int:
    """A page of names each; one person is one step."""
    return 1 if facts.one else max(1, -(-len(facts.rows) // PAGE))


def subject(session: str, review: str = "") -> str:
    """What the form is about: a session, or one review in it."""
    return f"{session}|{review}" if review else session


def form(
    facts: NamesFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The list, or the one whose rating is being moved."""
    if facts.one is not None:
        return _one(facts, facts.one, answers, words, sent=sent)
    last = steps(facts) - 1
    group = group_name(facts.kind, facts.name, words)
    head = words("calibration.names_head", cycle=facts.cycle, group=group, people=len(facts.rows))
    parts: list[FormPart] = [Paragraph(head)]
    if last:
        parts.append(Small(words("sign_list.page", page=step + 1, pages=last + 1)))
    if not facts.is_open:
        parts.append(Small(words("calibration.names_closed")))
    parts += [_row(row, words) for row in facts.rows[step * PAGE : (step + 1) * PAGE]]
    if facts.hidden:
        parts.append(Small(words("calibration.hidden", count=facts.hidden)))
    return Form(
        key=FORM,
        subject=facts.session,
        title=words.plain("calibration.names_title"),
        parts=tuple(parts),
        step=step,
        steps=last + 1,
        submit=words.plain("calibration.next_page") if step < last else None,
        close=words.plain("common.close"),
        back=words.plain("common.back") if step else None,
    )


def _row(row: NameRow, words: Words) -> Paragraph:
    other = row.suggested if row.suggested != row.rating else None
    text = words(
        "calibration.row",
        person=row.person,
        title=row.title,
        rating=None if row.rating is None else scale.show(row.rating),
        suggested=None if other is None else scale.show(other),
        moved=row.moved,
        flags=tuple(flag_words(one, None, words) for one in row.flags if one is not Flag.DIFFERS),
    )
    if not row.movable:
        return Paragraph(text)
    label = words.plain("calibration.move_button")
    return Paragraph(text, Button(f"{MOVE}{row.review}", label, row.review))


def _one(facts: NamesFacts, one: MoveFacts, answers: Answers, words: Words, *, sent: bool) -> Form:
    parts = [*_shown(one, words), *_asked(one, answers, words, sent=sent)]
    back = Button(BACK_TO_NAMES, words.plain("calibration.back"), facts.session)
    return Form(
        key=FORM,
        subject=subject(facts.session, one.record.record.id),
        title=words.plain("calibration.names_title"),
        parts=(*parts, Buttons((back,))),
        submit=words.plain("calibration.move") if _offers(one) else None,
        close=words.plain("common.later" if _offers(one) else "common.close"),
    )


def _offers(one: MoveFacts) -> bool:
    return one.reader_moves and bool(one.choices or one.returns)


def _shown(one: MoveFacts, words: Words) -> Iterator[FormPart]:
    """What is known of the rating, the gate and earlier moves first."""
    record, policy = one.record.record, one.record.policy
    fold = FOLD if _offers(one) else None
    rating = record.rating
    name = "" if rating is None else say(scale.step(rating, policy).name, words.locale)
    yield Paragraph(
        words(
            "calibration.one",
            person=one.record.person,
            rating="" if rating is None else scale.show(rating),
            name=name,
            by=one.record.names.get(record.rated_by or "", ""),
        )
    )
    if one.moved is not None:
        yield Paragraph(moved_line(one.moved, one.mover, words))
        yield Quote(one.moved.because, fold_at=fold)
    if one.came_back:
        yield Paragraph(words("calibration.came_back"))
        yield Quote(one.came_back, fold_at=fold)
    yield from whole_review.suggestion(one.record, words)
    if record.outcome is not None and record.outcome.gate is not GateState.NONE:
        yield Paragraph(gate_text(one.record, words))
    case = record.manager_part.cases.get("overall") if record.manager_part else None
    if case:
        yield Small(words("sign_off.case_overall"))
        yield Quote(case, fold_at=fold)


def moved_line(moved: Moved, mover: str, words: Words) -> Text:
    """Moved in calibration from … to … by …; the reason follows as a quote."""
    return words(
        "calibration.moved_line",
        was=None if moved.was is None else scale.show(moved.was),
        now=scale.show(moved.now),
        by=mover,
    )


def _asked(one: MoveFacts, answers: Answers, words: Words, *, sent: bool) -> Iterator[FormPart]:
    """Where it goes and why, with what that does to the groups."""
    if not _offers(one):
        yield Small(words("calibration.stays"))
        return
    names: Mapping[Score, str] = {
        step.score: say(step.name, words.locale) for step in one.record.policy.scale
    }
    options = [
        Option(scale.show(score), f"{scale.show(score)} {names[score]}") for score in one.choices
    ]
    if one.returns:
        options.append(Option(RETURN, words.plain("calibration.return")))
    choice = Field(
        key=TO,
        ask=Ask.SCORE,
        label=words.plain("calibration.to"),
        options=tuple(options),
        value=answers.get(TO) or None,
        redraws=True,
        placeholder=words.plain("scoring.choose"),
    )
    reason = Field(
        key=WHY,
        ask=Ask.TEXT,
        label=words.plain("calibration.why"),
        hint=words.plain("calibration.why_hint"),
        value=answers.get(WHY) or None,
        limit=one.record.policy.sheet.text_limit,
    )
    yield scoring.chosen(choice, words) if sent else choice
    yield from _what_if(one, answers.get(TO, ""), words)
    yield (scoring.written(reason, words, key="sign_off.write", required=True) if sent else reason)


def _what_if(one: MoveFacts, chosen: str, words: Words) -> Iterator[FormPart]:
    """The quotas of every group with that person in it, live."""
    if not chosen or chosen == RETURN:
        return
    for kind, name, change in one.changes:
        reading = change.reading
        text = words(
            "calibration.leaves" if change.leaves else "calibration.comes_back",
            group=group_name(kind, name, words),
            band=band(reading.quota, words),
            count=reading.count,
            of=reading.rated,
            most=reading.most,
            fewest=reading.least,
        )
        yield Paragraph(text) if change.leaves else Small(text)
    if not one.changes:
        yield Small(words("calibration.no_change"))
    if one.surprise:
        yield Paragraph(words("calibration.surprise"))
