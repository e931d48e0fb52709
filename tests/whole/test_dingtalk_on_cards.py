"""The whole program beside a local DingTalk with a card template: a self-review on cards."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from test_dingtalk import running, until
from world import Home, open_cycle

from bot.config import DingTalkSettings
from bot.platforms.dingtalk import template
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.listen import Listener
from handlers.dispatch import dispatch
from handlers.events import Account
from handlers.ports import Quota
from prompts.render import Words
from sandbox.dingtalk import Organisation, Person, Template

CREATE, UPDATE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
OURS = Template("ours.schema", texts=template.TEXTS, current=template.CURRENT, notes=template.NOTES)


TYPED = {
    "msgId": "m-4",
    "senderStaffId": "d-e1",
    "conversationType": "1",
    "msgtype": "text",
    "text": {"content": "4"},
}


async def words_of(_: Account) -> Words:
    return Words("en")


async def once(place: Home, is_so: Callable[[], object]) -> None:
    """Wait for it, while time goes by: limits let more through."""

    def later() -> object:
        place.clock.moment += timedelta(seconds=1)
        return is_so()

    await until(later)


def answer_to(field: dict[str, Any]) -> Any:
    if field.get("options"):
        return field["options"][-1]["value"]
    return "Last Tuesday I rang all three customers back." if field["type"] == "TEXT_AREA" else "3"


async def fill_all(ann: Person) -> int:
    """Every part of the form that stands open; how many there were."""
    parts = 0
    while ann.card()["form_status"] == "normal":
        asked = [one for one in ann.form() if not one.get("hidden")]
        await ann.fill({one["name"]: answer_to(one) for one in asked})
        parts += 1
        assert parts < 20
    return parts


async def test_a_self_review_is_filled_on_a_card_and_the_message_of_it_changes(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    organisation.add_template(OURS)
    async with running(tmp_path, organisation, unused_tcp_port) as (place, server):
        cycle = await open_cycle(place)
        ann = organisation.person("d-e1")
        await once(place, ann.talk)
        message = ann.talk()[0].card
        assert message is not None
        assert "2026Q3" in "".join(message.public.values())
        before = dict(message.public)
        (opens, *_) = [one["text"] for one in json.loads(message.public["btns"])]
        await ann.press(opens)
        await until(lambda: len(ann.talk()) > 1)
        parts = await fill_all(ann)
        await ann.press("Send")
        await once(place, lambda: message.public != before)
        async with place.deps.database.begin(write=False) as tx:
            sent = await tx.reviews.of(cycle.id, "e1")
            assert await tx.askings.whole("e1") == ()
        assert sent is not None
        assert sent.self_part is not None
        assert len(sent.self_part.scores) == 3
        made = [body["openSpaceId"] for path, body in server.calls if path == CREATE]
        assert made.count("dtv1.card//IM_ROBOT.d-e1") == 2, "one message and one form"
        assert parts > 1
        assert (organisation.updates_while_answering, ann.troubles) == ([], [])
        assert organisation.stream.given_up == []


async def test_what_is_typed_beside_a_form_on_a_card_is_a_command(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    organisation.add_template(OURS)
    async with running(tmp_path, organisation, unused_tcp_port) as (place, _):
        await open_cycle(place)
        ann = organisation.person("d-e1")
        await once(place, ann.talk)
        await ann.say("self")
        await until(lambda: ann.card()["form_status"] == "normal")
        shown = ann.card()
        await ann.say("4")
        assert "status" in ann.last().words, "the help, for there is no such command"
        assert ann.card() == shown
        await ann.press("Later", near=ann.card()["title"])
        assert ann.card()["form_status"] == "disabled"


async def test_an_answer_to_look_over_is_changed_by_its_number(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    organisation.add_template(OURS)
    async with running(tmp_path, organisation, unused_tcp_port) as (place, _):
        await open_cycle(place)
        ann = organisation.person("d-e1")
        await once(place, ann.talk)
        await ann.say("self")
        await until(lambda: ann.card()["form_status"] == "normal")
        await fill_all(ann)
        before = len(ann.talk())
        await ann.say("1")
        await until(lambda: len(ann.talk()) > before + 1)
        assert ann.card()["form_status"] == "normal"
        (asked,) = [one for one in ann.form() if not one.get("hidden")]
        await ann.fill({asked["name"]: asked["options"][0]["value"]})
        await until(lambda: ann.card()["form_status"] == "disabled")
        assert asked["options"][0]["text"] in "".join(ann.card().values())


async def test_while_calls_are_short_a_form_is_typed_in_the_chat_even_after_a_restart(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    organisation.add_template(OURS)
    async with running(tmp_path, organisation, unused_tcp_port) as (place, server):
        await open_cycle(place)
        ann = organisation.person("d-e1")
        await once(place, ann.talk)
        place.deps.quotas = (Quota(platform="dingtalk", calls=0, buckets=frozenset()),)
        await ann.say("self")
        assert "Question 1 of 9" in ann.last().words
        settings = DingTalkSettings(
            client_id=organisation.app.key,
            client_secret=organisation.app.secret,
            robot_code=organisation.app.robot_code,
            api_url=f"{server.api_url}/",
            oapi_url=f"{server.oapi_url}/",
            form_template=OURS.id,
        )
        async with session() as calls:
            client = DingTalkClient(settings, calls)
            again = Listener(partial(dispatch, deps=place.deps), words_of, client)
            hook = f"{server.oapi_url}/robot/sendBySession?session=none"
            await again.message({**TYPED, "sessionWebhook": hook}, "f1")
            await again.ended()
        async with place.deps.database.begin(write=False) as tx:
            (draft,) = await tx.drafts.of("e1")
        assert "4" in {one.value for one in draft.marks.values()}
        made = [body["outTrackId"] for path, body in server.calls if path == CREATE]
        assert not [one for one in made if one.startswith("form-")]
