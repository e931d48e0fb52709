"""A quarter of a company of 48, by protocol, from the invitation to the last rating."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cycle_story import EndState, end_state, play, silent, writers
from place import AFTERNOON, Place, place
from place_forms import Answers, rows_of
from sums import climbed, counted, numbers, short

from review.cycle import Cycle
from review.desks import desks
from review.people import Person
from review.roster import Roster
from sandbox.company import Person as Colleague
from sandbox.company import hr_admins, rating_answers, self_answers

LEFT_OUT = {"left": "N0028", "on_leave": "N0033", "hired_late": "N0048"}
VALUES = ("customer_first", "teamwork")


@pytest.mark.slow
@pytest.mark.long
async def test_a_company_of_48_ends_as_written_with_everything_delivered_twice_and_in_disorder(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=48, start=AFTERNOON) as here:
        cycle = await here.open_cycle()
        here.workspace.faults.repeat_all = True
        await play(here, cycle, backwards=True)
        found = await end_state(here, cycle)
        people = writers(here)
        assert found.reviews == {
            **{one.employee_id: await _review(here, cycle, one, found) for one in people},
            **{one: await _left_out(here, cycle, one, reason) for reason, one in LEFT_OUT.items()},
        }
        assert found.trail == _trail(here)
        assert found.posts == _posts(here)
        assert _own_words(here, found) == {one.employee_id: _told(here, one) for one in people}
        assert _ratings_in_lists(here, found) == {
            boss: {one.name: one.given for one in people if one.manager_id == boss}
            for boss in {str(one.manager_id) for one in people}
        }
        assert found.messages["#hr"][0][1].split("\n")[:2] == [
            "Rating distribution 2026Q3",
            "Self-reviews *37/38* · ratings *38/38*",
        ]
        assert not any(here.workspace.troubles.values())


@pytest.mark.long
async def test_a_company_ends_alike_however_its_messages_arrive(tmp_path: Path) -> None:
    quiet, noisy = tmp_path / "quiet", tmp_path / "noisy"
    quiet.mkdir()
    noisy.mkdir()
    async with place(quiet, count=12, start=AFTERNOON) as here:
        cycle = await here.open_cycle()
        await play(here, cycle)
        expected = await end_state(here, cycle)
    async with place(noisy, count=12, start=AFTERNOON) as here:
        cycle = await here.open_cycle()
        here.workspace.faults.repeat_all = True
        await play(here, cycle, backwards=True)
        assert await end_state(here, cycle) == expected


async def _review(here: Place, cycle: Cycle, one: Colleague, found: EndState) -> dict[str, Any]:
    """The export of somebody, out of what they and their manager typed."""
    record = await here.review(cycle, one.employee_id)
    rows = await rows_of(here, cycle, one.employee_id)
    own = None if one is silent(here) else self_answers(one, rows)
    given = rating_answers(one, rows)
    ladders = {key: _typed(given, key) for key in VALUES}
    scored = [(row.weight, given[f"goal:{row.id}"]) for row in record.sheet.rows]
    sums = numbers(scored, ladders, has_reports=_leads(here, one))
    differs = sums["suggested"] != given["overall"]
    low = float(given["overall"]) <= 3.25
    surprised = low or any(climbed(ladders[key]) < 2.5 for key in VALUES)
    wanted = [*(f"value:{key}" for key in VALUES), "overall"]
    cases = {about: given[f"case:{about}"] for about in (*wanted, *(["missed"] if low else []))}
    return {
        "employee_id": one.employee_id,
        "cycle": "2026Q3",
        "track": "staff",
        "stage": "skip_level",
        "excluded_reason": None,
        "goals": [
            {
                "title": row.title["en"],
                "kind": "conduct" if row.id == "conduct" else "goal",
                "weight": row.weight,
                "self_score": own and own[f"goal:{row.id}"],
                "manager_score": given[f"goal:{row.id}"],
            }
            for row in record.sheet.rows
        ],
        "values": {key: _value(own, given, key) for key in VALUES},
        **sums,
        "rating": given["overall"],
        "rating_reason": given["reason"] if differs else None,
        "cases": _as_listed(cases, found.reviews[one.employee_id]["cases"]),
        "sign_offs": [
            {
                "by": one.manager_id,
                "role": "manager",
                "decision": "rate",
                "at": "2026-10-19",
            }
        ],
        **_not_yet(),
        "surprise": surprised,
        "surprise_reason": given["surprise_reason"] if surprised else None,
    }


def _as_listed(cases: Answers, listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """The cases in the export's order, whichever that is."""
    order = [one["about"] for one in listed]
    names = sorted(cases, key=lambda about: order.index(about) if about in order else -1)
    return [{"about": about, "text": cases[about]} for about in names]


def _not_yet() -> dict[str, None]:
    return dict.fromkeys(("surprise", "surprise_reason", "acknowledged_at", "appeal"))


def _typed(answers: Answers, key: str) -> list[str | None]:
    return [answers.get(f"value:{key}:{number}") for number in range(1, 6)]


def _value(own: Answers | None, given: Answers, key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for hand, answers in (("self", own), ("manager", given)):
        levels = None if answers is None else _typed(answers, key)
        found[f"{hand}_score"] = None if levels is None else short(climbed(levels))
        found[f"{hand}_levels"] = None if levels is None else counted(levels)
    return found


async def _left_out(here: Place, cycle: Cycle, employee: str, reason: str) -> dict[str, Any]:
    record = await here.review(cycle, employee)
    blank = {"self_score": None, "manager_score": None}
    levels = {"self_levels": None, "manager_levels": None}
    nothing = ("k", "v", "total", "suggested", "gate", "rating", "rating_reason")
    return {
        "employee_id": employee,
        "cycle": "2026Q3",
        "track": "staff",
        "stage": "excluded",
        "excluded_reason": reason,
        "goals": [
            {"title": row.title["en"], "kind": str(row.kind), "weight": row.weight, **blank}
            for row in record.sheet.rows
        ],
        "values": dict.fromkeys(VALUES, blank | levels),
        **dict.fromkeys(nothing),
        "cases": [],
        "sign_offs": [],
        **_not_yet(),
    }


def _leads(here: Place, one: Colleague) -> bool:
    return any(other.manager_id == one.employee_id for other in here.colleagues)


def _trail(here: Place) -> dict[str, list[tuple[str, str | None, str]]]:
    wanted: dict[str, list[tuple[str, str | None, str]]] = {
        "roster": [("roster.imported", None, str({"added": 48, "changed": 0}))],
        "2026Q3": [("cycle.opened", "", "{}")],
    }
    for one in writers(here):
        late = one is silent(here)
        sent = ("self_review.closed", None) if late else ("self_review.sent", one.employee_id)
        details = str({"from": None, "to": one.given})
        wanted[one.employee_id] = [
            ("self_review.opened", None, "{}"),
            (*sent, "{}"),
            ("seal.set", one.manager_id, "{'number': 1}"),
            ("rating.sent", one.manager_id, details),
        ]
    return wanted


def _posts(here: Place) -> Counter[tuple[str, str]]:
    """What is posted once and then only edited, whatever arrives how often."""
    people, quiet = writers(here), silent(here)
    bosses = {str(one.manager_id) for one in people}
    wanted = Counter((one.employee_id, "my_review") for one in people)
    wanted += Counter((one, "my_review") for reason, one in LEFT_OUT.items() if reason != "left")
    wanted += Counter((boss, "team_list") for boss in bosses)
    wanted += Counter((boss, "reminder") for boss in bosses - {quiet.manager_id})  # all are in
    wanted[quiet.employee_id, "reminder"] = 2
    wanted["#hr", "board"] = 1
    return wanted + _sign_lists(here, people)


def _sign_lists(here: Place, people: list[Colleague]) -> Counter[tuple[str, str]]:
    """A page for every 15 people whom somebody signs."""
    roster = Roster.of(
        [
            Person(
                employee_id=one.employee_id,
                name=one.name,
                manager_id=one.manager_id,
                hrbp_id=one.hrbp_id,
                left_on=one.left_on,
                leave_from=one.leave_from,
                leave_to=one.leave_to,
            )
            for one in here.colleagues
        ],
        hr_admins(here.colleagues),
    )
    rows: Counter[str] = Counter()
    for one in people:
        seats = desks(roster.people[one.employee_id], roster, date(2026, 10, 20))
        rows.update({str(seats.skip_level), str(seats.hr)})
    return Counter({(who, "sign_list"): -(-count // 15) for who, count in rows.items()})


def _own_words(here: Place, found: EndState) -> dict[str, str]:
    return {
        one.employee_id: next(
            words.split("\n", 1)[1]
            for kind, words in found.messages[one.employee_id]
            if kind == "my_review"
        )
        for one in writers(here)
    }


def _told(here: Place, one: Colleague) -> str:
    boss = here.employee(str(one.manager_id)).name
    by = f" {boss} " if boss.isascii() else boss
    if one is silent(here):
        return (
            f"您没有提交自评，评估已经写好，正在签核。结果和理由会由{by}在绩效面谈时告诉您，"
            "您也可以当面补充。"
        )
    if one.locale == "en":
        return (
            "Your review has been written and is being signed off. You will hear the rating and "
            f"its reasons from {boss} in the interview, and not before."
        )
    return f"您的评估已经写好，正在签核。结果和理由会由{by}在绩效面谈时告诉您，之前不会公布。"


def _ratings_in_lists(here: Place, found: EndState) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for boss in here.who:
        for kind, words in found.messages[boss]:
            if kind == "team_list":
                folded = [line[2:] for line in words.split("\n") if line.startswith("✅")]
                pairs = [line.split(" · ") for line in folded]
                lists[boss] = {name.strip("*"): rating for name, rating in pairs}
    return lists
