"""Rows beside the transactions: opening and closing balances, subtotals, the sum of all. They are
known by words that the agency keeps (huvudbok.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.ledger.entries import AccountChart
from toolkit.ledger.layout import Layout
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_SHORT = 3  # letters: a shorter word (IB, UB) is looked for in every row with care


class Marks:
    """What tells such a row from a transaction, in the columns beside keys, amounts and days."""

    def __init__(self, layout: Layout, chart: AccountChart) -> None:
        self.others = layout.others
        self.account = layout.columns["account"]
        self.voucher = layout.columns.get("voucher")
        self.balances = _pattern(chart.balances, r"(?: .*)?")
        # `Summa konto 4110`, `Summa 4110 Löner`; but `Summa hyra mars` may be a transaction.
        self.totals = _pattern(chart.totals, r"(?: (?:konto |för )?\d.*|:)?")
        words = {word for word in (*chart.balances, *chart.totals) if len(word) > _SHORT}
        # Without the first letter: `Summa`, `SUMMA`.
        stems = {word.split()[-1][1:] for word in words}
        self.stems = sorted({*stems, *(stem.upper() for stem in stems)})

    def maybe(self, rows: Sequence[Sequence[object]]) -> bool:
        """Whether any of some rows, all of texts, may be one: quicker than to look at each. Raises
        TypeError where something is no text, IndexError where a row is shorter."""
        for place in self.others:
            written = "\n".join([values[place] for values in rows])  # type: ignore[misc]
            if any(stem in written for stem in self.stems):
                return True
        return False

    def told(self, values: Sequence[object]) -> str:
        """`balances` or `totals` for such a row; nothing for a transaction. A row with a voucher is
        a transaction, whatever its text begins with."""
        cells = [(at, values[at]) for at in self.others if at < len(values) and values[at]]
        # Some lists have the word in the account's own column: `Summa 4110`.
        account = values[self.account] if self.account < len(values) else ""
        if not text(account)[:1].isdigit():
            cells.append((self.account, account))
        for place, value in cells:
            kind = self._kind(fold(text(value)))
            if kind and not self._has_voucher(values, place):
                return kind
        return ""

    def _kind(self, folded: str) -> str:
        if self.balances.fullmatch(folded):
            return "balances"
        return "totals" if self.totals.fullmatch(folded) else ""

    def _has_voucher(self, values: Sequence[object], place: int) -> bool:
        """Whether a voucher stands in the row, in another cell than the one that tells."""
        at = self.voucher
        if at is None or at == place or at >= len(values):
            return False
        return any(char.isdigit() for char in text(values[at]))


def _pattern(words: Sequence[str], end: str) -> re.Pattern[str]:
    """Any of the words, and what may follow; nothing at all where there are none."""
    known = "|".join(re.escape(fold(word)) for word in words)
    return re.compile(f"(?:{known}){end}" if known else r"(?!)")
