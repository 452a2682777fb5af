"""What stands in a cell, as a formula reads it: whether anything does, u.s. or e.t., a number, a
day."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.spec.model import NUMERIC, Field

# Defined names that hold the answers u.s. and e.t., as typed. A formula looks for `|u.s.|` in them:
# SEARCH regards neither case nor where in the text it stands, and is the same in both programs.
SPECIALS, UNKNOWN = "sarskilda_svar", "okant_svar"
SPECIAL_TEXTS = {
    UNKNOWN: "|u.s.|u.s|us|uppgift saknas|",
    SPECIALS: "|u.s.|u.s|us|uppgift saknas|e.t.|e.t|et|ej tillämpligt|ej tillämplig|",
}
_LEAST_WRITTEN_DAY = 10_000_000  # a number above is a day as 20200315; Excel's last is 2,958,465


def blank(cells: Iterable[str]) -> str:
    """Whether some cells are empty, all of them."""
    return f"({length(cells)}=0)"


def length(cells: Iterable[str]) -> str:
    """How long the texts in some cells are together. Whole columns are not joined first: where one
    of them holds an error value, LibreOffice loses it on the way."""
    return "+".join(f"LEN(TRIM({cell}))" for cell in cells)


def filled(cell: str) -> str:
    """Whether anything stands in a cell."""
    return f"(LEN(TRIM({cell}))>0)"


def plain(field: Field, cell: str) -> str:
    """Not one of the answers u.s. and e.t., where a field takes them."""
    return f"(1-{is_special(SPECIALS, cell)})" if field.specials else "1"


def is_special(name: str, cell: str) -> str:
    """Whether a cell holds one of the answers that a defined name lists."""
    return f'ISNUMBER(SEARCH("|"&TRIM({cell})&"|",{name}))'


def between(number: str, low: str | None, high: str | None) -> str:
    """Whether a number is one, and within bounds."""
    pieces = [f"ISNUMBER({number})"]
    pieces += [f"({number}>={low})"] if low else []
    pieces += [f"({number}<={high})"] if high else []
    return "*".join(pieces)


def number(cell: str) -> str:
    """A cell's number; a number written as text is read the Swedish way, anything else becomes a
    text."""
    # CHAR(160) is the blank that cannot break, which Swedish programs put between thousands. The
    # functions that came after Excel 2007 are saved with `_xlfn.`: without it Excel shows #NAMN?.
    bare = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(LOWER({cell}),"kr",""),CHAR(160),""),"−","-")'
    return f'IF(ISNUMBER({cell}),{cell},IFERROR(_xlfn.NUMBERVALUE({bare},",","."),"x"))'


def day(cell: str) -> str:
    """A cell's day as Excel counts them; 20200315 and 2020-03-15 written as text are days too."""
    written = f'DATEVALUE(TEXT({cell},"0000-00-00"))'
    as_day = f'IF({cell}<{_LEAST_WRITTEN_DAY},{cell},IFERROR({written},"x"))'
    return f'IF(ISNUMBER({cell}),{as_day},IFERROR(DATEVALUE(TRIM({cell})),"x"))'


def in_bounds(field: Field, cell: str) -> str:
    """Whether a cell holds a day or a number within the field's bounds, whole where it must be."""
    if field.type == "date":
        return between(day(cell), *bounds(field))
    inside = between(number(cell), *bounds(field))
    if field.type in {"integer", "year"}:
        inside += f"*IFERROR(MOD({number(cell)},1)=0,FALSE)"
    return inside


def bounds(field: Field) -> tuple[str | None, str | None]:
    """The bounds as a formula writes them; dates as DATE(y,m,d)."""
    return _bound(field, field.minimum), _bound(field, field.maximum)


def _bound(field: Field, value: object) -> str | None:
    if value is None:
        return None
    text = str(value)
    return f"DATE({text[:4]},{int(text[4:6])},{int(text[6:8])})" if field.type == "date" else text


def is_numeric(field: Field) -> bool:
    """Whether the field's cells hold numbers (dates are numbers to a formula)."""
    return field.type in NUMERIC or field.type == "date"
