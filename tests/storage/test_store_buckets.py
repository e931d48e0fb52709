from __future__ import annotations

from datetime import timedelta

from storage_samples import NOW, opened

SECOND = timedelta(seconds=1)
CHANNEL = ("slack/C1", 1.0, 1)
METHOD = ("slack/chat.postMessage", 0.5, 3)


async def test_a_bucket_gives_one_call_a_gap(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        reserve = work.buckets.reserve
        assert await reserve([CHANNEL], NOW) is None
        assert await reserve([CHANNEL], NOW + SECOND / 2) == NOW + SECOND
        assert await reserve([CHANNEL], NOW + SECOND) is None
        assert await reserve([CHANNEL], NOW + SECOND) == NOW + 2 * SECOND


async def test_a_bucket_takes_its_burst_at_once_and_fills_again(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        asked = [await work.buckets.reserve([METHOD], NOW) for _ in range(5)]
        assert asked == [None, None, None, NOW + SECOND / 2, NOW + SECOND / 2]
        much_later = NOW + 60 * SECOND
        asked = [await work.buckets.reserve([METHOD], much_later) for _ in range(4)]
        assert asked == [None, None, None, much_later + SECOND / 2]


async def test_a_call_under_no_limit_is_free(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.buckets.reserve([], NOW) is None


async def test_one_full_bucket_leaves_the_others_untouched(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        reserve = work.buckets.reserve
        assert await reserve([("z", 10.0, 1)], NOW) is None
        assert await reserve([("a", 1.0, 1), ("z", 10.0, 1)], NOW) == NOW + 10 * SECOND
        assert await reserve([("a", 1.0, 1)], NOW) is None


async def test_the_last_bucket_to_be_free_says_when(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        reserve = work.buckets.reserve
        assert await reserve([("a", 2.0, 1), ("z", 7.0, 1)], NOW) is None
        assert await reserve([("a", 2.0, 1), ("z", 7.0, 1)], NOW) == NOW + 7 * SECOND


async def test_a_refusal_keeps_what_the_transaction_wrote_before(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.occurrences.set_mark("before", NOW)
            await work.buckets.reserve([CHANNEL], NOW)
            assert await work.buckets.reserve([CHANNEL], NOW) is not None
        async with database.begin(write=False) as work:
            assert await work.occurrences.mark("before") == NOW


async def test_push_back_closes_a_bucket_and_never_opens_it(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        until = NOW + 30 * SECOND
        await work.buckets.push_back(METHOD[0], until)
        await work.buckets.push_back(METHOD[0], NOW + SECOND)
        assert await work.buckets.reserve([METHOD], until - SECOND) == until
        asked = [await work.buckets.reserve([METHOD], until) for _ in range(4)]
        assert asked == [None, None, None, until + SECOND / 2]


async def test_any_number_of_buckets_is_taken_in_two_statements(url: str) -> None:
    limits = [CHANNEL, METHOD, ("a", 1.0, 1), ("b", 1.0, 1)]
    async with opened(url) as database, database.begin() as work:
        await work.buckets.reserve(limits, NOW)
        with database.count_statements() as counted:
            await work.buckets.reserve(limits, NOW + 60 * SECOND)
        assert counted.count == 2


async def test_a_clock_that_is_set_back_stops_no_bucket(url: str) -> None:
    day = 86_400 * SECOND
    async with opened(url) as database, database.begin() as work:
        reserve = work.buckets.reserve
        for _ in range(3):
            assert await reserve([METHOD], NOW + day) is None
        await work.buckets.push_back("slack/quiet", NOW + day)
        assert await reserve([METHOD], NOW) == NOW + SECOND / 2
        assert await reserve([METHOD], NOW + SECOND / 2) is None
        assert await reserve([METHOD], NOW + 60 * SECOND) is None
        assert await reserve([("slack/quiet", 1.0, 1)], NOW) is None
