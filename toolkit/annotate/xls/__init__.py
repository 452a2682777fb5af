"""xls: records of BIFF8 in a compound file. Records that need not change are written as they
were."""

from toolkit.annotate.xls.mark import mark

__all__ = ["mark"]
