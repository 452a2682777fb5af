"""A county board that stands on every row of a list, in a column that is not read: whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.ledger.layout import Layout
from toolkit.ledger.rows import TableRow
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

BOARDS = "styrelser"
"""The name of what is told of them."""
_LEAST = 3  # rows: on fewer it may be whom the money went to
_BOARD = re.compile(r"länsstyrelse.*|lst\b.*|\d{6}-?\d{4}")
"""What may be the name or the number of a board; which one is told elsewhere."""


class Throughout:
    """The cells that have been the same on every row so far, by their columns."""

    def __init__(self, layout: Layout) -> None:
        taken = {*layout.columns.values()}
        self._places = [place for place in layout.others if place not in taken]
        self._found: dict[int, object] = {}
        self._rows = 0
        self._account = layout.columns["account"]

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more; those without an account are no transactions. Most lists have no such
        cell on their first row."""
        if self._rows and not self._found:
            return
        at = self._account
        rows = [values for _, _, values in batch if at < len(values) and text(values[at])]
        if rows and not self._rows:
            self._begin(rows[0])
        self._rows += len(rows)
        self._found = {at: one for at, one in self._found.items() if _is_all(rows, at, one)}

    def _begin(self, values: Sequence[object]) -> None:
        """The cells of the first row that may be boards."""
        cells = {place: _cell(values, place) for place in self._places}
        self._found = {at: one for at, one in cells.items() if _BOARD.fullmatch(fold(text(one)))}

    @property
    def boards(self) -> str:
        """What stands on all rows, a line each."""
        if self._rows < _LEAST:
            return ""
        return "\n".join(text(cell) for cell in self._found.values())


def _cell(values: Sequence[object], place: int) -> object:
    return values[place] if place < len(values) else ""


def _is_all(rows: Sequence[Sequence[object]], place: int, cell: object) -> bool:
    return all(_cell(values, place) == cell for values in rows)
