"""`init`: what it writes, files that are there, the policy's numbers, and Ctrl-C."""

from __future__ import annotations

import stat

import pytest
from commands import ROOT
from interviewed import APP, ENGLISH, ON_SLACK, SECRET, SOCKET, Answer, Desk, happy

from bot.init import policy
from bot.policy_file import parse
from review.policy import Policy

OLD = "# mine\nLOG_LEVEL=DEBUG\nSLACK_BOT_TOKEN=xoxb-old\nSLACK_HTTP_BIND=0.0.0.0:3000\n"


async def test_an_env_that_is_there_keeps_all_else_and_a_copy(desk: Desk) -> None:
    desk.shell.file(".env", OLD + f"SLACK_SIGNING_SECRET={SECRET}\n")
    code, ask = await desk.init([*happy(desk), True])
    assert code == 0
    assert "xoxb-old" not in "".join(ask.asked)
    assert ask.asked[-1] == (
        ".env is there already. These settings change: LOCALE, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, "
        "SLACK_HR_CHANNEL, TIME_ZONE, HR_ADMINS, SLACK_HTTP_BIND; all others stay, and a copy is "
        "kept. Write it?"
    )
    now = (desk.shell.folder / ".env").read_text(encoding="utf-8")
    assert now.startswith(f"# mine\nLOG_LEVEL=DEBUG\nSLACK_BOT_TOKEN={desk.token}\n")
    assert "SLACK_HTTP_BIND" not in now
    old = desk.shell.folder / ".env.old"
    assert old.read_text(encoding="utf-8").startswith(OLD)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (old, old.with_name(".env"))} == {0o600}
    code, _ = await desk.init([ENGLISH, ON_SLACK, "", SOCKET, "", "", "", "", False, True])
    assert code == 0
    assert (desk.shell.folder / ".env").read_text(encoding="utf-8") == now
    assert old.read_text(encoding="utf-8").startswith(OLD)
    assert desk.files() == {".env", ".env.old", ".env.old1", "policy.toml"}


async def test_no_leaves_everything_as_it_was(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.shell.file(".env", OLD)
    code, _ = await desk.init(
        [ENGLISH, ON_SLACK, desk.token, SOCKET, APP, "hr", "", "", False, False]
    )
    assert code == 1
    assert capsys.readouterr().err == "Nothing was written.\n"
    assert desk.files() == {".env"}
    assert (desk.shell.folder / ".env").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("after", range(9))
async def test_ctrl_c_writes_nothing(desk: Desk, after: int) -> None:
    code, _ = await desk.init([*happy(desk)[:after], KeyboardInterrupt])
    assert code == 1
    assert desk.files() == set()


async def test_a_fault_while_writing_leaves_nothing_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.shell.folder / "policy.toml").mkdir()
    monkeypatch.setenv("POLICY_FILE", "gone/policy.toml")
    with pytest.raises(SystemExit, match="2"):
        await desk.init(happy(desk))
    assert desk.files() == {"policy.toml"}
    assert "gone/policy.toml" in capsys.readouterr().err


async def test_the_policys_numbers_are_put_where_they_stand(desk: Desk) -> None:
    numbers: list[Answer] = ["six", "6", "12", "nine", "9:30", "20:00", "8", "much", "15", ""]
    code, ask = await desk.init([*happy(desk)[:-1], True, *numbers])
    assert code == 0
    written = (desk.shell.folder / "policy.toml").read_text(encoding="utf-8")
    rules = parse(written)
    calendar = rules.calendar
    assert (calendar.self_due, calendar.manager_due) == (6, 12)
    assert (f"{calendar.hours_from}", f"{calendar.hours_to}") == ("09:30:00", "20:00:00")
    assert rules.distribution.smallest_group == 8
    assert [str(quota.at_most) for quota in rules.distribution.quotas][:2] == ["3/20", "7/20"]
    template = policy.template().splitlines()
    changed = [new for new, old in zip(written.splitlines(), template, strict=True) if new != old]
    assert changed == [
        "smallest_group = 8",
        'at_most = "15 %"',
        "self_due = 6",
        "manager_due = 12",
        "hours_from = 09:30:00",
        "hours_to = 20:00:00",
    ]
    assert [words[:12] for words in ask.said[-3:]] == [
        "✗ “six” is n",
        "✗ “nine” is ",
        "✗ “much” is ",
    ]


async def test_numbers_that_do_not_fit_together_are_asked_again(desk: Desk) -> None:
    wrong: list[Answer] = ["9", "5", "", "", "", "", ""]
    right: list[Answer] = ["4", "5", "", "", "", "", ""]
    code, ask = await desk.init([*happy(desk)[:-1], True, *wrong, *right])
    assert code == 0
    assert "manager_due" in ask.said[-1]
    rules = parse((desk.shell.folder / "policy.toml").read_text(encoding="utf-8")).calendar
    assert (rules.self_due, rules.manager_due) == (4, 5)


async def test_a_policy_that_is_there_changes_by_the_asked_numbers_only(desk: Desk) -> None:
    mine = "# ours\n[sheet]\ntext_limit = 2000\n[calendar]\nself_due = 3 # soon\nself_open = 1\n"
    desk.shell.file("policy.toml", mine)
    numbers: list[Answer] = ["4", "", "08:00", "", "7"]
    code, ask = await desk.init([*happy(desk)[:-1], True, *numbers, "", "", True])
    assert code == 0
    assert ask.asked[-1].startswith("policy.toml is there already.")
    assert (desk.shell.folder / "policy.toml").read_text(encoding="utf-8") == (
        "# ours\n[sheet]\ntext_limit = 2000\n[calendar]\nhours_from = 08:00:00\n"
        "self_due = 4 # soon\nself_open = 1\n\n[distribution]\nsmallest_group = 7\n"
    )
    assert (desk.shell.folder / "policy.toml.old").read_text(encoding="utf-8") == mine
    assert (desk.shell.folder / "policy.toml").stat().st_mode & 0o777 == 0o644


async def test_a_policy_that_makes_no_sense_is_said_and_left_alone(desk: Desk) -> None:
    desk.shell.file("policy.toml", "[calendar]\nself_due = 'soon'\n")
    code, ask = await desk.init(happy(desk)[:-1])
    assert code == 0
    assert "self_due" in ask.said[-1]
    assert desk.files() == {".env", "policy.toml"}


def test_the_policy_that_comes_with_the_program_is_the_built_in_one() -> None:
    assert policy.template() == (ROOT / "policy.toml").read_text(encoding="utf-8")
    assert parse(policy.template()) == Policy()
    assert [policy.now(number, Policy()) for number in policy.NUMBERS] == [
        *("5", "10", "09:00", "19:00", "5", "20 %", "15 %"),
    ]
