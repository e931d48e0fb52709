"""An organisation as a file, to be gone on with: contacts, groups, and what was said in them.

Tokens, answers' addresses and connections are not kept: an app asks for them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cattrs.preconf.json import make_converter

from sandbox.dingtalk.model import Conversation, Department, Entry, Member
from sandbox.dingtalk.organisation import Organisation
from sandbox.kept import structured

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept of an organisation."""

    format: int
    now: datetime
    number: int
    departments: list[Department]
    members: list[Member]
    conversations: list[Conversation]
    media: dict[str, bytes]
    entries: list[Entry]


_converter = make_converter(forbid_extra_keys=True)


def save(organisation: Organisation) -> str:
    """Return the organisation as text."""
    kept = Saved(
        FORMAT,
        organisation.clock.now(),
        organisation.number(),
        list(organisation.departments.values()),
        list(organisation.members.values()),
        list(organisation.conversations.values()),
        dict(organisation.media),
        list(organisation.entries),
    )
    return _converter.dumps(kept)


def read(text: str) -> Saved:
    """Return what was saved. Raises UnreadableError."""
    return structured(text, FORMAT, Saved, _converter)


def load(kept: Saved, organisation: Organisation) -> None:
    """Move it into a new organisation, whose clock should stand at `kept.now` or later."""
    organisation.count_from(kept.number + 1)
    organisation.departments = {one.id: one for one in kept.departments}
    organisation.members = {one.userid: one for one in kept.members}
    organisation.conversations = {one.id: one for one in kept.conversations}
    organisation.media = dict(kept.media)
    organisation.entries = list(kept.entries)
    cards = [one.card for talk in kept.conversations for one in talk.messages if one.card]
    organisation.cards = {one.out_track_id: one for one in cards}
