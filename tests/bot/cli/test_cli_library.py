"""`library`: what it says and does, in both languages."""

from __future__ import annotations

import pytest
from commands import Said, Shell

LADDER = """ladders:
  luck:
    name: Luck
    levels: [one, two, three, four, {four}]
"""


@pytest.mark.parametrize("name", ["l.yaml", "l.xlsx"])
def test_what_was_exported_changes_nothing_when_it_is_imported(shell: Shell, name: str) -> None:
    same = "The file says what is there already; nothing was changed.\n"
    assert shell("library", "export", name) == Said(0, "", "")
    assert shell("library", "import", name) == Said(0, same, "")


def test_import_says_what_changed_and_gives_advice(shell: Shell) -> None:
    shell("library", "export", "l.yaml")
    text = (shell.folder / "l.yaml").read_text(encoding="utf-8")
    shell.file("l.yaml", text.replace("      en: Customer first\n", ""))
    dry = shell("library", "import", "l.yaml", "--dry-run")
    said = "Dry run: 1 ladder and 0 roles would change. Nothing was written.\n"
    assert (dry.code, dry.out) == (0, said + "  ~ customer_first\n")
    did = shell("library", "import", "l.yaml")
    assert did == Said(
        0,
        "Imported: 1 ladder and 0 roles changed. Cycles that are open keep what they were "
        "opened with.\n",
        "Advice: line 6: there is no text in English; who reads that gets the other one.\n",
    )
    assert shell("library", "import", "l.yaml").out.startswith("The file says what is there")


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "en",
            [
                "line 2: A ladder has 5 levels; here are 4.",
                "line 2: The policy uses the value “customer_first”; add its ladder.",
                "line 2: The policy uses the value “teamwork”; add its ladder.",
            ],
        ),
        (
            "zh-CN",
            [
                "第 2 行：每个阶梯有 5 级，这里是 4 级。",
                "第 2 行：政策里用到了价值观“customer_first”，请补上它的阶梯。",
                "第 2 行：政策里用到了价值观“teamwork”，请补上它的阶梯。",
            ],
        ),
    ],
)
def test_import_names_every_fault_and_writes_nothing(
    shell: Shell, locale: str, lines: list[str]
) -> None:
    shell.set(LOCALE=locale)
    shell.file("bad.yaml", LADDER.replace(", {four}", ""))
    said = shell("library", "import", "bad.yaml")
    assert (said.code, said.out, said.err.splitlines()) == (2, "", lines)


def test_a_value_without_a_ladder_is_said_and_a_ladder_of_ones_own_is_taken(shell: Shell) -> None:
    shell.file("policy.toml", 'values = ["luck"]\n')
    shell("import", "r.csv")
    lacking = shell.refused(["import", "r.csv"])
    assert lacking.startswith("The policy uses the value “luck”, which has no ladder (there are ")
    shell.file("luck.yaml", LADDER.replace("{four}", "five"))
    assert shell("library", "import", "luck.yaml").code == 0
    assert shell("import", "r.csv").code == 0


def test_export_says_what_is_wrong_with_the_name(shell: Shell) -> None:
    wrong = shell.refused(["library", "export", "l.txt"])
    assert wrong == "l.txt should end in .yaml or .xlsx."
    assert "can't be written" in shell.refused(["library", "export", "no/where.yaml"])
