"""Faults that a PostgreSQL server reports, each as the error that people can mend."""

from __future__ import annotations

from collections.abc import Mapping

from storage.errors import (
    BusyError,
    CrowdedError,
    DamagedError,
    DiskError,
    FullError,
    NoRightsError,
    NoSuchDatabaseError,
    RefusedError,
    ServerAwayError,
    StandbyError,
    UnusableError,
)

STATES: Mapping[str, type[UnusableError]] = {
    "08": ServerAwayError,
    "25006": StandbyError,
    "25P03": ServerAwayError,
    "25P04": ServerAwayError,
    "28": RefusedError,
    "3D": NoSuchDatabaseError,
    "40001": BusyError,
    "40P01": BusyError,
    "42501": NoRightsError,
    "53100": FullError,
    "53300": CrowdedError,
    "55P03": BusyError,
    "57014": BusyError,
    "57P01": ServerAwayError,
    "57P02": ServerAwayError,
    "57P03": ServerAwayError,
    "57P05": ServerAwayError,
    "58030": DiskError,
    "XX001": DamagedError,
    "XX002": DamagedError,
}
"""By SQLSTATE, or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

REFUSALS: tuple[tuple[tuple[str, ...], type[UnusableError]], ...] = (
    (("too many clients", "remaining connection slots", "too many connections"), CrowdedError),
    (
        (
            "password authentication failed",
            "no password supplied",
            "no pg_hba.conf entry",
            "authentication failed",
            "role",
        ),
        RefusedError,
    ),
    (("database",), NoSuchDatabaseError),
)
"""How a server that was reached turns a connection away: libpq hands on its words alone."""
FATAL = "FATAL:"


def kind_of(fault: BaseException | None) -> type[UnusableError] | None:
    """The error for a fault of the driver; None: it has no name of its own."""
    state = getattr(fault, "sqlstate", None)
    if state is not None:
        return STATES.get(state) or STATES.get(state[:2])
    said = str(fault)
    if FATAL not in said:
        # No word of a server: it was not reached, or the connection broke.
        return ServerAwayError
    words = said.partition(FATAL)[2]
    if "starting up" in words or "shutting down" in words:
        return ServerAwayError
    for marks, kind in REFUSALS:
        if any(mark in words for mark in marks):
            return kind
    return None
