"""What the page in the browser asks for: state to draw, and acts of the person it shows."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox import live, page_files
from sandbox.changes import Change
from sandbox.dingtalk import acting, buttons, present
from sandbox.dingtalk.model import Card, Conversation, Json, Message, said_by
from sandbox.errors import PersonError, UnfilledError
from sandbox.host import told

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation
    from sandbox.dingtalk.people import Person

SHOWN = frozenset({"messages", "card", "users", "entries", "trouble"})
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8": "image/jpeg", b"GIF8": "image/gif"}


class Browser:
    """The /ui endpoints; `as` (a user id) says who is acting."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._live = live.Live(organisation.changes, self._sees)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses of the page, its data and its acts."""
        acts: dict[str, Callable[[Person, Json], Awaitable[None]]] = {
            "say": self._say,
            "tap": self._tap,
            "press": self._press,
            "fill": self._fill,
            "speak": self._speak,
            "show": self._show,
            "read": self._read,
            "move": self._move,
        }
        return [
            *page_files.routes("dingtalk.html"),
            web.get("/ui/state", self._state),
            web.get("/ui/messages", self._messages),
            web.get("/ui/media/{id}", self._media),
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

    def _person(self, user: str | None) -> Person:
        if not user or not self._organisation.here(user):
            raise web.HTTPNotFound(text="no such person")
        return self._organisation.person(user)

    async def _state(self, request: web.Request) -> web.Response:
        organisation = self._organisation
        here = [one for one in organisation.members.values() if not one.left]
        person = self._person(request.query.get("as") or next((one.userid for one in here), None))
        organisation.talk(person.id)
        mine = [one for one in organisation.conversations.values() if person.id in one.members]
        return web.json_response(
            {
                "team": organisation.name,
                "app": organisation.app.name,
                "now": organisation.clock.now().isoformat(),
                "me": present.person_json(organisation, person.member),
                "users": [present.person_json(organisation, one) for one in here],
                "conversations": [
                    present.conversation_json(one, person.id)
                    for one in sorted(mine, key=lambda one: (one.group, one.title))
                ],
                "entries": present.entry_json(organisation, person.id),
                "troubles": person.troubles,
                "quota": {"used": organisation.quota.used, "monthly": organisation.quota.monthly},
                "host": told(organisation.host),
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        person = self._person(request.query.get("as"))
        found = self._organisation.conversations.get(request.query.get("channel", ""))
        if found is None or person.id not in found.members:
            raise web.HTTPNotFound(text="no such conversation")
        seen = [present.message_json(self._organisation, one, person.id) for one in found.messages]
        return web.json_response({"messages": seen})

    async def _media(self, request: web.Request) -> web.Response:
        content = self._organisation.media.get(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound(text="no such picture")
        kinds = (kind for start, kind in _PICTURES.items() if content.startswith(start))
        return web.Response(
            body=content,
            content_type=next(kinds, "application/octet-stream"),
            headers={"Cache-Control": "max-age=31536000", "X-Content-Type-Options": "nosniff"},
        )

    async def _watch(self, request: web.Request) -> web.WebSocketResponse:
        return await self._live.serve(request, self._person(request.query.get("as")).id)

    def _sees(self, user: str, change: Change) -> bool:
        if change.what not in SHOWN:
            return False
        conversations = self._organisation.conversations
        return change.channel is None or user in conversations[change.channel].members

    def _acting(
        self, act: Callable[[Person, Json], Awaitable[None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def done(body: Json) -> Json:
            person = self._person(body.get("as"))
            before = len(person.troubles)
            try:
                await act(person, body)
            except UnfilledError as error:
                return {"ok": False, "error": str(error), "errors": error.blocks}
            except (PersonError, KeyError, binascii.Error) as error:
                return {"ok": False, "error": str(error)}
            if len(person.troubles) > before:
                return {"ok": False, "error": person.troubles[-1]}
            return {"ok": True}

        return live.acting(done)

    async def _say(self, person: Person, body: Json) -> None:
        """In a group the robot hears what begins with its name."""
        text = str(body["text"]).strip()
        conversation = self._talk(person, body)
        if text and not conversation.group:
            await acting.say(self._organisation, person.id, conversation, text)
        elif text:
            name = f"@{self._organisation.app.name}"
            heard = text.removeprefix(name)
            mentions = heard != text and conversation.robot
            await acting.say(
                self._organisation,
                person.id,
                conversation,
                heard.strip() if mentions else text,
                mentions=mentions,
            )

    async def _tap(self, person: Person, body: Json) -> None:
        """A link that sends a text says it where it stands, to the robot.

        Whether DingTalk does so in a group too is not documented.
        """
        text = said_by(str(body["url"]))
        if text is None:
            raise PersonError("that link opens a page")
        await acting.say(self._organisation, person.id, self._talk(person, body), text)

    async def _press(self, person: Person, body: Json) -> None:
        conversation, card = self._card(person, body)
        shown = buttons.buttons_of(card, person.id)
        at = int(body["at"])
        if not 0 <= at < len(shown) or shown[at].label != body["label"]:
            raise PersonError("that button is gone")
        await acting.act(self._organisation, person.id, conversation, card, shown[at].done)

    async def _fill(self, person: Person, body: Json) -> None:
        conversation, card = self._card(person, body)
        done = buttons.sent(card, person.id, body["answers"])
        await acting.act(self._organisation, person.id, conversation, card, done)

    async def _speak(self, person: Person, body: Json) -> None:
        await person.speak(str(body["text"]))

    async def _show(self, person: Person, body: Json) -> None:
        await person.show(b64decode(str(body["picture"]), validate=True))

    async def _read(self, person: Person, body: Json) -> None:
        conversation = self._talk(person, body)
        known = [one.id for one in conversation.messages if one.id <= str(body["upto"])]
        upto = max(known, default="")
        if upto > conversation.read.get(person.id, ""):
            conversation.read[person.id] = upto
            self._organisation.changes.tell("users")

    async def _move(self, _: Person, body: Json) -> None:
        """Move the clock to one of the moments that the page offers."""
        host = self._organisation.host
        found = [] if host is None or host.busy else host.landmarks()
        landmark = next((one for one in found if one.key == body["key"]), None)
        if host is None or landmark is None:
            raise PersonError("the clock can't be moved there now")
        host.move_to(landmark)

    def _talk(self, person: Person, body: Json) -> Conversation:
        found = self._organisation.conversations.get(str(body["channel"]))
        if found is None or person.id not in found.members:
            raise PersonError("no such conversation")
        return found

    def _card(self, person: Person, body: Json) -> tuple[Conversation, Card]:
        conversation = self._talk(person, body)
        found = _message(conversation, str(body["message"]))
        if found is None or found.card is None:
            raise PersonError("that card is gone")
        return conversation, found.card


def _message(conversation: Conversation, wanted: str) -> Message | None:
    return next((one for one in conversation.messages if one.id == wanted), None)
