"""What stands on a row of Återkoppling in the columns that are not for answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from toolkit.spec.marks import WORDS_MARK
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain

_CUT = 255  # signs that some programs (SheetJS) keep of a text in the old binary format
_LENGTH = 8  # letters of a print
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
    than a cell holds. The mark stands at the end too, since a program may cut the list off."""
    said = list(filter(None, texts))
    prints = sorted({*map(print_of_words, said), *(print_of_words(one[:_CUT]) for one in said)})
    return " ".join((WORDS_MARK, *prints, WORDS_MARK)) if len(prints) <= _MOST else ""


def read_prints(texts: Iterable[str]) -> frozenset[str]:
    """The prints that stand among some cells' texts; none where nobody knows them, or not all.

    >>> sorted(read_prints(["lr:ord mcdnjiki aaaabbbb lr:ord"]))
    ['aaaabbbb', 'mcdnjiki']
    >>> sorted(read_prints(["lr:ord mcdnjiki aaa"]))
    []
    """
    for written in texts:
        mark, *prints = written.split() or [""]
        if mark == WORDS_MARK:
            return _whole(prints)
    return frozenset()


def _whole(prints: Sequence[str]) -> frozenset[str]:
    """A list that was cut off says nothing: what is not on it may be ours. Those of earlier
    versions have no mark at the end, and are known to be cut by their last print."""
    own = prints[:-1] if prints[-1:] == [WORDS_MARK] else prints
    return frozenset(own) if all(len(one) == _LENGTH for one in own) else frozenset()
