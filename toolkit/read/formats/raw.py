"""Bytes → plain rows of values, each sheet with its second view: python-calamine hands over as
empty what is an error value or a formula that was never calculated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from math import isfinite
from typing import Any

from toolkit.files.biff12 import BrokenRecord
from toolkit.files.errors import ContentError
from toolkit.files.zip import ending_of
from toolkit.read.formats import xlsx
from toolkit.read.formats.far_cells import without_far_cells, without_far_records
from toolkit.read.formats.normalise import in_plainer_words
from toolkit.read.formats.ods_durations import with_durations
from toolkit.read.formats.ods_names import CONTENT, names_apart
from toolkit.read.formats.plain_package import plain_package, with_plain_names
from toolkit.read.formats.preflight import (
    AREA_LIMIT,
    WIDE,
    OtherEncoding,
    Refused,
    TooWide,
    holds_workbook,
    look_over,
)
from toolkit.read.formats.relations import RawParts
from toolkit.read.formats.runs import PartKind
from toolkit.read.formats.second_view import CellView, SecondView
from toolkit.read.formats.xlsx import BOOK
from toolkit.words.cells import CellRef
from toolkit.words.cleantext import decode_escapes
from toolkit.words.swedish import fold

_ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_NOTHING = CellView({})
TOP_ROWS = 30
"""How many rows of a sheet the headings of a list are looked for in."""

RawRows = Sequence[Sequence[object]]


class Unreadable(ContentError):
    """A file that could not be read. `code` is the finding's code."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class RawSheet:
    """A sheet's values. `rows[r][c]` is row r+1, column c+1. `errors` holds error values by (row,
    column), `uncalculated` the cells whose formula has no stored result, `noughts` those with a
    formula's nought that may stand for a text which was not worked out, `parts` those of whose text
    a part is struck out or raised."""

    name: str
    rows: RawRows
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    noughts: frozenset[tuple[int, int]] = frozenset()
    parts: Mapping[tuple[int, int], PartKind] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[tuple[object, ...], ...]:
        """The same values, column by column, all columns as long as there are rows."""
        return tuple(zip_longest(*self.rows, fillvalue=""))

    @cached_property
    def top_words(self) -> tuple[tuple[str, ...], ...]:
        """The texts of the first rows, as words are compared: where a list's headings may stand."""
        return tuple(tuple(map(_folded, row)) for row in self.rows[:TOP_ROWS])

    def at(self, row: int, column: int) -> object:
        """What stands in a cell; None beyond the last row, or the last cell of a row."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if column <= len(cells) else None


@dataclass(frozen=True, slots=True)
class RawBook:
    """All sheets of a workbook, hidden ones too, in their order, what else is seen of it, and the
    package's XML parts where it is one. `far` are cells that lie so far from all others that they
    are not among the sheets' rows."""

    sheets: tuple[RawSheet, ...]
    second: SecondView = field(default_factory=SecondView)
    parts: RawParts = field(default_factory=dict, repr=False)
    far: tuple[CellRef, ...] = ()


def _folded(value: object) -> str:
    return fold(value) if isinstance(value, str) and value else ""


def read_raw(data: bytes) -> RawBook:
    """A workbook (xlsx, xlsm, xlsb, xls, ods) as plain data. Raises Unreadable with a finding's
    code."""
    data, parts, far = _looked_over(data)
    if data.startswith(b"PK") and not holds_workbook(parts):
        raise Unreadable("FIL-FORMAT")
    second = _second_view(data, parts)
    values = _read_values(_plainer(data, parts), escaped=_may_hold_escapes(parts))
    sheets = (_sheet(name, rows, second.cells.get(name, _NOTHING)) for name, rows in values)
    return RawBook(tuple(sheets), second, parts, far)


def _sheet(name: str, rows: RawRows, view: CellView) -> RawSheet:
    values = with_durations(rows, view.durations) if view.durations else rows
    return RawSheet(name, values, view.errors, view.uncalculated, view.noughts, view.parts)


def _looked_over(data: bytes) -> tuple[bytes, dict[str, bytes], tuple[CellRef, ...]]:
    """A workbook that may be read, in plain words and without what lies far out on a sheet. Raises
    Unreadable for what may not, also where it is no stray cell that makes a sheet too large."""
    try:
        try:
            plain, parts = _plain(data, WIDE)
        except TooWide:
            trimmed = without_far_cells(data)
            if trimmed is None:
                return *_plain(data), ()
            return trimmed.data, look_over(trimmed.data), trimmed.cells
        if ending_of(plain) != ".xls":
            return plain, parts, ()
        trimmed = without_far_records(plain)
        return trimmed.data, parts, trimmed.cells
    except Refused as error:
        raise Unreadable(error.code) from error


def _plain(data: bytes, area: int = AREA_LIMIT) -> tuple[bytes, dict[str, bytes]]:
    """The workbook with its parts as every reader takes them; its sheets may have so many cells.
    What is said otherwise is looked over anew: by another name it was no sheet, and was not
    measured as one. Raises Refused."""
    try:
        parts = look_over(data, area)
        if with_plain_names(parts) == parts and not _has_names_twice(parts):
            return data, parts
    except OtherEncoding:
        pass
    plain = plain_package(data)
    return plain, look_over(plain, area)


def _has_names_twice(parts: RawParts) -> bool:
    content = parts.get(CONTENT, b"")
    return names_apart(content) is not content


def read_values_of(data: bytes, name: str) -> RawBook:
    """The sheets whose names begin with `name`, with their values and nothing else. Raises
    Unreadable."""
    data, _, _ = _looked_over(data)
    values = _read_values(data, escaped=False)
    return RawBook(tuple(RawSheet(*sheet) for sheet in values if sheet[0].startswith(name)))


def _plainer(data: bytes, parts: RawParts) -> bytes:
    try:
        return in_plainer_words(data, parts)
    except (BrokenRecord, OSError, ValueError, KeyError) as error:
        raise Unreadable("FIL-SKADAD", type(error).__name__) from error


def _second_view(data: bytes, parts: RawParts) -> SecondView:
    """By the file's format; of one that is not known, nothing. The rarer formats are loaded when a
    file has them: a single xlsx is to be checked fast."""
    if BOOK in parts:
        return xlsx.second_view(parts)
    if "content.xml" in parts:
        from toolkit.read.formats import ods

        return ods.second_view(parts)
    if "xl/workbook.bin" in parts:
        from toolkit.read.formats import xlsb

        return xlsb.second_view(parts)
    return _second_view_of_xls(data) if ending_of(data) == ".xls" else SecondView()


def _second_view_of_xls(data: bytes) -> SecondView:
    from toolkit.files.compound import Malformed
    from toolkit.read.formats import xls

    try:
        return xls.second_view(data)
    except Malformed as error:
        raise Unreadable("FIL-SKADAD", str(error)) from error


def _may_hold_escapes(parts: RawParts) -> bool:
    """Whether a text may hold `_x000D_` or its kin: most files do not, and need not be looked at
    cell by cell."""
    if BOOK not in parts:
        return True
    return any(_ESCAPED.search(part) or _is_utf16(part) for part in parts.values())


def _is_utf16(part: bytes) -> bool:
    """By a zero among the first bytes, `<?`; nothing is found in such a part byte by byte."""
    return b"\0" in part[:4]


def _read_values(data: bytes, *, escaped: bool) -> list[tuple[str, RawRows]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        values = [
            (name, _from_a1(book.get_sheet_by_index(index)))
            for index, name in enumerate(book.sheet_names)
        ]
    except PasswordError as error:
        raise Unreadable("FIL-LOSENORD") from error
    except (CalamineError, OSError, ValueError) as error:
        return _read_by_second_reader(data, error)
    return [(name, _decoded(rows)) for name, rows in values] if escaped else values


def _from_a1(sheet: Any) -> RawRows:
    """So that an index is a coordinate: calamine else leaves out empty rows and columns before the
    first cell."""
    return _finite(sheet.to_python(skip_empty_area=False))


def _finite(rows: RawRows) -> RawRows:
    """What is a number by name alone (INF, NaN, 1E400) is the word that it is: no program writes
    it, and nothing can be reckoned with it."""
    if all(map(_is_finite, rows)):
        return rows
    return [[value if _is_finite([value]) else repr(value) for value in row] for row in rows]


def _is_finite(row: Sequence[object]) -> bool:
    # One sum of a row is sooner made than a comparison of each of its cells.
    return isfinite(sum([value for value in row if type(value) is float]))


def _read_by_second_reader(data: bytes, first: Exception) -> list[tuple[str, RawRows]]:
    """openpyxl reads some files that calamine refuses, such as one with an error value it does not
    know. It raises undeclared exceptions of many kinds; all of them mean that the file cannot be
    read."""
    from openpyxl import load_workbook

    try:
        # read_only: else each cell of a merge or a link is made, and a whole grid fills memory.
        book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        return [
            (sheet.title, _plain_rows(sheet.iter_rows(values_only=True)))
            for sheet in book.worksheets
        ]
    except Exception as error:
        raise Unreadable("FIL-SKADAD", f"{type(first).__name__}, {type(error).__name__}") from first


def _plain_rows(rows: Iterable[tuple[object, ...]]) -> RawRows:
    """As calamine gives them: nothing is an empty text."""
    plain = [["" if value is None else value for value in row] for row in rows]
    return _finite(_decoded(plain))


def _decoded(rows: RawRows) -> RawRows:
    return [
        [decode_escapes(value) if isinstance(value, str) else value for value in row]
        for row in rows
    ]
