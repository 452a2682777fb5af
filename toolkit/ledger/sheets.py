"""Sheets of a workbook beside each other: one may be the sum of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.ledger.keys import account_of, unwrapped
from toolkit.ledger.listed import Listed
from toolkit.words.celltext import text

_ROUNDED = 1  # krona: a summary may be in whole kronor

SheetSums = Mapping[tuple[object, ...], Decimal]
_Named = dict[tuple[str, str], Decimal]


def doubts_of_sheets(listings: Sequence[Listed]) -> Iterator[str]:
    """Whether two sheets are the same, or one the sum of the others."""
    pairs = combinations([one for one in listings if one.sums], 2)
    if any(one.sums == other.sums and not one.is_apart(other) for one, other in pairs):
        yield "lika_blad"
    elif summary_sheet(listings):
        yield "bladsumma"


def summary_sheet(listings: Sequence[Listed]) -> str:
    """The sheet that is the sum of the others, if any; one with days of its own is none. Of two
    that come to the same the one with fewer days and sums: the other has the transactions."""
    ordered = sorted(listings, key=lambda one: (len(one.days), len(one.sums)))
    name = sum_of_others([(one.name, one.sums) for one in ordered])
    own = [one for one in listings if one.name == name]
    others = [one for one in listings if one.name != name and one.sums]
    apart = own and others and all(own[0].is_apart(one) for one in others)
    return "" if apart else name


def sum_of_others(sheets: Sequence[tuple[str, SheetSums]]) -> str:
    """The first of some sheets, by name, that comes to what all the others do together on every
    account and code; nothing where none does."""
    named = [(name, _named(sums)) for name, sums in sheets if sums]
    if len(named) < 2:
        return ""
    whole = _added(sums for _, sums in named)
    return next((name for name, sums in named if _is_half(sums, whole)), "")


def _is_half(own: _Named, whole: _Named) -> bool:
    """Whether what is beside it is as much as it has itself, everywhere."""
    off = (abs(2 * own.get(name, Decimal(0)) - amount) for name, amount in whole.items())
    return any(own.values()) and all(one <= _ROUNDED for one in off)


def _named(sums: SheetSums) -> _Named:
    """By account and code as they are compared: a summary need not have the posts."""
    found: _Named = defaultdict(Decimal)
    for key, amount in sums.items():
        account, code = (unwrapped(text(part)) for part in key[:2])
        found[account_of(account), code.upper()] += amount
    return found


def _added(all_sums: Iterable[_Named]) -> _Named:
    whole: _Named = defaultdict(Decimal)
    for sums in all_sums:
        for name, amount in sums.items():
            whole[name] += amount
    return whole
