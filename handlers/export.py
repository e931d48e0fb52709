"""A cycle's reviews and distribution as plain data, and all that is kept of one person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from handlers.spread import board_with_names, named
from handlers.watch import Watch, unwatched
from handlers.work import Work
from review import scale, values
from review.appeal import Appeal
from review.cycle import Cycle
from review.distribution import Reading
from review.goals import Sheet
from review.groups import GroupKind
from review.interview import said
from review.record import Assessment, Review
from review.score import GateState
from review.stages import Move
from review.wording import say
from storage import codec

REVIEW = (
    "employee_id",
    "cycle",
    "track",
    "stage",
    "excluded_reason",
    "goals",
    "values",
    "k",
    "v",
    "total",
    "suggested",
    "gate",
    "rating",
    "rating_reason",
    "cases",
    "sign_offs",
    "surprise",
    "surprise_reason",
    "acknowledged_at",
    "appeal",
)
"""Keys of a record in the export of reviews, in their order."""
READING = (
    "kind",
    "group",
    "quota",
    "count",
    "rated",
    "share",
    "most",
    "least",
    "outside",
    "tail",
    "tier",
    "so_far",
)
"""Keys of a line in the export of the distribution."""


async def reviews(cycle: Cycle, work: Work, watch: Watch = unwatched) -> list[dict[str, Any]]:
    """Every record of the cycle, by employee, with the keys of REVIEW."""
    found = await work.tx.reviews.in_cycle(cycle.id)
    appeals = await work.tx.appeals.in_cycle(cycle.id)
    return [_review(one, cycle, appeals.get(one.id), work) for one in watch(found)]


def _review(review: Review, cycle: Cycle, appeal: Appeal | None, work: Work) -> dict[str, Any]:
    own, given, found = review.self_part, review.manager_part, review.outcome
    acknowledged = said(review, Move.ACKNOWLEDGE)
    return {
        "employee_id": review.employee_id,
        "cycle": cycle.name,
        "track": str(review.track),
        "stage": str(review.stage),
        "excluded_reason": review.excluded_reason,
        "goals": _goals(review.sheet, own, given, work.company.locale),
        "values": {
            key: _value(key, own, given) | _of_year(key, review)
            for key in work.company.policy.values
        },
        "k": found and scale.shown(found.k),
        "v": found and scale.shown(found.v),
        "total": found and scale.shown(found.total),
        "suggested": found and scale.show(found.suggested),
        "gate": found and _gate(found.gate),
        "rating": None if review.rating is None else scale.show(review.rating),
        "rating_reason": (given.reason or None) if given else None,
        "cases": [
            {"about": about, "text": text} for about, text in (given.cases if given else {}).items()
        ],
        "sign_offs": [
            {
                "by": word.by,
                "role": word.role,
                "decision": word.decision,
                "at": _moment(word.at, work),
            }
            for word in review.sign_offs
        ],
        "surprise": review.surprise,
        "surprise_reason": (given.surprise_reason or None) if given else None,
        "acknowledged_at": acknowledged and _moment(acknowledged.at, work),
        "appeal": None if appeal is None else _appeal(appeal, work),
    }


def _appeal(appeal: Appeal, work: Work) -> dict[str, Any]:
    """Its course; "outcome" is "stands" or "moved", null while it is open."""
    named = appeal.named_at and _moment(appeal.named_at, work)
    decided = appeal.decided_at and _moment(appeal.decided_at, work)
    outcome = {None: None, False: "stands", True: "moved"}[appeal.moved]
    return {
        "filed_at": _moment(appeal.filed_at, work),
        "words": appeal.words,
        "decider": appeal.decider,
        "named_at": named,
        "decided_at": decided,
        "outcome": outcome,
        "reason": appeal.why or None,
    }


def _goals(
    sheet: Sheet, own: Assessment | None, given: Assessment | None, locale: str
) -> list[dict[str, Any]]:
    return [
        {
            "title": say(row.title, locale),
            "kind": str(row.kind),
            "weight": row.weight,
            "self_score": _score(own, row.id),
            "manager_score": _score(given, row.id),
        }
        for row in sheet.rows
    ]


def _score(part: Assessment | None, row: str) -> str | None:
    score = part.scores.get(row) if part else None
    return None if score is None else scale.show(score)


def _value(key: str, own: Assessment | None, given: Assessment | None) -> dict[str, Any]:
    parts = {"self": own, "manager": given}
    scores = {f"{hand}_score": _climbed(part, key) for hand, part in parts.items()}
    return scores | {f"{hand}_levels": _levels(part, key) for hand, part in parts.items()}


def _of_year(key: str, review: Review) -> dict[str, Any]:
    """A value's mean over the year's quarters; nothing in any other review."""
    if review.year is None or review.outcome is None or key not in review.outcome.values:
        return {}
    return {"manager_score": scale.shown(review.outcome.values[key])}


def _climbed(part: Assessment | None, key: str) -> str | None:
    if part is None or key not in part.levels:
        return None
    return scale.show(values.climb(part.levels[key]).score)


def _levels(part: Assessment | None, key: str) -> list[str | None] | None:
    if part is None or key not in part.levels:
        return None
    return [None if level is None else str(level) for level in part.levels[key]]


def _gate(state: GateState) -> bool | str:
    return "lifted" if state is GateState.LIFTED else state is GateState.GATED


def _moment(moment: datetime, work: Work) -> str:
    return moment.astimezone(ZoneInfo(work.company.time_zone)).isoformat(timespec="seconds")


def as_json(value: object) -> str:
    """A list or a mapping as one cell shows it."""
    return json.dumps(value, ensure_ascii=False)


async def distribution(
    cycle: Cycle,
    work: Work,
    watch: Watch = unwatched,  # noqa: ARG001  counting groups takes no time to speak of
) -> list[dict[str, Any]]:
    """The company's readings, then the groups out of policy: counts, never a person."""
    board, roster = await board_with_names(cycle, work)
    whole = {
        breach.reading.quota.key: breach.tier.name.lower()
        for breach in board.breaches
        if breach.group.name.kind is GroupKind.COMPANY
    }
    company = [
        _reading("company", "", one, tier=whole.get(one.quota.key), so_far=board.so_far)
        for one in board.company
    ]
    groups = [
        _reading(
            str(breach.group.name.kind),
            named(breach, roster).name,
            breach.reading,
            tier=breach.tier.name.lower(),
            so_far=breach.so_far,
        )
        for breach in board.breaches
        if breach.group.name.kind is not GroupKind.COMPANY
    ]
    return [*company, *groups]


def _reading(
    kind: str, name: str, reading: Reading, *, tier: str | None, so_far: bool
) -> dict[str, Any]:
    return {
        "kind": kind,
        "group": name,
        "quota": reading.quota.key,
        "count": reading.count,
        "rated": reading.rated,
        "share": scale.shown(Fraction(reading.count, reading.rated)),
        "most": reading.most,
        "least": reading.least,
        "outside": reading.outside,
        "tail": round(reading.tail, 4),
        "tier": tier,
        "so_far": so_far,
    }


async def person(employee_id: str, work: Work) -> Mapping[str, Any] | None:
    """All that is kept of one person as HR may export it; None: nobody has that id.

    Forms that were never sent are theirs alone: that there are some is said, not what they say.
    So are feedback and the wish for it, which the two alone can read, and kept messages, which
    their keeper alone can, and what they prepared for interviews: they are counted. One-on-ones
    are the pair's alone: that they were is said, what was written and agreed in them is counted.
    Praise is public, until it is taken back.
    So are mentors, whose words are the two's alone.
    """
    kept = dict(await work.tx.everything_about(employee_id))
    if kept["person"] is None:
        return None
    noted, told = kept.pop("evidence"), kept.pop("feedback")
    asked = kept.pop("feedback_requests")
    prepared = len(kept.pop("interviews"))
    kept["evidence"] = {
        "kept": sum(one.keeper == employee_id for one in noted),
        "kept_for": sum(one.about == employee_id for one in noted),
    }
    kept["feedback"] = {
        "given": sum(one.giver == employee_id for one in told),
        "received": sum(one.receiver == employee_id for one in told),
    }
    kept["feedback_requests"] = {
        "asked_for": sum(one.asker == employee_id for one in asked),
        "was_asked": sum(one.asked == employee_id for one in asked),
    }
    kept["praise"] = [one for one in kept["praise"] if one.taken_at is None]
    kept["interviews"] = {"prepared": prepared}
    kept["one_on_one_notes"] = {"written": len(kept.pop("one_on_one_notes"))}
    private = {one.id for one in kept["actions"] if one.talk is not None}
    kept["one_on_one_actions"] = {"agreed": len(private)}
    kept["actions"] = [one for one in kept["actions"] if one.id not in private]
    kept["action_words"] = [one for one in kept["action_words"] if one.action not in private]
    kept["pairings"] = {"paired": len(kept["pairings"])}
    kept["pairings_met"] = {"said": len(kept["pairings_met"])}
    kept["drafts"] = [
        {"form": draft.form, "subject": draft.subject, "step": draft.step}
        for draft in kept["drafts"]
    ]
    plain: Mapping[str, Any] = codec.for_people(kept)
    return plain
