"""Texts that Excel takes no longer than so. The library that writes workbooks leaves out what is
longer without a word, and with the text the whole rule or heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLE_LIMIT = 32
"""Characters of the title of a message at a cell."""
MESSAGE_LIMIT = 255
"""Characters of such a message, and of a printed page's header or footer."""
_LIMITS = {
    "input_title": TITLE_LIMIT,
    "error_title": TITLE_LIMIT,
    "input_message": MESSAGE_LIMIT,
    "error_message": MESSAGE_LIMIT,
}


def cut(text: str, limit: int) -> str:
    """A text that is too long, cut between words where there are any.

    >>> cut("Kontrollera cellen noga", 18), cut("Kort", 18), cut("abcdefgh", 5)
    ('Kontrollera…', 'Kort', 'abcd…')
    """
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    return (start.rpartition(" ")[0] or start) + "…"


def fitting(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule for cells (XlsxWriter's `data_validation`), its texts no longer than Excel takes.

    >>> fitting({"validate": "any", "error_title": "En rubrik som är längre än Excel tar"})
    {'validate': 'any', 'error_title': 'En rubrik som är längre än…'}
    """
    return {
        name: cut(value, _LIMITS[name]) if name in _LIMITS else value
        for name, value in rule.items()
    }


def in_header(text: str) -> str:
    """A text in a printed header, where `&` begins a code (`&P` is the page's number).

    >>> in_header("Mål & medel")
    'Mål && medel'
    """
    return text.replace("&", "&&")
