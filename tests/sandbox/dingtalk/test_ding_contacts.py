"""The contacts and media."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import aiohttp
from ding_rig import Client, client

from sandbox.dingtalk import Organisation


async def test_departments_and_their_people_a_page_each() -> None:
    organisation = Organisation()
    shop = organisation.add_department("Shop")
    till = organisation.add_department("Till", parent=shop.id)
    people = [organisation.add_member(name, departments=[till.id]) for name in ("a", "b", "c")]
    people[1].left = True
    async with client(organisation) as bot:
        below = [await bot.old("/topapi/v2/department/listsubid", {"dept_id": n}) for n in (1, 2)]
        pages: list[Any] = []
        body = {"dept_id": till.id, "cursor": 0, "size": 1}
        for _ in range(2):
            pages.append((await bot.old("/topapi/v2/user/list", body))["result"])
            body["cursor"] = pages[-1].get("next_cursor", 0)
        wrong = [
            await bot.old("/topapi/v2/user/list", body | change)
            for change in ({"dept_id": 99}, {"size": 101}, {"cursor": "x"})
        ]
    assert [one["result"]["dept_id_list"] for one in below] == [[shop.id], [till.id]]
    assert [[one["name"] for one in page["list"]] for page in pages] == [["a"], ["c"]]
    assert [page["has_more"] for page in pages] == [True, False]
    assert [one["errcode"] for one in wrong] == [60003, 400002, 400002]


async def test_person_is_told_with_manager_and_union_id() -> None:
    organisation = Organisation()
    boss = organisation.add_member("boss", leads=[1])
    ana = organisation.add_member(
        "ana", manager=boss.userid, hired_on=date(2026, 1, 5), email="ana@example.com"
    )
    async with client(organisation) as bot:
        got = [await bot.old("/topapi/v2/user/get", {"userid": u.userid}) for u in (ana, boss)]
        none = await bot.old("/topapi/v2/user/get", {"userid": "nobody"})
        empty = await bot.old("/topapi/v2/user/get", {})
    assert (none["errcode"], empty["errcode"]) == (60121, 400002)
    assert got[0]["result"] == {
        "userid": ana.userid,
        "unionid": ana.unionid,
        "name": "ana",
        "title": "",
        "email": "ana@example.com",
        "job_number": "",
        "dept_id_list": [1],
        "leader": False,
        "admin": False,
        "boss": False,
        "active": True,
        "hired_date": 1767571200000,
        "leader_in_dept": [{"dept_id": 1, "leader": False}],
        "manager_userid": boss.userid,
    }
    assert got[1]["result"]["leader_in_dept"] == [{"dept_id": 1, "leader": True}]
    assert "manager_userid" not in got[1]["result"]


async def _upload(bot: Client, content: bytes, kind: str = "image") -> dict[str, Any]:
    form = aiohttp.FormData({"type": kind})
    form.add_field("media", BytesIO(content), filename="chart.png", content_type="image/png")
    url = f"{bot.server.oapi_url}/media/upload?access_token={bot.token}"
    async with bot.session.post(url, data=form) as answer:
        return dict(await answer.json())


async def test_media_is_kept_up_to_20_mb_and_counted() -> None:
    organisation = Organisation()
    async with client(organisation) as bot:
        kept = await _upload(bot, b"picture")
        wrong = [
            await _upload(bot, b"x" * ((20 << 20) + 1)),
            await _upload(bot, b""),
            await _upload(bot, b"x", kind="song"),
        ]
        bot.token = "wrong"
        wrong.append(await _upload(bot, b"x"))
    assert (kept["errcode"], organisation.media) == (0, {kept["media_id"]: b"picture"})
    assert [one["errcode"] for one in wrong] == [40006, 41005, 40004, 40014]
    assert organisation.quota.used == 4
