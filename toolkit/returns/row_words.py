"""What stands on a row of Återkoppling in the columns that are not for answers."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.words.cells import CellRef


class RowWords(NamedTuple):
    """A text in the column for suggestions, or in that which says how. `names` are those by which
    the row's finding may be known."""

    names: tuple[str, ...]
    is_suggestion: bool
    said: str
    ref: CellRef
