"""Transaction lists as they lie in files: a csv with any delimiter, or all shown sheets of a
workbook that have the headings."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, NamedTuple

from toolkit.ledger.csvtext import delimiter_of, open_text
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.filldown import Merged
from toolkit.ledger.layout import Layout, find_layout
from toolkit.ledger.rows import TableRow
from toolkit.ledger.unlisted import Unlisted
from toolkit.read import Unreadable, large_sheets, read_raw

_HEAD = 4096  # characters in which the delimiter is looked for: titles may stand above the headings
_ZIP = b"PK"  # an xlsx is a zip archive; an xls is not


class Listing(NamedTuple):
    """A sheet, or a csv (without a name): the rows below its headings. `merged` is known when all
    of them have been read, of some formats before."""

    name: str
    rows: Iterator[TableRow]
    layout: Layout
    merged: Merged


class Workbook(NamedTuple):
    """The listings of a file, the hidden sheets that have headings too, and the sheets that are
    shown and have none."""

    listings: Sequence[Listing]
    hidden: tuple[str, ...] = ()
    unlisted: Sequence[Unlisted] = ()


def open_book(source: IO[bytes], chart: AccountChart) -> Workbook:
    """All sheets that have the headings. Raises Unreadable."""
    shown_ones: list[Listing] = []
    hidden: list[str] = []
    unlisted: list[Unlisted] = []
    for name, is_hidden, rows, merged in _sheets(source):
        kept = _Again((number, number, row) for number, row in rows)
        found = find_layout(kept.rows(), chart, "")
        kept.begun = kept.begun if found is None else None
        if found is not None and is_hidden:
            hidden.append(name)
        elif found is not None:
            shown_ones.append(Listing(name, *found, merged))
        elif not is_hidden:
            unlisted.append(Unlisted(name, kept.again()))
    if not shown_ones:
        raise Unreadable("HUVUDBOK-RUBRIKER")
    return Workbook(shown_ones, tuple(hidden), unlisted)


class _Again:
    """Rows that are looked at for headings, and come once more where there are none. `begun` are
    those that have come so far, until it is known."""

    def __init__(self, rows: Iterator[TableRow]) -> None:
        self._rows = rows
        self.begun: list[TableRow] | None = []

    def rows(self) -> Iterator[TableRow]:
        """The rows."""
        for row in self._rows:
            if self.begun is not None:
                self.begun.append(row)
            yield row

    def again(self) -> Iterator[TableRow]:
        """The rows from their beginning."""
        return chain(self.begun or (), self._rows)


def _sheets(
    source: IO[bytes],
) -> Iterator[tuple[str, bool, Iterator[tuple[int, Sequence[object]]], Merged]]:
    """Each sheet's name, whether it is hidden, its rows, and its merged cells."""
    # Only an xlsx is streamed: of the other formats the whole is read, up to the limits of returns.
    zipped = source.read(len(_ZIP)) == _ZIP
    source.seek(0)
    sheets = large_sheets(source) if zipped else None
    if sheets is not None:
        for one in sheets:
            yield one.name, one.hidden, one.rows, Merged(one.merged)
        return
    source.seek(0)
    book = read_raw(source.read())
    shapes = book.second.looks
    for sheet in book.sheets:
        shape = shapes.of(sheet.name)
        yield sheet.name, bool(shape.hidden), enumerate(sheet.rows, 1), Merged([*shape.merged])


def open_csv(source: IO[bytes], chart: AccountChart) -> Workbook:
    """The rows below the headings. Raises Unreadable."""
    content = open_text(source)
    delimiter = delimiter_of(content.read(_HEAD))
    content.seek(0)
    found = find_layout(_rows_of_csv(content, delimiter), chart, delimiter)
    if found is None:
        raise Unreadable("HUVUDBOK-RUBRIKER")
    return Workbook((Listing("", *found, Merged()),))


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
