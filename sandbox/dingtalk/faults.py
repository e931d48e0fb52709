"""What can go wrong on order: each fault happens to the next calls, and is then over.

faults.quota_used_up("/v1.0/robot/*")
faults.slow("/v1.0/oauth2/accessToken", seconds=4)
faults.flow_controlled.add("user0001")
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Literal

from sandbox.changes import Changes
from sandbox.dingtalk.app import App
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.quota import too_fast, used_up
from sandbox.dingtalk.stream_faults import StreamFaults

HTML = "<!doctype html><html><head><title>Bad Gateway</title></head><body></body></html>"
Way = Literal["answer", "hang", "drop", "slow"]


@dataclass(slots=True)
class ApiFault:
    """What happens to the next `times` calls of `path` (a pattern such as /v1.0/robot/*).

    `accepted` tells whether the call still takes effect, its reply being lost.
    """

    path: str
    times: int
    way: Way = "answer"
    accepted: bool = False
    status: int = 500
    body: str = ""
    content_type: str = "text/html"
    seconds: float = 0


class Faults:
    """Orders of what shall go wrong with calls; `stream` has those for what the app is told."""

    def __init__(self, app: App, changes: Changes) -> None:
        self._app = app
        self.stream = StreamFaults(changes)
        self._api: list[ApiFault] = []
        self.flow_controlled: set[str] = set()
        """Whom batchSend does not reach now, and says so in flowControlledStaffIdList."""
        self.invalid: set[str] = set()
        """Whom batchSend takes for strangers though they are in the contacts."""

    def too_fast(self, path: str, *, times: int = 1) -> None:
        """Refuse as if there had been too many calls this second."""
        self._refuse(path, times, too_fast())

    def quota_used_up(self, path: str = "/v1.0/*", *, times: int = 1) -> None:
        """Refuse as if the month's calls were used up."""
        self._refuse(path, times, used_up())

    def error(self, path: str, code: str, *, times: int = 1, status: int = 400) -> None:
        """Answer with that code of api.dingtalk.com."""
        self._refuse(path, times, DingTalkError(code, status=status))

    def errcode(self, path: str, errcode: int, errmsg: str = "系统繁忙", *, times: int = 1) -> None:
        """Answer with that errcode of oapi.dingtalk.com, such as -1 or 90018."""
        body = json.dumps({"errcode": errcode, "errmsg": errmsg})
        self._api.append(
            ApiFault(path, times, status=200, body=body, content_type="application/json")
        )

    def server_error(
        self, path: str, *, times: int = 1, status: int = 502, body: str = HTML
    ) -> None:
        """Answer with that status and an HTML (or other, or empty) body."""
        self._api.append(ApiFault(path, times, status=status, body=body))

    def slow(self, path: str, *, seconds: float, times: int = 1) -> None:
        """Answer as always, that much later by the organisation's clock."""
        self._api.append(ApiFault(path, times, "slow", accepted=True, seconds=seconds))

    def time_out(self, path: str, *, times: int = 1, accepted: bool = False) -> None:
        """Never answer; with `accepted` the call takes effect all the same."""
        self._api.append(ApiFault(path, times, "hang", accepted))

    def drop(self, path: str, *, times: int = 1, accepted: bool = False) -> None:
        """Drop the connection; with `accepted` the call takes effect all the same."""
        self._api.append(ApiFault(path, times, "drop", accepted))

    def expire_tokens(self) -> None:
        """End every access token that was given."""
        self._app.tokens.clear()

    def take(self, path: str) -> ApiFault | None:
        """Return the fault for this call, counting it down."""
        for fault in self._api:
            if fault.times > 0 and fnmatch(path, fault.path):
                fault.times -= 1
                return fault
        return None

    def _refuse(self, path: str, times: int, error: DingTalkError) -> None:
        body = json.dumps(error.answer(), ensure_ascii=False)
        self._api.append(
            ApiFault(path, times, status=error.status, body=body, content_type="application/json")
        )
