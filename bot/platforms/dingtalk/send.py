"""Messages out to DingTalk: no retries of its own, honest about the unknown."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from bot.pictures import Painter
from bot.platforms import late
from bot.platforms.dingtalk import card_draw, draw, files, hr_webhook
from bot.platforms.dingtalk.answering import Answering
from bot.platforms.dingtalk.batch import MOST_PEOPLE, TO_PEOPLE, Batches
from bot.platforms.dingtalk.cards import MESSAGE, Cards, is_card
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.entries import PLACES, Entries
from bot.platforms.dingtalk.hr_webhook import STANDS, HrWebhook
from bot.platforms.dingtalk.outcomes import body_of, outcome_of, taken
from bot.platforms.dingtalk.pictures import Gallery
from bot.platforms.dingtalk.template import NO_NOTE
from handlers.ports import NOT_RECALLED, LookBackFailedError, NotSent, Outcome, Parcel, Sent
from prompts.card import Attachment, Card, Picture

log = logging.getLogger(__name__)
TO_A_GROUP = "v1.0/robot/groupMessages/send"
RECALL, RECALL_IN_A_GROUP = "v1.0/robot/otoMessages/batchRecall", "v1.0/robot/groupMessages/recall"
""""otoMessages" is written so here, unlike where messages are sent."""
RATE = ("dingtalk:calls", 0.05, 20)
"""DingTalk: twenty calls a second an app. Each message takes one, though twenty share a call."""
COUNTED = frozenset({RATE[0], *(f"dingtalk:{one}" for one in PLACES.values())})
"""The rate limits of calls that count against the month."""
GROUP_RATE = (6.0, 10)
"""DingTalk: twenty messages within any minute a robot in one group."""
CARD_RATE = (30.0, 1)
"""A card is edited at most so often, for each edit costs a call of the month (ours); the last
wins."""
SEVERAL = ","
"""Between the accounts of several people whom one message is for."""


class DingTalkMessenger:
    """The Messenger of a DingTalk organisation, by its app's robot.

    A robot's message can be neither edited nor looked up, and there is no page of one's own. With
    a card template what may change later is a card, which can be edited.
    """

    platform = "dingtalk"

    def __init__(
        self,
        client: DingTalkClient,
        groups: Collection[str],
        painter: Painter | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`groups`: the conversation ids that stand for no person; `now` as the machine says it."""
        self._client = client
        self.answering = Answering()
        """What a press changes is handed to its answer, where one waits."""
        settings = client.settings
        self._webhook = (
            HrWebhook(client, settings.hr_webhook, settings.hr_webhook_secret, now)
            if settings.hr_webhook
            else None
        )
        self._batches = Batches(client)
        self.entries = Entries(client)
        self._gallery = Gallery(client, painter or Painter())
        self._groups = frozenset(groups)
        self._cards = Cards(client, groups)

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """The app's bucket, and the group's or the card's; what is not sent takes from none."""
        if self.entries.is_one(parcel):
            return self.entries.buckets(parcel)
        if parcel.ts or parcel.page:
            edits = is_card(parcel.ts or "") and not self.answering.waits(parcel.ts or "")
            return (RATE, (f"dingtalk:card:{parcel.ts}", *CARD_RATE)) if edits else ()
        place = parcel.channel or parcel.to
        if self._by_webhook(parcel) is not None:
            return (hr_webhook.RATE,)
        if place in self._groups:
            return (RATE, (f"dingtalk:group:{place}", *GROUP_RATE))
        return (RATE,)

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """The message's key and parameters; a picture is uploaded first. Raises NotDrawnError.

        With it, where it may be one, what it is as a card; and whether it takes back what stands.
        """
        if self.entries.is_one(parcel):
            return await self.entries.draw(card, parcel)
        stays = parcel.ts is not None and not is_card(parcel.ts)
        pictures = [one for one in card.parts if isinstance(one, Picture) and not stays]
        media = {one.data: await self._gallery.media_of(one) for one in pictures}
        drawn = draw.message(card, media)
        if (parcel.ts is not None and is_card(parcel.ts)) or self._as_card(parcel):
            drawn["card"] = card_draw.message(card, media)
        attached = [one for one in card.parts if isinstance(one, Attachment)]
        if attached and parcel.ts is None:
            drawn["file"] = await files.message(attached, self._client)
        if any(media.values()):
            drawn["pictured"] = True
        if card.withdraws:
            drawn["withdraws"] = True
        return json.dumps(drawn, ensure_ascii=False).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Post it, or edit the card that stands there; a message stays as it is, or is taken back.

        Raises TooLateError.
        """
        if self.entries.is_one(parcel):
            return await self.entries.send(parcel, payload)
        if parcel.page:
            return NotSent("no_page", final=True)
        place = parcel.channel or parcel.to
        if parcel.ts is None:
            return await self._post(parcel, place, payload)
        with late.only(parcel.in_time):
            return await self._edit(parcel, place, parcel.ts, json.loads(payload))

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:  # noqa: ARG002
        """DingTalk shows a robot no conversation, so nobody can tell. Raises LookBackFailedError.

        What stands there already, and a page, are not sent at all; a card is made once, however
        often it is sent, for it has its delivery's name, and so is an entry.
        """
        drawn = json.loads(parcel.drawn or "{}")
        as_card = "card" in drawn and self._cards.work
        if parcel.ts or parcel.page or parcel.entry or as_card:
            return None
        raise LookBackFailedError("no_history")

    async def _post(self, parcel: Parcel, place: str, payload: bytes) -> Outcome:
        drawn = json.loads(payload)
        as_card = "card" in drawn and self._cards.work
        webhook = None if as_card else self._by_webhook(parcel)
        # A webhook robot is said to show pictures from the web alone, and not what was uploaded.
        shown = drawn.get("pictured") and self._client.settings.hr_channel
        if webhook is not None and not shown:
            return await webhook.send(parcel, place, drawn)
        group = place in self._groups
        people = [] if group else place.split(SEVERAL)
        if len(people) > MOST_PEOPLE:
            return NotSent("too_many_people", final=True)
        if file := drawn.get("file"):
            # First, so that the words never speak of a file that is not there.
            outcome = await self._say(parcel, place, people, file)
            if not isinstance(outcome, Sent):
                return outcome
        if as_card:
            with late.only(parcel.in_time):
                made = await self._cards.make(f"{MESSAGE}{parcel.delivery}", place, drawn["card"])
            if made is not None:
                return made
        if len(people) == 1:
            return await self._batches.send(parcel, payload, place)
        return await self._say(parcel, place, people, drawn)

    async def _say(
        self, parcel: Parcel, place: str, people: Collection[str], drawn: Mapping[str, Any]
    ) -> Outcome:
        """To those people, or to the group where there are none."""
        body = body_of(drawn, self._client.settings.robot_code)
        body |= {"userIds": people} if people else {"openConversationId": place}
        with late.only(parcel.in_time):
            try:
                path = TO_PEOPLE if people else TO_A_GROUP
                answer = await self._client.call("POST", path, body)
            except CallError as error:
                return outcome_of(error)
        return taken(answer, place, people)

    def _by_webhook(self, parcel: Parcel) -> HrWebhook | None:
        """HR's messages, but for those that are to change in place: only the robot's own can."""
        settings = self._client.settings
        if (parcel.channel or parcel.to) != settings.hr_place:
            return None
        return None if settings.hr_channel and self._as_card(parcel) else self._webhook

    def _as_card(self, parcel: Parcel) -> bool:
        """Whether it goes as a card: what may be edited later, to one person or group."""
        changes = parcel.living and not parcel.plain
        return changes and self._cards.work and SEVERAL not in (parcel.channel or parcel.to)

    async def _edit(self, parcel: Parcel, place: str, ts: str, drawn: Mapping[str, Any]) -> Outcome:
        handed = not drawn.get("withdraws") and self.answering.take(
            ts if is_card(ts) else place, drawn
        )
        if is_card(ts) and handed:
            return Sent(place, ts)
        if is_card(ts):
            alone = place not in self._groups
            own = {place: NO_NOTE} if alone and drawn.get("withdraws") else {}
            outcome = await self._cards.change(ts, drawn["card"], own)
            return Sent(place, ts) if isinstance(outcome, Sent) else outcome
        if ts.startswith(STANDS) and drawn.get("withdraws"):
            return NotSent("not_recalled", final=True)
        if not drawn.get("withdraws"):
            log.info("delivery %s (%s) stays as it was sent", parcel.delivery, parcel.kind)
            return Sent(place, ts)
        body: dict[str, Any] = {
            "robotCode": self._client.settings.robot_code,
            "processQueryKeys": [ts],
        }
        group = place in self._groups
        body |= {"openConversationId": place} if group else {}
        try:
            path = RECALL_IN_A_GROUP if group else RECALL
            answer = await self._client.call("POST", path, body)
        except CallError as error:
            return outcome_of(error)
        taken_back = ts in (answer.get("successResult") or ())
        return Sent(place, ts) if taken_back else NotSent(NOT_RECALLED, final=True)
