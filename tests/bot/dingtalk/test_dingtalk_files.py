"""Files of a message in DingTalk: packed, and shown right before the words."""

from __future__ import annotations

import io
from zipfile import ZipFile

from ding_planner import planner
from official_calls import lost, typed

from bot.platforms.dingtalk.files import packed
from handlers.ports import NotSent, Parcel, Sent
from prompts.card import Attachment, Card, Paragraph, Span

FILES = (Attachment("my_data.txt", "您的数据", "Read"), Attachment("my_data.json", "{}", "JSON"))
CARD = Card("My data", (Paragraph((Span("All of it"),)), *FILES))
BATCH = "/v1.0/robot/oToMessages/batchSend"
UPLOAD = "/media/upload"
ONE = Parcel(delivery="d1", kind="my_data", to="ana")


async def test_a_persons_own_data_comes_as_one_file_before_the_words() -> None:
    async with planner() as ana:
        sent = await ana.messenger.send(ONE, await ana.messenger.draw(CARD, ONE))
        assert isinstance(sent, Sent)
        file, words = ana.organisation.person("ana").talk()
        ((media, content),) = ana.organisation.media.items()
        given = {"mediaId": media, "fileName": "my_data.zip", "fileType": "zip"}
        assert (file.key, file.param, words.param["text"]) == ("sampleFile", given, "All of it")
        with ZipFile(io.BytesIO(content)) as archive:
            found = {name: archive.read(name).decode() for name in archive.namelist()}
        assert found == {one.name: one.content for one in FILES}
        assert [lost(one) for one in typed(ana.server.made)] == [{}] * 3


async def test_words_wait_for_a_file_that_could_not_be_shown() -> None:
    async with planner() as ana:
        payload = await ana.messenger.draw(CARD, ONE)
        ana.organisation.faults.flow_controlled.add("ana")
        assert await ana.messenger.send(ONE, payload) == NotSent("flow_controlled")
        assert ana.paths.count(BATCH) == 1


async def test_a_file_that_is_refused_leaves_the_words() -> None:
    async with planner() as ana:
        ana.organisation.faults.errcode(UPLOAD, 40004)
        assert isinstance(await ana.messenger.send(ONE, await ana.messenger.draw(CARD, ONE)), Sent)
        (words,) = ana.organisation.person("ana").talk()
        assert words.param["text"] == "All of it"


def test_the_same_files_are_the_same_bytes() -> None:
    assert packed(FILES) == packed(FILES) != packed(FILES[:1])
