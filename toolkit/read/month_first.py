"""Dates written as text whose day and month may have changed places: 01/02/2020 is the first of
February to a Swede, unless the one who wrote it also writes 02/25/2020."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.read.remarks import Concern, Remark
from toolkit.words.periods import month_first_day

_NO_DAY = {"FALT-OMOJLIGT-DATUM", "FALT-DATUM"}
_READ_AS_DAY = "NOT-DATUM"
_MONTHS = 12


def with_doubtful_days(remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks on a file; where one of them is on a date that can only be one with the month
    first, those on dates that can be read in both ways ask which it is."""
    if not any(map(_has_month_first, remarks)):
        return list(remarks)
    return [_asked(one) if one.code == _READ_AS_DAY else one for one in remarks]


def _has_month_first(remark: Remark) -> bool:
    if remark.code not in _NO_DAY:
        return False
    day = month_first_day(str(remark.parameters["value"]))
    return day is not None and day.day > _MONTHS


def _asked(remark: Remark) -> Remark:
    other = month_first_day(str(remark.parameters["value"]))
    if other is None or other.day > _MONTHS or other.isoformat() == remark.parameters["read"]:
        return remark
    told = {**remark.parameters, "other": other.isoformat()}
    return replace(remark, code="FALT-TVETYDIGT", concern=Concern.CELL, parameters=told)
