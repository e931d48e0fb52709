"""Words from templates: prompts/<locale>/<subject>.j2, one block a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from prompts import spacing
from prompts.card import Span, Text, plain

LOCALES = ("zh-CN", "en")
COMMAND = "/review"
"""What stands before a command in the templates; some platforms write it otherwise."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&"))
"""All that autoescaping writes; what stands for others is undone last."""
_TAG = re.compile("<(/?[bi])>")


class _Loader(PackageLoader):
    """Templates that write commands as people do on one platform."""

    def __init__(self, locale: str, command: str) -> None:
        super().__init__("prompts", locale)
        self._command = command

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        source, file, fresh = super().get_source(environment, template)
        return source.replace(COMMAND, self._command), file, fresh


@cache
def _templates(locale: str, command: str) -> Environment:
    return Environment(
        loader=_Loader(locale, command),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=spacing.marked if locale == "zh-CN" else None,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def forget() -> None:
    """Read the templates anew from now on."""
    _templates.cache_clear()


def source_line(name: str, compiled: int) -> int:
    """The line of the template "<locale>/<file>" that a line of its compiled code stands for."""
    locale, file = name.split("/", 1)
    return _templates(locale, COMMAND).get_template(file).get_corresponding_lineno(compiled)


class Words:
    """The texts of one language; a key is "<file>.<block>".

    A template may use <b> and <i>. What people wrote is escaped on its way in, so it can only
    ever be text.
    """

    def __init__(self, locale: str, command: str = COMMAND) -> None:
        """Take "zh-CN" or "en"; anything else is read in English.

        `command`: what people write before a command where they read this.
        """
        self.locale = locale if locale in LOCALES else "en"
        self.command = command

    def __call__(self, key: str, **facts: object) -> Text:
        """The styled text. Raises KeyError (no such key) or UndefinedError (a fact is missing)."""
        subject, block = key.split(".", 1)
        template = _templates(self.locale, self.command).get_template(f"{subject}.j2")
        context = template.new_context({"day": self.day} | facts)
        markup = "".join(template.blocks[block](context))
        if self.locale == "zh-CN":
            markup = spacing.spaced(markup)
        return _spans(markup.strip())

    def day(self, date: date) -> str:
        """A date as people say it: "11月23日（周一）", "Mon 23 Nov"."""
        if self.locale == "zh-CN":
            return f"{date.month}月{date.day}日（周{'一二三四五六日'[date.weekday()]}）"
        return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"

    def month(self, date: date) -> str:
        """A date's month as people say it: "11月", "Nov"."""
        return f"{date.month}月" if self.locale == "zh-CN" else MONTHS[date.month - 1]

    def plain(self, key: str, **facts: object) -> str:
        """The words alone, for labels and titles."""
        return plain(self(key, **facts))


def _spans(markup: str) -> Text:
    """The text run by run; what people wrote is escaped, so there is no tag in it."""
    spans: list[Span] = []
    style = {"b": False, "i": False}
    for index, piece in enumerate(_TAG.split(markup)):
        if index % 2:
            style[piece[-1]] = len(piece) == 1
        elif piece:
            spans.append(Span(_unescaped(piece), style["b"], style["i"]))
    return tuple(spans)


def _unescaped(markup: str) -> str:
    if "&" in markup:
        for escaped, char in ESCAPED:
            markup = markup.replace(escaped, char)
    return markup
