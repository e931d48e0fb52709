"""The templates themselves: alike in both languages, each in its own, safe for people's words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

import prompts
from prompts.render import LOCALES

ROOT = Path(prompts.__file__).parent
FILES = sorted(path.name for path in (ROOT / "en").glob("*.j2"))
ENVIRONMENT = Environment(loader=FileSystemLoader(ROOT), autoescape=True)
IN_CHINESE = {
    *(
        "HR",
        "HRBP",
        "K",
        "V",
        "CSV",
        "XLSX",
        "UTF",
        "Excel",
        "Mon",
        "Fri",
        "Asia",
        "Shanghai",
        "Slack",
        "DINGTALK_MONTHLY_CALLS",
        "https",
    ),
    *(
        "review",
        "self",
        "rate",
        "status",
        "feedback",
        "ask",
        "praise",
        "keep",
        "distribution",
        "remind",
        "on1",
        "later",
        "open",
        "close",
    ),
    *(
        *("appeal", "interview", "actions", "goals", "exclude", "include", "rater", "reopen"),
        "deliveries",
        "checkin",
        "my",
        "rater",
        "data",
        "delegate",
        "goals",
        "calibrate",
        "matrix",
        "flow",
        "calibration",
        "true",
        "feedback",
        "praise",
        "help",
        "slack_id",
        "dingtalk_id",
        "slack",
        "dingtalk",
        "staff",
        "senior",
        "zh",
        "CN",
        "en",
        "or",
        "Q4",
        "Slack",
    ),
    *("platform", "group", "id", "DINGTALK_HR_CHANNEL", "DINGTALK_PRAISE_CHANNEL"),
}
"""Words that stay as they are in Chinese: names, commands, what stands in a file."""
ON_THE_COMMAND_LINE = {
    "contact_news.j2",
    *("backup.j2", "cli.j2", "deliveries.j2", "demo.j2", "preview.j2", "doctor.j2", "init.j2"),
    *(
        "dingtalk.j2",
        "erasing.j2",
        "hr_channel.j2",
        "library.j2",
        "policy.j2",
        "settings.j2",
        "slack.j2",
        "storage.j2",
        "sync.j2",
        "system.j2",
    ),
}
TAGS = {"<b>", "</b>", "<i>", "</i>"}


def blocks(locale: str, name: str) -> dict[str, nodes.Block]:
    """Block name to what it is made of."""
    source = (ROOT / locale / name).read_text(encoding="utf-8")
    parsed = ENVIRONMENT.parse(source)
    return {block.name: block for block in parsed.find_all(nodes.Block)}


def said(block: nodes.Block) -> list[str]:
    """What a block says itself, without the facts."""
    return [data.data for data in block.find_all(nodes.TemplateData)]


def facts(block: nodes.Block) -> set[str]:
    """The facts that a block asks for."""
    alone = nodes.Template(block.body, lineno=1)
    alone.set_environment(ENVIRONMENT)
    return meta.find_undeclared_variables(alone) - {"day"}


def test_both_languages_have_the_same_files() -> None:
    assert {
        locale: sorted(p.name for p in (ROOT / locale).iterdir()) for locale in LOCALES
    } == dict.fromkeys(LOCALES, FILES)


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_blocks_once(name: str) -> None:
    lists = [
        re.findall(r"{% block (\w+) %}", (ROOT / locale / name).read_text(encoding="utf-8"))
        for locale in LOCALES
    ]
    assert Counter(lists[0]) == Counter(lists[1]) == Counter(set(lists[0]))


@pytest.mark.parametrize("name", FILES)
def test_nothing_stands_outside_a_block(name: str) -> None:
    for locale in LOCALES:
        parsed = ENVIRONMENT.parse((ROOT / locale / name).read_text(encoding="utf-8"))
        outside = [
            data.data.strip()
            for node in parsed.body
            if isinstance(node, nodes.Output)
            for data in node.find_all(nodes.TemplateData)
        ]
        assert not any(outside)


@pytest.mark.parametrize("name", FILES)
def test_a_chinese_text_asks_for_no_fact_that_the_english_has_not_and_the_other_way(
    name: str,
) -> None:
    chinese, english = (blocks(locale, name) for locale in LOCALES)
    differ = {
        f"{name[:-3]}.{key}": facts(chinese[key]) ^ facts(english[key])
        for key in chinese
        if facts(chinese[key]) ^ facts(english[key])
    }
    assert differ == {}


@pytest.mark.parametrize("name", FILES)
def test_chinese_templates_speak_chinese(name: str) -> None:
    """On the command line, names of commands, settings and files are those of the English text."""
    english = blocks("en", name)
    strange = {
        (key, word)
        for key, block in blocks("zh-CN", name).items()
        for word in latin(block) - IN_CHINESE
        if name not in ON_THE_COMMAND_LINE or word not in latin(english[key])
    }
    assert strange == set()


def latin(block: nodes.Block) -> set[str]:
    """The words in Latin letters that a block says itself."""
    whole = re.sub(r"</?[bi]>", "", "\n".join(said(block)))
    return set(re.findall(r"[A-Za-z_]+\d*", whole))


@pytest.mark.parametrize("name", FILES)
def test_english_templates_speak_english(name: str) -> None:
    strange = {
        (key, text)
        for key, block in blocks("en", name).items()
        for text in said(block)
        if re.search(r"[　-鿿＀-￯]", text)
    }
    assert strange == set()


@pytest.mark.parametrize("name", FILES)
def test_no_fact_gets_round_the_escaping(name: str) -> None:
    for locale in LOCALES:
        source = (ROOT / locale / name).read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup|{%\s*(include|import|from)", source)
        assert not re.search(r"&#?\w+;", source), "an entity that is not undone"
        for block in blocks(locale, name).values():
            tags = {tag for text in said(block) for tag in re.findall(r"<[^>]*>", text)}
            assert tags <= TAGS
            whole = "".join(said(block))
            assert whole.count("<b>") == whole.count("</b>")
            assert whole.count("<i>") == whole.count("</i>")


def test_chinese_texts_address_people_with_respect() -> None:
    files = sorted((ROOT / "zh-CN").glob("*.j2"))
    assert files
    assert [file.name for file in files if re.search("你(?!们)", file.read_text())] == []
