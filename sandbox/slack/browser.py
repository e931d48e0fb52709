"""What the page in the browser asks for: state to draw, and acts of the person it shows."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox import page_files
from sandbox.changes import Change
from sandbox.errors import PersonError, UnfilledError
from sandbox.host import told
from sandbox.live import Live
from sandbox.live import acting as taken
from sandbox.slack import acting, forms
from sandbox.slack.find import visible
from sandbox.slack.model import Channel, Json, Message, OpenView
from sandbox.slack.present import file_json, view_json
from sandbox.slack.values import plain_values

if TYPE_CHECKING:
    from sandbox.slack.people import Person
    from sandbox.slack.workspace import Workspace

REFETCH = 1.0


class Browser:
    """The /ui endpoints; `as` (a user id) says who is acting."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._live = Live(workspace.changes, self._sees)
        self._published: dict[str, float] = {}
        workspace.changes.listen(self._note_home)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses of the page, its data and its acts."""
        acts: dict[str, Callable[[Person, Json], Awaitable[None]]] = {
            "press": self._press,
            "input": self._input,
            "submit": self._submit,
            "close": self._close,
            "say": self._say,
            "shortcut": self._shortcut,
            "read": self._read,
            "move": self._move,
        }
        return [
            *page_files.routes(),
            web.get("/ui/state", self._state),
            web.get("/ui/messages", self._messages),
            web.get("/ui/home", self._home),
            web.get("/ui/live", self._watch),
            *(web.post(f"/ui/{name}", self._acting(act)) for name, act in acts.items()),
        ]

    @property
    def watching(self) -> frozenset[str]:
        """Who is acted as in an open window now, by user id."""
        return self._live.watching

    async def stop(self) -> None:
        """Close the live connections."""
        await self._live.stop()

    def _note_home(self, change: Change) -> None:
        """Remember when a Home tab changed: a page that fetches it anew did not open it anew."""
        if change.what == "home" and change.user:
            self._published[change.user] = time.monotonic()

    def _person(self, user: str | None) -> Person:
        person = self._workspace.people.get(user or "")
        if person is None:
            raise web.HTTPNotFound(text="no such person")
        return person

    async def _state(self, request: web.Request) -> web.Response:
        workspace = self._workspace
        person = self._person(request.query.get("as") or next(iter(workspace.people), None))
        workspace.dm(person.id)
        mine = [c for c in workspace.channels.values() if person.id in c.members]
        return web.json_response(
            {
                "team": workspace.team,
                "now": workspace.clock.now().isoformat(),
                "me": self._user(person),
                "users": [self._user(one) for one in workspace.people.values()],
                "conversations": [
                    {"id": c.id, "name": c.name, "kind": _kind(c), "unread": _unread(c, person.id)}
                    for c in sorted(mine, key=lambda c: (c.kind != "dm", c.name))
                ],
                "view": self._view(person.form),
                "troubles": person.troubles,
                "host": told(workspace.host),
                "shortcuts": [
                    {"id": key, "name": name} for key, name in workspace.app.shortcuts.items()
                ],
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        person = self._person(request.query.get("as"))
        channel = self._workspace.channels.get(request.query.get("channel", ""))
        if channel is None or person.id not in channel.members:
            raise web.HTTPNotFound(text="no such conversation")
        seen = [self._message(channel, message) for message in visible(channel, person.id)]
        return web.json_response({"messages": seen})

    async def _home(self, request: web.Request) -> web.Response:
        person = self._person(request.query.get("as"))
        if time.monotonic() - self._published.get(person.id, 0.0) > REFETCH:
            await person.open_home()
        return web.json_response({"view": self._view(person.home())})

    async def _watch(self, request: web.Request) -> web.WebSocketResponse:
        return await self._live.serve(request, self._person(request.query.get("as")).id)

    def _sees(self, user: str, change: Change) -> bool:
        if change.what not in {"messages", "view", "users", "home", "trouble"}:
            return False
        return change.channel is None or user in self._workspace.channels[change.channel].members

    def _acting(
        self, act: Callable[[Person, Json], Awaitable[None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def done(body: Json) -> Json:
            person = self._person(body.get("as"))
            answer: Json = {"ok": True}
            before = len(person.troubles)
            try:
                await act(person, body)
            except UnfilledError as error:
                answer = {"ok": False, "error": str(error), "errors": error.blocks}
            except (PersonError, KeyError) as error:
                answer = {"ok": False, "error": str(error)}
            if answer["ok"] and len(person.troubles) > before:
                answer = {"ok": False, "error": person.troubles[-1]}
            shown = self._view(person.form)
            if shown is not None:
                answer["view"] = shown
                if shown["errors"]:
                    answer.setdefault("errors", shown["errors"])
            return answer

        return taken(done)

    async def _press(self, person: Person, body: Json) -> None:
        value = body.get("selected", body.get("value"))
        place: Message | OpenView
        if body.get("in_view"):
            place = self._open_view(person, body["in_view"])
        else:
            place = self._seen(person, body)
        block, element = forms.find_element(place.blocks, body["block_id"], body["action_id"])
        if isinstance(place, Message):
            await acting.press_in_message(
                self._workspace, person.id, place, block, element, value=value
            )
        else:
            await acting.press_in_view(self._workspace, place, block, element, value=value)

    async def _input(self, person: Person, body: Json) -> None:
        shown = self._open_view(person, body["view_id"])
        block_id, action_id = body["block_id"], body["action_id"]
        forms.set_value(shown, block_id, action_id, body.get("value"))
        if body.get("dispatch", True):
            await forms.tell(self._workspace, shown, block_id, action_id, entered=True)

    async def _submit(self, person: Person, body: Json) -> None:
        shown = self._open_view(person, body["view_id"])
        for block_id, actions in (body.get("state") or {}).items():
            for action_id, value in actions.items():
                forms.set_value(shown, block_id, action_id, value)
        await forms.submit(self._workspace, shown)

    async def _close(self, person: Person, body: Json) -> None:
        await forms.close(self._workspace, self._open_view(person, body["view_id"]))

    async def _say(self, person: Person, body: Json) -> None:
        text = str(body["text"]).strip()
        if text.startswith("/"):
            await person.command(text, body["channel"])
        elif text:
            await person.say(text, body["channel"])

    async def _shortcut(self, person: Person, body: Json) -> None:
        """One of the app's own shortcuts, on a message that they see."""
        if body["id"] not in self._workspace.app.shortcuts:
            raise PersonError("the app has no such shortcut")
        await person.shortcut(body["id"], self._seen(person, body))

    def _seen(self, person: Person, body: Json) -> Message:
        channel = self._workspace.channels[body["channel"]]
        found = channel.message(body["ts"])
        if found is None or found not in visible(channel, person.id):
            raise PersonError("that message is gone")
        return found

    async def _read(self, person: Person, body: Json) -> None:
        """All up to `upto`, the newest on the screen: replies in a folded thread are not."""
        channel = self._workspace.channels[body["channel"]]
        seen = [message.ts for message in visible(channel, person.id)]
        upto = max([ts for ts in seen if ts <= str(body["upto"])], default="")
        if upto > channel.read.get(person.id, ""):
            channel.read[person.id] = upto
            self._workspace.changes.tell("users")

    async def _move(self, _: Person, body: Json) -> None:
        """Move the clock to one of the moments that the page offers."""
        host = self._workspace.host
        found = [] if host is None or host.busy else host.landmarks()
        landmark = next((one for one in found if one.key == body["key"]), None)
        if host is None or landmark is None:
            raise PersonError("the clock can't be moved there now")
        host.move_to(landmark)

    def _open_view(self, person: Person, view_id: Any) -> OpenView:
        mine = [*self._workspace.views.stacks.get(person.id, []), person.home()]
        shown = next((v for v in mine if v and (view_id in (True, v.id))), None)
        if shown is None:
            raise PersonError("that form is no longer open")
        return shown

    def _user(self, person: Person) -> Json:
        user = person.user
        channels = self._workspace.channels.values()
        unread = sum(_unread(c, user.id) for c in channels if user.id in c.members)
        return {
            "id": user.id,
            "name": user.name,
            "real_name": user.real_name,
            "title": user.title,
            "locale": user.locale,
            "tz": user.tz,
            "waiting": unread + (person.form is not None),
        }

    def _view(self, shown: OpenView | None) -> Json | None:
        if shown is None:
            return None
        view = view_json(self._workspace, shown)
        return view | {"values": plain_values(shown.values), "errors": shown.errors}

    def _message(self, channel: Channel, message: Message) -> Json:
        author = self._workspace.users[message.user]
        return {
            "ts": message.ts,
            "user": message.user,
            "username": message.username or author.real_name,
            "text": message.text,
            "blocks": message.blocks,
            "edited": message.edits > 0,
            "thread_ts": message.thread_ts,
            "replies": len(channel.replies(message.ts)),
            "ephemeral": message.ephemeral,
            "files": [file_json(self._workspace, file) for file in message.files],
        }


def _kind(channel: Channel) -> str:
    return "dm" if channel.kind == "dm" else "channel"


def _unread(channel: Channel, user: str) -> int:
    last = channel.read.get(user, "")
    return sum(m.ts > last and m.user != user for m in visible(channel, user))
