"""A card's form: its fields, and what the client makes of a person's answers.

Source: slug form-variables. How a choice is sent ({"index", "value"}) and a text is documented; for
several choices, numbers and switches the shape here is the likely one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.dingtalk.model import Card, Json
from sandbox.errors import PersonError, UnfilledError

_DATES: Final = {
    "DATE": re.compile(r"\d{4}-\d\d-\d\d"),
    "TIME": re.compile(r"\d\d:\d\d"),
    "DATETIME": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"),
}


def fields_of(card: Card, user: str) -> list[Json]:
    """Return the fields of the form that this person sees on the card.

    Raises: PersonError when there is none that can be filled.
    """
    values = card.values(user)
    try:
        fields = json.loads(values[card.template.form])["fields"]
        names = [(one["name"], one["type"]) for one in fields]
    except (KeyError, ValueError, TypeError):
        raise PersonError("no form on that card") from None
    if not fields or values.get(card.template.status) == "disabled":
        raise PersonError("the form is closed")
    if wrong := [kind for _, kind in names if str(kind) not in _TAKES]:
        raise PersonError(f"the client knows no such field: {wrong}")
    return list(fields)


def filled(fields: list[Json], answers: Mapping[str, Any]) -> Json:
    """Return what the client sends for these answers, which are by a field's name or label.

    Raises: PersonError, UnfilledError.
    """
    known = {str(one.get(key)) for one in fields for key in ("name", "label")}
    if strange := set(answers) - known:
        raise PersonError(f"no such field: {sorted(strange)}")
    sent: Json = {}
    problems: dict[str, str] = {}
    for one in fields:
        answer = answers.get(
            one["name"], answers.get(str(one.get("label")), one.get("defaultValue"))
        )
        if answer in (None, "", []):
            if one.get("required"):
                problems[one["name"]] = "required"
            continue
        try:
            sent[one["name"]] = _TAKES[one["type"]](one, answer)
        except ValueError as error:
            problems[one["name"]] = str(error)
    if problems:
        raise UnfilledError(problems)
    return sent


def _text(_: Json, answer: Any) -> str:
    return str(answer)


def _number(_: Json, answer: Any) -> float | int:
    number = float(answer)
    return int(number) if number.is_integer() else number


def _switch(_: Json, answer: Any) -> bool:
    if not isinstance(answer, bool):
        raise ValueError(f"on or off, not {answer}")  # noqa: TRY004 - told like every other
    return answer


def _choice(field: Json, answer: Any) -> Json:
    values = [_value(one) for one in field.get("options") or []]
    wanted = answer["value"] if isinstance(answer, dict) else str(answer)
    if wanted not in values:
        raise ValueError(f"no such option: {wanted}")
    return {"index": values.index(wanted), "value": wanted}


def _choices(field: Json, answer: Any) -> Json:
    chosen = [_choice(field, one) for one in answer]
    return {key: [one[key] for one in chosen] for key in ("index", "value")}


def _date(field: Json, answer: Any) -> str:
    if not _DATES[field["type"]].fullmatch(str(answer)):
        raise ValueError(f"no {field['type']}: {answer}")
    return str(answer)


def _texts(_: Json, answer: Any) -> list[str]:
    return [str(one) for one in answer]


def _value(option: Any) -> str:
    return str(option["value"] if isinstance(option, dict) else option)


_TAKES: Final[dict[str, Callable[[Json, Any], Any]]] = {
    "TEXT": _text,
    "TEXT_AREA": _text,
    "NUMBER": _number,
    "SELECT": _choice,
    "MULTI_SELECT": _choices,
    "CHECKBOX": _switch,
    "CHECKBOX_GROUP": _choice,
    "MULTI_CHECKBOX_GROUP": _choices,
    "SWITCH": _switch,
    "DATE": _date,
    "TIME": _date,
    "DATETIME": _date,
    "TEXT_ARRAY": _texts,
}
