"""Cards of our template, made and changed by calls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import Any

from bot.platforms.dingtalk import template
from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError
from bot.platforms.dingtalk.outcomes import hinders, outcome_of
from bot.platforms.dingtalk.template import Values
from handlers.ports import NotSent, Outcome, Sent

log = logging.getLogger(__name__)
CREATE, INSTANCES = "v1.0/card/instances/createAndDeliver", "v1.0/card/instances"
MESSAGE, FORM = "card-", "form-"
"""What the name of a card begins with (outTrackId), by what it is."""
THERE, NOT_THERE = ("Duplicate", "AlreadyExist"), "NotExist"
"""In DingTalk's words for a name that a card has, and for one that none has. What it says of a
repeated outTrackId is not documented: any word of these counts."""
TRACK = "outTrackId"
REST = 3600.0
"""Seconds after which a template that made no card is tried again (ours)."""
BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


def is_card(ts: str) -> bool:
    """Whether what stands there is a card of ours, which can be changed."""
    return ts.startswith((MESSAGE, FORM))


class Cards:
    """Without a template there are none, and nothing changes."""

    def __init__(self, client: DingTalkClient, groups: Collection[str]) -> None:
        """`groups`: the conversation ids that stand for no person."""
        self._client = client
        self._groups = frozenset(groups)
        self.trouble = ""
        """DingTalk's word for why the template makes no cards now; "": it does."""
        self._again = 0.0

    @property
    def template(self) -> str:
        """Its id; "": none is set."""
        return self._client.settings.form_template or ""

    @property
    def work(self) -> bool:
        """Whether cards can be made, as far as is known; after a while it is tried again."""
        rested = asyncio.get_running_loop().time() >= self._again
        return bool(self.template) and (not self.trouble or rested)

    async def make(self, track: str, place: str, values: Values) -> Outcome | None:
        """Put a card of that name there; one that has the name already is that card.

        None: the template makes none, and a message has to do. Raises TooLateError.
        """
        try:
            answer = await self._client.call("POST", CREATE, self._body(track, place, values))
        except RefusedError as error:
            if TRACK in error.reason and any(word in error.reason for word in THERE):
                return Sent(place, track)
            return self._refused(error)
        except CallError as error:
            return outcome_of(error)
        return self._delivered(answer, place, track)

    async def change(
        self, track: str, values: Values, own: Mapping[str, Values] | None = None
    ) -> Outcome:
        """Show other values; `own`: what single people see, by account. Raises TooLateError."""
        body: dict[str, Any] = {"outTrackId": track, "cardUpdateOptions": BY_KEY}
        if values:
            body["cardData"] = {"cardParamMap": values}
        if own:
            body["privateData"] = {who: {"cardParamMap": one} for who, one in own.items()}
        try:
            await self._client.call("PUT", INSTANCES, body)
        except RefusedError as error:
            if TRACK in error.reason and NOT_THERE in error.reason:
                return NotSent(error.reason, final=True, gone=True)
            return outcome_of(error)
        except CallError as error:
            return outcome_of(error)
        return Sent("", track)

    def _body(self, track: str, place: str, values: Values) -> dict[str, Any]:
        group = place in self._groups
        kind, model = ("IM_GROUP", "imGroupOpen") if group else ("IM_ROBOT", "imRobotOpen")
        title = values[template.TITLE]
        deliver = {"robotCode": self._client.settings.robot_code}
        return {
            "cardTemplateId": self.template,
            "outTrackId": track,
            "callbackType": "STREAM",
            "cardData": {"cardParamMap": values},
            "openSpaceId": f"dtv1.card//{kind}.{place}",
            f"{model}SpaceModel": {
                "supportForward": False,
                "lastMessageI18n": {"ZH_CN": title, "EN_US": title},
            },
            f"{model}DeliverModel": deliver if group else deliver | {"spaceType": kind},
        }

    def _refused(self, error: RefusedError) -> Outcome | None:
        outcome = outcome_of(error)
        if isinstance(outcome, NotSent) and hinders(outcome):
            return outcome
        if not self.trouble:
            log.error("DingTalk makes no card of DINGTALK_FORM_TEMPLATE: %s", error.reason)
        self.trouble = error.reason
        self._again = asyncio.get_running_loop().time() + REST
        return None

    def _delivered(self, answer: Mapping[str, Any], place: str, track: str) -> Outcome:
        self.trouble = ""
        result = answer.get("result")
        listed = result.get("deliverResults") if isinstance(result, Mapping) else None
        if any(isinstance(one, Mapping) and one.get("success") is False for one in listed or ()):
            if place in self._groups:
                return NotSent("invalid_space", final=True, shut="not_found")
            return NotSent("invalid_staff", final=True)
        return Sent(place, track)
