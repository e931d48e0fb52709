"""The rows as the database keeps them. Nobody outside this room sees one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, MetaData, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.utc import Utc

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """Any row here."""

    metadata: ClassVar[MetaData] = METADATA


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class KeyCheckRow(Row, table=True):
    """A known text sealed with each key that was ever used, so that a lost key is found."""

    __tablename__: ClassVar[str] = "key_check"
    key_id: str = Field(primary_key=True)
    sealed: bytes


class PersonRow(Row, table=True):
    __tablename__: ClassVar[str] = "person"
    employee_id: str = Field(primary_key=True)
    name: str
    email: str | None
    title: str
    role: str
    department: str
    manager_id: str | None = Field(index=True)
    hrbp_id: str | None
    track: str
    hired_on: date | None
    left_on: date | None
    leave_from: date | None
    leave_to: date | None
    work_week: str
    """Weekdays worked as digits, Monday is 0."""
    time_zone: str | None
    locale: str | None
    slack_id: str | None
    dingtalk_id: str | None
    platform: str | None


class AccountRow(Row, table=True):
    __tablename__: ClassVar[str] = "account"
    __table_args__: ClassVar[Any] = (UniqueConstraint("platform", "employee_id"),)
    platform: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    employee_id: str = Field(foreign_key="person.employee_id", index=True)
    channel: str | None


class CycleRow(Row, table=True):
    __tablename__: ClassVar[str] = "cycle"
    id: str = Field(primary_key=True)
    name: str = Field(index=True)
    track: str
    starts: date
    ends: date
    goals_due: date
    self_open: date
    self_due: date
    manager_due: date
    skip_due: date
    hr_due: date
    interview_due: date
    opened_at: datetime = _moment()
    opened_by: str
    closed_at: datetime | None = _moment()
    revision: int


class ReviewRow(Row, table=True):
    """Numbers are plain, so that they can be counted; every text is sealed."""

    __tablename__: ClassVar[str] = "review"
    __table_args__: ClassVar[Any] = (UniqueConstraint("cycle_id", "employee_id"),)
    id: str = Field(primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    track: str
    employee_id: str = Field(foreign_key="person.employee_id", index=True)
    stage: str
    excluded_reason: str | None
    self_at: datetime | None = _moment()
    rated_at: datetime | None = _moment()
    rated_by: str | None
    rating: str | None
    k: str | None
    v: str | None
    total: str | None
    suggested: str | None
    gate: str | None
    surprise: bool | None
    same_words: bool | None
    sheet: bytes
    self_part: bytes | None
    manager_part: bytes | None
    outcome: bytes | None
    year: bytes | None
    actuals: bytes | None
    led_by: str | None = Field(index=True)
    sign_offs: bytes
    revision: int


class DraftRow(Row, table=True):
    __tablename__: ClassVar[str] = "draft"
    employee_id: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    step: int
    marks: bytes
    revision: int


class InboundRow(Row, table=True):
    __tablename__: ClassVar[str] = "inbound"
    identity: str = Field(primary_key=True)
    answer: bytes
    at: datetime = _moment(index=True)


class OutboxRow(Row, table=True):
    __tablename__: ClassVar[str] = "outbox"
    __table_args__: ClassVar[Any] = (
        Index(None, "state", "due"),
        Index(None, "state", "priority", "due"),
        Index(None, "state", "lease_until"),
    )
    id: str = Field(primary_key=True)
    once: str = Field(unique=True)
    kind: str
    receiver: str = Field(index=True)
    subject: str | None
    """Only of a living message: what it shows."""
    platform: str | None
    priority: int
    due: datetime = _moment()
    thread_of: str | None
    person: bool
    facts: bytes | None
    facts_version: int
    state: str
    fence: int
    attempts: int
    lease_until: datetime | None = _moment()
    payload: bytes | None
    intent_at: datetime | None = _moment()
    channel: str | None
    ts: str | None
    stands_on: str | None
    sent_at: datetime | None = _moment()
    again_due: datetime | None = _moment()
    """Set: it changed while it was being sent, and is to be sent again from then on."""
    again_gap: int = Field(sa_type=BigInteger)
    """Microseconds to keep between two sendings of a living message."""
    reason: str | None
    trace: str | None
    """What set it off."""
    since: datetime | None = _moment()
    """When it was first due; of rows from before there was this column, None."""
    handed_until: datetime | None = _moment()
    """Set: a runner of jobs has it until then (PostgreSQL)."""


class BucketRow(Row, table=True):
    """All in microseconds since 1970, so that both databases can add them up."""

    __tablename__: ClassVar[str] = "bucket"
    name: str = Field(primary_key=True)
    tat: int = Field(sa_type=BigInteger)
    """When the bucket would be empty again (the theoretical arrival time of GCRA)."""
    closed_until: int = Field(sa_type=BigInteger)


class OccurrenceRow(Row, table=True):
    __tablename__: ClassVar[str] = "occurrence"
    rule: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    local_date: date = Field(primary_key=True)
    slot: str = Field(primary_key=True)


class MarkRow(Row, table=True):
    __tablename__: ClassVar[str] = "mark"
    rule: str = Field(primary_key=True)
    at: datetime = _moment()


class WaitRow(Row, table=True):
    __tablename__: ClassVar[str] = "wait"
    employee_id: str = Field(primary_key=True)
    until: datetime = _moment()


class AuditRow(Row, table=True):
    """Append-only: a trigger refuses to change or delete one."""

    __tablename__: ClassVar[str] = "audit"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    event: str
    subject: str = Field(index=True)
    actor: str | None
    at: datetime = _moment()
    details: bytes


def _table(row: type[Row]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


KEY_CHECK = _table(KeyCheckRow)
PERSON = _table(PersonRow)
ACCOUNT = _table(AccountRow)
CYCLE = _table(CycleRow)
REVIEW = _table(ReviewRow)
DRAFT = _table(DraftRow)
INBOUND = _table(InboundRow)
OUTBOX = _table(OutboxRow)
BUCKET = _table(BucketRow)
OCCURRENCE = _table(OccurrenceRow)
MARK = _table(MarkRow)
WAIT = _table(WaitRow)
AUDIT = _table(AuditRow)
