"""What of a Swedish text says how many: numbers in digits and in words, and quantifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.words.swedish import number_at_start

_FIRST_WORD, _PAST_WORDS = 2, 100  # "en" and "ett" are articles too
_WORDS = [number_at_start(number).lower() for number in range(_FIRST_WORD, _PAST_WORDS)]
_QUANTIFIERS = (
    "nästan alla", "inte alla", "alla", "allihop", "samtliga", "ingendera", "ingen", "inga",
    "de flesta", "flertalet", "merparten", "majoriteten", "hälften", "en tredjedel",
    "två tredjedelar", "en fjärdedel", "tre fjärdedelar", "ett fåtal", "båda", "varannan",
    "var tredje", "dubbelt", "fördubblats", "halverats",
)  # fmt: skip
"""Longest first where one begins another. What says no count of its own, flera, många, några, is
not among them: it is true of too much."""
_NUMBER = r"(?<![\w,])[\u2212-]?\d+(?:[\u00a0 ]\d{3})*(?:,\d+)?(?:[\u00a0 ]?%)?"
_COUNT = re.compile(
    rf"{_NUMBER}|\b(?:{'|'.join((*_QUANTIFIERS, *sorted(_WORDS, key=len, reverse=True)))})\b",
    re.IGNORECASE,
)
_QUANTIFIER = re.compile("|".join(_QUANTIFIERS))


class Count(NamedTuple):
    """Something that says how many: where it begins and ends, and in one way of writing."""

    start: int
    end: int
    said: str

    @property
    def is_quantifier(self) -> bool:
        """Whether it is a word for a share, and no number.

        >>> [one.is_quantifier for one in counts_in("hälften av tolv")]
        [True, False]
        """
        return _QUANTIFIER.fullmatch(self.said) is not None


def counts_in(text: str) -> Iterator[Count]:
    """All that says how many, in order.

    >>> [one.said for one in counts_in("De flesta, sju av 1 200 (18,5 %), ingen")]
    ['de flesta', 'sju', '1200', '18,5%', 'ingen']
    """
    for found in _COUNT.finditer(text):
        yield Count(found.start(), found.end(), _plain(found[0]))


def said_counts(text: str) -> list[str]:
    """The same, only what is said.

    >>> said_counts("samtliga 21")
    ['samtliga', '21']
    """
    return [one.said for one in counts_in(text)]


def _plain(said: str) -> str:
    """Without the blanks of thousands, the minus as a hyphen, in small letters.

    >>> _plain("\N{MINUS SIGN}15 080"), _plain("De  Flesta")
    ('-15080', 'de flesta')
    """
    plain = said.replace("\u2212", "-").lower()
    return "".join(plain.split()) if any(map(str.isdigit, plain)) else " ".join(plain.split())
