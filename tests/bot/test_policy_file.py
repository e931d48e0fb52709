"""policy.toml: what a company writes, and each fault with its line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from bot.faults import fault_in
from bot.policy_file import PolicyFileError, parse, read
from prompts.render import LOCALES, Words
from review.policy import QUOTAS, SCALE, Distribution, Policy, Quota
from review.policy_check import quotas

OURS = Path(__file__).parents[2] / "policy.toml"


def test_the_policy_file_that_ships_is_the_built_in_policy() -> None:
    assert read(OURS) == Policy()


def test_what_is_left_out_keeps_its_default() -> None:
    moved = 'worked_dates = [["CN", 2027-02-20]]'
    written = (
        f'[calendar]\n{moved}\nquiet_dates = [2026-11-11]\n[membership]\nmost_leave = "40 %"\n'
    )
    assert parse(written) == replace(
        Policy(),
        calendar=replace(
            Policy().calendar,
            quiet_dates=(date(2026, 11, 11),),
            worked_dates=(("CN", date(2027, 2, 20)),),
        ),
        membership=replace(Policy().membership, most_leave=Fraction(2, 5)),
    )


def test_a_file_with_a_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_bytes(b"\xef\xbb\xbf[flow]\ncalibration = true\n")
    assert read(file).flow.calibration is True


def faults(written: str) -> list[str]:
    with pytest.raises(PolicyFileError) as refused:
        parse(written)
    found = fault_in(refused.value, Words("en")).split("; ")
    chinese = fault_in(refused.value, Words("zh-CN"))
    lines = [re.match(r"line (\d+): ", one) for one in found]
    assert re.findall(r"第 (\d+) 行：", chinese) == [one[1] for one in lines if one]
    return found


FAULTS: dict[str, list[str]] = {
    "scoring = 3": ["line 1: scoring: should be a section, [scoring]"],
    "scale = 3": ["line 1: scale: should be entries, [[scale]]"],
    'values = "teamwork"': ["line 1: values: should be a list in brackets, []"],
    "values = []": ["line 1: values: name at least one ladder"],
    'values = ["teamwork", "teamwork"]': ["line 1: values: a ladder is named twice"],
    "[scorin]": [
        "line 1: scorin: there is no such setting",
        "did you mean scoring?",
    ],
    "[matrix]\n\nluck = 1": ["line 3: luck: there is no such setting in [matrix]"],
    "[[scale]]\nscore = 5\nband = 'top'\nname = {en = 'A'}\n[[scale]]\nscore = 4\nband = 'top'": [
        "line 5: name: is missing in this [[scale]]"
    ],
    "[[scale]]\nscore = 5\nband = 'top'\nname = 'A'": [
        'line 4: name: should be words by language, such as { zh-CN = "…", en = "…" }'
    ],
    "[[scale]]\nscore = 2.5\nband = 'a'\nname = {en = ''}\n"
    "[[scale]]\nscore = 4\nband = 'b'\nname = {en = 'B'}\n"
    "[distribution]\nquotas = []": [
        'line 4: name: should have words, such as { en = "Outstanding" }',
        "line 6: score: the steps must be different and stand best first",
    ],
    "[scoring]\ngap = true\ngate_rating = 'x'": [
        'line 2: gap: true should be a number, such as 3.75 or "15/4", or a share, such as "20 %"',
        "line 3: gate_rating: 'x' should be a number, such as 3.75 or \"15/4\", or a share, "
        'such as "20 %"',
    ],
    "[scoring]\ngate_rating = 3.1": ["line 2: gate_rating: must be a step of the scale"],
    "[scoring]\nvalues_weight = 0.2": [
        "line 2: performance_weight: performance_weight and values_weight must make 100 % together"
    ],
    "[scoring]\nvalues_curve = [[0, 1], [2]]": ["line 2: values_curve: [2] should have 2 parts"],
    "[scoring]\nvalues_curve = [[2, 1], [1, 2]]": [
        "line 2: values_curve: must rise from place to place"
    ],
    "[sheet]\nconduct_weight = 100": [
        "line 2: conduct_weight: should leave some of total_weight to the goals"
    ],
    "[distribution]\nsettled_share = 80\nsmallest_group = 0\ncount_on = 'luck'\nenforce = false": [
        'line 2: settled_share: should be a share from 0 to 100 %, such as "20 %"',
        "line 3: smallest_group: should be 1 or more",
        "line 4: count_on: should be one of rating, performance",
    ],
    "[distribution]\nenforce = 1": ["line 2: enforce: 1 should be true or false"],
    "[calendar]\nquiet_dates = ['2026-11-11']": [
        "line 2: quiet_dates: '2026-11-11' should be a date, such as 2026-11-11"
    ],
    "[calendar]\nhr_due = 1\nhours_from = 20:00:00\ncountries = [['Asia/Shanghai', 'QQ']]": [
        "line 2: hr_due: is 1 and must not be before skip_due, which is 13",
        "line 3: hours_from: must be earlier than hours_to",
        "line 4: countries: “QQ” (for Asia/Shanghai) is no country code, such as CN",
    ],
    "[rewards]\npromotion_last = 0\nbonus = [[3.9, 1], [4, -1]]": [
        "line 2: promotion_last: should be 1 or more",
        "line 3: bonus: must be a step of the scale",
        "line 3: bonus: should be 0 or more",
    ],
    "[flow]\n[calendar]\nself_due = 12": [
        "line 3: manager_due: is 10 and must not be before self_due, which is 12"
    ],
    "[calendar]\nremind_after = 1\nhours_to = 08:00:00": [
        "line 3: hours_from: must be earlier than hours_to"
    ],
    "[[distribution.quotas]]\nkey = 'a'\nat_most = 0.1\n"
    "[[distribution.quotas]]\nkey = 'b'\nat_most = 0.1\nat_least = 0.2": [
        "line 7: at_least: at least 20 % and at most 10 %: at_least must not be above at_most"
    ],
    "[[distribution.quotas]]\nkey = 'a'\nlowest = 4\nhighest = 3": [
        "line 2: key: the quota “a” needs at_most or at_least",
        "line 3: lowest: must not be above highest",
    ],
    "x = ]": ["line 1: this is not TOML (Invalid value)", "see the policy.toml that ships"],
    "\nx = 'a": ['line 2: this is not TOML (Expected "\'")', "see the policy.toml that ships"],
    "[sheet]\n\nx = 1\nx = 2": [
        "line 4: this is not TOML (Cannot overwrite a value)",
        "see the policy.toml that ships",
    ],
    "[scoring]\ngate_ratin = 2.5\n[sheet]\nconduct_weight = 1.5": [
        "line 2: gate_ratin: there is no such setting in [scoring]",
        "did you mean gate_rating?",
        "line 4: conduct_weight: '1.5' should be a whole number",
    ],
}


@pytest.mark.parametrize("written", FAULTS)
def test_a_fault_is_named_with_its_line(written: str) -> None:
    assert faults(written) == FAULTS[written]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_bytes("# 王".encode("gb18030"))
    said = []
    for wrong in (file, tmp_path):
        with pytest.raises(PolicyFileError) as refused:
            read(wrong)
        said += [fault_in(refused.value, Words(locale)) for locale in LOCALES]
    assert said == [
        f"{file} 不是 UTF-8 编码，请用 UTF-8 另存。",
        f"{file} is not written in UTF-8; save it so.",
        f"无法读取 {tmp_path}：这是一个目录。",
        f"{tmp_path} can't be read: Is a directory.",
    ]


def quota(key: str, low: str | None, high: str | None, **shares: str) -> Quota:
    return Quota(
        key,
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        **{name: Fraction(share) for name, share in shares.items()},  # type: ignore[arg-type]
    )


TOP = quota("top", "4", None, at_least="0.3")
MIDDLE = quota("middle", "3.5", "3.5", at_least="0.5")
LOWER = quota("lower", None, "3.25", at_least="0.3")
CANNOT = [
    (TOP, MIDDLE, LOWER),
    (quota("all", None, None, at_most="0.9"),),
    (quota("nobody", "3.9", "3.95", at_least="0.1"),),
    (TOP, quota("upper", "3.75", None, at_most="0.2")),
    (
        quota("top", "4", None, at_most="0.2"),
        quota("upper", "3.75", "3.75", at_most="0.2"),
        quota("rest", None, "3.5", at_most="0.5"),
    ),
]


@pytest.mark.parametrize("asked", CANNOT)
def test_quotas_that_no_spread_can_keep_are_named(asked: tuple[Quota, ...]) -> None:
    on = replace(QUOTAS[0], key="kept", at_most=Fraction(1))
    off = replace(QUOTAS[0], key="off", at_least=Fraction(1), at_most=None, on=False)
    (found,) = quotas(Distribution(quotas=(on, off, *asked)), SCALE)
    assert found.place == ("distribution", "quotas", 1 + len(asked))
    (said,) = found.facts.values()
    assert isinstance(said, tuple)
    assert [one["name"] for one in said] == [quota.key for quota in asked]


@pytest.mark.parametrize(
    "asked", [QUOTAS, (TOP, LOWER), (TOP, MIDDLE, replace(LOWER, on=False)), ()]
)
def test_quotas_that_can_be_kept_pass(asked: tuple[Quota, ...]) -> None:
    assert list(quotas(Distribution(quotas=asked), SCALE)) == []


def test_quotas_that_cannot_hold_are_said_with_their_line() -> None:
    written = OURS.read_text(encoding="utf-8").replace('at_least = "15 %"', 'at_least = "70 %"')
    line = written.splitlines().index('key = "middle"')
    assert faults(written) == [
        f"line {line}: quotas: no spread of ratings can keep these together: "
        "lower at least 70 %, middle at least 40 % and at most 60 %"
    ]
