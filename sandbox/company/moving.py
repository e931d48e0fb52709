"""The sample company moves into a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.company.person import Person
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
