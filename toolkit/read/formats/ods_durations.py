"""Durations in an ods (OpenDocument 1.3, part 3, 19.382 `office:time-value`; W3C XML Schema part 2,
3.2.6). python-calamine (0.9.1) gives one of a day or more as the text that stands in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

_DURATION = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?)?"
)
_DAY = timedelta(days=1)
_MICRO = 6  # digits of a second that are kept
Duration = time | timedelta


def duration(written: str) -> Duration | None:
    """A duration as readers give those of the other formats: a time of day where it is less than a
    day. None for what is no duration, has months or years, or is longer than can be counted.

    >>> duration("PT288H00M00S"), duration("PT12H30M00S"), duration("P1M")
    (datetime.timedelta(days=12), datetime.time(12, 30), None)
    """
    found = _DURATION.fullmatch(written)
    if found is None:
        return None
    try:
        length = _length(*found.groups(""))
    except OverflowError:
        return None
    return (datetime.min + length).time() if timedelta(0) <= length < _DAY else length


def _length(sign: str, days: str, hours: str, minutes: str, seconds: str, parts: str) -> timedelta:
    day, hour, minute, second = (int(one or "0") for one in (days, hours, minutes, seconds))
    micro = int(parts[:_MICRO].ljust(_MICRO, "0"))
    length = timedelta(day, second, micro, hours=hour, minutes=minute)
    return -length if sign else length


def with_durations(
    rows: Sequence[Sequence[object]], durations: Mapping[tuple[int, int], Duration]
) -> Sequence[Sequence[object]]:
    """The same values, with durations in the places of those that were given as texts."""
    changed = list(rows)
    for (row, column), length in durations.items():
        values = changed[row - 1] if row <= len(changed) else ()
        if column <= len(values) and isinstance(values[column - 1], str):
            changed[row - 1] = [*values[: column - 1], length, *values[column:]]
    return changed
