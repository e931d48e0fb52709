"""Who may do what, at which stage: every button, form and command of the program has its row.

Letters stand for stages, in the order of a review:
G goals · g goals_submitted · S self_review · M manager_review · C calibration · K skip_level ·
H hr · I interview · h held · a acknowledged · x closed · p appealed · E excluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from access_secrets import ALL, TALKED

RATED, BEFORE_TALK = "CKHIhax", "GgSMCKH"
NOT_NOW = ("NotYourTurn", "AlreadySent", "Excluded")


@dataclass(frozen=True, slots=True)
class Row:
    """Who is let through, by role to stages; at the others they are refused as `late` says.

    A role that is not named is refused with NotEntitled, at every stage. "delegate" stands in for
    a manager, and has the manager's row.
    """

    may: Mapping[str, str] = field(default_factory=dict)
    late: tuple[str, ...] = NOT_NOW
    about: str = "review"
    """What its value names (access_company.Sights.subject)."""
    others: str = ""
    """Roles that are not named may do this, too: it is everybody's own, or shows them no more."""
    refused: str = "NotEntitled"

    def stages(self, role: str) -> str:
        """Where that role is let through."""
        return self.may.get(self._as(role), self.others)

    def named(self, role: str) -> bool:
        """Whether that role is ever let through, or refused as one who is only late."""
        return self._as(role) in self.may

    def _as(self, role: str) -> str:
        return "manager" if role == "delegate" and role not in self.may else role


def signs(skip_level: str, hr: str, *late: str) -> Row:
    """Skip-level and HR, each at the own desk; at the other's they are not entitled."""
    return Row({"skip_level": skip_level, "hrbp": hr}, (*NOT_NOW, "NotEntitled", *late))


OWN = Row(about="none", others=ALL)
GOALS = ("GoalsOver", *NOT_NOW)
TALK = ("NoInterview", *NOT_NOW)
READS = ("person", "manager", "skip_level", "above", "hrbp", "hr_admin")
SEES_GROUPS = dict.fromkeys(
    ("manager", "skip_level", "above", "hrbp", "hr_admin", "other_manager"), ALL
) | {"delegate": ""}

PAIR = Row(
    {"person": ALL, "manager": ALL, "delegate": ""},
    ("NotYourTalk",),
    about="talk",
    refused="NotYourTalk",
)
"""A one-on-one is the two people's alone: no stand-in, nobody above and nobody of HR's sees it."""
LED = replace(PAIR, about="person")
PRESSES: Mapping[str, Row] = {
    "self_review.open": Row({"person": "S"}),
    "rate:4": Row({"manager": "MC"}, ("AlreadySigned", *NOT_NOW)),
    "rate.change": Row({"manager": "MC"}, ("AlreadySigned", *NOT_NOW)),
    "goals.open": Row({"person": "GgE", "manager": "gE"}, GOALS),
    "goals.approve": Row({"manager": "g", "person": ""}, (*GOALS, "NotEntitled")),
    "goals.confirm": Row({"person": "", "manager": ""}, GOALS),
    "signoff.open": Row({"skip_level": ALL, "hrbp": ALL}),
    "signoff.agree": Row({"skip_level": "K"}),
    "signoff.return": signs("K", "H"),
    "signoff.order": Row(about="cycle", others=ALL),
    "hr.confirm": Row({"hrbp": "H"}, (*NOT_NOW, "NotEntitled")),
    "hr.return": signs("K", "H"),
    "gate.confirm": signs("", "", "NoGate"),
    "gate.lift": signs("", "", "NoGate"),
    "interview.open": Row({"person": "Ihaxp", "manager": "Ihaxp"}, TALK),
    "interview.times": Row({"manager": "I"}),
    "interview.first": Row({"person": ""}, ("SlotGone", *NOT_NOW), about="time"),
    "interview.second": Row({"person": ""}, ("SlotGone", *NOT_NOW), about="time"),
    "interview.others": Row({"person": ""}, ("SlotGone", *NOT_NOW)),
    "interview.held": Row(
        {"manager": "I", "skip_level": "I", "person": "", "hrbp": "", "hr_admin": ""},
        (*NOT_NOW, "NotEntitled"),
    ),
    "review.read": Row({"person": TALKED}),
    "review.acknowledge": Row({"person": "h"}),
    "review.appeal": Row({"person": "ha"}, ("AppealLate", "AppealOpen", *NOT_NOW)),
    "review.exclude": Row({"hr_admin": BEFORE_TALK}),
    "review.include": Row({"hr_admin": "E"}),
    "review.reopen": Row({"hr_admin": RATED}),
    "appeal.name": Row({"hr_admin": "p"}, ("NoAppeal",)),
    "appeal.read": Row({"hr_admin": "p", "decider": "p"}, ("NoAppeal", "NotEntitled")),
    "appeal.decide": Row({"decider": "p"}, ("NotEntitled",)),
    "calibration.list": Row(SEES_GROUPS | {"person": TALKED}, ("NotEntitled",), about="review"),
    "calibration.open": Row({"hr_admin": ALL}, about="group"),
    "calibration.names": Row(SEES_GROUPS | {"person": TALKED}, ("NotEntitled",), about="session"),
    "calibration.close": Row({"hr_admin": ALL}, about="session"),
    "calibration.go_on": Row({"hr_admin": ALL}, about="cycle"),
    "cascade.open": Row({"hr_admin": ALL}, about="company"),
    "distribution.show": Row(about="cycle", others=ALL),
    "feedback.open": Row({"person": ""}, ("FeedbackToOneself",), about="person", others=ALL),
    "feedback.ask": OWN,
    "feedback.give": Row({"person": ALL}, about="request"),
    "feedback.not_now": Row({"person": ALL}, about="request"),
    "feedback.answer": Row({"person": ALL}, about="feedback"),
    "feedback.thank": Row({"person": ALL}, about="feedback"),
    "feedback.talk": Row({"person": ALL}, about="feedback"),
    "praise.take_back": Row({"manager": ALL}, about="praise"),
    "progress.open": Row({"person": "GgS"}, ("ProgressOver", *NOT_NOW), about="goal"),
    **{
        f"checkin:{one}": Row(
            {"person": "GgS"}, ("ProgressOver", *NOT_NOW), about="this week's goal"
        )
        for one in ("on_track", "at_risk", "off_track")
    },
    **{
        f"checkin:{one}": Row({"person": ALL}, about="this week's action", refused="NotYourAction")
        for one in ("done", "going", "stuck")
    },
    "checkin.open": OWN,
    "checkin.read": Row(dict.fromkeys(READS, ALL), about="person"),
    "progress.read": Row(dict.fromkeys(READS, ALL)),
    **{
        f"action:{going}": Row(
            {"person": ALL, "manager": ALL}, about="action", refused="NotYourAction"
        )
        for going in ("done", "going", "stuck", "drop")
    },
    "actions.open": OWN,
    "waits.show": OWN,
    **{
        f"mentor:{said}": Row(
            {"person": ALL, "mentor": ALL}, about="meeting", refused="NotYourPairing"
        )
        for said in ("met", "not_yet")
    },
    **{
        f"mentor.{said}": Row({"mentor": ALL}, about="action", refused="NotYourPairing")
        for said in ("decline", "close")
    },
    "oneonone.prepare": PAIR,
    "oneonone.log": PAIR,
    "oneonone.time": PAIR,
    "oneonone.skip": PAIR,
    **{f"oneonone.{one}": LED for one in ("open", "pause", "resume")},
    **{f"oneonone.every:{weeks}": LED for weeks in (1, 2, 4)},
    "remind.later": OWN,
    **{f"remind.later:{one}": OWN for one in ("hour", "monday", "date")},
    "delivery.again": OWN,
    **{
        f"asking.{does}": OWN
        for does in (
            *("answer", "press", "add", "change", "back", "later", "send", "skip", "leave", "rest"),
            *("overview", "clear", "go_on"),
        )
    },
}
"""action_id to its row; the eight buttons `rate:*` are one."""

FORMS: Mapping[str, Row] = {
    "self_review": PRESSES["self_review.open"],
    "manager_review": PRESSES["rate.change"],
    "ask_first": Row({"manager": "MC"}, ("AlreadySigned", *NOT_NOW), about="ladder"),
    "goals": PRESSES["goals.open"],
    "sign_off": PRESSES["signoff.open"],
    "return_reason": PRESSES["signoff.return"],
    "gate_lift": PRESSES["gate.lift"],
    "interview": PRESSES["interview.open"],
    "interview_times": PRESSES["interview.times"],
    "my_review": PRESSES["review.read"],
    "actions": OWN,
    "action": PRESSES["action:done"],
    "action_drop": PRESSES["action:drop"],
    "action_done": PRESSES["action:done"],
    "mentor_decline": PRESSES["mentor.decline"],
    "mentor_close": PRESSES["mentor.close"],
    "oneonone": PAIR,
    "oneonone_log": PAIR,
    "oneonone_time": PAIR,
    "oneonone_pause": LED,
    "acknowledge": PRESSES["review.acknowledge"],
    "appeal": PRESSES["review.appeal"],
    "appeal_decider": PRESSES["appeal.name"],
    "appeal_read": PRESSES["appeal.read"],
    "appeal_decide": PRESSES["appeal.decide"],
    "review_exclude": PRESSES["review.exclude"],
    "review_include": PRESSES["review.include"],
    "review_reopen": PRESSES["review.reopen"],
    "calibration": PRESSES["calibration.names"],
    "feedback": PRESSES["feedback.open"],
    "feedback_whom": OWN,
    "feedback_ask": OWN,
    "feedback_asked": PRESSES["feedback.give"],
    "later": OWN,
    "praise": OWN,
    "feedback_answer": PRESSES["feedback.answer"],
    "goal_progress": PRESSES["progress.open"],
    "goal_progress_read": PRESSES["progress.read"],
    "checkin": OWN,
    "checkin_read": PRESSES["checkin.read"],
    "keep_evidence": Row({"manager": ALL}, about="evidence"),
    "cascade": PRESSES["cascade.open"],
}
"""callback_id to its row: for opening as for sending, whoever made the payload."""

GATE = Row({"skip_level": "K", "hrbp": "H"}, (*NOT_NOW, "NotEntitled"), about="gated")
UNGATED = ("MissingGateWord", *NOT_NOW)
GATED_PRESSES: Mapping[str, Row] = {
    "gate.confirm": GATE,
    "gate.lift": GATE,
    "signoff.agree": Row({"skip_level": ""}, UNGATED, about="gated"),
    "hr.confirm": Row({"hrbp": ""}, (*UNGATED, "NotEntitled"), about="gated"),
}
GATED_FORMS: Mapping[str, Row] = {"gate_lift": GATE}
"""The same where the values gate is shut: the gate comes before the signature."""

HR = "hr_admin"
EVERYBODY = ""
COMMANDS: Mapping[str, str] = {
    "goals": EVERYBODY,
    "self": EVERYBODY,
    "rate": EVERYBODY,
    "feedback": EVERYBODY,
    "feedback ask": EVERYBODY,
    "praise": EVERYBODY,
    "keep": EVERYBODY,
    "interview": EVERYBODY,
    "1on1": EVERYBODY,
    "appeal": EVERYBODY,
    "delegate": EVERYBODY,
    "status": EVERYBODY,
    "distribution": EVERYBODY,
    "matrix": EVERYBODY,
    "calibrate": EVERYBODY,
    "actions": EVERYBODY,
    "checkin": EVERYBODY,
    "my data": EVERYBODY,
    "remind later": EVERYBODY,
    "platform": EVERYBODY,
    "help": EVERYBODY,
    "open": HR,
    "close": HR,
    "exclude": HR,
    "include": HR,
    "rater": HR,
    "reopen": HR,
    "deliveries": HR,
    "group id": HR,
}
"""Word to whom it answers. What it shows everybody is their own, and is tried for leaks."""

TAKES = {
    **dict.fromkeys(
        (
            "goals",
            "feedback",
            "feedback ask",
            "1on1",
            "interview",
            "delegate",
            "matrix",
            "distribution",
        ),
        "p-held",
    ),
    "checkin": "p-held",
    "calibrate": "Shop",
}
"""What is said after the word, where it may be about somebody else."""

SHOWS_GROUPS = ("manager", "skip_level", "above", "hrbp", "hr_admin", "other_manager")
"""Whom matrix, distribution and progress are drawn for."""

EXPORTS: Mapping[str, set[str]] = {
    "reviews": {"rating", "appeal"},
    "distribution": set(),
    "actions": {"agreed"},
    "annual": set(),
    "surprises": set(),
    "feedback-counts": set(),
}
"""Of the command line: the kinds of people's texts (access_secrets.READERS) that stand in each."""

EVENTS = {
    *("Command", "Pressed", "Answered", "Submitted", "Noted", "Missed", "Opened"),
    *("Said", "Filled", "Posed"),
}
"""Every way in; a form is drawn and sent through one door, so Answered is tried as Submitted."""
