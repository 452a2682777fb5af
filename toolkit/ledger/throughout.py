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
        """Some rows more; those without an account are no transactions."""
        at = self._account
        rows = [values for _, _, values in batch if at < len(values) and text(values[at])]
        if rows and not self._rows:
            cells = {place: _cell(rows[0], place) for place in self._places}
            self._found = {
                place: cell for place, cell in cells.items() if _BOARD.fullmatch(fold(text(cell)))
            }
        self._rows += len(rows)
        self._found = {
            place: cell
            for place, cell in self._found.items()
            if all(_cell(values, place) == cell for values in rows)
        }

    @property
    def boards(self) -> str:
        """What stands on all rows, a line each."""
        if self._rows < _LEAST:
            return ""
        return "\n".join(text(cell) for cell in self._found.values())


def _cell(values: Sequence[object], place: int) -> object:
    return values[place] if place < len(values) else ""
