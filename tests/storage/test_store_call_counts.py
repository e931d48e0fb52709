"""Calls of a month, as all processes together made them."""

from __future__ import annotations

from datetime import date

from storage_samples import opened

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


async def test_calls_add_up_by_platform_month_and_kind(url: str) -> None:
    async with opened(url) as base:
        for made in ({"message": 3, "group": 1}, {"message": 2}):
            async with base.begin() as tx:
                await tx.calls.add("dingtalk", OCTOBER, made)
        async with base.begin() as tx:
            await tx.calls.add("dingtalk", NOVEMBER, {"message": 7})
            await tx.calls.add("slack", OCTOBER, {"message": 9})
            await tx.calls.add("dingtalk", OCTOBER, {})
        async with base.begin(write=False) as tx:
            assert await tx.calls.used("dingtalk", OCTOBER) == 6
            assert await tx.calls.used("dingtalk", date(2026, 12, 1)) == 0
            assert await tx.calls.of(OCTOBER) == {
                ("dingtalk", "message"): 5,
                ("dingtalk", "group"): 1,
                ("slack", "message"): 9,
            }
