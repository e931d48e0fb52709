"""The robot's messages: oToMessages/batchSend, groupMessages/send."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import uuid4

from sandbox.dingtalk.calls.call import Call, endpoint, parsed
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Conversation, Json

MOST_USERS: Final = 20
MOST_BYTES: Final = 15_000
RECALLED_WITHIN: Final = timedelta(days=1)
KEYS: Final = {
    "sampleText": {"content"},
    "sampleMarkdown": {"title", "text"},
    "sampleImageMsg": {"photoURL"},
    "sampleFile": {"mediaId", "fileName", "fileType"},
    "sampleLink": {"title", "text", "picUrl", "messageUrl"},
    "sampleActionCard": {"title", "text", "singleTitle", "singleURL"},
} | {
    f"sampleActionCard{most}": {"title", "text"}
    | {f"action{part}{number}" for part in ("Title", "URL") for number in range(1, most + 1)}
    for most in range(2, 6)
}
"""What each message key needs. Source: DingTalk, message types supported by enterprise robots."""


@endpoint("POST", "/v1.0/robot/oToMessages/batchSend")
def batch_send(call: Call) -> Json:
    """Send to up to 20 people. Source: slug chatbots-send-one-on-one-chat-messages-in-batches."""
    organisation = call.organisation
    _robot(call)
    users = call.required("userIds")
    listed = isinstance(users, list) and all(isinstance(one, str) for one in users)
    if not listed or len(users) > MOST_USERS:
        raise DingTalkError("invalidParameter.userIds.invalid", f"userIds: 1 to {MOST_USERS}")
    key, param = _message(call)
    faults = organisation.faults
    users = list(dict.fromkeys(users))
    invalid = [one for one in users if one in faults.invalid or not organisation.here(one)]
    held = [one for one in users if one in faults.flow_controlled and one not in invalid]
    sent = uuid4().hex
    for user in users:
        if user not in {*invalid, *held}:
            talk = organisation.talk(user)
            organisation.put(talk, organisation.app.robot_user, key, param).query_key = sent
    return {
        "processQueryKey": sent,
        "invalidStaffIdList": invalid,
        "flowControlledStaffIdList": held,
    }


@endpoint("POST", "/v1.0/robot/groupMessages/send")
def group_send(call: Call) -> Json:
    """Send to a group. Source: slug the-robot-sends-a-group-message."""
    organisation = call.organisation
    _robot(call)
    group = organisation.conversations.get(call.text("openConversationId"))
    if group is None or not group.group:
        raise DingTalkError("invalid.openConversationId", "无效的openConversationId")
    if not group.robot:
        raise DingTalkError("invalidParameter.robotCode.notExsit", "机器人不存在")
    key, param = _message(call)
    if len(call.text("msgParam").encode()) > MOST_BYTES:
        raise DingTalkError("invalidParameter.msgParam.tooLong", f"msgParam: {MOST_BYTES} bytes")
    sent = uuid4().hex
    organisation.put(group, organisation.app.robot_user, key, param).query_key = sent
    return {"processQueryKey": sent}


@endpoint("POST", "/v1.0/robot/otoMessages/batchRecall")
def recall(call: Call) -> Json:
    """Take back what was sent to people, from all whom one call reached.

    Source: slug batch-message-recall-chat. That it is possible for a day is said by others.
    """
    organisation = call.organisation
    _robot(call)
    return _recalled(call, [one for one in organisation.conversations.values() if not one.group])


@endpoint("POST", "/v1.0/robot/groupMessages/recall")
def group_recall(call: Call) -> Json:
    """Take back what was sent to a group. Source: slug enterprise-chatbot-withdraws-messages."""
    _robot(call)
    group = call.organisation.conversations.get(call.text("openConversationId"))
    if group is None or not group.group:
        raise DingTalkError("invalid.openConversationId", "无效的openConversationId")
    return _recalled(call, [group])


def _recalled(call: Call, where: list[Conversation]) -> Json:
    keys = call.required("processQueryKeys")
    if not isinstance(keys, list) or len(keys) > MOST_USERS:
        raise DingTalkError("invalidParameter.processQueryKeys", f"1 to {MOST_USERS}")
    now = call.organisation.clock.now()
    done, failed = [], {}
    for key in keys:
        found = [one for place in where for one in place.messages if one.query_key == key]
        if found and all(one.at and now - one.at < RECALLED_WITHIN for one in found):
            for one in found:
                one.recall()
            done.append(key)
        else:
            failed[str(key)] = "消息不存在或已超过可撤回时间"
    call.organisation.changes.tell("messages")
    return {"successResult": done, "failedResult": failed}


@endpoint("POST", "/v1.0/robot/groups/robots/query")
def robots_of_a_group(call: Call) -> Json:
    """List a group's robots. Source: the official SDK's GetBotListInGroup."""
    group = call.organisation.conversations.get(call.text("openConversationId"))
    if group is None or not group.group:
        raise DingTalkError("invalid.openConversationId", "无效的openConversationId")
    app = call.organisation.app
    ours = [{"robotCode": app.robot_code, "name": app.name}] if group.robot else []
    return {"chatbotInstanceVOList": ours}


def _robot(call: Call) -> None:
    if call.required("robotCode") != call.organisation.app.robot_code:
        raise DingTalkError("invalidParameter.robotCode.invalid", "无效的robotCode")


def _message(call: Call) -> tuple[str, Json]:
    """Return the message's key and values, which come as JSON in a string."""
    key, param = call.text("msgKey"), parsed(call.required("msgParam"))
    if key not in KEYS:
        raise DingTalkError("invalidParameter.msgKey.invalid", f"msgKey: {key}")
    if param is None or not all(isinstance(param.get(name), str) for name in KEYS[key]):
        raise DingTalkError("invalidParameter.msgParam.invalid", f"{key}: {sorted(KEYS[key])}")
    return key, param
