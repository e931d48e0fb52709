"""What a person's client does: it sends a text, or tells what was done with a card."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.frames import CARDS, MESSAGES, Ack, Push
from sandbox.dingtalk.model import Card, Conversation, Json, Message, Session, compact
from sandbox.dingtalk.values import change, param_map

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation

PATCH_SECONDS: Final = 2
"""So long the client waits for what a press changes on the card."""
SESSION_MS: Final = 5_400_000


async def say(
    organisation: Organisation,
    user: str,
    conversation: Conversation,
    text: str,
    *,
    mentions: bool = True,
) -> Message:
    """Send a text; in a group the app hears only what mentions the robot."""
    message = organisation.put(conversation, user, "text", {"content": text})
    if conversation.group and not mentions:
        return message
    said = f" {text}" if conversation.group else text
    content = {"msgtype": "text", "text": {"content": said}}
    await _tell(organisation, conversation, message, content)
    return message


async def speak(organisation: Organisation, user: str, words: str) -> Message:
    """Send the robot a voice message, with the words that DingTalk recognises in it.

    Source: slug receive-message (msgtype audio).
    """
    talk = organisation.talk(user)
    content = {"duration": 4000, "downloadCode": _code(organisation), "recognition": words}
    message = organisation.put(talk, user, "audio", content)
    await _tell(organisation, talk, message, {"msgtype": "audio", "content": content})
    return message


async def show(organisation: Organisation, user: str, picture: bytes) -> Message:
    """Send the robot a picture. Source: slug receive-message (msgtype picture)."""
    talk = organisation.talk(user)
    message = organisation.put(talk, user, "picture", {"photoURL": organisation.keep(picture)})
    content = {"msgtype": "picture", "content": {"downloadCode": _code(organisation)}}
    await _tell(organisation, talk, message, content)
    return message


def _code(organisation: Organisation) -> str:
    return f"code{organisation.number():08d}"


async def _tell(
    organisation: Organisation, conversation: Conversation, message: Message, content: Json
) -> None:
    """Tell the app of what somebody sent: `content` is its msgtype and what that brings."""
    member, app = organisation.members[message.sender], organisation.app
    now = int(organisation.clock.now().timestamp() * 1000)
    ends = organisation.clock.now() + timedelta(milliseconds=SESSION_MS)
    organisation.sessions[message.id] = Session(conversation, ends)
    data: Json = {
        "conversationId": conversation.id,
        "conversationType": "2" if conversation.group else "1",
        "chatbotCorpId": organisation.corp_id,
        "chatbotUserId": app.robot_user,
        "msgId": message.id,
        "senderNick": member.name,
        "isAdmin": member.admin,
        "senderStaffId": member.userid,
        "senderId": f"$:LWCP_v1:${member.unionid}",
        "senderCorpId": organisation.corp_id,
        "sessionWebhook": f"{organisation.base_url}/oapi/robot/sendBySession?session={message.id}",
        "sessionWebhookExpiredTime": now + SESSION_MS,
        "createAt": now,
        "robotCode": app.robot_code,
        **content,
    }
    if conversation.group:
        data |= {
            "conversationTitle": conversation.title,
            "isInAtList": True,
            "atUsers": [{"dingtalkId": app.robot_user}],
        }
    await organisation.stream.push(Push("CALLBACK", MESSAGES, data))


async def act(
    organisation: Organisation,
    user: str,
    conversation: Conversation,
    card: Card,
    done: Json,
) -> None:
    """Tell the app what was done with a card (actionIds and params), and put its answer on it.

    An answer that comes too late, or none, is a trouble on the person's screen.
    """
    if not card.stream:
        organisation.trouble(user, "no callback")
        return
    data = {
        "type": "actionCallback",
        "outTrackId": card.out_track_id,
        "corpId": organisation.corp_id,
        "userId": user,
        "userIdType": 1,
        "spaceType": "IM_GROUP" if conversation.group else "IM_ROBOT",
        "spaceId": conversation.id if conversation.group else user,
        "extension": "{}",
        "content": compact({"cardPrivateData": done}),
    }
    organisation.answering[card.out_track_id] += 1
    try:
        ack = await _in_time(organisation, Push("CALLBACK", CARDS, data))
    finally:
        organisation.answering[card.out_track_id] -= 1
    if ack is None:
        organisation.trouble(user, "callback timeout")
    elif not ack.settles("CALLBACK"):
        organisation.trouble(user, f"callback failed: {ack.code}")
    else:
        _patch(organisation, user, card, ack.response)


async def _in_time(organisation: Organisation, push: Push) -> Ack | None:
    """Return the answer if it comes while the client waits; it is told again all the same."""
    told = organisation.stream.spawn(organisation.stream.push(push))
    timer = asyncio.ensure_future(organisation.clock.sleep(PATCH_SECONDS))
    waited: set[asyncio.Future[Any]] = {told, timer}
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        return told.result() if told.done() else None
    finally:
        timer.cancel()


def _patch(organisation: Organisation, user: str, card: Card, response: Json) -> None:
    try:
        form = card.template.form
        public = param_map(response["cardData"], form) if "cardData" in response else None
        private = response.get("userPrivateData")
        own = {user: param_map(private, form)} if private is not None else {}
    except DingTalkError as error:
        organisation.trouble(user, f"patch refused: {error.code}")
        return
    if public is not None or own:
        change(card, public, own, response.get("cardUpdateOptions"))
        organisation.changes.tell("card", user=user)
