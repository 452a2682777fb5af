"""How many persons a text tells of: `tre utsatta kvinnor`, `3 personer`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from toolkit.words.swedish import fold, number_word

_WORD = re.compile(r"\w+")
_LAST_IN_WORDS = 12  # the numbers that Swedish writes in words
_BETWEEN = 2  # words between the number and the persons: `tre av de utsatta`
_NUMBERS = {number_word(number): number for number in range(1, _LAST_IN_WORDS + 1)}
_NUMBERS |= {number_word(1, common=False): 1}
_LAST_DIGITS = 4
_OF_THESE = {"av", "de", "dem", "st", "stycken"}
_BREAK = re.compile(r"[.,;:!?]")


class PersonCount(NamedTuple):
    """A number of persons in a text, and the words that tell it."""

    number: int
    words: str


def person_counts(text: str, nouns: Collection[str]) -> Iterator[PersonCount]:
    """The numbers that stand before one of the nouns, which are whole words in small letters. A
    decade (`20-årig`) and a year are no such numbers unless a noun follows them.

    >>> nouns = {"person", "personer", "kvinnor"}
    >>> [*person_counts("Tre utsatta kvinnor fick stöd.", nouns)]
    [PersonCount(number=3, words='Tre utsatta kvinnor')]
    >>> [one.number for one in person_counts("Två av 12 personer och en ung person.", nouns)]
    [12, 1]
    >>> [*person_counts("Två möten om kvinnojourer.", nouns)]
    []
    """
    found = list(_WORD.finditer(text))
    words = [fold(one[0]) for one in found]
    for place, word in enumerate(words):
        number = _number(word)
        if number is None:
            continue
        ahead = words[place + 1 : place + 2 + _BETWEEN]
        steps = _steps_to_noun(number, ahead, nouns)
        if steps is not None:
            told = text[found[place].start() : found[place + 1 + steps].end()]
            if not _BREAK.search(told):
                yield PersonCount(number, told)


def _number(word: str) -> int | None:
    """A word as a number; None for any other word, and for a long row of digits.

    >>> _number("tre"), _number("12"), _number("personer"), _number("20200315")
    (3, 12, None, None)
    """
    if word.isascii() and word.isdigit() and len(word) <= _LAST_DIGITS:
        return int(word)
    return _NUMBERS.get(word)


def _steps_to_noun(number: int, ahead: list[str], nouns: Collection[str]) -> int | None:
    """How many words stand before the noun. What stands between is an adjective, which ends in -a
    or -e where there are several (`tre unga kvinnor`), or `av de`.

    >>> _steps_to_noun(3, ["unga", "kvinnor"], {"kvinnor"}), _steps_to_noun(3, ["möten"], {"man"})
    (1, None)
    """
    for steps, word in enumerate(ahead):
        if word in nouns:
            return steps
        # `tre (3) personer` says the same number twice.
        if _number(word) == number:
            continue
        if number > 1 and word not in _OF_THESE and not word.endswith(("a", "e")):
            return None
    return None
