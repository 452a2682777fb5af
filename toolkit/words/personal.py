"""Personal numbers in text: found and never repeated.

A strict match (separator or century, a real date, the right check digit) blocks. A loose match (ten
digits in a row that pass, or twelve that begin with a day of this century) is asked about: of
invoice numbers and time stamps that begin like a date, one in ten passes the check digit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from toolkit.words.idnumber import is_id_number
from toolkit.words.spelled import DASH, may_be_spelled, spelled_in
from toolkit.words.unseen import UNSEEN

_GAP = rf"[\s{UNSEEN}]"  # also what no one sees: soft hyphens, joiners, marks of direction
_DASH = DASH  # all that Word and web pages make of a hyphen
_BETWEEN = rf"({_GAP}{{0,2}}(?:{_DASH}|[/_:.,;]|nr\.?)?{_GAP}{{0,2}})"
_DAY = rf"(?:\d\d)?\d\d(?:{_DASH}|[ ./])\d\d(?:{_DASH}|[ ./])\d\d"
_CANDIDATE = re.compile(
    # In one run, with or without century; not the decimals of a number.
    r"(?:(?<![\d.,])(?P<run>\d{6}|\d{8})"
    # Or a day, perhaps with dashes in it, and something between it and the rest.
    rf"|(?<!\d)(?P<day>\d{{6}}|\d{{8}}|(?P<dated>{_DAY}))(?P<between>(?=\D){_BETWEEN}))"
    # The last four; two dates with a dash between them are no number.
    rf"(?P<last>\d{{4}})(?!\d)(?(dated)(?!{_DASH}\d))"
)
_DECIMAL = {".", ","}  # what stands before the decimals of a number
_WITH_CENTURY = 8  # digits of the day
APART = "\0"  # put between texts that are looked through together
_QUICK = re.compile(rf"\d\d[^\d{APART}]{{0,5}}\d{{4}}")
_JOINED = re.compile(_DASH)
_NO_DIGIT = re.compile(r"\D")
_STEP = rf"(?:{_GAP}|{_DASH}|[/()]){{0,3}}"
_PHONES = tuple(
    re.compile(rf"{start}(?:{_STEP}\d){{{least},10}}(?!\d)")
    for start, least in (
        (r"\+46(?:\s?\(0\))?", 7),
        (r"0(?<!\d0)046(?:\s?\(0\))?", 7),
        (r"0(?<!\d0)(?<!\d[-.\u2013/]0)[1-9]", 6),
    )
)
"""How a Swedish number begins, from abroad and at home, and how many digits follow at least."""
_NO_PHONE = re.compile(r"\d\d[-/. \u2013]\d\d[-/. \u2013]\d{4}")  # a date, or months of a year
# A number of ten digits or more as it is printed: in groups, with decimals.
_GROUPED = re.compile(r"(?<!\d)\d(?:[ \t\u00a0\u2007\u2009\u202f.,'’]?\d){9,}")
_LENGTHS = (12, 10)  # digits of a personal number, with and without its century
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[a-zåäö]{2,}", re.IGNORECASE)
HIDDEN = "▪▪▪▪▪▪"


def may_hold_number(text: str) -> bool:
    """A quick look: whether a personnummer may stand in a text, or in one of many with APART
    between them.

    >>> may_hold_number("28 1234"), may_hold_number("år 2020"), may_hold_number(f"28{APART}1234")
    (True, False, False)
    """
    return _QUICK.search(text) is not None or may_be_spelled(text)


def personal_number_in(text: str) -> str | None:
    """`strict`, `loose` or None: whether a text holds a personnummer or samordningsnummer.

    >>> personal_number_in("Anna 811228-9874"), personal_number_in("811288-9848")  # the 28 + 60:th
    ('strict', 'strict')
    >>> personal_number_in("faktura 8112289874"), personal_number_in("20200315-0014")  # a time?
    ('loose', 'loose')
    >>> personal_number_in("811228.9874"), personal_number_in("811228 nr 9874")
    ('loose', 'loose')
    >>> personal_number_in("811228-9875") is personal_number_in("dnr 801-3809-2020") is None
    True
    """
    return _kind_in(text) if may_hold_number(text) else None


@lru_cache(maxsize=4096)
def _kind_in(text: str) -> str | None:
    """The surest of all that stand in a text.

    >>> _kind_in("8112289874, 811228-9874"), _kind_in("12345678-1234")
    ('strict', None)
    """
    joined = (_kind(match) for match in _CANDIDATE.finditer(text))
    return strongest([*joined, *(one.kind for one in spelled_in(text))])


def strongest(kinds: Iterable[str | None]) -> str | None:
    """Of several texts' kinds the one that decides.

    >>> strongest([None, "loose", "strict"]), strongest(["loose", None]), strongest([])
    ('strict', 'loose', None)
    """
    found = set(kinds)
    for kind in ("strict", "loose"):
        if kind in found:
            return kind
    return None


def contact_in(text: str) -> str | None:
    """`phone` or `email` when a text holds one.

    >>> contact_in("ring 070-123 45 67"), contact_in("a.b@exempel.se"), contact_in("01-12-2020")
    ('phone', 'email', None)
    """
    if "@" in text and _EMAIL.search(text):
        return "email"
    for pattern in _PHONES:
        if any(not _NO_PHONE.fullmatch(match[0]) for match in pattern.finditer(text)):
            return "phone"
    return None


def mask(text: str) -> str:
    """The text as it may be shown: everything shaped like a personal number hidden, whether it is
    one or not, and each printed number that holds one.

    >>> mask("Anna 19811228-9874 sökte"), mask("811228-9875"), mask("198 112 289 874,00 kr")
    ('Anna ▪▪▪▪▪▪ sökte', '▪▪▪▪▪▪', '▪▪▪▪▪▪ kr')
    """
    return _without_grouped(_CANDIDATE.sub(HIDDEN, _without_spelled(text)))


def _without_spelled(text: str) -> str:
    """The text without the numbers whose digits are kept apart.

    >>> _without_spelled("Anna 8 1 1 2 2 8 - 9 8 7 4 sökte")
    'Anna ▪▪▪▪▪▪ sökte'
    """
    shown = text
    for one in reversed([*spelled_in(text)]):
        shown = shown[: one.start] + HIDDEN + shown[one.end :]
    return shown


def without_number(text: str) -> str:
    """The text with everything shaped like a personal number hidden, if one of them is one; or else
    as it is.

    >>> without_number("dnr 200315-1030"), without_number("dnr 200315-1030 om 811228-9874")
    ('dnr 200315-1030', 'dnr ▪▪▪▪▪▪ om ▪▪▪▪▪▪')
    """
    return mask(text) if personal_number_in(text) else _without_grouped(text)


def _without_grouped(text: str) -> str:
    """The text without the numbers that begin with the digits of a personal number, which is what
    is left of one that was read as an amount, and of that amount in another unit.

    >>> _without_grouped("198 112 289 874 000"), _without_grouped("8 112 289 874,5 kr")
    ('▪▪▪▪▪▪', '▪▪▪▪▪▪ kr')
    >>> _without_grouped("8 112 289 875 kr, 1 250 000 000 kr")
    '8 112 289 875 kr, 1 250 000 000 kr'
    """
    return _GROUPED.sub(_hidden_number, text)


def _hidden_number(match: re.Match[str]) -> str:
    """A number as it may be shown.

    >>> [_hidden_number(_GROUPED.search(text)) for text in ("8112289874", "8112289875")]
    ['▪▪▪▪▪▪', '8112289875']
    """
    digits = _NO_DIGIT.sub("", match[0])
    begins = (digits[:length] for length in _LENGTHS if len(digits) >= length)
    return HIDDEN if any(map(is_id_number, begins)) else match[0]


def _kind(match: re.Match[str]) -> str | None:
    """How sure it is that a candidate is a number.

    >>> [_kind(_CANDIDATE.search(text)) for text in ("198112289874", "811228/9874", "811228-9875")]
    ['strict', 'loose', None]
    """
    day, between, last = match["run"] or match["day"], match["between"] or "", match["last"]
    digits = _NO_DIGIT.sub("", day)
    is_joined = _JOINED.search(between) is not None
    if not is_id_number(f"{digits}{_separator(between)}{last}"):
        return None
    if between and _is_time_stamp(digits, last):
        return "loose"
    has_century = len(digits) == _WITH_CENTURY and digits == day and between not in _DECIMAL
    # A number of vouchers may begin with the day; of the century before nobody books anything now.
    may_be_booked = not between and digits.startswith("20")
    return "strict" if is_joined or (has_century and not may_be_booked) else "loose"


def _separator(between: str) -> str:
    """The dash or plus that stands between a day and the rest, in its plain form.

    >>> _separator(" \N{EN DASH} "), _separator("+"), _separator("/")
    ('-', '+', '')
    """
    if "+" in between:
        return "+"
    return "-" if _JOINED.search(between) else ""


def _is_time_stamp(day: str, last: str) -> bool:
    """YYYYMMDD-HHMM of this century: one in ten passes as a personal number.

    >>> _is_time_stamp("20200315", "2359"), _is_time_stamp("20200315", "2460")
    (True, False)
    """
    hours, minutes = int(last[:2]), int(last[2:])
    return len(day) == _WITH_CENTURY and day.startswith("20") and hours < 24 and minutes < 60
