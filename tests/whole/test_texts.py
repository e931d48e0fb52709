"""Texts that a template or Slack would read, texts at the limits, and half-filled forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from place import Place, place
from place_forms import fill_step, fill_to_the_end, inputs, key, rows_of, shown, step

from review.cycle import Cycle
from sandbox.errors import UnfilledError
from sandbox.slack.model import OpenView

MEMBER, BOSS, CHINESE = "N0015", "N0007", "N0016"
TRICKS = (
    "{{ 7*7 }} {% raw %} {# x #}",
    "<!channel> <!here> <@U00000001> <#C00000001>",
    "*bold* _italic_ ~gone~ `code`",
    "&amp; &lt;b&gt; <b>fat</b> <script>1</script>",
    "https://example.com/?a=1&b=2 mailto:a@example.com :tada:",
    "> quoted\n• and\n1. listed",
)


def quotes(form: OpenView) -> list[str]:
    """What stands in the form as somebody's own words: blocks whose text nobody reads as markup."""
    return [
        "".join(part["text"] for part in element["elements"])
        for block in form.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]


async def _written(
    here: Place, cycle: Cycle, texts: list[str], who: str = MEMBER
) -> dict[str, str]:
    """A self-review with those texts in its fields, sent."""
    rows = [row for row, _ in await rows_of(here, cycle, who)]
    fields = [*(f"comment:{row}" for row in rows), "case:value:customer_first"]
    fields += ["case:value:teamwork", "overall"]
    answers = dict(zip(fields, texts, strict=False)) | {f"goal:{row}": "3.5" for row in rows}
    for value in ("customer_first", "teamwork"):
        levels = ("yes", "yes", "yes", "no")
        answers |= {f"value:{value}:{at}": one for at, one in enumerate(levels, 1)}
    person = here.who[who]
    await person.press("self_review.open")
    await fill_to_the_end(person, answers)
    await here.settle()
    return answers


async def test_texts_that_mean_something_are_shown_as_typed(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await _written(here, cycle, list(TRICKS))
        boss = here.who[BOSS]
        await boss.press("rate:3.5", near=here.employee(MEMBER).name)
        seen: list[str] = []
        for _ in range(3):
            assert boss.form is not None
            seen += quotes(boss.form)
            await fill_step(boss, _scores(boss.form))
            assert await boss.submit() == {}
        assert sorted(seen) == sorted(TRICKS)
        record = await here.review(cycle, MEMBER)
        assert record.self_part is not None
        kept = [*record.self_part.comments.values(), *record.self_part.cases.values()]
        assert sorted([*kept, record.self_part.comment]) == sorted(TRICKS)
        assert not any(here.workspace.troubles.values())


def _scores(form: OpenView) -> dict[str, str]:
    levels = ("yes", "yes", "partly")
    answers = {
        f"value:{value}:{at}": one
        for value in ("customer_first", "teamwork")
        for at, one in enumerate(levels, 1)
    }
    asked = [key(block["block_id"]) for block in form.blocks if block["type"] == "input"]
    return answers | {one: "3.5" for one in asked if one.startswith("goal:")}


async def test_an_unknown_command_is_repeated_as_typed_and_pings_nobody(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        person = here.who[MEMBER]
        for trick in ("<!channel>", "<@U00000001>", "{{7*7}}", "*bold*"):
            await person.command(f"/review {trick}")
            answer = person.ephemerals[-1]
            raw = json.dumps([answer.text, answer.blocks])
            assert "<!channel>" not in raw
            assert "<@U00000001>" not in raw
            said = trick.replace("<", "&lt;").replace(">", "&gt;")
            meant = trick.strip("<>") if trick.startswith("<@") else trick
            assert f"“{said}”" in answer.words or f"“{meant}”" in answer.words


@pytest.mark.parametrize("char", ["x", "&", "评", "<"])
async def test_a_text_at_the_limit_goes_through_and_is_read_whole(
    tmp_path: Path, char: str
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await _written(here, cycle, [char * 3000] * 6)
        boss = here.who[BOSS]
        await boss.press("rate:3.5", near=here.employee(MEMBER).name)
        await boss.press("form.read")
        assert boss.form is not None
        assert "".join(quotes(boss.form)) == char * 3000 * 4
        assert not any(here.workspace.troubles.values())


async def test_a_text_over_the_limit_is_stopped_at_its_field(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person = here.who[MEMBER]
        await person.press("self_review.open")
        await fill_step(person, dict.fromkeys(map(key, inputs(person)), "3.5"))
        await person.fill({"comment:conduct": "x" * 3001})
        with pytest.raises(UnfilledError) as stopped:
            await person.submit()
        assert list(stopped.value.blocks) == ["comment:conduct"]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (MEMBER, "Please write the case: what happened, what was done, what came of it."),
        (CHINESE, "请写一个事例：发生了什么，做了什么，结果怎样。"),
    ],
)
async def test_a_blank_case_is_told_at_its_field_in_the_persons_language(
    tmp_path: Path, who: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a client that checks nothing before it sends."""
    monkeypatch.setattr("sandbox.slack.forms.objections", lambda _: {})
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        rows = [row for row, _ in await rows_of(here, cycle, who)]
        person = here.who[who]
        await person.press("self_review.open")
        await fill_step(person, {f"goal:{row}": "3.5" for row in rows})
        assert await person.submit() == {}
        levels: dict[str, Any] = {"value:customer_first:1": "yes", "value:customer_first:2": "no"}
        await fill_step(person, levels | {"case:value:customer_first": "   "})
        before = step(person)
        assert await person.submit() == {"case:value:customer_first": words}
        assert (step(person), shown(person)) == (
            before,
            levels | {"case:value:customer_first": "   "},
        )
        await person.fill({"case:value:customer_first": "It was late, and I said so."})
        assert await person.submit() == {}
        assert step(person) != before
