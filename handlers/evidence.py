"""Messages kept for a review, and what is at hand while one is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.events import Noted
from handlers.keeping import dressed, opened
from handlers.no_surprise import begins
from handlers.people_said import person_said
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import common
from prompts.screens import evidence as screen
from review.check_in import week_of
from review.cycle import Cycle
from review.errors import NotEntitled
from review.errors_feedback import PersonUnknown, SeveralPeople
from review.evidence import Evidence, EvidenceId, Message, Quotable, with_quote
from review.feedback import Feedback
from review.goal_progress import telling, worded
from review.people import EmployeeId, Person

FORM = "keep_evidence"
LONGEST_NAME = 4
"""Words of a name (ours)."""
MOST = 10
"""What a form offers to quote: the latest (ours)."""


@dataclass(frozen=True, slots=True)
class KeepForm:
    """For whose review a kept message is, said by its keeper."""

    act: Act
    evidence: Evidence
    facts: screen.KeepFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.keep_form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Keep whom it is for, and the note."""
        note = answers.get(screen.NOTE, "").strip()
        message = replace(self.evidence.message, note=note)
        whom = answers.get(screen.WHOM) or self.evidence.about
        changed = replace(self.evidence, about=whom, message=message)
        await self.act.tx.evidence.change(changed)


async def load(subject: EvidenceId, act: Act) -> KeepForm:
    """The form, for whoever kept that message. Raises NotEntitled."""
    evidence = await act.tx.evidence.get(subject)
    if evidence is None or evidence.keeper != act.by:
        raise NotEntitled(who_can="keeper")
    today = act.today()
    reports = await act.tx.people.reports_of(act.by)
    people = [act.actor, *(one for one in reports if not one.has_left(today))]
    facts = screen.KeepFacts(
        id=evidence.id,
        message=evidence.message,
        on=act.date_of(evidence.sent_at, act.actor),
        about=evidence.about,
        people=tuple((one.employee_id, one.name) for one in people),
        limit=act.company.policy.sheet.text_limit,
    )
    return KeepForm(act, evidence, facts)


async def command(rest: str, act: Act) -> Answer:
    """`/review keep [@who] WORDS`: words of the chat, where a message has no shortcut of its own.

    They are whoever's is named first, else the keeper's own.
    """
    author, text = await _said_by(rest, act)
    if not text:
        return Says(common.says(act.say, "evidence.how"))
    return await _keep(
        f"words:{uuid4().hex}", act.now, Message(text=text, author=author, link=""), act
    )


async def _said_by(said: str, act: Act) -> tuple[str, str]:
    """By name whose words they are, and the words."""
    if not said.startswith("@"):
        return act.actor.name, said
    words = said.removeprefix("@").split(" ")
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        try:
            person = await person_said(" ".join(words[:count]).rstrip(":："), act)
        except (PersonUnknown, SeveralPeople):
            continue
        return person.name, " ".join(words[count:])
    return words[0].rstrip(":："), " ".join(words[1:])


async def keep_message(event: Noted, act: Act) -> Opens:
    """The message shortcut: it is kept at once, for the own review, and the form says for whose.

    A message that somebody kept before stays as they kept it.
    """
    author = await act.tx.people.by_account(event.who.platform, event.author)
    named = author.name if author else event.author_name
    message = Message(text=event.text, author=named, link=event.link)
    return await _keep(event.place, event.sent_at, message, act)


async def _keep(place: str, sent_at: datetime, message: Message, act: Act) -> Opens:
    kept = await act.tx.evidence.keep(
        Evidence(
            id=uuid4().hex,
            keeper=act.by,
            about=act.by,
            place=place,
            sent_at=sent_at,
            kept_at=act.now,
            message=replace(message, text=message.text[: act.company.policy.sheet.text_limit]),
        )
    )
    use = await load(kept.id, act)
    drawn = await opened(FORM, kept.id, act)
    return Opens(dressed(use.form(drawn.answers, step=0, sent=False), drawn, act.say))


async def pressed(
    button: str, answers: Answers, field: str, review: tuple[Person, Cycle], act: Act
) -> Changes | Form | None:
    """A button of the at-hand part of a form whose words stand in that field; None: no such one.

    Showing puts what may be quoted into the answers; attaching puts one of it into the field.
    """
    if button == screen.SHOW:
        return Changes({screen.AT_HAND: screen.note(await _at_hand(*review, act))})
    if not button.startswith(screen.ATTACH):
        return None
    wanted = button.removeprefix(screen.ATTACH)
    held = {one.id: one for one in screen.read(answers.get(screen.AT_HAND) or "[]")}
    if wanted not in held:
        return None
    written = with_quote(answers.get(field, ""), held[wanted])
    limit = act.company.policy.sheet.text_limit
    if len(written) > limit:
        return common.notice(common.says(act.say, "evidence.no_room", limit=limit), act.say)
    return Changes({field: written})


async def _at_hand(person: Person, cycle: Cycle, act: Act) -> tuple[Quotable, ...]:
    """What the actor may quote of the period, the latest first (product.md 6).

    Of progress, what the person noted on their goals; where all does not fit, half is left to it.

    Messages that they keep for that review, and praise, whoever gave it. Of feedback: what the
    person received, for their own review; what this manager or the period's earlier one gave, for
    a rating.
    """
    since = begins(cycle, act, person)
    kept = await act.tx.evidence.kept(act.by, person.employee_id, since)
    told = [
        one
        for one in await act.tx.feedback.of(person.employee_id)
        if one.reached_at and one.reached_at >= since and _may_quote(one, person.employee_id, act)
    ]
    praised = await act.tx.praise.received(person.employee_id, since)
    ids = {one.giver for one in told} | {one.giver for one in praised}
    givers = await act.tx.people.many(ids)
    names = {one.employee_id: one.name for one in givers}
    found: list[tuple[datetime, Quotable]] = [
        (
            one.sent_at,
            Quotable(
                id=one.id,
                on=act.date_of(one.sent_at, person).isoformat(),
                source=one.message.author,
                text=one.message.text,
                note=one.message.note,
                link=one.message.link,
            ),
        )
        for one in kept
    ]
    found += [
        (
            one.at,
            Quotable(
                id=one.id,
                on=act.date_of(one.at, person).isoformat(),
                source=names.get(one.giver, one.giver),
                text=one.said.behaviour,
            ),
        )
        for one in told
    ]
    found += [
        (
            one.at,
            Quotable(
                id=one.id,
                on=act.date_of(one.at, person).isoformat(),
                source=names.get(one.giver, one.giver),
                text=one.said.text,
                note=screen.of_praise(one.said.value_name, act.say),
            ),
        )
        for one in praised
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    noted = await _noted(person, cycle, act, most=max(MOST // 2, MOST - len(found)))
    found = found[: MOST - len(noted)] + noted
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(quotable for _, quotable in found)


async def _noted(
    person: Person, cycle: Cycle, act: Act, *, most: int
) -> list[tuple[datetime, Quotable]]:
    """At most so many of what the person noted on the goals of the period, and in its check-ins.

    Of both, a half is left to each.
    """
    notes = worded(await act.tx.progress.within(person.employee_id, cycle.starts, cycle.ends))
    weeks = await act.tx.check_ins.worded(person.employee_id, week_of(cycle.starts), cycle.ends)
    weeks = weeks[-max(most // 2, most - len(notes)) :]
    return [
        (
            one.answered_at,
            Quotable(
                id=f"week-{one.week.isoformat()}",
                on=act.date_of(one.answered_at, person).isoformat(),
                source=act.say.plain("check_in.source"),
                text=one.words,
            ),
        )
        for one in weeks
    ] + [
        (
            one.at,
            Quotable(
                id=one.id,
                on=act.date_of(one.at, person).isoformat(),
                source=screen.of_goal(one.said.title, act.say),
                text=one.said.words or act.say.plain(f"goal_progress.{one.outlook}"),
                note=act.say.plain(f"goal_progress.{one.outlook}") if one.said.words else "",
            ),
        )
        for one in telling(notes, most - len(weeks))
    ]


def _may_quote(feedback: Feedback, person: EmployeeId, act: Act) -> bool:
    if feedback.receiver != person:
        return False
    return act.by in {person, feedback.giver} or feedback.as_manager


async def erase(cycle: Cycle, work: Work) -> None:
    """A review is closed: messages of its period are kept no longer; quotes stand in the review."""
    zone = ZoneInfo(work.company.time_zone)
    until = datetime.combine(cycle.ends + timedelta(days=1), time(), zone)
    await work.tx.evidence.erase(cycle.id, until)
