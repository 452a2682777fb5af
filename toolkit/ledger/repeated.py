"""Rows that stand once more at the end of a file, as when a page has been copied twice."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import itemgetter

from toolkit.ledger.layout import SIDES, Layout

_KEPT = 5_000  # rows that are remembered, from the end: more would grow with the file
_LEAST = 10  # rows: fewer may be alike by chance
_TRIES = 200  # places where the last row stands once more that are looked at
_PARTS = ("voucher", "account", "amount", *SIDES)


class Seen:
    """What is known again of each row of a listing that has vouchers: a number for each, since the
    rows of a large file are not kept."""

    def __init__(self, layout: Layout) -> None:
        columns = layout.columns
        self.told = "voucher" in columns
        places = [columns[name] for name in _PARTS if name in columns]
        self._own = itemgetter(*places) if self.told else len
        self.rows: array[int] = array("q")

    def note(self, rows: Sequence[Sequence[object]]) -> None:
        """Some rows; short ones are no transactions."""
        if self.told:
            if len(self.rows) > 2 * _KEPT:
                del self.rows[:-_KEPT]
            try:
                self.rows.extend(map(hash, map(self._own, rows)))
            except IndexError:
                self._note_each(rows)

    def _note_each(self, rows: Sequence[Sequence[object]]) -> None:
        for values in rows:
            try:
                self.rows.append(hash(self._own(values)))
            except IndexError:
                continue

    @property
    def repeated(self) -> int:
        """How many rows at the end stand in the same order further up; 0 where they are too few to
        tell, or all alike."""
        rows = self.rows
        # Below the last transaction there may be a sum, and blank rows.
        for end in range(len(rows), max(len(rows) - 3, _LEAST), -1):
            found = _longest(rows, end)
            if found >= _LEAST and len(set(rows[end - found : end])) >= _LEAST // 2:
                return found
        return 0


def _longest(rows: array[int], end: int) -> int:
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


def _length(rows: array[int], first: int, last: int) -> int:
    """How far back two places are alike, not further than to where they meet."""
    length = 0
    while length <= first and length < last - first and rows[first - length] == rows[last - length]:
        length += 1
    return length
