"""Actions that are a training: agreed in the interview, done with what was learnt, exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from talking import signed, texts
from text_chat import as_text
from world import Home, home, opened

from handlers import export_actions
from handlers.answers import Done, Redraws, Refuses, Says
from handlers.work import Work
from prompts.card import Ask, Form
from review.interview import Action, Going
from review.learning import ActionKind

LINK = "https://learn.example.com/a?b=1&c=2"
TRAINING = {
    "action:1": "Learn the <!channel> {{ x }} spreadsheet \u202e 🎉",
    "kind:1": "training",
    "link:1": LINK,
    "owner:1": "e1",
    "due:1": "2026-11-02",
}


async def agree(place: Home, given: dict[str, str]) -> str:
    """Mia prepares these actions for e1's interview, and it is held."""
    _, (review,) = await signed(place)
    form = opened(await place.press("mia", "interview.open", review))
    assert await place.fill("mia", form, given) == Done()
    assert await place.press("mia", "interview.held", review) == Done()
    await place.tick()
    return review


async def kept(place: Home, review: str) -> tuple[Action, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.actions.agreed(review)


async def rows(place: Home, review: str) -> Form:
    """The last step of Mia's form."""
    form = opened(await place.press("mia", "interview.open", review))
    while form.step < form.steps - 1:
        held = {one.key: one.value or "" for one in form.fields}
        form = opened(await place.send("mia", form, held))
    return form


async def test_a_kind_reveals_what_it_asks_and_nothing_else(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = await rows(place, review)
        task = ["action:1", "kind:1", "owner:1", "due:1"]
        assert [one.key for one in form.fields][:4] == task
        assert [one.folded for one in form.fields if one.key == "kind:1"] == [True]
        for kind, more in (("training", "link:1"), ("mentoring", "mentor:1")):
            answer = await place.choose("mia", form, "kind:1", {"kind:1": kind})
            assert isinstance(answer, Redraws)
            form = answer.form
            asked = [one.key for one in form.fields]
            assert asked[:5] == [*task[:2], more, *task[2:]]
        (mentor,) = [one for one in form.fields if one.ask is Ask.PERSON]
        assert "reads what this action says, and nothing else" in mentor.hint


async def test_a_training_is_agreed_with_its_link(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = await rows(place, review)
        bad = TRAINING | {"link:1": "http://learn.example.com"}
        refused = await place.fill("mia", form, bad)
        assert isinstance(refused, Refuses)
        (problem,) = refused.form.problems
        assert (problem.key, problem.value) == ("link:1", "http://learn.example.com")
        assert "begins with https://" in (problem.problem or "")
        assert await place.fill("mia", refused.form, TRAINING) == Done()
        assert await place.press("mia", "interview.held", review) == Done()
        (one,) = await kept(place, review)
        assert (one.kind, one.link, one.text) == (
            ActionKind.TRAINING,
            LINK,
            TRAINING["action:1"].strip(),
        )
        again = await rows(place, review)
        assert {one.key: one.value for one in again.fields if one.key in TRAINING} == TRAINING
        answer = await place.command("e1", "actions")
        assert isinstance(answer, Says)
        assert f"📚 Training · {LINK}" in as_text(answer.card)


async def test_a_training_is_done_with_what_was_learnt(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await agree(place, TRAINING)
        one = f"{review}.1"
        form = opened(await place.press("e1", "action:done", one))
        assert form.key == "action_done"
        refused = await place.fill("e1", form, {"words": " "})
        assert isinstance(refused, Refuses)
        assert [each.going for each in await kept(place, review)] == [Going.OPEN]
        for _ in range(2):
            assert await place.fill("e1", form, {"words": "Pivot tables."}) == Done()
        await place.tick()
        assert texts(place, "mia").count("Person 1 finished a training you two agreed") == 1
        assert "Pivot tables." in texts(place, "mia")
        async with place.deps.database.begin(write=False) as tx:
            words = (await tx.actions.words_on([one]))[one]
        assert [(each.going, each.words) for each in words] == [(Going.DONE, "Pivot tables.")]
        shown = opened(await place.press("mia", "action:done", one))
        assert (shown.key, "Pivot tables." in as_text(shown)) == ("action", True)


async def test_done_in_the_open_form_asks_what_was_learnt_too(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await agree(place, TRAINING)
        form = opened(await place.press("e1", "action:going", f"{review}.1"))
        asked = opened(await place.press_in("e1", form, "action.mark:done"))
        assert asked.key == "action_done"
        assert [each.going for each in await kept(place, review)] == [Going.GOING]


async def test_a_mentor_who_cannot_be_one_is_pointed_out_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        async with place.deps.database.begin() as tx:
            (gone,) = await tx.people.many(["e3"])
            await tx.people.put_all([replace(gone, left_on=date(2026, 10, 9))])
        form = await rows(place, review)
        row = {"action:1": "Grow", "kind:1": "mentoring", "owner:1": "e1", "due:1": "2026-11-02"}
        for account, said in (
            ("", "Please choose who the mentor is."),
            ("T-nobody", "They are not in the roster"),
            ("T-e1", "They do this action themself"),
            ("T-e3", "They have left the company"),
        ):
            form = opened(await place.fill("mia", form, row | {"mentor:1": account}))
            (problem,) = form.problems
            assert problem.key == "mentor:1"
            assert (problem.problem or "").startswith(said)
            assert {one.key: one.value for one in form.fields}["action:1"] == "Grow"
        assert await place.fill("mia", form, row | {"mentor:1": "T-e2"}) == Done()
        await place.press("mia", "interview.held", review)
        (one,) = await kept(place, review)
        assert (one.kind, one.mentor) == (ActionKind.MENTORING, "e2")
        shown = {each.key: each.value for each in (await rows(place, review)).fields}
        assert shown["mentor:1"] == "T-e2"


async def test_kinds_links_and_mentors_are_exported(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await agree(
            place,
            TRAINING
            | {"action:2": "Grow", "kind:2": "mentoring", "mentor:2": "T-e2", "due:2": "2026-12-01"}
            | {"action:3": "A desk", "due:3": "2026-12-01"},
        )
        async with place.deps.database.begin(write=False) as tx:
            cycle = (await tx.cycles.running())[0]
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            lines = await export_actions.actions(cycle, work)
    keys = ("kind", "link", "mentor", "mentor_name")
    assert [list(line) for line in lines] == [list(export_actions.ACTIONS)] * 3
    assert [tuple(line[key] for key in keys) for line in lines] == [
        ("training", LINK, None, None),
        ("mentoring", None, "e2", "Person 2"),
        ("task", None, None, None),
    ]
    assert review
