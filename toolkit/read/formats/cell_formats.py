"""The number formats of a workbook's cells (ECMA-376, 18.8.30: `numFmt`, 18.8.10: `cellXfs`)."""

from __future__ import annotations

import re

# Any prefix may stand before a name: Excel writes none, some programs write `<x:numFmt>`.
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
# Not `cellStyleXfs`, which holds `xf` too: those are named styles', and no cell names them.
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_NUMBER = re.compile(rb'numFmtId="(\d{1,9})"')
_CODE = re.compile(rb'formatCode="([^"]*)"')
_GENERAL = 0  # the format of a cell format that names none


def cell_formats(styles: bytes) -> list[tuple[int, bytes]]:
    """The number format of each cell format, in the order in which cells name them: its number and
    its code as it stands in `xl/styles.xml`; the code is empty where the number alone says it."""
    codes = _codes(styles)
    found = _CELL_FORMATS.search(styles)
    formats = _CELL_FORMAT.findall(found[0]) if found else []
    named = map(_NUMBER.search, formats)
    numbers = [int(number[1]) if number else _GENERAL for number in named]
    return [(number, codes.get(number, b"")) for number in numbers]


def _codes(styles: bytes) -> dict[int, bytes]:
    """The codes of the workbook's own number formats by number."""
    codes: dict[int, bytes] = {}
    for tag in _FORMAT.findall(styles):
        number, code = _NUMBER.search(tag), _CODE.search(tag)
        if number and code:
            codes[int(number[1])] = code[1]
    return codes
