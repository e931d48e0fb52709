"""Files of a message, which DingTalk shows in one of their own: packed, for it takes few kinds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.platforms.dingtalk.client import DingTalkClient, Upload
from bot.platforms.dingtalk.pictures import uploaded
from prompts.card import Attachment

KIND = "zip"


async def message(files: Sequence[Attachment], client: DingTalkClient) -> dict[str, object] | None:
    """The message that shows them; None where DingTalk does not take the file.

    Raises NotDrawnError where it is worth trying again.
    """
    name = f"{PurePath(files[0].name).stem}.{KIND}"
    file = Upload(name, packed(files), "application/zip", {"type": "file"})
    media = await uploaded(file, client)
    if media is None:
        return None
    given = {"mediaId": media, "fileName": name, "fileType": KIND}
    return {"msgKey": "sampleFile", "msgParam": given}


def packed(files: Sequence[Attachment]) -> bytes:
    """All of them in one; the same files give the same bytes."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for one in files:
            archive.writestr(ZipInfo(one.name), one.content, ZIP_DEFLATED)
    return made.getvalue()
