"""What one use case works with: the open transaction, who acts, when, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.ports import Company
from prompts.render import Words
from review.people import EmployeeId, Person
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One transaction's surroundings; what is written is committed by whoever opened it."""

    tx: Transaction
    company: Company
    now: datetime
    platform: str = ""
    """Where what is said is read; "": that is not known."""

    def words(self, person: Person | None = None) -> Words:
        """Words in that person's language, else the company's."""
        return self.words_in(person.locale if person else "")

    def words_in(self, locale: str | None) -> Words:
        """Words in that language, else the company's."""
        return self.company.words(locale or self.company.locale, self.platform)

    def today(self, person: Person | None = None) -> date:
        """The date where that person is, else where the company is."""
        return self.date_of(self.now, person)

    def date_of(self, moment: datetime, person: Person | None = None) -> date:
        """That moment's date where that person is, else where the company is."""
        zone = person.time_zone if person and person.time_zone else self.company.time_zone
        return moment.astimezone(ZoneInfo(zone)).date()

    def is_hr_admin(self, person: Person) -> bool:
        """Whether that person is one of the company's HR admins."""
        return person.employee_id in self.company.hr_admins


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Work):
    """Work that a person set off."""

    actor: Person
    platform: str
    place: str = ""
    """The group that it was set off in, as Command.place."""

    in_parts: bool = False
    """Where they act an answer bears buttons, and forms are asked part by part."""

    @property
    def by(self) -> EmployeeId:
        """Who acts."""
        return self.actor.employee_id

    @property
    def say(self) -> Words:
        """Words in the actor's language."""
        return self.words(self.actor)
