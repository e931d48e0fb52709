"""No secret reaches whom it should not: one review through every stage, each message looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from access_company import EYES, people
from access_secrets import Eyes, found_in, secret
from calibrating import CALIBRATED, rate
from signing import record
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers.answers import Answer, Done
from handlers.dispatch import dispatch
from handlers.events import Account, Noted
from prompts.card import Ask, Form
from prompts.screens.calibration_names import RETURN
from review.cycle import Cycle
from review.people import Person
from review.stages import Stage

OCTOBER = datetime(2026, 10, 8, 4, tzinfo=UTC)
DATES = {
    "goals_due": date(2026, 10, 21),
    "self_open": date(2027, 1, 4),
    "self_due": date(2027, 1, 8),
    "manager_due": date(2027, 1, 15),
}
ONE = "p-one"
READ = {
    *((who, "rating") for who in ("mia", "boss", "hr", "hrp", ONE)),
    *((who, "appeal") for who in ("hr", "dec")),
    *((who, "decided") for who in ("mia", ONE)),
    *((who, "feedback") for who in ("mia", ONE)),
    *((who, "whisper") for who in ("peer", ONE)),
    (ONE, "own"),
}
"""What messages do tell, and to whom."""
WHO = ("top", "boss", "hr", "hrp", "dec", "dele", "mia", "max", "peer", ONE)


def _company() -> list[Person]:
    known = {one.employee_id: one for one in people()}
    return [
        *(known[who] for who in WHO if who != ONE),
        replace(known["p-goals"], employee_id=ONE, name="Name of one", slack_id=f"T-{ONE}"),
    ]


@dataclass
class Story:
    """One review, and what everybody was shown of it since the last look."""

    place: Home
    cycle: Cycle
    review: str
    read: set[tuple[str, str]] = field(default_factory=set)
    """Who read which kind of text."""

    async def write(self, who: str, form: Form, kind: str, /, **given: str) -> None:
        """Fill in a form, every text of it a secret of that kind."""
        answer = await self.place.fill(who, form, given, typed=secret(kind, ONE))
        assert answer == Done(), answer

    async def press(self, who: str, action: str, value: str = "") -> Answer:
        return await self.place.press(who, action, value or self.review)

    async def open(self, who: str, action: str, value: str = "") -> Form:
        return opened(await self.press(who, action, value))

    async def look(self, stage: Stage, now: datetime | None = None) -> None:
        """What was sent or edited since holds only what is for its readers."""
        place = self.place
        await place.tick(now or place.clock.now() + timedelta(seconds=10))
        assert (await record(place, self.review)).stage is stage
        eyes = Eyes(EYES.roles, lambda _: stage)
        sent = [(one, card) for to, card in place.chat.posts.values() for one in to.split(",")]
        for to, card in sent:
            viewer = to.removeprefix("T-")
            assert eyes.wrong(viewer, str(card)) == [], (stage, card.summary)
            self.read |= {(viewer, kind) for kind, _ in found_in(str(card))}
        place.chat.posts.clear()


@asynccontextmanager
async def story(folder: Path) -> AsyncIterator[Story]:
    async with home(folder, tuple(_company()), policy=CALIBRATED, now=OCTOBER) as place:
        cycle = await open_cycle(place, "2026Q4", **DATES)
        yield Story(place, cycle, await review_of(place, cycle, ONE))


async def _goals_and_words(on: Story) -> None:
    """The quarter: goals, progress, feedback of two, kept messages, early looks."""
    place = on.place
    await on.write(ONE, await on.open(ONE, "goals.open"), "own")
    await on.look(Stage.GOALS_SUBMITTED)
    await on.press("mia", "goals.approve")
    await on.press(ONE, "goals.confirm")
    goal = (await record(place, on.review)).sheet.rows[0].id
    note = await on.open(ONE, "progress.open", f"{on.review}:{goal}")
    await on.write(ONE, note, "own", outlook="off_track")
    given = (("mia", "feedback", f"goal:{goal}"), ("peer", "whisper", "other"))
    for giver, kind, about in given:
        form = await on.open(giver, "feedback.open", ONE)
        await on.write(giver, form, kind, kind="constructive", about=about)
        await on.look(Stage.GOALS_SUBMITTED)
        async with place.deps.database.begin(write=False) as tx:
            (told,) = [one for one in await tx.feedback.of(ONE) if one.giver == giver]
        await on.press(ONE, "feedback.thank", told.id)
        await on.press(ONE, "feedback.talk", told.id)
        await on.write(ONE, await on.open(ONE, "feedback.answer", told.id), kind)
    for who in ("mia", ONE):
        await dispatch(_noted(who, place), place.deps)
    await on.look(Stage.GOALS_SUBMITTED)
    for day in (datetime(2026, 11, 16, 4, tzinfo=UTC), datetime(2026, 12, 10, 4, tzinfo=UTC)):
        await on.look(Stage.GOALS_SUBMITTED, day)


def _noted(who: str, place: Home) -> Noted:
    return Noted(
        who=Account("text", f"T-{who}"),
        shortcut="keep_evidence",
        place="C1/1.7",
        text=secret("kept", who),
        author="T-peer",
        author_name="",
        link="",
        sent_at=place.clock.now(),
        identity=f"note/{who}",
    )


async def _rated(on: Story) -> None:
    """The self-review, a question before the rating, a draft that is left, the rating."""
    place = on.place
    await on.look(Stage.SELF_REVIEW, datetime(2027, 1, 4, 4, tzinfo=UTC))
    scored = {key: value for key, value in self_answers(place).items() if len(value) < 8}
    form = await on.open(ONE, "self_review.open")
    await on.write(ONE, form, "own", **(scored | _rows(form, "2.5")))
    await on.look(Stage.MANAGER_REVIEW)
    form = await on.open("mia", "rate:4.5")
    held = {one.key: one.value or "" for one in form.fields}
    texts = {one.key: secret("draft", "mia") for one in form.fields if one.ask is Ask.TEXT}
    await place.send("mia", form, held | _rows(form, "4.5") | texts)
    laid = opened(await place.press_in("mia", await on.open("mia", "rate:4.5"), "ask:teamwork"))
    await on.write("mia", laid, "rating")
    await on.look(Stage.MANAGER_REVIEW)
    await _rate(on)
    await on.look(Stage.CALIBRATION)


def _rows(form: Form, score: str) -> dict[str, str]:
    return {one.key: score for one in form.fields if one.ask is Ask.SCORE and one.key != "overall"}


async def _rate(on: Story) -> None:
    form = await on.open("mia", "rate.change")
    scored = {key: value for key, value in rating_answers(on.place).items() if len(value) < 8}
    await on.write("mia", form, "rating", **(scored | _rows(form, "4.5") | {"overall": "4.5"}))


async def _calibrated(on: Story, to: str, leads: Stage = Stage.SKIP_LEVEL) -> None:
    """HR moves the rating, or sends it back, and closes the session."""
    place = on.place
    await place.command("hr", "calibrate Shop")
    async with place.deps.database.begin(write=False) as tx:
        session = (await tx.calibrations.in_cycle(on.cycle.id))[-1].id
    names = await on.open("hr", "calibration.names", session)
    form = opened(await place.press_in("hr", names, f"move:{on.review}"))
    await place.fill("hr", form, {"overall": to}, typed=secret("rating", ONE))
    await on.look(Stage.MANAGER_REVIEW if leads is Stage.MANAGER_REVIEW else Stage.CALIBRATION)
    await on.press("hr", "calibration.close", session)
    await on.look(leads)


async def _signed(on: Story) -> None:
    """Sent back and rated again, calibrated, returned and calibrated again, agreed to by both."""
    await _calibrated(on, RETURN, Stage.MANAGER_REVIEW)
    words = dict.fromkeys(("case:overall", "case:missed", "reason"), secret("rating", ONE))
    await rate(on.place, on.cycle, ONE, "4.5", **words)
    await _calibrated(on, "4")
    await on.write("boss", await on.open("boss", "signoff.return"), "rating")
    await on.look(Stage.CALIBRATION)
    await _calibrated(on, "5")
    await on.press("boss", "signoff.agree")
    await on.look(Stage.HR)
    await on.press("hrp", "hr.confirm")
    await on.look(Stage.INTERVIEW)


async def _talked(on: Story) -> None:
    """Both prepare; it is overdue, then held."""
    due = {f"due:{number}": "2027-04-01" for number in range(1, 6)}
    await on.write(ONE, await on.open(ONE, "interview.open"), "prepared", **due)
    await on.write("mia", await on.open("mia", "interview.open"), "led", **due)
    await on.look(Stage.INTERVIEW)
    await on.look(Stage.INTERVIEW, datetime(2027, 3, 1, 4, tzinfo=UTC))
    await on.press("mia", "interview.held")
    await on.look(Stage.HELD)


async def _opened_again(on: Story) -> None:
    """HR opens the held review once more, then takes the person out; all as if it had not been."""
    before = await record(on.place, on.review)
    async with on.place.deps.database.begin(write=False) as tx:
        talk = await tx.interviews.get(on.review)
    await on.write("hr", await on.open("hr", "review.reopen"), "rating")
    await on.look(Stage.MANAGER_REVIEW)
    await on.write("hr", await on.open("hr", "review.exclude"), "decided", reason="away")
    await on.look(Stage.EXCLUDED)
    now = await record(on.place, on.review)
    async with on.place.deps.database.begin() as tx:
        await tx.reviews.save(replace(before, revision=now.revision))
        assert talk is not None
        await tx.interviews.save(talk)


async def _appealed(on: Story) -> None:
    """An appeal that moves the rating."""
    await on.write(ONE, await on.open(ONE, "review.appeal"), "appeal")
    await on.look(Stage.APPEALED)
    named = await on.open("hr", "appeal.name")
    assert await on.place.fill("hr", named, {"decider": "T-dec"}) == Done()
    await on.look(Stage.APPEALED)
    decides = await on.open("dec", "appeal.decide")
    await on.write("dec", decides, "decided", decision="moves", overall="3.75")
    await on.look(Stage.CLOSED)


async def test_no_secret_reaches_whom_it_should_not_from_goals_to_the_end(tmp_path: Path) -> None:
    async with story(tmp_path) as on:
        await _goals_and_words(on)
        await _rated(on)
        await _signed(on)
        await _talked(on)
        await _opened_again(on)
        await _appealed(on)
        assert on.read == READ
