"""The guides for HR and for managers say only what works, and the same in both languages."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction

import pytest
from commands import ROOT, Shell

from bot import policy_file
from handlers.commands import SPOKEN
from handlers.export import READING, REVIEW
from prompts.render import Words
from prompts.screens.distribution_facts import GroupLine
from prompts.screens.distribution_words import group_facts
from review.distribution import Tier, breaches, readings
from review.groups import Group, GroupKind, GroupName
from review.policy import Policy
from review.roster_read import FIELDS, field_of
from review.score import weigh

POLICY = Policy()
GUIDES = {"en": ("hr.md", "managers.md"), "zh-CN": ("hr.zh-CN.md", "managers.zh-CN.md")}
LINK = re.compile(r"\]\(([^)]+)\)")


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def boxes(text: str, kind: str = "") -> list[str]:
    """What stands in the grey boxes of that kind."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [box for named, box in found if named == kind]


def commands(text: str) -> list[str]:
    lines = [line for box in boxes(text) for line in box.splitlines()]
    return [line.removeprefix("nosurprise ") for line in lines if line.startswith("nosurprise ")]


def tables(text: str) -> list[list[list[str]]]:
    """Every table, as rows of cells; the line below the header left out."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if not line.startswith("|"):
            found.append([])
        elif not line.startswith("| ---"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [table for table in found if table]


@pytest.mark.parametrize("locale", GUIDES)
def test_the_lines_of_the_guide_work_in_their_order(shell: Shell, locale: str) -> None:
    guide = read(GUIDES[locale][0])
    written = io.StringIO(newline="")
    csv.writer(written).writerows(tables(guide)[0])
    shell.file("roster.csv", written.getvalue())
    lines = commands(guide)
    assert len(lines) == 17
    ended = {line: shell(*line.split()) for line in lines}
    assert [said.err for said in ended.values()] == [""] * 17
    first, second = (said.out for said in list(ended.values())[:2])
    assert first.startswith("Dry run: 5 would be added")
    assert second.strip() == "Imported: 5 added, 0 changed, 0 unchanged."


@pytest.mark.parametrize("locale", GUIDES)
def test_the_guide_explains_every_column_of_the_roster_and_the_exports(locale: str) -> None:
    guide = read(GUIDES[locale][0])
    named = set(re.findall(r"`(\w+)`", "".join(str(row[0]) for row in tables(guide)[1])))
    assert named == FIELDS
    assert all(map(field_of, tables(guide)[0][0]))
    silent = set(REVIEW) - {"surprise_reason", "acknowledged_at"}
    assert sorted(name for name in {*silent, *READING} if f"`{name}`" not in guide) == []


@pytest.mark.parametrize("locale", GUIDES)
def test_the_policy_in_the_guide_is_one_and_its_faults_are_said_so(
    shell: Shell, locale: str
) -> None:
    guide = read(GUIDES[locale][0])
    snippets = boxes(guide, "toml")
    assert len(snippets) == 5
    for snippet in snippets:
        policy_file.parse(snippet)
    shell.set(LOCALE=locale)
    (told,) = [box.splitlines() for box in boxes(guide) if box.startswith("policy.toml")]
    wrong = (
        "[distribution]\nsmalest_group = 6\n",
        '[[distribution.quotas]]\nkey = "top"\nlowest = 4\nat_most = "120 %"\n',
    )
    said = []
    for text in wrong:
        shell.file("policy.toml", text)
        said.append(shell.refused(["import", "r.csv"]))
    assert said == told


@pytest.mark.parametrize("locale", GUIDES)
def test_the_faults_of_a_roster_are_said_as_in_the_guide(shell: Shell, locale: str) -> None:
    guide = read(GUIDES[locale][0])
    shell.set(LOCALE=locale)
    header, *rows = tables(guide)[0]
    place = {field_of(name): at for at, name in enumerate(header)}
    late = {"en": "last week", "zh-CN": "上周"}[locale]
    for row, field, value in (
        (4, "email", "zhou@example.com"),
        (5, "manager_id", "E099"),
        (6, "hired_on", late),
    ):
        while len(rows) <= row:
            number = f"E02{len(rows)}"
            more = {"employee_id": number, "name": number, "email": f"{number}@example.com"}
            rows.append([more.get(field_of(name) or "", "") for name in header])
        rows[row][place[field]] = value
    written = io.StringIO(newline="")
    csv.writer(written).writerows([header, *rows])
    said = shell("import", shell.file("roster.csv", written.getvalue()))
    (told,) = [box for box in boxes(guide) if box.startswith(("row ", "第 "))]
    assert (said.code, said.out, said.err) == (2, "", told)


@pytest.mark.parametrize("locale", GUIDES)
def test_the_chat_commands_of_the_guides_are_there(locale: str) -> None:
    said = {
        word
        for name in GUIDES[locale]
        for word in re.findall(r"/review ([^`\]\n]+)", " ".join(read(name).split("\n")))
    }
    assert len(said) >= 6
    known = [word for word in said if any(f"{word} ".startswith(f"{one} ") for one in SPOKEN)]
    assert sorted(said.difference(known)) == []


@pytest.mark.parametrize("locale", GUIDES)
def test_the_worked_examples_are_right(locale: str) -> None:
    board, page = (" ".join(read(name).split()) for name in GUIDES[locale])
    counts = {Fraction(4): 3, Fraction("3.5"): 3}
    top = next(one for one in readings(counts, POLICY.distribution) if one.quota.key == "top")
    group = Group((GroupName(GroupKind.MANAGER, "E020"),), 6, counts)
    name = {"en": "Haiyan Dong", "zh-CN": "董海燕"}[locale]
    words = Words(locale)
    (breach,) = breaches([group], POLICY.distribution)
    assert (breach.reading, breach.tier) == (top, Tier.NOTABLE)
    facts = group_facts(GroupLine(name=name, breach=breach), words)
    assert words.plain("distribution.group", **facts) in board
    k = (40 * Fraction("3.75") + 40 * Fraction("3.5") + 20 * Fraction(4)) / 100
    values = {"a": Fraction(3), "b": Fraction("2.5")}
    found = weigh(k, Fraction("2.75"), values, POLICY, has_reports=False)
    shown = (found.k, found.v, found.m, found.total, found.suggested)
    assert [float(one) for one in shown] == [3.7, 2.75, 3.75, 3.715, 3.75]
    assert [part for part in ("K = 3.70", "V = 2.75", "= 3.715") if part not in page] == []


@pytest.mark.parametrize("number", [0, 1])
def test_both_languages_show_the_same(number: int) -> None:
    english, chinese = (read(names[number]) for names in GUIDES.values())
    assert commands(english) == commands(chinese)
    for kind in ("", "toml"):
        assert len(boxes(english, kind)) == len(boxes(chinese, kind))
    assert [len(table) for table in tables(english)] == [len(table) for table in tables(chinese)]
    links = [
        target.replace(".en.", ".zh.") for target in LINK.findall(english) if "screens" in target
    ]
    assert [target for target in LINK.findall(chinese) if "screens" in target] == links
    headings = [re.findall(r"^## ", text, re.MULTILINE) for text in (english, chinese)]
    assert headings[0] == headings[1]


@pytest.mark.parametrize("name", [name for names in GUIDES.values() for name in names])
def test_the_guides_lead_to_files_that_are_there(name: str) -> None:
    targets = [target for target in LINK.findall(read(name)) if "://" not in target]
    assert len(targets) >= 4
    assert [one for one in targets if not (ROOT / "docs" / one.partition("#")[0]).exists()] == []
