"""What Prometheus reads through a small story; and readiness, which tells of a dead connection."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from faults_log import soon
from place import kind_of, place
from place_forms import write_self
from place_http import free_port
from prometheus_client.parser import text_string_to_metric_families

ASKED = "my_review"
CONNECTED = 'nosurprise_connected{platform="slack"}'
Reading = dict[str, float]
"""Sample, with its labels as Prometheus writes them, to its value."""


async def got(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        if path == "/metrics":
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
        return answer.status, await answer.text()


async def read(port: int) -> Reading:
    status, text = await got(port, "/metrics")
    assert status == 200
    found: Reading = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation or family.name.startswith("process_"), family.name
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


async def test_a_small_story_is_told_in_figures_and_nobody_is_named(tmp_path: Path) -> None:
    port = free_port()
    async with place(tmp_path, count=16, http_bind=("127.0.0.1", port)) as here:
        before = await read(port)
        assert before[CONNECTED] == before["nosurprise_database_up"] == 1
        assert before["nosurprise_outbox_oldest_due_seconds"] == 0
        assert before["nosurprise_ack_seconds_count"] == 0
        here.server.faults.rate_limit("chat.postMessage", times=1)
        here.server.faults.error("chat.postMessage", "user_disabled", times=1)
        here.server.faults.lose_reply("chat.postMessage", times=1)
        cycle = await here.open_cycle()
        reached = [one.employee_id for one in here.colleagues if here.dms(one.employee_id, ASKED)]
        await write_self(here, cycle, reached[-1])
        await here.settle()
        after = await read(port)
    sent = {key: value for key, value in after.items() if 'outcome="sent"' in key}
    posts = [kind_of(one) for who in here.who for one in here.dms(who)]
    asked = f'nosurprise_deliveries_total{{kind="{ASKED}",outcome="sent"}}'
    assert after[asked] >= posts.count(ASKED)
    assert sum(sent.values()) >= len(posts)
    by_outcome = {
        name: sum(value for key, value in after.items() if f'outcome="{name}"' in key)
        for name in ("limited", "unknown", "not_sent")
    }
    assert by_outcome == {"limited": 1, "unknown": 1, "not_sent": 1}
    assert after["nosurprise_rate_limited_total"] == 1
    assert after['nosurprise_outbox_messages{state="parked"}'] == 1
    assert after['nosurprise_outbox_messages{state="due"}'] == 0
    assert after["nosurprise_outbox_oldest_due_seconds"] == 0
    assert after["nosurprise_ack_seconds_count"] >= 5
    assert (
        after['nosurprise_ack_seconds_bucket{le="+Inf"}'] == after["nosurprise_ack_seconds_count"]
    )
    assert after["nosurprise_database_wait_seconds_count"] > before.get(
        "nosurprise_database_wait_seconds_count", 0
    )
    assert after['nosurprise_bucket_taken_seconds{bucket="slack:chat.postMessage"}'] >= 0
    assert after[f'nosurprise_reviews{{cycle="{cycle.id}",stage="manager_review"}}'] == 1
    assert after["process_resident_memory_bytes"] > 0
    words = " ".join(after)
    for one in here.colleagues:
        assert one.employee_id not in words
        assert one.name not in words
        assert here.who[one.employee_id].id not in words


async def test_a_dead_connection_is_not_ready_though_the_process_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    soon(monkeypatch, caplog)
    port = free_port()
    async with place(tmp_path, count=12, http_bind=("127.0.0.1", port)) as here:
        assert await got(port, "/readyz") == (200, "ok\n")
        here.server.faults.error("*", "internal_error", times=10_000)
        await here.server.faults.cut_sockets()

        async with asyncio.timeout(30):
            while (await got(port, "/readyz"))[0] == 200:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        status, reason = await got(port, "/readyz")
        assert (status, reason.split(":")[0]) == (503, "chat")
        assert await got(port, "/healthz") == (200, "ok\n")
        assert (await read(port))[CONNECTED] == 0


async def test_a_bot_that_ends_is_not_ready(tmp_path: Path) -> None:
    port = free_port()
    async with place(tmp_path, count=12, http_bind=("127.0.0.1", port)) as here:
        here.deps.stopping.set()
        assert await got(port, "/readyz") == (503, "stopping\n")


async def test_without_a_database_the_rest_is_told_all_the_same(tmp_path: Path) -> None:
    port = free_port()
    async with place(tmp_path, count=12, http_bind=("127.0.0.1", port)) as here:
        assert (await read(port))["nosurprise_database_up"] == 1
        async with here.deps.database.begin() as tx:
            await tx.outbox._connection.exec_driver_sql("ALTER TABLE bucket RENAME TO gone")
        found = await read(port)
        async with here.deps.database.begin() as tx:
            await tx.outbox._connection.exec_driver_sql("ALTER TABLE gone RENAME TO bucket")
        assert found["nosurprise_database_up"] == 0
