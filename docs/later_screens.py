"""The screens of a review that come after the ratings, and those of goals before them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Page

from docs.studio import A_WHILE, Studio, fill, settled, waiting

FEEDBACK = {
    "zh": {
        "kind": "constructive",
        "about": "value:teamwork",
        "behaviour": "周三的活动页晚了两小时上线，没有提前说。",
        "effect": "推广的同事一直在等，首小时的流量没有接住。",
        "expectation": "来不及的时候，提前半天在群里说一声。",
    },
    "en": {
        "kind": "constructive",
        "about": "value:teamwork",
        "behaviour": "Wednesday's campaign page went live two hours late, and nobody knew before.",
        "effect": "The paid traffic of the first hour met the old page.",
        "expectation": "When it gets tight, say so half a day ahead.",
    },
}

ACTIONS = {
    "zh": ("安排小组每两周看一次活动页数据", "请运营部门腾出一个工位"),
    "en": ("Set up a look at the campaign pages every two weeks", "Ask operations for a desk"),
}


APPEAL = {
    "zh": "六月的改版是按九月定下的目标评的，当时的目标里没有这一项。",
    "en": "The relaunch of June was rated by goals that were set in September.",
}


async def take_all(here: Studio) -> None:
    """Signing, feedback, the talk, the matrix, and the goals of the quarter that runs."""
    await signing(here)
    await feedback(here)
    await talk(here)
    await goals(here)


async def signing(here: Studio) -> None:
    """A list to sign, and a whole review on it."""
    signer = signs(here)
    await here.take("16-sign-list", signer)
    await here.member(signer).press("signoff.open", value=first_of(here, signer, "signoff.open"))
    await here.take("17-sign-reading", signer)
    await here.member(signer).close()


async def feedback(here: Studio) -> None:
    """A word to a colleague: the form, and as it arrives."""
    giver = waiting(here)
    boss = str(here.colleague(giver).manager_id)
    await here.member(boss).command(f"/review feedback <@{here.member(giver).id}>")
    await here.take("18-feedback", boss)
    member, words = here.member(boss), FEEDBACK[here.language]
    await fill(member, lambda _: words)
    await member.submit()
    await settled(here)
    await here.take("19-feedback-arrived", giver)


def signs(here: Studio) -> str:
    """Whoever has most to sign, of that language if there is one."""
    lists = {one: len(offered(here, one, "signoff.open")) for one in here.cast.members}
    locale = here.locale
    speaks = {one.employee_id for one in here.cast.people if one.locale == locale}
    return max(lists, key=lambda one: (lists[one] > 0 and one in speaks, lists[one]))


def offered(here: Studio, employee: str, action: str) -> list[str]:
    """The values of all such buttons in somebody's messages."""
    found = [
        one
        for message in here.member(employee).dms()
        for block in message.blocks
        for one in (block.get("accessory"), *block.get("elements", ()))
    ]
    return [str(one["value"]) for one in found if one and one.get("action_id") == action]


async def whoever(here: Studio, action: str, value: str = "") -> str:
    """The first to whom that button is offered, for that review or any; waits until it is."""

    def found() -> list[str]:
        return [
            one
            for one in here.cast.members
            if any(value in {"", offer} for offer in offered(here, one, action))
        ]

    await here.workspace.until(lambda: bool(found()), timeout=A_WHILE)
    return found()[0]


def first_of(here: Studio, employee: str, action: str) -> str:
    return offered(here, employee, action)[0]


async def talk(here: Studio) -> None:
    """Both signatures, the talk, and the review as it reaches the person."""
    signer = await whoever(here, "signoff.agree")
    review = first_of(here, signer, "signoff.agree")
    for who, action in ((signer, "signoff.agree"), ("", "hr.confirm")):
        await here.member(who or await whoever(here, action, review)).press(action, value=review)
        await settled(here)
    boss = await whoever(here, "interview.held", review)
    await here.take("20-to-interview", boss)
    await here.member(boss).press("interview.open", value=review)
    await here.take("21-interview-sheet", boss)
    await prepared(here, boss)
    await here.member(boss).press("interview.held", value=review)
    await settled(here)
    person = await whoever(here, "review.acknowledge", review)
    await here.take("22-my-whole-review", person)
    await appeal(here, person, review)
    await here.member(here.cast.admin).command("/review matrix")
    await settled(here)
    await here.take("23-matrix", here.cast.admin)
    await actions(here, boss)


async def prepared(here: Studio, boss: str) -> None:
    """The sheet is filled in as far as what both will do."""
    member, words = here.member(boss), ACTIONS[here.language]
    while member.form and not any("action:1" in str(block) for block in member.form.blocks):
        await member.submit()
    due = datetime.now(UTC).date() + timedelta(days=10)
    for number, text in enumerate(words, start=1):
        if number > 1:
            await member.press("interview.more")
        given = {f"action:{number}": text, f"due:{number}": due.isoformat()}
        await member.fill(given | {f"owner:{number}": boss})
    await member.submit()


async def actions(here: Studio, boss: str) -> None:
    """What was agreed: listed, one of them stuck, and on the own page."""
    await here.member(boss).command("/review actions")
    await settled(here)
    await here.take("40-actions", boss)
    await here.member(boss).press("action:stuck", value=first_of(here, boss, "action:stuck"))
    await here.take("41-action-stuck", boss)
    await here.member(boss).close()
    await here.member(boss).open_home()
    await settled(here)
    await here.take("42-home", boss, "home")


async def newest(page: Page) -> None:
    """To the last message, wherever a picture above it that came late has left the page."""
    await page.locator(".message").last.evaluate("one => one.scrollIntoView()")


async def appeal(here: Studio, person: str, review: str) -> None:
    """The person says that they read it, and does not agree; HR names who decides."""
    mine, admin = here.member(person), here.member(here.cast.admin)
    await mine.press("review.acknowledge", value=review)
    await here.take("27-acknowledge", person)
    await mine.close()
    await mine.press("review.appeal", value=review)
    await fill(mine, lambda _: {"reason": APPEAL[here.language]})
    await here.take("28-appeal", person)
    await mine.submit()
    await settled(here)
    await here.take("29-appeal-filed", here.cast.admin, do=newest)
    await admin.press("appeal.name", value=review)
    await here.take("30-appeal-decider", here.cast.admin)
    await admin.close()


async def goals(here: Studio) -> None:
    """The quarter that runs is opened: everybody sets goals."""
    await here.member(here.cast.admin).command(f"/review open {following(here.quarter)}")
    await settled(here)
    person = waiting(here)
    await here.take("24-my-goals", person)
    await here.member(person).press("goals.open")
    await here.take("25-goals-form", person)
    await here.member(person).submit()
    await settled(here)
    boss = str(here.colleague(person).manager_id)
    await here.take("26-team-goals", boss)


def following(quarter: str) -> str:
    """The quarter after that one."""
    year, number = map(int, quarter.split("Q"))
    return f"{year + number // 4}Q{number % 4 + 1}"
