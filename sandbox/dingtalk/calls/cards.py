"""Cards: createAndDeliver, and the update.

Sources: slugs create-and-deliver-cards and interactive-card-update-interface. That an outTrackId is
used twice, and how a value over its length is refused, is not documented: here both are errors.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Card, Conversation, Json, Template
from sandbox.dingtalk.values import change, param_map

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation

_SPACE: Final = re.compile(r"dtv1\.card//(IM_ROBOT|IM_GROUP)\.(.+)")
_MODEL: Final = {"IM_ROBOT": "imRobotOpen", "IM_GROUP": "imGroupOpen"}


@endpoint("POST", "/v1.0/card/instances/createAndDeliver")
def create_and_deliver(call: Call) -> Json:
    """Make a card and put it into one conversation."""
    organisation = call.organisation
    template = organisation.templates.get(_given(call, "cardTemplateId"))
    if template is None:
        raise DingTalkError("param.cardTemplateNotExist", "卡片模版不存在")
    track = _given(call, "outTrackId")
    if track in organisation.cards:
        raise DingTalkError("param.outTrackIdDuplicate", "outTrackId 已存在")
    public = param_map(call.args.get("cardData"), template.form)
    space = _SPACE.fullmatch(str(call.args.get("openSpaceId", "")))
    if space is None:
        raise DingTalkError("param.openSpaceIdInvalid")
    kind, where = space.groups()
    _check_models(call, kind)
    result: Json = {"spaceType": kind, "spaceId": where, "success": True, "errorMsg": ""}
    conversation = _conversation(organisation, kind, where)
    if conversation is None:
        result |= {"success": False, "errorMsg": "spaceId is not exist"}
    else:
        card = Card(
            track,
            template,
            public,
            _private(call, template),
            call.args.get("callbackType") == "STREAM",
        )
        organisation.cards[track] = card
        organisation.put(conversation, organisation.app.robot_user, "card", {}, card)
        result["carrierId"] = uuid4().hex
    return {"success": True, "result": {"outTrackId": track, "deliverResults": [result]}}


@endpoint("POST", "/v1.0/card/instances")
def create(call: Call) -> Json:
    """Make a card that is in no conversation yet. Source: slug create-a-card-instance."""
    template = call.organisation.templates.get(_given(call, "cardTemplateId"))
    if template is None:
        raise DingTalkError("param.cardTemplateNotExist", "卡片模版不存在")
    param_map(call.args.get("cardData"), template.form)
    return {"success": True, "result": _given(call, "outTrackId")}


@endpoint("PUT", "/v1.0/card/instances")
def update(call: Call) -> Json:
    """Change a card's values: all of them, unless the options say by key."""
    organisation = call.organisation
    card = organisation.cards.get(_given(call, "outTrackId"))
    if card is None:
        raise DingTalkError("param.outTrackIdNotExist", "卡片不存在")
    if organisation.answering[card.out_track_id]:
        organisation.updates_while_answering.append(card.out_track_id)
    form = card.template.form
    public = param_map(call.args["cardData"], form) if "cardData" in call.args else None
    change(card, public, _private(call, card.template), call.args.get("cardUpdateOptions"))
    organisation.changes.tell("card")
    return {"success": True, "result": True}


def _private(call: Call, template: Template) -> dict[str, dict[str, str]]:
    given = call.args.get("privateData") or {}
    if not isinstance(given, dict):
        raise DingTalkError("param.cardPrivateDataInvalid")
    return {user: param_map(data, template.form) for user, data in given.items()}


def _given(call: Call, name: str) -> str:
    if not (value := call.args.get(name)):
        raise DingTalkError(f"param.{name}Empty")
    return str(value)


def _check_models(call: Call, kind: str) -> None:
    """A space wants its own two models, and the robot's code where it delivers."""
    deliver = call.args.get(f"{_MODEL[kind]}DeliverModel")
    space = call.args.get(f"{_MODEL[kind]}SpaceModel")
    if not isinstance(space, dict):
        raise DingTalkError("param.openSpaceModelInvalid")
    if (
        not isinstance(deliver, dict)
        or deliver.get("robotCode") != call.organisation.app.robot_code
    ):
        raise DingTalkError("param.openDeliverModelInvalid")
    if kind == "IM_ROBOT" and deliver.get("spaceType") != kind:
        raise DingTalkError("param.openDeliverModelInvalid")


def _conversation(organisation: Organisation, kind: str, where: str) -> Conversation | None:
    if kind == "IM_ROBOT":
        return organisation.talk(where) if organisation.here(where) else None
    group = organisation.conversations.get(where)
    return group if group is not None and group.group and group.robot else None
