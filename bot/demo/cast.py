"""Who plays: the sample company, its accounts, and the four whom the guided path is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.chat import Account, Chat
from sandbox.company import Person, hr_admins, in_english, people

LEAD, TO_RATE, FAVOURED = "N0008", "N0019", "N0020"
"""A manager who rates too well, the one whom the visitor rates for them, and the one whose rating
they will think over."""


SAID = {
    TO_RATE: {
        "zh": "新品的会员短信已经发出，数据明天上午同步给大家。",
        "en": "The members' message on the new range is out; figures follow tomorrow morning.",
    },
    FAVOURED: {
        "zh": "昨天那单退货我跟到底了，顾客最后给了好评。",
        "en": "I followed up on yesterday's return; the customer left a good review in the end.",
    },
}
"""What two of them said where everybody reads it."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the year; both ends in."""

    name: str
    starts: date
    ends: date

    @classmethod
    def before(cls, day: date) -> Quarter:
        """The last quarter that is over on that day."""
        ends = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
        return cls(f"{ends.year}Q{ends.month // 3}", date(ends.year, ends.month - 2, 1), ends)


@dataclass(frozen=True, slots=True)
class Cast:
    """The company in its workspace."""

    people: tuple[Person, ...]
    members: Mapping[str, Account]
    """Accounts by employee id; whoever has left has none."""
    platform: str
    """Where they have them."""

    @property
    def admin(self) -> str:
        """Employee id of the HR admin; of the chief where a small company has none."""
        return (*hr_admins(self.people), self.people[0].employee_id)[0]

    def leads(self, employee: str) -> bool:
        """Whether that person has reports."""
        return any(one.manager_id == employee for one in self.people)

    @property
    def guided(self) -> bool:
        """Whether everybody is there whom the guided path needs."""
        team = [one for one in self.people if one.manager_id == LEAD]
        return len(team) == GUIDED_TEAM and FAVOURED in self.members


GUIDED_TEAM = 6
"""So many reports has the lead: of six, two ratings at 4 or above are in policy, three are not."""


def roster_of(count: int, seed: int, ends: date, locale: str) -> tuple[Person, ...]:
    """The people: in two languages, or, for a company that speaks English, in that alone."""
    company = people(count, seed, ends)
    return in_english(company) if locale == "en" else company


def move_into(chat: Chat, company: tuple[Person, ...]) -> Cast:
    """Everybody gets an account, and some have said something where all read it."""
    said = {
        one.employee_id: SAID[one.employee_id]["zh" if one.locale.startswith("zh") else "en"]
        for one in company
        if one.employee_id in SAID and one.left_on is None
    }
    return Cast(company, chat.move_in(company, said), chat.platform)


def come_back(chat: Chat, company: tuple[Person, ...]) -> Cast:
    """The company, in a workspace that it moved into before."""
    return Cast(company, chat.come_back(company), chat.platform)
