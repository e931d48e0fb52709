"""A quarter of a company on DingTalk: how many calls each month costs, counted one by one."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

from bench.calls_bill import Bill, Client, Clock, Messenger
from bench.calls_life import Hands, Life
from bench.figures import Figure
from bench.processes import answer_of
from bench.statements import account
from bot.config import DingTalkSettings
from bot.platforms.dingtalk import batch, metering
from bot.platforms.dingtalk.client import session
from bot.platforms.dingtalk.send import COUNTED
from bot.tally import Tally
from handlers import roster
from handlers.ports import Company, Deps, Parcel, Quota
from handlers.work import Work
from prompts import library
from prompts.card import Card
from review.policy import Policy
from sandbox.company import hr_admins, people, roster_csv
from storage import database
from storage.notice import State
from storage.seal import Keyring, new_key

PEOPLE, MEASURED, WEEKS, MONTHLY = 500, 50, 13, 5_000
FIRST = date(2026, 10, 5)
"""In the week of China's National Day; the review is of the quarter that just ended."""
DAY = timedelta(days=1)
GROUP, CARDS = "cidHR", "cards"


@asynccontextmanager
async def company(count: int, *, cards: bool) -> AsyncIterator[tuple[Life, Bill]]:
    """The sample company of that size, on DingTalk alone; `cards`: it has the card template.

    Then the month has the share of its calls that so many people are of all: what is done with
    fewer calls than are wanted is what is measured.
    """
    everybody = tuple(people(count, 1))
    clock = Clock(datetime.combine(FIRST, hour(1), UTC))
    bill = Bill(clock)
    settings = DingTalkSettings(
        client_id="a",
        client_secret="b",  # noqa: S106
        robot_code="a",
        api_url="http://127.0.0.1:9/",
        oapi_url="http://127.0.0.1:9/",
        hr_channel=GROUP,
        form_template="ours.schema" if cards else None,
    )
    calls_of_a_month = MONTHLY * count // PEOPLE if cards else 10**9
    with tempfile.TemporaryDirectory(prefix="nosurprise-bench-") as folder:
        opened = await database.open(
            f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}", Keyring.of(new_key())
        )
        async with session() as calls:
            client = Client(settings, calls, bill)
            messenger = Messenger(client, settings.groups)
            deps = Deps(
                database=opened,
                company=Company(
                    policy=Policy(),
                    library=library.load(),
                    locale="zh-CN",
                    time_zone="Asia/Shanghai",
                    hr_admins=hr_admins(everybody),
                    hr_channels=(("dingtalk", GROUP),),
                    planners=tuple(("dingtalk", kind) for kind in settings.entries),
                ),
                clock=clock,
                messengers={"dingtalk": messenger},
                quotas=(
                    Quota(platform=metering.PLATFORM, calls=calls_of_a_month, buckets=COUNTED),
                ),
            )
            client.tally = Tally(deps)
            life = Life(deps, clock, Hands(deps, client, messenger))
            _show(messenger, life)
            async with opened.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=clock.moment)
                found = await roster.check_roster(roster_csv(everybody).encode(), work)
                await roster.import_roster(found, None, work)
                pairs = [(account(one.employee_id), one.employee_id) for one in everybody]
                await tx.people.link_all("dingtalk", pairs)
            try:
                yield life, bill
            finally:
                await opened.close()


def _show(messenger: Messenger, life: Life) -> None:
    """Let people see the day's message that they are sent."""
    draw: Callable[[Card, Parcel], Any] = messenger.draw

    async def seen(card: Card, parcel: Parcel) -> bytes:
        if parcel.ts is None and parcel.kind == "reminder":
            life.shown[parcel.to.removeprefix("U")] = card
        drawn: bytes = await draw(card, parcel)
        return drawn

    messenger.draw = seen  # type: ignore[method-assign]


async def quarter(count: int, weeks: int = WEEKS, *, cards: bool = False) -> Mapping[str, Any]:
    """The quarter: a review of the one before, and goals for it a week later."""
    began = time.perf_counter()
    batch.QUIET = batch.QUIET_IF_URGENT = 0.02
    async with company(count, cards=cards) as (life, bill):
        await life.open_cycle("2026Q3")
        await life.through(FIRST, 1)
        await life.open_cycle("2026Q4")
        await life.through(FIRST + 7 * DAY, weeks - 1)
        async with life.deps.database.begin(write=False) as tx:
            stages: Counter[str] = Counter()
            for cycle in await tx.cycles.running():
                found = await tx.reviews.in_cycle(cycle.id)
                stages.update(f"{cycle.id} {one.stage.name}" for one in found)
            waiting = Counter(
                one.kind for one in await tx.outbox.ledger(states=[State.PENDING]) if not one.ts
            )
    return {
        "months": {month: dict(found.most_common()) for month, found in bill.calls.items()},
        "messages": dict(bill.messages.most_common()),
        "waiting": dict(waiting),
        "refused": dict(bill.refused),
        "stages": dict(stages),
        "seconds": time.perf_counter() - began,
    }


async def figures() -> list[Figure]:
    """Counted for fewer people, and so many times that for all: fewer share a call then."""
    told = await answer_of("bench.calls", str(MEASURED))
    with_cards = await answer_of("bench.calls", str(MEASURED), str(WEEKS), CARDS)
    times = PEOPLE // MEASURED
    chat, cards = (
        {month: sum(calls.values()) * times for month, calls in one["months"].items()}
        for one in (told, with_cards)
    )
    kinds: Counter[str] = Counter()
    for calls in told["months"].values():
        kinds.update(calls)
    most = ", ".join(f"{kind} {number * times:,}" for kind, number in kinds.most_common(8))
    sent = sum(told["messages"].values()) * times
    name = f"DingTalk calls of the fullest month, {PEOPLE} people"
    return [
        Figure(
            name=f"{name}, forms in the chat",
            value=max(chat.values()),
            limit=MONTHLY,
            means=f"{WEEKS} weeks, a review and a goals cycle, in which everybody answers what "
            f"they are asked; counted for {MEASURED} people, times {times}: {_spread(chat)}. "
            f"{sent:,} messages and entries went out in these calls; most were: {most}.",
        ),
        Figure(
            name=f"{name}, with the form template",
            value=max(cards.values()),
            limit=MONTHLY,
            means="The same, with cards while the month is on pace: forms and messages that "
            f"change, edited twice a day at most, of {MONTHLY // times} calls a month for "
            f"{MEASURED} people: {_spread(cards)}.",
        ),
    ]


def _spread(months: Mapping[str, int]) -> str:
    return ", ".join(f"{month} {number:,}" for month, number in sorted(months.items()))


if __name__ == "__main__":
    numbers, with_template = [one for one in sys.argv[1:] if one != CARDS], CARDS in sys.argv
    sys.stdout.write(json.dumps(asyncio.run(quarter(*map(int, numbers), cards=with_template))))
