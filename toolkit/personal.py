"""Personal numbers in text: found and never repeated.

A strict match (separator or century, a real date, the right check digit) blocks; a loose match (ten
digits in a row that pass) is asked about, since invoice numbers and time stamps pass too."""

from __future__ import annotations

import re
from functools import lru_cache

_CANDIDATE = re.compile(r"(?<![\d.,])(\d{6}|\d{8})([-+ ]?)(\d{4})(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+46|0)(?:[ -]?\d){7,10}(?!\d)")
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[a-zåäö]{2,}", re.IGNORECASE)
HIDDEN = "▪▪▪▪▪▪"


@lru_cache(maxsize=4096)
def personal_number_in(text: str) -> str | None:
    """`strict`, `loose` or None: whether a text holds a personnummer or samordningsnummer."""
    kinds = {_kind(match) for match in _CANDIDATE.finditer(text)}
    return "strict" if "strict" in kinds else "loose" if "loose" in kinds else None


def contact_in(text: str) -> str | None:
    """`phone` or `email` when a text holds one."""
    if _EMAIL.search(text):
        return "email"
    return "phone" if _PHONE.search(text) else None


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
