"""What was sent to whom, what could not be sent, and why: never what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Small, plain
from prompts.render import Words

HR_CHANNEL, PRAISE_CHANNEL = "#hr", "#praise"
"""Stand for the company's channels where else an employee's id stands."""
CHANNELS = {HR_CHANNEL: "hr_channel", PRAISE_CHANNEL: "praise_channel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One message, without its text."""

    id: str
    to: str
    """An employee's id, or one of CHANNELS."""
    name: str
    """The receiver's name; "" for a channel."""
    kind: str
    state: str
    since: datetime
    """When it was first due, where the company is."""
    sent_at: datetime | None
    """When it last got there, where the company is."""
    attempts: int
    """Tries since then."""
    reason: str | None
    """Why it waits, is parked or was dropped, in the sender's own word."""


WHY: Mapping[str, str] = {
    "no account on a connected platform": "no_account",
    "channel_not_found": "gone",
    "user_not_found": "gone",
    "user_disabled": "gone",
    "user_not_in_channel": "gone",
    "not_in_channel": "not_in",
    "is_archived": "archived",
    "is_inactive": "archived",
    "messages_tab_disabled": "forbidden",
    "cannot_dm_bot": "forbidden",
    "restricted_action": "forbidden",
    "msg_too_long": "too_long",
    "msg_blocks_too_long": "too_long",
    "invalid_staff": "not_seen",
    "flow_controlled": "limited",
    "no_history": "no_history",
    "ratelimited": "asked_to_wait",
    "rate_limited": "asked_to_wait",
    "message_limit_exceeded": "asked_to_wait",
    "missing_scope": "token",
    "invalid_auth": "token",
    "token_revoked": "token",
    "account_inactive": "token",
    "not_recalled": "not_recalled",
    "ClientConnectorError": "away",
    "TimeoutError": "away",
    "fault": "fault",
    "unknown": "unknown",
    "nothing to say": "nothing_to_say",
    "by_hand": "by_hand",
}
"""The sender's words to ours; any other is told as it is."""
WITHIN: Mapping[str, str] = {
    "ApiCountLimit": "used_up",
    "90020": "used_up",
    "QpsLimit": "asked_to_wait",
    "AccessTokenPermissionDenied": "token",
    "invalidClientIdOrSecret": "token",
}
"""Words of DingTalk's within a longer one."""
UNREAD = "look-back: "
MOST = 10
"""Lines on a card; the command has them all (ours)."""


def why(reason: str | None, words: Words) -> str:
    """Why it did not get there, and what to do, as people say it."""
    if reason is None:
        return ""
    if reason.startswith(UNREAD):
        return words.plain("deliveries.why_unread", why=why(reason.removeprefix(UNREAD), words))
    key = WHY.get(reason) or next((said for word, said in WITHIN.items() if word in reason), None)
    if key is None:
        return words.plain("deliveries.why_other", word=reason)
    return words.plain(f"deliveries.why_{key}")


def receiver(to: str, name: str, words: Words) -> str:
    """Who it is for: "Ann (N0015)", or a channel."""
    if to in CHANNELS:
        return words.plain(f"deliveries.{CHANNELS[to]}")
    if to.startswith("#"):
        return name  # several people in one conversation
    return words.plain("deliveries.receiver", name=name, employee_id=to)


def kind(line: DeliveryLine, words: Words) -> str:
    """What kind of message it is, as people say it."""
    return words.plain(f"deliveries.kind_{line.kind}")


def said(line: DeliveryLine, words: Words) -> str:
    """The line for a terminal: id, since when, to whom, what, and why."""
    return words.plain(
        "deliveries.line",
        id=line.id[:8],
        since=line.since,
        receiver=receiver(line.to, line.name, words),
        kind=kind(line, words),
        state=words.plain(f"deliveries.state_{line.state}"),
        why=why(line.reason, words),
    )


def which(wanted: str, names: tuple[str, ...], words: Words) -> Card:
    """Nobody fits, or several do."""
    text = words("deliveries.which", wanted=wanted, names=names[:MOST])
    return Card(plain(text), (Paragraph(text),))


def book(to: str, name: str, lines: tuple[DeliveryLine, ...], words: Words) -> Card:
    """One person's latest messages: what kind, and how far each got; the newest first."""
    title = words.plain("deliveries.book", receiver=receiver(to, name, words), count=len(lines))
    parts: list[CardPart] = [Heading(title)]
    for line in tuple(reversed(lines))[:MOST]:
        text = words(
            "deliveries.in_book",
            kind=kind(line, words),
            state=words.plain(f"deliveries.state_{line.state}"),
            at=line.sent_at or line.since,
            why="" if line.state == "sent" else why(line.reason, words),
        )
        parts.append(Paragraph(text))
    return Card(title, tuple(parts))


def card(unsent: tuple[DeliveryLine, ...], never: tuple[str, ...], sent: int, words: Words) -> Card:
    """For HR's admins: what could not be sent, with a button to send it again.

    `never` names those whom nothing ever reached, `sent` counts what got through.
    """
    title = words.plain("deliveries.title")
    parts: list[CardPart] = [Heading(title), Paragraph(words("deliveries.sent", count=sent))]
    if not unsent:
        parts.append(Paragraph(words("deliveries.all_sent")))
        return Card(title, tuple(parts))
    if never:
        more = max(len(never) - MOST, 0)
        parts.append(Paragraph(words("deliveries.never", people=never[:MOST], more=more)))
    again = words.plain("deliveries.again")
    for line in unsent[:MOST]:
        text = words(
            "deliveries.on_card",
            receiver=receiver(line.to, line.name, words),
            kind=kind(line, words),
            since=line.since,
            why=why(line.reason, words),
        )
        parts.append(Paragraph(text, Button("delivery.again", again, line.id)))
    if len(unsent) > MOST:
        parts.append(Small(words("deliveries.more", count=len(unsent) - MOST)))
    everything = words.plain("deliveries.all_again", count=len(unsent))
    parts.append(Buttons((Button("delivery.again", everything, "all"),)))
    return Card(title, tuple(parts))
