"""Cards: delivered, refused, changed."""

from __future__ import annotations

from typing import Any

import pytest
from ding_rig import CREATE, UPDATE, card, client

from sandbox.dingtalk import Organisation, Template


def _organisation() -> tuple[Organisation, str]:
    organisation = Organisation()
    organisation.add_template(Template("plain"))
    return organisation, organisation.add_member("ana", userid="ana").userid


async def test_card_is_delivered_to_a_person_and_to_a_group() -> None:
    organisation, ana = _organisation()
    group = organisation.add_group("HR", [ana])
    body = card(organisation, ana, "two", title="T")
    for name in ("SpaceModel", "DeliverModel"):
        body[f"imGroupOpen{name}"] = body.pop(f"imRobotOpen{name}")
    body["openSpaceId"] = f"dtv1.card//IM_GROUP.{group.id}"
    async with client(organisation) as bot:
        status, answer = await bot.call(CREATE, card(organisation, ana, "one", title="T"))
        await bot.call(CREATE, body)
    assert status == 200
    (delivered,) = answer["result"]["deliverResults"]
    assert delivered.pop("carrierId")
    assert delivered == {"spaceType": "IM_ROBOT", "spaceId": ana, "success": True, "errorMsg": ""}
    shown = [organisation.talk(ana).messages[0].card, group.messages[0].card]
    assert [one and (one.out_track_id, one.values(ana)) for one in shown] == [
        ("one", {"title": "T"}),
        ("two", {"title": "T"}),
    ]


async def test_card_for_a_stranger_says_so_in_its_delivery() -> None:
    organisation, _ = _organisation()
    async with client(organisation) as bot:
        status, answer = await bot.call(CREATE, card(organisation, "nobody", "one"))
    (delivered,) = answer["result"]["deliverResults"]
    assert (status, delivered["success"], delivered["errorMsg"]) == (
        200,
        False,
        "spaceId is not exist",
    )
    assert organisation.cards == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cardTemplateId": ""}, "param.cardTemplateIdEmpty"),
        ({"cardTemplateId": "draft"}, "param.cardTemplateNotExist"),
        ({"outTrackId": ""}, "param.outTrackIdEmpty"),
        ({"outTrackId": "taken"}, "param.outTrackIdDuplicate"),
        ({"cardData": {}}, "param.cardPublicDataEmpty"),
        ({"cardData": {"cardParamMap": {"n": 1}}}, "param.cardParamMapInvalid"),
        ({"cardData": {"cardParamMap": {"n": "好" * 342}}}, "param.cardParamMapInvalid"),
        ({"openSpaceId": "ana"}, "param.openSpaceIdInvalid"),
        ({"imRobotOpenSpaceModel": None}, "param.openSpaceModelInvalid"),
        ({"imRobotOpenDeliverModel": None}, "param.openDeliverModelInvalid"),
        ({"imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"}}, "param.openDeliverModelInvalid"),
        (
            {"imRobotOpenDeliverModel": {"spaceType": "x", "robotCode": "dinglocalapp"}},
            "param.openDeliverModelInvalid",
        ),
    ],
)
async def test_card_is_refused(change: dict[str, Any], code: str) -> None:
    organisation, ana = _organisation()
    async with client(organisation) as bot:
        await bot.call(CREATE, card(organisation, ana, "taken"))
        assert await bot.code(CREATE, card(organisation, ana, "one") | change) == code


@pytest.mark.parametrize(
    ("options", "public", "private"),
    [
        ({}, {"b": "3"}, {"d": "5"}),
        (
            {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
            {"a": "1", "b": "3"},
            {"c": "4", "d": "5"},
        ),
    ],
)
async def test_update_overwrites_everything_unless_told_by_key(
    options: dict[str, bool], public: dict[str, str], private: dict[str, str]
) -> None:
    organisation, ana = _organisation()
    body = card(organisation, ana, "one", a="1", b="2")
    body["privateData"] = {ana: {"cardParamMap": {"c": "4"}}}
    change = {
        "outTrackId": "one",
        "cardData": {"cardParamMap": {"b": "3"}},
        "privateData": {ana: {"cardParamMap": {"d": "5"}}},
        "cardUpdateOptions": options,
    }
    async with client(organisation) as bot:
        await bot.call(CREATE, body)
        status, _ = await bot.call(UPDATE, change, verb="PUT")
        unknown = await bot.code(UPDATE, change | {"outTrackId": "none"}, verb="PUT")
    changed = organisation.cards["one"]
    assert (status, unknown) == (200, "param.outTrackIdNotExist")
    assert (changed.values(ana), changed.values("ben")) == (public | private, public)
