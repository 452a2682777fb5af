"""Which counts of persons are printed, so that no reader can tell how few somebody's count is: not
from the sums, not from what a county knows of itself, and not from knowing this rule."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.printed import PrintedIndicator

_FEWEST = 3  # of two hidden counts beside a sum each knows the other
_RULE_KNOWN = 3
"""How many times the room of one count all hidden ones together need above their least values. A
county that knows its own count and this rule knows what would not have been enough: with less, it
would be left with fewer values than the others."""

Draw = Callable[[str], int]
"""A number for a county (or for nobody in particular) that no one outside the house can foresee."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is printed of one indicator in one year: all but the hidden counties' counts and the
    sum; or nothing, when it is withheld."""

    hidden: frozenset[str] = frozenset()
    withheld: bool = False

    def shows(self, county: str) -> bool:
        """Whether a county's count is printed."""
        return not self.withheld and county not in self.hidden


PRINTED = Pattern()
WITHHELD = Pattern(withheld=True)


def drawn(key: bytes, *about: str) -> int:
    """A number that follows from the key and from what it is about."""
    # With a key: from a hash of public words alone anybody could draw the same numbers.
    return int.from_bytes(hmac.digest(key, "/".join(about).encode(), hashlib.sha256))


def plan(values: Mapping[str, Decimal], least: int, draw: Draw) -> Pattern:
    """What is printed of the counties' counts beside their sum. The low ones are hidden together
    with others; which and how many is drawn, for whoever knew it would know more of the low ones.
    Where no others are enough, nothing is printed."""
    low = _low(values, least)
    if not low:
        return PRINTED
    others = sorted((name for name, value in values.items() if value >= least), key=draw)
    for count in range(len(others) + 1):
        if holds([values[name] for name in (*low, *others[:count])], least):
            return Pattern(low.union(others[: count + _more(draw(""))]))
    return WITHHELD


def stand_by(earlier: PrintedIndicator, values: Mapping[str, Decimal], least: int) -> Pattern:
    """What a corrected edition prints: the same is hidden as before. Another low count, or another
    number in place of a hidden one, would follow from the two sums: then nothing is printed."""
    same = all(values.get(name) == value for name, value in earlier.hidden.items())
    if earlier.withheld or not same or not _low(values, least) <= set(earlier.hidden):
        return WITHHELD
    return Pattern(frozenset(earlier.hidden))


def holds(hidden: Collection[Decimal], least: int) -> bool:
    """Whether hidden counts, none of them zero, may stand beside a printed sum: there are three or
    more, and without any one of them the others together can still be divided so that each takes as
    many values as the limit says."""
    count, total, room = len(hidden), sum(hidden, Decimal(0)), least - 1
    if count < _FEWEST or total - count < _RULE_KNOWN * room:
        return False
    return total - max(hidden) - (count - 1) >= room


def _low(values: Mapping[str, Decimal], least: int) -> frozenset[str]:
    return frozenset(name for name, value in values.items() if 0 < value < least)


def _more(number: int) -> int:
    """None in half of all years, one in a quarter, and so on without an end: so that no number of
    hidden counts rules anything out."""
    return (~number & (number + 1)).bit_length() - 1
