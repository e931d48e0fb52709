"""Groups, against a count by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from rule_samples import person

from review.groups import COMPANY, GroupKind, GroupName, groups, scope_of, subtree
from review.people import Person
from review.policy import Score
from review.roster import Roster

F = Fraction


def department(name: str) -> GroupName:
    return GroupName(GroupKind.DEPARTMENT, name)


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[Person], dict[str, Score | None]]:
    size = draw(st.integers(0, 14))
    people = [
        person(
            f"p{at}",
            f"p{draw(st.integers(0, at - 1))}" if at and draw(st.booleans()) else None,
            department=draw(st.sampled_from(["", "ops", "brand"])),
        )
        for at in range(size)
    ]
    scores = st.sampled_from([None, F(3), F("3.5"), F(4)])
    ratings = {p.employee_id: draw(scores) for p in people if draw(st.booleans())}
    return draw(st.permutations(people)), ratings


def brute(
    people: list[Person], ratings: Mapping[str, Score | None]
) -> dict[frozenset[str], set[GroupName]]:
    """Every set of people, and the names it goes by."""
    manager = {p.employee_id: p.manager_id for p in people}

    def above(one: str | None) -> set[str]:
        head = manager[one] if one else None
        return {head, *above(head)} if head else set()

    found: dict[frozenset[str], set[GroupName]] = {frozenset(ratings): {COMPANY}}
    for p in people:
        same = frozenset(q.employee_id for q in people if q.department == p.department)
        if p.department and same & set(ratings):
            name = department(p.department)
            found.setdefault(same & frozenset(ratings), set()).add(name)
        below = frozenset(one for one in ratings if p.employee_id in above(one))
        if below:
            found.setdefault(below, set()).add(GroupName(GroupKind.MANAGER, p.employee_id))
    return found


@settings(max_examples=150, deadline=None)
@given(companies())
def test_groups_equal_a_brute_force_count(
    company: tuple[list[Person], dict[str, Score | None]],
) -> None:
    people, ratings = company
    roster = Roster.of(people)
    expected = {
        frozenset(names): (len(members), Counter(ratings[one] for one in members if ratings[one]))
        for members, names in brute(people, ratings).items()
    }
    every = groups(ratings, roster)
    assert {frozenset(g.names): (g.members, g.counts) for g in every} == expected
    for group in every:
        for name in group.names:
            if name.kind is GroupKind.MANAGER:
                alone = subtree(name.key, ratings, roster)
                assert (alone.members, alone.counts) == (group.members, group.counts)


def test_groups_are_named_by_the_nearest_manager() -> None:
    roster = Roster.of([person("boss"), person("head", "boss"), person("ana", "head")])
    by_names = [group.names for group in groups({"ana": None}, roster)]
    assert by_names == [
        (COMPANY, GroupName(GroupKind.MANAGER, "head"), GroupName(GroupKind.MANAGER, "boss"))
    ]


def test_groups_count_people_who_left_the_roster_in_the_company_alone() -> None:
    found = groups({"gone": F(4)}, Roster.of([person("boss")]))
    assert [(g.name, g.rated) for g in found] == [(COMPANY, 1)]


def test_scope_of_managers_partners_and_admins() -> None:
    people = [
        person("boss"),
        person("head", "boss"),
        person("ana", "head", department="ops", hrbp_id="hr"),
        person("bo", "head", hrbp_id="hr"),
        person("hr"),
    ]
    roster = Roster.of(people, ["root", "hr"])
    heads = {GroupName(GroupKind.MANAGER, "boss"), GroupName(GroupKind.MANAGER, "head")}
    assert scope_of("boss", roster) == frozenset(heads)
    assert scope_of("ana", roster) == frozenset()
    assert scope_of("hr", roster) is None
    assert scope_of("boss", roster, hr_admin=True) is None
    assert scope_of("hr", Roster.of(people)) == frozenset({department("ops")})


def test_groups_leave_people_in_a_loop_to_the_company_and_their_department() -> None:
    people = [
        person("ana", "bo", department="ops"),
        person("bo", "ana"),
        person("cy", "bo", department="ops"),
        person("boss", department="ops"),
        person("dan", "boss"),
    ]
    ratings: dict[str, Score | None] = {"ana": F(3), "cy": F(4), "boss": None, "dan": F(4)}
    found = {g.names: (g.members, g.counts) for g in groups(ratings, Roster.of(people))}
    assert found == {
        (COMPANY,): (4, {F(3): 1, F(4): 2}),
        (department("ops"),): (3, {F(3): 1, F(4): 1}),
        (GroupName(GroupKind.MANAGER, "boss"),): (1, {F(4): 1}),
    }


def test_groups_of_a_long_chain_are_counted_without_recursion() -> None:
    people = [person("p0"), *(person(f"p{at}", f"p{at - 1}") for at in range(1, 3_000))]
    found = groups({f"p{at}": F(4) for at in range(3_000)}, Roster.of(people))
    assert [group.members for group in found] == [3_000, *range(1, 3_000)]
