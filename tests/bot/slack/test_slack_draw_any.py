"""Whatever is on a card or in a form: Slack takes it, shows it as typed, and pings nobody."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from neutral_cards import LONG, cards, forms, texts, words
from slack_limits import message_faults, view_faults
from slack_reader import block, mrkdwn, read

from bot.platforms.slack import draw, parse, text
from prompts import card as neutral
from prompts.card import Ask, Card, Field, Form, Span
from sandbox.slack.surfaces import accepted_view
from sandbox.slack.values import initial_values

Json = dict[str, Any]
any_size = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def sent(view: Json) -> Json:
    """A view_submission of a view nobody touched."""
    kept = accepted_view(view)
    shown = {"id": "V1", "root_view_id": "V1", "state": {"values": initial_values(kept["blocks"])}}
    return {"user": {"id": "U1"}, "trigger_id": "1.2", "view": kept | shown}


LINK = "https://demo.slack.com/files/F2/interview.ics"


@any_size
@given(forms())
def test_any_form_is_taken_and_read_back_as_it_was(form: Form) -> None:
    view = draw.view(form)
    assert view_faults(view) == []
    event = parse.submitted(sent(view))
    assert event.answers == {one.key: one.value or "" for one in form.fields}
    assert (event.form, event.subject, event.step, event.base) == (
        form.key,
        form.subject,
        form.step,
        form.base,
    )


@any_size
@given(forms())
def test_any_form_keeps_its_way_back_and_reads_as_written(form: Form) -> None:
    drawn = draw.view(form)["blocks"]
    read(drawn)
    backs = [b for b in drawn if b["type"] == "actions"]
    assert (form.back is None) or backs[-1]["elements"][-1]["action_id"] == "form.back"


@any_size
@given(cards)
def test_any_card_is_taken_and_pings_nobody(card: Card) -> None:
    names = [part.key for part in card.parts if isinstance(part, neutral.File)]
    drawn = draw.message(
        card, delivery="d1", kind="board", picture="F1", attached=dict.fromkeys(names, LINK)
    )
    assert message_faults(drawn) == []
    read(drawn["blocks"])
    answer = draw.reply(card)
    assert message_faults(answer) == []


@settings(max_examples=200, deadline=None)
@given(texts)
@example((Span("请在 "), Span("4 分及以上", bold=True), Span("：3 人")))
@example((Span("a", bold=True), Span("b", italic=True)))
@example((Span("aa "), Span("b", bold=True), Span(" c")))
def test_a_paragraph_is_read_as_it_was_written(written: neutral.Text) -> None:
    seen = [one for drawn in text.as_blocks(written) for one in block(drawn)]
    wanted = [(char, span.bold, span.italic) for span in written for char in span.text]
    assert _visible(seen) == _visible(wanted)


@settings(max_examples=100, deadline=None)
@given(words)
def test_somebodys_words_are_quoted_to_the_letter(written: str) -> None:
    quoted = read(text.as_quote(written))
    assert quoted == (written if written.strip() else "")


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_remark_loses_no_word(written: neutral.Text) -> None:
    seen = read(text.as_small(written))
    assert "".join(seen.split()) == "".join(neutral.plain(written).split())


@settings(max_examples=100, deadline=None)
@given(words)
def test_escaped_words_are_read_as_they_were(written: str) -> None:
    plain = "".join(char for char in written if char not in "*_~`:>")
    seen = mrkdwn(text.escaped(plain))
    assert "".join(char for char, _, _ in seen) == plain


def test_every_long_text_fits_after_escaping() -> None:
    for long in LONG:
        parts = (neutral.Paragraph((Span(long),)), neutral.Small((Span(long),)))
        form = Form(key="a", subject="b", title=long, parts=(*parts, neutral.Quote(long)))
        assert view_faults(draw.view(form)) == []
        drawn = draw.view(form)["blocks"]
        assert "".join(read(drawn).split()) == "".join(long.split()) * 4


def test_words_longer_than_the_limit_stay_in_the_field() -> None:
    held = "x" * 2500
    field = Field(key="a", ask=Ask.TEXT, label="A", value=held, limit=2000)
    form = Form(key="f", subject="s", title="T", parts=(field,), submit="Send")
    assert parse.submitted(sent(draw.view(form))).answers == {"a": held}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(20, 3000)), min_size=1, max_size=15))
@example([(1, 98)] * 15)
@example([(40, 3000)] * 15)
def test_no_row_loses_a_button_however_long_its_words(rows: list[tuple[int, int]]) -> None:
    parts: list[neutral.CardPart] = []
    for index, (name, title) in enumerate(rows):
        bold = Span("N" * name, bold=True)
        parts.append(neutral.Paragraph((bold, Span(" " + "&" * title))))
        pressed = tuple(neutral.Button(f"rate:{n}", str(n), f"r{index}") for n in range(8))
        parts.append(neutral.Buttons(pressed))
    drawn = draw.message(Card("Team", tuple(parts)), delivery="d", kind="team_list")
    assert message_faults(drawn) == []
    actions = [block for block in drawn["blocks"] if block["type"] == "actions"]
    assert [len(block["elements"]) for block in actions] == [8] * len(rows)
    names = re.findall("N+", read(drawn["blocks"]))
    assert [len(name) for name in names] == [name for name, _ in rows]


def _visible(seen: list[tuple[str, bool, bool]]) -> list[tuple[str, bool, bool]]:
    """Without blanks, which no style shows on, and which may fall away where a text is parted."""
    return [one for one in seen if one[0].strip()]
