"""Appropriations and spend over the years, every figure with its source
(inputs/<year>/anslagsserie.csv)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from toolkit.files.errors import LansrapportError
from toolkit.words.amounts import read_number

COLUMNS = ("ar", "post", "belopp", "kalla", "anmarkning")
ITEMS = ("anslag", "utgifter")
"""What a figure can be of: what was granted, and what was spent."""


class SeriesError(LansrapportError):
    """The file cannot be understood; the text says where and why."""


@dataclass(frozen=True, slots=True)
class AppropriationFigure:
    """One figure: kronor for a year, either `anslag` or `utgifter`, with its source and its line in
    the file."""

    year: int
    item: str
    amount: Decimal
    source: str
    remark: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """All figures in the order of the file. The first of a year and item is the one that is
    printed; further ones are sources that disagree and are shown beside it, never averaged."""

    figures: tuple[AppropriationFigure, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(sorted({figure.year for figure in self.figures}))

    def printed(self, year: int, item: str) -> AppropriationFigure | None:
        """The figure that the table shows."""
        return next((f for f in self.figures if (f.year, f.item) == (year, item)), None)

    def sources(self, years: Iterable[int] | None = None, item: str = "") -> tuple[str, ...]:
        """The sources of the figures that are printed, in the order of the file; of some years and
        one item where these are given."""
        wanted = set(self.years if years is None else years)
        shown = (f for f in self.figures if f is self.printed(f.year, f.item))
        own = (f for f in shown if f.year in wanted and item in ("", f.item))
        return tuple(dict.fromkeys(figure.source for figure in own))

    def disagreeing(self) -> list[tuple[AppropriationFigure, AppropriationFigure]]:
        """Pairs of the printed figure and another source's for the same year and item."""
        pairs = ((self.printed(figure.year, figure.item), figure) for figure in self.figures)
        return [(first, other) for first, other in pairs if first and first is not other]


def read_series(data: bytes, file: str) -> Series:
    """The series from a csv with semicolons. Raises SeriesError naming file and line."""
    try:
        content = data.decode("utf-8-sig")  # Excel's "CSV UTF-8" begins with a mark
    except UnicodeDecodeError as error:
        raise SeriesError(f"{file}: filen ska vara sparad som UTF-8") from error
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=";")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise SeriesError(f"{file}, rad 1: kolumnen ”{missing[0]}” saknas")
    return Series(tuple(_figure(row, file, line) for line, row in enumerate(reader, 2)))


def _figure(row: dict[str, str], file: str, line: int) -> AppropriationFigure:
    amount = read_number(row["belopp"])
    if amount is None or not row["ar"].strip().isdigit() or row["post"] not in ITEMS:
        raise SeriesError(f"{file}, rad {line}: år, post eller belopp kan inte läsas")
    if not row["kalla"].strip():
        raise SeriesError(f"{file}, rad {line}: källan saknas")
    source, remark = row["kalla"].strip(), (row["anmarkning"] or "").strip()
    return AppropriationFigure(int(row["ar"]), row["post"], amount.value, source, remark, line)
