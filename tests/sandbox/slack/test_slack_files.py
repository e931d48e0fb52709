"""Uploading files, waiting until Slack knows their type, showing them."""

from __future__ import annotations

import aiohttp
from slack_rig import bot_client, refusal

from sandbox.slack import ManualClock, Workspace

PICTURE = b"\x89PNG picture"


async def test_upload_into_a_thread_can_be_downloaded() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    hr = workspace.add_channel("hr", members=[ana])
    async with bot_client(workspace) as (_, client):
        board = await client.chat_postMessage(channel=hr.id, text="board")
        await client.files_upload_v2(
            filename="board.png", content=PICTURE, channel=hr.id, thread_ts=board["ts"]
        )
        shared = ana.messages("#hr")[-1]
        url = f"{workspace.base_url}/files/{shared.files[0].id}"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            content, kind = await response.read(), response.content_type
    assert (shared.thread_ts, shared.files[0].name) == (board["ts"], "board.png")
    assert (content, kind) == (PICTURE, "image/png")


async def test_file_has_its_type_and_can_be_shown_only_after_a_while() -> None:
    clock = ManualClock()
    workspace = Workspace(clock=clock, file_delay=2.0)
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        done = await client.files_upload_v2(filename="board.png", content=PICTURE)
        file_id = done["files"][0]["id"]
        block = {"type": "image", "alt_text": "board", "slack_file": {"id": file_id}}
        fresh = (await client.files_info(file=file_id))["file"]["mimetype"]
        early = client.chat_postMessage(channel=ana.id, text="x", blocks=[block])
        refused = await refusal(early)
        clock.advance(2)
        ready = (await client.files_info(file=file_id))["file"]["mimetype"]
        await client.chat_postMessage(channel=ana.id, text="x", blocks=[block])
    assert (fresh, refused, ready) == ("", "invalid_blocks", "image/png")
    assert len(ana.dms()) == 1


async def test_complete_refuses_files_that_never_came_and_channels_that_are_not() -> None:
    workspace = Workspace()
    async with bot_client(workspace) as (_, client):
        announced = await client.files_getUploadURLExternal(filename="a.png", length=3)
        never = client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
        codes = [await refusal(never)]
        async with aiohttp.ClientSession() as session:
            short = await session.post(announced["upload_url"], data=b"12")
            whole = await session.post(announced["upload_url"], data=b"123")
        files: list[dict[str, str | None]] = [{"id": announced["file_id"]}]
        nowhere = client.files_completeUploadExternal(files=files, channel_id="C404")
        codes.append(await refusal(nowhere))
        codes.append(await refusal(client.files_getUploadURLExternal(filename="a", length=0)))
    assert (short.status, whole.status) == (400, 200)
    assert codes == ["file_not_found", "channel_not_found", "invalid_arguments"]
