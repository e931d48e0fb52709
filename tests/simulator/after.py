"""What has to be true once all is said, whatever happened before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chat import Message
from history import History
from text_chat import as_text

from handlers import notices
from handlers.events import Missed, Submitted
from handlers.work import Work
from storage.notice import Entry, State
from storage.transaction import Transaction


async def wrongs(history: History) -> list[str]:
    """Everything that is not as it must be."""
    found = list(history.wrong)
    async with history.start.database.begin(write=False) as tx:
        ledger = await tx.outbox.ledger()
        found += _messages(history, ledger)
        found += _notes(history)
        found += _answers(history, ledger)
        found += await _reviews(history, tx)
        found += await _living(history, ledger, tx)
    return found


def _messages(history: History, ledger: tuple[Entry, ...]) -> Iterator[str]:
    """Each delivery stands in the chat once, and nothing else does."""
    times = Counter(one.delivery for one in history.chat.messages)
    for entry in ledger:
        if entry.state is not State.SENT:
            yield f"{entry.kind} for {entry.receiver} is {entry.state} ({entry.reason})"
        if times[entry.id] != 1:
            yield f"{entry.kind} for {entry.receiver} stands there {times[entry.id]} times"
    strays = times.keys() - {entry.id for entry in ledger}
    if strays:
        yield f"{len(strays)} messages that nobody wrote"
    silent = [entry.kind for entry in ledger if entry.kind == "hr_channel"]
    if silent and not any("archived" in line for line in history.chat.log):
        yield "HR was told of a shut channel that was open"


def _notes(history: History) -> Iterator[str]:
    said = Counter(_text(one) for one in history.chat.messages if one.kind == "note")
    for note in history.notes:
        times = said.pop(str(note.facts["text"]), 0)
        if times != 1:
            yield f"{note.once} was said {times} times"
    if said:
        yield f"notes that nobody wrote: {sorted(said)}"


def _answers(history: History, ledger: tuple[Entry, ...]) -> Iterator[str]:
    """Each press counts once, and its repeats are answered as it was."""
    pressed: Counter[str] = Counter()
    for told in history.told:
        if any(answer != told.answers[0] for answer in told.answers):
            yield f"{told.event.identity} was answered differently"
        if isinstance(told.event, Missed):
            pressed[told.event.who.id.removeprefix("T-")] += 1
    counted = Counter(entry.receiver for entry in ledger if entry.kind == "press_again")
    if pressed != counted:
        yield f"pressed {dict(pressed)}, counted {dict(counted)}"


async def _reviews(history: History, tx: Transaction) -> list[str]:
    wrong = []
    sent = {t.event.who.id for t in history.told if isinstance(t.event, Submitted)}
    for who, review_id in history.start.reviews.items():
        review = await tx.reviews.get(review_id)
        assert review is not None
        here = f"T-{who}" in sent
        trail = [one.event for one in await tx.audit.of_all([review_id])]
        times = trail.count("self_review.sent")
        if (review.self_part is not None) != here or times != int(here):
            wrong.append(f"the self-review of {who}: sent {here}, audited {times} times")
    return wrong


async def _living(history: History, ledger: tuple[Entry, ...], tx: Transaction) -> list[str]:
    """Living messages that were painted show what is true now."""
    work = Work(tx=tx, company=history.start.company, now=history.clock.now())
    wrong = []
    for entry in ledger:
        shown = history.chat.find(entry.id)
        if entry.subject is None or shown is None or shown.text == "":
            continue
        delivery = await tx.outbox.get(entry.id)
        assert delivery is not None
        card = await notices.card_of(delivery, work)
        if card is None or as_text(card) != shown.text:
            wrong.append(f"{entry.kind} for {entry.receiver} shows what was")
    return wrong


def _text(message: Message) -> str:
    return message.text.removeprefix("## ")
