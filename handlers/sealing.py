"""What a move does to the seals: it sets one, and those whose word no longer stands are void."""

from __future__ import annotations

from handlers.work import Act
from review.record import Review
from review.seals import SEALED_MOVES, Link, standing, word_of
from review.stages import Move, Stage
from storage.audit import Happened

ANEW = {Move.SUBMIT_SELF, Move.RATE, Move.MOVE_RATING}
"""Moves after which nobody has seen what stands."""


async def seal(review: Review, move: Move, said: Happened, act: Act) -> tuple[Link, ...]:
    """Seal the record as it was saved after that move; the seals that this made void.

    The audit trail remembers each digest, so that a link that is taken away is missed; `said` is
    its line on the move itself.
    """
    if move is Move.SUBMIT_SELF and review.rated_at is None:
        await act.tx.audit.record_all([said])
        return ()
    chain = await act.tx.seals.chain(review)
    stood = standing(chain.own)
    back = move is Move.GATE_LIFT and review.stage is Stage.MANAGER_REVIEW
    all_gone = move in ANEW or back
    gone = tuple(one for one in stood if all_gone or word_of(one, review) is None)
    made = await act.tx.seals.extend(
        review,
        chain,
        gone=[one.number for one in gone],
        word=review.sign_offs[-1] if move in SEALED_MOVES else None,
        by=act.by,
        at=act.now,
    )
    lines = [
        Happened(
            event="seal.void" if link.voids else "seal.set",
            subject=review.id,
            actor=act.by,
            at=act.now,
            details={"digest": link.digest, "number": link.number},
        )
        for link in made
    ]
    await act.tx.audit.record_all([*lines, said])
    return gone
