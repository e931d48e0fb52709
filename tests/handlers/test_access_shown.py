"""What reaches people without a press: kept messages, pictures, pages, messages and exports."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from access_company import NOW, RELEASED, ROLES, Sights, people, sights
from access_secrets import IN_EXPORTS, found_in, secret
from access_table import EXPORTS, SHOWS_GROUPS
from access_trial import Trial, text_of

from bot.cli_files import as_json
from bot.cli_sheets import as_xlsx
from bot.cli_work import EXPORTS as EXPORTED
from handlers import export, export_sheets, my_data
from handlers.answers import Answer, Done, Opens, Refuses
from handlers.dispatch import dispatch
from handlers.events import Account, Noted, Opened, Submitted
from handlers.living import own
from handlers.watch import unwatched
from handlers.work import Work
from prompts.card import Card, Form, Picture
from review.stages import Stage

EVERY_ROLE = ("person", "delegate", *ROLES)
ACTORS = (*(one.employee_id for one in people() if one.employee_id != "gone"),)
REPORTS = {
    who: {one.employee_id for one in people() if one.manager_id == who and not one.left_on}
    for who in ACTORS
}
NAMES = re.compile(r"Name of ([\w-]+)")


def noted(who: str) -> Noted:
    """One and the same message, which somebody keeps."""
    return Noted(
        who=Account("text", f"T-{who}"),
        shortcut="keep_evidence",
        place="C1/1.7",
        text=secret("kept", who),
        author="T-peer",
        author_name="",
        link="https://chat.example/7",
        sent_at=NOW,
        identity=f"note/{who}",
    )


def options(form: Form) -> set[str]:
    """For whose review it may be."""
    return {one.value for field in form.fields for one in field.options}


async def test_a_message_is_kept_for_its_keeper_who_says_for_which_of_theirs(
    tmp_path: Path,
) -> None:
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        forms: dict[str, Form] = {}
        for role in EVERY_ROLE:
            who = seen.actor(role, Stage.HELD)
            answer = await trial(noted(who), who, undo=False)
            assert isinstance(answer, Opens)
            forms[who] = answer.form
            assert found_in(text_of(answer)) == {("kept", who)}
            assert options(answer.form) == {who, *REPORTS[who]}
        for who, form in forms.items():
            for other in forms:
                sent = await _sends(trial, other, form, other)
                assert sent == ("NotEntitled" if other != who else Done()), (who, other)
            for whom in {"p-goals", "d-goals", "mia", "999"} - {who, *REPORTS[who]}:
                assert isinstance(await _sends(trial, who, form, whom), Refuses), (who, whom)


async def _sends(trial: Trial, who: str, form: Form, whom: str) -> Answer | str:
    event = Submitted(
        who=Account("text", f"T-{who}"),
        form=form.key,
        subject=form.subject,
        step=0,
        answers={"whom": whom, "note": ""},
        identity=f"{who}/{form.subject}/{whom}",
    )
    return await trial(event, who, undo=False)


def pictures(seen: Sights, who: str) -> dict[str, str]:
    """The data of the pictures in somebody's chat, by what they show."""
    return {
        json.loads(part.data)["kind"]: part.data + part.alt
        for card in seen.place.chat.cards(f"T-{who}")
        for part in card.parts
        if isinstance(part, Picture)
    }


def counted(data: str | None) -> tuple[int, set[str]]:
    """How many people a matrix counts, and the teams of those whom it names."""
    if data is None:
        return 0, set()
    figures = [int(one) for one in re.findall(r'"figure": ?"(\d+)"', data)]
    return sum(figures), {who[0] for who in NAMES.findall(data)}


async def test_pictures_show_each_their_own_whoever_asks_and_whatever_the_press_bears(
    tmp_path: Path,
) -> None:
    async with sights(tmp_path) as seen:
        place = seen.place
        forged = (seen.cycle.id, seen.reviews["p-held"], "p-held", "", "the-session")
        drawn: dict[str, dict[str, str]] = {}
        for role in EVERY_ROLE:
            who = seen.actor(role, Stage.HELD)
            for words in ("matrix", "matrix 2026Q4", "distribution", "status"):
                await place.command(who, words)
            for value in forged:
                await place.press(who, "distribution.show", value)
            await place.tick()
            drawn[role] = pictures(seen, who)
        rated = Counter(who[0] for who in seen.reviews if _is_rated(who))
        everybody = (rated.total(), set(rated))
        seen_by = {
            **dict.fromkeys(("skip_level", "above", "hrbp", "hr_admin"), everybody),
            "manager": (rated["p"] + rated["g"], {"p", "g"}),
            "other_manager": (rated["d"], {"d"}),
        }
        for role, shown in drawn.items():
            count, named = counted(shown.get("matrix"))
            most, teams = seen_by.get(role, (0, set()))
            assert count == most, role
            assert named <= teams, role
            assert bool(named) is bool(teams), role
        line = {role for role, shown in drawn.items() if shown.keys() - {"matrix"}}
        assert line == set(SHOWS_GROUPS)
        for shown in drawn.values():
            for kind in shown.keys() - {"matrix"}:
                assert not seen.reviews.keys() & set(NAMES.findall(shown[kind])), kind


def _is_rated(who: str) -> bool:
    stage = Stage(who[2:])
    return stage not in {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW, Stage.EXCLUDED}


async def test_pages_and_messages_say_nothing_that_is_not_for_their_reader(tmp_path: Path) -> None:
    async with sights(tmp_path) as seen:
        place = seen.place
        for who in ACTORS:
            account = Account("text", f"T-{who}")
            await dispatch(Opened(who=account, identity=f"home {who}"), place.deps)
        async with place.deps.database.begin() as tx:
            await tx.outbox.paint_all(
                own(review, who, place.clock.now()) for who, review in seen.reviews.items()
            )
        await place.tick()
        posts = [(to[2:], card) for to, card in place.chat.posts.values() if to[0] == "T"]
        assert [one for to, card in posts for one in seen.eyes.wrong(to, str(card))] == []
        assert {to for to, _ in posts} == set(ACTORS)
        told = {who for who, card in posts if who in seen.reviews and _tells_rating(card)}
        assert told == {who for who in seen.reviews if Stage(who[2:]) in RELEASED}


def _tells_rating(card: Card) -> bool:
    return "4.5" in str(card) or "Consistently" in str(card)


def _work(tx: object, seen: Sights) -> Work:
    return Work(tx=tx, company=seen.place.deps.company, now=NOW)  # type: ignore[arg-type]


async def test_exports_hold_what_hr_may_read_and_no_more(tmp_path: Path) -> None:
    assert set(EXPORTED) == set(EXPORTS)
    async with sights(tmp_path) as seen:
        year = replace(seen.cycle, name="2026")
        async with seen.place.deps.database.begin() as tx:
            work = _work(tx, seen)
            await tx.cycles.add(year)
            kept = await tx.reviews.in_cycle(seen.cycle.id)
            await tx.reviews.add_all(replace(one, id=f"y{one.id}", cycle=year.id) for one in kept)
            for name, one in EXPORTED.items():
                cycle = year if name == "annual" else seen.cycle
                rows = await one.gather(cycle, work, unwatched)
                assert rows
                sheets = (
                    (export_sheets.plain(name, one.columns, rows),)
                    if one.sheets is None
                    else await one.sheets(cycle, work, unwatched)
                )
                assert as_xlsx(sheets)
                text = as_json(rows) + str(sheets)
                assert {kind for kind, _ in found_in(text)} == EXPORTS[name], name
                assert seen.eyes.wrong("hr", text) == []
        assert set().union(*EXPORTS.values()) <= IN_EXPORTS


ANIMALS = re.compile(
    "wild.?dog|rabbit|\\bbull\\b|\\bstar\\b|野狗|兔子|明星|values (low|middle|high)"
)


async def test_a_persons_export_by_hr_holds_no_whisper_no_draft_and_no_box(tmp_path: Path) -> None:
    async with sights(tmp_path) as seen:
        read = set()
        async with seen.place.deps.database.begin(write=False) as tx:
            work = _work(tx, seen)
            for who in ACTORS:
                text = as_json(await export.person(who, work))
                assert seen.eyes.wrong("hr", text) == [], who
                assert ANIMALS.findall(text) == []
                read |= {(kind, whose == who) for kind, whose in found_in(text)}
        assert {kind for kind, _ in read} == {"own", "rating", "appeal", "agreed"}
        assert all(theirs for _, theirs in read)


async def test_what_people_ask_for_of_themselves_holds_nothing_before_its_time(
    tmp_path: Path,
) -> None:
    async with sights(tmp_path) as seen:
        read: dict[str, set[str]] = {}
        async with seen.place.deps.database.begin(write=False) as tx:
            work = _work(tx, seen)
            for person in await tx.people.many(ACTORS):
                who = person.employee_id
                text = as_json(await my_data.whole(person, work))
                assert seen.eyes.wrong(who, text) == []
                read[who] = {kind for kind, _ in found_in(text)}
        for who in seen.reviews:
            stage = Stage(who[2:])
            early = {"own", "feedback", "agreed", "paired"} | (
                {"prepared"} if stage is Stage.INTERVIEW else set()
            )
            later = {*early, "prepared", "led", "rating"}
            appeal = {"appeal"} if stage is Stage.APPEALED else set()
            assert read[who] == (later | appeal if stage in RELEASED else early), who
