"""xlsx and xlsm: parts of a zip package, edited as XML."""

from toolkit.annotate.xlsx.alone import alone
from toolkit.annotate.xlsx.book import mark

__all__ = ["alone", "mark"]
