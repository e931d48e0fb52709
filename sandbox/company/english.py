"""The sample company for those who read no Chinese: names spelled out, all in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sandbox.company.person import Person

LOCALE = "en"
TITLES = {
    "HRBP（运营与会员）": "HR Business Partner Operations",
    "人力资源总监": "Director Human Resources",
    "会员中心负责人": "Head of Member Centre",
    "会员客服": "Member Support Specialist",
    "会员权益策划": "Member Benefits Planner",
    "会员运营": "Member Operations Specialist",
    "会员运营主管": "Team Lead Member Operations",
    "内容推广": "Content Marketer",
    "创始人兼首席执行官": "Founder and CEO",
    "品牌经理": "Brand Manager",
    "售后客服组长": "After-sales Support Lead",
    "商品页面策划": "Listing Planner",
    "家纺产品经理": "Product Manager Textiles",
    "平面设计师": "Graphic Designer",
    "床品产品经理": "Product Manager Bedding",
    "店铺运营": "Store Operations Specialist",
    "投放优化师": "Paid Media Optimiser",
    "招聘专员": "Recruiter",
    "推广总监": "Director Promotion",
    "摄影与修图": "Photographer and Retoucher",
    "数据运营": "Data Analyst",
    "旗舰店运营主管": "Team Lead Flagship Store",
    "活动运营": "Campaign Manager",
    "流量推广主管": "Team Lead Traffic",
    "渠道推广": "Channel Marketer",
    "直播运营": "Live Stream Manager",
    "短信与邮件运营": "Text and Email Marketer",
    "站外引流": "Off-site Traffic Specialist",
    "绩效与薪酬经理": "Performance and Pay Manager",
    "视觉设计主管": "Team Lead Visual Design",
    "设计总监": "Director Design",
    "资深视觉设计师": "Senior Visual Designer",
    "达人合作": "Influencer Manager",
    "运营总监": "Director Operations",
    "页面策划": "Page Planner",
    "餐厨产品经理": "Product Manager Kitchen",
    "产品经理主管": "Team Lead Product",
}


def in_english(people: Iterable[Person]) -> tuple[Person, ...]:
    """The same people, who all read and write English."""
    return tuple(_in_english(person) for person in people)


def _in_english(person: Person) -> Person:
    name = person.name
    if not name.isascii() and person.locale != LOCALE:
        given, _, family = person.email.partition("@")[0].partition(".")
        name = f"{given.capitalize()} {family.rstrip('0123456789').capitalize()}"
    return replace(
        person,
        name=name,
        called=person.called if person.locale == LOCALE else name.partition(" ")[0],
        title=TITLES.get(person.title, person.title),
        department=person.department.partition(" ")[2],
        locale=LOCALE,
        manager_locale=LOCALE if person.manager_locale else None,
    )
