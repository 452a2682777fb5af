"""Sheets without headings that are known, whose rows may be transactions all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from toolkit.ledger.entries import AccountChart
from toolkit.ledger.keys import account_of, is_account, unwrapped
from toolkit.ledger.layout import parts_in
from toolkit.ledger.otherdays import Hint, may_be_day
from toolkit.ledger.rows import TableRow
from toolkit.ledger.sections import account_in_heading
from toolkit.ledger.tally import Tally, read_amount
from toolkit.words.celltext import text

UNLISTED = "olasta_blad"
"""The doubt of such sheets."""
_HEADED = 2  # parts of a transaction that a row of headings names


class Unlisted(NamedTuple):
    """A sheet that is shown and not read."""

    name: str
    rows: Iterator[TableRow]


def note_unlisted(sheets: Sequence[Unlisted], tally: Tally, chart: AccountChart) -> None:
    """Doubts a file of which a sheet may have transactions that were not read."""
    known = _Known.of(tally, chart)
    names = [one.name for one in sheets if _has_transactions(one.rows, known, chart)]
    if names:
        tally.doubts.add(UNLISTED)
        tally.particulars[UNLISTED] = ", ".join(names)


class _Known(NamedTuple):
    """The accounts and codes that have been read."""

    accounts: Collection[str]
    codes: Collection[str]
    chart: AccountChart

    @classmethod
    def of(cls, tally: Tally, chart: AccountChart) -> _Known:
        """Those of a tally."""
        keys = [tuple(unwrapped(text(part)) for part in key[:2]) for key in tally.sums]
        accounts = {account_of(account) for account, _ in keys}
        return cls(accounts, {code.upper() for _, code in keys if code}, chart)

    def is_account(self, cell: object) -> bool:
        """Whether an account of the chart stands in a cell, or one that has been read."""
        if not is_account(cell):
            return False
        account = account_of(unwrapped(text(cell)))
        return account in self.accounts or self.chart.kind_of(account) is not None

    def kind(self, cell: object) -> str:
        """What a cell may be of a transaction."""
        if self.is_account(cell):
            return "account"
        if unwrapped(text(cell)).upper() in self.codes:
            return "code"
        if may_be_day(cell, Hint()):
            return "day"
        return "" if read_amount(cell) is None else "amount"


def _has_transactions(rows: Iterator[TableRow], known: _Known, chart: AccountChart) -> bool:
    """Whether any row has an amount beside two of account, code and day; or beside one of them
    where headings, or an account above, tell the rest."""
    wanted = 2
    for _, _, values in rows:
        cells = [one for one in values if text(one)]
        kinds = {known.kind(one) for one in cells}
        if "amount" not in kinds:
            wanted = 1 if _tells_more(cells, known, chart) else wanted
        elif len(kinds & {"account", "code", "day"}) >= wanted:
            return True
    return False


def _tells_more(cells: Sequence[object], known: _Known, chart: AccountChart) -> bool:
    """Whether a row has headings, or is the heading of the rows of an account."""
    if len(parts_in(cells, chart)) >= _HEADED:
        return True
    accounts = [one for one in cells if known.is_account(account_in_heading(one))]
    return len(accounts) == 1 and all(one in accounts or read_amount(one) is None for one in cells)
