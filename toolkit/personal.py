"""Personal numbers in text: found and never repeated.

A strict match (separator or century, a real date, the right check digit) blocks; a loose match (ten
digits in a row that pass) is asked about, since invoice numbers and time stamps pass too."""

from __future__ import annotations

import re
from functools import lru_cache

_CANDIDATE = re.compile(r"(?<![\d.,])(\d{6}|\d{8})([-+ ]?)(\d{4})(?!\d)")
_SIX_DIGITS = re.compile(r"\d\d\d\d\d\d")
_PHONES = tuple(re.compile(rf"{start}(?<!\d{start})(?:[ -]?\d){{7,10}}(?!\d)") for start in (r"\+46", "0"))
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[a-zåäö]{2,}", re.IGNORECASE)
HIDDEN = "▪▪▪▪▪▪"


def may_hold_number(text: str) -> bool:
    """A quick look: whether a personnummer may stand in a text, or in one of many put together on lines."""
    return _SIX_DIGITS.search(text) is not None


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
    return "phone" if any(pattern.search(text) for pattern in _PHONES) else None


def mask(text: str) -> str:
    """The text as it may be shown: everything shaped like a personal number hidden."""
    return _CANDIDATE.sub(HIDDEN, text)


def _kind(match: re.Match[str]) -> str | None:
    if not _is_valid(match[1] + match[2].strip() + match[3]):
        return None
    if _is_time_stamp(match):
        return "loose"
    return "strict" if match[2].strip() or len(match[1]) == 8 else "loose"


def _is_time_stamp(match: re.Match[str]) -> bool:
    """YYYYMMDD-HHMM: one in ten passes as a personal number."""
    hour, minute = int(match[3][:2]), int(match[3][2:])
    return len(match[1]) == 8 and match[2] == "-" and hour < 24 and minute < 60 and match[1][:2] == "20"


def _is_valid(digits: str) -> bool:
    from personnummer.personnummer import Personnummer, PersonnummerException

    try:
        Personnummer(digits)
    except (PersonnummerException, ValueError):
        return False
    return True
