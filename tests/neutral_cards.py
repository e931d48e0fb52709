"""Any card and any form, with all that people type."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from prompts import card as neutral
from prompts.card import Ask

NASTY = (
    *("<!channel>", "<!here>", "<@U123ABC>", "<#C123|x>", "@here", "#general", "{{ 7*7 }}"),
    *("*bold*", "_it_", "~no~", "`code`", "```", "> quote", "&gt; x", "&amp;", "<b>b</b>", "&"),
    *(":smile:", ":+1::skin-tone-2:", "https://evil.example|x", "mailto:a@b.c", "<https://x|y>"),
    *(
        "\u202eRTL",
        "\u200f",
        "\u200b",
        "👩‍👩‍👧‍👦",
        "🇨🇳",
        "张伟",
        "（王）",
        "\n",
        "\r",
        "\t",
        " ",
        "　",
        "\u2028",
    ),
    *("<!date^1392734382^{date}|x>", "<!subteam^S1>", "*", "_", "x*y", "'", '"', "\\", "#", "…"),
)
LONG = ("&" * 3000, "长" * 3000, "word " * 600, "<" * 2999, "👍" * 1500, "*" * 3000)
spliced = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=8).map("".join)
words = spliced | st.text(max_size=40) | st.sampled_from(LONG)
"""What people type: anything at all, up to the 3,000 characters that an input takes."""
short = spliced | st.text(max_size=200)
keys = st.text(
    st.characters(categories=["L", "N"]) | st.sampled_from(":_-#."), min_size=1, max_size=40
)
spans = st.builds(neutral.Span, words, st.booleans(), st.booleans())
texts = st.lists(spans, max_size=5).map(tuple)
confirms = st.builds(neutral.Confirm, short, short, short, short)
buttons = st.builds(
    neutral.Button,
    keys,
    short,
    st.text(max_size=60),
    st.sampled_from([None, "primary", "danger"]),
    st.none() | confirms,
)
bars = st.lists(
    st.tuples(short, st.floats(0, 100), st.floats(0, 100)).map(
        lambda bar: neutral.Bar(bar[0], bar[1:])
    ),
    max_size=22,
)
charts = st.builds(neutral.Chart, short, st.just(("Now", "Policy")), bars.map(tuple))
said = (
    st.builds(neutral.Heading, words)
    | st.builds(neutral.Paragraph, texts, st.none() | buttons)
    | st.builds(neutral.Small, texts)
    | st.builds(neutral.Quote, words, st.none() | st.integers(1, 4000))
    | st.just(neutral.Rule())
    | st.builds(neutral.Buttons, st.lists(buttons, max_size=30).map(tuple))
)
times = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
dates = st.builds(
    neutral.Appointment,
    uid=keys,
    sequence=st.integers(0, 9),
    title=words,
    begins=times,
    ends=times,
    zone=st.just("Asia/Shanghai"),
    at=times,
    name=st.just("interview.ics"),
    label=short,
    off=st.booleans(),
)
tasks = st.builds(neutral.Task, id=keys, text=words, due=times, done=st.booleans())
files = st.builds(neutral.Attachment, short, words, short) | dates | tasks
pictures = st.builds(neutral.Picture, st.just("{}"), words)
cards = st.builds(
    neutral.Card,
    words,
    st.lists(said | charts | pictures | files, min_size=1, max_size=60).map(tuple),
)


accounts = st.from_regex(r"[UW][A-Z0-9]{8}", fullmatch=True)


@st.composite
def fields(draw: st.DrawFn, key: str) -> neutral.Field:
    """A question with an answer that it can hold, or none."""
    ask = draw(st.sampled_from(Ask))
    options: tuple[neutral.Option, ...] = ()
    held = {
        Ask.TEXT: words,
        Ask.NUMBER: st.integers(-999, 999).map(str),
        Ask.DATE: st.dates(date(1970, 1, 1)).map(str),
        Ask.PERSON: accounts,
        Ask.PEOPLE: st.lists(accounts, min_size=1, max_size=5, unique=True).map(",".join),
    }
    if ask in {Ask.SCORE, Ask.LEVEL, Ask.CHOICE}:
        values = draw(st.lists(keys, min_size=1, max_size=14, unique=True))
        options = tuple(neutral.Option(value, draw(short)) for value in values)
        answer = draw(st.none() | st.sampled_from(values))
    else:
        answer = draw(st.none() | held[ask])
    return neutral.Field(
        key=key,
        ask=ask,
        label=draw(words),
        hint=draw(short),
        placeholder=draw(short),
        options=options,
        value=answer,
        required=draw(st.booleans()),
        redraws=draw(st.booleans()),
        limit=draw(st.integers(1, 9000)),
        version=draw(st.integers(0, 12)),
        problem=draw(st.none() | words),
    )


@st.composite
def forms(draw: st.DrawFn) -> neutral.Form:
    """A form that can be sent."""
    names = draw(st.lists(keys, max_size=8, unique=True))
    parts = [draw(fields(name)) for name in names] + draw(st.lists(said, max_size=20))
    return neutral.Form(
        key=draw(st.from_regex(r"[a-z_]{1,40}", fullmatch=True)),
        subject=draw(short),
        title=draw(short),
        parts=tuple(draw(st.permutations(parts))),
        step=draw(st.integers(0, 40)),
        steps=41,
        submit=draw(short),
        close=draw(short),
        back=draw(st.none() | short),
        keep=draw(st.none() | short),
        base=draw(st.integers(0, 10**6)),
    )
