"""The own page: opened, shown anew after one's own acts, and only what its owner may see."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from text_chat import as_text
from world import Home, home, open_cycle, opened, review_of, self_answers, team

from handlers.dispatch import dispatch
from handlers.events import Account, Opened
from handlers.home import STAYS
from prompts.card import Button, Buttons, Card, Paragraph
from review.goal_progress import Noted, Outlook, Progress
from review.interview import Action, Going
from scheduler.tick import tick


async def looks(home: Home, who: str) -> Card:
    """Their page, as it stands before them once they opened it."""
    home.clock.moment += timedelta(seconds=5)
    identity = f"look:{home.clock.moment.isoformat()}"
    await dispatch(Opened(who=Account("text", f"T-{who}"), identity=identity), home.deps)
    await tick(home.deps)
    return page_of(home, who)


def page_of(home: Home, who: str) -> Card:
    """What stands on it now."""
    return [card for card in home.chat.cards(f"T-{who}") if card.summary in PAGES][-1]


PAGES = {"Your page", "我的主页"}


def buttons(card: Card) -> list[Button]:
    """All that can be pressed, in order."""
    found: list[Button] = []
    for part in card.parts:
        if isinstance(part, Buttons):
            found += part.buttons
        elif isinstance(part, Paragraph) and part.button is not None:
            found.append(part.button)
    return found


async def test_a_page_says_what_waits_and_where_the_own_review_stands(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        page = await looks(place, "e1")
        review = await review_of(place, cycle, "e1")
        assert as_text(page) == (
            "## Waiting for you\n"
            "2026Q3 self-review, due Fri 16 Oct\n"
            "## My review\n"
            "2026Q3 · self-review\n"
            "• Repeat-purchase rate · 45%\n"
            "• Open and conversion rate of messages · 35%\n"
            "• How it was done · 20%\n"
            "As of Mon 12 Oct, 12:00"
        )
        assert [(one.action, one.value) for one in buttons(page)] == [
            ("self_review.open", review),
            ("feedback.open", ""),
            ("feedback.ask", ""),
        ]


async def test_a_goal_shows_how_it_was_last_noted_to_look(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        words = Noted(title={"": "Repeat-purchase rate"}, words="9 %")
        for number, outlook in enumerate((Outlook.ON_TRACK, Outlook.AT_RISK), start=1):
            note = Progress(
                id=f"n{number}",
                review=review,
                row="repeat_rate",
                number=number,
                at=place.clock.now(),
                outlook=outlook,
                said=words,
            )
            async with place.deps.database.begin() as tx:
                await tx.progress.add(note)
        said = as_text(await looks(place, "e1"))
        assert "🟡 Repeat-purchase rate · 45% — 9 % (Mon 12 Oct)\n• Open and" in said


async def test_a_page_is_one_however_often_it_is_opened(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        for _ in range(3):
            await looks(place, "e1")
        same = Opened(who=Account("text", "T-e1"), identity="look:twice")
        await dispatch(same, place.deps)
        await dispatch(same, place.deps)
        async with place.deps.database.begin(write=False) as tx:
            kept = [one for one in await tx.outbox.ledger(receiver="e1") if one.kind == "home"]
            account = await tx.people.account_of("e1", "text")
        assert len(kept) == 1
        assert [kind for to, kind, _ in place.chat.log if (to, kind) == ("T-e1", "home")] == (
            ["home"] * 3
        )
        assert account is not None


async def test_what_somebody_does_shows_on_their_open_page(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        await looks(place, "e1")
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        await place.fill("e1", form, self_answers(place))
        place.clock.moment += timedelta(seconds=5)
        await place.tick()
        assert "✅ Nothing waits for you." in as_text(page_of(place, "e1"))
        assert "2026Q3 · manager's rating" in as_text(page_of(place, "e1"))


async def test_a_page_opened_long_ago_is_left_until_it_is_opened_again(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        await looks(place, "e1")
        review = await review_of(place, cycle, "e1")
        place.clock.moment += STAYS
        form = opened(await place.press("e1", "self_review.open", review))
        await place.fill("e1", form, self_answers(place))
        place.clock.moment += timedelta(seconds=5)
        await place.tick()
        assert "self-review, due" in as_text(page_of(place, "e1"))
        assert "✅ Nothing waits for you." in as_text(await looks(place, "e1"))
        assert set(place.deps.looked) == {"e1"}
        await looks(place, "mia")
        place.clock.moment += STAYS
        await looks(place, "boss")
        assert set(place.deps.looked) == {"boss"}


async def test_a_managers_page_counts_the_team_and_names_who_is_missing(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        await place.fill("e1", form, self_answers(place))
        page = await looks(place, "mia")
        said = as_text(page)
        assert "2026Q3 · 3 people: self-review 2, manager's rating 1" in said
        assert "Self-review still to come: Person 2, Person 3" in said
        assert ("rate.change", review) in [(one.action, one.value) for one in buttons(page)]
        assert "## How far the reviews are" not in said


async def test_a_page_of_hr_has_the_cycle_at_a_glance(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        said = as_text(await looks(place, "hr"))
        assert "## How far the reviews are" in said
        assert "2026Q3: self-reviews 0/6, ratings 0/6" in said


async def test_a_page_has_what_was_agreed_until_it_is_done(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e2")
        agreed = Action(
            id=f"{review}.1",
            review=review,
            about="e2",
            owner="e2",
            text="写 <!channel> {{ x }}",
            due=date(2026, 10, 9),
            going=Going.OPEN,
            agreed_at=place.clock.now(),
            changed_at=place.clock.now(),
        )
        async with place.deps.database.begin() as tx:
            await tx.actions.put(agreed)
        assert "## 我答应要做的\n⚠️ 写 <!channel> {{ x }} · 10月9日（周五）" in as_text(
            await looks(place, "e2")
        )
        assert "<!channel>" not in as_text(await looks(place, "e1"))
        async with place.deps.database.begin() as tx:
            await tx.actions.goes(agreed.id, Going.DONE, "e2", place.clock.now())
        assert "我答应要做的" not in as_text(await looks(place, "e2"))


async def test_a_page_of_a_team_of_two_hundred_names_a_few_of_each(tmp_path: Path) -> None:
    async with home(tmp_path, team(200)) as place:
        await open_cycle(place)
        page = await looks(place, "mia")
        assert "2026Q3 · 200 people: self-review 200" in as_text(page)
        assert "and 194 more" in as_text(page)
        assert len(page.parts) < 24


async def test_a_stranger_gets_no_page(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await dispatch(Opened(who=Account("text", "T-nobody"), identity="look:1"), place.deps)
        await place.tick()
        assert place.deps.looked == {}
        assert "home" not in [kind for _, kind, _ in place.chat.log]


async def test_whoever_is_asked_for_feedback_finds_it_there_until_it_is_given_or_put_off(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.press("e1", "feedback.ask", ""))
        await place.fill("e1", form, {"whom": "T-mia", "about": "value:teamwork"})
        page = await looks(place, "mia")
        assert "Person 1 would like your feedback on “Teamwork”." in as_text(page)
        (give, *_) = [one for one in buttons(page) if one.action == "feedback.give"]
        assert "would like" not in as_text(await looks(place, "e1"))
        await place.press("mia", "feedback.not_now", give.value)
        assert "would like" not in as_text(await looks(place, "mia"))
