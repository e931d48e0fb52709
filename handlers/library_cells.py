"""What both kinds of library file share: clean texts, and a file that can't be read."""

from __future__ import annotations

from review.library import LOCALES, StartingGoal
from review.library_read import ANY, LibraryFault
from review.wording import Wording

ANY_NAME = "any"
"""How a file names words that stand for every language."""
LANGUAGES = {**{locale.casefold(): locale for locale in LOCALES}, ANY_NAME: ANY}
"""A file's name of a language, in lower case, to its locale."""


class UnreadableLibraryError(Exception):
    """The file is no library; `faults` say where and why."""

    def __init__(self, *faults: LibraryFault) -> None:
        """Keep what is wrong."""
        super().__init__(*(fault.key for fault in faults))
        self.faults = faults


def clean(text: str) -> str:
    """Without the white space around it, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def texts_of(goal: StartingGoal) -> dict[str, Wording]:
    """A goal's texts by the names that a file gives them."""
    return {
        "title": goal.title,
        "doing": goal.doing,
        "measure": goal.measure,
        **goal.standards,
    }
