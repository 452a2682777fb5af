"""Personal numbers in text: found and never repeated.

A strict match (separator or century, a real date, the right check digit) blocks; a loose match (ten
digits in a row that pass) is asked about, since invoice numbers and time stamps pass too."""

from __future__ import annotations

import re
from functools import lru_cache

_GAP = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]"  # also what no one sees: soft hyphens, joiners
_DASH = r"[-+\u2010-\u2015\u2043\u2212\ufe63\uff0d]"
_BETWEEN = rf"({_GAP}{{0,2}}(?:{_DASH}|[/_:])?{_GAP}{{0,2}})"
_DAY = rf"(?:\d\d)?\d\d(?:{_DASH}|[ ./])\d\d(?:{_DASH}|[ ./])\d\d"
_CANDIDATE = re.compile(
    rf"(?:(?<![\d.,])(?P<run>\d{{6}}|\d{{8}})|(?<!\d)(?P<day>\d{{6}}|\d{{8}}|(?P<dated>{_DAY}))(?P<between>(?=\D){_BETWEEN}))"
    rf"(?P<last>\d{{4}})(?!\d)(?(dated)(?!{_DASH}\d))"  # two dates with a dash between them are no number
)
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
_NO_PHONE = re.compile(r"\d\d[-/. \u2013]\d\d[-/. \u2013]\d{4}")  # a date, or months of a year
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[a-zåäö]{2,}", re.IGNORECASE)
HIDDEN = "▪▪▪▪▪▪"


def may_hold_number(text: str) -> bool:
    """A quick look: whether a personnummer may stand in a text, or in one of many with APART
    between them."""
    return _QUICK.search(text) is not None


def personal_number_in(text: str) -> str | None:
    """`strict`, `loose` or None: whether a text holds a personnummer or samordningsnummer."""
    return _kind_in(text) if may_hold_number(text) else None


@lru_cache(maxsize=4096)
def _kind_in(text: str) -> str | None:
    kinds = {_kind(match) for match in _CANDIDATE.finditer(text)}
    return "strict" if "strict" in kinds else "loose" if "loose" in kinds else None


def contact_in(text: str) -> str | None:
    """`phone` or `email` when a text holds one."""
    if "@" in text and _EMAIL.search(text):
        return "email"
    found = (match[0] for pattern in _PHONES for match in pattern.finditer(text))
    return "phone" if any(not _NO_PHONE.fullmatch(one) for one in found) else None


def mask(text: str) -> str:
    """The text as it may be shown: everything shaped like a personal number hidden."""
    return _CANDIDATE.sub(HIDDEN, text)


def without_number(text: str) -> str:
    """The text with everything shaped like a personal number hidden, if one of them is one; or else
    as it is."""
    return mask(text) if personal_number_in(text) else text


def _kind(match: re.Match[str]) -> str | None:
    day, between = match["run"] or match["day"], match["between"] or ""
    digits = _NO_DIGIT.sub("", day)
    is_joined = _JOINED.search(between) is not None
    if not _is_valid(
        f"{digits}{'+' if '+' in between else '-' if is_joined else ''}{match['last']}"
    ):
        return None
    if _is_time_stamp(digits, is_joined, match["last"]):
        return "loose"
    return "strict" if is_joined or (len(digits) == 8 and digits == day) else "loose"


def _is_time_stamp(day: str, is_joined: bool, last: str) -> bool:
    """YYYYMMDD-HHMM: one in ten passes as a personal number."""
    return (
        len(day) == 8
        and is_joined
        and int(last[:2]) < 24
        and int(last[2:]) < 60
        and day[:2] == "20"
    )


def _is_valid(digits: str) -> bool:
    from personnummer.personnummer import Personnummer, PersonnummerException

    try:
        Personnummer(digits)
    except (PersonnummerException, ValueError):
        return False
    return True
