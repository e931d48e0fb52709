"""When to talk: times offered, one taken, and whether it took place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from prompts.answers import Answers
from prompts.card import (
    Appointment,
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Confirm,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Small,
    plain,
)
from prompts.render import Words
from review import slots as rules
from review.slots import Free

FIRST, SECOND = "1", "2"
BOTH = (FIRST, SECOND)
EARLY, LATE = time(7), time(21)
"""Clock times that a form offers where the two share hours (ours)."""
SHORT = 60
"""Characters of a name that a question repeats."""
MOST = 20
"""People named in one message."""
FILE = "interview.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesFacts:
    """What the form is made of, answers aside."""

    review: str
    person: str
    minutes: int
    zone: ZoneInfo
    """Where whoever offers is: the clock that the form speaks of."""
    person_zone: ZoneInfo
    now: datetime
    proposed: tuple[datetime, ...]
    """Times that suit both; none: the two share no hour."""
    free: Free
    agreed: datetime | None = None
    single: bool = False
    """One time is set, and not two offered."""


def form(facts: TimesFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """Two dates and times, filled in with what is proposed."""
    parts: list[FormPart] = [Paragraph(words("times.how", person=facts.person))]
    if facts.agreed is not None:
        when = moment(facts.agreed, facts.zone, words)
        parts.append(Small(words("times.moves", when=when)))
    if not facts.proposed:
        parts.append(Small(words("times.no_shared_hour", person=facts.person)))
    elif facts.zone.key != facts.person_zone.key:
        parts.append(Small(words("times.other_zone", person=facts.person)))
    for number in BOTH:
        parts += fields(number, facts, answers, words, sent=sent)
    return Form(
        key="interview_times",
        subject=facts.review,
        title=words.plain("times.form_title", person=facts.person),
        parts=tuple(parts),
        submit=words.plain("times.offer"),
        close=words.plain("common.later"),
    )


def fields(
    number: str, facts: TimesFacts, answers: Answers, words: Words, *, sent: bool
) -> list[FormPart]:
    """The day and the time of one slot."""
    shown = "" if facts.single else number
    day, clock = given(number, facts, answers)
    when = Field(
        key=f"date:{number}",
        ask=Ask.DATE,
        label=words.plain("times.date", number=shown),
        value=day or None,
    )
    at = Field(
        key=f"time:{number}",
        ask=Ask.CHOICE,
        label=words.plain("times.time", number=shown),
        options=_clocks(facts, clock),
        value=clock or None,
        redraws=True,
    )
    if sent and (problem := _problem(number, facts, answers, words)):
        at = replace(at, problem=problem)
    parts: list[FormPart] = [when, at]
    found = slot(number, facts, answers)
    if found is not None and facts.zone.key != facts.person_zone.key:
        theirs = moment(found, facts.person_zone, words)
        parts.append(Small(words("times.theirs", person=facts.person, when=theirs)))
    return parts


def _clocks(facts: TimesFacts, chosen: str) -> tuple[Option, ...]:
    """Every half hour of the day where there is no shared one, else those of a long day."""
    halves = [time(number // 2, 30 * (number % 2)) for number in range(48)]
    kept = [one for one in halves if not facts.proposed or EARLY <= one <= LATE]
    labels = sorted({f"{one:%H:%M}" for one in kept} | ({chosen} if _clock(chosen) else set()))
    return tuple(Option(one, one) for one in labels)


def given(number: str, facts: TimesFacts, answers: Answers) -> tuple[str, str]:
    """Date and clock time of one slot: as answered, else as proposed."""
    place = BOTH.index(number)
    proposed = facts.proposed[place].astimezone(facts.zone) if place < len(facts.proposed) else None
    day = answers.get(f"date:{number}") or (f"{proposed:%Y-%m-%d}" if proposed else "")
    clock = answers.get(f"time:{number}") or (f"{proposed:%H:%M}" if proposed else "")
    return day, clock


def slot(number: str, facts: TimesFacts, answers: Answers) -> datetime | None:
    """The moment of one slot; None while it is not answered, or clocks skip it."""
    day, clock = given(number, facts, answers)
    at = _clock(clock)
    try:
        return None if at is None else rules.at(date.fromisoformat(day), at, facts.zone)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _problem(number: str, facts: TimesFacts, answers: Answers, words: Words) -> str:
    found = slot(number, facts, answers)
    if found is None:
        return words.plain("times.choose")
    if found <= facts.now:
        return words.plain("times.past")
    if number == SECOND and found == slot(FIRST, facts, answers):
        return words.plain("times.same")
    if facts.proposed and not facts.free(found):
        theirs = moment(found, facts.person_zone, words)
        key = "one_on_one.not_free" if facts.single else "times.not_free"
        return words.plain(key, person=facts.person[:SHORT], when=theirs)
    return ""


def moment(at: datetime, zone: ZoneInfo, words: Words) -> str:
    """A moment as people there say it: "Wed 14 Oct, 10:00"."""
    local = at.astimezone(zone)
    return words.plain("times.moment", on=local.date(), clock=f"{local:%H:%M}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """Where the talk stands, for one of the two."""

    review: str
    cycle: str
    person: str
    manager: str
    zone: ZoneInfo
    """The reader's."""
    slots: tuple[datetime, ...] = ()
    starts_at: datetime | None = None


def my_review(facts: TalkFacts, words: Words) -> Card:
    """The person's own living message while the interview is ahead."""
    title = words.plain("self_review.my_title", cycle=facts.cycle)
    text = words("self_review.interview_next", manager=facts.manager)
    label = words.plain("interview.prepare")
    parts: list[CardPart] = [Heading(title), Paragraph(text), *_where(facts, words)]
    parts.append(Buttons((Button("interview.open", label, facts.review, style="primary"),)))
    return Card(title, tuple(parts))


def _where(facts: TalkFacts, words: Words) -> list[CardPart]:
    parts: list[CardPart] = []
    if facts.starts_at is not None:
        when = moment(facts.starts_at, facts.zone, words)
        parts.append(Paragraph(words("times.agreed_on", when=when)))
    if facts.slots:
        parts += [Paragraph(words("times.choose_one", manager=facts.manager)), _slots(facts, words)]
    return parts


def _slots(facts: TalkFacts, words: Words) -> Buttons:
    buttons = [
        Button(
            f"interview.{name}",
            moment(at, facts.zone, words),
            f"{facts.review}@{int(at.timestamp())}",
        )
        for name, at in zip(("first", "second"), facts.slots, strict=False)
    ]
    others = Button("interview.others", words.plain("times.others"), facts.review)
    return Buttons((*buttons, others))


def offered(facts: TalkFacts, words: Words) -> Card:
    """The person is offered two times."""
    key = "times.offered" if facts.starts_at is None else "times.offered_anew"
    when = "" if facts.starts_at is None else moment(facts.starts_at, facts.zone, words)
    text = words(key, manager=facts.manager, cycle=facts.cycle, when=when)
    return Card(plain(text), (Paragraph(text), _slots(facts, words)))


def asks_others(facts: TalkFacts, words: Words) -> Card:
    """The manager hears that none of the times suits."""
    text = words("times.asks_others", person=facts.person)
    button = Button("interview.times", words.plain("times.offer"), facts.review, style="primary")
    return Card(plain(text), (Paragraph(text), Buttons((button,))))


def agreed(facts: TalkFacts, date: Appointment, words: Words, *, own: bool, mover: bool) -> Card:
    """Both, and whoever moved the rating, have the time."""
    when = "" if facts.starts_at is None else moment(facts.starts_at, facts.zone, words)
    key = "times.agreed_mover" if mover else "times.agreed"
    with_ = facts.manager if own else facts.person
    text = words(key, other=with_, person=facts.person, when=when, cycle=facts.cycle)
    parts: list[CardPart] = [Paragraph(text), date]
    if not mover:
        label = words.plain("interview.prepare")
        parts.append(Buttons((Button("interview.open", label, facts.review),)))
    return Card(plain(text), tuple(parts))


def asked(facts: TalkFacts, words: Words) -> Card:
    """After the time the manager is asked whether it took place."""
    when = "" if facts.starts_at is None else moment(facts.starts_at, facts.zone, words)
    text = words("times.asked", person=facts.person, when=when)
    held = Button(
        "interview.held",
        words.plain("team_list.button_held"),
        facts.review,
        style="primary",
        confirm=sure(facts.person, words),
    )
    again = Button("interview.times", words.plain("times.not_yet"), facts.review)
    return Card(plain(text), (Paragraph(text), Buttons((held, again))))


def sure(person: str, words: Words) -> Confirm:
    """The press brings the whole review to the person: nobody should do that by a slip."""
    return Confirm(
        title=words.plain("team_list.sure_title"),
        text=words.plain("team_list.sure", person=person[:SHORT]),
        yes=words.plain("team_list.sure_yes"),
        no=words.plain("team_list.sure_no"),
    )


def overdue(cycle: str, people: tuple[str, ...], days: int, words: Words) -> Card:
    """The skip-level hears once which interviews are overdue."""
    more = max(len(people) - MOST, 0)
    text = words("times.overdue", cycle=cycle, people=people[:MOST], more=more, days=days)
    return Card(plain(text), (Paragraph(text),))


def title(facts: TalkFacts, words: Words) -> str:
    """What stands in a calendar."""
    return words.plain("times.title", person=facts.person, manager=facts.manager)


def file_label(words: Words, *, off: bool) -> str:
    """What is pressed to get a time into a calendar, or out of it."""
    return words.plain("times.file_off" if off else "times.file")
