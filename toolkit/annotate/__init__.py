"""The county's own file + findings → the same file, marked. Every part that need not change is
copied raw."""

from toolkit.annotate.mark import mark_workbook

__all__ = ["mark_workbook"]
