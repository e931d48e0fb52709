"""Colleagues who go on by themselves: they press and type in the workspace like anybody else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial

from bot.demo.cast import Cast
from bot.demo.chat import Chat
from bot.demo.desk import desk
from bot.demo.diary import Deed
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from sandbox.errors import PersonError, UnfilledError

log = logging.getLogger(__name__)
WRITE, RATE = "self_review.open", "rate:"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """The company at work on one cycle."""

    cast: Cast
    cycle: Cycle
    deps: Deps
    chat: Chat

    async def act(self, deeds: list[Deed]) -> list[Deed]:
        """Do what is due by now; what is left for later."""
        now = self.deps.clock.now()
        return [deed for deed in deeds if deed.at > now or not await self._did(deed)]

    async def _did(self, deed: Deed) -> bool:
        """Whether it is done, or never will be; not where the visitor sits at that desk."""
        async with self.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())
            here = await desk(deed.employee, self.cycle, self.cast, work, manager=deed.rating)
            if here is None:
                return True
            part = here.record.manager_part if deed.rating else here.record.self_part
            actor = self.cast.members.get(here.act.by)
            if part is not None or actor is None:
                return True
            answers = await here.answers(self.cast, manager=deed.rating)
        asked = partial(self._asked, here.act.by)
        if actor.id in self.chat.watching or self.chat.has_form(actor.id) or await asked():
            return False
        button = f"{RATE}{answers['overall']}" if deed.rating else WRITE
        near = here.person.name if deed.rating else None
        try:
            await self.chat.write(actor.id, button, near, answers, asked)
        except (TimeoutError, PersonError, UnfilledError) as fault:
            log.warning("a colleague gave up: %s, %s", deed, fault)
        return True

    async def _asked(self, employee: str) -> str | None:
        """The field that the bot asks of them now, where forms are asked part by part."""
        async with self.deps.database.begin(write=False) as tx:
            rows = await tx.askings.of(employee, self.cast.platform)
        return next((one.place.at for one in rows if not one.aside), None)
