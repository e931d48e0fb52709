"""A list of what is wrong with blocks or a view, worded and addressed as Slack does.

Source of the wording: answers quoted in issues, such as java-slack-sdk #302 ("missing required
field: title [json-pointer:/view]"), rtCamp/frappe-slack-connector #54 ("must be less than 76
characters") and adobe/spacecat-api-service #176 ("no more than 25 items allowed").
"""

from __future__ import annotations

from typing import Any

from sandbox.slack.model import Json


class Problems:
    """Collects problems; `where` is a JSON pointer such as /blocks/0/text."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, what: str, where: str) -> None:
        """Note one problem."""
        self.found.append(f"{what} [json-pointer:{where}]")

    def shape(self, thing: Any, where: str, required: str, optional: str = "") -> bool:
        """Check that `thing` is an object with these fields and no others; say if it is usable."""
        if not isinstance(thing, dict):
            self.add("must provide an object", where)
            return False
        needed, allowed = required.split(), {*required.split(), *optional.split()}
        missing = [key for key in needed if thing.get(key) is None]
        for key in missing:
            self.add(f"missing required field: {key}", where)
        for key in thing.keys() - allowed:
            self.add(f"invalid additional property: {key}", where)
        return not missing

    def string(self, thing: Json, key: str, where: str, limit: int, *, least: int = 0) -> None:
        """Check a string field, if it is there, for at most `limit` characters."""
        value = thing.get(key)
        if value is None:
            return
        if not isinstance(value, str):
            self.add("must provide a string", f"{where}/{key}")
        elif len(value) > limit:
            self.add(f"must be less than {limit + 1} characters", f"{where}/{key}")
        elif len(value) < least:
            self.add(f"must be more than {least - 1} characters", f"{where}/{key}")

    def whole(self, thing: Json, key: str, where: str, least: int) -> None:
        """Check a field for a whole number of at least `least`, if it is there."""
        value = thing.get(key, least)
        if not isinstance(value, int) or isinstance(value, bool):
            self.add("must provide an integer", f"{where}/{key}")
        elif value < least:
            self.add(f"must be at least {least}", f"{where}/{key}")

    def items(self, thing: Json, key: str, where: str, most: int, *, least: int = 1) -> list[Any]:
        """Check a list field for `least` to `most` items; return it, or an empty list."""
        value = thing.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.add("must provide an array", f"{where}/{key}")
            return []
        if len(value) > most:
            self.add(f"no more than {most} items allowed", f"{where}/{key}")
        if len(value) < least:
            self.add(f"no fewer than {least} items required", f"{where}/{key}")
        return value

    def flag(self, thing: Json, *keys: str, where: str) -> None:
        """Check that these fields, where present, are true or false."""
        for key in keys:
            if key in thing and not isinstance(thing[key], bool):
                self.add("must provide a boolean", f"{where}/{key}")

    def one_of(self, thing: Json, key: str, where: str, allowed: set[str]) -> None:
        """Check that a field, if present, is one of these words."""
        if key in thing and (not isinstance(thing[key], str) or thing[key] not in allowed):
            self.add(f"unsupported value: {thing[key]}", f"{where}/{key}")


def kind_of(thing: Any) -> str | None:
    """Return the `type` of an object, or None when it has none that makes sense."""
    kind = thing.get("type") if isinstance(thing, dict) else None
    return kind if isinstance(kind, str) else None
