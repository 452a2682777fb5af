"""A stray cell far from everything else: what Ctrl+arrow and a slip of the hand leave in the last
row. A reader would allocate the whole area up to it, so it is taken apart before; what stood in it
is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.xlsx import sheet_paths
from toolkit.words.cells import CellRef, column_number
from toolkit.words.cleantext import decode_escapes

_ROW = re.compile(rb'<(\w+:)?row\s[^>]*?\br="(\d+)"[^>]*?(?:/>|>.*?</(?:\w+:)?row>)', re.DOTALL)
_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*?(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL
)
# It would go on naming the far cell; a sheet may leave it out (ECMA-376, 18.3.1.35).
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*/>")
# A value, or the pieces of a text: one that is formatted in part has several (18.4.4, 18.4.8).
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>(.*?)</(?:\w+:)?(?:v|t)>", re.DOTALL)
# An empty string counts too, for cells name strings by their place in the list.
_ITEM = re.compile(rb"<(?:\w+:)?si\s*/>|<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.DOTALL)
_STRINGS = "xl/sharedStrings.xml"
_ROW_GAP, _COLUMN_GAP = 1_000, 100  # empty ones between a sheet's cells and a stray one
_MOST = 50  # cells beyond the gap; more are no slip of the hand


class Trimmed(NamedTuple):
    """A workbook without the cells that lie far out, and those of them in which anything stood."""

    data: bytes
    cells: tuple[CellRef, ...]


def without_far_cells(data: bytes) -> Trimmed | None:
    """None where no cell lies far from the others. The package's entries must have been looked
    over."""
    package = dict(read_package(data))
    strings = [_text(item) for item in _ITEM.findall(package.get(_STRINGS, b""))]
    found: list[CellRef] = []
    is_changed = False
    for name, path in sheet_paths(package).items():
        part = package.get(path, b"")
        limits = _limits(part)
        if limits is not None:
            is_changed = True
            found += _filled(name, part, limits, strings)
            package[path] = _trimmed(part, limits)
    return Trimmed(write_package(package.items()), tuple(found)) if is_changed else None


def _limits(part: bytes) -> tuple[int, int] | None:
    """The last row and column before a gap beyond which only a few cells stand."""
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for letters, row, _ in _CELL.findall(part):
        rows[int(row)] += 1
        columns[column_number(letters.decode())] += 1
    last = (_before_gap(rows, _ROW_GAP), _before_gap(columns, _COLUMN_GAP))
    return None if last == (max(rows, default=0), max(columns, default=0)) else last


def _before_gap(counts: Mapping[int, int], gap: int) -> int:
    numbers, beyond = sorted(counts), sum(counts.values())
    for number, following in pairwise(numbers):
        beyond -= counts[number]
        if following - number > gap and beyond <= _MOST:
            return number
    return numbers[-1] if numbers else 0


def _filled(
    sheet: str, part: bytes, limits: tuple[int, int], strings: list[str]
) -> Iterator[CellRef]:
    """The cells beyond the limits that hold more than a format or blanks."""
    for match in _CELL.finditer(part):
        row, column = int(match[2]), column_number(match[1].decode())
        if (row > limits[0] or column > limits[1]) and _content(match, strings).strip():
            yield CellRef(sheet, row, column)


def _content(match: re.Match[bytes], strings: list[str]) -> str:
    said = _text(match[3] or b"")
    is_shared = b't="s"' in match[0][: match[0].find(b">")]
    if is_shared and said.isdecimal() and int(said) < len(strings):
        return strings[int(said)]
    return said


def _text(part: bytes) -> str:
    found = b"".join(_VALUE.findall(part))
    return decode_escapes(found.decode("utf-8", "replace")).replace("&#160;", " ")


def _trimmed(part: bytes, limits: tuple[int, int]) -> bytes:
    last_row, last_column = limits

    def near_row(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[2]) <= last_row else b""

    def near_cell(match: re.Match[bytes]) -> bytes:
        return match[0] if column_number(match[1].decode()) <= last_column else b""

    return _DIMENSION.sub(b"", _CELL.sub(near_cell, _ROW.sub(near_row, part)))
