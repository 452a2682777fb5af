"""The county's own file + findings → the same file, marked, every part that need not change copied
raw; or what is needed to fill a fresh template with what was read, and to mark that."""

from toolkit.annotate.mark import (
    HEALED,
    UNWRITTEN,
    feedback_alone,
    mark_in_place,
    mark_workbook,
    why_unwritten,
    without_cures,
)
from toolkit.annotate.page import Supplement, as_sent

__all__ = [
    "HEALED",
    "UNWRITTEN",
    "Supplement",
    "as_sent",
    "feedback_alone",
    "mark_in_place",
    "mark_workbook",
    "why_unwritten",
    "without_cures",
]
