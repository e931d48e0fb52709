"""All that is kept of a person, as files that they can read and hand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prompts.card import Attachment, Card, CardPart, Paragraph, Small, plain
from prompts.render import LOCALES, Words
from review.wording import say

SECTIONS = (
    *("person", "accounts", "reviews", "goals", "goal_progress", "evidence", "kept_by_others"),
    *("feedback", "interviews", "talks", "appeals", "actions", "drafts", "calibration_moves"),
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
    *("goals", "since", "was", "now", "because", "state", "means", "period", "set_by"),
)
"""Names of things that have words in both languages; any other is shown as the file has it."""
INDENT = "  "
FILES = {"my_data.txt": "my_data.readable", "my_data.json": "my_data.whole"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFacts:
    """What there is."""

    name: str
    on: date
    data: Mapping[str, Any]
    """As JSON has it."""
    known: Mapping[str, str]
    """Names of people by their id."""
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
    day = words.day(facts.on)
    lines = [words.plain("my_data.title", name=facts.name, on=f"{day} {facts.on.year}"), ""]
    names = [name for name in SECTIONS if name in facts.data]
    names += [name for name in facts.data if name not in {*SECTIONS, "not_told_yet"}]
    for name in names:
        found = facts.data[name]
        if not _empty(found):
            title = words.plain(f"my_data.{name}") if name in SECTIONS else name
            lines += [f"== {title} ==", *_lines(found, "", facts.known, words), ""]
    if facts.late:
        lines.append(words.plain("my_data.late", cycles=facts.late))
    return "\n".join(lines) + "\n"


def _lines(value: Any, indent: str, known: Mapping[str, str], words: Words) -> Iterator[str]:
    """A value on its own lines."""
    if isinstance(value, Mapping) and not _is_wording(value):
        for key, one in value.items():
            if _empty(one):
                continue
            label = words.plain(f"my_data.f_{key}") if key in LABELS else str(key)
            if _is_short(one):
                yield f"{indent}{label}: {_short(one, known, words)}"
            else:
                yield f"{indent}{label}:"
                yield from _lines(one, indent + INDENT, known, words)
    elif isinstance(value, list):
        for one in value:
            if _is_short(one):
                yield f"{indent}- {_short(one, known, words)}"
            elif not _empty(one):
                yield f"{indent}-"
                yield from _lines(one, indent + INDENT, known, words)
    else:
        yield f"{indent}{_short(value, known, words)}"


def _is_short(value: Any) -> bool:
    return not isinstance(value, Mapping | list) or (
        isinstance(value, Mapping) and _is_wording(value)
    )


def _short(value: Any, known: Mapping[str, str], words: Words) -> str:
    if isinstance(value, Mapping):
        return say(value, words.locale)
    if isinstance(value, bool):
        return words.plain("my_data.yes" if value else "my_data.no")
    return f"{known[value]} ({value})" if value in known else str(value)


def _is_wording(value: Mapping[str, Any]) -> bool:
    """Whether it is one text in several languages."""
    return bool(value) and set(value) <= {"", *LOCALES}


def _empty(value: Any) -> bool:
    """Whether nothing is said by it: a *no* says something."""
    if isinstance(value, Mapping):
        return all(map(_empty, value.values()))
    if isinstance(value, list):
        return all(map(_empty, value))
    return value is None or value == "" or (value == 0 and value is not False)
