"""Every screen, as bad as it can be, in both languages: Slack takes it, and no control is lost."""

from __future__ import annotations

from functools import cache

import pytest
from slack_limits import Json, message_faults, view_faults
from slack_reader import read
from syrupy.assertion import SnapshotAssertion

from bot.platforms.slack import draw, fit
from prompts.card import Buttons, Card, Field, File, Form, Paragraph, Quote, plain
from prompts.render import LOCALES, Words
from prompts.samples import sizes as samples
from prompts.samples.every import screens

MAIN = (
    *("my review, invited", "my review, sent", "team, ready", "team, mixed", "board", "reminder"),
    *("turned strong", "own scope", "waiting", "unknown", "notice", "self 0", "self 1"),
    *("rating high 1", "rating gated 3", "reading high 0"),
)
"""The screens that most people see, of which a picture in words is kept."""
SIZES = {
    "usual": samples.USUAL,
    "worst": samples.WORST,
    "worst in Chinese": samples.WORST_IN_CHINESE,
}
both = pytest.mark.parametrize("locale", LOCALES)
any_size = pytest.mark.parametrize("size", SIZES)


@cache
def all_of(size: str, locale: str) -> dict[str, tuple[Card | Form, Json]]:
    """Every screen, and how it is drawn."""
    found = screens(SIZES[size], Words(locale))
    return {name: (screen, drawn(name, screen)) for name, screen in found.items()}


def drawn(name: str, screen: Card | Form) -> Json:
    """The screen as it would be sent."""
    if isinstance(screen, Form):
        return draw.view(screen)
    if name.startswith("home"):
        return draw.home(screen)
    names = [part.key for part in screen.parts if isinstance(part, File)]
    links = {name: f"https://demo.slack.com/files/F2/{name}" for name in names}
    return draw.message(screen, delivery="d1", kind="board", picture="F1", attached=links)


@both
@any_size
def test_slack_takes_every_screen(size: str, locale: str) -> None:
    found = {
        name: faults
        for name, (screen, payload) in all_of(size, locale).items()
        for faults in [message_faults(payload) if "metadata" in payload else view_faults(payload)]
        if faults
    }
    assert found == {}


@both
@any_size
def test_every_button_and_question_is_there(size: str, locale: str) -> None:
    for name, (screen, payload) in all_of(size, locale).items():
        blocks = payload["blocks"]
        inputs = [block["block_id"] for block in blocks if block["type"] == "input"]
        assert inputs == [part.key for part in screen.parts if isinstance(part, Field)], name
        assert _pressed(blocks) == _offered(screen), name


@both
@any_size
def test_nothing_pings_and_the_bots_words_are_whole(size: str, locale: str) -> None:
    for name, (screen, payload) in all_of(size, locale).items():
        seen = "".join(read(payload["blocks"]).split())
        if size == "usual":
            for part in screen.parts:
                if isinstance(part, Paragraph):
                    assert "".join(plain(part.text).split()) in seen, name


@both
def test_forms_are_never_cut(locale: str) -> None:
    for name, (screen, view) in all_of("worst", locale).items():
        if isinstance(screen, Form):
            assert not [block for block in view["blocks"] if block in fit.MORE], name
            seen = "".join(read(view["blocks"]).split())
            for part in screen.parts:
                if isinstance(part, Quote) and part.fold_at is None:
                    assert "".join(part.words.split()) in seen, name


@both
def test_a_page_of_the_team_list_has_all_rating_buttons(locale: str) -> None:
    blocks = all_of("worst", locale)["team, ready"][1]["blocks"]
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    assert [len(row) for row in rows] == [8] * 15
    scores = ["2.5", "3", "3.25", "3.5", "3.75", "4", "4.5", "5"]
    assert {tuple(button["text"]["text"] for button in row) for row in rows} == {tuple(scores)}
    assert [row[0]["value"] for row in rows] == [f"{number:032x}" for number in range(15)]
    assert read(blocks).count(samples.WORST.name.strip()) == 15


@both
def test_the_board_names_twenty_groups_and_counts_the_others(locale: str) -> None:
    seen = read(all_of("worst", locale)["board"][1]["blocks"])
    assert sum(seen.count(sign) for sign in "🔴🟠⚪") == 20
    assert "180" in seen


@both
def test_reading_steps_show_all_that_was_written(locale: str) -> None:
    quotes = [
        part.words
        for name, (screen, _) in all_of("worst", locale).items()
        if name.startswith("reading high")
        for part in screen.parts
        if isinstance(part, Quote)
    ]
    rows, values, first_and_last = 31, 6, 2
    assert quotes == [samples.WORST.words] * (rows + values + first_and_last)


@both
@pytest.mark.parametrize("name", MAIN)
def test_screens_look_as_they_did(name: str, locale: str, snapshot: SnapshotAssertion) -> None:
    assert all_of("usual", locale)[name][1] == snapshot


def _pressed(blocks: list[Json]) -> list[tuple[str, str]]:
    elements = [
        element
        for block in blocks
        for element in (*block.get("elements", ()), block.get("accessory", {}))
        if element.get("type") == "button"
    ]
    return [(element["action_id"], element.get("value", "")) for element in elements]


def _offered(screen: Card | Form) -> list[tuple[str, str]]:
    found = []
    for part in screen.parts:
        if isinstance(part, Buttons):
            found += [(button.action, button.value) for button in part.buttons]
        if isinstance(part, Paragraph) and part.button is not None:
            found.append((part.button.action, part.button.value))
    if isinstance(screen, Form) and screen.back is not None:
        found.append(("form.back", screen.subject))
    return found
