"""A quarter of a company of 48, by protocol, from the invitation to the last rating."""

from __future__ import annotations

from pathlib import Path

from cycle_story import end_state, play
from place import AFTERNOON, place


async def test_x(tmp_path: Path) -> None:
    import time
    async with place(tmp_path, count=48, start=AFTERNOON) as here:
        t=time.time()
        cycle = await here.open_cycle()
        print("open", time.time()-t)
        await play(here, cycle)
        print("play", time.time()-t)
        s = await end_state(here, cycle)
        import pprint
        pprint.pprint(s.posts); pprint.pprint(s.trail, width=200)
        for k in ("#hr","N0008","N0011"): 
            for m in s.messages[k]: print(k, *m)
        print(here.workspace.troubles)
