"""Somebody praises a colleague in public, for a value of the company, and takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from handlers import living
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.hours import Hours
from handlers.keeping import dressed, opened, prefill
from handlers.people_said import person_said, with_names
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Form, Span, Text
from prompts.screens import common
from prompts.screens import praise as screen
from prompts.screens.praise import FORM, TEXT, VALUE, WHO
from review.errors import NotEntitled, ReviewError
from review.errors_feedback import PersonUnknown
from review.errors_praise import PraiseCounted, PraiseSent
from review.people import Person
from review.praise import Deed, Praise, PraiseId, Spoken, check_receiver, next_month, readings
from storage.notice import URGENT, Painting
from storage.notice import living as named
from storage.praise import TOLD

__all__ = ["FORM", "TOLD", "PraiseForm", "command", "load", "take_back"]

IN_CHANNEL, GIVEN = "praise_public", "praise_given"


@dataclass(frozen=True, slots=True)
class PraiseForm:
    """Whom, for which value, and what they did."""

    act: Act
    facts: screen.PraiseFacts
    why: Text = field(default=())

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent, why=self.why)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Bring it to the channel and its receiver. Raises PersonUnknown, and what give raises."""
        act, wanted = self.act, answers[WHO]
        person = await act.tx.people.by_account(act.platform, wanted)
        if person is None:
            raise PersonUnknown(wanted)
        await give(person, answers[VALUE], answers[TEXT].strip(), act)


async def load(subject: str, act: Act) -> PraiseForm:  # noqa: ARG001
    """Anybody may praise."""
    return _form(act)


def _form(act: Act, why: Text = ()) -> PraiseForm:
    ladders = act.company.library.ladders
    facts = screen.PraiseFacts(
        values=tuple((key, ladders[key].name) for key in act.company.policy.values),
        public=is_public(act),
        limit=act.company.policy.sheet.text_limit,
    )
    return PraiseForm(act, facts, why)


def is_public(work: Work) -> bool:
    """Whether the company has a channel for it."""
    return bool(work.company.praise_channels)


async def command(rest: str, act: Act) -> Answer:
    """`/review praise [@who [VALUE] [text]]`: in one line, or the form with what was said so far.

    Whatever stands in the way is said in the form, and the words stay in it.
    """
    if not rest:
        return await _open({}, act)
    ladders = act.company.library.ladders
    names = {key: (key, *ladders[key].name.values()) for key in act.company.policy.values}
    every = [replace(one, text=await with_names(one.text, act)) for one in readings(rest, names)]
    said = every[0] if " " not in every[0].who else every[-1]
    try:
        person, said = await _understood(every, act)
        check_receiver(act.by, person, act.today(person))
    except ReviewError as refusal:
        filled = {VALUE: said.value or "", TEXT: said.text}
        return await _open(filled, act, why=_words(refusal, act))
    facts = _form(act).facts
    if said.value is None or not said.text or len(said.text) > facts.limit:
        account = await act.tx.people.account_of(person.employee_id, act.platform)
        who = account.account_id if account else ""
        return await _open({WHO: who, VALUE: said.value or "", TEXT: said.text}, act)
    await give(person, said.value, said.text, act)
    if (await opened(FORM, "", act)).answers.get(TEXT) == said.text:
        await act.tx.drafts.drop(FORM, "", act.by)
    return Says(screen.done(person.name, act.say, public=facts.public))


async def _understood(every: Sequence[Spoken], act: Act) -> tuple[Person, Spoken]:
    """Whom and what is meant. Raises PersonUnknown, SeveralPeople."""
    for one in every[:-1]:
        try:
            return await person_said(one.who, act), one
        except PersonUnknown:
            continue
    return await person_said(every[-1].who, act), every[-1]


def _words(refusal: ReviewError, act: Act) -> Text:
    return (Span(common.refusal(refusal, act.say, act.company.policy).summary),)


async def _open(said: Mapping[str, str], act: Act, why: Text = ()) -> Answer:
    """The form, with what was said in it; words that are kept there stay."""
    kept = await opened(FORM, "", act)
    filled = {key: value for key, value in said.items() if value}
    before = kept.answers.get(TEXT, "")
    if filled.get(TEXT) and before and filled[TEXT] not in before:
        filled[TEXT] = f"{before}\n{filled[TEXT]}"
    if filled:
        kept = await prefill(FORM, "", filled, act, draft=kept.draft)
    use = _form(act, why)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def give(person: Person, value: str, text: str, act: Act) -> Praise:
    """Keep it, and bring it to the channel, its receiver and its giver.

    Raises PraiseToOneself, PersonGone, and PraiseSent for the very same words again.
    """
    check_receiver(act.by, person, act.today(person))
    name = act.company.library.ladders[value].name
    made = Praise(
        id=uuid4().hex,
        giver=act.by,
        receiver=person.employee_id,
        value=value,
        said=Deed(text=text, value_name=name),
        at=act.now,
    )
    for earlier in await act.tx.praise.between(act.by, person.employee_id):
        if (earlier.value, earlier.said.text) == (value, text):
            raise PraiseSent
    await act.tx.praise.add(made)
    await shown(made, act)
    return made


async def shown(praise: Praise, work: Work) -> None:
    """All that shows it says at once what is true by now.

    It may stand in a channel that the company has no longer.
    """
    places = [(TOLD, praise.receiver), (GIVEN, praise.giver)]
    stands = named(IN_CHANNEL, living.PRAISE, praise.id)
    if is_public(work) or await work.tx.outbox.find(stands) is not None:
        places.append((IN_CHANNEL, living.PRAISE))
    await work.tx.outbox.paint_all(
        Painting(kind=kind, receiver=to, subject=praise.id, due=work.now, priority=URGENT)
        for kind, to in places
    )


def board_at(moment: datetime, work: Work) -> datetime:
    """When the month of that moment is counted: the next one's first working day, as it opens."""
    hours = Hours(work.company)
    return hours.first_of(next_month(hours.date_of(moment)))


async def take_back(subject: PraiseId, act: Act) -> Answer:
    """`praise.take_back`: it says nothing any more, wherever it stands.

    Raises NotEntitled, and PraiseCounted once its month is counted.
    """
    praise = await act.tx.praise.get(subject)
    if praise is None or praise.giver != act.by:
        raise NotEntitled(who_can="giver")
    if praise.taken_at is None and act.now >= board_at(praise.at, act):
        raise PraiseCounted
    if await act.tx.praise.take_back(subject, act.now):
        await shown(praise, act)
    person = await act.tx.people.get(praise.receiver)
    return Says(common.says(act.say, "praise.took_now", person=person.name if person else ""))
