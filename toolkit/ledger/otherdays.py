"""Which values under a heading that nobody knows may be days."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from toolkit.ledger.dayforms import two_digit_reader
from toolkit.ledger.days import day_of, is_no_day, month_first_day, short_day
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_OF_DAYS = re.compile(r"dat|dag|day")
_OF_MONTHS = re.compile(r"dat|mån|month|period|\bper\b|bokf")
_OF_YEARS = re.compile(r"år\b|year")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_EIGHT = re.compile(r"(?:19|20)\d{6}")
_SIX = re.compile(r"\d{6}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FORM = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/. ]\d{1,4}(?:[ T].*)?")


class Hint(NamedTuple):
    """Whether a heading may be one of days, of months, of years: there numbers may be some too."""

    days: bool = False
    months: bool = False
    years: bool = False


def hint_of(heading: object) -> Hint:
    """What a heading says of its values.

    >>> hint_of("Reg.datum"), hint_of("Bokf år"), any(hint_of("Ansvar"))
    (Hint(days=True, months=True, years=False), Hint(days=False, months=True, years=True), False)
    """
    shown = fold(text(heading))
    return Hint(*(bool(one.search(shown)) for one in (_OF_DAYS, _OF_MONTHS, _OF_YEARS)))


def may_be_day(written: object, hint: Hint) -> bool:
    """Whether a value is a day, a month or a year, or has the form of one. Numbers are under a
    heading that says so, and those of eight digits under any.

    >>> [may_be_day(one, Hint()) for one in ("2020-03-22", "15/13-20", "20200322", "nov 2020")]
    [True, True, True, True]
    >>> [may_be_day(one, Hint()) for one in ("202003", "43000", "2020", "Lön mars", "12-1")]
    [False, False, False, False, False]
    """
    if isinstance(written, date):
        return True
    shown = text(written)
    if _DIGITS.fullmatch(shown) is None:
        return _has_form(shown)
    if _SIX.fullmatch(shown):
        return hint.months and bool(day_of(shown) or short_day(shown))
    if _YEAR.fullmatch(shown):
        return hint.years
    return day_of(shown) is not None and (hint.days or _EIGHT.fullmatch(shown) is not None)


def _has_form(shown: str) -> bool:
    if day_of(shown) or month_first_day(shown) or is_no_day(shown):
        return True
    return _FORM.fullmatch(shown) is not None or two_digit_reader([shown]) is not None
