"""The second view of an xlsx or xlsm, from its XML parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from toolkit.read.formats.relations import RawParts, related
from toolkit.read.formats.runs import PartKind, kinds_in_cells, kinds_of_strings
from toolkit.read.formats.second_view import CellView, SecondView
from toolkit.read.formats.shape import Position, SheetShapes, looks_of
from toolkit.spec.marks import STATUS_NAME
from toolkit.words.cells import column_number

_ERROR = re.compile(rb't="e"')
_WITHOUT_VALUE = re.compile(
    rb"<f(?!>%b)(?:[\s/][^>]*+)?+>[^<]*+(?:</f>)?+(?!<v[^>]*+>[^<])" % STATUS_NAME.encode()
)
"""A formula that no value follows; the template's own status of a row is not anything that a county
writes. Possessive (`*+`): a sheet may be of many megabytes, and nothing in it is to be gone back
over."""
_CELL = re.compile(rb'<c\s(?:[^>]*?\s)??r="([A-Z]{1,3})(\d{1,9})"')
_EMPTY = (b"</c>", b"<v></v>", b"<v/>")
_VALUE = re.compile(rb"(?:(?!</c>).)*?<v[^>]*>([^<]+)</", re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
# A truth in XML is 1 or true, with blanks around it or not (W3C XML Schema part 2, 3.2.2).
_EPOCH_1904 = re.compile(
    rb"""<(?:\w+:)?workbookPr\s(?:[^>]*\s)?date1904\s*=\s*["']\s*(?:1|true)\s*["']"""
)


STRINGS = "xl/sharedStrings.xml"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def second_view(parts: RawParts) -> SecondView:
    """Of a package with `xl/workbook.xml`. Its notes and other texts are looked for in the parts,
    when asked for."""
    strings = kinds_of_strings(parts.get(STRINGS, b""))
    cells = {
        name: _cells(parts[path], strings)
        for name, path in sheet_paths(parts).items()
        if path in parts
    }
    return SecondView(cells, _looks(parts), counts_from_1904(parts[BOOK]))


def counts_from_1904(book: bytes) -> bool:
    """Whether a workbook's days are counted from 1904, as Excel for Mac once did, by its own part
    (ECMA-376 part 1, 18.2.28 workbookPr)."""
    return _EPOCH_1904.search(book) is not None


def sheet_paths(parts: RawParts) -> dict[str, str]:
    """The part of every sheet by the sheet's name, in their order."""
    if BOOK not in parts or RELATIONS not in parts:
        return {}
    links = related(parts, BOOK)
    book = parts[BOOK].decode("utf-8", "replace")
    return {
        name: links[relation].part if relation in links else ""
        for name, relation in _sheet_tags(book)
    }


def _sheet_tags(book: str) -> Iterator[tuple[str, str]]:
    """Name and relation of every sheet. The relation is `r:id`, by whatever prefix a file has."""
    for tag in _SHEET.findall(book):
        attributes = dict(_ATTRIBUTE.findall(tag))
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        yield _unescape(attributes.get("name", "")), relation


def _unescape(text: str) -> str:
    """`&amp;` comes last: `&amp;lt;` stands for the text `&lt;`."""
    for entity, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ):
        text = text.replace(entity, letter)
    return text


def _cells(part: bytes, strings: Mapping[bytes, PartKind]) -> CellView:
    """Only the cells that hold an error value, a formula without a value, or a text with parts that
    look otherwise are looked at."""
    part = _without_prefix(part)
    errors = dict(_errors(part))
    uncalculated = frozenset(_uncalculated(part)).difference(errors)
    return CellView(errors, uncalculated, parts=kinds_in_cells(part, strings))


def _errors(part: bytes) -> Iterator[tuple[Position, str]]:
    """Every cell with an error value, and the error."""
    for match in _ERROR.finditer(part):
        start = part.rfind(b"<c", 0, match.start())
        place, end = _CELL.match(part, start), part.find(b">", start)
        if place is not None and match.start() < end:
            yield _place(place), _error_after(part, end)


def _error_after(part: bytes, end: int) -> str:
    """The error in a cell whose tag ends at a place."""
    value = _VALUE.match(part, end + 1) if part[end - 1 : end] != b"/" else None
    return value[1].decode("utf-8", "replace") if value else "#"


def _uncalculated(part: bytes) -> Iterator[Position]:
    """Every cell with a formula and no value. The value of one that gives a text (`t="str"`) may be
    empty."""
    for match in _WITHOUT_VALUE.finditer(part):
        start = part.rfind(b"<c", 0, match.start())
        place = _CELL.match(part, start)
        # A formula that gives an empty text is marked as text, and has no value either.
        if place is None or b't="str"' in part[start : match.start()]:
            continue
        if part.startswith(_EMPTY, match.end()) or not _VALUE.match(part, match.end()):
            yield _place(place)


def _without_prefix(part: bytes) -> bytes:
    """Some programs write `<x:c>` for `<c>`."""
    end = part.find(b"sheetData")
    start = part.rfind(b"<", 0, max(end, 0)) + 1
    prefix = part[start:end]
    return re.sub(rb"(</?)" + re.escape(prefix), rb"\1", part) if prefix.endswith(b":") else part


def _looks(parts: RawParts) -> SheetShapes:
    return looks_of(
        parts, sheet_paths(parts), hidden_sheets(parts.get(BOOK, b"").decode("utf-8", "replace"))
    )


def hidden_sheets(book: str) -> frozenset[str]:
    """The names of the sheets that are not shown, from the workbook's own part."""
    tags = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book))
    return frozenset(
        _unescape(tag.get("name", "")) for tag in tags if tag.get("state", "visible") != "visible"
    )


def _place(cell: re.Match[bytes]) -> Position:
    letters, row = cell.groups()
    return int(row), _column(letters)


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())
