"""Every screen, as bad as it can be, in both languages: DingTalk takes it, no button is lost."""

from __future__ import annotations

import re

import pytest
from asked_cards import cards_of
from ding_reader import Json, faults, links, seen, squeezed, styled
from hypothesis import HealthCheck, example, given, settings
from neutral_cards import cards, forms, texts, words

from bot.platforms.dingtalk import draw, markdown, press
from prompts import card as neutral
from prompts.card import Button, Buttons, Card, Confirm, Form, Paragraph, Small, Span, plain
from prompts.render import Words
from prompts.samples import sizes as samples
from prompts.samples.every import screens

SIZES = {
    "usual": samples.USUAL,
    "worst": samples.WORST,
    "worst in Chinese": samples.WORST_IN_CHINESE,
}


def all_of(size: str, locale: str) -> dict[str, tuple[Card, Json]]:
    """Every screen as a card, and how it is drawn; of a form every part as it is asked."""
    words, found = Words(locale), {}
    every = screens(SIZES[size], words)
    kinds = {re.sub(r"\d+", "", name): name for name in every}
    for name, screen in every.items():
        if isinstance(screen, Card):
            found[name] = (screen, draw.message(screen))
        elif name in kinds.values():
            for part, card in cards_of(screen, words):
                found[f"{name}: {part}"] = (card, draw.message(card))
    return found


@pytest.mark.parametrize(
    ("size", "locale"),
    [("usual", "en"), ("usual", "zh-CN"), ("worst", "en"), ("worst in Chinese", "zh-CN")],
)
def test_dingtalk_takes_every_screen_and_every_button_sends_what_it_stands_for(
    size: str, locale: str
) -> None:
    drawn_of = all_of(size, locale)
    found = {name: faults(drawn) for name, (_, drawn) in drawn_of.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    for name, (card, drawn) in drawn_of.items():
        pressed = [press.read(one) for one in links(drawn)]
        found_presses = [(one.action, one.value, one.asks) for one in pressed if one is not None]
        assert len(pressed) == len(found_presses), name
        offered = [(one.action, one.value, one.confirm is not None) for one in offered_by(card)]
        assert found_presses == offered, name
        if size == "usual":
            assert_whole(name, card, drawn)
    card, drawn = drawn_of["team, ready"]
    if size != "usual":
        assert drawn["msgKey"] == "sampleMarkdown"
        assert len(links(drawn)) == len(offered_by(card)) == 15 * 8


def assert_whole(name: str, card: Card, drawn: Json) -> None:
    """The bot's own words are all there."""
    shown = squeezed(seen(drawn["msgParam"]["text"]))
    for part in card.parts:
        if isinstance(part, Paragraph | Small):
            assert squeezed(plain(part.text)) in shown, name


def shown(words: str) -> str:
    """Without the characters that nobody can see."""
    return re.sub(r"[\0-\x08\x0e-\x1f\x7f]", "", words)


def offered_by(card: Card) -> list[Button]:
    found: list[Button] = []
    for part in card.parts:
        if isinstance(part, Buttons):
            found += part.buttons
        if isinstance(part, Paragraph) and part.button is not None:
            found.append(part.button)
    return found


def card_of(*buttons: Button, summary: str = "Summary") -> Card:
    return Card(summary, (Paragraph((Span("Words"),)), Buttons(buttons)))


def test_the_last_row_stands_below_though_other_rows_stand_in_their_lines() -> None:
    talk, later = (
        Buttons(tuple(Button(f"{name}{n}", f"{name} {n}", "v") for n in range(4)))
        for name in ("talk", "later")
    )
    words, remark = Paragraph((Span("Words"),)), Small((Span("Not now?"),))
    drawn = draw.message(Card("Summary", (words, talk, remark, later)))
    assert drawn["msgKey"] == "sampleActionCard4"
    assert drawn["msgParam"]["actionTitle1"] == "later 0"
    assert "[talk 0](" in drawn["msgParam"]["text"]
    drawn = draw.message(Card("Summary", (words, talk, words, later, remark)))
    assert drawn["msgKey"] == "sampleMarkdown", "a remark between would part them from their words"


def test_without_buttons_it_is_markdown() -> None:
    said = Card("Hello\nthere", (neutral.Heading("Head"), Paragraph((Span("a\n*b*"),))))
    assert draw.message(said) == {
        "msgKey": "sampleMarkdown",
        "msgParam": {"title": "Hello there", "text": "### Head\n\na  \n\\*b\\*"},
    }


def test_one_button_makes_a_card_of_one() -> None:
    drawn = draw.message(card_of(Button("goals.open", "Open", "r1")))
    url = "dtmd://dingtalkclient/sendMessage?content=Open%20%5Bgoals.open%20r1%5D"
    assert drawn == {
        "msgKey": "sampleActionCard",
        "msgParam": {"title": "Summary", "text": "Words", "singleTitle": "Open", "singleURL": url},
    }
    assert draw.webhook(drawn) == {
        "msgtype": "actionCard",
        "actionCard": {
            "title": "Summary",
            "text": "Words",
            "btnOrientation": "0",
            "btns": [{"title": "Open", "actionURL": url}],
        },
    }


def test_some_buttons_make_a_card_and_more_are_links() -> None:
    buttons = tuple(Button("a", f"B{n}", str(n)) for n in range(6))
    drawn = draw.message(card_of(*buttons[:5]))
    assert drawn["msgKey"] == "sampleActionCard5"
    assert [one["title"] for one in draw.webhook(drawn)["actionCard"]["btns"]] == [
        *("B0", "B1", "B2", "B3", "B4"),
    ]
    drawn = draw.message(card_of(*buttons))
    assert drawn["msgKey"] == "sampleMarkdown"
    assert draw.webhook(drawn) == {"msgtype": "markdown", "markdown": drawn["msgParam"]}
    assert links(drawn) == [f"B{n} [a {n}]" for n in range(6)]


def test_buttons_in_the_midst_of_a_list_stay_in_their_line() -> None:
    said = Card("List", (*card_of(Button("a", "Agree", "")).parts, Paragraph((Span("Next one"),))))
    drawn = draw.message(said)
    assert drawn["msgKey"] == "sampleMarkdown"
    assert drawn["msgParam"]["text"].endswith(")\n\nNext one")
    assert links(drawn) == ["Agree [a]"]


def test_buttons_of_one_name_stand_beside_what_they_are_about() -> None:
    rows = [
        Paragraph((Span(name),), Button("rate", "Rate", name.lower())) for name in ("Ann", "Bo")
    ]
    drawn = draw.message(Card("Team", tuple(rows)))
    assert drawn["msgKey"] == "sampleMarkdown"
    assert seen(drawn["msgParam"]["text"]) == "AnnRateBoRate"
    assert links(drawn) == ["Rate [rate ann]", "Rate [rate bo]"]


def test_what_a_button_asks_first_is_said_beside_it() -> None:
    asked = Button("erase", "Erase", "r1", confirm=Confirm("Sure?", "It is final.", "Yes", "No"))
    drawn = draw.message(card_of(asked))
    assert drawn["msgParam"]["text"] == "Words\n\n###### It is final."
    assert links(drawn) == ["Erase [?erase r1]"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Rate [rate:3.25 " + "f" * 32 + "]", press.Press("Rate", "rate:3.25", "f" * 32)),
        ("[goals]", press.Press("", "goals", "")),
        ("要 [?a b]\n", press.Press("要", "a", "b", asks=True)),
        ("x [a b%20c%5D]", press.Press("x", "a", "b c]")),
        ("review status", None),
        ("[a b] and more", None),
        ("a\nb [c d]", None),
        ("[]", None),
    ],
)
def test_a_text_is_read_as_the_press_that_it_is(words: str, wanted: press.Press | None) -> None:
    assert press.read(words) == wanted


any_card = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@any_card
@given(cards)
def test_any_card_is_taken(card: Card) -> None:
    drawn = draw.message(card)
    assert faults(drawn) == []
    seen(drawn["msgParam"]["text"])
    assert all(press.read(one) is not None for one in links(drawn))


@settings(any_card, max_examples=15)
@given(forms())
def test_any_form_can_be_asked(form: Form) -> None:
    for _, card in cards_of(form, Words("en")):
        drawn = draw.message(card)
        assert faults(drawn) == []
        assert all(press.read(one) is not None for one in links(drawn))


@settings(max_examples=300, deadline=None)
@given(texts)
@example((Span("请在"), Span("4 分及以上", bold=True), Span("：3 人")))
@example((Span("“a”", bold=True), Span("b")))
@example((Span("a", bold=True), Span("b", italic=True)))
@example((Span("a"), Span("*b*", bold=True), Span("dtmd://dingtalkclient/sendMessage?content=x")))
@example((Span("a\n    b\n- c\n1. d\n# e\n===\n> f\n+ g\n```\n|a|b|\n|-|-|"),))
def test_a_paragraph_is_read_as_it_was_written(written: neutral.Text) -> None:
    drawn = markdown.lines(written)
    read = [one for one in styled(drawn) if one[0].strip()]
    assert "".join(char for char, _, _ in read) == squeezed(shown(plain(written)))
    wanted = [
        (char, span.bold, span.italic)
        for span in written
        for char in span.text
        if char.strip() and shown(char)
    ]
    assert all(
        (not bold or wants_bold) and (not italic or wants_italic)
        for (_, bold, italic), (_, wants_bold, wants_italic) in zip(read, wanted, strict=True)
    )


def test_bold_words_are_bold() -> None:
    text = (Span("请在"), Span("4 分及以上", bold=True), Span("：3 人"))
    assert markdown.lines(text) == "请在**4 分及以上**：3 人"
    text = (Span("a "), Span(" b ", bold=True, italic=True), Span("c"))
    assert markdown.lines(text) == "a  ***b*** c"


@settings(max_examples=200, deadline=None)
@given(words)
def test_somebodys_words_are_quoted_to_the_letter(written: str) -> None:
    if shown(written).strip():
        assert squeezed(seen(markdown.quoted(written))) == squeezed(shown(written))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_remark_loses_no_word(written: neutral.Text) -> None:
    assert squeezed(seen(markdown.small(written))) == squeezed(shown(plain(written)))


@settings(max_examples=100, deadline=None)
@given(words)
@example("a\n#")
@example("a ##")
@example("# #")
def test_a_heading_loses_no_word(written: str) -> None:
    assert squeezed(seen(f"### {markdown.line(written)}")) == squeezed(shown(written))
