"""One person's self-review and one manager's rating, over the stand-in for Slack."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from place import kind_of, place
from place_forms import rate, write_self

MEMBER, LEAD = "N0016", "N0007"
SHANGHAI = ZoneInfo("Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def test_a_self_review_and_a_rating_go_through_slack(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        wrote = await write_self(here, cycle, MEMBER)
        await here.settle()
        asked = await rate(here, cycle, MEMBER)
        await here.settle()
        assert (await here.exported(cycle))[MEMBER] == {
            "employee_id": MEMBER,
            "cycle": "2026Q3",
            "track": "staff",
            "stage": "skip_level",
            "excluded_reason": None,
            "goals": [
                {
                    "title": "The period's main result",
                    "kind": "goal",
                    "weight": 50,
                    "self_score": wrote["goal:main_result"],
                    "manager_score": asked["goal:main_result"],
                },
                {
                    "title": "Service to the team and its partners",
                    "kind": "goal",
                    "weight": 30,
                    "self_score": wrote["goal:team_service"],
                    "manager_score": asked["goal:team_service"],
                },
                {
                    "title": "How it was done",
                    "kind": "conduct",
                    "weight": 20,
                    "self_score": wrote["goal:conduct"],
                    "manager_score": asked["goal:conduct"],
                },
            ],
            "values": {
                "customer_first": {
                    "self_score": "3",
                    "manager_score": "2.5",
                    "self_levels": ["yes", "yes", "yes", "no", None],
                    "manager_levels": ["yes", "yes", "partly", None, None],
                },
                "teamwork": {
                    "self_score": "2.5",
                    "manager_score": "2.5",
                    "self_levels": ["yes", "yes", "partly", None, None],
                    "manager_levels": ["yes", "yes", "partly", None, None],
                },
            },
            "k": "3.63",
            "v": "2.50",
            "total": "3.59",
            "suggested": "3.5",
            "gate": False,
            "rating": "3.5",
            "rating_reason": None,
            "cases": [
                {"about": about, "text": asked[f"case:{about}"]}
                for about in ("overall", "value:customer_first", "value:teamwork")
            ],
            "sign_offs": [
                {
                    "by": LEAD,
                    "role": "manager",
                    "decision": "rate",
                    "at": (await here.trail())[-1]
                    .at.astimezone(SHANGHAI)
                    .isoformat(timespec="seconds"),
                }
            ],
            "surprise": False,
            "surprise_reason": None,
            "acknowledged_at": None,
            "appeal": None,
        }
        assert [(kind_of(one), one.words) for one in here.dms(MEMBER)] == [
            (
                "my_review",
                "我的 2026Q3 绩效评估\n您的评估已经写好，正在签核。"
                "结果和理由会由曹雨桐在绩效面谈时告诉您，之前不会公布。",
            )
        ]
        rows = [line for line in here.dms(LEAD)[0].words.split("\n") if "林可欣" in line]
        assert rows == ["✅ *林可欣* · 3.5"]
        assert [one.words for one in here.board()] == [
            "Rating distribution 2026Q3\nSelf-reviews *1/9* · ratings *1/9*\n"
            "Too few are rated for a distribution yet."
        ]
        assert not any(here.workspace.troubles.values())
