"""The contacts: department/listsubid, user/list, user/get."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.model import ROOT, Json, Member

MOST: Final = 100


@endpoint("GET", "/auth/scopes", counted=False)
def scopes(call: Call) -> Json:
    """Say which departments the app may see. Source: slug obtains-the-address-book-range."""
    visible = call.organisation.visible
    authed = [ROOT] if visible is None else list(visible)
    return {
        "auth_user_field": ["name", "email", "userid"],
        "auth_org_scopes": {"authed_dept": authed, "authed_user": []},
    }


@endpoint("POST", "/topapi/v2/department/get", counted=False)
def describe_department(call: Call) -> Json:
    """Describe a department. Source: slug query-department-details0-v2."""
    one = call.organisation.departments[_department(call)]
    return {"result": {"dept_id": one.id, "name": one.name, "parent_id": one.parent}}


@endpoint("POST", "/topapi/v2/department/listsubid", counted=False)
def sub_departments(call: Call) -> Json:
    """List the departments right below one. Source: slug obtain-a-sub-department-id-list-v2."""
    parent = _department(call, ROOT)
    ids = [one.id for one in call.organisation.departments.values() if one.parent == parent]
    return {"result": {"dept_id_list": ids}}


@endpoint("POST", "/topapi/v2/department/listsub", counted=False)
def describe_departments(call: Call) -> Json:
    """Describe the departments right below one. Source: slug obtain-the-department-list-v2."""
    parent = _department(call, ROOT)
    below = [one for one in call.organisation.departments.values() if one.parent == parent]
    return {"result": [{"dept_id": one.id, "name": one.name, "parent_id": parent} for one in below]}


@endpoint("POST", "/topapi/v2/user/list", counted=False)
def list_users(call: Call) -> Json:
    """List a department's own people, a page each.

    Source: slug queries-the-complete-information-of-a-department-user.
    """
    department = _department(call)
    start, size = call.number("cursor"), call.number("size")
    if start < 0 or not 1 <= size <= MOST:
        raise OapiError(400002, f"无效的参数: cursor, size (1-{MOST})")
    every = [
        _listed(one)
        for one in call.organisation.members.values()
        if department in one.departments and not (one.left or one.hidden)
    ]
    result: Json = {"has_more": start + size < len(every), "list": every[start : start + size]}
    if result["has_more"]:
        result["next_cursor"] = start + size
    return {"result": result}


@endpoint("POST", "/topapi/v2/user/get", counted=False)
def get_user(call: Call) -> Json:
    """Describe a person. Source: slug query-user-details."""
    userid = str(call.args.get("userid", ""))
    if not userid:
        raise OapiError(400002, "无效的参数: userid")
    if not call.organisation.here(userid):
        raise OapiError(60121, "找不到该用户")
    member = call.organisation.members[userid]
    leader = [{"dept_id": one, "leader": one in member.leads} for one in member.departments]
    details = _listed(member) | {"leader_in_dept": leader}
    if member.manager:
        details["manager_userid"] = member.manager
    return {"result": details}


def _department(call: Call, default: int | None = None) -> int:
    department = call.number("dept_id", default)
    if department not in call.organisation.departments:
        raise OapiError(60003, "未找到部门")
    if not call.organisation.sees(department):
        raise OapiError(50004, "企业中的部门不在授权范围")
    return department


def _listed(member: Member) -> Json:
    hired = member.hired_on
    more: Json = {}
    if hired is not None:
        more["hired_date"] = int(datetime.combine(hired, time(), UTC).timestamp() * 1000)
    return {
        "userid": member.userid,
        "unionid": member.unionid,
        "name": member.name,
        "title": member.title,
        "email": member.email,
        "job_number": member.job_number,
        "dept_id_list": list(member.departments),
        "leader": bool(member.leads),
        "admin": member.admin,
        "boss": False,
        "active": True,
    } | more
