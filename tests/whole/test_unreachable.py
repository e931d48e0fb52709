"""Who can't be reached: HR hears of it once, sees it without a text, and sends it again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from place import Place, kind_of, lines, place

from sandbox.slack.model import Message
from storage.notice import URGENT, Notice

ADMIN, CHINESE_ADMIN, MEMBER, BOSS = "N0015", "N0016", "N0009", "N0007"


async def _asked(here: Place, who: str, words: str) -> Message:
    person = here.who[who]
    before = len(person.ephemerals)
    await person.command(f"/review {words}")
    (answer,) = person.ephemerals[before:]
    return answer


async def _said(here: Place, who: str, words: str) -> str:
    return "\n".join(lines(await _asked(here, who, words)))


async def _parked(here: Place) -> list[str]:
    async with here.deps.database.begin(write=False) as tx:
        return [one.receiver for one in await tx.outbox.parked()]


async def _ids(here: Place) -> list[str]:
    async with here.deps.database.begin(write=False) as tx:
        return [one.id for one in await tx.outbox.parked()]


async def _aside(here: Place, count: int) -> None:
    """So many messages to one person are set aside."""
    for number in range(count):
        await _reminded(here, MEMBER, f"m{number}")
        async with here.deps.database.begin() as tx:
            found = await tx.outbox.find(f"m{number}")
            assert found is not None
            claim = await tx.outbox.claim(found.id, here.clock.now(), timedelta(minutes=1))
            assert claim is not None
            await tx.outbox.park(claim.id, claim.fence, "user_disabled")


async def _shut_out(here: Place, times: int) -> None:
    """The next messages are refused for good."""
    here.server.faults.error("chat.postMessage", "user_disabled", times=times)
    await here.settle()


async def test_hr_hears_once_of_a_person_and_reason_and_again_once_it_was_mended(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16, hr_admins=(ADMIN,)) as here:
        for number in range(3):
            await _reminded(here, MEMBER, f"m{number}")
            await _shut_out(here, 1)
            here.clock.move(timedelta(days=1))
        (told,) = here.dms(ADMIN, "unreachable")
        name = here.employee(MEMBER).name
        assert told.words == (
            f"A message to {name} ({MEMBER}) could not be sent: the chat does not know the "
            "receiver (any more). See whether the account is still active, and correct the roster. "
            "/review deliveries shows all of them and sends them again."
        )
        await _reminded(here, MEMBER, "through")
        await here.settle()
        assert len(here.dms(MEMBER, "press_again")) == 1
        await _reminded(here, MEMBER, "again")
        await _shut_out(here, 1)
        assert len(here.dms(ADMIN, "unreachable")) == 2


async def _reminded(here: Place, who: str, once: str) -> None:
    async with here.deps.database.begin() as tx:
        now = here.clock.now()
        await tx.outbox.put(
            Notice(kind="press_again", receiver=who, once=once, due=now, priority=URGENT)
        )


async def test_an_admin_sees_what_could_not_be_sent_and_sends_it_again(tmp_path: Path) -> None:
    async with place(tmp_path, count=16, hr_admins=(ADMIN, CHINESE_ADMIN)) as here:
        assert (await _said(here, ADMIN, "deliveries")).endswith(
            "Nothing is left that could not be sent."
        )
        await _aside(here, 12)
        assert await _parked(here) == [MEMBER] * 12
        status = await _said(here, ADMIN, "status")
        assert status.endswith("12 messages could not be sent; /review deliveries says why.")
        card = await _asked(here, ADMIN, "deliveries")
        shown = lines(card)
        name = here.employee(MEMBER).name
        assert f"Nothing has ever reached: {name} ({MEMBER})." in shown
        assert sum("please press again, since " in line for line in shown) == 10
        assert any("And 2 more" in line for line in shown)
        chinese = await _said(here, CHINESE_ADMIN, "送达")
        assert f"{name}（{MEMBER}） · 请再点一次，自 " in chinese
        (one, *_) = await _ids(here)
        await here.who[ADMIN].press("delivery.again", message=card, value=one)
        assert len(await _parked(here)) == 11
        await here.who[ADMIN].close()
        await here.who[ADMIN].press("delivery.again", message=card, value="all")
        assert await _parked(here) == []
        await here.settle()
        assert [kind_of(one) for one in here.dms(MEMBER)] == ["press_again"] * 12
        trail = [(one.event, one.actor) for one in await here.trail()]
        assert trail[-12:] == [("delivery.retried", ADMIN)] * 12


async def test_nobody_else_sees_or_sends_them(tmp_path: Path) -> None:
    async with place(tmp_path, count=16, hr_admins=(ADMIN,)) as here:
        await _aside(here, 1)
        card = await _asked(here, ADMIN, "deliveries")
        for who in (MEMBER, BOSS, CHINESE_ADMIN):
            assert here.employee(ADMIN).name in await _said(here, who, "deliveries")
            assert "deliveries" not in (await _said(here, who, "status"))
            assert "送达" not in (await _said(here, who, "status"))
        (one,) = await _ids(here)
        await here.who[BOSS].press("delivery.again", message=card, value=one)
        assert await _parked(here) == [MEMBER]
        form = here.who[BOSS].form
        assert form is not None
        assert here.employee(ADMIN).name in form.words


async def test_an_admin_reads_in_one_persons_book_what_came_when(tmp_path: Path) -> None:
    async with place(tmp_path, count=16, hr_admins=(ADMIN,)) as here:
        await here.open_cycle()
        name = here.employee(BOSS).name
        for said in (BOSS, BOSS.lower(), f"@{name}"):
            title, *shown = lines(await _asked(here, ADMIN, f"deliveries {said}"))
            assert title == f"{name} ({BOSS}): 1 message"
            (line,) = shown
            assert line.startswith("team list · sent, Mon 12 Oct 16:")
        await _aside(here, 1)
        (_, first, *_) = lines(await _asked(here, ADMIN, f"deliveries {MEMBER}"))
        assert first.startswith("please press again · set aside, Mon 12 Oct 16:")
        assert "the chat does not know the receiver" in first
        nobody = await _said(here, ADMIN, "deliveries Nobody Here")
        assert nobody == "Nobody in the roster is called “Nobody Here”."
        assert "fits several: " in await _said(here, ADMIN, "deliveries a")
        hidden = await _said(here, MEMBER, f"deliveries {BOSS}")
        assert here.employee(ADMIN).name in hidden
        assert "team list" not in hidden
