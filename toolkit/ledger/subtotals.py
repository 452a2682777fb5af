"""Sums among the transactions that no word tells: rows without voucher and day, where the others
have them, that come to what stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from toolkit.ledger.layout import Layout
from toolkit.words.amounts import format_kr
from toolkit.words.celltext import text

_NAMED = 5  # loose rows that a message names
_FEW = 10  # times as many other rows: then a loose one is an exception
_TELLING = ("voucher", "dated", "period")


class HeldSum(NamedTuple):
    """A row that comes to what `rows` above it do, until it is known what it is."""

    key: tuple[object, ...]
    amount: Decimal
    line: int
    rows: int = 0


@dataclass(slots=True)
class Bare:
    """The rows of a listing that have neither voucher nor day. `begun` are the running totals at
    which a group may have begun, each with how many rows stood above it; `loose` counts the rows
    that are no sum of any above them, and `named` are the first of those, by line and amount.
    `before` is how many rows stood before the listing."""

    places: tuple[int, ...] = ()
    begun: dict[Decimal, int] = field(default_factory=dict)
    held: list[HeldSum] = field(default_factory=list)
    loose: int = 0
    named: list[tuple[int, Decimal]] = field(default_factory=list)
    before: int = 0

    def begin(self, layout: Layout, total: Decimal, rows: int) -> None:
        """A listing, and what was read before it."""
        named = (layout.columns.get(name) for name in _TELLING)
        self.places = tuple(place for place in named if place is not None)
        self.begun, self.held, self.loose = {total: rows}, [], 0
        self.named, self.before = [], rows

    def maybe(self, rows: Sequence[Sequence[object]]) -> bool:
        """Whether any of some rows may be one: quicker than to look at each."""
        if not self.places:
            return False
        return all(_has_blank([values[place] for values in rows]) for place in self.places)

    def told(self, values: Sequence[object]) -> bool:
        """Whether a row has neither voucher nor day."""
        own = [values[place] for place in self.places if place < len(values)]
        return bool(self.places) and not any(map(text, own))

    def takes(self, row: HeldSum, total: Decimal, rows: int) -> bool:
        """Whether a row without voucher and day is held as a sum of those above: of all since some
        other sum, so that sums of sums are known too."""
        above = rows - self.begun.get(total - row.amount, rows)
        if not above:
            self._note_loose(row)
            return False
        self.held.append(row._replace(rows=above))
        self.begun.setdefault(total, rows)
        return True

    def _note_loose(self, row: HeldSum) -> None:
        self.loose += 1
        if row.amount and len(self.named) < _NAMED:
            self.named.append((row.line, row.amount))

    def few(self, rows: int) -> str:
        """The rows without voucher and day that are no sums, where they are so few among `rows` so
        far that nobody has meant them for transactions; nothing where they are not."""
        if not self.named or self.loose * _FEW > rows - self.before:
            return ""
        more = " …" if self.loose > len(self.named) else ""
        return ", ".join(f"{line} ({format_kr(kronor)})" for line, kronor in self.named) + more

    def is_doubtful(self, held: Sequence[HeldSum]) -> bool:
        """Whether nobody can know if the rows held are sums: some others without voucher and day
        are none, or each comes to a single row, which may have been booked twice."""
        return bool(self.loose) or all(one.rows == 1 for one in held)


def _has_blank(values: Sequence[object]) -> bool:
    return "" in values or None in values
