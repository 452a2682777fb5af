"""What of a Swedish text says how many: numbers in digits and in words, and quantifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.words.loosewords import LOOSE
from toolkit.words.swedish import number_at_start

_FIRST_WORD, _PAST_WORDS = 2, 100  # "en" and "ett" are articles too
_WORDS = [number_at_start(number).lower() for number in range(_FIRST_WORD, _PAST_WORDS)]
_QUANTIFIERS = (
    "nästan alla", "inte alla", "alla", "allihop", "samtliga", "ingendera", "ingen", "inga",
    "de flesta", "flertalet", "merparten", "majoriteten", "hälften", "en tredjedel",
    "två tredjedelar", "en fjärdedel", "tre fjärdedelar", "ett fåtal", "båda", "varannan",
    "var tredje", "dubbelt", "fördubblats", "halverats",
)  # fmt: skip
"""Longest first where one begins another. What says no count of its own, flera, många, några
(`loosewords`), is not among them: it is true of too much."""
_NUMBER = r"(?<![\w,])[\u2212-]?\d+(?:[\u00a0 ]\d{3})*(?:,\d+)?(?:[\u00a0 ]?%)?"
_SIDE = r"(?P<side>(?:mer|mindre|fler|färre|högre|lägre|större)\s+än|minst|högst|drygt|knappt)\s+"
"""On which side of a count the truth lies: turned round, the sentence says the opposite. Over and
under are not among them: `under 2020` is when."""
_COUNT = re.compile(
    rf"(?:\b{_SIDE})?(?P<count>{_NUMBER}"
    rf"|\b(?:{'|'.join((*_QUANTIFIERS, *sorted(_WORDS, key=len, reverse=True)))})\b)",
    re.IGNORECASE,
)
_QUANTIFIER = re.compile("|".join(_QUANTIFIERS))
_VALUES = {word: number for number, word in enumerate(_WORDS, _FIRST_WORD)}
_DIGITAL = re.compile(r"-?\d+(?:,\d+)?%?")
_SIGNED = re.compile(r"^(?:\w+\s+än|minst|högst|drygt|knappt)\s*(?=[\w-])")
_NUMBERED = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)})\b")


class Count(NamedTuple):
    """Something that says how many: where it begins and ends, and in one way of writing. `at` is
    where the number or word itself begins, behind `minst` and the like."""

    start: int
    end: int
    said: str
    at: int

    @property
    def is_quantifier(self) -> bool:
        """Whether it is a word for a share, and no number.

        >>> [one.is_quantifier for one in counts_in("mer än hälften av minst tolv")]
        [True, False]
        """
        return bool(_QUANTIFIER.search(self.said)) or not _NUMBERED.search(self.said)


def counts_in(text: str) -> Iterator[Count]:
    """All that says how many, in order.

    >>> [one.said for one in counts_in("De flesta, sju av 1 200 (18,5 %), ingen")]
    ['de flesta', 'sju', '1200', '18,5%', 'ingen']
    >>> [one.said for one in counts_in("Mindre än  hälften, minst 1 200 och under 2020")]
    ['mindre än hälften', 'minst 1200', '2020']
    """
    for found in _COUNT.finditer(text):
        side = f"{_plain(found['side'])} " if found["side"] else ""
        yield Count(found.start(), found.end(), side + _plain(found["count"]), found.start("count"))


def all_counts_in(text: str) -> Iterator[Count]:
    """The same with what says so only loosely, in order.

    >>> [one.said for one in all_counts_in("Flera av 21 län, inte en enda av de flesta")]
    ['flera', '21', 'inte en enda', 'de flesta']
    """
    counted = list(counts_in(text))
    for found in LOOSE.finditer(text):
        start, end = found.span()
        if not any(one.start < end and start < one.end for one in counted):
            counted.append(Count(start, end, _plain(found[0]), start))
    yield from sorted(counted)


def said_counts(text: str) -> list[str]:
    """The same, only what is said.

    >>> said_counts("samtliga 21")
    ['samtliga', '21']
    """
    return [one.said for one in counts_in(text)]


def numbers_said(text: str) -> set[Decimal]:
    """The numbers of a text, in digits or in words.

    >>> sorted(map(str, numbers_said("minst tolv av 1 200 (18,5 %), alla")))
    ['12', '1200', '18.5']
    """
    said = (_SIGNED.sub("", one.said) for one in counts_in(text))
    return {_value(one) for one in said if one in _VALUES or _DIGITAL.fullmatch(one)}


def _value(said: str) -> Decimal:
    """What a number in one way of writing is.

    >>> _value("tolv"), _value("-18,5%")
    (Decimal('12'), Decimal('-18.5'))
    """
    if said in _VALUES:
        return Decimal(_VALUES[said])
    return Decimal(said.rstrip("%").replace(",", "."))


def _plain(said: str) -> str:
    """Without the blanks of thousands, the minus as a hyphen, in small letters.

    >>> _plain("\N{MINUS SIGN}15 080"), _plain("De  Flesta")
    ('-15080', 'de flesta')
    """
    plain = said.replace("\u2212", "-").lower()
    return "".join(plain.split()) if any(map(str.isdigit, plain)) else " ".join(plain.split())
