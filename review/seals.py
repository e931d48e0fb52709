"""What a sign-off saw, sealed: each seal holds the one before, so that nothing changes unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from review.people import EmployeeId
from review.record import Review, ReviewId, SignOff
from review.stages import Move

SALT_BYTES = 16
SEALED_MOVES = (
    Move.RATE,
    Move.MOVE_RATING,
    Move.CALIBRATE,
    Move.GATE_CONFIRM,
    Move.GATE_LIFT,
    Move.AGREE,
    Move.DECIDE_APPEAL,
)
"""Words that are sealed (the scheme: every sign-off; a return is none)."""
VOID = "void"
"""What a link says by which earlier seals stand no longer."""
_SEEN = (
    *("id", "cycle", "track", "employee_id", "sheet", "self_part", "self_at"),
    *("manager_part", "rated_at", "rated_by", "outcome", "surprise", "same_words"),
    "year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a review's chain: a seal, or the word that some stand no longer."""

    review: ReviewId
    number: int
    """From 1 in the review's own chain."""
    cycle: str
    place: int
    """From 1 among all links of the cycle."""
    decision: str
    """The move that was sealed, or "void"."""
    desk: str
    """The desk it was said from; empty for a void."""
    by: EmployeeId | None
    at: datetime
    voids: tuple[int, ...] = ()
    """Numbers of the seals that stand no longer."""
    seen: str = ""
    """Salted digest of what was seen; empty for a void."""
    digest: str = ""
    """Of all of that, and of the review's link before."""
    head: str = ""
    """The cycle's chain up to and with this link."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold."""

    why: str
    """Names its words: audit.<why>."""
    review: ReviewId
    number: int
    desk: str = ""
    by: EmployeeId | None = None


def as_seen(review: Review, word: SignOff) -> dict[str, Any]:
    """All that somebody saw when they said that word, as JSON knows it.

    Every text and number of both hands, and the words that stood with it up to and with theirs.
    What is empty is left out, so that a field that a later version adds changes nothing.
    """
    seen = {name: _plain(getattr(review, name)) for name in _SEEN}
    words = review.sign_offs[: review.sign_offs.index(word) + 1]
    standing = [_plain(one) for one in words if one.decision in SEALED_MOVES]
    return _full(seen) | {"words": standing}


def seen_digest(seen: Mapping[str, Any], salt: bytes) -> str:
    """The salted digest of what was seen."""
    return sha256(salt + _canonical(seen)).hexdigest()


def digest_of(link: Link, before: str) -> str:
    """The link's digest: of who said what and when, of what was seen, and of the link before."""
    said = _plain(replace(link, digest="", head=""))
    return sha256(_canonical({"before": before, "link": said})).hexdigest()


def head_of(link: Link, before: str) -> str:
    """The head of the cycle's chain after that link."""
    return sha256(f"{before}\n{link.place}\n{link.digest}".encode()).hexdigest()


def closed(link: Link, *, before: str, head: str) -> Link:
    """The link with its digest, and with the cycle's head after it."""
    made = replace(link, digest=digest_of(link, before))
    return replace(made, head=head_of(made, head))


def standing(links: Iterable[Link]) -> tuple[Link, ...]:
    """The seals of one review that no later link voids, the oldest first."""
    kept = list(links)
    gone = {number for link in kept for number in link.voids}
    return tuple(one for one in kept if one.decision != VOID and one.number not in gone)


def word_of(link: Link, review: Review) -> SignOff | None:
    """The word that a seal was set on, if it is still there."""
    for word in review.sign_offs:
        said = (word.decision, word.role, word.by, _plain(word.at))
        if said == (link.decision, link.desk, link.by, _plain(link.at)):
            return word
    return None


def cycle_broken(links: Sequence[Link]) -> Broken | None:
    """The first link of a cycle, by place, that is missing, moved, or out of the chain of heads."""
    head = ""
    for place, link in enumerate(links, start=1):
        if link.place != place:
            return Broken("missing", link.review, link.number, link.desk, link.by)
        if link.head != head_of(link, head):
            return Broken("head", link.review, link.number, link.desk, link.by)
        head = link.head
    return None


def review_broken(
    links: Sequence[Link], review: Review, salt: bytes | None, audited: Iterable[str] = ()
) -> Broken | None:
    """The first link of a review, by number, that does not hold.

    `salt` None: it was erased, and only who signed in which order can still be looked at.
    `audited`: digests that the audit trail remembers, which all have to be there.
    """
    before = ""
    for number, link in enumerate(links, start=1):
        if link.number != number:
            return Broken("missing", review.id, number)
        if link.digest != digest_of(link, before):
            return Broken("link", review.id, number, link.desk, link.by)
        before = link.digest
    if set(audited) - {link.digest for link in links}:
        return Broken("missing", review.id, len(links) + 1)
    return None if salt is None else _changed(links, review, salt)


def _changed(links: Sequence[Link], review: Review, salt: bytes) -> Broken | None:
    """The first seal that stands and saw something else, or the first word without a seal."""
    said = set()
    for link in standing(links):
        word = word_of(link, review)
        if word is None:
            return Broken("word_gone", review.id, link.number, link.desk, link.by)
        if link.seen != seen_digest(as_seen(review, word), salt):
            return Broken("changed", review.id, link.number, link.desk, link.by)
        said.add(word)
    for word in review.sign_offs:
        if word.decision in SEALED_MOVES and word not in said and not _lifted(word, review):
            return Broken("unsealed", review.id, len(links) + 1, word.role, word.by)
    return None


def _lifted(word: SignOff, review: Review) -> bool:
    """A lift is kept while the gate is lifted; what followed it has sealed it anew."""
    after = review.sign_offs[review.sign_offs.index(word) + 1 :]
    return word.decision == Move.GATE_LIFT and any(w.decision == Move.RATE for w in after)


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return _full({one.name: _plain(getattr(value, one.name)) for one in fields(value)})
    return _single(value)


def _single(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)  # a fraction, exact


def _full(made: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in made.items() if one not in (None, "", [], {})}
