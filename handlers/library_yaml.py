"""The library as YAML that people edit by hand: read with the line of every text, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from handlers.library_cells import ANY_NAME, LANGUAGES, UnreadableLibraryError, clean, texts_of
from review.goals import COLUMNS
from review.library import LOCALES, Library, StartingGoal
from review.library_read import (
    ALL_ROLES,
    ANY,
    Cell,
    Given,
    GivenGoal,
    GivenLadder,
    LibraryFault,
    Place,
    Words,
)
from review.wording import Wording

_SPOKEN: tuple[str, ...] = ("title", "doing", "measure")
_HEAD = """# NoSurprise: ladders of the values, and the goals that a role starts with.
# NoSurprise：价值观阶梯，以及各角色的起始目标。
"""


def read(text: str) -> Given:
    """What is written in it. Raises UnreadableLibraryError, which names every line."""
    import yaml  # the running bot reads no file

    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        fault = LibraryFault(Place(line), "library.no_yaml", {"said": error.problem or ""})
        raise UnreadableLibraryError(fault) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableLibraryError(LibraryFault(Place(1), "library.no_file")) from error
    return _Reader().whole(top)


class _Reader:
    """Walks the nodes and collects what is not as it has to be."""

    def __init__(self) -> None:
        self.faults: list[LibraryFault] = []

    def whole(self, top: Any) -> Given:
        found = self.mapping(top, ("ladders", "roles")) if top is not None else {}
        if not found and not self.faults:
            self.wrong(Place(1), "library.nothing")
        ladders = goals = None
        if "ladders" in found:
            given = self.mapping(found["ladders"][1]).values()
            ladders = tuple(self.ladder(key, node) for key, node in given)
        if "roles" in found:
            roles = self.mapping(found["roles"][1]).values()
            goals = tuple(goal for key, node in roles for goal in self.role(key, node))
        if self.faults:
            raise UnreadableLibraryError(*sorted(self.faults, key=lambda one: one.at.row))
        return Given(ladders, goals)

    def ladder(self, key: Cell, node: Any) -> GivenLadder:
        found = self.mapping(node, ("name", "levels"))
        levels = self.listed(found["levels"][1]) if "levels" in found else ()
        name = self.words(found["name"][1]) if "name" in found else {}
        return GivenLadder(key, name, tuple(self.words(level) for level in levels))

    def role(self, key: Cell, node: Any) -> Iterator[GivenGoal]:
        for goal in self.listed(node):
            known = ("key", "weight", "unit", "target", "title", "doing", "measure", "standards")
            found = self.mapping(goal, known)
            at = _at(goal)
            texts: dict[str, Words] = {
                name: self.words(found[name][1]) for name in _SPOKEN if name in found
            }
            if "standards" in found:
                columns = self.mapping(found["standards"][1], COLUMNS)
                texts |= {name: self.words(node) for name, (_, node) in columns.items()}
            plain = {
                name: self.scalar(found[name][1]) if name in found else Cell("", at)
                for name in ("key", "weight", "unit", "target")
            }
            yield GivenGoal(
                role=key,
                key=plain["key"],
                weight=plain["weight"],
                unit=plain["unit"].text,
                target=plain["target"].text,
                texts=texts,
            )

    def words(self, node: Any) -> Words:
        """A text for every language, or one a language."""
        if node.id != "mapping":
            cell = self.scalar(node)
            return {ANY: cell} if cell.text else {}
        found = self.mapping(node, (*LOCALES, ANY_NAME))
        return {LANGUAGES[name.casefold()]: self.scalar(node) for name, (_, node) in found.items()}

    def mapping(self, node: Any, known: Iterable[str] | None = None) -> dict[str, tuple[Cell, Any]]:
        """Its entries by name; with `known`, others are a fault, and so is a name twice."""
        if node.id != "mapping":
            if not _is_blank(node):
                self.wrong(_at(node), "library.no_mapping")
            return {}
        found: dict[str, tuple[Cell, Any]] = {}
        names = None if known is None else tuple(known)
        for key, value in node.value:
            cell = self.scalar(key)
            if names is not None and cell.text not in names:
                near = get_close_matches(cell.text, names, 1, 0)[0]
                self.wrong(cell.at, "library.unknown", name=cell.text, near=near)
            elif cell.text in found:
                first = found[cell.text][0].at.row
                self.wrong(cell.at, "library.twice", key=cell.text, row=first)
            else:
                found[cell.text] = (cell, value)
        return found

    def listed(self, node: Any) -> tuple[Any, ...]:
        if node.id == "sequence":
            return tuple(node.value)
        if not _is_blank(node):
            self.wrong(_at(node), "library.no_list")
        return ()

    def scalar(self, node: Any) -> Cell:
        if node.id != "scalar":
            self.wrong(_at(node), "library.no_text")
            return Cell("", _at(node))
        return Cell("" if _is_blank(node) else clean(node.value), _at(node))

    def wrong(self, at: Place, key: str, /, **facts: object) -> None:
        self.faults.append(LibraryFault(at, key, facts))


def _at(node: Any) -> Place:
    return Place(node.start_mark.line + 1)


def _is_blank(node: Any) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def write(library: Library) -> str:
    """All of it; read again it makes the same library."""
    import yaml

    roles = {role or ALL_ROLES: [*map(_goal, goals)] for role, goals in library.roles.items()}
    ladders = {
        key: {"name": _words(one.name), "levels": [_words(level) for level in one.levels]}
        for key, one in library.ladders.items()
    }
    whole = {"ladders": ladders, "roles": roles}
    dumped: str = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=1000)
    return _HEAD + dumped


def _goal(goal: StartingGoal) -> Mapping[str, Any]:
    texts = {name: _words(words) for name, words in texts_of(goal).items() if words}
    plain = {"unit": goal.unit, "target": goal.target}
    made: dict[str, Any] = {"key": goal.key, "weight": goal.weight}
    made |= {name: texts[name] for name in _SPOKEN if name in texts}
    made |= {name: text for name, text in plain.items() if text}
    return made | {"standards": {name: texts[name] for name in COLUMNS if name in texts}}


def _words(words: Wording) -> str | dict[str, str]:
    if set(words) == {ANY}:
        return words[ANY]
    return {locale or ANY_NAME: text for locale, text in words.items()}
