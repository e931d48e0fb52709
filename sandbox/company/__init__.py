"""A sample company: an e-commerce firm in two cities and two languages, and what it writes.

Everything follows from a seed, so that two runs tell the same story.
"""

from __future__ import annotations

from sandbox.company.answers import rating_answers, self_answers
from sandbox.company.english import in_english
from sandbox.company.moving import enter_contacts, move_in
from sandbox.company.person import Person
from sandbox.company.rating import Rating, rating
from sandbox.company.roster import FIELDS, hr_admins, roster_csv, rows
from sandbox.company.staff import people
from sandbox.company.story import Story, goal_comment, story

__all__ = [
    "FIELDS",
    "Person",
    "Rating",
    "Story",
    "enter_contacts",
    "goal_comment",
    "hr_admins",
    "in_english",
    "move_in",
    "people",
    "rating",
    "rating_answers",
    "roster_csv",
    "rows",
    "self_answers",
    "story",
]
