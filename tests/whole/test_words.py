"""Everything that can be said to the bot, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from place import Place, lines, place
from place_forms import rate, step, write_self

from handlers.commands import WORDS
from sandbox.slack.model import Message

ENGLISH, CHINESE, BOSS, ADMIN = "N0015", "N0014", "N0007", "N0016"


async def _said(here: Place, who: str, words: str) -> str:
    return "\n".join(lines(await _asked(here, who, words)))


async def _asked(here: Place, who: str, words: str) -> Message:
    person = here.who[who]
    before = len(person.ephemerals)
    await person.command(f"/review {words}".strip())
    (answer,) = person.ephemerals[before:]
    return answer


def _commands(entries: list[str]) -> set[str]:
    """The commands that a help names, without what is said about them."""
    said = {re.split("  |（", entry)[0].removeprefix("/review ") for entry in entries}
    return {one.removesuffix(" 2026Q4") for one in said}


def _meant(*, hr: bool) -> set[str]:
    return {word.en for word in WORDS if hr or not word.hr_only}


@pytest.mark.parametrize("word", ["help", "帮助", "HELP"])
async def test_help_lists_what_is_for_this_person(tmp_path: Path, word: str) -> None:
    async with place(tmp_path, count=16) as here:
        assert {"open", "reopen"} <= _meant(hr=True) - _meant(hr=False)
        for who, wanted, title in (
            (ENGLISH, _meant(hr=False), "What I can do"),
            (ADMIN, _meant(hr=True), "我能做什么"),
        ):
            first, *entries = (await _said(here, who, word)).split("\n")
            assert first == title
            assert _commands(entries) == wanted


async def test_no_word_says_what_waits_and_opens_it(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        assert (await _said(here, ENGLISH, "")) == "Nothing waits for you."
        assert (await _said(here, CHINESE, "")) == "目前没有需要您处理的事。"
        cycle = await here.open_cycle()
        english = await _asked(here, ENGLISH, "")
        assert "\n".join(lines(english)) == (
            "Waiting for you\n2026Q3 self-review, due Fri 16 Oct\nSelf-review"
        )
        assert (await _said(here, CHINESE, "")) == (
            "等您处理\n2026Q3 自评，截止 10月16日（周五）\n去自评"
        )
        await here.who[ENGLISH].press("self_review.open", message=english)
        assert step(here.who[ENGLISH]) == "Step 1 of 4"
        await here.who[ENGLISH].close()
        await write_self(here, cycle, ENGLISH)
        assert (await _said(here, BOSS, "")) == (
            "等您处理\n2026Q3 还有 1 人等您评分，截止 10月23日（周五）\nNora Sommer"
        )


@pytest.mark.parametrize(("word", "who"), [("self", ENGLISH), ("自评", CHINESE)])
async def test_self_opens_the_form_and_says_when_there_is_none(
    tmp_path: Path, word: str, who: str
) -> None:
    async with place(tmp_path, count=16) as here:
        none = {
            ENGLISH: "There is no self-review to fill in now.",
            CHINESE: "现在没有可以填写的自评。",
        }
        assert (await _said(here, who, word)) == none[who]
        await here.open_cycle()
        await here.who[who].command(f"/review {word}")
        form = here.who[who].form
        assert form is not None
        assert form.callback_id == "self_review"


@pytest.mark.parametrize("word", ["rate", "评分"])
async def test_rate_names_who_waits_and_opens_the_one_named(tmp_path: Path, word: str) -> None:
    async with place(tmp_path, count=16) as here:
        assert (await _said(here, BOSS, word)) == "现在没有需要您评分的人。"
        cycle = await here.open_cycle()
        await write_self(here, cycle, ENGLISH)
        assert "Nora Sommer" in (await _said(here, BOSS, word))
        for name in ("@nora", f"<@{here.who[ENGLISH].id}|nora>"):
            await here.who[BOSS].command(f"/review {word} {name}")
            form = here.who[BOSS].form
            assert form is not None
            assert form.callback_id == "manager_review"
            await here.who[BOSS].close()


@pytest.mark.parametrize("word", ["status", "进度"])
async def test_status_counts_for_those_entitled_and_says_where_ones_own_review_is(
    tmp_path: Path, word: str
) -> None:
    async with place(tmp_path, count=16) as here:
        assert (await _said(here, ENGLISH, word)) == "How far it is\nNo review is under way."
        cycle = await here.open_cycle()
        await write_self(here, cycle, ENGLISH)
        await here.settle()
        assert [(await _said(here, who, word)) for who in (ENGLISH, BOSS, ADMIN)] == [
            "How far it is\n"
            "2026Q3: self-reviews 1/6, ratings 0/6 (due Fri 16 Oct / Fri 23 Oct)\n"
            "品牌 Brand &amp; Product: self-reviews 0/1, ratings 0/1\n"
            "推广 Promotion: self-reviews 0/1, ratings 0/1\n"
            "设计 Design: self-reviews 0/1, ratings 0/1\n"
            "人事 HR: self-reviews 1/3, ratings 0/3\n"
            "The chart is in our direct message.\n"
            "2026Q3: your review is at “manager's rating”.",
            "进度\n2026Q3：自评 1/3，评分 0/3（截止 10月16日（周五） / 10月23日（周五））",
            "进度\n2026Q3：自评 1/9，评分 0/9（截止 10月16日（周五） / 10月23日（周五））\n"
            "运营 Operations：自评 0/2，评分 0/2\n"
            "会员 CRM：自评 0/1，评分 0/1\n"
            "品牌 Brand & Product：自评 0/1，评分 0/1\n"
            "推广 Promotion：自评 0/1，评分 0/1\n"
            "设计 Design：自评 0/1，评分 0/1\n"
            "人事 HR：自评 1/3，评分 0/3\n"
            "图表已发到我们的私聊里。\n"
            "2026Q3：您的评估在“自评”。",
        ]


@pytest.mark.parametrize("word", ["distribution", "分布"])
async def test_distribution_answers_at_once_and_sends_the_picture(
    tmp_path: Path, word: str
) -> None:
    async with place(tmp_path, count=19) as here:
        cycle = await here.open_cycle()
        team = [one.employee_id for one in here.colleagues if one.manager_id in {BOSS, "N0008"}]
        for one in team:
            await write_self(here, cycle, one)
        await here.settle()
        for one in team:
            await rate(here, cycle, one)
        await here.settle()
        answer = await _asked(here, ADMIN, word)
        await here.settle()
        (sent,) = here.dms(ADMIN, "distribution")
        (image,) = [block for block in sent.blocks if block["type"] == "image"]
        (file,) = here.workspace.files.values()
        assert image["slack_file"] == {"id": file.id}
        assert (file.mimetype, file.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
        assert "6" in answer.words
        assert not [block for block in answer.blocks if block["type"] == "image"]
        nobody = await _asked(here, "N0009", word)
        assert nobody.words == "There is no review under way, or no team of yours to look at."
        assert len(here.workspace.files) == 1


@pytest.mark.parametrize(("opening", "closing"), [("open", "close"), ("开启", "关闭")])
async def test_hr_opens_and_closes_a_cycle_and_nobody_else_does(
    tmp_path: Path, opening: str, closing: str
) -> None:
    async with place(tmp_path, count=16) as here:
        refused = await _said(here, ENGLISH, f"{opening} 2026Q3")
        assert refused == f"Only HR can do that: {here.employee(ADMIN).name}."
        said = [
            (await _said(here, ADMIN, f"{opening} 2026Q3")),
            (await _said(here, ADMIN, f"{opening} 2026Q3")),
            (await _said(here, ADMIN, f"{opening} nonsense")),
            (await _said(here, ADMIN, f"{closing} 2026Q4")),
            (await _said(here, ADMIN, f"{closing} 2026Q3")),
            (await _said(here, ADMIN, closing)),
            (await _said(here, ADMIN, f"{closing} 2026Q3 确认")),
            (await _said(here, ADMIN, f"{closing} 2026Q3")),
        ]
        assert said == [
            "2026Q3 已开启：9 人参加。自评 10月8日（周四）开始，我会逐一通知。",
            "2026Q3 已经开启过了。",
            "不认识“nonsense”。请写：2026Q4, 2026。",
            "不认识“2026Q4”。请写：2026Q3。",
            "2026Q3 还没有结束：9 份评估中有 9 份仍在进行。关闭之后不能再写、再签，也不能重新开启。"
            "确定要关闭，请写：/review close 2026Q3 确认",
            "请写：2026Q3。",
            "2026Q3 已关闭。",
            "2026Q3 已经关闭。",
        ]
        trail = [(line.event, line.actor) for line in await here.trail()][1:]
        assert trail == [("cycle.opened", ADMIN), ("cycle.closed", ADMIN)]


@pytest.mark.parametrize(
    ("who", "said", "first"),
    [
        (ENGLISH, "statsu", "I don't know “statsu”. Did you mean status? These work:"),
        (CHINESE, "分布图", "我不认识“分布图”。您是想说 分布 吗？可以用这些："),
        (ENGLISH, "cycle", "I don't know “cycle”. Did you mean status? These work:"),
        (ENGLISH, "qqqqqq", "I don't know “qqqqqq”. These work:"),
    ],
)
async def test_an_unknown_word_is_answered_with_the_nearest_and_the_help(
    tmp_path: Path, who: str, said: str, first: str
) -> None:
    async with place(tmp_path, count=16) as here:
        heading, *entries = (await _said(here, who, said)).split("\n")
        assert heading == first
        assert _commands(entries) == _meant(hr=False)
