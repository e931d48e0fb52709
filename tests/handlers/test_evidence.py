"""Messages kept for a review, quoted in one press, and erased when it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from text_chat import as_text
from world import (
    NOON,
    Home,
    home,
    open_cycle,
    opened,
    rating_answers,
    review_of,
    self_answers,
)

from handlers import cycles, export
from handlers.answers import Answer, Done, Redraws, Says, Stacks
from handlers.dispatch import dispatch
from handlers.events import Account, Noted, Submitted
from handlers.work import Work
from prompts.card import Buttons, Field, Form
from review.evidence import Evidence

SEPTEMBER = datetime(2026, 9, 14, 4, tzinfo=UTC)
HARD = "🎉 <!channel> {{ x }} \u202eabc & *b*"
WORD = {"kind": "positive", "about": "other", "behaviour": "Stayed to the end of the sale."}


async def note(
    place: Home, who: str, text: str, *, of: str = "e2", at: datetime = SEPTEMBER, ts: str = "1.1"
) -> Answer:
    event = Noted(
        who=Account("text", f"T-{who}"),
        shortcut="keep_evidence",
        place=f"C1/{ts}",
        text=text,
        author=f"T-{of}",
        author_name="A guest",
        link=f"https://chat.example/C1/{ts}",
        sent_at=at,
        identity=f"note:{who}:{ts}:{place.clock.now()}",
    )
    place.clock.moment += timedelta(milliseconds=5)
    return await dispatch(event, place.deps)


async def kept(place: Home, who: str) -> tuple[Evidence, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.evidence.of(who)


async def press(place: Home, who: str, form: Form, button: str) -> Answer:
    """A button in an open form."""
    return await place.press_in(who, form, button)


async def last_step(place: Home, who: str, form: Form, given: Mapping[str, str]) -> Form:
    """The last step with nothing sent: texts too long stop it there."""
    return opened(await place.fill(who, form, given))


def actions(form: Form) -> list[str]:
    return [
        button.action for part in form.parts if isinstance(part, Buttons) for button in part.buttons
    ]


async def test_a_message_is_kept_at_once_and_for_whom_is_said_after(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await note(place, "mia", HARD))
        assert "Kept: a message from Person 2, Mon 14 Sep." in as_text(form)
        (one,) = await kept(place, "mia")
        assert (one.about, one.message.text, one.message.author) == ("mia", HARD, "Person 2")
        whom = form.fields[0]
        assert [option.value for option in whom.options] == ["mia", "e1", "e2", "e3"]
        assert await place.fill("mia", form, {"whom": "e2", "note": "For the how."}) == Done()
        (one,) = await kept(place, "mia")
        assert (one.about, one.message.note) == ("e2", "For the how.")


async def test_the_same_message_is_kept_once_by_each(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        for who in ("mia", "mia", "e1"):
            opened(await note(place, who, "Well done."))
        assert len(await kept(place, "mia")) == 1
        assert len(await kept(place, "e1")) == 1
        opened(await note(place, "e1", "By a guest.", of="nobody", ts="2.2"))
        assert [one.message.author for one in await kept(place, "e1")] == ["Person 2", "A guest"]


async def test_nobody_else_reads_or_changes_what_somebody_keeps(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await note(place, "e1", "Well done.")
        (one,) = await kept(place, "e1")
        for who in ("mia", "hr", "e2"):
            forged = Submitted(
                who=Account("text", f"T-{who}"),
                form="keep_evidence",
                subject=one.id,
                step=0,
                answers={"whom": who},
                identity=f"forged:{who}",
            )
            assert isinstance(await dispatch(forged, place.deps), Says)
        form = opened(await note(place, "e1", "Well done."))
        answer = await place.fill("e1", form, {"whom": "mia"})
        assert opened(answer).problems[0].key == "whom"
        assert await kept(place, "e1") == (one,)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            told = await export.person("e1", work)
        assert told is not None
        assert told["evidence"] == {"kept": 1, "kept_for": 1}
        assert "Well done." not in str(told)


async def _ready(place: Home) -> str:
    """Two kept messages and a word of the manager, one message of long ago; the review is open."""
    place.clock.moment = SEPTEMBER
    await note(place, "e1", "Thanks, that saved the day.", ts="1.1")
    await note(place, "e1", "Of last year.", at=SEPTEMBER - timedelta(days=365), ts="1.2")
    for giver in ("mia", "e3"):
        form = opened(await place.press(giver, "feedback.open", "e1"))
        assert await place.fill(giver, form, WORD) == Done()
    form = opened(await note(place, "mia", "Could e1 show us how?", ts="1.3"))
    await place.fill("mia", form, {"whom": "e1", "note": "Asked for by others."})
    await place.tick()
    await place.tick()
    place.clock.moment = NOON
    cycle = await open_cycle(place)
    return await review_of(place, cycle, "e1")


async def test_a_person_quotes_what_was_said_of_them(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _ready(place)
        form = opened(await place.press("e1", "self_review.open", review))
        form = await last_step(place, "e1", form, self_answers(place) | {"overall": "x" * 3001})
        assert actions(form)[:1] == ["form.at_hand"]
        shown = await press(place, "e1", form, "form.at_hand")
        assert isinstance(shown, Redraws)
        text = as_text(shown.form)
        assert text.count("> Stayed to the end of the sale.") == 2
        assert "Person 2, Mon 14 Sep\n> Thanks, that saved the day." in text
        assert "Of last year." not in text
        assert "Could e1 show us how?" not in text
        (quote, *_) = [one for one in actions(shown.form) if one.startswith("quote:")]
        full = await press(place, "e1", shown.form, quote)
        assert isinstance(full, Stacks)
        assert "longer than 3000 characters" in as_text(full.form)
        short = await place.send("e1", form, {"overall": ""})
        assert short == Done()


async def test_a_manager_quotes_own_words_and_messages_in_the_case(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _ready(place)
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        form = opened(await place.press("mia", "rate:3.5", review))
        form = await last_step(place, "mia", form, rating_answers(place) | {"case:overall": ""})
        shown = await press(place, "mia", form, "form.at_hand")
        assert isinstance(shown, Redraws)
        text = as_text(shown.form)
        assert text.count("> Stayed to the end of the sale.") == 1
        assert "Mon 14 Sep · Asked for by others.\n> Could e1 show us how?" in text
        assert "saved the day" not in text
        for button in [one for one in actions(shown.form) if one.startswith("quote:")] * 2:
            answer = await press(place, "mia", shown.form, button)
            assert isinstance(answer, Redraws)
            shown = answer
        (case,) = [one for one in shown.form.fields if one.key == "case:overall"]
        assert case.value is not None
        assert sorted(case.value.split("\n")) == [
            "“Could e1 show us how?” (Person 2, 2026-09-14, https://chat.example/C1/1.3)",
            "“Stayed to the end of the sale.” (Mia Manager, 2026-09-14)",
        ]
        sent = {one.key: one.value or "" for one in shown.form.fields}
        assert await place.send("mia", shown.form, sent) == Done()
        async with place.deps.database.begin(write=False) as tx:
            record = await tx.reviews.get(review)
        assert record is not None
        assert record.manager_part is not None
        assert record.manager_part.cases["overall"] == case.value
        assert await press(place, "mia", shown.form, "quote:no-such") == Done()


ABOUT, LEVEL = "case:value:customer_first", "value:customer_first:1"


def _backing(form: Form) -> Field | None:
    return next((one for one in form.fields if one.key == ABOUT), None)


async def _at_ladder(place: Home, who: str, form: Form) -> Form:
    """The step of the first value, where the sheet has one page before it."""
    full = self_answers(place)
    held = {one.key: full.get(one.key, "") for one in form.fields}
    return opened(await place.send(who, form, held))


async def test_what_is_claimed_takes_evidence_and_keeps_it_when_a_level_changes(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        review = await _ready(place)
        form = opened(await place.press("e1", "self_review.open", review))
        form = await _at_ladder(place, "e1", form)
        assert _backing(form) is None
        form = opened(await place.choose("e1", form, LEVEL, {LEVEL: "yes"}))
        field = _backing(form)
        assert field is not None
        assert (field.label, field.required) == ("Evidence for these levels", False)
        shown = opened(await place.press_in("e1", form, "form.at_hand", {ABOUT: "Level 1: "}))
        quote = next(one for one in actions(shown) if one.startswith("quote:"))
        form = opened(await place.press_in("e1", shown, quote))
        field = _backing(form)
        assert field is not None
        assert (field.value or "").startswith("Level 1:\n“")
        due = _backing(opened(await place.choose("e1", form, LEVEL, {LEVEL: "no"})))
        assert due is not None
        assert (due.value, due.required) == (field.value, True)
        again = opened(await place.press("e1", "self_review.open", review))
        resumed = _backing(again)
        assert resumed is not None
        assert resumed.value == field.value


async def test_what_backs_a_value_is_read_with_the_review(tmp_path: Path) -> None:
    own, mine = "Level 2: the letter of May.", "Level 2: the call of June."
    async with home(tmp_path) as place:
        review = await _ready(place)
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place) | {ABOUT: own}) == Done()
        form = opened(await place.press("mia", "rate:3.5", review))
        form = await _at_ladder(place, "mia", form)
        assert own in as_text(form)
        form = opened(await place.choose("mia", form, LEVEL, {LEVEL: "yes"}))
        shown = opened(await place.press_in("mia", form, "form.at_hand"))
        quote = next(one for one in actions(shown) if one.startswith("quote:"))
        form = opened(await place.press_in("mia", shown, quote, {ABOUT: mine}))
        field = _backing(form)
        assert field is not None
        written = field.value or ""
        assert written.startswith(f"{mine}\n“")
        full = rating_answers(place) | {ABOUT: written}
        assert await place.fill("mia", form, full) == Done()
        form = opened(await place.press("boss", "signoff.open", review))
        read = as_text(form)
        while form.step < form.steps - 1:
            form = opened(await place.send("boss", form, {}))
            read += as_text(form)
        assert own in read
        assert mine in read
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            cycle = await tx.cycles.get("2026Q3")
            assert cycle is not None
            rows = await export.reviews(cycle, work)
        cases = next(one["cases"] for one in rows if one["employee_id"] == "e1")
        assert {"about": "value:customer_first", "text": written} in cases


async def test_what_was_kept_for_a_period_goes_when_it_is_closed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await _ready(place)
        later = datetime(2026, 10, 2, 4, tzinfo=UTC)
        await note(place, "e1", "Of the next quarter.", at=later, ts="9.9")
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            await cycles.close_cycle("2026Q3", "hr", work)
        assert [one.message.text for one in await kept(place, "e1")] == ["Of the next quarter."]


async def test_words_are_kept_by_a_command_where_messages_have_no_shortcut(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.command("e1", f"keep @Person 2: {HARD}"))
        assert form.key == "keep_evidence"
        opened(await place.command("e1", "keep @张三 Well done"))
        opened(await place.command("e1", "留存 My own note"))
        found = [(one.message.author, one.message.text) for one in await kept(place, "e1")]
        assert sorted(found) == [
            ("Person 1", "My own note"),
            ("Person 2", HARD),
            ("张三", "Well done"),
        ]
        for nothing in ("keep", "keep @Person 2"):
            answer = await place.command("e1", nothing)
            assert isinstance(answer, Says)
            assert "/review keep" in as_text(answer.card)
        assert len(await kept(place, "e1")) == 3
