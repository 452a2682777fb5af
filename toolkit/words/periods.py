"""Years and dates: as people write them, and as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from toolkit.words.unseen import without_unseen

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_YEAR_FIRST, _YEAR_LAST = (0, 1, 2), (2, 1, 0)
_NUMERIC = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), _YEAR_FIRST),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), _YEAR_FIRST),
    (re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*[- ]\s*(\d{4})"), _YEAR_LAST),  # 15/3 2020
    (re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})"), _YEAR_LAST),
    (re.compile(r"(\d{2})(\d{2})(\d{2})"), _YEAR_FIRST),  # ååmmdd
    (re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*-\s*(\d{2})"), _YEAR_LAST),  # 15/3-20
)
"""The day stands before the month wherever the year stands last: no Swede writes 3/15."""
_WORDED = re.compile(
    r"(?:[a-zåäö]+dag(?:en)?,?\s+)?(?:den\s+)?"  # söndagen den
    r"(\d{1,2})(?::?e)?\s+([a-zåäö]+)\.?\s+(-\s?\d{2}|\d{4})",  # 15:e mars 2020
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*(?:\2\s*(\d{4}|\d{2})|[- ]\s*(\d{4}))"
)
_SHORTEST_MONTH = 3  # letters; `ma` may be March or May
_DASH = re.compile("[\u2010-\u2015\u2212]")
_SPACED = re.compile(r"(?<=\d) ?- ?(?=\d\d? ?-|\d\d?$)")
_CLOCK = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$")
_IN_A_ZONE = re.compile(
    r"\d{4}-\d\d-\d\d[T ][\d:.,]+ ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)", re.IGNORECASE
)
_NO_OFFSET = re.compile(r" ?(?:UTC|GMT|Z)$", re.IGNORECASE)
_SWEDEN = "Europe/Stockholm"

# Excel keeps a day as a number of days. Day 1 is 1900-01-01, but it also counts 1900-02-29, which
# never was: Lotus 1-2-3 took 1900 for a leap year, and Excel had to agree with its files. So from
# March 1900 on the days are counted right from 1899-12-30.
_DAY_0 = date(1899, 12, 30)
_NEVER_WAS = 60  # 1900-02-29, as Excel numbers it
_DAY_0_FROM_1904 = date(1904, 1, 1)  # workbooks of older Excel for Mac, and of who asks for it
# A number such as 2020 in a cell that shows dates is 1905-07-12, and no date; 200315 is a day in
# 2020 as people write it, not one in 2448.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_050  # 1954-10-03, 2099-12-31
_FIRST_DAY = _DAY_0 + timedelta(days=_FIRST_SERIAL)
_YEARS = range(1950, 2101)  # numbers that are years, in cells that show them as days of 1905
_WRITTEN_LONG = range(19_000_101, 21_001_232)  # 20200315 typed as a number
_WRITTEN_SHORT = range(100_101, 991_232)  # 200315


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, the state's budget year."""

    year: int

    def overlaps(self, start: date, end: date | None) -> bool:
        """Whether something from start to end (both included, no end: still going on) touches the
        year.

        >>> Period(2020).overlaps(date(2019, 1, 1), date(2020, 1, 1))
        True
        >>> Period(2020).overlaps(date(2019, 1, 1), None)
        True
        >>> Period(2020).overlaps(date(2021, 1, 1), None)
        False
        """
        return start.year <= self.year <= (end.year if end else self.year)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as understood; `notes` holds "text" when it stood as text and "serial" when as a
    number."""

    value: date
    notes: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------ reading
def read_date(raw: object, *, epoch_1904: bool = False) -> ReadDate | None:
    r"""A cell's content as a date; None when it is not one. Month or year alone is not a date.

    >>> read_date("15 mars 2020")
    ReadDate(value=datetime.date(2020, 3, 15), notes=('text',))
    >>> read_date("15/3-20").value == read_date("2020\N{EN DASH}03\N{EN DASH}15").value
    True
    >>> read_date(43905).value, read_date(42443, epoch_1904=True).value, read_date(200315).notes
    (datetime.date(2020, 3, 15), datetime.date(2020, 3, 15), ('serial',))
    >>> read_date("mars 2020") is read_date("3/15/2020") is read_date(2020) is None
    True
    """
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return ReadDate(day) if day >= _FIRST_DAY else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _read_serial(raw, epoch_1904)
    return _read_text(raw) if isinstance(raw, str) else None


def _read_serial(raw: float, epoch_1904: bool) -> ReadDate | None:
    """A number of days, the clock's part of a day left out; or a day that was typed as a number.

    >>> _read_serial(43905.75, epoch_1904=False).value == _read_serial(20200315, False).value
    True
    """
    if _looks_written(raw):
        found = _read_text(str(int(raw)))
        return ReadDate(found.value, ("serial",)) if found else None
    if not _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        return None
    start = _DAY_0_FROM_1904 if epoch_1904 else _DAY_0
    return ReadDate(start + timedelta(days=int(raw)), ("serial",))


def _looks_written(raw: float) -> bool:
    """20200315 or 200315 typed as a number.

    >>> _looks_written(20200315), _looks_written(200315.0), _looks_written(43905)
    (True, True, False)
    """
    if not isfinite(raw):  # `INF` and `1E400` in a cell
        return False
    return raw == int(raw) and (int(raw) in _WRITTEN_LONG or int(raw) in _WRITTEN_SHORT)


def _read_text(raw: str) -> ReadDate | None:
    """A text as a date.

    >>> _read_text("den 15:e mars 2020").value, _read_text("2020-02-30")
    (datetime.date(2020, 3, 15), None)
    """
    moment = _moment(raw)
    if moment is not None:
        return ReadDate(_day_in_sweden(moment), ("text",))
    parts = _date_parts(raw)
    if parts is None:
        return None
    try:
        return ReadDate(date(*parts), ("text",))
    except ValueError:
        return None


def _moment(raw: str) -> datetime | None:
    """A moment with its time zone, as programs write them; None for any other text.

    >>> _moment("2020-05-12T22:00:00Z").hour, _moment("2020-05-12T22:00"), _moment("2020-13-12T22Z")
    (22, None, None)
    """
    text = _DASH.sub("-", without_unseen(raw)).strip()
    if not _IN_A_ZONE.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(_NO_OFFSET.sub("+00:00", text).replace(" +", "+"))
    except ValueError:
        return None


def _day_in_sweden(moment: datetime) -> date:
    """The day that it was in Sweden: a day that a program stores as midnight here is the evening
    before in universal time.

    >>> [str(_day_in_sweden(_moment(f"2020-{day}T22:00Z"))) for day in ("05-12", "01-12")]
    ['2020-05-13', '2020-01-12']
    """
    # Loaded for the first such text: few files hold any.
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(_SWEDEN)).date()


def stored_number(value: date, *, epoch_1904: bool = False) -> float:
    """The number that a cell holds which shows it as a day.

    >>> stored_number(date(1905, 7, 13)), stored_number(datetime(1900, 1, 5, 12))
    (2021.0, 5.5)
    """
    day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    start = _DAY_0_FROM_1904 if epoch_1904 else _DAY_0
    held = (day - datetime(start.year, start.month, start.day)) / timedelta(days=1)
    return held if epoch_1904 or held > _NEVER_WAS else held - 1


def month_first_day(written: str) -> date | None:
    """The day that a text names to one who writes the month before the day, as Americans do; None
    where it is none.

    >>> month_first_day("02/25/2020"), month_first_day("1.2.2020"), month_first_day("25/2 2020")
    (datetime.date(2020, 2, 25), datetime.date(2020, 1, 2), None)
    """
    found = _MONTH_FIRST.fullmatch(_bare(written))
    if found is None:
        return None
    try:
        return date(_full_year(int(found[4] or found[5])), int(found[1]), int(found[3]))
    except ValueError:
        return None


def year_shown_as(day: date, *, epoch_1904: bool = False) -> int | None:
    """The year that somebody typed alone into a cell that shows dates, by the day that the cell
    shows of it.

    >>> year_shown_as(date(1905, 7, 12)), year_shown_as(date(1909, 7, 13), epoch_1904=True)
    (2020, 2020)
    >>> year_shown_as(date(1930, 5, 1)) is None
    True
    """
    start = _DAY_0_FROM_1904 if epoch_1904 else _DAY_0
    typed = (day - start).days
    return typed if typed in _YEARS else None


def _bare(raw: str) -> str:
    """Without what is not seen, the time of day and a full stop, and with plain dashes and blanks.

    >>> _bare("2020\N{EN DASH}03-15 08:30"), _bare(" 15.3.2020. ")
    ('2020-03-15', '15.3.2020')
    """
    text = " ".join(_DASH.sub("-", without_unseen(raw)).split())
    return _CLOCK.sub("", text).removesuffix(".")


def is_impossible_date(raw: object) -> bool:
    """Whether a text is written as a date but names a day that does not exist.

    >>> is_impossible_date("2020-02-30"), is_impossible_date("29/2 2020"), is_impossible_date("maj")
    (True, False, False)
    """
    return isinstance(raw, str) and _date_parts(raw) is not None and _read_text(raw) is None


def _date_parts(raw: str) -> tuple[int, int, int] | None:
    """Year, month and day as they are written; None when a text is not written as a date.

    >>> _date_parts("2020 - 3 - 15"), _date_parts("2020-03-15 08:30"), _date_parts("31/4 2020")
    ((2020, 3, 15), (2020, 3, 15), (2020, 4, 31))
    """
    text = _bare(raw)
    text = _SPACED.sub("-", text) if text[:4].isdigit() else text
    for pattern, order in _NUMERIC:
        if match := pattern.fullmatch(text):
            year, month, day = (int(match[1 + place]) for place in order)
            return _full_year(year), month, day
    if match := _WORDED.fullmatch(text):
        named = _month(match[2])
        return (_full_year(int(match[3].strip("- "))), named, int(match[1])) if named else None
    return None


def _full_year(year: int) -> int:
    """Two digits are of this century: the report is about the years around now.

    >>> _full_year(20), _full_year(1999)
    (2020, 1999)
    """
    return 2000 + year if year < 100 else year


def _month(text: str) -> int | None:
    """A month by its name or the beginning of it.

    >>> _month("MARS"), _month("sept"), _month("ma"), _month("march")
    (3, 9, None, None)
    """
    folded = text.casefold()
    if len(folded) < _SHORTEST_MONTH:
        return None
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(folded):
            return number
    return None


# ----------------------------------------------------------------------------------------- printing
def format_date(value: date) -> str:
    """A day in words, without a nought before it.

    >>> format_date(date(2020, 3, 5))
    '5 mars 2020'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
