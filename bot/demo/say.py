"""The demo's own words, for a page that speaks both languages."""

from __future__ import annotations

from collections.abc import Mapping

from prompts.render import Words

LANGUAGES = {"zh": "zh-CN", "en": "en"}


def both(key: str, **facts: object) -> Mapping[str, str]:
    """The same words in both languages."""
    return {language: Words(locale).plain(key, **facts) for language, locale in LANGUAGES.items()}
