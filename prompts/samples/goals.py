"""Screens of goals: the form at each step and for both hands, the messages, the manager's list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from prompts import goal_answers as names
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, policy_of, sheet
from prompts.screens import goal_cards, self_review
from prompts.screens import goals as screen
from review.cascade import MOST
from review.goal_changes import changes
from review.goal_setting import GoalState
from review.goals import Sheet
from review.stages import Stage
from review.wording import Wording, own_words

YEAR_END = date(2026, 12, 31)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {**_forms(sizes, words), **_messages(sizes, words), **_lists(sizes, words)}


def _whole(sizes: Sizes) -> Sheet:
    """As wordy as a sheet may be."""
    rows = [
        replace(
            row,
            doing=own_words(sizes.words),
            unit=sizes.name[: screen.LINE["unit"]],
            target=sizes.name[: screen.LINE["target"]],
            title=own_words(sizes.words[: screen.LINE["title"]]) if sizes.goals else row.title,
        )
        for row in sheet(sizes).rows
    ]
    return Sheet(tuple(rows))


@dataclass(frozen=True)
class Period:
    """Nearly over."""

    starts: date
    ends: date


def _forms(sizes: Sizes, words: Words) -> Screens:
    facts = screen.GoalsFacts(
        review="r1",
        cycle="2026Q4",
        due=DAY,
        base=_whole(sizes),
        version=0,
        period=Period(DAY, YEAR_END),
        today=YEAR_END,
        policy=policy_of(sizes),
        locale=words.locale,
        last=True,
        actuals={row.id: "9" * 60 for row in _whole(sizes).rows},
    )
    answers = names.written(facts.base, words.locale) | {screen.VERSION: "0"}
    steps = len(screen.goals_of(facts, answers))
    wrong = {one: "" for one in answers if one.partition(":")[0] not in {names.ROWS, "version"}}
    wrong |= {names.ROWS: answers[names.ROWS]}
    other = replace(facts, version=2, person=sizes.name)
    serving = replace(facts, offered=_offered(sizes))
    back = replace(facts, version=3, returned=sizes.words)
    said = answers | {screen.DECISION: screen.RETURN, screen.COMMENT: sizes.words}
    found: Screens = {
        f"goals, step {step}": screen.form(facts, answers, words, step=step)
        for step in (0, steps - 1, steps)
    }
    found |= {
        "goals, a new one": screen.form(
            facts, answers | names.listed(["g1"]), words, step=0, sent=True
        ),
        "goals, all wrong": screen.form(facts, wrong, words, step=steps, sent=True),
        "goals, none left": screen.form(facts, answers | names.listed([]), words, step=0),
        "goals, the manager's": screen.form(other, said, words, step=steps),
        "goals, the manager's, bare": screen.form(
            other, answers | {screen.DECISION: screen.RETURN}, words, step=steps, sent=True
        ),
        "goals, what one serves": screen.form(serving, answers, words, step=0),
        "goals, serves nothing": screen.form(serving, answers, words, step=0, sent=True),
        "goals, returned": screen.form(back, said | {screen.VERSION: "3"}, words, step=steps),
        "goals, changed meanwhile": screen.form(back, said, words, step=steps),
    }
    return found


def _offered(sizes: Sizes) -> dict[str, Wording]:
    """What a senior's goals may serve: as many as company and department can have."""
    return {f"c{n}": own_words(f"{n} {sizes.words}"[:150]) for n in range(2 * MOST)}


def _mine(sizes: Sizes, state: GoalState) -> goal_cards.MyGoalsFacts:
    whole = _whole(sizes)
    before = Sheet(tuple(replace(row, weight=2, doing={}, target="") for row in whole.rows))
    return goal_cards.MyGoalsFacts(
        review="r1",
        cycle="2026Q4",
        state=state,
        sheet=whole,
        due=DAY,
        manager=sizes.name,
        version=3,
        returned=sizes.words,
        changes=changes(before, Sheet(whole.rows[1:])),
    )


def _messages(sizes: Sizes, words: Words) -> Screens:
    found: Screens = {}
    for state in GoalState:
        facts = self_review.MyReviewFacts(
            review="r1",
            cycle="2026Q4",
            stage=Stage.GOALS,
            due=DAY,
            manager=sizes.name,
            begun=False,
            sent_on=None,
            excluded_reason=None,
            policy=sizes.policy,
            goals=_mine(sizes, state),
        )
        found[f"my goals, {state}"] = self_review.my_review(facts, words)
    mine = replace(_mine(sizes, GoalState.DRAFT), stands=True)
    found["my goals, stand"] = self_review.my_review(replace(facts, goals=mine), words)
    for state in (GoalState.RETURNED, GoalState.TO_CONFIRM):
        word = goal_cards.GoalWordFacts(
            cycle="2026Q4", manager=sizes.name, mine=_mine(sizes, state)
        )
        found[f"word on goals, {state}"] = goal_cards.word(word, words)
    calm = replace(_mine(sizes, GoalState.TO_CONFIRM), changes=())
    found["word on goals, unchanged"] = goal_cards.word(
        goal_cards.GoalWordFacts(cycle="2026Q4", manager=sizes.name, mine=calm), words
    )
    people = (sizes.name,) * sizes.team
    found["goals stand"] = goal_cards.stand("2026Q4", DAY, people, words)
    return found


def _lists(sizes: Sizes, words: Words) -> Screens:
    states = tuple(GoalState)
    rows = tuple(
        goal_cards.GoalRow(
            review=f"r{number}",
            person=sizes.name,
            title=sizes.name,
            state=states[number % len(states)],
            version=2,
        )
        for number in range(sizes.team)
    )
    facts = goal_cards.GoalListFacts(
        cycle="2026Q4", due=DAY, rows=rows, page=1, pages=3, agreed=1, of=sizes.team
    )
    waiting = tuple(replace(row, state=GoalState.TO_LOOK) for row in rows)
    return {
        "goal list": goal_cards.goal_list(facts, words),
        "goal list, all wait": goal_cards.goal_list(replace(facts, rows=waiting, pages=1), words),
    }
