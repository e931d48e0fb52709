"""A Bolt app that only acknowledges: what a press costs with nothing done."""

from __future__ import annotations

import asyncio
import re
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main(api_url: str, bot_token: str, app_token: str, early: str) -> None:
    """Acknowledge everything until the process ends."""
    app = AsyncApp(
        client=AsyncWebClient(token=bot_token, base_url=api_url),
        process_before_response=early == "before",
    )

    @app.action(re.compile(r".+"))
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    client = AsyncWebClient(token=app_token, base_url=api_url)
    await AsyncSocketModeHandler(app, app_token, web_client=client).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
