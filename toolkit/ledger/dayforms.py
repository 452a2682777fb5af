"""Days as fewer write them: with the month in words, with a slash before the month, with two digits
of the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_NAMES = (
    "jan january januari", "feb february februari", "mar mars march", "apr april", "maj may",
    "jun june juni", "jul july juli", "aug august augusti", "sep sept september",
    "okt oct oktober october", "nov november", "dec december",
)  # fmt: skip
_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(_NAMES, 1):
    _MONTHS |= dict.fromkeys(_names.split(), _number)
_NAME = r"(?P<n>[a-zåäö]{3,9})\.?"
_YEARS = r"(?P<y>(?:19|20)\d{2}|'?\d{2})"
_CLOCK = r"(?:[ t,]+\d{1,2}[:.]\d{2}.*)?"
_WORDED = (
    re.compile(
        r"(?:[a-zåäö]{3,4}(?:dag(?:en)?)?,? )?(?:den )?"
        rf"(?P<d>\d{{1,2}})(?::?e)?[-/. ]*{_NAME}[-/., ]*{_YEARS}{_CLOCK}"
    ),
    re.compile(rf"(?P<y>(?:19|20)\d{{2}})[-/. ]?{_NAME}[-/. ]?(?P<d>\d{{1,2}}){_CLOCK}"),
    re.compile(rf"{_NAME} (?P<d>\d{{1,2}}), ?{_YEARS}{_CLOCK}"),
    re.compile(rf"{_NAME}[-/. ]*{_YEARS}"),
    re.compile(rf"(?P<y>(?:19|20)\d{{2}})[-/. ]*{_NAME}"),
)  # fmt: skip
"""`15 december 2019`, `15-dec-19`, `2019-dec-15`, `Dec 15, 2019`, `dec-2019`."""
_SLASHED = re.compile(
    rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?: ?- ?{_YEARS}| {_YEARS.replace('y', 'z')}){_CLOCK}"
)
"""`15/12-19`, `15/12 2019`."""
_PERIOD = re.compile(
    r"(?P<y>(?:19|20)\d{2})[ -]?[mp](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/. ]+(?P<y2>(?:19|20)\d{2})",
    re.IGNORECASE,
)
"""`2019M12`, `12/2019`."""
_TWO_DIGITS = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_ORDERS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "-": ((1, 2, 3), (3, 2, 1), (3, 1, 2)),
    "/": ((3, 2, 1), (3, 1, 2), (1, 2, 3)),
    ".": ((3, 2, 1), (1, 2, 3)),
    " ": ((1, 2, 3), (3, 2, 1)),
}
"""Where year, month and day may stand, what is most usual first."""
_CENTURY = 2000
_LAST, _CLOSING = 12, 16

ReadDay = Callable[[object], "date | None"]


def worded_day(written: str) -> date | None:
    """A day that can be read in one way only.

    >>> worded_day("15/01-21"), worded_day("15-dec-2019"), worded_day("den 1 maj 2020")
    (datetime.date(2021, 1, 15), datetime.date(2019, 12, 15), datetime.date(2020, 5, 1))
    >>> worded_day("dec-2019"), worded_day("2019M11"), worded_day("11/2019"), worded_day("31/2-20")
    (datetime.date(2019, 12, 1), datetime.date(2019, 11, 1), datetime.date(2019, 11, 1), None)
    """
    shown = fold(written)
    for pattern in _WORDED:
        found = pattern.fullmatch(shown)
        if found and found["n"] in _MONTHS:
            return _made(found["y"], _MONTHS[found["n"]], found.groupdict().get("d"))
    if slashed := _SLASHED.fullmatch(shown):
        return _made(slashed["y"] or slashed["z"], int(slashed["m"]), slashed["d"])
    if period := _PERIOD.fullmatch(shown):
        return _of_period(period["y"] or period["y2"], int(period["m"] or period["m2"]))
    return None


def _of_period(year: str, month: int) -> date | None:
    """The periods after the last month are those in which a year is closed."""
    closing = _LAST < month <= _CLOSING
    return _made(year, _LAST, "31") if closing else _made(year, month, None)


def _made(year: str, month: int, day: str | None) -> date | None:
    whole = int(year.lstrip("'"))
    try:
        return date(whole + _CENTURY if whole < 100 else whole, month, int(day or 1))
    except ValueError:
        return None


def two_digit_reader(column: Iterable[object]) -> ReadDay | None:
    """How the days of a column are read whose years have two digits: in the one order that reads
    them all, and of several in that which gives the fewest years; with full stops the day stands
    first wherever it can. None where no order does, or where two say different years.

    >>> two_digit_reader(["15.01.21", "31.12.20"])("15.01.21")
    datetime.date(2021, 1, 15)
    >>> two_digit_reader(["20-02-01", "20-03-31"])("20-02-01")
    datetime.date(2020, 2, 1)
    >>> two_digit_reader(["20-02-21"]) is None
    True
    """
    written = {fold(one) for one in map(text, column)} - {""}
    found = list(filter(None, map(_TWO_DIGITS.fullmatch, written)))
    signs = {one[2] for one in found}
    if len(found) < len(written) or len(signs) != 1:
        return None
    sign = signs.pop()
    read = [(order, {_in_order(one, order) for one in found}) for order in _ORDERS[sign]]
    whole = [(order, days) for order, days in read if None not in days]
    return _best(whole[:1] if sign == "." else whole)


def _best(read: Sequence[tuple[tuple[int, int, int], Collection[date | None]]]) -> ReadDay | None:
    years = [{day.year for day in days if day} for _, days in read]
    fewest = min(map(len, years), default=0)
    best = [(order, own) for (order, _), own in zip(read, years, strict=True) if len(own) == fewest]
    if not best or any(own != best[0][1] for _, own in best):
        return None
    order = best[0][0]

    def day_of(written: object) -> date | None:
        found = _TWO_DIGITS.fullmatch(fold(text(written)))
        return _in_order(found, order) if found else None

    return day_of


def _in_order(found: re.Match[str], order: tuple[int, int, int]) -> date | None:
    parts = {1: found[1], 2: found[3], 3: found[4]}
    year, month, day = (parts[at] for at in order)
    return _made(year, int(month), day) if len(year) == 2 else None


def is_month_alone(written: str) -> bool:
    """Whether a period is a month, a quarter or a number without its year.

    >>> [is_month_alone(one) for one in ("12", "P3", "jan", "00", "2020-13-01", "17")]
    [True, True, True, True, False, False]
    """
    shown = fold(written).rstrip(".")
    found = re.fullmatch(r"(?:period|mån|kv|[mpq])?[ .]?(\d{1,3})", shown)
    if found:
        return int(found[1]) <= _CLOSING
    names = re.split(r"[-–/ ]+", shown)
    return all(name in _MONTHS for name in names)
