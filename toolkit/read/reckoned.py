"""What a simple formula gives: sums, differences, products and shares of numbers and of cells on
its own sheet. Of anything else nothing is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, DecimalException

from toolkit.files.errors import LansrapportError
from toolkit.words.cells import column_number

ValueAt = Callable[[int, int], object]
"""What stands in a cell, by row and column."""
_LONGEST = 400  # signs of a formula; what is longer is no simple one
_MOST = 20_000  # cells of a block
_CELL = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
_TOKEN = re.compile(
    rf"\s*(?:(?P<block>{_CELL}:{_CELL})|(?P<cell>{_CELL})(?![\w(!.])|"
    r"(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d{1,2})?)|(?P<name>[A-Z]+)\(|(?P<sign>[-+*/(),%]))"
)
_OF_OPENDOCUMENT = re.compile(r"\[\.([^\]:]+)(?::\.([^\]]+))?\]")


class _NotSimple(LansrapportError):
    """The formula holds something that is not reckoned here."""


def result_of(formula: str, look: ValueAt) -> Decimal | None:
    """What a formula gives; None for one that is not simple.

    >>> result_of("500000+1", lambda *_: ""), result_of("of:=SUM([.A1:.A2])", lambda *_: 2.0)
    (Decimal('500001'), Decimal('4.0'))
    >>> result_of("IF(A1>0;1;2)", lambda *_: 1) is None
    True
    """
    if len(formula) > _LONGEST:
        return None
    try:
        return _Reckoning(_in_excels_words(formula), look).result()
    except (_NotSimple, DecimalException):
        return None


def _in_excels_words(formula: str) -> str:
    """`of:=[.K6]*2;1` as `K6*2,1`."""
    if not formula.startswith("of:="):
        return formula
    plain = _OF_OPENDOCUMENT.sub(lambda at: ":".join(filter(None, at.groups())), formula[4:])
    return plain.replace(";", ",")


class _Reckoning:
    """One formula, read from left to right."""

    def __init__(self, formula: str, look: ValueAt) -> None:
        self._tokens, self._look, self._at = list(_tokens(formula)), look, 0

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
        total = self._factor()
        while sign := self._next("*", "/"):
            part = self._factor()
            total = total * part if sign == "*" else total / part
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
            return self._cell(*_place(token["cell"]))
        if token["name"] in {"SUM", "PRODUCT"}:
            return self._function(token["name"])
        raise _NotSimple

    def _take(self) -> re.Match[str]:
        if self._at == len(self._tokens):
            raise _NotSimple
        self._at += 1
        return self._tokens[self._at - 1]

    def _close(self) -> None:
        if not self._next(")"):
            raise _NotSimple

    def _cell(self, row: int, column: int) -> Decimal:
        value = self._look(row, column)
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
        total = Decimal(name == "PRODUCT" and bool(values))
        for value in values:
            total = total + value if name == "SUM" else total * value
        return total

    def _argument(self) -> Iterator[Decimal]:
        """Of a block, its numbers: texts and blanks in it are passed over, as Excel does."""
        if self._at < len(self._tokens) and self._tokens[self._at]["block"]:
            yield from self._block(self._take()["block"])
        else:
            yield self._sum()

    def _block(self, written: str) -> Iterator[Decimal]:
        (top, left), (bottom, right) = map(_place, written.split(":"))
        if (abs(bottom - top) + 1) * (abs(right - left) + 1) > _MOST:
            raise _NotSimple
        for row in range(min(top, bottom), max(top, bottom) + 1):
            for column in range(min(left, right), max(left, right) + 1):
                value = self._look(row, column)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield Decimal(str(value))


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(formula.rstrip()):
        found = _TOKEN.match(formula, at)
        if found is None:
            raise _NotSimple
        yield found
        at = found.end()


def _place(cell: str) -> tuple[int, int]:
    letters = re.fullmatch(_CELL, cell)
    if letters is None:
        raise _NotSimple
    return int(letters[2]), column_number(letters[1])
