from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pytest

from review.roster_read import FIELDS as KNOWN
from review.roster_read import read_rows
from sandbox.company import FIELDS, Person, hr_admins, people, roster_csv, rows


def test_company_of_48_has_three_levels_below_its_chief() -> None:
    depth: Counter[int] = Counter()
    levels: dict[str, int] = {}
    for person in people():
        levels[person.employee_id] = levels[person.manager_id] + 1 if person.manager_id else 0
        depth[levels[person.employee_id]] += 1

    assert dict(depth) == {0: 1, 1: 6, 2: 10, 3: 31}


def test_company_tracks_directors_as_senior() -> None:
    seniors = {person.manager_id for person in people() if person.track == "senior"}

    assert Counter(person.track for person in people()) == {"senior": 7, "staff": 41}
    assert seniors == {None, "N0001"}


def test_company_has_two_cities_and_two_languages() -> None:
    places = Counter((person.time_zone, person.locale) for person in people())

    assert places == {("Asia/Shanghai", "zh-CN"): 37, ("Europe/Berlin", "en"): 11}


def test_company_has_people_outside_the_quarter() -> None:
    end = date(2026, 9, 30)
    staff = people(48, seed=3, ends_on=end)

    assert [(end - p.hired_on).days for p in staff if (end - p.hired_on).days < 60] == [24]
    assert [p.left_on for p in staff if p.left_on] == [date(2026, 9, 18)]
    assert [(p.leave_from, p.leave_to) for p in staff if p.leave_from] == [
        (date(2026, 7, 17), date(2026, 11, 29))
    ]


def test_company_has_one_team_rated_too_well() -> None:
    """Over the policy's share of at most 20 % at 4 or above, allowed counts rounded up."""
    teams: dict[str, list[Person]] = {}
    for person in people():
        if person.manager_id and person.left_on is None and person.leave_from is None:
            teams.setdefault(person.manager_id, []).append(person)
    out = {
        manager: (sum(float(each.given) >= 4 for each in team), len(team))
        for manager, team in teams.items()
        if len(team) >= 5 and sum(float(each.given) >= 4 for each in team) > -(-len(team) // 5)
    }

    assert out == {"N0008": (3, 6)}


@pytest.mark.parametrize("count", [0, 1, 7, 20, 48, 500])
def test_company_of_any_size_is_a_roster_without_fault(count: int) -> None:
    staff = people(count, seed=2)
    read, faults = read_rows(list(csv.DictReader(io.StringIO(roster_csv(staff)))))

    assert [person.employee_id for person in read] == [person.employee_id for person in staff]
    assert [fault.key for fault in faults] == ([] if count else ["roster.no_people"])
    assert not any(person.hrbp_id == person.employee_id for person in staff)


def test_company_rows_name_the_roster_fields() -> None:
    assert set(FIELDS) == KNOWN
    assert rows(people(2))[1] == {
        "employee_id": "N0002",
        "name": "沈一鸣",
        "email": "yiming.shen@nestwell.example",
        "title": "运营总监",
        "role": "operations_lead",
        "department": "运营 Operations",
        "manager_id": "N0001",
        "hrbp_id": "",
        "track": "senior",
        "hired_on": people(2)[1].hired_on.isoformat(),
        "left_on": "",
        "leave_from": "",
        "leave_to": "",
        "work_week": "Mon-Fri",
        "time_zone": "Asia/Shanghai",
        "locale": "zh-CN",
        "slack_id": "",
        "dingtalk_id": "",
        "platform": "",
    }


def test_company_knows_who_administers_reviews() -> None:
    staff = people()
    titles = {person.employee_id: person.title for person in staff}

    assert [titles[each] for each in hr_admins(staff)] == ["绩效与薪酬经理"]


def test_company_follows_from_its_seed() -> None:
    assert people(48, seed=5) == people(48, seed=5)
    assert people(48, seed=5) != people(48, seed=6)
