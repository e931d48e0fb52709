"""A platform's contacts against the roster: what is taken, what HR's word keeps, who is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from review.contacts import Absent, Choice, Comparison, Contact, Kind, Known, Said
from review.contacts_compared import compare, missing
from review.people import Person

TODAY = date(2026, 11, 27)
BOSS = Contact(id="u1", name="Bo", job_number="b", title="Head", department="Shop")
ANN = Contact(id="u2", name="Ann", job_number="a", title="Clerk", department="Shop", manager="u1")


def known(*people: Person, said: Said | None = None, **more: Any) -> Known:
    return Known(platform="dingtalk", people=people, accounts={}, said=said or {}, **more)


def look(
    contacts: Iterable[Contact],
    there: Known,
    *,
    absent: Absent | None = None,
    take: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Comparison:
    chosen = Choice(take=frozenset(take), keep=frozenset(keep))
    return compare(tuple(contacts), there, absent or Absent(), chosen, TODAY)


def differ(made: Comparison) -> set[tuple[str, str, str, str, str]]:
    return {
        (one.employee_id, one.field, one.roster, one.contacts, str(one.kind))
        for one in made.differences
    }


def first(*contacts: Contact) -> tuple[tuple[Person, ...], Said]:
    """Roster and memory after a first look at those contacts."""
    made = look(contacts, known())
    return made.people, made.said


def test_an_empty_roster_is_filled_with_managers() -> None:
    made = look([BOSS, ANN], known())
    bo = Person(employee_id="b", name="Bo", title="Head", department="Shop", dingtalk_id="u1")
    ann = Person(
        employee_id="a",
        name="Ann",
        title="Clerk",
        department="Shop",
        manager_id="b",
        dingtalk_id="u2",
    )
    assert (made.added, made.differences, made.faults) == ((bo, ann), (), ())
    assert made.leaderless == ("b",)
    assert look([BOSS, ANN], known(*made.people, said=made.said)).differences == ()


def test_a_new_value_of_the_contacts_is_taken_where_the_roster_followed_them() -> None:
    people, said = first(BOSS, ANN)
    made = look([BOSS, replace(ANN, title="Lead")], known(*people, said=said))
    assert differ(made) == {("a", "title", "Clerk", "Lead", "taken")}
    assert made.people[1].title == "Lead"
    assert made.said["a"]["title"] == "Lead"


def test_what_hr_corrected_is_kept_until_the_contacts_say_something_new() -> None:
    people, said = first(BOSS, ANN)
    corrected = (people[0], replace(people[1], title="Buyer"))
    made = look([BOSS, ANN], known(*corrected, said=said))
    assert differ(made) == {("a", "title", "Buyer", "Clerk", "kept")}
    assert made.people[1].title == "Buyer"
    both = look([BOSS, replace(ANN, title="Lead")], known(*corrected, said=said))
    assert differ(both) == {("a", "title", "Buyer", "Lead", "both")}
    assert both.people[1].title == "Buyer"
    for take in ("a:title", "a", "all"):
        chosen = look([BOSS, replace(ANN, title="Lead")], known(*corrected, said=said), take=[take])
        assert chosen.people[1].title == "Lead"
        assert chosen.unknown == ()


def test_what_hr_emptied_stays_empty_and_what_the_contacts_leave_empty_stays() -> None:
    people, said = first(BOSS, ANN)
    emptied = (people[0], replace(people[1], title=""))
    assert differ(look([BOSS, ANN], known(*emptied, said=said))) == {
        ("a", "title", "", "Clerk", "kept")
    }
    assert look([BOSS, replace(ANN, title="")], known(*people, said=said)).differences == ()


def test_a_roster_by_file_is_matched_by_mail_and_only_its_gaps_are_filled() -> None:
    ann = Person(employee_id="N7", name="Ann Lee", email="Ann@x.test", manager_id="N1")
    bo = Person(employee_id="N1", name="Bo", dingtalk_id="u1")
    contact = replace(ANN, email="ann@X.test", job_number="77")
    made = look([BOSS, contact], known(bo, ann))
    assert made.added == ()
    assert differ(made) == {
        ("N1", "title", "", "Head", "taken"),
        ("N1", "department", "", "Shop", "taken"),
        ("N7", "name", "Ann Lee", "Ann", "both"),
        ("N7", "title", "", "Clerk", "taken"),
        ("N7", "department", "", "Shop", "taken"),
        ("N7", "dingtalk_id", "", "u2", "taken"),
    }
    assert made.accounts == {"u1": "N1", "u2": "N7"}


def test_fields_that_a_company_does_not_keep_there_are_not_compared() -> None:
    ann = Person(employee_id="a", name="Ann Lee", email="ann@x.test")
    there = known(ann, kept_there=frozenset())
    made = look([replace(ANN, email="ann@x.test", job_number="")], there)
    assert differ(made) == {("a", "dingtalk_id", "", "u2", "taken")}


def test_who_left_has_a_last_day_proposed_and_hr_may_say_no() -> None:
    people, said = first(BOSS, ANN)
    there = known(*people, said=said)
    assert missing([BOSS], there, TODAY) == {"a": "u2"}
    absent = Absent(gone={"a": TODAY})
    made = look([BOSS], there, absent=absent)
    assert differ(made) == {("a", "left_on", "", "2026-11-27", "taken")}
    assert made.people[1].left_on == TODAY
    kept = look([BOSS], there, absent=absent, keep=["a:left_on"])
    assert kept.people[1].left_on is None
    again = look([BOSS], known(*kept.people, said={**said, **kept.said}), absent=absent)
    assert differ(again) == {("a", "left_on", "", "2026-11-27", "kept")}


def test_who_left_by_hrs_word_before_the_contacts_did_keeps_that_day() -> None:
    people, said = first(BOSS, ANN)
    leaving = (people[0], replace(people[1], left_on=date(2026, 12, 31)))
    made = look([BOSS], known(*leaving, said=said), absent=Absent(gone={"a": TODAY}))
    assert (made.differences, made.said["a"]) == ((), {"left_on": "2026-11-27"})


def test_who_is_back_has_not_left_unless_hr_wrote_the_day() -> None:
    people, said = first(BOSS, ANN)
    made = look([BOSS], known(*people, said=said), absent=Absent(gone={"a": TODAY}))
    remembered = {one: {**said[one], **made.said.get(one, {})} for one in said}
    back = look([BOSS, ANN], known(*made.people, said=remembered))
    assert differ(back) == {("a", "left_on", "2026-11-27", "", "taken")}
    assert (back.people[1].left_on, back.said["a"]["left_on"]) == (None, "")
    by_hand = (made.people[0], replace(made.people[1], left_on=date(2026, 11, 1)))
    assert look([BOSS, ANN], known(*by_hand, said=remembered)).differences == ()


def test_hidden_and_unseen_people_are_told_apart_and_stay() -> None:
    people, said = first(BOSS, ANN)
    other = Person(employee_id="x", name="Xi", email="xi@x.test")
    made = look([BOSS], known(*people, other, said=said), absent=Absent(hidden=("a",)))
    assert (made.differences, made.hidden, made.unseen) == ((), ("a",), ("x",))


def test_somebody_new_may_be_left_out_and_then_leads_nobody() -> None:
    made = look([BOSS, ANN], known(), keep=["b"])
    assert [(one.employee_id, one.manager_id) for one in made.added] == [("a", None)]
    assert "b" not in made.said
    assert made.accounts == {"u2": "a"}
    assert made.unknown == ()


def test_a_choice_of_no_difference_is_named() -> None:
    assert look([BOSS], known(), take=["z:title"]).unknown == ("z:title",)


def test_loops_and_doubles_are_faults() -> None:
    made = look([replace(BOSS, manager="u2"), ANN], known())
    assert [one.key for one in made.faults] == ["roster.manager_loop"]
    there = Person(employee_id="x", name="Xi", email="ann@x.test", dingtalk_id="u9")
    shown = Contact(id="u9", name="Xi")
    made = look([BOSS, replace(ANN, email="ann@x.test"), shown], known(there))
    assert [one.key for one in made.faults] == ["roster.duplicate"]


def test_erased_people_are_left_alone_and_lead_nobody() -> None:
    there = known(erased=frozenset({"b"}))
    made = look([BOSS, ANN], there)
    assert made.skipped == ("b",)
    assert [(one.employee_id, one.manager_id) for one in made.added] == [("a", None)]


def test_whoever_an_erased_person_led_is_no_fault() -> None:
    there = known(Person(employee_id="x", name="Xi", manager_id="b"), erased=frozenset({"b"}))
    assert look([replace(ANN, manager="")], there).faults == ()


def test_a_number_that_two_have_goes_to_the_first_and_a_channels_mark_is_none() -> None:
    made = look(
        [BOSS, replace(ANN, job_number="b"), replace(ANN, id="u3", job_number="#1")], known()
    )
    assert [one.employee_id for one in made.added] == ["b", "u2", "u3"]


def test_kinds_can_be_asked_for() -> None:
    people, said = first(BOSS, ANN)
    made = look([BOSS, replace(ANN, title="Lead")], known(*people, said=said))
    assert [one.field for one in made.of(Kind.TAKEN)] == ["title"]
    assert made.of(Kind.BOTH) == ()
