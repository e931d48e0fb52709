"""Which addresses a training may have, and when a pair is asked whether they met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from review.learning import LINK_LIMIT, asks, is_link, round_of


@pytest.mark.parametrize(
    "text",
    [
        "https://learn.example.com",
        "https://learn.example.com:8443/课程/1?from=2&to=3#part",
        "HTTPS://learn.example.com/",
        "https://learn.example.com/" + "x" * (LINK_LIMIT - 26),
    ],
)
def test_a_link_of_a_training_is_taken(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "learn.example.com",
        "http://learn.example.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///path",
        "https://localhost/",
        "https://[::1/",
        "https://me:secret@learn.example.com/",
        "https://bank.example@evil.example/",
        "https://learn.example.com/ <!channel>",
        "https://learn.example.com/\nx",
        "https://learn.example.com/\u202e",
        "https://learn.example.com/" + "x" * (LINK_LIMIT - 25),
    ],
)
def test_what_is_no_address_that_may_be_shown_is_refused(text: str) -> None:
    assert not is_link(text)


BEGAN = date(2026, 10, 12)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "since", "weeks", "number"),
    [
        (0, 1, 2, None),
        (13, 1, 2, None),
        (14, 1, 2, 1),
        (15, 1, 2, None),
        (17, 4, 2, 1),
        (28, 1, 2, 2),
        (70, 60, 2, 5),
        (7, 1, 1, 1),
        (14, 1, 0, None),
    ],
)
def test_a_pair_is_asked_every_so_many_weeks_and_once(
    days: int, since: int, weeks: int, number: int | None
) -> None:
    today = BEGAN + days * DAY
    assert asks(BEGAN, today - since * DAY, today, weeks) == number


def test_a_round_is_counted_from_the_beginning() -> None:
    counted = [round_of(BEGAN, BEGAN + days * DAY, 2) for days in (-20, 0, 13, 14, 28)]
    assert counted == [0, 0, 0, 1, 2]
    assert round_of(BEGAN, BEGAN + 28 * DAY, 0) == 0
