"""/media/upload."""

from __future__ import annotations

from typing import Final

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.model import Json

MOST_BYTES: Final = {"image": 20 << 20, "file": 20 << 20, "voice": 2 << 20, "video": 20 << 20}


@endpoint("POST", "/media/upload")
def upload(call: Call) -> Json:
    """Keep a file and name it. Source: slug upload-media-files."""
    kind = str(call.args.get("type", ""))
    content = call.files.get("media", b"")
    if kind not in MOST_BYTES:
        raise OapiError(40004, "不合法的媒体文件类型")
    if not content:
        raise OapiError(41005, "缺少多媒体文件数据")
    if len(content) > MOST_BYTES[kind]:
        raise OapiError(40006, "不合法的文件大小")
    organisation = call.organisation
    media_id = organisation.keep(content)
    created = int(organisation.clock.now().timestamp() * 1000)
    return {"media_id": media_id, "type": kind, "created_at": created}
