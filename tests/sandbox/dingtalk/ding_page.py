"""An organisation with messages of each kind, an app that answers, and Chromium to look at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from ding_app import StreamApp, connected
from ding_rig import CREATE, GROUP, SEND, Client, Json, card, client, message
from playwright.async_api import Browser, Page, async_playwright

from sandbox.dingtalk import Organisation, Template

ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
PATIENCE = 5_000
ANA, BEN = "ana", "ben"
EVENTS = "/v1.0/calendar/users/{}/calendars/primary/events"
TASKS = "/v1.0/todo/users/{}/tasks"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
FIELDS: list[Json] = [
    {
        "name": "rating",
        "label": "支付成交额 Paid sales",
        "type": "SELECT",
        "required": True,
        "options": ["3", "3.5", "4"],
    },
    {
        "name": "why",
        "label": "说明 Comment",
        "type": "TEXT_AREA",
        "placeholder": "结果与原因",
    },
    {
        "name": "level",
        "label": "尊重每一个人 Respect",
        "type": "CHECKBOX_GROUP",
        "options": [{"value": "yes", "text": "是"}, {"value": "no", "text": "否"}],
    },
    {"name": "hours", "label": "小时 Hours", "type": "NUMBER", "defaultValue": 8},
    {"name": "public", "label": "公开 Public", "type": "SWITCH"},
    {"name": "day", "label": "日期 Date", "type": "DATE"},
    {
        "name": "tags",
        "label": "证据 Evidence",
        "type": "MULTI_SELECT",
        "options": [{"value": "a", "text": "顾客感谢信"}, {"value": "b", "text": "第 36 周周报"}],
    },
]


def says(text: str) -> str:
    """The address of a link that makes whoever taps it send this text."""
    return "dtmd://dingtalkclient/sendMessage?content=" + quote(text)


INVITATION = f"""### 2026Q3 自评

自评已经开放，请在 **10月12日** 前完成，大约需要 *15* 分钟。

> 每一步都会保存，
> 随时可以停。

1. 支付成交额
2. 新品转化率

[开始自评]({says("开始自评 [self_review.open 7]")}) · [稍后]({says("稍后")})

###### 只有您自己看得到。"""


def answer(frame: Json) -> Json:
    """Close the form that was sent, for the one who sent it alone."""
    if frame["type"] == "SYSTEM":
        return dict(json.loads(frame["data"]))
    if "outTrackId" not in json.loads(frame["data"]):
        return {"response": {}}
    closed = {"form_status": "disabled", "text": "收到了，谢谢。", "btns": "[]"}
    options = {"updatePrivateDataByKey": True}
    return {
        "response": {
            "cardUpdateOptions": options,
            "userPrivateData": {"cardParamMap": closed},
        }
    }


@dataclass(slots=True)
class Room:
    """The organisation, its app, and a browser."""

    organisation: Organisation
    bot: Client
    app: StreamApp
    browser: Browser
    faults: list[str] = field(default_factory=list)

    async def window(
        self,
        who: str,
        *,
        channel: str = "",
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        **facts: str,
    ) -> Page:
        """Open a window in which that person acts."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))
        asked = {"as": who, "channel": channel, **facts}
        address = "&".join(f"{key}={quote(value)}" for key, value in asked.items() if value)
        await page.goto(f"{self.bot.server.url}?{address}")
        await page.locator("#top h1").wait_for()
        return page

    async def send(self, *users: str, key: str = "sampleMarkdown", **param: str) -> None:
        """A message of the robot to these people."""
        body = message(self.organisation, "") | {"userIds": users, "msgKey": key}
        status, _ = await self.bot.call(SEND, body | {"msgParam": json.dumps(param)})
        assert status == 200

    async def send_group(self, group: str, key: str = "sampleMarkdown", **param: str) -> None:
        """A message of the robot to a group."""
        body = message(self.organisation, "") | {"openConversationId": group, "msgKey": key}
        status, _ = await self.bot.call(GROUP, body | {"msgParam": json.dumps(param)})
        assert status == 200

    async def put(self, who: str, track: str = "one", **values: str) -> None:
        """A form card for one person."""
        told = {"title": "2026Q3 自评 · 1 / 2", "text": "目标 **100 万**，实际 104 万。"} | values
        told.setdefault("form", json.dumps({"fields": FIELDS}))
        status, _ = await self.bot.call(CREATE, card(self.organisation, who, track, **told))
        assert status == 200

    async def plan(self, who: str) -> None:
        """An entry in somebody's calendar, and one in their to-do list."""
        union = self.organisation.members[who].unionid
        event: Json = {"summary": "绩效面谈", "start": _at(14), "end": _at(15)}
        await self.bot.call(EVENTS.format(union), event)
        urls = {"appUrl": "dingtalk://x", "pcUrl": "dingtalk://x"}
        due = 1_792_000_000_000
        task: Json = {"subject": "整理退货流程", "detailUrl": urls, "dueTime": due}
        await self.bot.call(TASKS.format(union), task)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(text)


def _at(hour: int) -> Json:
    return {"dateTime": f"2026-10-20T{hour}:00:00+08:00", "timeZone": "Asia/Shanghai"}


@asynccontextmanager
async def room() -> AsyncIterator[Room]:
    """An organisation with a browser; it must end without an error in any window."""
    organisation = Organisation("Nestwell 暖屋", app_name="NoSurprise")
    template = Template("plain", actions=(("稍后", "later"),), texts=("text",))
    organisation.add_template(template)
    organisation.add_member("胡书瑶", userid=ANA, title="旗舰店运营")
    organisation.add_member("Hannah Yilmaz", userid=BEN, title="Marketplace Manager", locale="en")
    organisation.add_group("HR 绩效", [ANA, BEN])
    app = StreamApp(answer)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    options: dict[str, Any] = {"executable_path": chromium} if chromium else {}
    async with client(organisation) as bot, connected(bot, app), async_playwright() as driver:
        browser = await driver.chromium.launch(args=list(ARGS), **options)
        made = Room(organisation, bot, app, browser)
        try:
            yield made
        finally:
            await browser.close()
        assert made.faults == []


def hr_group(organisation: Organisation) -> str:
    """The id of HR's group."""
    return next(one.id for one in organisation.conversations.values() if one.group)
