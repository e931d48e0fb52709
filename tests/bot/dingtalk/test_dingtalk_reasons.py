"""Why a message did not get there, as HR reads it: never a bare word of DingTalk's."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import NOON, home

from bot.platforms.dingtalk.client import LoginError, RefusedError
from bot.platforms.dingtalk.outcomes import outcome_of, taken
from handlers.ports import NotSent, Outcome, Parcel
from prompts.card import Card
from prompts.render import LOCALES, Words
from prompts.screens import deliveries
from storage.notice import Notice

CODE = "Forbidden.AccessDenied."


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (taken({"invalidStaffIdList": ["ann"]}, "ann", ["ann"]), "outside the app's visible range"),
        (taken({"flowControlledStaffIdList": ["ann"]}, "ann", ["ann"]), "limits how much may be"),
        (outcome_of(RefusedError(f"{CODE}ApiCountLimitForOrg", 403)), "the month's calls"),
        (outcome_of(RefusedError("90020")), "the month's calls"),
        (outcome_of(RefusedError(f"{CODE}QpsLimitForAppkeyAndApi", 403)), "asked us to wait"),
        (outcome_of(RefusedError(f"{CODE}AccessTokenPermissionDenied", 403)), "nosurprise doctor"),
        (outcome_of(LoginError(RefusedError("invalidClientIdOrSecret"))), "nosurprise doctor"),
    ],
)
def test_a_refusal_is_said_in_words(outcome: Outcome, says: str) -> None:
    assert isinstance(outcome, NotSent)
    assert says in deliveries.why(outcome.reason, Words("en"))
    for locale in LOCALES:
        assert outcome.reason not in deliveries.why(outcome.reason, Words(locale))


def test_a_call_of_unknown_end_is_said_in_words() -> None:
    said = deliveries.why("look-back: no_history", Words("en"))
    assert "DingTalk shows a robot no conversation. Look there" in said


async def test_hr_is_told_of_somebody_whom_the_app_does_not_see(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        chat = place.chat
        send = chat.send

        async def to_all_but_one(parcel: Parcel, payload: bytes) -> Outcome:
            if parcel.to == "T-e1":
                return taken({"invalidStaffIdList": ["T-e1"]}, "T-e1", ["T-e1"])
            return await send(parcel, payload)

        chat.send = to_all_but_one  # type: ignore[method-assign]
        async with place.deps.database.begin() as tx:
            for number in (1, 2):
                one = Notice(kind="press_again", receiver="e1", once=f"n{number}", due=NOON)
                await tx.outbox.put(one)
        await place.tick()
        (said,) = chat.cards("T-hr")
        assert _words(said).startswith(
            "A message to Person 1 (e1) could not be sent: DingTalk does"
        )
        assert "visible range" in _words(said)


def _words(card: Card) -> str:
    return card.summary
