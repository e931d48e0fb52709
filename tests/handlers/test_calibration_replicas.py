"""Two bots on one PostgreSQL calibrate at once: each thing once, and the seals hold."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

from calibrating import CALIBRATED, by_name, later, press_in, sessions, staff, started
from signing import record, said
from world import home

from handlers.answers import Continues, Done
from handlers.audit_verify import verify
from handlers.work import Work
from review.stages import Stage
from scheduler.calibrate import calibrate
from storage import database


async def test_what_two_bots_calibrate_at_once_happens_once(
    tmp_path: Path, postgres_url: str
) -> None:
    async with home(tmp_path, staff(8), policy=CALIBRATED, url=postgres_url) as first:
        first.deps.company = replace(first.deps.company, hr_admins=("hr", "hr2"))
        other = await database.open(postgres_url, first.deps.database._keyring)
        second = replace(first, deps=replace(first.deps, database=other))
        try:
            cycle, reviews = await started(first, *["3.5"] * 8)
            value = f"{cycle.id}|department|Shop"
            answers = await asyncio.gather(
                first.press("hr", "calibration.open", value),
                second.press("hr2", "calibration.open", value),
            )
            assert Counter("already" in said(one) for one in answers) == {False: 1, True: 1}
            (session,) = await sessions(first, cycle)

            forms = [
                await press_in(one, await by_name(one, session.id, who), f"move:{reviews[0]}", who)
                for one, who in ((first, "hr"), (second, "hr2"))
            ]
            words = {"overall": "4", "reason": "Beside peers."}
            moves = await asyncio.gather(
                first.send("hr", forms[0], words), second.send("hr2", forms[1], words)
            )
            assert Counter(isinstance(one, Continues) for one in moves) == {True: 1, False: 1}

            closes = await asyncio.gather(
                first.press("hr", "calibration.close", session.id),
                second.press("hr2", "calibration.close", session.id),
            )
            assert Counter(isinstance(one, Done) for one in closes) == {True: 1, False: 1}
            await asyncio.gather(
                calibrate(first.deps),
                calibrate(second.deps),
                *(first.press("boss", "signoff.agree", one) for one in reviews),
            )
            await later(first)
            found = [await record(first, one) for one in reviews]
            for one in found:
                assert one.stage in {Stage.SKIP_LEVEL, Stage.HR}
                assert Counter(word.decision for word in one.sign_offs)["calibrate"] == 1
            async with other.begin(write=False) as tx:
                work = Work(tx=tx, company=first.deps.company, now=first.clock.now())
                assert (await verify(work)).broken is None
        finally:
            await other.close()
