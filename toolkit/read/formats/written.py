"""What is written in a sheet's cells beside their values: formulas that somebody typed in, and what
is struck out."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from toolkit.words.cells import column_letter, column_number

# A formula that is dragged is written once; the cells below name its group alone (`si`).
_TYPED = rb'r="(%s)(\d{1,9})"[^>/]*><(?:\w+:)?f((?:\s[^>/]*)?)(?:/>|>([^<]*))'
_GROUP = re.compile(rb'\bsi="(\d+)"')
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:/>|(?:\s[^>]*)?>.*?</(?:\w+:)?font>)", re.DOTALL)
# `<strike/>` alone says that it is so; with `val="0"` it says that it is not.
_STRIKE = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_FONT_ID = re.compile(rb'\bfontId="(\d+)"')


def formulas_in(part: bytes, columns: Collection[int]) -> dict[tuple[int, int], str]:
    """The formulas in some columns of a sheet in OOXML, by row and column, without the equals sign.
    Of those that were dragged, the first one's stands for all where it is in another file; the
    others are left out, since they are not the same in every cell."""
    if not columns:
        return {}
    letters = b"|".join(column_letter(column).encode() for column in columns)
    found: dict[tuple[int, int], str] = {}
    dragged: dict[bytes, str] = {}
    for letter, row, attributes, written in re.findall(_TYPED % letters, part):
        group, text = _GROUP.search(attributes), _plain(written)
        formula = _of_group(dragged, group[1], text) if group else text
        if formula:
            found[int(row), column_number(letter.decode())] = formula
    return found


def _of_group(dragged: dict[bytes, str], group: bytes, formula: str) -> str:
    """A formula of those that were dragged: its own, or else the first one's, which is kept in
    `dragged` where it is in another file."""
    if is_elsewhere(formula):
        dragged[group] = formula
    return formula or dragged.get(group, "")


def is_elsewhere(formula: str) -> bool:
    """Whether a formula takes something from another workbook: `[1]Blad!A1` in OOXML,
    `'file:///C:/b.ods'#$Blad.A1` in OpenDocument.

    >>> [is_elsewhere(one) for one in ("[1]Blad1!$A$1", "'[2]Min bok'!A1", "[.K6]", "Tabell[Rad]")]
    [True, True, False, False]
    """
    return bool(re.search(r"\[\d+\]|'#\$?", formula))


def _plain(written: bytes) -> str:
    """Without XML's escapes; openpyxl writes every å as `&#229;`."""
    return unescape(written.decode("utf-8", "replace"))


def struck_formats(styles: bytes) -> frozenset[bytes]:
    """The cell formats that strike out what stands in a cell, by their numbers as cells name them
    (`xl/styles.xml`)."""
    struck = _struck_fonts(styles)
    if not struck:
        return frozenset()
    formats = _CELL_FORMAT.findall(_first(_CELL_FORMATS, styles))
    named = map(_FONT_ID.search, formats)
    return frozenset(
        str(number).encode() for number, font in enumerate(named) if font and font[1] in struck
    )


def _struck_fonts(styles: bytes) -> set[bytes]:
    """The numbers of the fonts that strike out."""
    looks = _FONT.findall(_first(_FONTS, styles))
    return {str(number).encode() for number, look in enumerate(looks) if _STRIKE.search(look)}


def _first(kind: re.Pattern[bytes], styles: bytes) -> bytes:
    """The first element of a kind; nothing where there is none."""
    found = kind.search(styles)
    return found[0] if found else b""
