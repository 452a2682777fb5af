"""The days of transactions, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from toolkit.ledger.dayforms import ReadDay, two_digit_reader, worded_day
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
_OPENING = re.compile(rf"{_YEAR}[-./]?M?00|00[-./]{_YEAR}|\d\d00|00?", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b.*")
_SHORT = re.compile(r"\d{6}")
_DAY = 10  # characters of `2020-03-22`
_WITH_TIME = re.compile(r"\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d{4}")
_DAY_ZERO = date(1899, 12, 30)
_CENTURY = 2000
_LAST, _CLOSING = 12, 16
"""The last month, and the last of the periods after it in which a year is closed."""


def is_opening(period: str) -> bool:
    """Whether a period is the one that holds what a year begins with.

    >>> [is_opening(one) for one in ("202000", "2020-00", "2000", "00", "0")]
    [True, True, True, True, True]
    >>> [is_opening(one) for one in ("202013", "200003", "2001", "2020", "20", "10", "")]
    [False, False, False, False, False, False, False]
    """
    return _OPENING.fullmatch(period) is not None


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
    return _made(found) if found else worded_day(shown)


def _made(found: re.Match[str]) -> date | None:
    if not found["d"] and _LAST < int(found["m"]) <= _CLOSING:
        return date(int(found["y"]), _LAST, 31)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
    except ValueError:
        return None


def days_in(written: Iterable[object]) -> frozenset[date]:
    """The days that stand in cells, all of a column together: `200305` is a day where others can
    be no months, and May of 2003 elsewhere."""
    column = list(written)
    read = _reader_of(column)
    return frozenset(day for one in column if (day := read(one)) is not None)


def unread_in(written: Iterable[object]) -> tuple[str, ...]:
    """What stands in a column of days and is none, all of the column together.

    >>> unread_in(["2020-03-22", "", "i mars", 43912]), unread_in(["15.1.21", "31.1.21"])
    (('i mars',), ())
    """
    column = list(written)
    read = _reader_of(column)
    return tuple(sorted({text(one) for one in column if text(one) and read(one) is None}))


def _reader_of(column: list[object]) -> ReadDay:
    if _are_short_days(column):
        return short_day
    if _are_month_first(column):
        return month_first_day
    return two_digit_reader(column) or day_of


def day_shown(written: object) -> object:
    """A day as it is kept: without the time behind it, which may be another on each row.

    >>> day_shown("2020-03-22 12:30"), day_shown("22.03.2020T12:30"), day_shown("15 december 2019")
    ('2020-03-22', '22.03.2020', '15 december 2019')
    """
    if isinstance(written, str) and len(written) > _DAY and written[_DAY] in " T":
        return written[:_DAY] if _WITH_TIME.match(written) else written
    return written


def is_no_day(written: object) -> bool:
    """Whether a cell has the form of a day and is in no calendar.

    >>> is_no_day("2020-02-30"), is_no_day("2020-02-29"), is_no_day("mars"), is_no_day("202013")
    (True, False, False, False)
    """
    shown = text(written)
    found = next((match for one in _WRITTEN if (match := one.fullmatch(shown))), None)
    if found is None or found["d"] is None or _made(found) is not None:
        return False
    return month_first_day(shown) is None


def is_short_last(written: object) -> bool:
    """Whether a cell says the last day of a year with six digits.

    >>> is_short_last("201231"), is_short_last("202012")
    (True, False)
    """
    found = short_day(written)
    return found is not None and (found.month, found.day) == (_LAST, 31)


def month_first_day(written: object) -> date | None:
    """The day of `3/22/2020`, as programs set to English write it.

    >>> month_first_day("3/22/2020"), month_first_day("22/3/2020"), month_first_day("3.22.2020")
    (datetime.date(2020, 3, 22), None, None)
    """
    found = _SLASHED.fullmatch(text(written))
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None


def _are_month_first(column: Iterable[object]) -> bool:
    """Whether days have their months first: all can, and some can be nothing else."""
    shown = {one for one in map(text, column) if one}
    return any(day_of(one) is None for one in shown) and all(map(month_first_day, shown))


def _are_short_days(column: Iterable[object]) -> bool:
    """Whether six digits are a year of two digits, a month and a day: all can be, and some can be
    nothing else."""
    shown = {one for one in map(text, column) if one}
    if not shown or not all(map(_SHORT.fullmatch, shown)):
        return False
    return any(day_of(one) is None for one in shown) and all(map(short_day, shown))


def short_day(written: object) -> date | None:
    """The day of `200305`.

    >>> short_day("200305"), short_day("202013")
    (datetime.date(2020, 3, 5), None)
    """
    shown = text(written)
    if not _SHORT.fullmatch(shown):
        return None
    try:
        return date(_CENTURY + int(shown[:2]), int(shown[2:4]), int(shown[4:]))
    except ValueError:
        return None


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
