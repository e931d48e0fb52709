"""The screens of a company that calibrates, of HR's own forms, and of what a manager asks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from playwright.async_api import Page

from bot.demo.cast import LEAD
from docs.later_screens import offered
from docs.studio import RATER, Studio, fill, rate_somebody, settled, waiting
from review.policy import Flow, Policy
from sandbox.company import rating_answers
from sandbox.slack.model import Message
from sandbox.slack.people import Person as Member

CALIBRATED = replace(Policy(), flow=Flow(calibration=True))
BECAUSE = {
    "zh": "和另外两个组同岗位的同事放在一起看，结果相近，按同一档处理。",
    "en": "Side by side with the same role in two other teams the results are alike.",
}
QUESTION = {
    "zh": "大促那周他替两位同事顶了班，这算超出本职还是本职之内？我拿不准 3 级。",
    "en": "He stood in for two colleagues in the sale's week. Is that level 3 or still level 2?",
}


async def take_all(here: Studio) -> None:
    """Calibration, who is in and out, a question before sending, own pictures."""
    await calibration(here)
    await in_and_out(here)
    await asking(here)
    await pictures(here)


async def calibration(here: Studio) -> None:
    """HR opens a session for the company, looks at the names, and moves one rating."""
    admin, boss = here.member(here.cast.admin), here.cast.admin
    channel = here.workspace.channel("#hr")
    if channel is None:
        raise LookupError("#hr")
    await admin.command("/review calibrate")
    await settled(here)
    await here.take("31-calibrate", boss)
    offers = next(one for one in said(admin) if values(one.blocks, "calibration.open"))
    company = next(one for one in values(offers.blocks, "calibration.open") if "company" in one)
    await admin.press("calibration.open", value=company, message=offers)
    await settled(here)
    if admin.form is not None:
        await admin.close()
    await here.take("32-calibration", boss, channel.id, top)
    session = next(one for one in channel.messages if values(one.blocks, "calibration.close"))
    await admin.press("calibration.names", message=session)
    await here.take("33-calibration-names", boss)
    form = admin.form
    moves = [] if form is None else [one for one in actions(form.blocks) if "move:" in one]
    await admin.press(moves[0])
    await fill(admin, lambda _: {"overall": "3.75", "reason": BECAUSE[here.language]})
    await here.take("34-calibration-move", boss)
    await admin.submit()
    await admin.close()
    await settled(here)
    told = [one for one in here.cast.members if here.cast.leads(one) and moved(here, one)]
    await here.take("35-rating-moved", told[0])
    await admin.press("calibration.close", message=session)
    await settled(here)
    await here.take("36-calibration-closed", boss, channel.id, top)


def said(member: Member) -> list[Message]:
    """All that the bot said to somebody, the last first."""
    return sorted((*member.dms(), *member.ephemerals), key=lambda one: one.ts, reverse=True)


def moved(here: Studio, employee: str) -> bool:
    """Whether they read that a rating of theirs was moved."""
    return any(BECAUSE[here.language] in one.words for one in here.member(employee).dms())


def actions(blocks: list[dict[str, object]]) -> list[str]:
    """The ids of all buttons, in their order."""
    found = [part for block in blocks for part in _parts(block)]
    return [str(one["action_id"]) for one in found if "action_id" in one]


def values(blocks: list[dict[str, object]], action: str) -> list[str]:
    """The values of all such buttons."""
    found = [part for block in blocks for part in _parts(block)]
    return [str(one.get("value")) for one in found if one.get("action_id") == action]


def _parts(block: dict[str, object]) -> list[dict[str, object]]:
    elements = block.get("elements", [])
    inside = elements if isinstance(elements, list) else []
    return [one for one in (block.get("accessory"), *inside) if isinstance(one, dict)]


async def top(page: Page) -> None:
    """To the beginning of the last long message."""
    await page.locator(".message h3, .message h2").last.evaluate("one => one.scrollIntoView()")


async def replies(page: Page) -> None:
    """What was said below the last message."""
    await page.locator(".replies").last.click()
    await page.wait_for_timeout(800)


async def picture(page: Page) -> None:
    """The last picture."""
    await page.locator("img.wide").last.wait_for()
    await page.locator("img.wide").last.evaluate("one => one.scrollIntoView()")


async def in_and_out(here: Studio) -> None:
    """HR takes somebody out, takes them in again, and opens a review once more."""
    admin, boss = here.member(here.cast.admin), here.cast.admin
    person = waiting(here)
    mention = f"<@{here.member(person).id}>"
    await admin.command(f"/review exclude {mention}")
    await here.take("37-exclude", boss)
    await fill(admin, lambda _: {"reason": "away"})
    await admin.submit()
    await settled(here)
    await here.take("38-left-out", person)
    await admin.command(f"/review include {mention}")
    await here.take("39-include", boss)
    await admin.submit()
    await settled(here)
    rated = here.member(first_rated(here))
    await admin.command(f"/review reopen <@{rated.id}>")
    await here.take("40-reopen", boss)
    await admin.close()


def first_rated(here: Studio) -> str:
    """Somebody of the lead's team who was rated."""
    changed = offered(here, LEAD, "rate.change")
    names = [one for one in here.cast.people if one.manager_id == LEAD]
    shown = " ".join(one.words for one in here.member(LEAD).dms())
    return next(one.employee_id for one in names if changed and f"✅ *{one.name}*" in shown)


async def asking(here: Studio) -> None:
    """A manager who is not sure of a value asks those above and HR, and all talk in one place."""
    await rate_somebody(here, RATER)
    boss = here.member(RATER)
    await boss.submit()
    colleague = next(
        one
        for one in here.cast.people
        if one.manager_id == RATER and boss.form and one.name in boss.form.title
    )
    await fill(boss, partial(rating_answers, colleague))
    asks = [] if boss.form is None else [one for one in actions(boss.form.blocks) if "ask:" in one]
    await boss.press(asks[0])
    await fill(boss, lambda _: {"question": QUESTION[here.language]})
    await here.take("41-ask-first", RATER)
    before = set(here.workspace.channels)
    await boss.submit()
    await settled(here)
    (place,) = set(here.workspace.channels) - before
    await here.take("42-ask-thread", RATER, place, replies)


async def pictures(here: Studio) -> None:
    """What a manager sees of their own team."""
    for name, word in (("43-matrix-team", "matrix"), ("44-distribution-team", "distribution")):
        await here.member(LEAD).command(f"/review {word}")
        await settled(here)
        await here.take(name, LEAD, do=picture)
