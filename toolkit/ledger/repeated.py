"""Rows that stand once more at the end of a file, as when a page has been copied twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import chain

from toolkit.ledger.layout import SIDES, Layout
from toolkit.ledger.rows import TableRow

_KEPT = 40  # batches of rows that are remembered, from the end: more would grow with the file
_LEAST = 10  # rows: fewer may be alike by chance
_TRIES = 200  # places where the last row stands once more that are looked at
_PARTS = ("voucher", "account", "amount", *SIDES)


class Seen:
    """The last rows of a listing that has vouchers; those of a large file are not all kept."""

    def __init__(self, layout: Layout) -> None:
        columns = layout.columns
        self.told = "voucher" in columns
        self._places = [columns[name] for name in _PARTS if name in columns]
        self._kept: deque[Sequence[TableRow]] = deque(maxlen=_KEPT)

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more."""
        if self.told:
            self._kept.append(batch)

    @property
    def _rows(self) -> list[tuple[object, ...]]:
        """What each row is known again by; short ones are no transactions."""
        least = max(self._places) + 1
        rows = (values for _, _, values in chain.from_iterable(self._kept) if len(values) >= least)
        return [tuple(values[place] for place in self._places) for values in rows]

    @property
    def repeated(self) -> int:
        """How many rows at the end stand in the same order further up; 0 where they are too few to
        tell, or all alike."""
        rows = self._rows
        # Below the last transaction there may be a sum, and blank rows.
        for end in range(len(rows), max(len(rows) - 3, _LEAST), -1):
            found = _longest(rows, end)
            if found >= _LEAST and len(set(rows[end - found : end])) >= _LEAST // 2:
                return found
        return 0


def _longest(rows: Sequence[object], end: int) -> int:
    """The longest run that ends at `end` and is found once more before itself."""
    longest, at = 0, end - 1
    start = 0
    for _ in range(_TRIES):
        try:
            found = rows.index(rows[at], start, at)
        except ValueError:
            break
        longest = max(longest, _length(rows, found, at))
        start = found + 1
    return longest


def _length(rows: Sequence[object], first: int, last: int) -> int:
    """How far back two places are alike, not further than to where they meet."""
    length = 0
    while length <= first and length < last - first and rows[first - length] == rows[last - length]:
        length += 1
    return length
