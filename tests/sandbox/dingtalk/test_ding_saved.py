"""An organisation as a file, and gone on with."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from ding_page import ANA, says
from ding_rig import CREATE, SEND, card, client, message

from sandbox.clock import ManualClock
from sandbox.company import enter_contacts, people
from sandbox.dingtalk import Organisation, Template
from sandbox.dingtalk.saved import FORMAT, load, read, save
from sandbox.errors import UnreadableError

TEMPLATE = Template("plain", texts=("text",))


async def test_what_was_kept_is_gone_on_with() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    organisation.add_template(TEMPLATE)
    enter_contacts(organisation, people(12))
    organisation.add_member("ana", userid=ANA)
    organisation.add_group("HR", [ANA])
    async with client(organisation) as bot:
        param = {"title": "T", "text": f"[go]({says('go')})"}
        body = message(organisation, "") | {"userIds": [ANA], "msgKey": "sampleMarkdown"}
        await bot.call(SEND, body | {"msgParam": json.dumps(param)})
        await bot.call(CREATE, card(organisation, ANA, "one", title="Form", text="words"))
    organisation.keep(b"\x89PNG")
    clock.advance(60)
    kept = read(save(organisation))
    again = Organisation(clock=ManualClock(kept.now))
    load(kept, again)
    again.add_template(TEMPLATE)
    ana = again.person(ANA)
    async with client(again) as bot:
        await bot.call(SEND, message(again, "new") | {"userIds": [ANA]})
    ids = [one.id for one in ana.talk()]
    assert ids == sorted(set(ids))
    assert [one.words for one in ana.talk() if one.card is None][1:] == ["new"]
    assert (again.members, again.media) == (organisation.members, organisation.media)
    assert again.clock.now() - ManualClock().now() == timedelta(seconds=60)
    assert again.cards["one"] is ana.talk()[1].card


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"format": FORMAT, "now": "never"})])
def test_other_text_is_no_organisation(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(text)


def test_the_sample_company_is_in_the_contacts_with_its_managers() -> None:
    organisation = Organisation()
    staff = [one for one in people() if one.left_on is None]
    members = enter_contacts(organisation, people())
    ids = {one.employee_id: members[one.employee_id].id for one in staff}
    assert [organisation.members[ids[one.employee_id]].manager for one in staff] == [
        ids.get(one.manager_id or "", "") for one in staff
    ]
    assert [organisation.members[one].job_number for one in ids.values()] == list(ids)
    leaders = [one for one in organisation.members.values() if one.leads]
    assert {room for one in leaders for room in one.leads} <= set(organisation.departments)
    assert len(leaders) >= 5
