"""A return as the content of a fresh template, and its findings in that template's cells."""

from toolkit.annotate.refilled.content import RefilledContent, content_of
from toolkit.annotate.refilled.findings import CopyFindings, findings_of_copy, kept_known
from toolkit.annotate.refilled.stumps import rows_needed

__all__ = [
    "CopyFindings",
    "RefilledContent",
    "content_of",
    "findings_of_copy",
    "kept_known",
    "rows_needed",
]
