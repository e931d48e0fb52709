"""The page for operators names every metric there is, and its alerts ask for no other."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from handlers.ports import Company, Deps, NotSent, Quota, Sent, Unknown
from prompts import library
from review.policy import Policy
from storage import database
from storage.notice import Notice
from storage.seal import Keyring, new_key

PAGE = Path(__file__).parents[2] / "docs" / "operators.md"
NAME = re.compile(r"nosurprise_[a-z_]+")


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 10, 12, 4, tzinfo=UTC)


def deps_of(base: database.Database) -> Deps:
    company = Company(
        policy=Policy(),
        library=library.load(),
        locale="en",
        time_zone="Asia/Shanghai",
        hr_admins=(),
    )
    quotas = (Quota(platform="dingtalk", calls=5000, buckets=frozenset({"x"})),)
    return Deps(database=base, company=company, clock=Noon(), quotas=quotas)


async def _names(folder: Path) -> set[str]:
    base = await database.open(f"sqlite:///{folder / 'x.db'}", Keyring.of(new_key()))
    try:
        text = await Metrics().text(deps_of(base), connected={"slack": True})
    finally:
        await base.close()
    families = text_string_to_metric_families(text.decode())
    return {
        f"{one.name}_total" if one.type == "counter" else one.name
        for one in families
        if one.name.startswith("nosurprise_")
    }


async def test_the_table_names_every_metric_and_the_alerts_no_other(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    there = await _names(tmp_path)
    rows = [line for line in page.splitlines() if line.startswith("| `nosurprise_")]
    assert {name for row in rows for name in NAME.findall(row.split("|")[1])} == there
    (alerts,) = re.findall(r"^```yaml\n(groups:.*?)^```", page, re.MULTILINE | re.DOTALL)
    exprs = re.findall(r"expr: (.*)", alerts)
    asked = {name.removesuffix("_bucket") for expr in exprs for name in NAME.findall(expr)}
    assert len(exprs) == 3
    assert len(asked) == 5
    assert asked <= there


async def test_what_waits_is_told_by_what_it_waits_for_and_how_long(tmp_path: Path) -> None:
    base = await database.open(f"sqlite:///{tmp_path / 'x.db'}", Keyring.of(new_key()))
    noon = Noon().now()
    minutes = {"old": -7, "new": -1, "later": 5, "sending": -9, "parked": -8}
    try:
        async with base.begin() as tx:
            for once, at in minutes.items():
                due = noon + timedelta(minutes=at)
                await tx.outbox.put(Notice(kind="x", receiver="r", once=once, due=due))
            for once in ("sending", "parked"):
                found = await tx.outbox.find(once)
                assert found is not None
                claim = await tx.outbox.claim(found.id, noon, timedelta(minutes=1))
                assert claim is not None
                if once == "parked":
                    await tx.outbox.park(claim.id, claim.fence, "fault")
            await tx.buckets.reserve([("a:method", 30.0, 5), ("a:channel:C1", 9.0, 1)], noon)
        text = (await Metrics().text(deps_of(base), connected={"slack": True})).decode()
    finally:
        await base.close()
    states = dict(re.findall(r'outbox_messages{state="(\w+)"} (\S+)', text))
    assert states == {"due": "2.0", "later": "1.0", "sending": "1.0", "parked": "1.0"}
    assert "nosurprise_outbox_oldest_due_seconds 420.0" in text
    assert dict(re.findall(r'taken_seconds{bucket="(\S+)"} (\S+)', text)) == {"a:method": "30.0"}


async def test_a_call_is_counted_by_how_it_ended(tmp_path: Path) -> None:
    metrics = Metrics()
    for outcome in (
        Sent("C1", "1.0"),
        Unknown("TimeoutError"),
        NotSent("ratelimited", retry_after=3),
        NotSent("ClientConnectorError", retry_after=15),
        NotSent("user_disabled", final=True),
    ):
        metrics.delivered("board", outcome)
    base = await database.open(f"sqlite:///{tmp_path / 'x.db'}", Keyring.of(new_key()))
    try:
        text = (
            await metrics.text(deps_of(base), connected={"slack": False, "dingtalk": True})
        ).decode()
    finally:
        await base.close()
    counted = dict(re.findall(r'deliveries_total{kind="board",outcome="(\w+)"} (\S+)', text))
    assert counted == {"sent": "1.0", "unknown": "1.0", "limited": "1.0", "not_sent": "2.0"}
    assert "nosurprise_rate_limited_total 1.0" in text
    shown = dict(re.findall(r'nosurprise_connected{platform="(\w+)"} (\S+)', text))
    assert shown == {"slack": "0.0", "dingtalk": "1.0"}


async def test_calls_of_the_month_are_told_beside_how_many_there_are(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.called("dingtalk", "message", "done")
    metrics.called("dingtalk", "message", "turned_away")
    base = await database.open(f"sqlite:///{tmp_path / 'x.db'}", Keyring.of(new_key()))
    try:
        async with base.begin() as tx:
            await tx.calls.add("dingtalk", date(2026, 10, 1), {"message": 4000, "group": 2})
            await tx.calls.add("dingtalk", date(2026, 9, 1), {"message": 17})
        text = (await metrics.text(deps_of(base), connected={})).decode()
    finally:
        await base.close()
    assert 'month_calls{kind="message",platform="dingtalk"} 4000.0' in text
    assert 'month_calls{kind="group",platform="dingtalk"} 2.0' in text
    assert 'month_calls_quota{platform="dingtalk"} 5000.0' in text
    found = dict(re.findall(r'api_calls_total{kind="message",outcome="(\w+)".*} (\S+)', text))
    assert found == {"done": "1.0", "turned_away": "1.0"}
