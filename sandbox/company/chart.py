"""The sample company on paper: its departments, and the 47 seats below the chief executive."""

from __future__ import annotations

from dataclasses import dataclass

SENIOR, STAFF = "senior", "staff"
CHIEF = "chief"
OFFICE = "总办 CEO Office"
DEPARTMENTS = {
    "operations": "运营 Operations",
    "brand": "品牌 Brand & Product",
    "crm": "会员 CRM",
    "promotion": "推广 Promotion",
    "design": "设计 Design",
    "hr": "人事 HR",
}
"""Their names as they stand on the roster, in the company's two languages, within 20 characters."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in the company."""

    key: str
    above: str
    """The seat that it reports to."""
    department: str
    title: str
    role: str
    work: str
    deserves: str
    """The overall rating that the scores of whoever sits here amount to."""
    berlin: bool = False
    note: str = ""
    """What is special: "late", "leave", "left", "part" (time), "admin", "partner", "favoured"."""


def _heads() -> tuple[Seat, ...]:
    chief = CHIEF
    return (
        Seat("ops", chief, "operations", "运营总监", "operations_lead", "operations_lead", "3.75"),
        Seat(
            "brand",
            chief,
            "brand",
            "Director Brand & Product",
            "brand_manager",
            "brand_manager",
            "3.5",
            berlin=True,
        ),
        Seat("crm", chief, "crm", "会员中心负责人", "crm", "crm", "4"),
        Seat("promotion", chief, "promotion", "推广总监", "promotion", "promotion", "3.5"),
        Seat("design", chief, "design", "设计总监", "planning", "planning", "3.75"),
        Seat("hr", chief, "hr", "人力资源总监", "", "hr", "3.5"),
    )


def _leads() -> tuple[Seat, ...]:
    lead = "operations_lead"
    return (
        Seat("store", "ops", "operations", "旗舰店运营主管", lead, lead, "3.5"),
        Seat(
            "europe", "ops", "operations", "Team Lead Marketplaces", lead, lead, "3.5", berlin=True
        ),
        Seat("product", "brand", "brand", "产品经理主管", "brand_manager", "brand_manager", "3.75"),
        Seat("members", "crm", "crm", "会员运营主管", "crm", "crm", "3.5"),
        Seat("traffic", "promotion", "promotion", "流量推广主管", "promotion", "promotion", "3.5"),
        Seat("studio", "design", "design", "视觉设计主管", "planning", "planning", "3.75"),
    )


def _human_resources() -> tuple[Seat, ...]:
    return (
        Seat("partner", "hr", "hr", "HRBP（运营与会员）", "", "hr", "3.75", note="partner"),
        Seat(
            "partner2",
            "hr",
            "hr",
            "HR Business Partner",
            "",
            "hr",
            "3.5",
            berlin=True,
            note="partner",
        ),
        Seat("admin", "hr", "hr", "绩效与薪酬经理", "", "hr", "3.5", note="admin"),
        Seat("recruiter", "hr", "hr", "招聘专员", "", "hr", "3.25"),
    )


_Post = tuple[str, str, str, str, bool, str]
_TEAMS: dict[str, tuple[str, tuple[_Post, ...]]] = {
    "store": (
        "operations",
        (
            ("店铺运营", "", "store", "4.5", False, ""),
            ("直播运营", "promotion", "promotion", "4", False, ""),
            ("活动运营", "promotion", "promotion", "3.75", False, "favoured"),
            ("商品页面策划", "planning", "planning", "3.5", False, ""),
            ("数据运营", "", "store", "3.5", False, ""),
            ("售后客服组长", "", "store", "3.25", False, ""),
        ),
    ),
    "europe": (
        "operations",
        (
            ("Marketplace Manager DACH", "", "store", "3.75", True, ""),
            ("Listing Specialist", "planning", "planning", "3.5", True, ""),
            ("Customer Care Specialist", "crm", "crm", "2.5", True, ""),
            ("Performance Marketer", "promotion", "promotion", "3.5", True, "part"),
            ("Supply Coordinator", "", "store", "3.5", True, "left"),
        ),
    ),
    "product": (
        "brand",
        (
            ("床品产品经理", "brand_manager", "brand_manager", "4", False, ""),
            ("Brand Manager Europe", "brand_manager", "brand_manager", "3.5", True, ""),
            ("家纺产品经理", "brand_manager", "brand_manager", "3.25", False, ""),
            ("餐厨产品经理", "brand_manager", "brand_manager", "3.5", False, ""),
            ("品牌经理", "brand_manager", "brand_manager", "3.5", False, "leave"),
        ),
    ),
    "members": (
        "crm",
        (
            ("会员运营", "crm", "crm", "3.75", False, ""),
            ("CRM Manager Europe", "crm", "crm", "3.5", True, ""),
            ("短信与邮件运营", "crm", "crm", "3.5", False, ""),
            ("会员权益策划", "crm", "crm", "3", False, ""),
            ("会员客服", "crm", "crm", "3.25", False, ""),
        ),
    ),
    "traffic": (
        "promotion",
        (
            ("投放优化师", "promotion", "promotion", "4", False, ""),
            ("内容推广", "promotion", "promotion", "3.75", False, ""),
            ("达人合作", "promotion", "promotion", "3.5", False, ""),
            ("渠道推广", "promotion", "promotion", "3.25", False, ""),
            ("站外引流", "promotion", "promotion", "3.5", False, ""),
        ),
    ),
    "studio": (
        "design",
        (
            ("资深视觉设计师", "planning", "planning", "3.5", False, ""),
            ("页面策划", "planning", "planning", "3.5", False, ""),
            ("UX Designer", "planning", "planning", "3.25", True, ""),
            ("摄影与修图", "planning", "planning", "3.5", False, ""),
            ("平面设计师", "planning", "planning", "3.5", False, "late"),
        ),
    ),
}
GENEROUS, USUAL = "store", ("3.75", "4", "3.5", "3.5", "3.5", "3.25")
"""The team whose lead rates too well, half of it at 4 or above, and what it gets elsewhere."""


def seats(*, generous: bool) -> tuple[Seat, ...]:
    """The 47 seats below the chief executive; whoever leads stands before whom they lead.

    `generous`: whether the flagship store's team is rated too well.
    """
    members: list[Seat] = []
    for team, (department, posts) in _TEAMS.items():
        for number, (title, role, work, deserves, berlin, note) in enumerate(posts):
            usual = team == GENEROUS and not generous
            fair = USUAL[number] if usual else deserves
            special = "" if usual else note
            key = f"{team}/{number}"
            members.append(Seat(key, team, department, title, role, work, fair, berlin, special))
    return (*_heads(), *_leads(), *_human_resources(), *members)
