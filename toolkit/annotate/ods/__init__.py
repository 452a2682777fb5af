"""ods: parts of a zip package, edited as XML (OpenDocument 1.3, part 3)."""

from toolkit.annotate.ods.book import mark

__all__ = ["mark"]
