"""Colleagues who go on by themselves: they press and type in the workspace like anybody else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.demo.cast import Cast
from bot.demo.desk import Answers, desk
from bot.demo.diary import Deed
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from sandbox.errors import PersonError, UnfilledError
from sandbox.slack.people import Person as Member
from sandbox.slack.workspace import Workspace

log = logging.getLogger(__name__)
STEPS = 40
"""More than any form has."""
PATIENCE = 20
"""Seconds until a button has to be on somebody's screen."""
WRITE, RATE = "self_review.open", "rate:"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """The company at work on one cycle."""

    cast: Cast
    cycle: Cycle
    deps: Deps
    workspace: Workspace
    watched: Callable[[], Collection[str]]
    """Accounts that somebody acts as in a browser now: the visitor's own business."""

    async def act(self, deeds: list[Deed]) -> list[Deed]:
        """Do what is due by now; what is left for later."""
        now = self.deps.clock.now()
        return [deed for deed in deeds if deed.at > now or not await self._did(deed)]

    async def _did(self, deed: Deed) -> bool:
        """Whether it is done, or never will be; not where the visitor sits at that desk."""
        async with self.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())
            here = await desk(deed.employee, self.cycle, work, manager=deed.rating)
            if here is None:
                return True
            part = here.record.manager_part if deed.rating else here.record.self_part
            actor = self.cast.members.get(here.act.by)
            if part is not None or actor is None:
                return True
            answers = await here.answers(self.cast, manager=deed.rating)
        if actor.id in self.watched() or actor.form is not None:
            return False
        button = f"{RATE}{answers['overall']}" if deed.rating else WRITE
        near = here.person.name if deed.rating else None
        try:
            await self._write(actor, button, near, answers)
        except (TimeoutError, PersonError, UnfilledError) as fault:
            log.warning("a colleague gave up: %s, %s", deed, fault)
        return True

    async def _write(self, actor: Member, button: str, near: str | None, answers: Answers) -> None:
        await self.workspace.until(lambda: shows(actor, button, near), timeout=PATIENCE)
        await actor.press(button, near=near)
        for _ in range(STEPS):
            if actor.form is None:
                return
            done: set[str] = set()
            while name := open_field(actor, answers, done):
                done.add(name)
                await actor.fill({name: answers[key(name)]})
            if errors := await actor.submit():
                log.warning("the sample story does not fit the form: %s", sorted(errors))
                await actor.close()


def shows(actor: Member, button: str, near: str | None) -> bool:
    """Whether that button is in one of their messages, one that bears that name."""
    return any(
        any(
            element.get("action_id") == button
            for block in message.blocks
            for element in [*block.get("elements", ()), block.get("accessory") or {}]
        )
        and (near is None or near in message.words)
        for message in actor.dms()
    )


def open_field(actor: Member, answers: Answers, done: set[str]) -> str | None:
    """The first field of their form that there is an answer for and that is not filled in yet."""
    for block in actor.form.blocks if actor.form else []:
        name = str(block.get("block_id", ""))
        if block["type"] == "input" and name not in done and answers.get(key(name)):
            return name
    return None


def key(block_id: str) -> str:
    """The field that a block stands for."""
    return block_id.partition("#")[0]
