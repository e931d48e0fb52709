from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import pytest
from cattrs.errors import ClassValidationError
from storage_samples import NOW, cycle, full_review, person

from review.cycle import Cycle
from review.people import Person
from review.record import Review
from storage import codec
from storage.errors import NaiveTimeError


@dataclass(frozen=True, slots=True)
class Score:
    score: Fraction
    note: str = "new since then"


@pytest.mark.parametrize(
    ("record", "shape"),
    [(full_review("e1", "好"), Review), (cycle(), Cycle), (person("e1"), Person)],
)
def test_a_record_comes_back_whole(record: object, shape: type[object]) -> None:
    assert codec.load(codec.dump(record), shape) == record


def test_scores_and_times_are_plain_text() -> None:
    found = json.loads(codec.dump(full_review("e1")))
    assert found["manager_part"]["scores"] == {"g1": "7/2", "conduct": "10/3"}
    assert found["manager_part"]["levels"] == {"teamwork": ["yes", "partly", "no", None, None]}
    assert found["self_at"] == "2026-12-31T09:30:00+00:00"
    assert json.loads(codec.dump(cycle()))["starts"] == "2026-10-01"


def test_records_in_any_holder_become_plain() -> None:
    held = {"on": date(2026, 1, 2), "at": NOW, "who": (person("e1"),), "score": Fraction(7, 2)}
    found = json.loads(json.dumps(codec.plain(held)))
    assert found["who"][0]["work_week"] == [0, 1, 2, 3, 4]
    assert (found["on"], found["score"]) == ("2026-01-02", "7/2")


def test_a_field_that_is_new_takes_its_default() -> None:
    assert codec.load(b'{"score": "7/2"}', Score) == Score(Fraction(7, 2))


def test_a_float_is_no_score() -> None:
    with pytest.raises(ClassValidationError):
        codec.load(b'{"score": 3.5}', Score)


def test_a_naive_time_is_refused_both_ways() -> None:
    with pytest.raises(NaiveTimeError):
        codec.plain(datetime(2026, 1, 1))  # noqa: DTZ001  that is what is refused
    with pytest.raises(NaiveTimeError):
        codec.load(b'"2026-01-01T00:00:00"', datetime)


@pytest.mark.parametrize("facts", [{"at": NOW}, {"score": Fraction(1)}, {"x": {1}}])
def test_facts_that_json_does_not_know_are_refused(facts: object) -> None:
    with pytest.raises(TypeError):
        codec.dump_plain(facts)


def test_facts_are_a_mapping() -> None:
    with pytest.raises(TypeError):
        codec.load_facts(b"[1]")
