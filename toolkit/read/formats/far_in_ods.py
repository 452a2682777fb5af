"""Cells that lie far out in an ods, in its content as it is written (OpenDocument 1.3, part 3,
9.1): rows and cells have no numbers there, and one stands for many that repeat it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from toolkit.read.formats.far_gaps import SheetEnd, Stretch, limits_of
from toolkit.read.formats.ods_names import CONTENT
from toolkit.words.cells import CellRef

_SAID = rb"""((?:\s(?:[^<>"']|"[^<"]*"|'[^<']*')*?)?)"""
_TABLE = re.compile(rb'<table:table\s(?:[^>]*?\s)?table:name="([^"]*)"')
_ROW = re.compile(rb"<table:table-row" + _SAID + rb"(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell" + _SAID + rb"(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.DOTALL,
)
_ROWS, _COLUMNS = (
    re.compile(rb"""table:number-%s-repeated\s*=\s*["'](\d{1,30})["']""" % name)
    for name in (b"rows", b"columns")
)
_VALUE = re.compile(
    rb"""\soffice:(?:date-|time-|boolean-|string-)?value\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_TAG = re.compile(rb"<[^>]*>")
_CELL_TAGS = (b"<table:table-cell", b"<table:covered-table-cell")
_CELL_ENDS = (b"</table:table-cell", b"</table:covered-table-cell")
# What shows that there is more in a cell than its look.
_HELD = (b"value-type", b"formula", *_CELL_ENDS)


class TableText(NamedTuple):
    """A table's name, and where in the content it begins and ends."""

    name: str
    start: int
    end: int


class Repeated(NamedTuple):
    """A row or cell of a table with those that repeat it: the first one's number, how many there
    are, and how it is written."""

    first: int
    times: int
    written: re.Match[bytes]


class Alike(NamedTuple):
    """Cells that are alike: one, or those that repeat it down and to the right."""

    rows: Stretch
    columns: Stretch


def tables_in(content: bytes) -> list[TableText]:
    """The tables in their order: none in a content that is encrypted, or of another kind."""
    found = list(_TABLE.finditer(content))
    ends = [*(one.start() for one in found[1:]), len(content)][: len(found)]
    names = (unescape(one[1].decode("utf-8", "replace")) for one in found)
    starts = (one.start() for one in found)
    return [TableText(*one) for one in zip(names, starts, ends, strict=True)]


def extents_in(content: bytes) -> Iterator[tuple[int, int]]:
    """The last row and column of each table."""
    return (_extent(content, table) for table in tables_in(content))


def _extent(content: bytes, table: TableText) -> tuple[int, int]:
    """The last row and column with anything that a reader takes for a value."""
    rows = columns = 0
    for row in _rows(content, table):
        last = _last_held(row.written[2] or b"")
        if last:
            rows, columns = row.first + row.times - 1, max(columns, last)
    return rows, columns


def _last_held(row: bytes) -> int:
    """The last column of a row with anything in it, if only blanks. Every row of every file is
    asked, so its cells are counted and not looked at."""
    held = max(map(row.rfind, _HELD))
    if held < 0:
        return 0
    end = row.find(b"<", held)
    before = row[: end if end > 0 else len(row)]
    repeated = map(int, _COLUMNS.findall(before))
    return sum(map(before.count, _CELL_TAGS)) + sum(number - 1 for number in repeated if number)


def _rows(content: bytes, table: TableText) -> Iterator[Repeated]:
    yield from _runs(_ROW.finditer(content, table.start, table.end), _ROWS)


def _cells(row: Repeated) -> Iterator[Repeated]:
    yield from _runs(_CELL.finditer(row.written[2] or b""), _COLUMNS)


def _runs(found: Iterator[re.Match[bytes]], repeated: re.Pattern[bytes]) -> Iterator[Repeated]:
    number = 1
    for one in found:
        said = repeated.search(one[1])
        count = max(1, int(said[1])) if said else 1
        yield Repeated(number, count, one)
        number += count


def trimmed(package: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[CellRef]]:
    """The content without what lies far out, where anything does, and the filled cells that are
    left out; of those that repeat one, the first."""
    content = package[CONTENT]
    pieces, at = list[bytes](), 0
    found: list[CellRef] = []
    for table in tables_in(content):
        held = list(_held(content, table))
        limits = limits_of((one.rows for one in held), (one.columns for one in held))
        rows, columns = _extent(content, table)
        if limits.leave_out(rows, columns):
            pieces += [
                content[at : table.start],
                _without(content[table.start : table.end], limits),
            ]
            at = table.end
            firsts = ((one.rows.first, one.columns.first) for one in held if one.rows.filled)
            found += (CellRef(table.name, *one) for one in firsts if limits.leave_out(*one))
    return ({CONTENT: b"".join([*pieces, content[at:]])} if pieces else {}), found


def _held(content: bytes, table: TableText) -> Iterator[Alike]:
    """The cells with anything in them, if only blanks; what has no more than a look is passed over
    by every reader."""
    for row in _rows(content, table):
        for cell in _cells(row):
            if cell.written[2] or any(one in cell.written[1] for one in _HELD):
                yield _block(row, cell)


def _block(row: Repeated, cell: Repeated) -> Alike:
    filled = row.times * cell.times if _is_filled(cell.written) else 0
    rows = Stretch(row.first, row.first + row.times - 1, filled)
    return Alike(rows, Stretch(cell.first, cell.first + cell.times - 1, filled))


def _is_filled(cell: re.Match[bytes]) -> bool:
    """Whether a cell holds more than blanks: a value, a text, a note."""
    value = _VALUE.search(cell[1])
    said = b"".join(value.groups(b"")) if value else b""
    inner = _TAG.sub(b"", cell[2] or b"")
    return bool(unescape((said + inner).decode("utf-8", "replace")).strip())


def _without(written: bytes, limits: SheetEnd) -> bytes:
    """A table without the rows and cells that begin beyond its limits."""
    pieces, at = list[bytes](), 0
    for row in _runs(_ROW.finditer(written), _ROWS):
        pieces.append(written[at : row.written.start()])
        at = row.written.end()
        if row.first <= limits.row:
            pieces.append(_row_without(row, limits.column))
    return b"".join([*pieces, written[at:]])


def _row_without(row: Repeated, last: int) -> bytes:
    whole, inner = row.written[0], row.written[2]
    beyond = [cell for cell in _cells(row) if cell.first > last]
    if not beyond or inner is None:
        return whole
    start = row.written.start(2) - row.written.start()
    ends = beyond[0].written.start(), beyond[-1].written.end()
    return whole[: start + ends[0]] + whole[start + ends[1] :]
