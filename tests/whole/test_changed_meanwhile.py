"""Between a first try and the next the world moves on; each message is still there once.

What Slack may have seen already is sent again as it was; what it surely has not is worded afresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader
from place import Place, place

from prompts import render
from scheduler.deliver import deliver_all
from storage.notice import State

MEMBER = "N0015"
EVERY = 1_000
POST = "chat.postMessage"
NEVER_ARRIVED, REPLY_LOST, REFUSED = "never arrived", "reply lost", "refused"
AFTER_THE_DEADLINE = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
BEFORE = "Your self-review is open."


@contextmanager
def template_with(old: str, new: str) -> Iterator[None]:
    """The English words of the self-review, changed as an update of the program would."""
    environment = render._templates("en", render.COMMAND)
    real = environment.loader
    assert real is not None
    assert environment.cache is not None
    name = "self_review.j2"
    source, _, _ = real.get_source(environment, name)
    assert old in source
    environment.loader = ChoiceLoader([DictLoader({name: source.replace(old, new)}), real])
    environment.cache.clear()
    try:
        yield
    finally:
        environment.loader = real
        environment.cache.clear()


async def _first_try(here: Place, fault: str) -> None:
    """The first call for each message meets that fault; from then on Slack is well."""
    await here.plan_cycle()
    faults = here.server.faults
    if fault == NEVER_ARRIVED:
        faults.drop(POST, times=EVERY)
    elif fault == REPLY_LOST:
        faults.lose_reply(POST, times=EVERY)
    else:
        faults.rate_limit(POST, times=EVERY, retry_after=2)
    while not _tried(here):
        await deliver_all(here.deps)
        here.clock.move(timedelta(seconds=1))
    faults._api.clear()


def _tried(here: Place) -> bool:
    wanted = (POST, here.who[MEMBER].id)
    return wanted in [(method, body.get("channel")) for method, body in here.server.calls]


async def _chinese(here: Place) -> None:
    """The person wants to be spoken to in the other language from now on."""
    async with here.deps.database.begin() as tx:
        person = await tx.people.get(MEMBER)
        assert person is not None
        await tx.people.put_all([replace(person, locale="zh-CN")])


async def _only_message(here: Place) -> str:
    """What stands in the person's chat when all is quiet."""
    await here.settle()
    (message,) = here.dms(MEMBER, "my_review")
    async with here.deps.database.begin(write=False) as tx:
        assert {one.state for one in await tx.outbox.ledger()} == {State.SENT}
    return message.words


@pytest.mark.parametrize("fault", [NEVER_ARRIVED, REPLY_LOST, REFUSED])
async def test_a_language_changed_before_the_retry(tmp_path: Path, fault: str) -> None:
    async with place(tmp_path, count=16, running=False) as here:
        await _first_try(here, fault)
        await _chinese(here)
        shown = await _only_message(here)
        assert (BEFORE in shown, "自评" in shown) == (fault != REFUSED, fault == REFUSED)


@pytest.mark.parametrize("fault", [NEVER_ARRIVED, REPLY_LOST, REFUSED])
async def test_a_template_changed_before_the_retry(tmp_path: Path, fault: str) -> None:
    async with place(tmp_path, count=16, running=False) as here:
        await _first_try(here, fault)
        with template_with(BEFORE, "It is your turn."):
            shown = await _only_message(here)
        assert (BEFORE in shown, "It is your turn." in shown) == (
            fault != REFUSED,
            fault == REFUSED,
        )


@pytest.mark.parametrize("fault", [NEVER_ARRIVED, REPLY_LOST, REFUSED])
async def test_a_stage_changed_before_the_retry_is_what_the_message_shows_in_the_end(
    tmp_path: Path, fault: str
) -> None:
    async with place(tmp_path, count=16, running=False) as here:
        await _first_try(here, fault)
        here.clock.moment = AFTER_THE_DEADLINE
        await here.tick()
        shown = await _only_message(here)
        assert BEFORE not in shown
        assert "has passed" in shown
