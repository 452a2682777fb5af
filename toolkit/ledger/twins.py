"""Columns that may be the account or the code as well as the one that is taken for it."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.ledger.keys import account_of, is_account, unwrapped
from toolkit.ledger.layout import Layout
from toolkit.ledger.rows import TableRow
from toolkit.words.celltext import text

_ASKED = ("account", "code", "post", "counterpart")
"""What a sum is of: of two days or vouchers the first may do."""


class Twins:
    """Whether any such column says something else. One that is empty, or the same, says nothing;
    nor does the name of an account beside its number."""

    def __init__(self, layout: Layout) -> None:
        self.heading = ""
        self._layout = layout
        self._pairs: list[tuple[str, int, int]] = []
        for name in _ASKED:
            own = layout.columns.get(name, 0)
            self._pairs += [(name, own, other) for other in layout.twins.get(name, ())]

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more."""
        if self.heading or not self._pairs:
            return
        for name, own, other in self._pairs:
            if any(_differ(name, values, own, other) for _, _, values in batch):
                self.heading = text(self._layout.header.values[other])


def _differ(name: str, values: Sequence[object], own: int, other: int) -> bool:
    if max(own, other) >= len(values):
        return False
    one, two = (unwrapped(text(values[at])) for at in (own, other))
    if name == "account":
        return is_account(one) and is_account(two) and account_of(one) != account_of(two)
    return bool(two) and one.casefold() != two.casefold()
