"""What people do: they write, tap, press and fill."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from ding_app import StreamApp, connected
from ding_rig import CREATE, SEND, UPDATE, Client, card, client, message

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation, Person, Template
from sandbox.errors import PersonError, UnfilledError

Json = dict[str, Any]
FIELDS = [
    {
        "name": "rating",
        "label": "Rating",
        "type": "SELECT",
        "required": True,
        "options": ["3", "4"],
    },
    {"name": "why", "label": "Why", "type": "TEXT_AREA"},
    {"name": "hours", "type": "NUMBER", "defaultValue": 8},
    {"name": "public", "type": "SWITCH"},
    {"name": "day", "type": "DATE"},
    {"name": "tags", "type": "MULTI_SELECT", "options": [{"value": "a"}, {"value": "b"}]},
]


def _organisation(clock: ManualClock | None = None) -> tuple[Organisation, Person]:
    organisation = Organisation(clock=clock)
    organisation.add_template(Template("plain", actions=(("Later", "later"),)))
    return organisation, organisation.person(organisation.add_member("ana").userid)


def _button(text: str, action: str, **more: Any) -> Json:
    params = {"actionId": action, "params": {"goal": 7}}
    return {"text": text, "event": {"type": "sendCardRequest", "params": params}, **more}


async def _put(bot: Client, ana: Person, track: str = "one", **values: str) -> None:
    status, _ = await bot.call(CREATE, card(bot.server.organisation, ana.id, track, **values))
    assert status == 200


async def test_text_reaches_the_app_as_the_robot_hears_it() -> None:
    clock = ManualClock()
    organisation, ana = _organisation(clock)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        said = await ana.say("goals")
    now = int(clock.now().timestamp() * 1000)
    (frame,) = app.frames
    assert (frame["type"], frame["headers"]["topic"]) == ("CALLBACK", "/v1.0/im/bot/messages/get")
    assert app.told == [
        {
            "conversationId": organisation.talk(ana.id).id,
            "conversationType": "1",
            "chatbotCorpId": organisation.corp_id,
            "chatbotUserId": organisation.app.robot_user,
            "msgId": said.id,
            "senderNick": "ana",
            "isAdmin": False,
            "senderStaffId": ana.id,
            "senderId": f"$:LWCP_v1:${ana.member.unionid}",
            "senderCorpId": organisation.corp_id,
            "sessionWebhook": f"{bot.server.oapi_url}/robot/sendBySession?session={said.id}",
            "sessionWebhookExpiredTime": now + 5_400_000,
            "createAt": now,
            "robotCode": organisation.app.robot_code,
            "msgtype": "text",
            "text": {"content": "goals"},
        }
    ]


async def test_text_in_a_group_mentions_the_robot_and_strangers_can_t_write_there() -> None:
    organisation, ana = _organisation()
    group = organisation.add_group("HR", [ana.id])
    other = organisation.person(organisation.add_member("ben").userid)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await ana.say("report", group=group.id)
        with pytest.raises(PersonError):
            await other.say("report", group=group.id)
    (told,) = app.told
    assert (told["conversationType"], told["conversationTitle"]) == ("2", "HR")
    assert (told["text"], told["isInAtList"]) == ({"content": " report"}, True)


async def test_group_talk_without_a_mention_is_not_heard() -> None:
    organisation, ana = _organisation()
    group = organisation.add_group("HR", [ana.id])
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await ana.say("lunch?", group=group.id, mentions=False)
    assert (app.frames, [one.words for one in group.messages]) == ([], ["lunch?"])


async def test_voice_arrives_with_its_words_and_a_picture_with_none() -> None:
    organisation, ana = _organisation()
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await ana.speak("四分")
        shown = await ana.show(b"png")
    voice, picture = app.told
    assert (voice["msgtype"], voice["content"]["recognition"]) == ("audio", "四分")
    assert (picture["msgtype"], sorted(picture["content"])) == ("picture", ["downloadCode"])
    assert organisation.media[shown.param["photoURL"]] == b"png"


async def test_session_address_answers_where_the_person_wrote_for_an_hour_and_a_half() -> None:
    clock = ManualClock()
    organisation, ana = _organisation(clock)
    app = StreamApp()
    body = {"msgtype": "markdown", "markdown": {"title": "T", "text": "hi"}}
    codes = []
    async with client(organisation) as bot, connected(bot, app):
        await ana.say("goals")
        url = app.told[0]["sessionWebhook"]
        for seconds in (5_399, 1):
            async with bot.session.post(url, json=body) as answer:
                codes.append((await answer.json())["errcode"])
            clock.advance(seconds)
        async with bot.session.post(url, json=body) as answer:
            codes.append((await answer.json())["errcode"])
    assert codes == [0, 0, 300001]
    assert [one.words for one in ana.talk()] == ["goals", "T\nhi", "T\nhi"]
    assert clock.now() - ManualClock().now() == timedelta(hours=1.5)


async def test_tap_sends_the_text_of_its_link_or_opens_the_page() -> None:
    organisation, ana = _organisation()
    app = StreamApp()
    link = "dtmd://dingtalkclient/sendMessage?content=" + quote("评分 4 & 好")
    param = {"title": "T", "text": "x", "actionTitle1": "Four", "actionURL1": link}
    param |= {"actionTitle2": "Help", "actionURL2": "https://example.com/help"}
    body = message(organisation, "") | {"userIds": [ana.id], "msgKey": "sampleActionCard2"}
    async with client(organisation) as bot, connected(bot, app):
        await bot.call(SEND, body | {"msgParam": json.dumps(param)})
        opened = [await ana.tap("Four"), await ana.tap("Help")]
        with pytest.raises(PersonError):
            await ana.tap("Five")
    assert opened == ["", "https://example.com/help"]
    assert [one["text"]["content"] for one in app.told] == ["评分 4 & 好"]


async def test_links_in_the_text_and_an_answered_action_card_can_be_tapped() -> None:
    organisation, ana = _organisation()
    app = StreamApp()
    link = "dtmd://dingtalkclient/sendMessage?content="
    markdown = {
        "title": "T",
        "text": f"\\[no](x) [Go\\_on]({link}go) · [3]({link}a)\n\nBen [3]({link}b)",
    }
    buttons = [{"title": "More", "actionURL": f"{link}more"}]
    action_card = {"title": "T", "text": "x", "btns": buttons}
    body = message(organisation, "") | {"userIds": [ana.id], "msgKey": "sampleMarkdown"}
    async with client(organisation) as bot, connected(bot, app):
        await bot.call(SEND, body | {"msgParam": json.dumps(markdown)})
        links = [title for title, _ in ana.last().links()]
        await ana.tap("Go_on")
        await ana.tap("3")
        await ana.tap("3", near="Ben")
        url = app.told[0]["sessionWebhook"]
        codes = []
        for card_body in (action_card, action_card | {"btns": []}):
            answer = {"msgtype": "actionCard", "actionCard": card_body}
            async with bot.session.post(url, json=answer) as got:
                codes.append((await got.json())["errcode"])
        await ana.tap("More")
    assert (links, codes) == (["Go_on", "3", "3"], [0, 400101])
    assert [one["text"]["content"] for one in app.told] == ["go", "a", "b", "more"]


async def test_press_tells_the_app_and_its_answer_changes_the_card() -> None:
    organisation, ana = _organisation()
    patch = {
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        "cardData": {"cardParamMap": {"title": "Done"}},
        "userPrivateData": {"cardParamMap": {"mine": "yes"}},
    }
    app = StreamApp(lambda _: {"response": patch})
    buttons = json.dumps([_button("Agree", "agree"), _button("No", "no", status="disabled")])
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, title="T", btns=buttons)
        await ana.press("Agree", near="T")
        with pytest.raises(PersonError):
            await ana.press("No")
        await ana.press("Later")
    first, second = app.told
    content = json.loads(first.pop("content"))
    assert first == {
        "type": "actionCallback",
        "outTrackId": "one",
        "corpId": organisation.corp_id,
        "userId": ana.id,
        "userIdType": 1,
        "spaceType": "IM_ROBOT",
        "spaceId": ana.id,
        "extension": "{}",
    }
    assert content == {"cardPrivateData": {"actionIds": ["agree"], "params": {"goal": 7}}}
    assert json.loads(second["content"])["cardPrivateData"]["actionIds"] == ["later"]
    assert ana.card() == {"title": "Done", "btns": buttons, "mine": "yes"}
    assert organisation.cards["one"].values("ben") == {"title": "Done", "btns": buttons}
    assert ana.troubles == []


async def test_press_without_an_answer_in_two_seconds_is_a_trouble_and_told_again() -> None:
    clock = ManualClock()
    organisation, ana = _organisation(clock)
    patch = {"cardData": {"cardParamMap": {"title": "Done"}}}
    app = StreamApp(lambda _: {"response": patch}, deaf=1)
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, title="T")
        pressing = asyncio.create_task(ana.press("Later"))
        await app.next()
        clock.advance(2)
        await pressing
        clock.advance(14)
        await app.next()
        await organisation.settled()
    assert ana.troubles == ["callback timeout"]
    assert ana.card() == {"title": "T"}
    assert len(app.frames) == 2
    assert app.frames[0] == app.frames[1] | {"headers": app.frames[0]["headers"]}


async def test_late_answer_does_not_change_the_card_any_more() -> None:
    clock = ManualClock()
    organisation, ana = _organisation(clock)
    patch = {"cardData": {"cardParamMap": {"title": "Done"}}}
    app = StreamApp(lambda _: {"response": patch})
    organisation.faults.stream.late_acks(3)
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, title="T")
        pressing = asyncio.create_task(ana.press("Later"))
        await clock.sleepers(3)
        clock.advance(2)
        await pressing
        clock.advance(20)
        await organisation.settled()
        before = ana.card()
        await ana.press("Later")
    assert ana.troubles == ["callback timeout"]
    assert (before, ana.card()) == ({"title": "T"}, {"title": "Done"})
    assert len(app.frames) == 2


@pytest.mark.parametrize(
    ("patch", "trouble"),
    [
        ({"cardData": {"cardParamMap": {"n": 1}}}, "patch refused: param.cardParamMapInvalid"),
        ({"userPrivateData": {}}, "patch refused: param.cardPublicDataEmpty"),
    ],
)
async def test_wrong_patch_is_a_trouble(patch: Json, trouble: str) -> None:
    organisation, ana = _organisation()
    app = StreamApp(lambda _: {"response": patch})
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, title="T")
        await ana.press("Later")
    assert (ana.troubles, ana.card()) == ([trouble], {"title": "T"})


async def test_press_on_a_card_without_callbacks_is_a_trouble() -> None:
    organisation, ana = _organisation()
    async with client(organisation) as bot:
        body = card(organisation, ana.id, "one", title="T")
        await bot.call(CREATE, body | {"callbackType": "HTTP"})
        await ana.press("Later")
        await _put(bot, ana, "two", title="U")
        await ana.press("Later")
    assert ana.troubles == ["no callback", "callback timeout"]


async def test_update_inside_the_callback_is_on_record() -> None:
    clock = ManualClock()
    organisation, ana = _organisation(clock)
    app = StreamApp(deaf=1)
    change = {"outTrackId": "one", "cardData": {"cardParamMap": {"title": "U"}}}
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, title="T")
        await bot.call(UPDATE, change, verb="PUT")
        pressing = asyncio.create_task(ana.press("Later"))
        await app.next()
        before = list(organisation.updates_while_answering)
        await bot.call(UPDATE, change, verb="PUT")
        clock.advance(2)
        await pressing
        await bot.call(UPDATE, change, verb="PUT")
    assert (before, organisation.updates_while_answering) == ([], ["one"])


async def test_form_is_sent_as_the_client_sends_it_and_can_be_closed_by_the_answer() -> None:
    organisation, ana = _organisation()
    patch = {
        "cardUpdateOptions": {"updatePrivateDataByKey": True},
        "userPrivateData": {"cardParamMap": {"form_status": "disabled"}},
    }
    app = StreamApp(lambda _: {"response": patch})
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, form=json.dumps({"fields": FIELDS}))
        names = [one["name"] for one in ana.form()]
        answers = {"Rating": "4", "why": "好", "public": True, "day": "2026-11-27", "tags": ["b"]}
        await ana.fill(answers)
        with pytest.raises(PersonError, match="closed"):
            await ana.fill(answers)
    (told,) = app.told
    assert names == ["rating", "why", "hours", "public", "day", "tags"]
    assert json.loads(told["content"])["cardPrivateData"] == {
        "actionIds": ["submit"],
        "params": {
            "form": {
                "rating": {"index": 1, "value": "4"},
                "why": "好",
                "hours": 8,
                "public": True,
                "day": "2026-11-27",
                "tags": {"index": [1], "value": ["b"]},
            }
        },
    }


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({}, {"rating": "required"}),
        ({"rating": "9"}, {"rating": "no such option: 9"}),
        ({"rating": "3", "day": "today"}, {"day": "no DATE: today"}),
        ({"rating": "3", "public": "yes"}, {"public": "on or off, not yes"}),
        ({"rating": "3", "tags": ["c"]}, {"tags": "no such option: c"}),
    ],
)
async def test_client_keeps_a_form_that_is_not_filled_right(
    answers: Json, problems: dict[str, str]
) -> None:
    organisation, ana = _organisation()
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await _put(bot, ana, form=json.dumps({"fields": FIELDS}))
        with pytest.raises(UnfilledError) as caught:
            await ana.fill(answers)
    assert (caught.value.blocks, app.frames) == (problems, [])


@pytest.mark.parametrize(
    "form", ["", "no json", '{"fields": [{"name": "x", "type": "SONG"}]}', "{}"]
)
async def test_card_without_a_form_that_the_client_knows_can_t_be_filled(form: str) -> None:
    organisation, ana = _organisation()
    async with client(organisation) as bot:
        await _put(bot, ana, form=form)
        with pytest.raises(PersonError):
            await ana.fill({})
