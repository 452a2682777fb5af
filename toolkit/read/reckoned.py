"""What a simple formula gives: sums, differences, products, shares and powers of numbers and of
cells in its own workbook, and a few functions. Of anything else nothing is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import prod

from toolkit.files.errors import LansrapportError
from toolkit.words.cells import column_number

ValueAt = Callable[[int, int], object]
"""What stands in a cell, by row and column."""
NOT_KNOWN = object()
"""What such a look gives for a cell whose own formula was never calculated."""
OtherSheet = Callable[[str], ValueAt | None]
"""The cells of the workbook's sheet with a name."""
_LONGEST = 400  # signs of a formula; what is longer is no simple one
_MOST = 20_000  # cells of a block
_LARGEST = 307  # power of ten that a cell can hold
_MOST_DECIMALS = 15  # that Excel keeps
CELL = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
SHEET = r"(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<plain>[^\W\d][\w.]*))!"
_TOKEN = re.compile(
    rf"\s*(?:(?:{SHEET})?(?:(?P<block>{CELL}:{CELL})|(?P<cell>{CELL})(?![\w(!.]))|"
    r"(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d{1,2})?)|(?P<name>[A-Z]+)\(|(?P<sign>[-+*/(),%^]))"
)
_REFERENCE = re.compile(rf"(?:of:)?=?\+?(?:{SHEET})?(?P<cell>{CELL})")
_OF_OPENDOCUMENT = re.compile(r"\[\.([^\]:]+)(?::\.([^\]]+))?\]")


class _NotSimple(LansrapportError):
    """The formula holds something that is not reckoned here."""


def no_sheet(_: str) -> None:
    """Of a formula of which only its own sheet is known."""


def result_of(formula: str, look: ValueAt, other: OtherSheet = no_sheet) -> Decimal | None:
    """What a formula gives; None for one that is not simple.

    >>> result_of("500000+1", lambda *_: ""), result_of("of:=SUM([.A1:.A2])", lambda *_: 2.0)
    (Decimal('500001'), Decimal('4.0'))
    >>> result_of("IF(A1>0;1;2)", lambda *_: 1) is None
    True
    """
    if len(formula) > _LONGEST:
        return None
    try:
        return _Reckoning(_in_excels_words(formula), look, other).result()
    except (_NotSimple, ArithmeticError, ValueError):
        return None  # ValueError: a function with too many or too few numbers


def referred_to(formula: str, look: ValueAt, other: OtherSheet = no_sheet) -> object:
    """What stands in the cell that a formula refers to, and does nothing with; None for any other.

    >>> referred_to("$A$1", lambda row, column: "PM"), referred_to("A1&A2", lambda *_: "PM")
    ('PM', None)
    """
    found = _REFERENCE.fullmatch(_in_excels_words(formula))
    if found is None:
        return None
    sheet = look if _sheet_in(found) is None else other(_sheet_in(found) or "")
    return sheet(*place_of(found["cell"])) if sheet else None


def _sheet_in(found: re.Match[str]) -> str | None:
    """The name of the sheet before a cell, where there is one."""
    return found["quoted"].replace("''", "'") if found["quoted"] else found["plain"]


def _in_excels_words(formula: str) -> str:
    """`of:=[.K6]*2;1` as `K6*2,1`."""
    if not formula.startswith("of:="):
        return formula
    return in_plain_cells(formula).removeprefix("=").replace(";", ",")


def in_plain_cells(formula: str) -> str:
    """A formula of OpenDocument with the cells of its own sheet as one reads them: `of:=[.K6]*2` as
    `=K6*2`; any other as it is."""
    plain = _OF_OPENDOCUMENT.sub(lambda at: ":".join(filter(None, at.groups())), formula)
    return plain.removeprefix("of:") if formula.startswith("of:=") else formula


class _Reckoning:
    """One formula, read from left to right."""

    def __init__(self, formula: str, look: ValueAt, other: OtherSheet) -> None:
        self._tokens, self._at = list(_tokens(formula)), 0
        self._look, self._other = look, other

    def result(self) -> Decimal:
        total = self._sum()
        if self._at < len(self._tokens):
            raise _NotSimple
        return total

    def _next(self, *signs: str) -> str:
        """The sign that stands next, if it is one of these."""
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token["sign"] in signs:
                self._at += 1
                return token["sign"]
        return ""

    def _sum(self) -> Decimal:
        total = self._product()
        while sign := self._next("+", "-"):
            part = self._product()
            total = total + part if sign == "+" else total - part
        return total

    def _product(self) -> Decimal:
        total = self._power()
        while sign := self._next("*", "/"):
            part = self._power()
            total = total * part if sign == "*" else total / part
        return total

    def _power(self) -> Decimal:
        """To Excel a minus before a power belongs to what is raised: `-2^2` is 4."""
        total = self._factor()
        while self._next("^"):
            total = total ** self._factor()
            if not total.is_finite() or total.adjusted() > _LARGEST:
                raise _NotSimple
        return total

    def _factor(self) -> Decimal:
        if sign := self._next("-", "+"):
            return -self._factor() if sign == "-" else self._factor()
        value = self._value()
        while self._next("%"):
            value /= 100
        return value

    def _value(self) -> Decimal:
        if self._next("("):
            value = self._sum()
            self._close()
            return value
        token = self._take()
        if token["number"]:
            return Decimal(token["number"])
        if token["cell"]:
            return self._cell(self._sheet_of(token), *place_of(token["cell"]))
        if token["name"] in _FUNCTIONS:
            return self._function(token["name"])
        raise _NotSimple

    def _sheet_of(self, token: re.Match[str]) -> ValueAt:
        name = _sheet_in(token)
        sheet = self._look if name is None else self._other(name)
        if sheet is None:
            raise _NotSimple
        return sheet

    def _take(self) -> re.Match[str]:
        if self._at == len(self._tokens):
            raise _NotSimple
        self._at += 1
        return self._tokens[self._at - 1]

    def _close(self) -> None:
        if not self._next(")"):
            raise _NotSimple

    def _cell(self, look: ValueAt, row: int, column: int) -> Decimal:
        value = look(row, column)
        if value is None or value == "":
            return Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _NotSimple
        return Decimal(str(value))

    def _function(self, name: str) -> Decimal:
        values = list(self._argument())
        while self._next(","):
            values += self._argument()
        self._close()
        return _FUNCTIONS[name](values)

    def _argument(self) -> Iterator[Decimal]:
        """Of a block, its numbers: texts and blanks in it are passed over, as Excel does."""
        if self._at < len(self._tokens) and self._tokens[self._at]["block"]:
            token = self._take()
            yield from self._block(self._sheet_of(token), token["block"])
        else:
            yield self._sum()

    def _block(self, look: ValueAt, written: str) -> Iterator[Decimal]:
        (top, left), (bottom, right) = map(place_of, written.split(":"))
        if (abs(bottom - top) + 1) * (abs(right - left) + 1) > _MOST:
            raise _NotSimple
        for row in range(min(top, bottom), max(top, bottom) + 1):
            for column in range(min(left, right), max(left, right) + 1):
                value = look(row, column)
                if value is NOT_KNOWN:
                    raise _NotSimple
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield Decimal(str(value))


def _product_of(values: Sequence[Decimal]) -> Decimal:
    return prod(values, start=Decimal(1)) if values else Decimal(0)


def _mean_of(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _rounded(values: Sequence[Decimal]) -> Decimal:
    """As Excel does: a half goes away from nought."""
    value, decimals = values
    if not -_MOST_DECIMALS <= decimals <= _MOST_DECIMALS:
        raise _NotSimple
    return value.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)


def _absolute(values: Sequence[Decimal]) -> Decimal:
    (value,) = values
    return abs(value)


_FUNCTIONS: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal(0)),
    "PRODUCT": _product_of,
    "AVERAGE": _mean_of,
    "MIN": lambda values: min(values, default=Decimal(0)),
    "MAX": lambda values: max(values, default=Decimal(0)),
    "ROUND": _rounded,
    "ABS": _absolute,
}


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(formula.rstrip()):
        found = _TOKEN.match(formula, at)
        if found is None:
            raise _NotSimple
        yield found
        at = found.end()


def place_of(cell: str) -> tuple[int, int]:
    """The row and column of a cell's name, `$` before either or not."""
    letters = re.fullmatch(CELL, cell)
    if letters is None:
        raise _NotSimple
    return int(letters[2]), column_number(letters[1])
