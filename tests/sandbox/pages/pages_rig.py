"""A workspace with a small app on it that uses every block, for looking at the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from pages_samples import Json, board, button, invitation, plain, review_form, section, team_row

from sandbox.company import move_in, people, story
from sandbox.host import Landmark, Step
from sandbox.slack import SlackServer, Workspace
from sandbox.slack.model import Channel, File, Message
from sandbox.slack.surfaces import accepted_view, with_ids
from sandbox.slack.wire import Ack, Envelope

BAD_WORD = "refuse me"


class Inn:
    """A host whose clock can be moved, and whose path has two steps, the first of them done."""

    busy = False

    def landmarks(self) -> tuple[Landmark, ...]:
        moment = datetime(2026, 10, 13, 2, tzinfo=UTC)
        named = {"hour": ("+1 小时", "+1 hour"), "due": ("到评分截止日", "To the rating deadline")}
        return tuple(Landmark(key, both(*words), moment) for key, words in named.items())

    def move_to(self, landmark: Landmark) -> None:
        """It stays where it is."""

    def steps(self) -> tuple[Step, ...]:
        words = both("看看 HR 频道", "Look at the HR channel")
        return (
            Step(title=words, text=words, done=True),
            Step(title=words, text=words, done=False, user="U00000016"),
        )


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


class Clerk:
    """The app: opens a form, checks it, redraws it, and answers commands."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.heard: list[tuple[str, Json]] = []

    async def send(self, envelope: Envelope) -> Ack:
        """Answer one envelope (the transport of a workspace)."""
        body = envelope.payload
        match envelope.kind, body.get("type"):
            case "slash_commands", _:
                return Ack("ok", {"response_type": "ephemeral", "text": f"*{body['text']}*: ok"})
            case "interactive", "block_actions":
                self._pressed(body)
            case "interactive", "message_action":
                self.heard.append((body["callback_id"], body["message"]))
            case "interactive", "view_submission":
                return Ack("ok", self._sent(body))
        return Ack("ok")

    def _pressed(self, body: Json) -> None:
        action = body["actions"][0]
        user = body["user"]["id"]
        self.heard.append((action["action_id"], action))
        if action["action_id"] == "self_review.open":
            self.workspace.views.open(user, accepted_view(review_form(1)))
        elif action["action_id"].startswith("rate:"):
            self._rated(body, action)
        elif "view" in body and action["action_id"] == "score":
            shown = self.workspace.views.find(body["view"]["id"])
            chosen = action["selected_option"]["value"]
            self.workspace.views.update(shown, accepted_view(review_form(1, suggested=chosen)))

    def _rated(self, body: Json, action: Json) -> None:
        channel = self.workspace.channels[body["channel"]["id"]]
        message = channel.message(body["message"]["ts"])
        assert message is not None
        message.blocks = with_ids([section(f"✅ {action['value']} · *{action['action_id'][5:]}*")])
        message.edits += 1
        self.workspace.changes.tell("messages", channel.id)

    def _sent(self, body: Json) -> Json | None:
        values = body["view"]["state"]["values"]
        self.heard.append(("submitted", values))
        if "overall" in values:
            return {"response_action": "clear"}
        if values["goal:1"]["text"]["value"] == BAD_WORD:
            return {"response_action": "errors", "errors": {"goal:1": "Please say more."}}
        return {"response_action": "update", "view": review_form(2)}


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


class Office:
    """The workspace, its people by employee id, and the app on it."""

    def __init__(self) -> None:
        self.workspace = Workspace("Nestwell 暖屋")
        self.workspace.host = Inn()
        self.clerk = Clerk(self.workspace)
        staff = people()
        self.people = move_in(self.workspace, staff)
        hr = [self.people[p.employee_id] for p in staff if p.department.endswith("HR")]
        self.hr = self.workspace.add_channel("hr", members=hr)
        self.workspace.files["F1"] = File(
            "F1",
            "dot.png",
            "dot",
            datetime.now(UTC),
            datetime.now(UTC) - timedelta(1),
            PIXEL,
            "image/png",
        )

    def post(self, channel: Channel, blocks: list[Json], text: str = "", **more: Any) -> Message:
        message = Message(
            channel.id,
            self.workspace.next_ts(),
            self.workspace.app.bot_user,
            text,
            with_ids(blocks),
            by_bot=True,
            **more,
        )
        return self.workspace.put(message)

    def fill(self) -> None:
        """Put something believable everywhere."""
        for person in (one for one in people() if one.left_on is None):
            member = self.people[person.employee_id]
            zh = person.locale == "zh-CN"
            if person.track == "staff":
                self.post(self.workspace.dm(member.id), invitation(zh=zh))
        lead = self.workspace.dm(self.people["N0008"].id)
        self.post(
            lead,
            [
                {"type": "header", "text": plain("旗舰店运营 · 2026Q3")},
                section("自评 8/8 · 已评 3/8"),
            ],
        )
        for person in (p for p in people() if p.manager_id == "N0008"):
            self.post(lead, team_row(f"{person.name} · {person.title}", story(person).overall))
        posted = self.post(self.hr, board(zh=True), edits=3)
        self.post(self.hr, [section("旗舰店运营的评分超出政策。")], thread_ts=posted.ts)
        home = accepted_view(
            {
                "type": "home",
                "blocks": [
                    {"type": "header", "text": plain("待办")},
                    section("没有等待处理的事项。"),
                    {"type": "actions", "elements": [button("distribution.show", "分布")]},
                ],
            }
        )
        self.workspace.views.publish(self.people["N0008"].id, home)


@asynccontextmanager
async def office(port: int = 0) -> AsyncIterator[tuple[Office, str]]:
    """The workspace on a server, with its address."""
    made = Office()
    async with SlackServer(made.workspace, port=port) as server:
        made.workspace.wire.transport = made.clerk
        yield made, server.url
