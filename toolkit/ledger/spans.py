"""Parts of a year: what a file's name and titles say of them, and what its days show."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import comb

from toolkit.ledger.days import day_of
from toolkit.ledger.entries import Span
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR = r"(?:19|20)\d{2}"
_DAY = rf"(?<![\d-])({_YEAR}[-./]?[01]\d(?:[-./]?[0-3]\d)?)(?!\d)"
_UPTO = r"(?:[-–—]+|till(?: och med)?|t\.?\s?o\.?\s?m\.?|tom)"
_LABEL = r"(?:(?:till )?(?:period|datum):?)?"
_DAYS = re.compile(
    rf"{_DAY}\s*(?:{_UPTO}\s*{_LABEL}|{_LABEL})\s*({_YEAR}[-./]?[01]\d(?:[-./]?[0-3]\d)?)(?!\d)"
)
"""`202001 - 202006`, `2020-01-01--2020-06-30`, `period 202001 till period 202006`."""
_UNTIL = re.compile(rf"(?:till och med|t\.?\s?o\.?\s?m\.?)\s*(?:period)?:?\s*{_DAY}")
_NAME = rf"\b({'|'.join(_MONTHS)})[a-zå]*\.?"
_NAMED = re.compile(rf"{_NAME}(?:\s+{_YEAR})?\s*{_UPTO}\s*{_NAME}")
_PARTS = (
    (re.compile(r"\b(?:kvartal|kv|q)\.?\s?([1-4])(?:\s*[-–]\s*([1-4]))?\b"), 3),
    (re.compile(r"\btertial\s?([1-3])(?:\s*[-–]\s*([1-3]))?\b"), 4),
    (re.compile(r"\bhalvår\s?([12])(?:\s*[-–]\s*([12]))?\b"), 6),
)
"""Numbered parts of a year, and how many months each has."""
_LAST = 12
_FEW = 3  # months or days that say nothing of when a year's books end
_DAYS_ODDS, _MONTHS_ODDS = 1 / 1000, 1 / 60


def spans_named(texts: Iterable[object]) -> tuple[Span, ...]:
    """The parts of years, or the whole ones, that texts about a file say that it is of.

    >>> spans_named(["Huvudbok", "Period: 202001 - 202006"])
    (Span(first=datetime.date(2020, 1, 1), last=datetime.date(2020, 6, 30)),)
    >>> spans_named(["Utskrift 2021-01-15 av 2020-12-31"])
    ()
    """
    written = fold(" ".join(map(text, texts))).replace("_", " ")
    found = [*_between_days(written), *_between_months(written)]
    return tuple(dict.fromkeys(span for span in found if span.first <= span.last))


def _between_days(written: str) -> Iterator[Span]:
    """`202013` is a period in which the year is closed."""
    for first, last in _DAYS.findall(written):
        ends = day_of(first), day_of(last)
        if ends[0] and ends[1]:
            yield Span(ends[0], _closed(last, ends[1]))
    for last in _UNTIL.findall(written):
        until = day_of(last)
        if until:
            yield Span(date(until.year, 1, 1), _closed(last, until))


def _closed(written: str, day: date) -> date:
    """The last day of a month that is told without its day."""
    has_day = len(re.sub(r"\D", "", written)) > len("202001")
    return day if has_day else _end_of(day.year, day.month)


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _between_months(written: str) -> Iterator[Span]:
    """Months by their names, and numbered parts of the year: of the one year that is told."""
    years = set(re.findall(rf"(?<!\d)({_YEAR})(?!\d)", written))
    if len(years) != 1:
        return
    year = int(years.pop())
    for first, last in _NAMED.findall(written):
        yield _of_months(year, _MONTHS.index(first) + 1, _MONTHS.index(last) + 1)
    for pattern, length in _PARTS:
        for first, last in pattern.findall(written):
            yield _of_months(year, (int(first) - 1) * length + 1, int(last or first) * length)


def _of_months(year: int, first: int, last: int) -> Span:
    return Span(date(year, first, 1), _end_of(year, last))


def partly_booked(days: Iterable[date], year: int) -> bool:
    """Whether the days on which anything is booked lie so that the file must be of a part of the
    year: all in its beginning or all in its end, and so many that chance would not leave out the
    rest.

    A code of a small county may have nothing in some months. If every day had been as likely as
    any other, `(1 - left/12) ** days` is how likely it is that none lies in the months left; and of
    months alone, how many of the ways to choose as many of twelve leave those out. Nine months of
    nine are one way of 220, ten one of 66; eleven of eleven, one of 12, say nothing by
    themselves. Nor does a time at the end that is no longer than one in between: some book in
    March, July and November."""
    own = [day for day in days if day.year == year]
    months = sorted({day.month for day in own})
    if len(months) < _FEW or len(own) < _FEW:
        return False
    after, before = _LAST - months[-1], months[0] - 1
    left = max(after, before if before >= _FEW else 0)  # work may have begun in the spring
    between = max((other - one - 1 for one, other in pairwise(months)), default=0)
    return left > between and _is_no_chance(len(own), months, left)


def _is_no_chance(days: int, months: Sequence[int], left: int) -> bool:
    by_days = (1 - left / _LAST) ** days
    by_months = comb(_LAST - left, len(months)) / comb(_LAST, len(months))
    return by_days < _DAYS_ODDS or by_months < _MONTHS_ODDS
