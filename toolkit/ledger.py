"""A county's ledger extract, added up: what it spent by code, post and kind of cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from toolkit.yamlsource import Strict


class Entry(NamedTuple):
    """One transaction. `line` is its line or row in the file; costs are positive."""

    account: str
    amount: Decimal
    code: str
    post: str
    line: int


class Kind(Strict):
    """Accounts from `first` to `last` (both included, compared as text of equal length) are one kostnadsslag."""

    first: str
    last: str
    kind: str


class Chart(Strict):
    """How ledgers are read: data that the agency can change (templates/<year>/huvudbok.yaml).

    `columns` gives the headings that each column may have; `kinds` says which accounts are costs and of which
    kind, and accounts outside them are left out; `code_dimension` is SIE's dimension for the verksamhetskod."""

    columns: dict[str, tuple[str, ...]]
    kinds: tuple[Kind, ...]
    code_dimension: str

    def kind_of(self, account: str) -> str | None:
        """The kostnadsslag of an account; None for an account that is not a cost."""
        for kind in self.kinds:
            if len(account) == len(kind.first) and kind.first <= account <= kind.last:
                return kind.kind
        return None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger extract. `sums` are kronor by (code, kind). `bad_lines` could not be read: (line, why).

    `control` is the sum of all cost transactions read; `left_out` counts transactions on other accounts.
    `mapping` tells which column was taken for what."""

    file: str
    county: str | None
    sums: Mapping[tuple[str, str], Decimal]
    transactions: int
    control: Decimal
    left_out: int = 0
    bad_lines: tuple[tuple[int, str], ...] = ()
    mapping: tuple[tuple[str, str], ...] = field(default=())

    def by_code(self) -> dict[str, Decimal]:
        """Kronor by verksamhetskod."""
        totals: dict[str, Decimal] = {}
        for (code, _), amount in self.sums.items():
            totals[code] = totals.get(code, Decimal(0)) + amount
        return totals
