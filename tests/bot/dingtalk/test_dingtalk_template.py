"""The template that is shipped has each variable that the bot fills, and shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.dingtalk import template

FOLDER = Path(__file__).parents[3] / "docs" / "dingtalk"
SHIPPED = json.loads((FOLDER / "card.json").read_text())
EDITOR = json.loads(SHIPPED["editorData"])
PAGE = (FOLDER / "card-template.md").read_text()


def bound(node: Any) -> Iterator[str]:
    """The variables that a component shows or sends."""
    if isinstance(node, dict):
        if isinstance(node.get("variable"), str):
            yield node["variable"]
        for value in node.values():
            yield from bound(value)
    elif isinstance(node, list):
        for value in node:
            yield from bound(value)
    elif isinstance(node, str):
        yield from re.findall(r"\$\{(\w+)\}", node)


def test_the_template_has_each_variable_and_a_component_for_it() -> None:
    assert [one["name"] for one in EDITOR["variableList"]] == list(template.EVERY)
    (card,) = EDITOR["schema"]["componentsTree"]
    shown = {name for one in card["children"] for name in bound(one["props"]) if name}
    assert shown == set(template.EVERY)


def test_what_one_person_alone_sees_is_private_to_them() -> None:
    private = {one["name"] for one in EDITOR["variableList"] if one["private"]}
    assert private == {*template.NOTES, template.NOTE_BUTTONS}


def test_a_form_that_is_sent_bears_its_questions() -> None:
    (card,) = EDITOR["schema"]["componentsTree"]
    (form,) = [one for one in card["children"] if one["componentName"] == "Form"]
    sent = [(one["name"], one["variable"]) for one in form["props"]["params"]]
    assert sent == [(template.CURRENT, template.FORM)]


def test_every_component_is_one_that_the_builder_is_told_of() -> None:
    (card,) = EDITOR["schema"]["componentsTree"]
    used = {card["componentName"], *(one["componentName"] for one in card["children"])}
    assert {one["componentName"] for one in EDITOR["schema"]["componentsMap"]} == used
    ids = [one["id"] for one in card["children"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["## English", "## 中文"])
def test_the_page_names_each_variable(language: str) -> None:
    said = PAGE.split(language)[1].split("\n## ")[0]
    runs = {name: f"`{name}`" for name in template.EVERY}
    for names in (template.TEXTS, template.NOTES):
        assert f"`{names[0]}`" in said
        assert f"`{names[-1]}`" in said
        runs = {name: word for name, word in runs.items() if name not in names}
    assert [name for name, word in runs.items() if word not in said] == []
    assert f"`{template.CURRENT}`" in said
