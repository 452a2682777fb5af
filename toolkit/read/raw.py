"""Bytes → plain rows of values, with the second view that python-calamine does not give: error values and
formulas that were never calculated (it hands both over as empty)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any

from toolkit.cells import column_number
from toolkit.keys import STATUS_NAME
from toolkit.read.ods import error_values
from toolkit.read.preflight import Refused, look_over
from toolkit.read.shape import Looks, looks_of
from toolkit.textclean import decode_escapes

_ERROR = re.compile(rb't="e"')
_WITHOUT_VALUE = re.compile(rb"<f(?!>%b)(?:[\s/][^>]*+)?+>[^<]*+(?:</f>)?+(?!<v[^>]*+>[^<])" % STATUS_NAME.encode())
"""A formula that no value follows; the template's own status of a row is not anything that a county writes."""
_CELL = re.compile(rb'<c\s(?:[^>]*?\s)??r="([A-Z]{1,3})(\d+)"')
_EMPTY = (b"</c>", b"<v></v>", b"<v/>")
_VALUE = re.compile(rb"(?:(?!</c>).)*?<v[^>]*>([^<]+)</", re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_EPOCH_1904 = re.compile(rb'date1904="(1|true)"')

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Parts = Mapping[str, bytes]
View = tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]
Rows = Sequence[Sequence[object]]


class Unreadable(Exception):
    """A file that could not be read. `code` is the finding's code."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class RawSheet:
    """A sheet's values. `rows[r][c]` is row r+1, column c+1. `errors` holds error values by (row, column),
    `uncalculated` the cells whose formula has no stored result."""

    name: str
    rows: Rows
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def columns(self) -> tuple[tuple[object, ...], ...]:
        """The same values, column by column, all columns as long as there are rows."""
        return tuple(zip_longest(*self.rows, fillvalue=""))


@dataclass(frozen=True, slots=True)
class RawBook:
    """All sheets of a workbook, hidden ones too, in their order, and the package's XML parts where it is one."""

    sheets: tuple[RawSheet, ...]
    epoch_1904: bool = False
    parts: Parts = field(default_factory=dict, repr=False)
    looks: Looks = field(default_factory=Looks)


def read_raw(data: bytes) -> RawBook:
    """A workbook (xlsx, xlsm, xlsb, xls, ods) as plain data. Raises Unreadable with a finding's code."""
    try:
        parts = look_over(data)
    except Refused as error:
        raise Unreadable(error.code) from error
    views = _second_views(parts)
    values = _read_values(data, escaped=_may_hold_escapes(parts))
    sheets = tuple(RawSheet(name, rows, *views.get(name, ({}, frozenset()))) for name, rows in values)
    epoch_1904 = bool(_EPOCH_1904.search(parts.get(BOOK, b"")))
    return RawBook(sheets, epoch_1904, parts, _looks(parts))


def _may_hold_escapes(parts: Parts) -> bool:
    """Whether a text may hold `_x000D_` or its kin: most files do not, and need not be looked at cell by cell."""
    if BOOK not in parts:
        return True
    return any(_ESCAPED.search(part) or b"\0" in part[:4] for part in parts.values())  # a zero: UTF-16


def _read_values(data: bytes, *, escaped: bool) -> list[tuple[str, Rows]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        values = [(name, _from_a1(book.get_sheet_by_index(index))) for index, name in enumerate(book.sheet_names)]
    except PasswordError as error:
        raise Unreadable("FIL-LOSENORD") from error
    except (CalamineError, OSError, ValueError) as error:
        return _read_by_second_reader(data, error)
    return [(name, _decoded(rows)) for name, rows in values] if escaped else values


def _from_a1(sheet: Any) -> Rows:
    """So that an index is a coordinate."""
    rows: Rows = sheet.to_python(skip_empty_area=False)
    return rows


def _read_by_second_reader(data: bytes, first: Exception) -> list[tuple[str, Rows]]:
    """openpyxl reads some files that calamine refuses, such as one with an error value it does not know.
    It raises undeclared exceptions of many kinds; all of them mean that the file cannot be read."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        return [(sheet.title, _plain_rows(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except Exception as error:
        raise Unreadable("FIL-SKADAD", f"{type(first).__name__}, {type(error).__name__}") from first


def _plain_rows(rows: Iterable[tuple[object, ...]]) -> Rows:
    """As calamine gives them: nothing is an empty text."""
    return _decoded([["" if value is None else value for value in row] for row in rows])


def _decoded(rows: Rows) -> Rows:
    return [[decode_escapes(value) if isinstance(value, str) else value for value in row] for row in rows]


def _second_views(parts: Parts) -> dict[str, View]:
    """Error values and uncalculated formulas by sheet name; for ods the errors alone, else nothing."""
    if BOOK not in parts:
        found = error_values(parts.get("content.xml", b""))
        return {name: (errors, frozenset()) for name, errors in found.items()}
    return {name: _second_view(parts[path]) for name, path in sheet_paths(parts).items() if path in parts}


def sheet_paths(parts: Parts) -> dict[str, str]:
    """The part of every sheet by the sheet's name, in their order."""
    if BOOK not in parts or RELATIONS not in parts:
        return {}
    relations = parts[RELATIONS].decode("utf-8", "replace")
    targets = {}
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    book = parts[BOOK].decode("utf-8", "replace")
    return {name: targets.get(relation, "") for name, relation in _sheet_tags(book)}


def _sheet_tags(book: str) -> Iterator[tuple[str, str]]:
    for tag in _SHEET.findall(book):
        attributes = dict(_ATTRIBUTE.findall(tag))
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        yield _unescape(attributes.get("name", "")), relation


def _unescape(text: str) -> str:
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def _second_view(part: bytes) -> View:
    """Only the cells that hold an error value, or a formula without a value, are looked at."""
    part = _without_prefix(part)
    errors = {}
    for match in _ERROR.finditer(part):
        start = part.rfind(b"<c", 0, match.start())
        place, end = _CELL.match(part, start), part.find(b">", start)
        if place is not None and match.start() < end:
            value = _VALUE.match(part, end + 1) if part[end - 1 : end] != b"/" else None
            errors[_place(place)] = value[1].decode("utf-8", "replace") if value else "#"
    uncalculated = set()
    for match in _WITHOUT_VALUE.finditer(part):
        start = part.rfind(b"<c", 0, match.start())
        place = _CELL.match(part, start)
        if place is None or b't="str"' in part[start : match.start()]:
            continue
        if part.startswith(_EMPTY, match.end()) or not _VALUE.match(part, match.end()):
            uncalculated.add(_place(place))
    return errors, frozenset(uncalculated - errors.keys())


def _without_prefix(part: bytes) -> bytes:
    """Some programs write `<x:c>` for `<c>`."""
    end = part.find(b"sheetData")
    start = part.rfind(b"<", 0, max(end, 0)) + 1
    prefix = part[start:end]
    return re.sub(rb"(</?)" + re.escape(prefix), rb"\1", part) if prefix.endswith(b":") else part


def _looks(parts: Parts) -> Looks:
    return looks_of(parts, sheet_paths(parts), _hidden_sheets(parts.get(BOOK, b"").decode("utf-8", "replace")))


def _hidden_sheets(book: str) -> frozenset[str]:
    tags = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book))
    return frozenset(_unescape(tag.get("name", "")) for tag in tags if tag.get("state", "visible") != "visible")


def _place(cell: re.Match[bytes]) -> tuple[int, int]:
    letters, row = cell.groups()
    return int(row), _column(letters)


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())
