"""What Prometheus reads: counters of this process, and figures of the database at each reading.

No label ever names a person, a conversation or a text.
"""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from handlers.ports import Deps, NotSent, Outcome, Removed, Sent, Unknown
from handlers.work import Work
from storage.errors import FaultError

CONTENT_TYPE = CONTENT_TYPE_LATEST
ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Seconds; a platform waits three."""
WAIT = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10)
STATES = ("due", "later", "sending", "parked")


class Metrics:
    """One running program's; told of what happens, and read by `text`."""

    def __init__(self) -> None:
        """Everything begins at nought."""
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = made = CollectorRegistry()
        ProcessCollector(registry=made)
        self._calls = Counter(
            "nosurprise_deliveries",
            "Calls to send or edit a message, by its kind and how they ended: sent, limited "
            "(429), unknown (looked up before it is tried again), not_sent (surely not there).",
            ["kind", "outcome"],
            registry=made,
        )
        self._api = Counter(
            "nosurprise_api_calls",
            "Calls that count against a platform's month, by what they do and how they ended: "
            "done, refused, unknown; turned_away and used_up do not count.",
            ["platform", "kind", "outcome"],
            registry=made,
        )
        self._month = Gauge(
            "nosurprise_month_calls",
            "Calls of this month so far, of all processes, that count against a platform's quota.",
            ["platform", "kind"],
            registry=made,
        )
        self._quota = Gauge(
            "nosurprise_month_calls_quota",
            "Calls that the platform has a month, as it is set.",
            ["platform"],
            registry=made,
        )
        self._ack = Histogram(
            "nosurprise_ack_seconds",
            "From the arrival of what somebody did to its acknowledgement.",
            buckets=ACK,
            registry=made,
        )
        self._wait = Histogram(
            "nosurprise_database_wait_seconds",
            "Until a transaction that writes had its turn.",
            buckets=WAIT,
            registry=made,
        )
        self._limited = Counter(
            "nosurprise_rate_limited",
            "Calls that a platform answered with 429; our own buckets should let none happen.",
            registry=made,
        )
        self._up = Gauge(
            "nosurprise_database_up",
            "1 if the database could be read for this answer.",
            registry=made,
        )
        self._connected = Gauge(
            "nosurprise_connected",
            "1 if what people do on that chat platform can reach the program now.",
            ["platform"],
            registry=made,
        )
        self._waiting = Gauge(
            "nosurprise_outbox_messages",
            "Messages not sent yet: due, later (waits for its time), sending, parked (set aside).",
            ["state"],
            registry=made,
        )
        self._lag = Gauge(
            "nosurprise_outbox_oldest_due_seconds",
            "For how long the oldest message that might be sent now has been due.",
            registry=made,
        )
        self._buckets = Gauge(
            "nosurprise_bucket_taken_seconds",
            "For how long the calls of a method are taken or held back already.",
            ["bucket"],
            registry=made,
        )
        self._reviews = Gauge(
            "nosurprise_reviews",
            "Reviews of the running cycles by stage.",
            ["cycle", "stage"],
            registry=made,
        )

    def delivered(self, kind: str, outcome: Outcome) -> None:
        """One call to a platform came to its end."""
        self._calls.labels(kind, _named(outcome)).inc()
        if _named(outcome) == "limited":
            self._limited.inc()

    def called(self, platform: str, kind: str, outcome: str) -> None:
        """One call that counts against a month's quota came to its end."""
        self._api.labels(platform, kind, outcome).inc()

    def acknowledged(self, seconds: float) -> None:
        """Something that somebody did was answered."""
        self._ack.observe(seconds)

    def waited(self, seconds: float) -> None:
        """A transaction that writes had its turn."""
        self._wait.observe(seconds)

    async def text(self, deps: Deps, *, connected: Mapping[str, bool]) -> bytes:
        """Everything, as Prometheus reads it."""
        for platform, is_so in connected.items():
            self._connected.labels(platform).set(is_so)
        for one in deps.quotas:
            self._quota.labels(one.platform).set(one.calls)
        try:
            await self._read(deps)
        except (FaultError, OSError):
            self._up.set(0)
        else:
            self._up.set(1)
        return generate_latest(self._registry)

    async def _read(self, deps: Deps) -> None:
        now = deps.clock.now()
        async with deps.database.begin(write=False) as tx:
            month = Work(tx=tx, company=deps.company, now=now).today().replace(day=1)
            calls = await tx.calls.of(month)
            waiting = await tx.figures.waiting(now)
            buckets = await tx.figures.buckets(now)
            stages = await tx.figures.stages()
        for state in STATES:
            self._waiting.labels(state).set(getattr(waiting, state))
        late = 0.0 if waiting.oldest is None else (now - waiting.oldest).total_seconds()
        self._lag.set(late)
        self._buckets.clear()
        for name, seconds in buckets.items():
            self._buckets.labels(name).set(seconds)
        self._month.clear()
        for (platform, kind), made in calls.items():
            self._month.labels(platform, kind).set(made)
        self._reviews.clear()
        for (cycle, stage), count in stages.items():
            self._reviews.labels(cycle, stage).set(count)


def _named(outcome: Outcome) -> str:
    match outcome:
        case Sent() | Removed():
            return "sent"
        case Unknown():
            return "unknown"
        case NotSent(retry_after=None):
            return "not_sent"
        case NotSent(reason=reason):
            return "limited" if "limited" in reason else "not_sent"
