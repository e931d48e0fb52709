"""Messages out to DingTalk: no retries of its own, honest about the unknown."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from datetime import datetime

from bot.pictures import Painter
from bot.platforms import late
from bot.platforms.dingtalk import draw
from bot.platforms.dingtalk.batch import MOST_PEOPLE, TO_PEOPLE, Batches
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.outcomes import body_of, outcome_of, taken
from bot.platforms.dingtalk.pictures import Gallery
from handlers.ports import LookBackFailedError, NotSent, Outcome, Parcel, Sent
from prompts.card import Card, Picture

log = logging.getLogger(__name__)
TO_A_GROUP = "v1.0/robot/groupMessages/send"
RATE = ("dingtalk:calls", 0.05, 20)
"""DingTalk: twenty calls a second an app."""
GROUP_RATE = (3.0, 20)
"""DingTalk: twenty messages a minute a robot in one group."""
SEVERAL = ","
"""Between the accounts of several people whom one message is for."""


class DingTalkMessenger:
    """The Messenger of a DingTalk organisation, by its app's robot.

    A robot's message can be neither edited nor looked up, and there is no page of one's own.
    """

    platform = "dingtalk"

    def __init__(
        self, client: DingTalkClient, groups: Collection[str], painter: Painter | None = None
    ) -> None:
        """`groups`: the conversation ids that stand for no person."""
        self._client = client
        self._batches = Batches(client)
        self._gallery = Gallery(client, painter or Painter())
        self._groups = frozenset(groups)

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """The app's bucket, and the group's; what is not sent takes from none."""
        if parcel.ts or parcel.page:
            return ()
        place = parcel.channel or parcel.to
        if place in self._groups:
            return (RATE, (f"dingtalk:group:{place}", *GROUP_RATE))
        return (RATE,)

    async def draw(self, card: Card, parcel: Parcel) -> bytes:  # noqa: ARG002  as the port has it
        """The message's key and parameters; a picture is uploaded first. Raises NotDrawnError."""
        pictures = [part for part in card.parts if isinstance(part, Picture)]
        media = {one.data: await self._gallery.media_of(one) for one in pictures}
        return json.dumps(draw.message(card, media), ensure_ascii=False).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Post it; one that stands there already stays as it is. Raises TooLateError."""
        if parcel.page:
            return NotSent("no_page", final=True)
        if parcel.ts is not None:
            log.info("delivery %s (%s) stays as it was sent", parcel.delivery, parcel.kind)
            return Sent(parcel.channel or parcel.to, parcel.ts)
        place = parcel.channel or parcel.to
        group = place in self._groups
        people = [] if group else place.split(SEVERAL)
        if len(people) > MOST_PEOPLE:
            return NotSent("too_many_people", final=True)
        if len(people) == 1:
            return await self._batches.send(parcel, payload, place)
        body = body_of(json.loads(payload), self._client.settings.robot_code)
        body |= {"openConversationId": place} if group else {"userIds": people}
        with late.only(parcel.in_time):
            try:
                path = TO_A_GROUP if group else TO_PEOPLE
                answer = await self._client.call("POST", path, body)
            except CallError as error:
                return outcome_of(error)
        return taken(answer, place, people)

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:  # noqa: ARG002
        """DingTalk shows a robot no conversation, so nobody can tell. Raises LookBackFailedError.

        What stands there already, and a page, are not sent at all.
        """
        if parcel.ts or parcel.page:
            return None
        raise LookBackFailedError("no_history")
