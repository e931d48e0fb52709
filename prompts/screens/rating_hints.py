"""Pointed out before a rating is sent: surprises, praise unspoken, gaps, words used twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import FormPart, Heading, Paragraph, Small
from prompts.render import Words
from prompts.screens import scoring
from prompts.screens.manager_review_facts import ManagerReviewFacts, found
from review import scale
from review.assessment import MISSED, OVERALL, Assessment
from review.no_surprise import Gap, gaps
from review.surprise import is_surprise, praise_unspoken
from review.wording import say

Repeat = tuple[str, str]
"""What a case is about, and the name of whom it was written of before."""


def warnings(facts: ManagerReviewFacts, given: Assessment, words: Words) -> Iterator[FormPart]:
    """What the rating as it stands calls for: it changes as the form is filled in."""
    if facts.told is None:
        return
    if is_surprise(given, facts.told, facts.policy, found(given, facts)):
        days = facts.policy.no_surprise.days_before
        yield Paragraph(words("no_surprise.talk_first", person=facts.person, days=days))
    if praise_unspoken(given, facts.told, facts.policy):
        yield Paragraph(words("no_surprise.praise", person=facts.person))


def reason(
    facts: ManagerReviewFacts, given: Assessment, answers: Answers, words: Words
) -> Iterator[FormPart]:
    """Why a surprise goes on, where it is one."""
    made = found(given, facts)
    if facts.told is None or not is_surprise(given, facts.told, facts.policy, made):
        return
    yield scoring.case_field(
        names.SURPRISE,
        answers,
        facts.policy,
        words,
        label=words.plain("no_surprise.reason"),
        hint="no_surprise.reason_hint",
    )


def differences(facts: ManagerReviewFacts, given: Assessment, words: Words) -> Iterator[FormPart]:
    """Where the two see things differently, marked for the interview."""
    seen = gaps(replace(facts.record, manager_part=given, sign_offs=()), facts.policy)
    if seen:
        least = scale.show(facts.policy.scoring.gap)
        yield Small(words("no_surprise.gaps", person=facts.person, gap=least))
        listed = tuple((_named(gap, facts, words), *_scores(gap)) for gap in seen)
        yield Small(words("no_surprise.gap_list", gaps=listed))


def _scores(gap: Gap) -> tuple[str, str]:
    return scale.show(gap.own), scale.show(gap.manager)


def _named(gap: Gap, facts: ManagerReviewFacts, words: Words) -> str:
    kind, _, key = gap.about.partition(":")
    if kind == "goal":
        titles = {row.id: say(row.title, words.locale) for row in facts.sheet.rows}
        return _short(key, titles, words)
    return _about(gap.about, facts, words)


def _about(about: str, facts: ManagerReviewFacts, words: Words) -> str:
    """A case by its name: the overall rating, missed standards, or a value."""
    if about in {OVERALL, MISSED}:
        key = "overall" if about == OVERALL else "missed"
        return words.plain(f"manager_review.{key}")
    kept = {f"value:{ladder.key}": say(ladder.name, words.locale) for ladder in facts.ladders}
    return _short(about, kept, words)


LONGEST = 80
"""Characters of a title that stands in a list; a longer one goes by its number (ours)."""


def _short(key: str, titles: Mapping[str, str], words: Words) -> str:
    title = titles.get(key, key)
    if len(title) <= LONGEST:
        return title
    return words.plain("no_surprise.numbered", number=list(titles).index(key) + 1)


def note(answers: Answers, found: Iterable[Repeat]) -> str:
    """The answer that keeps what was pointed out about the cases as they stand."""
    return json.dumps({"of": _digest(answers), "found": list(found)}, ensure_ascii=False)


def same_words(answers: Answers) -> tuple[Repeat, ...]:
    """What was pointed out about these very cases; nothing once one of them was changed."""
    kept = answers.get(names.SAME_WORDS)
    if not kept:
        return ()
    noted = json.loads(kept)
    if noted["of"] != _digest(answers):
        return ()
    return tuple((about, name) for about, name in noted["found"])


def _digest(answers: Answers) -> str:
    cases: Mapping[str, str] = {
        key: text.strip() for key, text in sorted(answers.items()) if key.startswith("case:")
    }
    return hashlib.sha256(json.dumps(cases).encode()).hexdigest()


def repeated(facts: ManagerReviewFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    """The step between the whole and sending it: which cases say what was said of others."""
    yield Heading(words.plain("no_surprise.twice_title"))
    listed = tuple((_about(about, facts, words), name) for about, name in same_words(answers))
    yield Paragraph(words("no_surprise.twice", person=facts.person))
    yield Paragraph(words("no_surprise.twice_list", cases=listed))
    yield Small(words("no_surprise.twice_how"))
