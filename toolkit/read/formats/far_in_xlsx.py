"""Cells that lie far out in an xlsx or xlsm, in the sheets' own XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from toolkit.read.formats.far_gaps import SheetEnd, limits_of_cells
from toolkit.read.formats.xlsx import STRINGS, sheet_paths
from toolkit.words.cells import CellRef, column_number
from toolkit.words.cleantext import decode_escapes
from toolkit.words.digits import whole_number

_ROW = re.compile(rb'<(\w+:)?row\s[^>]*?\br="(\d{1,9})"[^>]*?(?:/>|>.*?</(?:\w+:)?row>)', re.DOTALL)
_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,9})"[^>]*?(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL
)
# It would go on naming the far cell; a sheet may leave it out (ECMA-376, 18.3.1.35).
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*/>")
# A value, or the pieces of a text: one that is formatted in part has several (18.4.4, 18.4.8).
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>(.*?)</(?:\w+:)?(?:v|t)>", re.DOTALL)
# An empty string counts too, for cells name strings by their place in the list.
_ITEM = re.compile(rb"<(?:\w+:)?si\s*/>|<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.DOTALL)


def trimmed(package: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[CellRef]]:
    """The sheets' parts without what lies far out, where anything does, and the filled cells that
    are left out."""
    changed: dict[str, bytes] = {}
    found: list[CellRef] = []
    strings = [_text(item) for item in _ITEM.findall(package.get(STRINGS, b""))]
    for name, path in sheet_paths(package).items():
        part = package.get(path, b"")
        filled = list(_filled(part, strings))
        limits = limits_of_cells(_places(part), filled)
        if any(limits.leave_out(*at) for at in _places(part)):
            changed[path] = _without(part, limits)
            found += (CellRef(name, *at) for at in filled if limits.leave_out(*at))
    return changed, found


def _places(part: bytes) -> Iterator[tuple[int, int]]:
    return map(_place, _CELL.finditer(part))


def _filled(part: bytes, strings: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The cells that hold more than a format or blanks."""
    for cell in _CELL.finditer(part):
        if cell[3] and _content(cell, strings).strip():
            yield _place(cell)


def _place(cell: re.Match[bytes]) -> tuple[int, int]:
    return int(cell[2]), _column(cell[1])


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _content(cell: re.Match[bytes], strings: Sequence[str]) -> str:
    said = _text(cell[3])
    is_shared = b't="s"' in cell[0][: cell[0].find(b">")]
    number = whole_number(said) if is_shared else None
    return said if number is None or number >= len(strings) else strings[number]


def _text(part: bytes) -> str:
    found = b"".join(_VALUE.findall(part))
    return decode_escapes(found.decode("utf-8", "replace")).replace("&#160;", " ")


def _without(part: bytes, limits: SheetEnd) -> bytes:
    def near_row(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[2]) <= limits.row else b""

    def near_cell(match: re.Match[bytes]) -> bytes:
        return match[0] if _column(match[1]) <= limits.column else b""

    return _DIMENSION.sub(b"", _CELL.sub(near_cell, _ROW.sub(near_row, part)))
