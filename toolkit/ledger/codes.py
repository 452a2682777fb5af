"""Verksamhetskoder as they are written in extracts, beside those of the year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.words.amounts import format_kr

_NAMED = 10  # codes that a message names


def codes_shown(codes: Mapping[str, Decimal], without: str) -> str:
    r"""Codes with their sums, the largest first; `without` is said for none at all.

    >>> codes_shown({"801": Decimal(5), "": Decimal(-70)}, "utan kod").replace("\xa0", " ")
    'utan kod (−70 kr), 801 (5 kr)'
    """
    named = sorted(codes.items(), key=lambda one: (-abs(one[1]), one[0]))
    shown = [f"{code or without} ({format_kr(amount)})" for code, amount in named[:_NAMED]]
    more = f" … ({len(named)})" if named[_NAMED:] else ""
    return ", ".join(shown) + more
