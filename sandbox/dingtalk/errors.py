"""What the stand-in refuses, in the words of DingTalk's two kinds of interface."""

from __future__ import annotations

from typing import Any
from uuid import uuid4


class DingTalkError(Exception):
    """A call that api.dingtalk.com answers with a status, a code and a message."""

    def __init__(self, code: str, message: str = "", *, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message or code, status

    def answer(self) -> dict[str, Any]:
        """Return the body that is sent."""
        request = str(uuid4()).upper()
        return {"code": self.code, "requestid": request, "message": self.message}


class OapiError(Exception):
    """A call that oapi.dingtalk.com answers with status 200 and an errcode."""

    def __init__(self, errcode: int, errmsg: str, *, sub_code: str = "") -> None:
        super().__init__(f"{errcode} {errmsg}")
        self.errcode, self.errmsg, self.sub_code = errcode, errmsg, sub_code

    def answer(self) -> dict[str, Any]:
        """Return the body that is sent."""
        body = {"errcode": self.errcode, "errmsg": self.errmsg, "request_id": uuid4().hex[:13]}
        if self.sub_code:
            told = f"ding talk error[subcode={self.sub_code},submsg={self.errmsg}]"
            body |= {"sub_code": self.sub_code, "sub_msg": self.errmsg, "errmsg": told}
        return body


def missing(name: str) -> DingTalkError:
    """Return the refusal of a call that lacks a parameter."""
    return DingTalkError(f"Missing{name}", f"{name} is mandatory for this action.")
