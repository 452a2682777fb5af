"""Which files a return was made from. Every marked file carries it, hidden, so that a corrected
file that comes back is known as the next round of the one it came from, whatever its name and
date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.spec.marks import TRAIL_MARK
from toolkit.words.digits import whole_number

PRINT = 16
"""Signs of a file's SHA-256 that are kept of it: enough that no two files of a year share them."""
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_MOST = 40  # rounds that are remembered, and other files
_BESIDE = "+"  # stands before the prints of the other files


@dataclass(frozen=True, slots=True)
class Trail:
    """A marked file's descent: whose it is, for which year, and the prints of the files that it was
    made from, the first one first; `seen` are those of the county's other files that had come by
    then."""

    county: str
    year: int
    ancestors: tuple[str, ...]
    seen: tuple[str, ...] = ()

    @property
    def round(self) -> int:
        """How many times the file has been marked."""
        return len(self.ancestors)

    def after(self, sha256: str, others: Iterable[str] = ()) -> Trail:
        """The descent of what is made from a file with this descent and these bytes, when there
        were `others` of the county's (their SHA-256)."""
        own = (*self.ancestors, print_of(sha256))[-_MOST:]
        beside = sorted({*self.seen, *map(print_of, filter(None, others))}.difference(own))
        return Trail(self.county, self.year, own, tuple(beside[:_MOST]))

    @property
    def written(self) -> str:
        """As it stands in the marked file: `lr:led 12 2020 bfdk… jmal… + cagh…`."""
        beside = (_BESIDE, *self.seen) if self.seen else ()
        return " ".join((TRAIL_MARK, self.county, str(self.year), *self.ancestors, *beside))


UNKNOWN_DESCENT = Trail("", 0, ())
"""That of a file which was made from a marked one, nobody knows which: one that was marked before
files carried their descent, or in which somebody has written over it."""


def read_trail(texts: Iterable[str]) -> Trail | None:
    """The descent that stands among some cells' texts. None where there is none, or where somebody
    has written in it.

    >>> read_trail(["", "lr:led 12 2020 aabbccddeeffgghh"]).round
    1
    >>> read_trail(["lr:led 12"]), read_trail(["lr:led 12 2020 X"])
    (None, None)
    """
    for written in texts:
        mark, *parts = written.split() or [""]
        year = whole_number(parts[1]) if mark == TRAIL_MARK and len(parts) > 2 else None
        if year is not None:
            prints = [one for one in parts[2:] if one != _BESIDE]
            is_whole = all(len(one) == PRINT and one.isalpha() for one in prints)
            own = parts.index(_BESIDE) - 2 if _BESIDE in parts else len(prints)
            lines = tuple(prints[:own]), tuple(prints[own:])
            return Trail(parts[0], year, *lines) if is_whole else None
    return None


def print_of(sha256: str) -> str:
    """The print that is kept of a file, in letters alone: digits could be taken for a personal
    number.

    >>> print_of("0123456789abcdef" * 4)
    'abcdefghijklmnop'
    """
    return sha256[:PRINT].translate(_LETTERS)


def descends(trail: Trail | None, sha256: str, other: Trail | None) -> bool:
    """Whether a file with this trail was made from the file with these bytes and the other trail,
    or when that had come. Where it is not known from which, it was made from any that never has
    been marked."""
    if trail is None:
        return False
    if not trail.ancestors:
        return other is None
    return print_of(sha256) in {*trail.ancestors, *trail.seen}
