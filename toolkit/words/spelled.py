"""Personal numbers whose digits are kept apart, or written with the letter O:
`8 5 0 3 0 7 - 2 3 8 4`, `(850307)2384`, `85O3O7-2384`. Whoever writes so means that no program is
to see it, or copies it from where it was printed so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from toolkit.words.idnumber import is_id_number
from toolkit.words.unseen import UNSEEN

_GAP = rf"[\s{UNSEEN}]"
DASH = r"[-+\u2010-\u2015\u2043\u2212\ufe63\uff0d]"
_MARK = rf"(?:{DASH}|[/_.*|()\[\]'’·•])"
# What may stand between two digits: no comma, colon or semicolon with a blank, as between words.
_APART = rf"(?:{_GAP}{{0,2}}{_MARK}{{1,3}}{_GAP}{{0,2}}|{_GAP}{{1,2}}|[:,;])"
_DIGIT = r"[\dOo]"
_STRETCH = re.compile(rf"(?<![\w.,]){_DIGIT}+(?:{_APART}{_DIGIT}+)*(?!\w)")
_GROUP = re.compile(rf"{_DIGIT}+")
_QUICK = re.compile(rf"{_DIGIT}(?:{_APART}?{_DIGIT}){{9}}")
_DASH = re.compile(DASH)
_PRINTED = re.compile(r"\d{1,3}(?:[ \t\u00a0\u2007\u2009\u202f.,'’]\d{3})+(?:[.,]\d+)?")
_PHONE = re.compile(r"0\d{1,3}\D")  # how a number at home begins, its area apart
_LAST = 4  # digits after the day
_DAYS = (6, 8)  # digits of the day
_MOST_LETTERS = 4
_NOUGHTS = str.maketrans("Oo", "00")


class Spelled(NamedTuple):
    """A number that is kept apart: where it stands, and how sure it is that it is one."""

    start: int
    end: int
    kind: str


def may_be_spelled(text: str) -> bool:
    """A quick look: whether ten digits stand so near each other.

    >>> may_be_spelled("8 5 0 3 0 7 - 2 3 8 4"), may_be_spelled("1 250 000 kr")
    (True, False)
    """
    return _QUICK.search(text) is not None


def spelled_in(text: str) -> Iterator[Spelled]:
    """The numbers of a text whose digits are kept apart, in order.

    >>> [one.kind for one in spelled_in("8 5 0 3 0 7 - 2 3 8 4 och (850307)2384")]
    ['strict', 'loose']
    >>> [*spelled_in("850 307 238 kr, 070-123 45 67, 2020-03-10 14:30")]
    []
    """
    for match in _STRETCH.finditer(text):
        kind = _kind(match[0])
        if kind is not None:
            yield Spelled(match.start(), match.end(), kind)


def _kind(stretch: str) -> str | None:
    """How sure it is that a stretch of digits is a number; None where it is none.

    >>> _kind("850307-238 4"), _kind("850 307 2384"), _kind("85O3O7-2384"), _kind("850307-238 5")
    ('strict', 'loose', 'strict', None)
    """
    groups = [match[0] for match in _GROUP.finditer(stretch)]
    digits = "".join(groups).translate(_NOUGHTS)
    day = len(digits) - _LAST
    if day not in _DAYS or not is_id_number(digits) or not _is_written_so(stretch, groups, day):
        return None
    between, last = _parted(stretch, day)
    joined = _DASH.search(between) is not None and not _PRINTED.fullmatch(last)
    return "strict" if joined and not _is_moment(digits, day) else "loose"


def _is_written_so(stretch: str, groups: list[str], day: int) -> bool:
    """Whether its parts are those of a number, and not of an amount, a telephone number, a time or
    a span of days.

    >>> _is_written_so("850 307 2384", ["850", "307", "2384"], 6)
    True
    >>> _is_written_so("085 030 723", ["085", "030", "7238"], 6)
    False
    """
    letters = sum(group.count("O") + group.count("o") for group in groups)
    if letters > _MOST_LETTERS or any(set(group) <= set("Oo") for group in groups):
        return False
    if not groups[1:]:
        return letters > 0
    if _PRINTED.fullmatch(stretch) or _is_phone(stretch, groups):
        return False
    ends = set(accumulate(map(len, groups)))
    dated = {day - 4, day - 2} == ends - {day + _LAST}
    return dated or (day in ends and not _is_of_days(stretch, day))


def _is_phone(stretch: str, groups: list[str]) -> bool:
    """`070-123 45 67`; not a number of somebody born in this century, whose parts are alike.

    >>> _is_phone("070-123 45 67", ["070", "123", "45", "67"])
    True
    >>> _is_phone("05 03 07-23 84", ["05", "03", "07", "23", "84"])
    False
    """
    return _PHONE.match(stretch) is not None and len(set(map(len, groups))) > 1


def _is_of_days(stretch: str, day: int) -> bool:
    """Whether what looks as the last four is a time (`14:30`), or the end of a span of days
    (`– 04-20`).

    >>> _is_of_days("2020-03-10 14:30", 8), _is_of_days("19850307 - 23 84", 8)
    (True, False)
    """
    last = stretch[_place(stretch, day) :]
    parts = re.fullmatch(rf"\D*(\d\d)(?:[:.]|{DASH})(\d\d)\D*", last)
    whole = re.match(rf"\d{{2,4}}{_APART}\d\d{_APART}\d\d\D", stretch)
    return parts is not None and whole is not None


def _is_moment(digits: str, day: int) -> bool:
    """YYYYMMDDHHMM of this century.

    >>> _is_moment("202003101430", 8), _is_moment("202003102460", 8)
    (True, False)
    """
    hours, minutes = int(digits[-4:-2]), int(digits[-2:])
    return day == _DAYS[1] and digits.startswith("20") and hours < 24 and minutes < 60


def _parted(stretch: str, day: int) -> tuple[str, str]:
    """What stands between the day and the last four, and these.

    >>> _parted("85 03 07 - 23 84", 6)
    (' - ', '23 84')
    """
    rest = stretch[_place(stretch, day) :]
    found = _GROUP.search(rest)
    start = found.start() if found else len(rest)
    return rest[:start], rest[start:]


def _place(stretch: str, count: int) -> int:
    """Where so many digits end.

    >>> _place("85 03 07-2384", 6)
    8
    """
    for match in re.finditer(_DIGIT, stretch):
        count -= 1
        if not count:
            return match.end()
    return len(stretch)
