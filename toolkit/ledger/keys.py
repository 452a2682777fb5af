"""Accounts and codes as they stand in a file, and which of the accounts the chart knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Protocol

from toolkit.ledger.entries import AccountChart, Outside
from toolkit.words.celltext import text

_DECIMAL = re.compile(r"(\d{3,})[.,]0+")  # an account that a program has taken for a number
_NAMED_ACCOUNT = re.compile(r"(\d+)\s*(?:[-–:,.]\s*|\s)\D.*", re.DOTALL)
_LABELLED = re.compile(r"([^\s–:]+?)\s*(?:\s[-–]\s|[:–]\s*|\s)\s*\S.*", re.DOTALL)
_FIGURE = re.compile(
    r"\d+[.,]\d*[1-9]\d*|\d+(?:[.,]\d+)?\s*%|\d+(?:[.,]\d+)?e[+-]?\d+|\d{1,3}:\d{2}", re.IGNORECASE
)
"""What begins with a digit and is a figure."""
_MONTH = r"(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.?"
_MADE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:[T ].*)?"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|\d{{1,2}}[-/. ]{_MONTH}(?:[-/. ]\d{{2,4}})?|{_MONTH}[-/. ]\d{{2,4}}"
    r"|-?\d{1,3}:\d{2}:\d{2}(?:[.,]\d+)?|\d{1,2}:\d{2} ?(?:am|pm)|true|false|sant|falskt",
    re.IGNORECASE,
)
"""What a program makes of a number that it takes for a day or a time, and truth values."""

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)


class Booked(Protocol):
    """What stands on a key: kronor, and of how many transactions."""

    rest: Decimal
    count: int


def unwrapped(written: str) -> str:
    """What stands in a formula that is nothing but a text: so programs keep Excel from taking codes
    in a csv for numbers.

    >>> unwrapped('="0801"'), unwrapped("801")
    ('0801', '801')
    """
    found = _WRAPPED.fullmatch(written)
    return found[1] if found else written


def is_account(written: object) -> bool:
    """Whether an account stands in a cell, with or without its name.

    >>> [is_account(one) for one in ("4110", 4110, "4110 Löner", "4110.0", "4110-1")]
    [True, True, True, True, True]
    >>> any(map(is_account, (date(1911, 4, 2), "2020-02-01", "12:30", "41,5", "41 %", "41e3")))
    False
    """
    shown = unwrapped(text(written))
    return shown[:1].isdigit() and not _FIGURE.fullmatch(shown) and is_key(written)


def is_key(written: object) -> bool:
    """Whether a cell may hold what a transaction is booked on: no day or time, which a program may
    make of a number that is typed in, no truth value and no error.

    >>> [is_key(one) for one in ("PM", 801, "", "1:1", "ap.4", "4.2", "2020")]
    [True, True, True, True, True, True, True]
    >>> any(map(is_key, (date(2020, 2, 4), time(1, 1), True, "#SAKNAS!", "2020-02-04", "4-feb")))
    False
    """
    if isinstance(written, bool | date | time | timedelta):
        return False
    shown = unwrapped(text(written))
    return shown[:1] != "#" and _MADE.fullmatch(shown) is None


def account_of(written: str) -> str:
    """An account without the name beside it.

    >>> account_of("4110 Löner"), account_of("4110 - Löner"), account_of("4110.0")
    ('4110', '4110', '4110')
    """
    found = _DECIMAL.fullmatch(written) or _NAMED_ACCOUNT.fullmatch(written)
    return found[1] if found else written


def without_labels(codes: Iterable[str]) -> dict[str, str]:
    """Each code without the label beside it. Codes that would become one but have different labels
    are left as they stand: there the label is a part of the code.

    >>> without_labels(["801 - Våld", "PM", "A 1", "A 2"])
    {'801 - Våld': '801', 'PM': 'PM', 'A 1': 'A 1', 'A 2': 'A 2'}
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for code in set(codes) if not isinstance(codes, list) else codes:
        found = _LABELLED.fullmatch(code)
        alike[found[1] if found else code].add(code)
    bare = {}
    for short, written in alike.items():
        labelled = [code for code in written if code != short]
        for code in written:
            bare[code] = short if len(labelled) == 1 else code
    return bare


def outside(
    sums: Mapping[tuple[str, str, str], Booked], chart: AccountChart
) -> tuple[Outside, ...]:
    """The accounts that the chart should know and does not, each with its sum: those that begin as
    its costs do, or are of no class that it knows."""
    # In Swedish account plans the first digit is the class of the account.
    starts = {kind.first[0] for kind in chart.kinds}

    def is_unknown(account: str) -> bool:
        known = chart.kind_of(account) is not None or chart.is_uncounted(account)
        strange = bool(chart.classes) and account[:1] not in chart.classes
        return (account[:1] in starts or strange) and not known

    return _by_account(sums, is_unknown)


def by_class(
    sums: Mapping[tuple[str, str, str], Booked], chart: AccountChart, told: Iterable[Outside]
) -> tuple[Outside, ...]:
    """The accounts that are neither costs nor `told` by themselves, class by class."""
    known = {one.account for one in told}

    def is_wanted(account: str) -> bool:
        return chart.kind_of(account) is None and account not in known

    found: dict[str, Outside] = {}
    for one in _by_account(sums, is_wanted):
        first = one.account[:1]
        before = found.get(first, Outside(first, Decimal(0), 0))
        found[first] = Outside(first, before.amount + one.amount, before.rows + one.rows)
    return tuple(found.values())


def uncounted(
    sums: Mapping[tuple[str, str, str], Booked], chart: AccountChart
) -> tuple[Outside, ...]:
    """The accounts that the chart knows to be no costs, each with its sum."""
    return _by_account(sums, chart.is_uncounted)


def _by_account(
    sums: Mapping[tuple[str, str, str], Booked], is_wanted: Callable[[str], bool]
) -> tuple[Outside, ...]:
    found: dict[str, Outside] = {}
    for (account, _, _), booked in sums.items():
        if is_wanted(account):
            before = found.get(account, Outside(account, Decimal(0), 0))
            found[account] = Outside(
                account, before.amount + booked.rest, before.rows + booked.count
            )
    return tuple(found[account] for account in sorted(found))
