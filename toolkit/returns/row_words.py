"""What stands on a row of Återkoppling in the columns that are not for answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from toolkit.spec.marks import WORDS_MARK
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain

_CUT = 255  # signs that some programs (SheetJS) keep of a text in the old binary format
_MOST = 3000  # prints that a cell has room for: 32,767 signs


class RowWords(NamedTuple):
    """A text in a column that is ours. `names` are those by which the row's finding may be known,
    `column` is the column's name; `is_own` where it is known to be none of ours."""

    names: tuple[str, ...]
    column: str
    said: str
    ref: CellRef
    is_own: bool = False


def print_of_words(said: str) -> str:
    r"""The print by which a text of ours is known again, however its blanks were stored.

    >>> print_of_words("Fyll i cellen."), print_of_words("Fyll i\ncellen.")
    ('mcdnjiki', 'mcdnjiki')
    """
    # Letters alone: digits could be taken for a personal number, or a formula.
    return "".join(chr(ord("a") + int(sign, 16)) for sign in f"{crc32(plain(said).encode()):08x}")


def written_prints(texts: Iterable[str]) -> str:
    """The prints of our texts on a sheet, as they stand hidden on it; nothing where they are more
    than a cell holds."""
    said = list(filter(None, texts))
    prints = sorted({*map(print_of_words, said), *(print_of_words(one[:_CUT]) for one in said)})
    return " ".join((WORDS_MARK, *prints)) if len(prints) <= _MOST else ""


def read_prints(texts: Iterable[str]) -> frozenset[str]:
    """The prints that stand among some cells' texts; none where nobody knows them."""
    for written in texts:
        mark, *prints = written.split() or [""]
        if mark == WORDS_MARK:
            return frozenset(prints)
    return frozenset()
