"""The own page: of somebody with everything on it, and of somebody with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prompts.card import Card
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, ladders, sheet
from prompts.screens import actions, home
from prompts.screens.progress import Counts, Line, Progress
from prompts.screens.status import Waiting
from review.feedback_request import Question, Request
from review.goal_progress import Outlook
from review.interview import Going
from review.stages import Stage

NOW = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
OF_ONE = {"self": "self_review.open", "goals_confirm": "goals.open"}
OF_MANY = {
    "ratings": "rate.change",
    "signing": "signoff.open",
    "hr_signing": "signoff.open",
    "interviews": "interview.open",
    "goals_look": "goals.open",
}


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {
        "home": full(sizes, words),
        "home, calm": home.page([home.waits((), words), home.feedback((), words)], NOW, words),
    }


def full(sizes: Sizes, words: Words) -> Card:
    """Whoever is at once under review, a manager of a team that size, and HR."""
    sections = (
        home.waits(_things(sizes), words),
        home.feedback([(_request(sizes), sizes.name)] * 5, words),
        home.own(_own(sizes), words),
        home.talks(_talks(sizes), words),
        home.promises(_promises(sizes), DAY, words),
        home.team(_team(sizes), words),
        home.cycles(_cycles(sizes), 3, words),
    )
    return home.page(sections, NOW, words)


def _request(sizes: Sizes) -> Request:
    about = Question(text=sizes.words, about_name=ladders(sizes)[0].name)
    return Request(
        id="q1", together="t1", asker="e1", asked="e2", about="value:x", at=NOW, said=about
    )


def _things(sizes: Sizes) -> tuple[Waiting, ...]:
    one = Waiting(kind="", cycle="2026Q3", due=DAY, action="", items=(("r0", ""),))
    of_one = [replace(one, kind=kind, action=action) for kind, action in OF_ONE.items()]
    people = tuple((f"{number:032x}", sizes.name) for number in range(sizes.groups))
    of_many = [replace(one, kind=k, action=a, items=people) for k, a in OF_MANY.items()]
    return (*of_one, *of_many) if sizes.goals else (*of_one[:1], *of_many[:1])


def _own(sizes: Sizes) -> list[home.OwnReview]:
    whole = sheet(sizes)
    one = home.OwnReview(
        cycle="2026Q4",
        stage=Stage.GOALS,
        sheet=whole,
        notes={row.id: home.Note(Outlook.AT_RISK, DAY, sizes.words) for row in whole.rows},
        button=("goals.open", "home.goals", "r1"),
    )
    before = replace(
        one, cycle="2026Q3", stage=Stage.HELD, button=("review.read", "home.read", "r2")
    )
    year = replace(one, cycle="2026", stage=Stage.SELF_REVIEW, sheet=None, button=None)
    return [one, before, *([replace(year, sheet=sheet(sizes)), year] if sizes.goals else [])]


def _promises(sizes: Sizes) -> home.PromisesFacts:
    ways = (Going.OPEN, Going.GOING, Going.STUCK)
    found = tuple(
        actions.Line(id=f"r.{n}", text=sizes.words, person=sizes.name, due=DAY, going=ways[n % 3])
        for n in range(home.PROMISES)
    )
    return home.PromisesFacts(mine=found, more=6, late=found[: home.LATE], more_late=3)


def _talks(sizes: Sizes) -> list[home.Talk]:
    one = home.Talk(review="r3", cycle="2026Q3", other=sizes.name, at=NOW)
    return [replace(one, at=None), replace(one, cycle=""), *[one] * sizes.groups]


def _team(sizes: Sizes) -> list[home.TeamFacts]:
    stages = list(Stage)[: -1 if sizes.goals else 4]
    one = home.TeamFacts(
        cycle="2026Q3",
        stages=dict.fromkeys(stages, sizes.groups),
        missing=(sizes.name,) * sizes.groups,
    )
    return [one] * (5 if sizes.goals else 1)


def _cycles(sizes: Sizes) -> list[Progress]:
    counts = Counts(people=200, self_in=150, rated=80, signed=10)
    line = Line(kind="department", name=sizes.name, counts=counts)
    one = Progress(
        cycle="2026Q3",
        whole=counts,
        self_due=DAY,
        manager_due=DAY,
        hr_due=DAY,
        today=DAY,
        lines=(line,) * min(sizes.groups, 20),
        more=max(0, sizes.groups - 20),
    )
    return [one] * (5 if sizes.goals else 1)
