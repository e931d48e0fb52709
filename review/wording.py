"""Words that a company keeps in several languages, such as a goal's title."""

from __future__ import annotations

from collections.abc import Mapping

Wording = Mapping[str, str]
"""Locale ("zh-CN", "en") to text. A person's own words stand under the empty locale."""


def own_words(text: str) -> Wording:
    """Words that a person wrote, the same in every language."""
    return {"": text}


def say(wording: Wording, locale: str) -> str:
    """The text in that language, else a person's own words, else any language there is."""
    if locale in wording:
        return wording[locale]
    return wording.get("", next(iter(wording.values()), ""))
