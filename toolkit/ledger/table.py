"""Transaction lists: csv with any delimiter, or the largest sheet of a workbook that has the
headings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, NamedTuple

from toolkit.ledger.csvtext import delimiter_of, open_text
from toolkit.ledger.entries import AccountChart, Bad, Ledger
from toolkit.ledger.tally import PLAIN, BookingKey, Sum, Tally, ore_of, read_amount, read_thousands
from toolkit.read import Unreadable, large_sheets, read_raw
from toolkit.words.celltext import shown, text
from toolkit.words.swedish import fold

_NEEDED = ("account", "amount", "code")
_HEADER_REACH = 30  # rows in which the headings are looked for
_HEAD = 4096  # characters in which the delimiter is looked for: titles may stand above the headings
_BATCH = 128  # rows that are looked at together; more of them no longer fit in the nearest memory
_PLAIN_ALL = re.compile(r"(?:-?[0-9]{1,15}[.,][0-9]{2}\n)*-?[0-9]{1,15}[.,][0-9]{2}")

TableRow = tuple[int, int, Sequence[object]]
"""A row of a table: its first and last line in the file, and its values."""
Places = tuple[int, int, int | None, int]
"""The columns of account, code, post (None where there is none) and amount."""


class Header(NamedTuple):
    """The heading row."""

    line: int
    last: int
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a transaction stand: the heading row, the columns, and what separates them
    in a csv. `thousands`: the amounts are in tkr."""

    header: Header
    columns: Mapping[str, int]
    delimiter: str
    thousands: bool = False


def open_book(source: IO[bytes], chart: AccountChart) -> tuple[Iterator[TableRow], Layout]:
    """The largest sheet that has the headings. Raises Unreadable."""
    sheets = large_sheets(source)
    if sheets is None:
        source.seek(0)
        raw = sorted(read_raw(source.read()).sheets, key=lambda sheet: -len(sheet.rows))
        sheets = [enumerate(sheet.rows, 1) for sheet in raw]
    for sheet in sheets:
        found = _find_columns(((number, number, values) for number, values in sheet), chart, "")
        if found is not None:
            return found
    raise Unreadable("HUVUDBOK-RUBRIKER")


def open_csv(source: IO[bytes], chart: AccountChart) -> tuple[Iterator[TableRow], Layout]:
    """The rows below the headings. Raises Unreadable."""
    content = open_text(source)
    delimiter = delimiter_of(content.read(_HEAD))
    content.seek(0)
    found = _find_columns(_rows_of_csv(content, delimiter), chart, delimiter)
    if found is None:
        raise Unreadable("HUVUDBOK-RUBRIKER")
    return found


def _rows_of_csv(content: IO[str], delimiter: str) -> Iterator[TableRow]:
    """Rows with their lines. What the csv reader gives up on comes as a row without values, so that
    it is listed."""
    # The reader raises on a field of more than 131,072 characters, which is a quotation mark that
    # was never closed, and can be read on from afterwards.
    reader = csv.reader(content, delimiter=delimiter)
    last = 0
    while True:
        try:
            for values in reader:
                line = reader.line_num
                yield last + 1, line, values
                last = line
            return
        except csv.Error:
            yield last + 1, reader.line_num, ()
            last = reader.line_num


def _find_columns(
    rows: Iterator[TableRow], chart: AccountChart, delimiter: str
) -> tuple[Iterator[TableRow], Layout] | None:
    """The rows below the headings, and where each part of a transaction stands. None without
    headings."""
    thousands = {fold(heading) for heading in chart.thousands}
    names = _names_by_heading(chart) | dict.fromkeys(thousands, "amount")
    for row in islice(rows, _HEADER_REACH):
        found = _places(row[2], names)
        if all(name in found for name in _NEEDED):
            in_thousands = fold(text(row[2][found["amount"]])) in thousands
            return rows, Layout(Header(*row), found, delimiter, in_thousands)
    return None


def _names_by_heading(chart: AccountChart) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, headings in chart.columns.items():
        names |= dict.fromkeys(map(fold, headings), name)
    return names


def _places(values: Sequence[object], names: Mapping[str, str]) -> dict[str, int]:
    """Where the parts of a transaction stand in a row of headings; of two with one name the
    first."""
    found: dict[str, int] = {}
    for place, value in enumerate(values):
        name = names.get(fold(text(value)))
        if name is not None:
            found.setdefault(name, place)
    return found


def read_table(rows: Iterator[TableRow], layout: Layout, file: str, chart: AccountChart) -> Ledger:
    """All transactions below the headings, added up: batches that are plain all through at one
    stroke, then plain rows, and what is left with care."""
    tally, careful = Tally(), _Careful(layout, chart)
    account, amount, code = (layout.columns[name] for name in _NEEDED)
    places = (account, code, layout.columns.get("post"), amount)
    while batch := list(islice(rows, _BATCH)):
        if layout.thousands or not _add_batch(batch, places, tally):
            for row in batch:
                if layout.thousands or not _add_plain(row, places, tally):
                    careful.read(row, tally)
    return tally.settle(file, chart, thousands=layout.thousands)


def _add_batch(batch: Sequence[TableRow], places: Places, tally: Tally) -> bool:
    """Adds up a batch of rows; False, with nothing added, when any of them has several lines, too
    few columns, an amount without two decimals or a key that is new."""
    if batch[-1][1] - batch[0][0] != len(batch) - 1:
        return False
    try:
        written = "\n".join([values[places[3]] for _, _, values in batch])  # type: ignore[misc]
        booked = _sums_of(batch, places, tally)
    except (IndexError, KeyError, TypeError):
        return False
    if not _PLAIN_ALL.fullmatch(written):
        return False
    for one, ore in zip(booked, written.replace(",", "").replace(".", "").split("\n"), strict=True):
        one.ore += int(ore)
        one.count += 1
    return True


def _sums_of(batch: Sequence[TableRow], places: Places, tally: Tally) -> list[Sum]:
    """What each row of a batch is booked on. Raises KeyError for a key that is new."""
    account, code, post, _ = places
    sums = tally.sums
    if post is None:
        return [sums[values[account], values[code], ""] for _, _, values in batch]
    return [sums[values[account], values[code], values[post]] for _, _, values in batch]


def _add_plain(row: TableRow, places: Places, tally: Tally) -> bool:
    """Adds one row, when it can be read in one way only."""
    account, code, post, amount = places
    line, last, values = row
    if line != last or len(values) <= max(account, code, post or 0, amount):
        return False
    raw = values[amount]
    found = PLAIN.fullmatch(raw) if type(raw) is str else None
    if found is None:
        return False
    own = "" if post is None else values[post]
    return tally.add((values[account], values[code], own), ore_of(found[1], found[2]))


class _Careful:
    """Rows that are not plain: amounts written in other ways, sums, several lines in one row, and
    bad lines."""

    def __init__(self, layout: Layout, chart: AccountChart) -> None:
        self.layout = layout
        self.words = {fold(word) for word in chart.totals}
        self.wide = max(layout.columns[name] for name in _NEEDED) + 1

    def read(self, row: TableRow, tally: Tally) -> None:
        """One row into the tally."""
        line, last, values = row
        if last > line and (not values or self._swallowed(values)):
            _lose_lines(row, tally)
            return
        full = [*values, *[""] * (self.wide - len(values))]
        raw = full[self.layout.columns["amount"]]
        amount = read_thousands(raw) if self.layout.thousands else read_amount(raw)
        if amount is None:
            self._lose(line, values, raw, tally)
        elif tally.book(self._key(full), amount):
            return
        elif self._is_total(values):
            tally.stated = amount
        else:
            self._lose(line, values, full[self.layout.columns["account"]], tally)

    def _is_total(self, values: Sequence[object]) -> bool:
        """The file's own sum: an amount without an account, in a row that says so."""
        return any(fold(text(value)) in self.words for value in values)

    def _lose(self, line: int, values: Sequence[object], stood: object, tally: Tally) -> None:
        """A row that could not be read, and what `stood` where it could not. A row of blank cells
        is no row."""
        if not values or any(map(text, values)):
            tally.lost(Bad(line, shown(stood)))

    def _key(self, values: Sequence[object]) -> BookingKey:
        return (
            self._text(values, "account"),
            self._text(values, "code"),
            self._text(values, "post"),
        )

    def _text(self, values: Sequence[object], name: str) -> str:
        place = self.layout.columns.get(name)
        return text(values[place]) if place is not None and place < len(values) else ""

    def _swallowed(self, values: Sequence[object]) -> bool:
        """Whether a quotation mark that was never closed has drawn whole lines into one field."""
        least = len(self.layout.header.values) - 1
        for value in values:
            inner = str(value).splitlines()[1:]
            if any(line.count(self.layout.delimiter) >= least for line in inner):
                return True
        return False


def _lose_lines(row: TableRow, tally: Tally) -> None:
    """Every line that a row has drawn into itself: each may have been a transaction."""
    line, last, values = row
    for each in range(line, last + 1):
        tally.lost(Bad(each, shown(values[0]) if values else ""))
