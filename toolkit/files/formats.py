"""The same workbook in other formats: who saves one may choose another than the program's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def in_other_formats(book: Path, endings: Iterable[str]) -> list[Path]:
    """Files of the same name with other endings, those that are there."""
    beside = (book.with_suffix(ending) for ending in sorted({*endings} - {book.suffix}))
    return [path for path in beside if path.is_file()]


def as_saved(book: Path, endings: Iterable[str]) -> Path:
    """A workbook, or where it is not there the first of the same name in another format; its own
    path where there is none at all."""
    others = [] if book.is_file() else in_other_formats(book, endings)
    return next(iter(others), book)


def in_format_of(book: Path, other: Path) -> Path:
    """A workbook's path with the ending of another's."""
    return book.with_suffix(other.suffix)
