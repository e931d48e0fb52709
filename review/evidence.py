"""Messages that somebody keeps for a review, and what may be quoted while writing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from review.people import EmployeeId

EvidenceId = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the chat, as it was when it was kept."""

    text: str
    author: str
    """Who wrote it, by name."""
    link: str
    note: str = ""
    """The keeper's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A kept message: its keeper alone sees it, until they quote it in a review."""

    id: EvidenceId
    keeper: EmployeeId
    about: EmployeeId
    """Whose review it is kept for: the keeper's own, or that of somebody they rate."""
    place: str
    """Which message it is, by the platform's own names; kept once by each keeper."""
    sent_at: datetime
    kept_at: datetime
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotable:
    """Something that can be put into a review in one press."""

    id: str
    on: str
    """The day, ISO."""
    source: str
    """Whose words they are."""
    text: str
    note: str = ""
    link: str = ""

    @property
    def quoted(self) -> str:
        """The words with their source and date, as they stand in the review."""
        where = ", ".join(part for part in (self.source, self.on, self.link) if part)
        return f"“{self.text}” ({where})"


def with_quote(written: str, quote: Quotable) -> str:
    """What was written so far with the quote below; a quote that is in it stays there once."""
    if quote.quoted in written:
        return written
    return "\n".join(part for part in (written.rstrip(), quote.quoted) if part)
