"""Charts as DingTalk has them: painted and uploaded once, and known by a media id from then on."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from hashlib import sha256

from bot.pictures import Painter, PictureFailedError
from bot.platforms.dingtalk.client import CallError, DingTalkClient, Upload
from bot.platforms.dingtalk.outcomes import AWAY, hinders, outcome_of
from handlers.ports import NotDrawnError, NotSent
from prompts.card import Picture

log = logging.getLogger(__name__)
UPLOAD = "media/upload"
REMEMBERED = 100
"""Pictures whose media ids are kept in mind (ours). DingTalk names no end of an image's id."""
MOST_BYTES = 20 << 20
"""DingTalk: bytes of an image or another file (slug upload-media-files)."""


class Gallery:
    """A picture that was uploaded is not painted or uploaded again as long as it is remembered."""

    def __init__(self, client: DingTalkClient, painter: Painter) -> None:
        """Upload with that client what that painter paints."""
        self._client = client
        self._painter = painter
        self._ids: OrderedDict[bytes, str] = OrderedDict()
        self._turn = asyncio.Lock()

    async def media_of(self, picture: Picture) -> str | None:
        """Its media id; None where there is no picture to be had: the words say the same.

        Raises NotDrawnError where it is worth trying again.
        """
        name = sha256(picture.data.encode()).digest()
        async with self._turn:
            found = self._ids.get(name) or await self._upload(picture)
            if found is not None:
                self._ids[name] = found
                self._ids.move_to_end(name)
                while len(self._ids) > REMEMBERED:
                    self._ids.popitem(last=False)
        return found

    async def _upload(self, picture: Picture) -> str | None:
        try:
            drawn = await self._painter.draw(picture.data)
        except PictureFailedError:
            log.exception("a picture could not be drawn")
            return None
        file = Upload("chart.png", drawn, "image/png", {"type": "image"})
        return await uploaded(file, self._client)


async def uploaded(file: Upload, client: DingTalkClient) -> str | None:
    """The media id of a file; None where DingTalk does not take it: the words say the same.

    Raises NotDrawnError where it is worth trying again.
    """
    if len(file.content) > MOST_BYTES:
        log.warning("a file of %s bytes is too large for DingTalk", len(file.content))
        return None
    try:
        answer = await client.upload(UPLOAD, file)
    except CallError as error:
        outcome = outcome_of(error)
        if not isinstance(outcome, NotSent):
            # Perhaps it is there after all: uploaded twice, nobody sees the first.
            raise NotDrawnError(NotSent(error.reason, retry_after=AWAY)) from None
        if hinders(outcome):
            raise NotDrawnError(outcome) from None
        log.warning("a file could not be uploaded: %s", error.reason)
        return None
    return str(answer.get("media_id") or "") or None
