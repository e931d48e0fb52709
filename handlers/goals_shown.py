"""`/review goals`: the own goals, the team's that wait, those above them, or somebody's."""

from __future__ import annotations

from handlers import cascade, goal_history, goal_list, goal_waits
from handlers.answers import Answer, Says
from handlers.work import Act
from prompts.card import Card, Heading, plain
from prompts.screens import common, goal_cards
from review.cycle import Cycle, is_year
from review.goal_progress import NOTING
from review.stages import Stage


async def command(rest: str, act: Act) -> Answer:
    """`/review goals`: the own goals of each running cycle, and the team's that wait.

    With "company" or "department": those goals (handlers.cascade). With a name, that person's
    goals and progress. Raises what those raise.
    """
    first, _, more = rest.partition(" ")
    if (level := cascade.SPOKEN.get(first.casefold())) is not None:
        return await cascade.command(level, more, act)
    if rest:
        return await goal_history.of_person(rest, act)
    cards: list[Card] = []
    for cycle in await act.tx.cycles.running():
        if is_year(cycle.name):
            continue
        review = await act.tx.reviews.of(cycle.id, act.by)
        if review is None or review.stage is Stage.EXCLUDED:
            continue
        facts = await goal_list.my_goals(review, cycle, act.actor, act)
        if facts is not None:
            cards.append(_card(cycle, tuple(goal_cards.parts(facts, act.say)), act))
        else:
            over = common.says(act.say, "goals.over", cycle=cycle.name).parts
            noted = await goal_history.history(review.id, act.actor, act)
            open_to = review.id if review.stage in NOTING else ""
            shown = goal_cards.goals(review.sheet, act.say, noted, review=open_to)
            cards.append(_card(cycle, (*over, *shown), act))
    team = await goal_waits.team_waits(act)
    if not cards and not team:
        return Says(common.says(act.say, "goals.none"))
    parts = [part for card in cards for part in card.parts] + list(team)
    return Says(Card(plain_title(act), tuple(parts)))


def _card(cycle: Cycle, parts: tuple[object, ...], act: Act) -> Card:
    title = act.say.plain("goals.form_title", cycle=cycle.name)
    return Card(title, (Heading(title), *parts))  # type: ignore[arg-type]


def plain_title(act: Act) -> str:
    """What a notification of the command's answer shows."""
    return plain(act.say("goals.form_title", cycle=""))
