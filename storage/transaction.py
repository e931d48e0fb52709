"""One transaction, and all that is kept as seen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from review.people import EmployeeId
from storage.actions import ActionStore
from storage.appeals import AppealStore
from storage.askings import AskingStore
from storage.audit import AuditStore
from storage.buckets import BucketStore
from storage.calibrations import CalibrationStore
from storage.call_counts import CallCountStore
from storage.cascade import CascadeStore
from storage.check_ins import CheckInStore
from storage.contacts import ContactStore
from storage.cycles import CycleStore
from storage.delegations import DelegationStore
from storage.drafts import DraftStore
from storage.erasing import ErasingStore
from storage.evidence import EvidenceStore
from storage.feedback import FeedbackStore
from storage.feedback_requests import FeedbackRequestStore
from storage.figures import FigureStore
from storage.goal_progress import GoalProgressStore
from storage.goal_sheets import GoalSheetStore
from storage.handover import HandoverStore
from storage.inbound import InboundStore
from storage.interviews import InterviewStore
from storage.ledger import LedgerStore
from storage.library import LibraryStore
from storage.occurrences import OccurrenceStore
from storage.one_on_ones import OneOnOneStore
from storage.outbox import OutboxStore
from storage.pairings import PairingStore
from storage.people import PeopleStore
from storage.praise import PraiseStore
from storage.rating_counts import RatingCountStore
from storage.reviews import ReviewStore
from storage.seal import Keyring
from storage.seals import SealStore
from storage.signings import SigningStore
from storage.unsaying import UnsayingStore
from storage.years import YearStore

PLATFORMS = ("slack", "dingtalk")


class Transaction:
    """The stores; all they write is kept together or not at all."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        """Work on that connection, within the transaction that it has begun."""
        self.people = PeopleStore(connection, keyring)
        self.contacts = ContactStore(connection, keyring)
        self.cycles = CycleStore(connection, keyring)
        self.reviews = ReviewStore(connection, keyring)
        self.drafts = DraftStore(connection, keyring)
        self.askings = AskingStore(connection, keyring)
        self.evidence = EvidenceStore(connection, keyring)
        self.feedback = FeedbackStore(connection, keyring)
        self.requests = FeedbackRequestStore(connection, keyring)
        self.praise = PraiseStore(connection, keyring)
        self.goals = GoalSheetStore(connection, keyring)
        self.cascade = CascadeStore(connection, keyring)
        self.progress = GoalProgressStore(connection, keyring)
        self.check_ins = CheckInStore(connection, keyring)
        self.signings = SigningStore(connection, keyring)
        self.interviews = InterviewStore(connection, keyring)
        self.appeals = AppealStore(connection, keyring)
        self.actions = ActionStore(connection, keyring)
        self.pairings = PairingStore(connection, keyring)
        self.one_on_ones = OneOnOneStore(connection, keyring)
        self.seals = SealStore(connection, keyring)
        self.years = YearStore(connection, keyring)
        self.calibrations = CalibrationStore(connection, keyring)
        self.delegations = DelegationStore(connection, keyring)
        self.inbound = InboundStore(connection, keyring)
        self.outbox = OutboxStore(connection, keyring)
        self.ledger = LedgerStore(connection, keyring)
        self.figures = FigureStore(connection, keyring)
        self.buckets = BucketStore(connection, keyring)
        self.calls = CallCountStore(connection, keyring)
        self.handover = HandoverStore(connection, keyring)
        self.occurrences = OccurrenceStore(connection, keyring)
        self.library = LibraryStore(connection, keyring)
        self.audit = AuditStore(connection, keyring)
        self.erasing = ErasingStore(connection, keyring)
        self.counts = RatingCountStore(connection, keyring)
        self.unsaying = UnsayingStore(connection, keyring)

    async def everything_about(self, employee_id: EmployeeId) -> Mapping[str, Any]:
        """All that is kept of one person, as records; `codec.plain` makes JSON of them.

        Who may see which part of it is not settled here.
        """
        reviews = await self.reviews.about(employee_id)
        accounts = [await self.people.account_of(employee_id, name) for name in PLATFORMS]
        return {
            "person": await self.people.get(employee_id),
            "accounts": tuple(account for account in accounts if account is not None),
            "contacts": await self.contacts.said_of(employee_id),
            "reviews": reviews,
            "goals": await self.goals.of(employee_id),
            "cascade": await self.cascade.set_by(employee_id),
            "goal_progress": await self.progress.of(employee_id),
            "check_ins": await self.check_ins.of(employee_id),
            "evidence": await self.evidence.of(employee_id),
            "feedback": await self.feedback.of(employee_id),
            "feedback_requests": await self.requests.of(employee_id),
            "praise": await self.praise.of(employee_id),
            "interviews": await self.interviews.prepared_by(employee_id),
            "talks": tuple((await self.interviews.many([one.id for one in reviews])).values()),
            "appeals": [
                appeal for one in reviews if (appeal := await self.appeals.get(one.id)) is not None
            ],
            "actions": await self.actions.of(employee_id),
            "action_words": await self.actions.words_around(employee_id),
            "pairings": await self.pairings.of(employee_id),
            "pairings_met": await self.pairings.met_by(employee_id),
            "one_on_ones": await self.one_on_ones.of(employee_id),
            "one_on_one_notes": await self.one_on_ones.written_around(employee_id),
            "rhythms": await self.one_on_ones.rhythms_of(employee_id),
            "seals": [link for one in reviews for link in await self.seals.of(one.id)],
            "calibration_moves": await self.calibrations.about(employee_id),
            "delegations": await self.delegations.of(employee_id),
            "drafts": await self.drafts.of(employee_id),
            "askings": await self.askings.whole(employee_id),
            "audit": await self.audit.of_all([employee_id, *(review.id for review in reviews)]),
            "messages": await self.outbox.ledger(receiver=employee_id),
            "waits_until": await self.occurrences.wait_until(employee_id),
            "hold": await self.erasing.hold_on(employee_id),
        }
