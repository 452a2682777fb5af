"""Years and dates: as people write them, and as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_NUMERIC = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*[- ]\s*(\d{4})"), (2, 1, 0)),
    (re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})"), (2, 1, 0)),
    (re.compile(r"(\d{2})(\d{2})(\d{2})"), (0, 1, 2)),  # ååmmdd
    (re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*-\s*(\d{2})"), (2, 1, 0)),  # 15/3-20
)
_WORDED = re.compile(
    r"(?:[a-zåäö]+dag(?:en)?,?\s+)?(?:den\s+)?(\d{1,2})(?::?e)?\s+([a-zåäö]+)\.?\s+(-\s?\d{2}|\d{4})",
    re.IGNORECASE,
)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_SPACED = re.compile(r"(?<=\d) ?- ?(?=\d\d? ?-|\d\d?$)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CLOCK = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_FIRST_SERIAL, _LAST_SERIAL = (
    20_000,
    73_050,
)  # 1954-10-03, 2099-12-31; 200315 is a day in 2020, not one in 2448
_FIRST_DAY = date(
    1954, 10, 3
)  # a number such as 2020 in a cell that shows dates is 1905-07-12, and no date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, the state's budget year."""

    year: int

    @property
    def previous(self) -> Period:
        """The year before."""
        return Period(self.year - 1)

    def overlaps(self, start: date, end: date | None) -> bool:
        """Whether something from start to end (both included, no end: still going on) touches the
        year."""
        return start.year <= self.year <= (end.year if end else self.year)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as understood; `notes` holds "text" when it stood as text and "serial" when as a
    number."""

    value: date
    notes: tuple[str, ...] = ()


def read_date(raw: object, *, epoch_1904: bool = False) -> ReadDate | None:
    """A cell's content as a date; None when it is not one. Month or year alone is not a date."""
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return ReadDate(day) if day >= _FIRST_DAY else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _read_serial(raw, epoch_1904)
    return _read_text(raw) if isinstance(raw, str) else None


def _read_serial(raw: float, epoch_1904: bool) -> ReadDate | None:
    if _looks_written(raw):
        found = _read_text(str(int(raw)))
        return ReadDate(found.value, ("serial",)) if found else None
    if not _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        return None
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    return ReadDate(start + timedelta(days=int(raw)), ("serial",))


def _looks_written(raw: float) -> bool:
    """20200315 or 200315 typed as a number."""
    return raw == int(raw) and (19_000_101 <= raw <= 21_001_231 or 100_101 <= raw <= 991_231)


def _read_text(raw: str) -> ReadDate | None:
    parts = _date_parts(raw)
    if parts is None:
        return None
    try:
        return ReadDate(date(*parts), ("text",))
    except ValueError:
        return None


def is_impossible_date(raw: object) -> bool:
    """Whether a text is written as a date but names a day that does not exist, such as
    2020-02-30."""
    return isinstance(raw, str) and _date_parts(raw) is not None and _read_text(raw) is None


def _date_parts(raw: str) -> tuple[int, int, int] | None:
    text = _CLOCK.sub("", " ".join(_DASH.sub("-", _UNSEEN.sub("", raw)).split())).removesuffix(".")
    text = _SPACED.sub("-", text) if text[:4].isdigit() else text
    for pattern, order in _NUMERIC:
        if match := pattern.fullmatch(text):
            numbers = [int(group) for group in match.groups()]
            return _full_year(numbers[order[0]]), numbers[order[1]], numbers[order[2]]
    if match := _WORDED.fullmatch(text):
        month = _month(match[2])
        return (_full_year(int(match[3].strip("- "))), month, int(match[1])) if month else None
    return None


def _full_year(year: int) -> int:
    """`20` as 2020: the report is about the years around now."""
    return 2000 + year if year < 100 else year


def _month(text: str) -> int | None:
    folded = text.casefold()
    matches = [
        number
        for number, name in enumerate(MONTHS, 1)
        if len(folded) >= 3 and name.startswith(folded)
    ]
    return matches[0] if matches else None


def format_date(value: date) -> str:
    """`15 mars 2020`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
