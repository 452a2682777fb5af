"""What a formula gives that joins texts: `=N7&" är klar"`. Of anything else nothing is said."""

from __future__ import annotations

import re

from toolkit.read.reckoned import (
    CELL,
    SHEET,
    OtherSheet,
    ValueAt,
    in_plain_cells,
    no_sheet,
    place_of,
)

_LONGEST = 400  # signs of a formula; what is longer is no simple one
_PIECE = re.compile(
    rf'\s*(?:"(?P<said>(?:[^"]|"")*)"|(?:{SHEET})?(?P<cell>{CELL})(?![\w(!.:])|(?P<number>\d+))\s*'
)
_CALLED = re.compile(r"(?:CONCATENATE|(?:_xlfn\.)?CONCAT)\((.*)\)", re.DOTALL)
_WHOLE = 10**11  # from here on a cell shows a whole number with its power of ten


def joined_text(formula: str, look: ValueAt, other: OtherSheet = no_sheet) -> str | None:
    """The text that a formula joins of texts, whole numbers and cells that hold such; None for
    any other formula.

    >>> joined_text('A1&" är "&2', lambda *_: "PM"), joined_text("A1+1", lambda *_: "PM")
    ('PM är 2', None)
    >>> joined_text('of:=CONCATENATE("A";" ";[.B2])', lambda *_: 13.0)
    'A 13'
    """
    if len(formula) > _LONGEST:
        return None
    written = in_plain_cells(formula).removeprefix("=").strip()
    called = _CALLED.fullmatch(written)
    if called is None:
        return _joined(written, "&", look, other)
    return _joined(called[1], ";" if formula.startswith("of:") else ",", look, other)


def _joined(written: str, between: str, look: ValueAt, other: OtherSheet) -> str | None:
    pieces, at = list[str](), 0
    while found := _PIECE.match(written, at):
        said = _said(found, look, other)
        if said is None:
            return None
        pieces.append(said)
        at = found.end() + 1
        if found.end() == len(written):
            return "".join(pieces)
        if written[found.end()] != between:
            return None
    return None


def _said(found: re.Match[str], look: ValueAt, other: OtherSheet) -> str | None:
    if found["said"] is not None:
        return found["said"].replace('""', '"')
    if found["number"]:
        return found["number"]
    name = found["quoted"].replace("''", "'") if found["quoted"] else found["plain"]
    sheet = other(name) if name else look
    return _as_joined(sheet(*place_of(found["cell"]))) if sheet else None


def _as_joined(value: object) -> str | None:
    """A cell's value as `&` takes it; nothing of a number with decimals, whose digits depend on how
    it was reckoned, nor of a day or a truth value."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if value == int(value) and abs(value) < _WHOLE else None
