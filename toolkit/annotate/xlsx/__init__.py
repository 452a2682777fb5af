"""xlsx and xlsm: parts of a zip package, edited as XML."""

from toolkit.annotate.xlsx.book import alone, mark

__all__ = ["alone", "mark"]
