"""A number that stands in a file as digits alone, where anything may stand."""

from __future__ import annotations

_LONGEST = 18  # digits, more than any number that is counted here; Python reads no more than 4,300


def whole_number(said: str) -> int | None:
    r"""The number that some digits are; None for what is none, and for one that is longer than any.

    >>> whole_number("2020"), whole_number("020"), whole_number("-1"), whole_number("")
    (2020, 20, None, None)
    >>> whole_number("\N{SUPERSCRIPT TWO}"), whole_number("9" * 5000)
    (None, None)
    """
    return int(said) if said.isdecimal() and len(said) <= _LONGEST else None
