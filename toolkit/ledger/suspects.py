"""Rows that may be balances, sums or what a page takes over, though nothing is sure: they are
counted, and it is asked what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.ledger.balancetexts import BEGUN, PURE, SHORT, SURE, balance_text
from toolkit.ledger.layout import Layout
from toolkit.ledger.listed import RawKey, Sum
from toolkit.ledger.rows import TableRow
from toolkit.words.amounts import format_kr
from toolkit.words.celltext import text

SUSPECT = "saldorader"
"""The doubt of such rows."""
_NAMED = 5  # rows that a message names
_SAMPLE = 512  # rows by which it is known which columns are always filled
_FEW = 10  # times as many rows that have something: then one that lacks it is an exception
_MANY = 200  # rows that lack something: more are no exceptions
_LETTERS = 4  # of someone's initials, or of a kind of vouchers
_TOLD_BY = ("voucher", "dated", "period")
_TELLING = (*_TOLD_BY, "code")


class Suspect(NamedTuple):
    """A row: what it is booked on, how its text says it, how many rows above come to the same, and
    the columns that it has nothing in; where its text has two letters alone, the columns of
    those."""

    line: int
    key: RawKey
    amount: Decimal
    kind: str
    above: int
    blank: frozenset[int]
    short: frozenset[int] = frozenset()


@dataclass(slots=True)
class Suspects:
    """Those of a listing. `filled` counts the cells of each column that have something, of the
    first rows; `since` is what all rows had come to at the last suspect, and `lacking` counts the
    rows without a word that lack a voucher or a day (`told_by`). `initials` counts the cells of
    each column with a few letters and no word of a balance."""

    telling: frozenset[int] = frozenset()
    told_by: tuple[int, ...] = ()
    lacking: int = 0
    width: int = 0
    account: int = 0
    rows: int = 0
    blank: Counter[int] = field(default_factory=Counter)
    initials: Counter[int] = field(default_factory=Counter)
    found: list[Suspect] = field(default_factory=list)
    since: tuple[Decimal, int] = (Decimal(0), 0)

    def begin(self, layout: Layout, total: Decimal, rows: int) -> None:
        """A listing, and what was read before it."""
        named = (layout.columns.get(name) for name in _TELLING)
        self.telling = frozenset(place for place in named if place is not None)
        self.told_by = tuple(layout.columns[name] for name in _TOLD_BY if name in layout.columns)
        self.lacking = 0
        self.width, self.account = layout.width, layout.columns["account"]
        self.rows, self.blank, self.initials, self.found = 0, Counter(), Counter(), []
        self.since = (total, rows)

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more, of which the first tell which columns are always filled."""
        if self.rows >= _SAMPLE:
            return
        at = self.account
        rows = [values for _, _, values in batch if at < len(values) and text(values[at])]
        self.rows += len(rows)
        for place in range(self.width):
            cells = Counter(_cell(values, place) for values in rows)
            self.blank[place] += cells[""]
            self.initials[place] += sum(cells[one] for one in cells if _is_initials(one))

    def is_partly_bare(self, values: Sequence[object]) -> bool:
        """Whether a row lacks something that tells a transaction, as few rows do."""
        return self.lacking < _MANY and any(not _cell(values, at) for at in self.told_by)

    def add(
        self, line: int, values: Sequence[object], told: tuple[RawKey, str, Decimal, int]
    ) -> None:
        """A row that may be one: its key, how its text says it, its amount, and how many rows above
        come to the same."""
        key, kind, amount, above = told
        self.lacking += not kind
        if not kind and not above:
            return
        blank = frozenset(place for place in range(self.width) if not _cell(values, place))
        short = _short_in(values) if kind == SHORT else frozenset()
        self.found.append(Suspect(line, key, amount, kind, above, blank, short))

    def asked(self, sums: Mapping[RawKey, Sum]) -> str:
        """The rows that are asked about, by line and amount. `sums` are those of all rows, these
        with them: a balance may stand before what it is of."""
        if not self.found:
            return ""
        lacking = Counter(chain.from_iterable(one.blank for one in self.found))
        always = {
            place
            for place in range(self.width)
            if self.blank[place] <= lacking[place] or self.blank[place] * _FEW <= self.rows
        }
        whole = _parts_of(sums)
        odd = [one for one in self.found if self._is_asked(one, always) or _is_all(one, whole)]
        more = " …" if odd[_NAMED:] else ""
        return ", ".join(f"{one.line} ({format_kr(one.amount)})" for one in odd[:_NAMED]) + more

    def _is_asked(self, one: Suspect, always: set[int]) -> bool:
        lacks = one.blank & always
        if one.kind == SURE or (one.kind == SHORT and not self._is_someone(one)):
            return True
        if one.kind in (PURE, SHORT) and (lacks or one.above):
            return True
        if one.kind == BEGUN and lacks & self.telling:
            return True
        return one.above > 1 and bool(one.kind or lacks & self.telling)

    def _is_someone(self, one: Suspect) -> bool:
        """Whether two letters stand where other rows have such ones too, or so many have the same
        that they are no exception."""
        alike = sum(other.short == one.short for other in self.found)
        if alike * _FEW > max(self.rows, _FEW * 2):
            return True
        places = (at for at in one.short if self.initials[at])
        return any(self.initials[at] * 2 > self.rows - self.blank[at] - alike for at in places)


def rows_above(
    key: RawKey, amount: Decimal, sums: Mapping[RawKey, Sum], since: tuple[Decimal, int]
) -> int:
    """How many rows so far come to an amount: all of an account, those of its code or post, or
    `since` (what has come since some row, and how many rows); 0 where none do."""
    found = [since[1]] if since[0] == amount else []
    for length in (1, 2, 3):
        own = [one for name, one in sums.items() if _is_under(name, key[:length])]
        if own and sum((one.amount for one in own), Decimal(0)) == amount:
            found.append(sum(one.count for one in own))
    return max(found, default=0)


def _parts_of(sums: Mapping[RawKey, Sum]) -> dict[RawKey, tuple[Decimal, int]]:
    """Kronor and rows of all, of each account, and of its codes and posts."""
    found: dict[RawKey, tuple[Decimal, int]] = {}
    for key, one in sums.items():
        for part in {_part(key, length) for length in range(4)}:
            amount, rows = found.get(part, (Decimal(0), 0))
            found[part] = amount + one.amount, rows + one.count
    return found


def _part(key: RawKey, length: int) -> RawKey:
    return tuple(map(text, key[:length]))


def _is_all(one: Suspect, whole: Mapping[RawKey, tuple[Decimal, int]]) -> bool:
    """Whether a row with such a text comes to all others together, of its account or of a part."""
    if not one.kind or not one.amount:
        return False
    parts = (whole.get(_part(one.key, length), (Decimal(0), 0)) for length in range(4))
    return any(rows > 2 and amount == 2 * one.amount for amount, rows in parts)


def _is_under(name: RawKey, part: RawKey) -> bool:
    return all(text(one) == text(other) for one, other in zip(name, part, strict=False))


def _cell(values: Sequence[object], place: int) -> str:
    return text(values[place]) if place < len(values) else ""


def _is_initials(cell: str) -> bool:
    short = len(cell) <= _LETTERS and cell.isalpha() and (cell.isupper() or not cell[2:])
    return short and balance_text(cell) != SHORT


def _short_in(values: Sequence[object]) -> frozenset[int]:
    return frozenset(at for at, one in enumerate(values) if balance_text(text(one)) == SHORT)
