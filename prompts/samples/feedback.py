"""Screens of feedback: the forms, what is read, what comes back, the early look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, ladders, sheet
from prompts.screens import daily, early_look, feedback, feedback_request, nudge
from review.feedback import Feedback, Kind, Said, about_goal, about_value
from review.feedback_request import Question, Request

NOW = datetime(2026, 10, 16, 9, 30, tzinfo=UTC)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {
        **_forms(sizes, words),
        **_messages(sizes, words),
        **_looks(sizes, words),
        **_nudges(sizes, words),
        **_requests(sizes, words),
    }


def _requests(sizes: Sizes, words: Words) -> Screens:
    values = tuple((about_value(ladder.key), ladder.name) for ladder in ladders(sizes))
    goals = tuple((about_goal(row.id), row.title) for row in sheet(sizes).rows)
    facts = feedback_request.AskFacts(subjects=(*goals, *values), limit=3000)
    key, name = values[0]
    one = Request(
        id="q1",
        together="t1",
        asker="e1",
        asked="e2",
        about=key,
        at=NOW,
        said=Question(text=sizes.words, about_name=name),
    )
    bare = replace(one, about="other", said=Question())
    people = [
        feedback_request.Answered(name=sizes.name, on=DAY if n < 2 else None) for n in range(5)
    ]
    full = {"whom": "U1,U2", "about": key, "question": sizes.words}
    lately = {"refused": "U1,U2\n" + words.plain("refused.asked_lately", names=sizes.name, days=14)}
    return {
        "feedback ask": feedback_request.form(facts, full, words),
        "feedback ask, refused": feedback_request.form(facts, full | lately, words),
        "feedback ask, blank": feedback_request.form(
            replace(facts, limit=20), {"about": "x", "question": "x" * 21}, words, sent=True
        ),
        "feedback asked": feedback_request.asked(one, sizes.name, None, words),
        "feedback asked, anything": feedback_request.asked(bare, sizes.name, None, words),
        "feedback asked, not now": feedback_request.asked(
            replace(one, declined_at=NOW), sizes.name, None, words
        ),
        "feedback asked, answered": feedback_request.asked(one, sizes.name, DAY, words),
        "feedback asked for": feedback_request.listed(one, people, words),
        "feedback asked for, none yet": feedback_request.listed(bare, people[2:], words),
        "feedback asked for, all in": feedback_request.listed(one, people[:2], words),
    }


def _nudges(sizes: Sizes, words: Words) -> Screens:
    looks = {"off_track": 2, "at_risk": 1, "on_track": 3}
    rows = (
        nudge.Silent("e1", sizes.name, DAY, looks),
        *(nudge.Silent(f"e{number}", sizes.name, None, {}) for number in range(2, nudge.ROWS + 1)),
    )
    message = daily.card((nudge.section(rows, 12, words),), words)
    return {"nudge": message} if message is not None else {}


def _forms(sizes: Sizes, words: Words) -> Screens:
    goals = [(about_goal(row.id), row.title) for row in sheet(sizes).rows]
    values = [(about_value(ladder.key), ladder.name) for ladder in ladders(sizes)]
    facts = feedback.FeedbackFacts(
        receiver="e1",
        name=sizes.name,
        subjects=(*goals, *values),
        counts=True,
        limit=3000,
    )
    full = {
        "kind": "constructive",
        "about": goals[0][0],
        "talk": "yes",
        **dict.fromkeys(feedback.TEXTS, sizes.words),
    }
    one = given(sizes)
    return {
        "feedback": feedback.form(facts, full, words),
        "feedback whom": feedback.whom_form({}, words, sent=True),
        "feedback whom, refused": feedback.whom_form(
            {
                "whom": "U2",
                "refused": "U2\n" + words.plain("refused.person_gone", name=sizes.name),
            },
            words,
        ),
        "feedback, blank": feedback.form(facts, {}, words, sent=True),
        "feedback, asked for": feedback.form(
            replace(facts, request="q1", question=sizes.words, asked_about=values[0][0]), {}, words
        ),
        "feedback, of a peer": feedback.form(
            replace(facts, counts=False, subjects=tuple(values), limit=20), full, words, sent=True
        ),
        "feedback answer": feedback.answer_form(
            one, sizes.name, {"answer": sizes.words}, words, 3000
        ),
        "feedback answer, blank": feedback.checked(
            feedback.answer_form(one, sizes.name, {}, words, 3000), words
        ),
    }


def given(sizes: Sizes) -> Feedback:
    """One with every text."""
    return Feedback(
        id="f1",
        giver="mia",
        receiver="e1",
        kind=Kind.CONSTRUCTIVE,
        about=about_goal(sheet(sizes).rows[0].id),
        as_manager=True,
        wants_talk=True,
        said=Said(
            behaviour=sizes.words,
            effect=sizes.words,
            expectation=sizes.words,
            about_name=sheet(sizes).rows[0].title,
        ),
        at=NOW,
        answer=sizes.words,
    )


def _messages(sizes: Sizes, words: Words) -> Screens:
    one = given(sizes)
    bare = replace(one, wants_talk=False, said=Said(behaviour=sizes.words))
    people = tuple((f"e{n}", sizes.name) for n in range(10))
    return {
        **{
            f"feedback received, {kind}": feedback.received(
                replace(one if kind is Kind.CONSTRUCTIVE else bare, kind=kind), sizes.name, words
            )
            for kind in Kind
        },
        "feedback given": feedback.given(one, sizes.name, None, words),
        "feedback arrived": feedback.given(one, sizes.name, NOW, words),
        **{
            f"feedback {what}": feedback.replied(one, sizes.name, what, words)
            for what in ("thanked", "talk", "answered")
        },
        "feedback for whom": feedback.whom(people, words),
        "feedback for nobody near": feedback.whom((), words),
    }


def _looks(sizes: Sizes, words: Words) -> Screens:
    most = min(sizes.groups * 3, early_look.ROWS)
    rows = tuple(
        early_look.LookRow(
            employee=f"e{n}", name=sizes.name, heard_on=DAY if n > most // 2 else None
        )
        for n in range(most)
    )
    facts = early_look.LookFacts(
        cycle="2026Q4", ends=DAY, rows=rows, more=sizes.groups, rating_to="3.25", days_before=14
    )
    return {
        "early look": early_look.card(facts, words),
        "early look, all": early_look.card(replace(facts, more=0), words),
    }
