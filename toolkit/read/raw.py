"""Bytes → plain rows of values, with the second view that python-calamine does not give: error values and
formulas that were never calculated (it hands both over as empty)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.cells import column_number
from toolkit.read.ods import error_values
from toolkit.read.preflight import Refused, look_over
from toolkit.read.shape import Looks, looks_of
from toolkit.textclean import decode_escapes

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


class Unreadable(Exception):
    """A file that could not be read. `code` is the finding's code."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's values. `rows[r][c]` is row r+1, column c+1. `errors` holds error values by (row, column),
    `uncalculated` the cells whose formula has no stored result."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class RawBook:
    """All sheets of a workbook, hidden ones too, in their order."""

    sheets: tuple[RawSheet, ...]
    epoch_1904: bool = False
    looks: Looks = field(default_factory=Looks)


def read_raw(data: bytes) -> RawBook:
    """A workbook (xlsx, xlsm, xlsb, xls, ods) as plain data. Raises Unreadable with a finding's code."""
    try:
        look_over(data)
    except Refused as error:
        raise Unreadable(error.code) from error
    views = _second_views(data)
    sheets = tuple(RawSheet(name, rows, *views.get(name, ({}, frozenset()))) for name, rows in _read_values(data))
    return RawBook(sheets, _is_1904(data), _looks(data))


def _read_values(data: bytes) -> list[tuple[str, tuple[tuple[object, ...], ...]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [(name, _rows(book.get_sheet_by_index(index))) for index, name in enumerate(book.sheet_names)]
    except PasswordError as error:
        raise Unreadable("FIL-LOSENORD") from error
    except (CalamineError, OSError, ValueError) as error:
        return _read_by_second_reader(data, error)


def _read_by_second_reader(data: bytes, first: Exception) -> list[tuple[str, tuple[tuple[object, ...], ...]]]:
    """openpyxl reads some files that calamine refuses, such as one with an error value it does not know.
    It raises undeclared exceptions of many kinds; all of them mean that the file cannot be read."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        return [(sheet.title, _plain_rows(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except Exception as error:
        raise Unreadable("FIL-SKADAD", f"{type(first).__name__}, {type(error).__name__}") from first


def _plain_rows(rows: Iterable[tuple[object, ...]]) -> tuple[tuple[object, ...], ...]:
    """As calamine gives them: nothing is an empty text, whole numbers are numbers all the same."""
    return tuple(tuple("" if value is None else _cleaned(value) for value in row) for row in rows)


def _rows(sheet: object) -> tuple[tuple[object, ...], ...]:
    """From A1 on, so that an index is a coordinate."""
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    return tuple(tuple(_cleaned(value) for value in row) for row in rows)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return decode_escapes(value)
    return value


def _second_views(data: bytes) -> dict[str, tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]]:
    """Error values and uncalculated formulas by sheet name; for ods the errors alone, else nothing."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if "xl/workbook.xml" not in names:
            found = error_values(package.read("content.xml")) if "content.xml" in names else {}
            return {name: (errors, frozenset()) for name, errors in found.items()}
        paths = sheet_paths(package)
        return {name: _second_view(package.read(path)) for name, path in paths.items() if path in names}


def sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of every sheet by the sheet's name, in their order."""
    try:
        relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {}
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
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


def _second_view(part: bytes) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    errors: dict[tuple[int, int], str] = {}
    uncalculated: set[tuple[int, int]] = set()
    if b't="e"' not in part and b"<f" not in part and b":f" not in part:
        return errors, frozenset()
    for attributes, inner in _CELL.findall(part):
        is_error = b't="e"' in attributes
        if not is_error and (not inner or b"f" not in inner):
            continue
        _note(attributes, inner, is_error, errors, uncalculated)
    return errors, frozenset(uncalculated)


def _note(
    attributes: bytes, inner: bytes, is_error: bool,
    errors: dict[tuple[int, int], str], uncalculated: set[tuple[int, int]],
) -> None:  # fmt: skip
    place = _PLACE.search(attributes)
    if place is None:
        return
    where = (int(place[2]), column_number(place[1].decode()))
    value = _VALUE.search(inner)
    if is_error:
        errors[where] = value[1].decode("utf-8", "replace") if value else "#"
    elif b't="str"' not in attributes and (value is None or not value[1]) and (b"<f" in inner or b":f" in inner):
        uncalculated.add(where)


def _looks(data: bytes) -> Looks:
    if not data.startswith(b"PK"):
        return Looks()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        paths = sheet_paths(package)
        wanted = {path for path in paths.values() if path in names}
        wanted |= {name for name in names if name.startswith("xl/externalLinks/_rels/")}
        book = package.read("xl/workbook.xml").decode("utf-8", "replace") if paths else ""
        return looks_of({name: package.read(name) for name in wanted}, paths, _hidden_sheets(book))


def _hidden_sheets(book: str) -> frozenset[str]:
    tags = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book))
    return frozenset(_unescape(tag.get("name", "")) for tag in tags if tag.get("state", "visible") != "visible")


def _is_1904(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "xl/workbook.xml" not in package.namelist():
            return False
        return bool(re.search(rb'date1904="(1|true)"', package.read("xl/workbook.xml")))
