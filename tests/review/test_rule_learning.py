"""Which addresses a training may have."""

from __future__ import annotations

import pytest

from review.learning import LINK_LIMIT, is_link


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
