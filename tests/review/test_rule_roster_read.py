"""Roster files: every notation, every fault."""

from __future__ import annotations

from datetime import date

import pytest
from rule_samples import person

from review import roster_fields as fields
from review.people import MONDAY_TO_FRIDAY, Person, Track
from review.roster_check import Entry, Fault, check
from review.roster_read import HEADERS, read_rows, unread_columns


def faults(*rows: dict[str, str | None]) -> list[tuple[int, str, str]]:
    return [(f.row, f.column, f.key) for f in read_rows(rows)[1]]


def row(employee_id: str = "1", **more: str) -> dict[str, str | None]:
    return {"employee_id": employee_id, "name": "A", "email": f"{employee_id}@x.test", **more}


def test_read_rows_in_english() -> None:
    full = row(
        "2",
        title="Lead",
        role="crm",
        department="Ops",
        manager_id="1",
        hrbp_id="1",
        track="Senior",
        hired_on="2020/1/5",
        left_on="2026-12-31",
        leave_from="2026年3月1日",
        leave_to="2026-03-31 00:00:00",
        work_week="Tue-Sat",
        time_zone="Asia/Shanghai",
        locale="zh",
        slack_id="U2",
        dingtalk_id="d2",
    )
    people, found = read_rows([{**dict.fromkeys(full, ""), **row()}, full])
    assert found == ()
    assert people == (
        Person(employee_id="1", name="A", email="1@x.test"),
        Person(
            employee_id="2",
            name="A",
            email="2@x.test",
            title="Lead",
            role="crm",
            department="Ops",
            manager_id="1",
            hrbp_id="1",
            track=Track.SENIOR,
            hired_on=date(2020, 1, 5),
            left_on=date(2026, 12, 31),
            leave_from=date(2026, 3, 1),
            leave_to=date(2026, 3, 31),
            work_week=frozenset({1, 2, 3, 4, 5}),
            time_zone="Asia/Shanghai",
            locale="zh-CN",
            slack_id="U2",
            dingtalk_id="d2",
        ),
    )


def test_read_rows_in_chinese() -> None:
    chinese = {"\ufeff工号": "7", "姓名 ": "王芳", "HRBP工号": "7", "dingtalk_id": "d7"}
    people, found = read_rows([chinese])
    assert found == ()
    assert people == (Person(employee_id="7", name="王芳", hrbp_id="7", dingtalk_id="d7"),)
    assert len(set(HEADERS.values())) == 19


def test_a_platform_is_read_in_both_languages_and_another_is_refused() -> None:
    people, found = read_rows([row(platform="钉钉"), row(employee_id="8", platform="Slack")])
    assert found == ()
    assert [one.platform for one in people] == ["dingtalk", "slack"]
    assert [one[1] for one in faults(row(platform="pigeon"))] == ["platform"]


def test_read_rows_counts_blank_rows() -> None:
    assert faults(row(), {}, {"employee_id": " ", "name": None}, row(name="")) == [
        (5, "name", "roster.missing"),
        (5, "employee_id", "roster.duplicate"),
        (5, "email", "roster.duplicate"),
    ]


@pytest.mark.parametrize("rows", [[], [{}], [{"employee_id": "", "name": " "}]])
def test_read_rows_of_nobody(rows: list[dict[str, str | None]]) -> None:
    assert read_rows(rows) == ((), (Fault(1, "", "roster.no_people"),))


def test_read_rows_checks_the_header() -> None:
    assert faults({"foo": "1"}) == [
        (1, "employee_id", "roster.missing_column"),
        (1, "name", "roster.missing_column"),
        (1, "email, slack_id, dingtalk_id", "roster.missing_column"),
    ]
    assert faults(row() | {"工号": "1"}) == [(1, "工号", "roster.duplicate_column")]
    assert unread_columns(["工号", "salary", " "]) == ("salary",)


@pytest.mark.parametrize(
    ("cells", "column", "key"),
    [
        ({"employee_id": ""}, "employee_id", "roster.missing"),
        ({"name": ""}, "name", "roster.missing"),
        ({"email": ""}, "email", "roster.missing_contact"),
        ({"hired_on": "2026-02-30"}, "hired_on", "roster.bad_date"),
        ({"hired_on": "01.02.2026"}, "hired_on", "roster.bad_date"),
        ({"work_week": "Mon-Foo"}, "work_week", "roster.bad_work_week"),
        ({"time_zone": "Asia/Nowhere"}, "time_zone", "roster.bad_time_zone"),
        ({"time_zone": "../../etc"}, "time_zone", "roster.bad_time_zone"),
        ({"locale": "fr"}, "locale", "roster.bad_locale"),
        ({"track": "boss"}, "track", "roster.bad_track"),
        ({"employee_id": "#hr"}, "employee_id", "roster.bad_employee_id"),
        ({"manager_id": "9"}, "manager_id", "roster.unknown_manager"),
        ({"hrbp_id": "9"}, "hrbp_id", "roster.unknown_hrbp"),
        ({"manager_id": "1"}, "manager_id", "roster.manager_loop"),
        ({"leave_to": "2026-01-01"}, "leave_to", "roster.leave_without_start"),
        (
            {"hired_on": "2026-01-02", "left_on": "2026-01-01"},
            "left_on",
            "roster.dates_out_of_order",
        ),
        (
            {"leave_from": "2026-01-02", "leave_to": "2026-01-01"},
            "leave_to",
            "roster.dates_out_of_order",
        ),
    ],
)
def test_read_rows_names_each_fault(cells: dict[str, str | None], column: str, key: str) -> None:
    assert faults(row() | cells) == [(2, column, key)]


def test_read_rows_names_the_files_own_header() -> None:
    found = read_rows([{"工号": "1", "姓名": "A", "邮箱": "a@x.test", "上级工号": "9"}])[1]
    assert found == (Fault(2, "上级工号", "roster.unknown_manager", {"value": "9"}),)


def test_check_names_doubles_and_loops_once() -> None:
    people = [
        person("a", "c", email="X@x.test"),
        person("b", "a", email="x@X.test", slack_id="U1"),
        person("c", "b", slack_id="U1", dingtalk_id="d"),
        person("d", "a", dingtalk_id="d"),
        person("d", "d"),
    ]
    assert check([Entry(at, one) for at, one in enumerate(people, start=2)]) == [
        Fault(2, "manager_id", "roster.manager_loop", {"loop": "a → c → b → a"}),
        Fault(3, "email", "roster.duplicate", {"value": "x@X.test", "first_row": 2}),
        Fault(4, "slack_id", "roster.duplicate", {"value": "U1", "first_row": 3}),
        Fault(5, "dingtalk_id", "roster.duplicate", {"value": "d", "first_row": 4}),
        Fault(5, "manager_id", "roster.manager_loop", {"loop": "d → d"}),
        Fault(6, "employee_id", "roster.duplicate", {"value": "d", "first_row": 5}),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "Mon-Fri", "mon - fri", "周一至周五", "星期一到星期五", "一~五", "1-5", "1–5",
     "Mon,Tue,Wed,Thu,Fri", "Monday Tuesday Wednesday Thursday Friday",
     "周一、周二、周三，周四；周五",
     "1/2/3/4/5", "Mon.-Wed., Thu, 5,"],
)  # fmt: skip
def test_work_week_in_any_notation(text: str) -> None:
    assert fields.read_work_week(text) == MONDAY_TO_FRIDAY


def test_work_week_over_sunday() -> None:
    assert fields.read_work_week("Sun-Thu") == {6, 0, 1, 2, 3}
    assert fields.read_work_week("周日") == {6}
    assert fields.read_work_week("Mon-Sun") == set(range(7))


@pytest.mark.parametrize("text", ["0-5", "8", "Mon-", "-", ",", "MonTue", "Mon-Wed-Fri"])
def test_work_week_refuses_what_it_can_not_read(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  the reader turns it into a fault
        fields.read_work_week(text)
    assert refused.value.args[0] in text


def test_locales_and_tracks() -> None:
    named = {text: fields.read_locale(text) for text in ("zh_CN", "中文", "EN", "en-GB")}
    assert named == {"zh_CN": "zh-CN", "中文": "zh-CN", "EN": "en", "en-GB": "en"}
    assert [fields.read_track(text) for text in ("", "员工", "高管")] == [
        Track.STAFF, Track.STAFF, Track.SENIOR,
    ]  # fmt: skip
