"""Somebody asks for all that is kept of them: it comes at once, as files, to them alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from all_texts import holds
from feedback_given import give
from signing import said
from talking import signed
from test_evidence import note
from world import Home, home, team

from handlers.answers import Done
from prompts.card import Attachment, Card
from prompts.render import LOCALES, Words
from prompts.screens import my_data
from storage.drafts import Draft, Mark

AT = "2026-11-26T04:00:00.123000+00:00"
RATED = "What happened, what was done, what came of it."


def files(card: Card) -> dict[str, str]:
    return {part.name: part.content for part in card.parts if isinstance(part, Attachment)}


async def asked(place: Home, who: str, words: str = "my data") -> tuple[Any, str, Card]:
    """What they get: as JSON, to read, and the message."""
    before = len(place.chat.cards(f"T-{who}"))
    assert said(await place.command(who, words))
    await place.tick()
    (card,) = [one for one in place.chat.cards(f"T-{who}")[before:] if files(one)]
    found = files(card)
    return json.loads(found["my_data.json"]), found["my_data.txt"], card


async def test_the_whole_comes_but_for_what_is_told_in_the_interview(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        assert await give(place, "e2", "e1", about="other", behaviour="Walnuss") == Done()
        await note(place, "e1", "Buche", of="e2", ts="1.2")
        async with place.deps.database.begin() as tx:
            draft = Draft(employee_id="e1", form="f", subject="s", marks={"x": Mark("Ahorn")})
            await tx.drafts.put(draft)
            own = (await tx.evidence.of("e1"))[0]
            message = replace(own.message, text="Eiche")
            other = replace(own, id="k2", keeper="mia", place="p2", message=message)
            await tx.evidence.keep(other)
        await place.tick()
        found, text, card = await asked(place, "e1")
        assert found["person"]["name"] == "Person 1"
        assert set(found) - {"not_told_yet"} == set(my_data.SECTIONS)
        (kept,) = found["reviews"]
        assert (kept["id"], kept["manager_part"], kept["rated_by"]) == (review, None, None)
        assert kept["self_part"]["comment"] == "It went well."
        assert {line["event"] for line in found["audit"]} >= {"self_review.sent", "rating.sent"}
        assert not any(line["details"] for line in found["audit"])
        assert (found["seals"], found["kept_by_others"]) == ([], 1)
        for word in ("Walnuss", "Buche", "Ahorn", "It went well.", "Person 2 (e2)"):
            assert word in text, word
        for word in ("Eiche", RATED, "3.5 rating"):
            assert word not in text + json.dumps(found)
        assert "2026Q3 is yours once the interview has taken place" in text
        assert "as of Mon 12 Oct" in card.summary
        assert await place.press("mia", "interview.held", review) == Done()
        found, text, _ = await asked(place, "e1")
        assert found["reviews"][0]["manager_part"]["rating"] == "3.5"
        assert RATED in text
        assert len(found["seals"]) == 3
        assert "once the interview" not in text


async def test_it_goes_to_whoever_asks_and_to_nobody_else(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert await give(place, "mia", "e1", about="other", behaviour="Walnuss") == Done()
        found, _, _ = await asked(place, "e3", "my data e1")
        assert found["person"]["employee_id"] == "e3"
        assert "Walnuss" not in json.dumps(found)
        _, text, card = await asked(place, "e2", "我的数据")
        assert text.startswith("机器人保存的 Person 2 的资料，10月12日（周一） 2026\n")
        assert (
            card.summary == "这是截至 10月12日（周一）我保存的关于您的全部资料，不会给其他任何人。"
        )
        stands = await holds(place.deps.database, "Walnuss")
        assert stands["Walnuss"] == ["feedback.said"]


async def test_a_hard_name_and_hard_words_stand_as_they_are(tmp_path: Path) -> None:
    hard = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 40
    people = tuple(replace(one, name=hard) if one.employee_id == "e1" else one for one in team())
    async with home(tmp_path, people) as place:
        assert await give(place, "mia", "e1", about="other", behaviour=hard + "长" * 2000) == Done()
        found, text, _ = await asked(place, "e1")
        assert found["person"]["name"] == hard
        assert hard + "长" * 2000 in text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_section_and_label_has_words(locale: str) -> None:
    words = Words(locale)
    for name in my_data.SECTIONS:
        assert words.plain(f"my_data.{name}")
    for name in my_data.LABELS:
        assert words.plain(f"my_data.f_{name}")


def test_what_is_kept_is_read_as_lines() -> None:
    facts = my_data.DataFacts(
        name="Ann",
        on=date(2026, 11, 26),
        zone="Asia/Shanghai",
        data={
            "reviews": [
                {
                    "id": "r1",
                    "cycle": "2026Q3",
                    "stage": "held",
                    "surprise": False,
                    "sheet": {"rows": []},
                    "scores": {"g1": "4"},
                    "levels": {"teamwork": ["yes", "partly", None]},
                    "cases": {"value:teamwork": "A case."},
                }
            ],
            "kept_by_others": 0,
            "messages": [{"kind": "my_review", "sent_at": None, "due": AT}],
            "audit": [
                {"event": "rating.sent", "at": AT, "actor": "mia"},
                {"event": "review.closed", "at": AT, "actor": None},
            ],
            "new_table": [{"title": {"": "Ship", "zh-CN": "上线"}, "by": "mia"}, "x", [["y"]]],
            "not_told_yet": [],
        },
        known={"mia": "Mia"},
        titles={"g1": "Sell", "teamwork": "Teamwork"},
    )
    assert my_data.readable(facts, Words("en")) == (
        "What NoSurprise keeps of Ann, Thu 26 Nov 2026\n\n"
        "== Reviews ==\n-\n  Review period: 2026Q3\n  Stage: interview held\n"
        "  A surprise: no\n  Scores:\n    Sell: 4\n  Levels of the values:\n"
        "    Teamwork: yes · partly\n  Cases:\n    Teamwork: A case.\n\n"
        "== Messages sent to you (without their words) ==\n- 2026-11-26 12:00 own review\n\n"
        "== What happened, and when ==\n- 2026-11-26 12:00 rating.sent (Mia (mia))\n"
        "- 2026-11-26 12:00 review.closed\n\n"
        "== new_table ==\n-\n  Title: Ship\n  By: Mia (mia)\n- x\n-\n  -\n    - y\n\n"
    )
