"""All that is kept of a person, as files that they can read and hand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from prompts.card import Attachment, Card, CardPart, Paragraph, Small, plain
from prompts.render import LOCALES, Words
from review.stages import Stage
from review.values import Level
from review.wording import say

SECTIONS = (
    *("person", "accounts", "contacts", "reviews", "goals", "goal_progress", "check_ins"),
    *("evidence", "kept_by_others"),
    *(
        "feedback",
        "feedback_requests",
        "praise",
        "interviews",
        "talks",
        "appeals",
        "actions",
        "action_words",
        "pairings",
        "pairings_met",
        "one_on_ones",
        "one_on_one_notes",
        "rhythms",
        "drafts",
        "askings",
        "calibration_moves",
    ),
    *("cascade", "delegations", "waits_until", "hold", "messages", "seals", "audit"),
)
"""What people look for first comes first; a section that has no name here comes after."""
LABELS = (
    *("employee_id", "name", "email", "title", "role", "department", "manager_id", "hrbp_id"),
    *("track", "hired_on", "left_on", "leave_from", "leave_to", "work_week", "time_zone"),
    *("locale", "platform", "account_id", "cycle", "stage", "excluded_reason", "self_part"),
    *("self_at", "manager_part", "rated_at", "rated_by", "scores", "comments", "levels", "cases"),
    *("comment", "rating", "reason", "surprise", "surprise_reason", "sign_offs", "by", "at"),
    *("decision", "sheet", "rows", "weight", "measure", "target", "unit", "standards", "doing"),
    *("actuals", "suggested", "total", "values", "giver", "receiver", "kind", "about", "said"),
    *("behaviour", "effect", "expectation", "answer", "owner", "text", "due", "going", "words"),
    *("outlook", "good", "improve", "judged", "expected", "actions", "part", "filed_at"),
    *("decider", "decided_at", "moved", "why", "event", "actor", "sent_at", "form", "marks"),
    *("stand_in", "first_day", "last_day", "starts_at", "held_at", "message", "author", "link"),
    *("note", "proposed", "wants_talk", "agreed_at", "keeper", "kept_at", "value", "level"),
    *("mentor", "began_at", "closed_at", "mentor_word", "owner_word", "met"),
    *("goals", "since", "was", "now", "because", "state", "means", "period", "set_by"),
    *("topics", "notes", "person", "manager", "weeks", "paused_until", "settled_at"),
    *("week", "answered_at", "asker", "asked", "declined_at"),
    *("taken_at", "value_name"),
)
"""Names of things that have words in both languages; any other is shown as the file has it."""
UNSEEN = frozenset(
    {
        *("id", "revision", "version", "fence", "once", "ts", "channel", "trace", "seq", "step"),
        *("priority", "attempts", "lease_until", "again", "subject", "sequence", "number", "place"),
        *("digest", "head", "seen", "intent_at", "surface", "order", "previous", "thread_of"),
        *("together", "stands_on", "turn", "reads", "aside", "touched_at"),
    }
)
"""What only a program asks for: it stands in the other file."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
INDENT = "  "
FILES = {"my_data.txt": "my_data.readable", "my_data.json": "my_data.whole"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFacts:
    """What there is."""

    name: str
    on: date
    zone: str
    """Whose time is shown."""
    data: Mapping[str, Any]
    """As JSON has it."""
    known: Mapping[str, str]
    """Names of people by their id."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Names of goals and values by their id or key."""
    late: tuple[str, ...] = ()
    """Reviews of which a part is only told in the interview."""
    admins: tuple[str, ...] = ()
    """Whom to ask."""


def card(facts: DataFacts, as_json: str, words: Words) -> Card:
    """The message: a file to read, and the same for a program."""
    text = words("my_data.here", on=words.day(facts.on))
    contents = {"my_data.txt": readable(facts, words), "my_data.json": as_json}
    parts: list[CardPart] = [Paragraph(text)]
    parts += [Attachment(name, contents[name], words.plain(key)) for name, key in FILES.items()]
    if facts.late:
        parts.append(Small(words("my_data.late", cycles=facts.late)))
    parts.append(Small(words("my_data.no_file", admins=facts.admins)))
    return Card(plain(text), tuple(parts))


def readable(facts: DataFacts, words: Words) -> str:
    """All of it as lines of text; what is empty is left out."""
    day, reader = words.day(facts.on), _Reader(facts, words)
    lines = [words.plain("my_data.title", name=facts.name, on=f"{day} {facts.on.year}"), ""]
    names = [name for name in SECTIONS if name in facts.data]
    names += [name for name in facts.data if name not in {*SECTIONS, "not_told_yet"}]
    for name in names:
        found = facts.data[name]
        if not _empty(found):
            title = words.plain(f"my_data.{name}") if name in SECTIONS else name
            lines += [f"== {title} ==", *reader.section(name, found), ""]
    if facts.late:
        lines.append(words.plain("my_data.late", cycles=facts.late))
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Values as lines."""

    facts: DataFacts
    words: Words

    def section(self, name: str, found: Any) -> Iterator[str]:
        """What happened and what was sent in a line each, all else as it is."""
        if name == "messages":
            for one in found:
                at = self._short("at", one["sent_at"] or one["due"])
                kind = self.words.plain("deliveries.kind_" + one["kind"])
                yield f"- {at} {kind}"
        elif name == "audit":
            for one in found:
                by = f" ({self._short('by', one['actor'])})" if one["actor"] else ""
                yield f"- {self._short('at', one['at'])} {one['event']}{by}"
        else:
            yield from self._lines(found, "")

    def _lines(self, value: Any, indent: str) -> Iterator[str]:
        if isinstance(value, Mapping):
            for key, one in value.items():
                if key in UNSEEN or _empty(one):
                    continue
                if _is_short(one):
                    yield f"{indent}{self._label(key)}: {self._short(key, one)}"
                else:
                    yield f"{indent}{self._label(key)}:"
                    yield from self._lines(one, indent + INDENT)
        elif _is_short(value):
            yield f"{indent}{self._short('', value)}"
        else:
            for one in value:
                yield from self._item(one, indent)

    def _item(self, one: Any, indent: str) -> Iterator[str]:
        if _is_short(one):
            yield f"{indent}- {self._short('', one)}"
        elif not _empty(one):
            yield f"{indent}-"
            yield from self._lines(one, indent + INDENT)

    def _label(self, key: str) -> str:
        if key in LABELS:
            return self.words.plain(f"my_data.f_{key}")
        return self.facts.titles.get(key.removeprefix("value:"), key)

    def _short(self, key: str, value: Any) -> str:
        """A single value, as people say it."""
        match value:
            case Mapping():
                return say(value, self.words.locale)
            case list():
                return " · ".join(self._short(key, one) for one in value if one is not None)
            case bool():
                return self.words.plain("my_data.yes" if value else "my_data.no")
            case _:
                return self._said(key, str(value))

    def _said(self, key: str, text: str) -> str:
        if MOMENT.fullmatch(text):
            at = datetime.fromisoformat(text).astimezone(ZoneInfo(self.facts.zone))
            return f"{at:%Y-%m-%d %H:%M}"
        if key == "stage" and text in set(Stage):
            return self.words.plain(f"stages.{text}")
        if text in self.facts.known:
            return f"{self.facts.known[text]} ({text})"
        return self.facts.titles.get(text, text)


def _is_short(value: Any) -> bool:
    """Whether it goes on one line: one text, in one language or several, a ladder, some days."""
    if isinstance(value, list):
        return bool(value) and all(one is None or _is_mark(one) for one in value)
    return not isinstance(value, Mapping) or (bool(value) and set(value) <= {"", *LOCALES})


def _is_mark(value: Any) -> bool:
    """A number, or the answer to a ladder's level."""
    return isinstance(value, int) or (isinstance(value, str) and value in set(Level))


def _empty(value: Any) -> bool:
    """Whether nothing is said by it: a *no* says something."""
    if isinstance(value, Mapping):
        return all(map(_empty, value.values()))
    if isinstance(value, list):
        return all(map(_empty, value))
    return value is None or value == "" or (value == 0 and value is not False)
