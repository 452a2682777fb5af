"""The days of transactions, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from toolkit.ledger.entries import NamedYear, Span
from toolkit.words.celltext import text

_WRITTEN = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?\b.*"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})?"),
    re.compile(r"(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4})\b.*"),
)
"""`2020-03-22`, `20200322`, `202003` (a period), `22.3.2020`."""
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
"""A day of 1982 to 2036 as Excel counts them, in a cell that has lost its format."""
_YEAR = r"(?:19|20)\d{2}"
_BARE = re.compile(rf"(?<![\d.,-])({_YEAR})(?!\d|[.,-]\d)")
"""A year by itself: no part of a number, a day or a diary number."""
_DATED = re.compile(rf"(?<![\d-])({_YEAR})[-./]?(?:0[1-9]|1[0-2])(?:[-./]?[0-3]\d)?(?!\d)")
_DAY_ZERO = date(1899, 12, 30)
_LAST, _CLOSING = 12, 16
"""The last month, and the last of the periods after it in which a year is closed."""


def day_of(written: object) -> date | None:
    """The day that stands in a cell; None for what is no day.

    >>> day_of("2020-03-22 00:00"), day_of("22/3/2020"), day_of(43912)
    (datetime.date(2020, 3, 22), datetime.date(2020, 3, 22), datetime.date(2020, 3, 22))
    >>> day_of("202003"), day_of("202013"), day_of("mars")
    (datetime.date(2020, 3, 1), datetime.date(2020, 12, 31), None)
    """
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    shown = text(written)
    if _SERIAL.fullmatch(shown):
        return _DAY_ZERO + timedelta(int(shown[:5]))
    found = next((match for one in _WRITTEN if (match := one.fullmatch(shown))), None)
    return _made(found) if found else None


def _made(found: re.Match[str]) -> date | None:
    if not found["d"] and _LAST < int(found["m"]) <= _CLOSING:
        return date(int(found["y"]), _LAST, 31)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
    except ValueError:
        return None


def days_in(written: Iterable[object]) -> frozenset[date]:
    """The days that stand in cells."""
    return frozenset(day for one in written if (day := day_of(one)) is not None)


def span_of(days: Iterable[date]) -> Span | None:
    """From the first day to the last; None where there is none."""
    known = list(days)
    return Span(min(known), max(known)) if known else None


def years_of(written: Iterable[object]) -> tuple[int, ...]:
    """The years that stand in a column for them.

    >>> years_of(["2020", 2019, "", "2020"])
    (2019, 2020)
    """
    shown = (text(one) for one in written)
    return tuple(sorted({int(one) for one in shown if re.fullmatch(_YEAR, one)}))


def years_named(texts: Iterable[object]) -> tuple[NamedYear, ...]:
    """The years in texts about a file.

    >>> years_named(["Huvudbok 2019, utskrift 2020-01-15"])
    (NamedYear(year=2019, bare=True), NamedYear(year=2020, bare=False))
    """
    found: set[NamedYear] = set()
    for shown in map(text, texts):
        found.update(NamedYear(int(year), bare=True) for year in _BARE.findall(shown))
        found.update(NamedYear(int(year), bare=False) for year in _DATED.findall(shown))
    return tuple(sorted(found))
