"""Rows that stand on two sheets of a workbook, as when one of them is a selection of the other."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.ledger.days import day_shown
from toolkit.ledger.keys import account_of, is_account, unwrapped
from toolkit.ledger.layout import Layout
from toolkit.ledger.rows import TableRow
from toolkit.ledger.sheets import doubts_of_sheets
from toolkit.ledger.sides import SideReader
from toolkit.ledger.tally import Tally, read_amount, read_thousands
from toolkit.words.celltext import text

COPIED = "radkopior"
"""The doubt of such rows."""
_DAYS = frozenset(("dated", "period"))
_TELLING = ("voucher", *sorted(_DAYS))
_LEAST = 2  # rows that are on both: a single one may go on from sheet to sheet
_BARE = 5  # rows, where neither voucher nor day tells them from others
_MOST_OF = Decimal("0.9")  # of the smaller sheet, where no voucher tells its rows

ToldBy = frozenset[str]
"""What two sheets both tell a transaction by, of voucher, day and period."""


class SheetRows:
    """The rows of one sheet, each as a number that two alike have in common: a sheet may have a
    million of them."""

    def __init__(self, name: str, layout: Layout, wanted: set[ToldBy]) -> None:
        self.name, self._columns = name, layout.columns
        self._wide = max(layout.columns.values()) + 1
        self._sides = SideReader(layout, read_thousands if layout.thousands else read_amount)
        self._scratch = Tally()
        self.kept: dict[ToldBy, array[int]] = {told: array("q") for told in wanted}

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more; those without account or amount are no transactions."""
        for _, _, values in batch if self.kept else ():
            full = [*values, *[""] * (self._wide - len(values))]
            if not is_account(full[self._columns["account"]]):
                continue
            amount, _ = self._sides.amount(full, self._scratch)
            if amount:
                self._keep(full, amount)

    def _keep(self, full: Sequence[object], amount: Decimal) -> None:
        account = account_of(unwrapped(text(full[self._columns["account"]])))
        code = unwrapped(text(full[self._columns["code"]])).upper()
        for told, kept in self.kept.items():
            more = tuple(text(day_shown(full[self._columns[one]])) for one in sorted(told))
            if "voucher" not in told or text(full[self._columns["voucher"]]):
                kept.append(hash((account, code, amount, more)))


class Copies:
    """All sheets of a file; nothing is kept of a single one."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._told = [frozenset(_TELLING).intersection(one.columns) for one in layouts]
        self._sheets: list[SheetRows] = []

    def begin(self, name: str, layout: Layout) -> SheetRows:
        """The next sheet, with what it has in common with each of the others."""
        at = len(self._sheets)
        others = [*self._told[:at], *self._told[at + 1 :]]
        self._sheets.append(SheetRows(name, layout, {self._told[at] & one for one in others}))
        return self._sheets[-1]

    def tell(self, tally: Tally) -> None:
        """Doubts a file of which one sheet has rows of another, where no sheet is all of others."""
        if any(doubts_of_sheets(tally.listings)):
            return
        names = dict.fromkeys(self._copied())
        if names:
            tally.doubts.add(COPIED)
            tally.particulars[COPIED] = ", ".join(names)

    def _copied(self) -> Iterator[str]:
        """The smaller of each two sheets that have rows in common."""
        pairs = zip(self._sheets, self._told, strict=True)
        for (one, one_told), (other, other_told) in combinations(pairs, 2):
            told = one_told & other_told
            small, large = sorted((one, other), key=lambda sheet: len(sheet.kept[told]))
            if _are_copied(small.kept[told], large.kept[told], told):
                yield small.name


def _are_copied(small: Sequence[int], large: Sequence[int], told: ToldBy) -> bool:
    """Whether the rows that two sheets have in common are the same transactions."""
    own = set(small)
    shared = len(own.intersection(large))
    if "voucher" in told:
        return bool(own) and (shared == len(own) or (shared >= _LEAST and bool(told & _DAYS)))
    least = _LEAST if told else _BARE
    return shared >= least and shared >= _MOST_OF * len(own)
