"""Shares of kronor in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, CellNote
from toolkit.findings.texts import Texts
from toolkit.words.amounts import format_percent


def money_share(part: Decimal, whole: Decimal) -> str:
    """A share in percent; there is none of nothing, nor of what evens out."""
    return format_percent(part / whole) if whole else NOT_AVAILABLE


def part_share(part: Decimal, whole: Decimal) -> str:
    """The share that a part is of a whole; a full stop where it is none, for amounts below nought
    are in one of them."""
    return money_share(part, whole) if 0 <= part <= whole or not whole else IMPOSSIBLE


def no_share_notes(rows: Iterable[Sequence[str]], texts: Texts) -> Iterator[CellNote]:
    """A footnote to the first share that is none."""
    for line, row in enumerate(rows):
        if IMPOSSIBLE in row:
            yield CellNote(line, row.index(IMPOSSIBLE), texts("ingen_andel"))
            return
