"""What the page in the browser draws: people, conversations, messages and cards as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sandbox.dingtalk import forms
from sandbox.dingtalk.buttons import buttons_of, note_buttons
from sandbox.dingtalk.model import Card, Conversation, Json, Member, Message, said_by
from sandbox.errors import PersonError

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation


def person_json(organisation: Organisation, member: Member) -> Json:
    """Somebody to act as; `waiting` counts what they have not read."""
    mine = [one for one in organisation.conversations.values() if member.userid in one.members]
    return {
        "id": member.userid,
        "name": member.name,
        "real_name": member.name,
        "title": member.title,
        "locale": member.locale,
        "tz": member.tz,
        "waiting": sum(unread(one, member.userid) for one in mine),
    }


def conversation_json(conversation: Conversation, user: str) -> Json:
    """A row of the list of conversations, with the newest words in it."""
    last = conversation.messages[-1] if conversation.messages else None
    return {
        "id": conversation.id,
        "name": conversation.title,
        "kind": "group" if conversation.group else "dm",
        "members": len(conversation.members),
        "robot": conversation.robot,
        "unread": unread(conversation, user),
        "last": None if last is None else {"ts": _ts(last), "text": _excerpt(last, user)},
    }


def unread(conversation: Conversation, user: str) -> int:
    """Return how many messages of others came after what they saw last."""
    seen = conversation.read.get(user, "")
    return sum(one.id > seen and one.sender != user for one in conversation.messages)


def message_json(organisation: Organisation, message: Message, user: str) -> Json:
    """A message as that person sees it."""
    member = organisation.members.get(message.sender)
    param = message.param
    picture, file = str(param.get("photoURL") or ""), str(param.get("mediaId") or "")
    words = ("text", "content", "recognition", "fileName")
    return {
        "id": message.id,
        "ts": _ts(message),
        "user": message.sender,
        "username": member.name if member else organisation.app.name,
        "robot": member is None,
        "kind": message.key,
        "recalled": message.recalled,
        "title": str(param.get("title") or ""),
        "text": next((str(param[one]) for one in words if param.get(one)), ""),
        "picture": address(organisation, picture) if picture else "",
        "file": address(organisation, file) if file else "",
        "name": str(param.get("fileName") or ""),
        "buttons": [
            {"title": title, "url": url, "says": said_by(url)} for title, url in message.buttons
        ],
        "card": card_json(organisation, message.card, user) if message.card else None,
    }


def card_json(organisation: Organisation, card: Card, user: str) -> Json:
    """A card with that person's own values; each button with its place among all of them."""
    values, template = card.values(user), card.template
    picture = values.get(template.picture, "")
    try:
        fields: list[Json] | None = forms.fields_of(card, user)
    except PersonError:
        fields = None
    labels = [
        {"label": one.label, "at": at, "color": one.color}
        for at, one in enumerate(buttons_of(card, user))
    ]
    below = len(labels) - len(note_buttons(card, user))
    return {
        "id": card.out_track_id,
        "title": values.get(template.title, ""),
        "picture": address(organisation, picture) if picture else "",
        "texts": template.says(values),
        "fields": fields,
        "submit": values.get(template.submit_text, ""),
        "buttons": labels[:below],
        "notes": [values[one] for one in template.notes if values.get(one)],
        "note_buttons": labels[below:],
    }


def entry_json(organisation: Organisation, user: str) -> list[Json]:
    """Their calendar and to-do list."""
    return [
        {"id": one.id, "kind": one.kind, "body": one.body}
        for one in organisation.entries
        if one.userid == user
    ]


def address(organisation: Organisation, media: str) -> str:
    """Return where the page gets a picture: an upload by its media id, or its own address."""
    return f"/ui/media/{quote(media, safe='')}" if media in organisation.media else media


def _ts(message: Message) -> float:
    return message.at.timestamp() if message.at else 0


def _excerpt(message: Message, user: str) -> str:
    if message.card is not None:
        values = message.card.values(user)
        return values.get(message.card.template.title, "")
    param = message.param
    said = ("title", "content", "recognition", "fileName")
    return next((str(param[one]) for one in said if param.get(one)), "")
