"""A column beside the amounts whose heading says debit or credit: what stands in it may tell the
side, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from toolkit.ledger.layout import SIDES, Layout
from toolkit.ledger.sidewords import bare_mark
from toolkit.ledger.tally import read_amount, read_thousands
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_HEADING = re.compile(
    r"(?:är )?(?:kredit|debet|debit|credit|kred|deb)"
    r"[ -]?(?:\w*mark\w*|flagg\w*|post\w*|rad|kod|tecken|belopp|sida|transaktion|bokning|typ)?"
    r"|(?:är )?(?:krediter|debiter|återför)(?:at|ad|ade|ing|d|t|da)"
    r"|(?:är )?omvän(?:d|t|da)(?: (?:tecken|sida|post|belopp|bokning))?"
    r"|(?:är )?(?:minus|negativt?)(?:tecken|post| belopp)?|(?:byt|vänt|vänd) tecken"
)
_NO = frozenset(("", "nej", "n", "no", "0", "0,00", "000", "falskt", "false", "falsk", "f"))
_MOST = 6  # values of a flag; a column of amounts, or one that is known, may have any number
_SHOWN = 4  # values that a message names
_AMOUNT = "\n"
"""What stands for any amount among the values: which one does not matter."""


def says_side(heading: str) -> bool:
    """Whether a heading says that its column is of debit or of credit.

    >>> [says_side(one) for one in ("Kreditmarkering", "Krediterat", "Omvänt tecken", "Kred.")]
    [True, True, True, True]
    >>> [says_side(one) for one in ("Kreditor", "Debiterbar", "Omvänd moms", "Kreditdagar")]
    [False, False, False, False]
    """
    return _HEADING.fullmatch(fold(heading).strip(" .:?!()*")) is not None


def lone_sides(layout: Layout) -> set[int]:
    """The known column of one side beside one that has the amounts: nothing is read from it."""
    if "amount" not in layout.columns:
        return set()
    return {layout.columns[name] for name in SIDES if name in layout.columns}


class SideFlag:
    """What stands in such a column beside amounts above zero."""

    def __init__(self, layout: Layout, *, known: bool) -> None:
        self._read = read_thousands if layout.thousands else read_amount
        self._known = known
        self._values: dict[str, str] = {}
        self.alive = True

    def note(self, cells: Sequence[object], amounts: Sequence[object]) -> None:
        """Some rows more."""
        for cell, amount in {*zip(map(text, cells), map(text, amounts), strict=True)}:
            if (self._read(amount) or Decimal(0)) > 0:
                self._values.setdefault(self._value(cell), cell)
        self.alive = self._known or len(self._values) <= _MOST

    def _value(self, cell: str) -> str:
        bare = bare_mark(cell) or cell.strip()
        if bare in _NO or self._read(cell) == 0:
            return ""
        return _AMOUNT if self._known and self._read(cell) is not None else bare

    @property
    def tells(self) -> bool:
        """Whether it tells some amounts above zero from others."""
        return self.alive and len(self._values) > 1

    @property
    def marks(self) -> list[str]:
        """Some of what stands there, amounts aside."""
        shown = {cell for value, cell in self._values.items() if cell and value != _AMOUNT}
        return sorted(shown)[:_SHOWN]
