"""All tables there are, of every module that defines some."""

from __future__ import annotations

from storage import (
    tables,
    tables_asking,
    tables_calibration,
    tables_calls,
    tables_cascade,
    tables_check_in,
    tables_contacts,
    tables_erasing,
    tables_evidence,
    tables_feedback,
    tables_goals,
    tables_interview,
    tables_learning,
    tables_library,
    tables_one_on_one,
    tables_praise,
    tables_progress,
    tables_request,
    tables_signing,
)

MODULES = (
    tables,
    tables_asking,
    tables_calibration,
    tables_calls,
    tables_cascade,
    tables_check_in,
    tables_contacts,
    tables_erasing,
    tables_evidence,
    tables_feedback,
    tables_goals,
    tables_interview,
    tables_learning,
    tables_library,
    tables_one_on_one,
    tables_praise,
    tables_progress,
    tables_request,
    tables_signing,
)
METADATA = tables.METADATA
"""What the migrations lead to."""
