"""The sample company moves into a workspace: Slack's, or DingTalk's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.company.person import Person
from sandbox.dingtalk.organisation import Organisation
from sandbox.dingtalk.people import Person as Colleague
from sandbox.slack.people import Person as Member
from sandbox.slack.workspace import Workspace


def move_in(workspace: Workspace, people: Iterable[Person]) -> Mapping[str, Member]:
    """Give everybody who has not left an account; by employee id."""
    return {
        one.employee_id: workspace.add_user(
            one.email.partition("@")[0],
            real_name=one.name,
            email=one.email,
            locale=one.locale,
            tz=one.time_zone,
            title=one.title,
        )
        for one in people
        if one.left_on is None
    }


def enter_contacts(organisation: Organisation, people: Iterable[Person]) -> Mapping[str, Colleague]:
    """Enter everybody who has not left, managers first, with their departments; by employee id.

    A department is led by whoever is managed from outside it and manages somebody in it.
    """
    here = [one for one in people if one.left_on is None]
    rooms: dict[str, int] = {}
    for one in here:
        if one.department not in rooms:
            rooms[one.department] = organisation.add_department(one.department).id
    where = {one.employee_id: one.department for one in here}
    leaders = {one.manager_id for one in here if where.get(one.manager_id or "") == one.department}
    found: dict[str, Colleague] = {}
    for one in here:
        manager = found.get(one.manager_id or "")
        leads = one.employee_id in leaders and where.get(one.manager_id or "") != one.department
        member = organisation.add_member(
            one.name,
            departments=[rooms[one.department]],
            leads=[rooms[one.department]] if leads else [],
            manager=manager.id if manager else "",
            title=one.title,
            email=one.email,
            job_number=one.employee_id,
            hired_on=one.hired_on,
            admin=one.hr_admin,
            locale=one.locale,
            tz=one.time_zone,
        )
        found[one.employee_id] = organisation.person(member.userid)
    return found
