"""The short commands beside a running bot; what needs the database for itself is refused."""

from __future__ import annotations

import asyncio
import json
import re

from commands import Shell
from test_cli_run import running, settings

from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

DATABASE = "data/nosurprise.db"


async def test_every_short_command_works_beside_a_running_bot(shell: Shell) -> None:
    workspace = Workspace("Test")
    for name in ("a", "b", "c"):
        workspace.add_user(name, email=f"{name}@x.test")
    async with SlackServer(workspace) as slack:
        own = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
        given = settings(slack.api_url, **own)
        shell.set(**given)

        async def done(*words: str) -> str:
            said = await asyncio.to_thread(shell, *words)
            lines = [line for line in said.err.splitlines() if " INFO " not in line]
            assert (said.code, lines) == (0, []), (words, said.err)
            return said.out

        async with running(shell.folder, given) as bot:
            assert (await done("import", "r.csv")).startswith("Imported: 3 added")
            assert (await done("cycle", "open", "2026Q3")).startswith("2026Q3 is open")
            assert "0" in await done("cycle", "status", "2026Q3")
            await done("tick", "--now", "2026-10-12T11:00:00+08:00")
            assert len(json.loads(await done("export", "2026Q3"))) == 3
            assert json.loads(await done("person", "export", "a"))["person"]["name"] == "Ann"
            assert json.loads(await done("outbox", "list", "--format", "json")) == []
            reached: set[str] = set()
            while not reached >= {"a", "b", "c"}:  # the bot may have taken some, and sends them
                ledger = json.loads(await done("outbox", "ledger", "--format", "json"))
                reached = {row["to"] for row in ledger if row["state"] == "sent"}
            assert (await done("outbox", "retry", "--all")).startswith("0 messages")
            assert "holds it all: 3 people, 3 reviews" in await done("backup", "b.db")
            line = await asyncio.to_thread(shell.refused, ["restore", "b.db", "--force"])
            assert line.startswith(f"The bot runs on {DATABASE} already ({DATABASE}.lock is held).")
            assert (await done("cycle", "close", "2026Q3")).startswith("2026Q3")
            assert "hold is set" in await done("person", "hold", "a", "--reason", "a dispute")
            assert "is released" in await done("person", "release", "a")
            assert (await done("person", "erase", "a")).startswith("a is erased: 1 review emptied")
            assert (await done("audit", "verify")).startswith("The chain holds")
            shell.set(LOCALE="zh-CN")
            line = await asyncio.to_thread(shell.refused, ["restore", "b.db", "--force"])
            assert line == (
                f"机器人已经在 {DATABASE} 上运行（{DATABASE}.lock 被占用）。"
                "请先停掉那一个，或换一个 DATABASE_URL。"
            )
            shell.set(LOCALE="en")
            assert bot.returncode is None
        again = await done("restore", "b.db", "--force")
        kept = re.search(r"is kept as (\S+)\.$", again, re.MULTILINE)
        assert kept is not None
        assert (shell.folder / kept[1]).exists()
        assert len(json.loads(await done("export", "2026Q3"))) == 3
