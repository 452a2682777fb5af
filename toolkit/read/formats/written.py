"""What is written in a sheet's cells beside their values: formulas that somebody typed in, and what
is struck out."""

from __future__ import annotations

import re
from collections.abc import Collection

from toolkit.words.cells import column_letter, column_number

# A formula that is dragged is written once; the cells below name its group alone (`si`).
_TYPED = rb'r="(%s)(\d+)"[^>/]*><(?:\w+:)?f((?:\s[^>/]*)?)(?:/>|>([^<]*))'
_GROUP = re.compile(rb'\bsi="(\d+)"')
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:/>|(?:\s[^>]*)?>.*?</(?:\w+:)?font>)", re.DOTALL)
# `<strike/>` alone says that it is so; with `val="0"` it says that it is not.
_STRIKE = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_FONT_ID = re.compile(rb'\bfontId="(\d+)"')
# `&amp;` last: `&amp;lt;` stands for the text `&lt;`.
_ENTITIES = (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def formulas_in(part: bytes, columns: Collection[int]) -> dict[tuple[int, int], str]:
    """The formulas in some columns of a sheet in OOXML, by row and column, without the equals sign.
    Of those that were dragged, the first one's stands for all where it is in another file; the
    others are left out, since they are not the same in every cell."""
    letters = b"|".join(column_letter(column).encode() for column in columns)
    found: dict[tuple[int, int], str] = {}
    dragged: dict[bytes, str] = {}
    for letter, row, attributes, written in re.findall(_TYPED % letters, part) if letters else ():
        group, text = _GROUP.search(attributes), _plain(written)
        if group and text and is_elsewhere(text):
            dragged[group[1]] = text
        formula = text or (dragged.get(group[1], "") if group else "")
        if formula:
            found[int(row), column_number(letter.decode())] = formula
    return found


def is_elsewhere(formula: str) -> bool:
    """Whether a formula takes something from another workbook: `[1]Blad!A1` in OOXML,
    `'file:///C:/b.ods'#$Blad.A1` in OpenDocument.

    >>> [is_elsewhere(one) for one in ("[1]Blad1!$A$1", "'[2]Min bok'!A1", "[.K6]", "Tabell[Rad]")]
    [True, True, False, False]
    """
    return bool(re.search(r"\[\d+\]|'#\$?", formula))


def _plain(written: bytes) -> str:
    text = written.decode("utf-8", "replace")
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def struck_formats(styles: bytes) -> frozenset[bytes]:
    """The cell formats that strike out what stands in a cell, by their numbers as cells name them
    (`xl/styles.xml`)."""
    if not _STRIKE.search(styles):
        return frozenset()
    fonts, formats = _FONTS.search(styles), _CELL_FORMATS.search(styles)
    looks = _FONT.findall(fonts[0]) if fonts else []
    struck = {str(number).encode() for number, look in enumerate(looks) if _STRIKE.search(look)}
    named = map(_FONT_ID.search, _CELL_FORMAT.findall(formats[0]) if formats else ())
    return frozenset(
        str(number).encode() for number, font in enumerate(named) if font and font[1] in struck
    )
