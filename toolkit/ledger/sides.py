"""What a row's amount is: one column, one beside a sign of its side, or debit less credit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from toolkit.ledger.layout import SIDES, Layout
from toolkit.ledger.sidewords import CREDIT, DEBIT, side_of
from toolkit.ledger.tally import Tally
from toolkit.words.celltext import text

Read = Callable[[object], Decimal | None]


class SideReader:
    """Amounts with their signs; what is on the side of credit is below zero."""

    def __init__(self, layout: Layout, read: Read) -> None:
        self.columns, self.read = layout.columns, read

    def amount(self, values: Sequence[object], tally: Tally) -> tuple[Decimal | None, object]:
        """The amount, and what stands there. None for what is none."""
        if "amount" not in self.columns:
            return self._two_columns(values, tally)
        raw = values[self.columns["amount"]]
        amount = self.read(raw)
        if amount is None or "side" not in self.columns:
            return amount, raw
        return self._on_side(amount, values, tally)

    def has_amount(self, values: Sequence[object]) -> bool:
        """Whether any column for amounts holds a figure."""
        places = [self.columns[name] for name in ("amount", *SIDES) if name in self.columns]
        own = [text(values[place]) for place in places if place < len(values)]
        return any(map(_has_digit, own))

    def _two_columns(self, values: Sequence[object], tally: Tally) -> tuple[Decimal | None, object]:
        """An empty column is nothing; two empty ones are no amount. Some programs write credits
        below zero in their own column: all of them, or none."""
        raw = [values[self.columns[name]] for name in SIDES]
        debit, credit = (self.read(one) if text(one) else Decimal(0) for one in raw)
        stood = next((one for one in raw if text(one)), "")
        if debit is None or credit is None or not text(stood):
            return None, stood
        if credit:  # nought has no sign that could tell
            tally.signs.add(("credit", credit < 0))
        return debit - abs(credit), stood

    def _on_side(
        self, amount: Decimal, values: Sequence[object], tally: Tally
    ) -> tuple[Decimal | None, object]:
        """An amount by the sign beside it. Some programs write it without its own sign, some with:
        which one is told by whether credits are above zero, and a file may not do both."""
        place = self.columns["side"]
        told = values[place] if place < len(values) else ""
        side = side_of(told)
        if side == DEBIT:
            tally.signs.add(("debit", amount < 0))
            return amount, told
        if side == CREDIT:
            if amount:  # nought has no sign that could tell
                tally.signs.add(("credit", amount < 0))
            return -abs(amount), told
        return None, told


def _has_digit(written: str) -> bool:
    return any(map(str.isdigit, written))
