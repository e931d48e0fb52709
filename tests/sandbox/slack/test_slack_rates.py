"""Rate limits by tier, a channel, and a workspace."""

from __future__ import annotations

from slack_rig import bot_client, refusal

from sandbox.slack import ManualClock, Workspace
from sandbox.slack.rates import Allowance, Rates


def test_wait_names_the_seconds_until_the_next_call_and_takes_all_or_nothing() -> None:
    clock = ManualClock()
    rates = Rates(clock, "slack")
    slow, fast = Allowance(20, 2), Allowance(100, 100)
    taken = [rates.wait({"slow": slow}) for _ in range(3)]
    both = rates.wait({"slow": slow, "fast": fast})
    clock.advance(3)
    later = [rates.wait({"slow": slow}), rates.wait({"slow": slow})]
    assert (taken, both, later) == ([None, None, 3], 3, [None, 3])


def test_wait_never_when_off() -> None:
    rates = Rates(ManualClock(), "off")
    assert [rates.wait({"x": Allowance(1, 1)}) for _ in range(3)] == [None, None, None]


async def test_posting_over_a_message_a_second_is_limited_for_that_channel_only() -> None:
    clock = ManualClock()
    workspace = Workspace(clock=clock, rates="slack")
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    async with bot_client(workspace) as (_, client):
        for number in range(4):
            await client.chat_postMessage(channel=ana.id, text=str(number))
        over = client.chat_postMessage(channel=workspace.dm(ana.id).id, text="over")
        assert await refusal(over) == "ratelimited"
        await client.chat_postMessage(channel=ben.id, text="other")
        clock.advance(1)
        await client.chat_postMessage(channel=ana.id, text="4")
    assert [message.text for message in ana.dms()] == ["0", "1", "2", "3", "4"]
    assert len(ben.dms()) == 1


async def test_methods_have_their_tier() -> None:
    clock = ManualClock()
    workspace = Workspace(clock=clock, rates="slack")
    workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        for _ in range(20):
            await client.users_list(limit=1)
        assert await refusal(client.users_list(limit=1)) == "ratelimited"
        await client.auth_test()
