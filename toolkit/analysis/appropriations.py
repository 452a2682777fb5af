"""Appropriations and spend over the years, every figure with its source
(inputs/<year>/anslagsserie.csv)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from toolkit.files.errors import LansrapportError
from toolkit.ledger.csvtext import delimiter_of
from toolkit.words.amounts import Number, read_number
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

COLUMNS = ("ar", "post", "belopp", "kalla", "anmarkning")
ITEMS = ("anslag", "utgifter")
"""What a figure can be of: what was granted, and what was spent."""


_YEAR = re.compile(r"[12][0-9]{3}")
_BREAK = re.compile(r"[\r\n]")


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

    @property
    def place(self) -> tuple[int, str]:
        """Its year and what it is of."""
        return self.year, self.item


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

    def in_other_units(self) -> list[tuple[AppropriationFigure, AppropriationFigure]]:
        """Of those that disagree the pairs that differ ten times or more: nothing but another unit,
        or a slip of the pen, does."""
        return [(first, other) for first, other in self.disagreeing() if _is_far(first, other)]

    def disagreeing(self) -> list[tuple[AppropriationFigure, AppropriationFigure]]:
        """Pairs of the printed figure and another source's for the same year and item."""
        pairs = ((self.printed(figure.year, figure.item), figure) for figure in self.figures)
        return [(first, other) for first, other in pairs if first and first is not other]


def _is_far(one: AppropriationFigure, other: AppropriationFigure) -> bool:
    less, more = sorted((abs(one.amount), abs(other.amount)))
    return more >= 10 * less


def read_series(data: bytes, file: str) -> Series:
    """The series from a csv with headings, separated by semicolons, commas, tabs or bars. Raises
    SeriesError naming file and line."""
    try:
        content = data.decode("utf-8-sig")  # Excel's "CSV UTF-8" begins with a mark
    except UnicodeDecodeError as error:
        raise SeriesError(f"{file}: filen ska vara sparad som UTF-8") from error
    lines = _lines(content, file)
    line, headings = next(lines, (1, ()))
    heads = [fold(name) for name in headings]
    fault = _heading_fault(heads, headings)
    if fault:
        raise SeriesError(f"{file}, rad {line}: {fault}")
    figures = []
    for line, values in lines:
        figure = _figure(_by_heading(heads, values), line)
        if isinstance(figure, str):
            raise SeriesError(f"{file}, rad {line}: {figure}")
        figures.append(figure)
    return Series(tuple(figures))


def _lines(content: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers as an editor counts them. Raises
    SeriesError for a quotation mark that is never closed."""
    delimiter = delimiter_of(content.lstrip().partition("\n")[0])
    # Strict: otherwise a lost quotation mark draws all the lines after it into one field.
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for values in reader:
            if any(map(str.strip, values)):
                yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        raise SeriesError(f"{file}, rad {line}: ett citattecken står fel eller saknas") from error


def _heading_fault(heads: Sequence[str], headings: Sequence[str]) -> str:
    """Why the columns cannot be told from the headings; nothing when they can."""
    for name in COLUMNS:
        if heads.count(name) != 1:
            return f"kolumnen ”{name}” {'står två gånger' if name in heads else 'saknas'}"
    unknown = next((name for name in headings if fold(name) not in ("", *COLUMNS)), "")
    return f"kolumnen ”{shown(unknown)}” är okänd" if unknown else ""


def _by_heading(heads: Sequence[str], values: Sequence[str]) -> Mapping[str, str]:
    """A line's values by their columns. Under no heading: what the line has too much of."""
    own: dict[str, str] = {}
    for head, value in zip_longest(heads, values, fillvalue=""):
        own[head] = f"{own.get(head, '')}{value.strip()}"
    return own


def _figure(row: Mapping[str, str], line: int) -> AppropriationFigure | str:
    """The figure of a line, or what is wrong with it."""
    year, item, number = row["ar"], fold(row["post"]), read_number(row["belopp"])
    faults = (
        (row.get(""), "raden har fler fält än rubrikraden"),
        (any(_BREAK.search(value) for value in row.values()), "ett fält går över flera rader"),
        (not _YEAR.fullmatch(year), f"året ”{shown(year)}” kan inte läsas"),
        (item not in ITEMS, f"posten ”{shown(row['post'])}” ska vara anslag eller utgifter"),
        (not _is_kronor(number), f"beloppet ”{shown(row['belopp'])}” kan inte läsas som kronor"),
        (not row["kalla"], "källan saknas"),
    )
    wrong = next((fault for holds, fault in faults if holds), "")
    if wrong or number is None:
        return wrong
    return AppropriationFigure(int(year), item, number.value, row["kalla"], row["anmarkning"], line)


def _is_kronor(number: Number | None) -> bool:
    """Whether an amount can be read in one way only, and is in kronor."""
    if number is None or number.unit not in (None, "kr"):
        return False
    return "ambiguous" not in number.notes
