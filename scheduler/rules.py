"""Every rule of time, and what each makes up for after time in which nobody looked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers.ports import Deps
from scheduler.advance_cycles import advance_cycles
from scheduler.appeal_clock import appeal_clock
from scheduler.begin_interviews import begin_interviews
from scheduler.calibrate import calibrate
from scheduler.check_distribution import check_distribution
from scheduler.check_in_summary import check_in_summary
from scheduler.close_held import close_held
from scheduler.goals_stand import goals_stand
from scheduler.interviews_due import interviews_due
from scheduler.one_on_ones import one_on_ones
from scheduler.praise_board import praise_board
from scheduler.remind import remind
from scheduler.sign_pages import sign_pages
from scheduler.stand_ins import stand_ins
from scheduler.tell_reached import tell_reached
from scheduler.who_is_in import who_is_in


class CatchUp(StrEnum):
    """What becomes of moments that passed while the program was down."""

    AT_ONCE = "at once"
    """All that fell due is done at the next look, each thing once, as of that look."""
    THE_LATEST = "the latest"
    """Of what fell due for somebody, the latest is made up for, once, in words that are true
    by then; what is more than 31 days old is left."""
    AS_IT_IS = "as it is"
    """Only how things stand now counts; states that came and went are not spoken of."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that the time asks for."""

    plan: Callable[[Deps], Awaitable[None]]
    """Writes down what is due; a second time at the same moment writes nothing."""
    catch_up: CatchUp
    remembers: str
    """By which row it knows what it did: no clock that is set back makes it do that again."""


RULES = (
    Rule(advance_cycles, CatchUp.AT_ONCE, "the record's stage"),
    Rule(who_is_in, CatchUp.AS_IT_IS, "an occurrence a cycle and day, and the record's stage"),
    Rule(calibrate, CatchUp.AT_ONCE, "the record's stage, and the session's row"),
    Rule(goals_stand, CatchUp.AT_ONCE, "a mark a cycle"),
    Rule(check_in_summary, CatchUp.AS_IT_IS, "an occurrence a week"),
    Rule(one_on_ones, CatchUp.AS_IT_IS, "a mark of the day, and the talk's row"),
    Rule(begin_interviews, CatchUp.AT_ONCE, "a row a review, and when the manager was told"),
    Rule(interviews_due, CatchUp.AT_ONCE, "when it was asked and told, on the interview"),
    Rule(close_held, CatchUp.AT_ONCE, "the record's stage"),
    Rule(appeal_clock, CatchUp.THE_LATEST, "the notice's own key, and a mark on the appeal"),
    Rule(tell_reached, CatchUp.AT_ONCE, "when the feedback or praise reached its receiver"),
    Rule(praise_board, CatchUp.AT_ONCE, "a mark of the last look that had one"),
    Rule(stand_ins, CatchUp.AS_IT_IS, "an occurrence a delegation and day"),
    Rule(sign_pages, CatchUp.AS_IT_IS, "a mark, and the pages that stand"),
    Rule(check_distribution, CatchUp.AS_IT_IS, "what was said in the board's thread"),
    Rule(remind, CatchUp.THE_LATEST, "an occurrence a person and day, and a mark a person"),
)
"""In the order in which they look: the message of a day last, for it says what the others noted.
What they write is delivered however late it is; that message is worded when it is sent, and dropped
if nothing is left to say by then."""
