"""Who sees what."""

from __future__ import annotations

import pytest
from rule_samples import person

from review.access import Relation, Thing, may_see, relation
from review.flow import Stage
from review.roster import Roster

R = Relation
TREE = Roster.of(
    [
        person("ceo"),
        person("vp", "ceo"),
        person("max", "vp"),
        person("ana", "max", hrbp_id="bea"),
        person("bea", "ceo"),
        person("root", hrbp_id="root"),
    ],
    ["root"],
)
LINE = {R.MANAGER, R.ABOVE, R.HRBP, R.HR_ADMIN}
BEFORE, AFTER = Stage.INTERVIEW, Stage.HELD


@pytest.mark.parametrize(
    ("thing", "before", "after"),
    [
        (Thing.OWN_WORK, {R.SELF} | LINE, {R.SELF} | LINE),
        (Thing.RATING, LINE, {R.SELF} | LINE),
        (Thing.FEEDBACK, {R.PARTY}, {R.PARTY}),
        (Thing.ONE_ON_ONE, {R.PARTY}, {R.PARTY}),
        (Thing.GROUPS, LINE, LINE),
        (Thing.AUDIT, {R.SELF, R.HR_ADMIN}, {R.SELF, R.HR_ADMIN}),
    ],
)
def test_may_see_by_the_table(thing: Thing, before: set[Relation], after: set[Relation]) -> None:
    assert {one for one in Relation if may_see(thing, {one}, BEFORE)} == before
    assert {one for one in Relation if may_see(thing, {one}, AFTER)} == after


def test_a_rating_reaches_the_person_from_held_on() -> None:
    seen = [stage for stage in Stage if may_see(Thing.RATING, {R.SELF}, stage)]
    assert seen == [Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.APPEALED]
    assert not may_see(Thing.RATING, set(), Stage.CLOSED)


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        ("ana", {R.SELF}),
        ("max", {R.MANAGER}),
        ("vp", {R.ABOVE}),
        ("ceo", {R.ABOVE}),
        ("bea", {R.HRBP}),
        ("root", {R.HR_ADMIN}),
        ("eve", {R.OTHER}),
    ],
)
def test_relation_to_a_person(viewer: str, expected: set[Relation]) -> None:
    assert relation(viewer, TREE.people["ana"], TREE) == expected


def test_relation_to_oneself_is_only_oneself() -> None:
    assert relation("root", TREE.people["root"], TREE) == {R.SELF}
    assert relation("ana", TREE.people["ana"], TREE, party=True) == {R.SELF, R.PARTY}
    assert relation("eve", TREE.people["ana"], TREE, party=True) == {R.PARTY}
