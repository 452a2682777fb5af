"""Which rows of a listing are of the year's last day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.ledger.days import day_shown
from toolkit.ledger.layout import Layout
from toolkit.ledger.rows import TableRow
from toolkit.ledger.yearend import YearEnd, is_last_day, is_last_period
from toolkit.words.celltext import text


class LastDay:
    """Knows them by their day and their period, and what else they have in common."""

    def __init__(self, layout: Layout) -> None:
        columns = layout.columns
        self.account, self.code = columns["account"], columns["code"]
        self.post, self.voucher = columns.get("post"), columns.get("voucher")
        self.dated, self.period = columns.get("dated"), columns.get("period")
        taken = {*columns.values()}
        self._known: set[object] = set()
        self._last: set[object] = set()
        self.texts = [place for place in layout.others if place not in taken]

    def among(self, rows: Sequence[Sequence[object]], days: set[object]) -> bool:
        """Whether any of some rows, whose days are these, may be."""
        fresh = days - self._known
        self._known |= fresh
        self._last |= {day for day in fresh if is_last_day(day)}
        if not self._last.isdisjoint(days):
            return True
        at = self.period
        return at is not None and any(map(is_last_period, {values[at] for values in rows}))

    def note_all(self, batch: Sequence[TableRow], amounts: Sequence[int], found: YearEnd) -> None:
        """Those of a batch, whose amounts are in öre."""
        for (line, _, values), ore in zip(batch, amounts, strict=True):
            if self._is_last(values):
                self._note(line, values, Decimal(ore).scaleb(-2), found)

    def note(self, line: int, values: Sequence[object], amount: Decimal, found: YearEnd) -> None:
        """A row, if it is one."""
        if self._is_last(values):
            self._note(line, values, amount, found)

    def _is_last(self, values: Sequence[object]) -> bool:
        day, period = self._value(values, self.dated), self._value(values, self.period)
        shown = day_shown(day)
        if shown in self._last or is_last_day(shown):
            return True
        return self.period is not None and is_last_period(period)

    def _note(self, line: int, values: Sequence[object], amount: Decimal, found: YearEnd) -> None:
        key = tuple(self._value(values, at) for at in (self.account, self.code, self.post))
        told = "\n".join(text(self._value(values, at)) for at in self.texts).strip()
        found.note(line, key, amount, (text(self._value(values, self.voucher)), told))

    def _value(self, values: Sequence[object], place: int | None) -> object:
        return values[place] if place is not None and place < len(values) else ""
