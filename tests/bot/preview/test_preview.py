"""Every text with sample data: where each comes from, and what becomes of a mistake."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.preview import preview
from bot.preview.shown import everything
from bot.preview.traced import Mistake, Traced, keys
from prompts import render
from prompts.card import plain

ROOT = Path(__file__).resolve().parents[3]


def test_every_screen_is_shown_in_both_languages_with_its_blocks() -> None:
    shown = everything()
    assert shown["mistakes"] == []
    for screen in shown["screens"]:
        assert set(screen["drawn"]) == {"zh-CN", "en"}
        assert screen["blocks"], screen["name"]
        for key in screen["blocks"]:
            subject, block = key.split(".")
            text = (ROOT / "prompts" / "en" / f"{subject}.j2").read_text(encoding="utf-8")
            assert f"{{% block {block} %}}" in text


MISTAKES = {
    "{% block a %}x{% endblock %}\n{% block b %}{{ nam }}{% endblock %}": (2, "'nam' is undefined"),
    "{% block a %}x{% endblock %}\n\n{% block b %}{{ x": (3, "unexpected end of template"),
    "{% block a %}x{% endblock %}": (1, "{% block b %} ?"),
}


@pytest.mark.parametrize("template", MISTAKES)
def test_a_mistake_in_a_template_is_shown_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    (tmp_path / "said.j2").write_text(template, encoding="utf-8")
    made = Environment(
        loader=FileSystemLoader(tmp_path), autoescape=True, undefined=StrictUndefined
    )
    monkeypatch.setattr(render, "_templates", lambda *_: made)
    words = Traced("en")
    text = words("said.b", name="Chen Jing")
    (found,) = words.mistakes
    line, why = MISTAKES[template]
    assert (found.file, found.line, found.block) == ("prompts/en/said.j2", line, "b")
    assert why in found.why
    assert plain(text) == f"⚠️ prompts/en/said.j2:{line}"
    assert list(keys(text)) == ["said.b"]
    assert isinstance(found, Mistake)


async def test_a_taken_port_is_said_with_another_to_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert await preview(locale="en", port=port, browser=False) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Port {port} can't be used (Address already in use)")
