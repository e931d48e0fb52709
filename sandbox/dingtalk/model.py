"""What an organisation is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
ROOT: Final = 1
"""The department that every organisation has."""
_LINK: Final = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)")
_ESCAPED: Final = re.compile(r"\\(.)")
SAY: Final = "dtmd://dingtalkclient/sendMessage"
"""A link that makes whoever taps it send a text."""


@dataclass(slots=True)
class Department:
    """A department; its members name it, not the other way round."""

    id: int
    name: str
    parent: int | None


@dataclass(slots=True)
class Member:
    """Somebody in the contacts; `userid` is what calls name them by (staffId)."""

    userid: str
    unionid: str
    name: str
    departments: list[int]
    title: str = ""
    email: str = ""
    job_number: str = ""
    manager: str = ""
    leads: list[int] = field(default_factory=list)
    hired_on: date | None = None
    admin: bool = False
    locale: str = "zh-CN"
    tz: str = "Asia/Shanghai"
    """How their client is set."""
    left: bool = False
    hidden: bool = False
    """Outside the app's visible range."""


@dataclass(frozen=True, slots=True)
class Template:
    """A published card template: which variables its components read.

    From top to bottom: `title`, `picture` (a media id), the Markdown of `texts`, the form, a button
    group, and once more Markdown and a button group. `buttons` hold a list as the builder's button
    group takes it, `form` the form's fields, `status` whether the form is open and `submit_text`
    what its button says; `actions` are buttons that the template itself has, by label.
    """

    id: str
    title: str = "title"
    picture: str = "picture"
    texts: tuple[str, ...] = ()
    form: str = "form"
    status: str = "form_status"
    submit_text: str = "form_submit"
    current: str = ""
    """The parameter that a sent form bears its own fields in; "" where the template has none."""
    buttons: str = "btns"
    notes: tuple[str, ...] = ()
    note_buttons: str = "note_btns"
    submit: str = "submit"
    """The action id that a sent form has."""
    actions: tuple[tuple[str, str], ...] = ()

    def says(self, values: Mapping[str, str]) -> list[str]:
        """Return the texts between title and form; without `texts`, every other variable."""
        own = {self.title, self.picture, self.form, self.status, self.submit_text}
        own |= {self.buttons, self.note_buttons, *self.notes}
        return [values[one] for one in self.texts or values if one not in own and values.get(one)]


@dataclass(slots=True)
class Card:
    """A delivered card; `private` holds each person's own values, which win over `public`."""

    out_track_id: str
    template: Template
    public: dict[str, str]
    private: dict[str, dict[str, str]] = field(default_factory=dict)
    stream: bool = False
    """Whether what people do with it is told over the stream."""
    updates: int = 0

    def values(self, user: str) -> dict[str, str]:
        """Return what that person sees."""
        return self.public | self.private.get(user, {})

    def reads(self, user: str) -> list[str]:
        """Return the Markdown that they see, from the top down."""
        values = self.values(user)
        notes = [values[one] for one in self.template.notes if values.get(one)]
        return self.template.says(values) + notes


@dataclass(slots=True)
class Message:
    """A message in a conversation: a text, one of the robot's message keys, or a card."""

    id: str
    sender: str
    key: str
    param: Json
    card: Card | None = None
    at: datetime | None = None
    """When it came."""
    query_key: str = ""
    """What the call that sent it was answered with; the messages of one call share it."""
    recalled: bool = False
    """It was taken back: nobody can read it any more."""

    def recall(self) -> None:
        """Leave nothing of it to be read."""
        self.key, self.param, self.recalled = "recalled", {}, True

    @property
    def words(self) -> str:
        """All that can be read in a message without a card."""
        shown = ("title", "text", "content")
        return "\n".join(str(self.param[name]) for name in shown if self.param.get(name))

    def links(self, near: str = "", user: str = "") -> list[tuple[str, str]]:
        """Return what can be tapped after those words: titles and addresses.

        The links in the text come first, then an action card's buttons; on a card, those in the
        texts that `user` sees.
        """
        text = str(self.param.get("text", ""))
        if self.card is not None:
            text = "\n\n".join(self.card.reads(user))
        if near not in text:
            return []
        text = text[text.index(near) :]
        listed = [(_ESCAPED.sub(r"\1", title), url) for title, url in _LINK.findall(text)]
        return listed + self.buttons

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """An action card's buttons: titles and addresses."""
        found = [(one["title"], one["actionURL"]) for one in self.param.get("btns", [])]
        if "singleTitle" in self.param:
            found.append((self.param["singleTitle"], self.param["singleURL"]))
        numbered = ((f"actionTitle{one}", f"actionURL{one}") for one in range(1, 6))
        found += [
            (self.param[title], self.param[url]) for title, url in numbered if self.param.get(title)
        ]
        return found


@dataclass(slots=True)
class Conversation:
    """A group, or a person's talk with the robot."""

    id: str
    title: str
    members: list[str]
    group: bool
    robot: bool = True
    messages: list[Message] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    """The newest message that each has seen, by its id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a person's calendar (event) or to-do list (task); `once` knows a repeat."""

    id: str
    kind: str
    userid: str
    once: str
    body: Json


@dataclass(frozen=True, slots=True)
class Session:
    """Where a person's message can be answered by its own address, and how long."""

    conversation: Conversation
    ends: datetime


def said_by(link: str) -> str | None:
    """Return the text that tapping this link sends; None when it opens a page."""
    if not link.startswith(f"{SAY}?"):
        return None
    return parse_qs(urlsplit(link).query).get("content", [""])[0]


def compact(value: Any) -> str:
    """Return JSON the way DingTalk nests it, as a string inside JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
