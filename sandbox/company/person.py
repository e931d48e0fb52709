"""Somebody of the sample company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A row of the roster, and behind it what the person's texts are made from."""

    employee_id: str
    name: str
    email: str
    title: str
    role: str
    """A key of the role library; empty for roles that have no goals of their own."""
    department: str
    manager_id: str | None
    hrbp_id: str | None
    track: str
    hired_on: date
    left_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    work_week: str = "Mon-Fri"
    time_zone: str = "Asia/Shanghai"
    locale: str = "zh-CN"
    slack_id: str = ""
    dingtalk_id: str = ""
    platform: str = ""

    called: str
    """How colleagues call them: in Chinese the full name, else the first name."""
    work: str
    """Which kind of stories they have to tell."""
    deserves: str
    """The overall rating that their scores amount to: a step of the scale."""
    given: str
    """The overall rating that their manager gives."""
    place: int
    """Their place among their manager's reports, from 0; no two have the same."""
    nth: int
    """Their place among those of the same work and manager, from 0."""
    manager_locale: str | None
    """The language that their rating is written in; None without a manager."""
    hr_admin: bool = False
    seed: int = 1
