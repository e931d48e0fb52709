"""A row in every table that holds a text, and the same text in each."""

from __future__ import annotations

from dataclasses import replace

from storage_samples import CANARY, NOW, fill, full_review, notice
from test_store_calibration import MOVE
from test_store_calibration import ONE as SESSION
from test_store_feedback_requests import ONE as REQUEST
from test_store_interview import ACTION, PART
from test_store_one_on_one import ONE, SHEET
from test_store_progress import ONE as NOTE

from review.appeal import Appeal
from review.cascade import CascadeGoal, CascadeSheet, Level
from review.evidence import Evidence, Message
from review.feedback import Feedback, Kind, Said
from review.goal_setting import GoalSheet
from review.interview import Going
from review.learning import Met
from review.library import Ladder, Library
from review.one_on_one import Rhythm
from review.praise import Deed, Praise
from review.record import SignOff
from storage.askings import Asking, Place
from storage.contacts import News, Told
from storage.drafts import Draft, Mark
from storage.erasing import Hold
from storage.interviews import Prepared
from storage.transaction import Transaction


async def fill_every_table(work: Transaction) -> None:
    """All of it is about e1, and of e1."""
    await fill(work, "e1")
    word = SignOff(by="e1", role="skip_level", decision="agree", at=NOW, comment=CANARY)
    await work.reviews.add_all([replace(full_review("e1", CANARY), sign_offs=(word,))])
    await work.drafts.put(
        Draft(
            employee_id="e1",
            form="self_review",
            subject="r-e1",
            marks={CANARY: Mark(CANARY, CANARY)},
        )
    )
    await work.askings.put(
        Asking(
            surface="s1",
            employee_id="e1",
            platform="dingtalk",
            form="self_review",
            subject="r-e1",
            touched_at=NOW,
            place=Place(at=CANARY),
        )
    )
    await work.inbound.remember("i1", f"Name of e1: {CANARY}".encode(), NOW)
    await work.outbox.put(notice("n1", facts={"text": CANARY}))
    found = await work.outbox.find("n1")
    assert found is not None
    claim = await work.outbox.claim(found.id, NOW, NOW - NOW)
    assert claim is not None
    await work.outbox.intend(claim.id, claim.fence, CANARY.encode(), NOW)
    await work.audit.record("rated", "r-e1", "e1", NOW, {"text": CANARY})
    await work.erasing.hold(Hold(employee_id="e1", at=NOW, by=None, reason=CANARY))
    await _said_and_signed(work)


async def _said_and_signed(work: Transaction) -> None:
    """A feedback with its answer, a kept message and a seal, all of that text."""
    await work.feedback.add(
        Feedback(
            id="f1",
            giver="e1",
            receiver="e1",
            kind=Kind.POSITIVE,
            about="other",
            as_manager=False,
            wants_talk=False,
            said=Said(behaviour=CANARY),
            at=NOW,
        )
    )
    await work.feedback.answer("f1", CANARY, NOW)
    await work.requests.add([replace(REQUEST, asked="e1")])
    said = Deed(text=CANARY, value_name={"": CANARY})
    await work.praise.add(Praise(id="p1", giver="e1", receiver="e1", value="v", said=said, at=NOW))
    await work.evidence.keep(
        Evidence(
            id="k1",
            keeper="e1",
            about="e1",
            place="p1",
            sent_at=NOW,
            kept_at=NOW,
            message=Message(text=CANARY, author=CANARY, link="https://x", note=CANARY),
        )
    )
    word = SignOff(by="e1", role="skip_level", decision="agree", at=NOW, comment=CANARY)
    told = full_review("e1", CANARY)
    goals = GoalSheet(review=told.id, proposed=told.sheet, before=told.sheet, words=(word,))
    await work.goals.save(goals, None)
    signed = replace(told, sign_offs=(word,))
    chain = await work.seals.chain(signed)
    await work.seals.extend(signed, chain, word=word, by="e1", at=NOW)
    await _set_and_talked(work)


async def _set_and_talked(work: Transaction) -> None:
    """A library, goals above, a note on a goal, a moved rating, a talk and what came of it."""
    ladder = Ladder("v", {"": CANARY}, ({"": CANARY},) * 5)
    await work.library.add(1, Library({"v": ladder}, {}), "e1", NOW)
    goal = CascadeGoal(id="g1", title=CANARY, means=CANARY)
    await work.cascade.put(
        CascadeSheet(period="2026", level=Level.COMPANY, goals=(goal,), set_by="e1", set_at=NOW)
    )
    await work.progress.add(NOTE)
    await work.contacts.say("dingtalk", {"e1": {"name": "Name of e1"}})
    news = News(platform="dingtalk", account_id="u1", kind=Told.CHANGED, at=NOW, employee_id="e1")
    await work.contacts.tell(news)
    await work.check_ins.write("e1", NOW.date(), CANARY, NOW, 0)
    await work.calibrations.add(replace(SESSION, opened_by="e1"))
    await work.calibrations.add_move(replace(MOVE, by="e1"))
    await work.interviews.prepare(Prepared(review="r-e1", employee_id="e1", at=NOW, part=PART))
    await work.actions.put(replace(ACTION, owner="e1", link=CANARY))
    await work.one_on_ones.save(replace(ONE, manager="e1"))
    await work.one_on_ones.write(SHEET)
    rhythm = Rhythm(person="e1", manager="e1", weeks=2, by="e1", at=NOW)
    await work.one_on_ones.set_rhythm(rhythm)
    await work.pairings.begin(ACTION.id, "e1", NOW)
    await work.pairings.close(ACTION.id, "e1", NOW, CANARY)
    await work.pairings.owner_said(ACTION.id, "e1", CANARY)
    await work.pairings.meets(Met(action=ACTION.id, number=1, by="e1", met=True, at=NOW))
    await work.actions.goes(ACTION.id, Going.STUCK, "e1", NOW, CANARY)
    told = full_review("e1", CANARY)
    await work.appeals.file(
        Appeal(review="r-e1", filed_at=NOW, words=CANARY, copy=told, why=CANARY)
    )
