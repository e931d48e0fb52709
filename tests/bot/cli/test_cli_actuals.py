"""`actuals import`: what it says and does."""

from __future__ import annotations

import pytest
from commands import Said, Shell

FILE = "employee_id,goal,actual\na,Repeat-purchase rate,3.7 %\nc,message_rates,1200\n"


@pytest.fixture
def running(shell: Shell) -> Shell:
    """A cycle is open."""
    shell.file(
        "crm.csv", (shell.folder / "r.csv").read_text().replace("c@x.test,b,,", "c@x.test,b,crm,")
    )
    shell("import", "crm.csv")
    assert shell("cycle", "open", "2026Q4").code == 0
    shell.file("a.csv", FILE)
    return shell


def test_import_says_what_it_did_and_the_same_again_changes_nothing(running: Shell) -> None:
    dry = running("actuals", "import", "2026Q4", "a.csv", "--dry-run")
    said = "Dry run: 2 would be new or changed for 2 people, 0 unchanged. Nothing was written.\n"
    assert dry == Said(0, said, "")
    did = running("actuals", "import", "2026Q4", "a.csv")
    assert did == Said(0, "Imported: 2 new or changed for 2 people, 0 unchanged.\n", "")
    running.file("zh.csv", FILE.replace("employee_id,goal,actual", "工号,目标,实际值"))
    again = running("actuals", "import", "2026Q4", "zh.csv")
    assert again == Said(0, "Imported: 0 new or changed for 0 people, 2 unchanged.\n", "")


def test_import_names_every_fault_and_writes_nothing(running: Shell) -> None:
    wrong = (
        "a,repeat purchase rate,3\na,repeat_rate,1\na,Repeat-purchase rate,2\n"
        "z,x,1\nc,message_rates,much\nc,,1\n"
    )
    running.file("bad.csv", FILE.splitlines()[0] + "\n" + wrong)
    said = running("actuals", "import", "2026Q4", "bad.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "row 2, goal: They have no goal “repeat purchase rate”; perhaps “Repeat-purchase rate” is "
        "meant.",
        "row 4, goal: This person's goal is already in row 3; keep one.",
        "row 5, employee_id: “z” has no review in this cycle.",
        "row 6, actual: “much” is no number; write 3.7.",
        "row 7, goal: This must be filled in.",
    ]
    running.set(LOCALE="zh-CN")
    assert running("actuals", "import", "2026Q4", "bad.csv").err.splitlines()[3] == (
        "第 6 行，actual 列：“much”不是数字，请写成 3.7。"
    )
    running.set(LOCALE="en")
    assert running("actuals", "import", "2026Q4", "a.csv").out.startswith("Imported: 2 new")


def test_a_file_without_columns_or_rows_is_said(running: Shell) -> None:
    running.file("no.csv", "goal,actual\n")
    lacking = running.refused(["actuals", "import", "2026Q4", "no.csv"])
    assert lacking == "row 1, employee_id: This column is missing."
    running.file("no.csv", FILE.splitlines()[0] + "\n")
    assert running.refused(["actuals", "import", "2026Q4", "no.csv"]) == (
        "row 1: There is no row in the file."
    )
