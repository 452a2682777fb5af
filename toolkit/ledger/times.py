"""When the transactions of a ledger are of: by their periods, their days, or a column of days that
nobody knows by its heading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from toolkit.ledger.dayforms import is_month_alone
from toolkit.ledger.days import days_in, unread_in, years_of
from toolkit.words.celltext import text

_NAMED = 3  # values that a message names
_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEAR_AND_MONTH = re.compile(r"(\d{2})(0[0-9]|1[0-6])")


class Times(NamedTuple):
    """Days and years, and what stands for a day and cannot be read (nothing where all can)."""

    days: frozenset[date]
    years: tuple[int, ...]
    unread: str


def times_of(
    days: Iterable[object],
    periods: Iterable[object],
    years: Iterable[object],
    others: Mapping[str, Collection[object]],
) -> Times:
    """What columns say of the time. A period goes before a voucher's day; columns that nobody knows
    count where no other says anything. Months without a year say nothing."""
    own, by_period = [*days], _whole_periods([*periods])
    found = days_in(by_period)
    unread = [*unread_in(own), *_unread_periods(by_period, own)]
    found, told = found or days_in(own), years_of((*years, *by_period))
    if found or told or unread:
        return Times(found, told, _shown(unread))
    return _of_others(others)


def _of_others(others: Mapping[str, Collection[object]]) -> Times:
    days: set[date] = set()
    years: set[int] = set()
    unread: list[str] = []
    for heading, values in others.items():
        lacking = [one for one in unread_in(values) if not _YEAR.fullmatch(one)]
        days |= days_in(values)
        years |= {*years_of(values)}
        unread += [f"{one} ({heading})" for one in lacking]
    return Times(frozenset(days), tuple(sorted(years)), _shown(unread))


def _whole_periods(periods: list[object]) -> list[object]:
    """Periods with all digits of their years: `1911` is November of 2019, where all others can be
    such."""
    shown = [one for one in map(text, periods) if one]
    found = [_YEAR_AND_MONTH.fullmatch(one) for one in shown]
    if not shown or not all(found):
        return periods
    return [f"20{one}" for one in shown if not one.endswith("00")]


def _unread_periods(periods: list[object], days: Iterable[object]) -> list[str]:
    """Periods that cannot be read, where no day says as much: months alone are of any year."""
    lacking = [one for one in unread_in(periods) if not _YEAR.fullmatch(one)]
    odd = [one for one in lacking if not is_month_alone(one)]
    return [] if not days_in(periods) and days_in(days) else odd


def _shown(unread: list[str]) -> str:
    more = " …" if unread[_NAMED:] else ""
    return ", ".join(unread[:_NAMED]) + more
