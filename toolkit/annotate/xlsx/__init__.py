"""xlsx and xlsm: parts of a zip package, edited as XML."""

from toolkit.annotate.xlsx.alone import alone
from toolkit.annotate.xlsx.book import is_strict, mark

__all__ = ["alone", "is_strict", "mark"]
