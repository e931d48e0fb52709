"""Screens of progress on goals: the form of a note, what others read, and the cards beside it."""

from __future__ import annotations

from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, sheet
from prompts.screens import goal_cards
from prompts.screens import goal_progress as screen
from prompts.screens.self_review import MyReviewFacts, my_review
from review.goal_progress import Outlook, goals
from review.goal_setting import GoalState
from review.stages import Stage


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    notes = tuple(screen.Note(outlook=one, on=DAY, words=sizes.words) for one in tuple(Outlook) * 3)
    whole = sheet(sizes)
    goal = whole.rows[0]
    facts = screen.ProgressFacts(review="r1", goal=goal, notes=notes, limit=3000)
    first = screen.ProgressFacts(review="r1", goal=goal, notes=(), limit=3000)
    given = {screen.OUTLOOK: "at_risk", screen.WORDS: sizes.words}
    found: Screens = {
        "progress, a note": screen.form(facts, given, words),
        "progress, the first": screen.form(first, {}, words),
        "progress, wrong": screen.form(facts, {screen.WORDS: " "}, words, sent=True),
    }
    for name, history in (
        ("all", {row.id: notes for row in whole.rows}),
        ("one", {goal.id: notes[:1]}),
        ("nothing", {}),
    ):
        read = screen.ReadFacts(
            review="r1", cycle="2026Q4", person=sizes.name, sheet=whole, history=history
        )
        found[f"progress read, {name}"] = screen.reading(read, words)
        found[f"goals of somebody, {name}"] = screen.card((read,), words)
        mine = goal_cards.MyGoalsFacts(
            review="r1",
            cycle="2026Q4",
            state=GoalState.AGREED,
            sheet=whole,
            due=DAY,
            manager=sizes.name,
            version=3,
            history=history,
        )
        found[f"my goals with progress, {name}"] = my_review(_own(sizes, mine), words)
    found["progress, in full"] = screen.whole(goal, notes * 2, words)
    found["goals of nobody"] = screen.nobody(sizes.name, words)
    row = goal_cards.GoalRow(
        review="r1",
        person=sizes.name,
        title=sizes.name,
        state=GoalState.AGREED,
        version=2,
        outlooks={Outlook.AT_RISK: 2, Outlook.OFF_TRACK: len(goals(whole))},
    )
    listed = goal_cards.GoalListFacts(
        cycle="2026Q4", due=DAY, rows=(row,) * sizes.team, page=0, pages=2, agreed=3, of=40
    )
    found["goal list, with progress"] = goal_cards.goal_list(listed, words)
    return found


def _own(sizes: Sizes, mine: goal_cards.MyGoalsFacts) -> MyReviewFacts:
    return MyReviewFacts(
        review="r1",
        cycle="2026Q4",
        stage=Stage.GOALS_SUBMITTED,
        due=DAY,
        manager=sizes.name,
        begun=False,
        sent_on=None,
        excluded_reason=None,
        policy=sizes.policy,
        goals=mine,
    )
