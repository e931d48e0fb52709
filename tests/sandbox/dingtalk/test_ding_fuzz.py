"""Whatever an app sends is answered in DingTalk's words, never by a fault of the stand-in."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from ding_rig import CREATE, GROUP, SEND, TOKEN, UPDATE, card, message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.dingtalk import Organisation, Template
from sandbox.dingtalk.calls import ENDPOINTS
from sandbox.dingtalk.calls.call import Call
from sandbox.dingtalk.errors import DingTalkError, OapiError
from sandbox.dingtalk.frames import read_ack
from sandbox.errors import PersonError

Json = dict[str, Any]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
HANDLERS = {(one.verb, one.path): one.handler for one in ENDPOINTS}


def _organisation() -> Organisation:
    organisation = Organisation()
    organisation.add_template(Template("plain"))
    organisation.add_member("ana", userid="ana")
    organisation.webhook.group = organisation.add_group("HR", ["ana"])
    return organisation


def _good(organisation: Organisation) -> list[tuple[str, str, Json]]:
    app, values = organisation.app, {"cardParamMap": {"btns": "[]", "form": '{"fields": []}'}}
    group = organisation.webhook.group
    assert group is not None
    topics = [{"type": "EVENT", "topic": "*"}]
    update = {"outTrackId": "old", "cardData": values, "privateData": {"ana": values}}
    return [
        ("POST", TOKEN, {"appKey": app.key, "appSecret": app.secret}),
        ("POST", SEND, message(organisation, "x") | {"userIds": ["ana"]}),
        ("POST", GROUP, message(organisation, "x") | {"openConversationId": group.id}),
        ("POST", CREATE, card(organisation, "ana", "one") | {"privateData": {"ana": values}}),
        ("PUT", UPDATE, update | {"cardUpdateOptions": {"updateCardDataByKey": True}}),
        ("POST", "/topapi/v2/department/listsubid", {"dept_id": 1}),
        ("POST", "/topapi/v2/user/list", {"dept_id": 1, "cursor": 0, "size": 10}),
        ("POST", "/topapi/v2/user/get", {"userid": "ana"}),
        (
            "POST",
            "/v1.0/gateway/connections/open",
            {"clientId": app.key, "clientSecret": app.secret, "subscriptions": topics},
        ),
    ]


def _spoil(draw: Callable[[Any], Any], body: Json) -> Json:
    spoiled = copy.deepcopy(body)
    place: Any = spoiled
    while True:
        keys = list(range(len(place))) if isinstance(place, list) else list(place)
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
            place = place[key]
            continue
        place[key] = draw(ANYTHING)
        return spoiled


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_call_is_answered_or_refused_and_what_was_taken_can_be_looked_at(
    data: st.DataObject,
) -> None:
    organisation = _organisation()
    person = organisation.person("ana")
    create = HANDLERS["POST", CREATE]
    create(Call(organisation, card(organisation, "ana", "old", title="T")))
    verb, path, body = data.draw(st.sampled_from(_good(organisation)))
    spoiled = _spoil(data.draw, body)
    try:
        HANDLERS[verb, path](Call(organisation, spoiled))
    except (DingTalkError, OapiError):
        return
    for look in (person.card, person.form, person.last, lambda: person.last().links()):
        try:
            look()
        except PersonError:
            continue


@settings(max_examples=100, deadline=None)
@given(ANYTHING, st.text(max_size=10))
def test_any_values_on_a_card_can_be_looked_at(thing: Any, text: str) -> None:
    organisation = _organisation()
    person = organisation.person("ana")
    create = HANDLERS["POST", CREATE]
    for number, value in enumerate((json.dumps(thing), text, json.dumps({"fields": thing}))):
        if len(value.encode()) <= 1024:
            values = {"btns": value, "form": value}
            create(Call(organisation, card(organisation, "ana", f"c{number}", **values)))
            for look in (person.form, lambda: person._card(None, label="x")):
                try:
                    look()
                except PersonError:
                    continue


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_any_answer_on_the_stream_is_read_or_passed_over(thing: Any) -> None:
    read_ack(json.dumps(thing))
    read_ack(json.dumps({"code": thing, "headers": thing, "data": thing}))
    read_ack(str(thing))
