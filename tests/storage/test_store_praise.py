"""Praise as it is kept: words sealed, what is counted plain, taken back once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import CANARY, MINUTE, NOW, fill, opened

from review.feedback import Heard, Kind
from review.praise import Deed, Praise, Praised
from storage.notice import Painting
from storage.praise import TOLD, PraiseReached
from storage.transaction import Transaction

HOUR = timedelta(hours=1)
ONE = Praise(
    id="p1",
    giver="e1",
    receiver="e2",
    value="teamwork",
    said=Deed(
        text=f"{CANARY} <!channel> {{{{ x }}}} \u202e 🎉" + "长" * 3000,
        value_name={"zh-CN": "团队合作", "en": "Teamwork"},
    ),
    at=NOW,
)


async def _some(work: Transaction) -> None:
    """Three that stand, and one that was taken back."""
    await fill(work, "e1", "e2", "e3")
    await work.praise.add(ONE)
    await work.praise.add(replace(ONE, id="p2", giver="e3", at=NOW + HOUR, value="v"))
    await work.praise.add(replace(ONE, id="p3", receiver="e3", at=NOW + 2 * HOUR))
    await work.praise.add(replace(ONE, id="p4", at=NOW + 3 * HOUR))
    assert await work.praise.take_back("p4", NOW + 4 * HOUR)


async def test_praise_comes_back_whole_and_what_was_taken_back_stands_nowhere(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _some(work)
        kept = work.praise
        taken = replace(ONE, id="p4", at=NOW + 3 * HOUR, taken_at=NOW + 4 * HOUR)
        assert await kept.get("p1") == ONE
        assert await kept.get("p4") == taken
        assert await kept.get("p5") is None
        assert await kept.between("e1", "e2") == (ONE,)
        assert await kept.between("e2", "e1") == ()
        assert [one.id for one in await kept.of("e2")] == ["p1", "p2"]
        assert [one.id for one in await kept.of("e1")] == ["p1", "p3", "p4"]
        assert [one.id for one in await kept.received("e2", NOW)] == ["p1", "p2"]
        assert [one.id for one in await kept.received("e2", NOW + MINUTE)] == ["p2"]
        assert await kept.within(NOW, NOW + 2 * HOUR) == (
            Praised(giver="e1", receiver="e2", value="teamwork"),
            Praised(giver="e3", receiver="e2", value="v"),
        )
        about = (await work.everything_about("e3"))["praise"]
        assert [one.id for one in about] == ["p2", "p3"]


async def test_reaching_and_taking_back_count_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _some(work)
        kept = work.praise
        assert [await kept.reach("p1", NOW), await kept.reach("p1", NOW + HOUR)] == [True, False]
        assert not await kept.take_back("p4", NOW)
        assert not await kept.take_back("p5", NOW)
        await kept.reach("p2", NOW + HOUR)
        await kept.reach("p4", NOW + HOUR)
        first = Heard(
            giver="e1",
            kind=Kind.POSITIVE,
            about="value:teamwork",
            as_manager=False,
            reached_at=NOW,
            public=True,
        )
        second = replace(first, giver="e3", about="value:v", reached_at=NOW + HOUR)
        heard = work.feedback.heard
        assert await heard(["e2", "e3"], NOW) == {"e2": (first, second), "e3": ()}
        assert await heard(["e2"], NOW + MINUTE) == {"e2": (second,)}
        assert await kept.last_words() == {("e1", "e2"): NOW, ("e3", "e2"): NOW + HOUR}
        assert await kept.last_words("e3") == {("e3", "e2"): NOW + HOUR}


async def test_what_its_receivers_chat_has_is_fresh_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _some(work)
        for name, receiver, kind in (
            ("p1", "e2", TOLD),
            ("p2", "#praise", "praise_public"),
            ("p4", "e2", TOLD),
        ):
            one = Painting(kind=kind, receiver=receiver, subject=name, due=NOW)
            await work.outbox.paint_all([one])
            found = await work.outbox.find(one.once)
            assert found is not None
            assert await work.praise.fresh() == () if name == "p1" else True
            claim = await work.outbox.claim(found.id, NOW, MINUTE)
            assert claim is not None
            assert await work.outbox.sent(claim.id, claim.fence, "D1", "1.1", NOW + HOUR)
        (fresh,) = await work.praise.fresh()
        assert fresh == PraiseReached(id="p1", at=NOW + HOUR)
        await work.praise.reach(fresh.id, fresh.at)
        assert await work.praise.fresh() == ()
