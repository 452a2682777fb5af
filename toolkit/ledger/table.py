"""Transaction lists: csv with any delimiter, or the largest sheet of a workbook that has the
headings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, NamedTuple

from toolkit.ledger.entries import AccountChart, Bad, Ledger
from toolkit.ledger.tally import PLAIN, BookingKey, Tally, ore_of, read_amount, read_thousands
from toolkit.read import Unreadable, large_sheets, read_raw
from toolkit.words.celltext import shown, text
from toolkit.words.swedish import fold

_NEEDED = ("account", "amount", "code")
_HEADER_REACH = 30  # rows in which the headings are looked for
_BLOCK = 1 << 16
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
    content = io.TextIOWrapper(source, encoding_of(source), errors="replace", newline="")
    head = content.read(4096)
    content.seek(0)
    delimiter = max(";\t|,", key=head.count)
    found = _find_columns(_rows_of_csv(content, delimiter), chart, delimiter)
    if found is None:
        raise Unreadable("HUVUDBOK-RUBRIKER")
    return found


def encoding_of(source: IO[bytes]) -> str:
    """UTF-8 when all of the file is; otherwise what Swedish ledger systems on Windows write."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = source.read(2)
    source.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    try:
        while block := source.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        source.seek(0)
    return "utf-8-sig"


def _rows_of_csv(content: IO[str], delimiter: str) -> Iterator[TableRow]:
    """Rows with their lines. What the csv reader gives up on comes as a row without values, so that
    it is listed."""
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
    names = {
        fold(heading): name for name, headings in chart.columns.items() for heading in headings
    }
    names |= dict.fromkeys(thousands, "amount")
    for row in islice(rows, _HEADER_REACH):
        found: dict[str, int] = {}
        for place, value in enumerate(row[2]):
            name = names.get(fold(text(value)))
            if name is not None:
                found.setdefault(name, place)
        if all(name in found for name in _NEEDED):
            in_thousands = fold(text(row[2][found["amount"]])) in thousands
            return rows, Layout(Header(*row), found, delimiter, in_thousands)
    return None


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
    account, code, post, amount = places
    if batch[-1][1] - batch[0][0] != len(batch) - 1:
        return False
    sums = tally.sums
    try:
        written = "\n".join([values[amount] for _, _, values in batch])  # type: ignore[misc]
        if post is None:
            booked = [sums[values[account], values[code], ""] for _, _, values in batch]  # type: ignore[index]
        else:
            booked = [sums[values[account], values[code], values[post]] for _, _, values in batch]  # type: ignore[index]
    except (IndexError, KeyError, TypeError):
        return False
    if not _PLAIN_ALL.fullmatch(written):
        return False
    for one, ore in zip(booked, written.replace(",", "").replace(".", "").split("\n"), strict=True):
        one.ore += int(ore)
        one.count += 1
    return True


def _add_plain(row: TableRow, places: Places, tally: Tally) -> bool:
    """Adds one row, when it can be read in one way only."""
    account, code, post, amount = places
    line, last, values = row
    if line != last or len(values) <= max(account, code, post or 0, amount):
        return False
    raw = values[amount]
    found = PLAIN.fullmatch(raw) if type(raw) is str else None
    booked = (
        tally.sum_of((values[account], values[code], values[post] if post is not None else ""))
        if found
        else None
    )  # type: ignore[arg-type]
    if found is None or booked is None:
        return False
    booked.ore += ore_of(found[1], found[2])
    booked.count += 1
    return True


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
            for each in range(line, last + 1):
                tally.lost(Bad(each, shown(values[0]) if values else ""))
            return
        full = values if len(values) >= self.wide else [*values, *[""] * (self.wide - len(values))]
        raw = full[self.layout.columns["amount"]]
        amount = read_thousands(raw) if self.layout.thousands else read_amount(raw)
        if amount is not None and tally.book(self._key(full), amount):
            return
        if amount is not None and any(fold(text(value)) in self.words for value in values):
            tally.stated = amount
        elif not values or any(text(value) for value in values):
            tally.lost(
                Bad(line, shown(raw if amount is None else full[self.layout.columns["account"]]))
            )

    def _key(self, values: Sequence[object]) -> BookingKey:
        places = (
            self.layout.columns.get(name, len(values)) for name in ("account", "code", "post")
        )
        account, code, post = (
            text(values[place]) if place < len(values) else "" for place in places
        )
        return account, code, post

    def _swallowed(self, values: Sequence[object]) -> bool:
        """Whether a quotation mark that was never closed has drawn whole lines into one field."""
        least = len(self.layout.header.values) - 1
        inner = (line for value in values for line in str(value).splitlines()[1:])
        return any(line.count(self.layout.delimiter) >= least for line in inner)
