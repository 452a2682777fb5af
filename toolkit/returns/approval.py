"""The day on which a county approved its return: it settles which of several files counts."""

from __future__ import annotations

from datetime import date

_FIRST_MONTH = 12  # some approve before Christmas what they close on the last of December


def may_be_approved(year: int, day: date) -> bool:
    """Whether a return for a year can have been approved on a day: when the year was over, or
    nearly, and not years later.

    >>> days = ((2020, 2, 20), (2020, 12, 21), (2021, 12, 31), (2022, 1, 1))
    >>> [may_be_approved(2020, date(*day)) for day in days]
    [False, True, True, False]
    """
    return date(year, _FIRST_MONTH, 1) <= day <= date(year + 1, 12, 31)
