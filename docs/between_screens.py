"""The screens of the time between reviews: praise, asking for feedback, one-on-ones, the week."""

from __future__ import annotations

from bot.demo.cast import LEAD
from docs.studio import Studio, fill, settled

PRAISE = {
    "zh": "大促前夜主动把值班表重排了一遍，两位新同事第一次上线就有人带。",
    "en": "Rearranged the rota on the night before the sale, so that both newcomers had somebody.",
}
QUESTION = {
    "zh": "活动页的节奏，我哪里可以再快一点？",
    "en": "Where could I be quicker with the campaign pages?",
}


async def take_all(here: Studio) -> None:
    """In the order in which the guides speak of them."""
    person = next(one.employee_id for one in here.cast.people if one.manager_id == LEAD)
    await praise(here, person)
    await ask(here, person)
    await one_on_one(here, person)
    await week(here, person)


async def praise(here: Studio, person: str) -> None:
    """A word in public: the form, and the channel."""
    lead, channel = here.member(LEAD), here.workspace.channel("#praise")
    await lead.command("/review praise")
    given = {
        "who": here.member(person).id,
        "value": "customer_first",
        "words": PRAISE[here.language],
    }
    await fill(lead, lambda _: given)
    await here.take("45-praise", LEAD)
    await lead.submit()
    await settled(here)
    if channel is None:
        raise LookupError("#praise")
    await here.take("46-praise-channel", LEAD, channel.id)


async def ask(here: Studio, person: str) -> None:
    """Somebody asks two colleagues for a word, and one of them reads it."""
    mine = here.member(person)
    peer = next(
        one.employee_id
        for one in here.cast.people
        if one.manager_id == LEAD and one.employee_id != person
    )
    await mine.command("/review feedback ask")
    whom = f"{here.member(LEAD).id},{here.member(peer).id}"
    await fill(mine, lambda _: {"whom": whom, "question": QUESTION[here.language]})
    await here.take("47-feedback-ask", person)
    await mine.submit()
    await settled(here)
    await here.take("48-feedback-asked", LEAD)


async def one_on_one(here: Studio, person: str) -> None:
    """Where a pair stands, and its sheet."""
    lead = here.member(LEAD)
    await lead.command(f"/review 1on1 <@{here.member(person).id}>")
    await settled(here)
    await here.take("49-one-on-one", LEAD)
    await lead.press("oneonone.prepare")
    await here.take("50-one-on-one-sheet", LEAD)
    await lead.close()


async def week(here: Studio, person: str) -> None:
    """A week's check-in, opened by a word."""
    await here.member(person).command("/review checkin")
    await here.take("51-check-in", person)
    await here.member(person).close()
