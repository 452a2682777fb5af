"""The days of transactions, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from toolkit.ledger.entries import Span
from toolkit.words.celltext import text

_WRITTEN = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?\b.*"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})?"),
    re.compile(r"(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4})\b.*"),
)
"""`2020-03-22`, `20200322`, `202003` (a period), `22.3.2020`."""
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
"""A day of 1982 to 2036 as Excel counts them, in a cell that has lost its format."""
_DAY_ZERO = date(1899, 12, 30)


def day_of(written: object) -> date | None:
    """The day that stands in a cell; None for what is no day.

    >>> day_of("2020-03-22 00:00"), day_of("22/3/2020"), day_of(43912)
    (datetime.date(2020, 3, 22), datetime.date(2020, 3, 22), datetime.date(2020, 3, 22))
    >>> day_of("202003"), day_of("mars")
    (datetime.date(2020, 3, 1), None)
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
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
    except ValueError:
        return None


def span_of(written: Iterable[object]) -> Span | None:
    """From the first day to the last; None where there is none."""
    days = [day for one in written if (day := day_of(one)) is not None]
    return Span(min(days), max(days)) if days else None
