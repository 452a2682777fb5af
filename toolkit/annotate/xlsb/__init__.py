"""xlsb: a zip package whose parts are records ([MS-XLSB] 2.1.7, 2.2, 2.4). Records that need not
change are written as they were read."""

from toolkit.annotate.xlsb.book import mark

__all__ = ["mark"]
