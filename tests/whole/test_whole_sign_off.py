"""A review is signed, comes back, is rated and signed anew; and whoever alters it is found."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

from place import Place, place
from place_forms import fill_to_the_end, rate, write_self

from handlers.team import seated
from handlers.work import Work
from review.cycle import Cycle
from review.stages import Stage

MEMBER = "N0018"
REPO = Path(__file__).parents[2]


async def test_a_returned_review_is_rated_and_signed_anew_and_its_seals_are_verified(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        await rate(here, cycle, MEMBER)
        await here.settle()
        name, (skip, hr) = here.employee(MEMBER).name, await _signers(here, MEMBER)
        assert await _stage(here, cycle) is Stage.SKIP_LEVEL

        review = await here.review_id(cycle, MEMBER)
        await here.who[skip].press("signoff.open", near=name, value=review)
        assert here.who[skip].form is not None
        await fill_to_the_end(here.who[skip], {"decision": "agree"})
        await here.settle()
        assert await _stage(here, cycle) is Stage.HR

        await here.who[hr].press("hr.return", near=name, value=review)
        await fill_to_the_end(here.who[hr], {"comment": "Which stores? <!channel> {{ x }}"})
        await here.settle()
        (back,) = here.dms(skip, "returned")
        assert "Which stores? <!channel> {{ x }}" in back.words
        await here.who[skip].press("signoff.return", near=name, value=review)
        await fill_to_the_end(here.who[skip], {"comment": "Please name them."})
        await here.settle()
        assert await _stage(here, cycle) is Stage.MANAGER_REVIEW

        lead = here.who[str(here.employee(MEMBER).manager_id)]
        await lead.press("rate.change", near=name, value=review)
        await fill_to_the_end(lead, {"case:overall": "Three stores: North, East, West."})
        await here.settle()
        await here.who[skip].press("signoff.agree", near=name, value=review)
        await here.settle()
        await here.who[hr].press("hr.confirm", near=name, value=review)
        await here.settle()
        assert await _stage(here, cycle) is Stage.INTERVIEW
        assert not any(here.workspace.troubles.values())
        key = here.settings.data_key or ""
    code, out, _ = await _verify(tmp_path, key)
    assert code == 0, out
    assert out.startswith("The chain holds: ")
    with sqlite3.connect(tmp_path / "bot.db") as altered:
        altered.execute("UPDATE review SET rating = '5' WHERE id = ?", (review,))
    code, out, said = await _verify(tmp_path, key)
    assert (code, out) == (1, "")
    assert "The chain does not hold" in said
    assert "The numbers beside the review are not its own." in said


async def _stage(here: Place, cycle: Cycle) -> Stage:
    return (await here.review(cycle, MEMBER)).stage


async def _signers(here: Place, employee: str) -> tuple[str, str]:
    async with here.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
        (review,) = await tx.reviews.about(employee)
        _, seats = await seated(review, work)
    assert seats.skip_level is not None
    assert seats.hr is not None
    return seats.skip_level, seats.hr


async def _verify(folder: Path, key: str) -> tuple[int | None, str, str]:
    """`nosurprise audit verify` as a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "audit", "verify"),
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(REPO),
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
            "DATA_KEY": key,
            "LOCALE": "en",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, said = await process.communicate()
    return process.returncode, out.decode().strip(), said.decode().strip()
