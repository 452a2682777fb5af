"""Whether a text is another in other words: one that was worded anew after it had been sent out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.words.swedish import fold

_WORD = re.compile(r"\w+")
_FEWEST = 4  # words by which a text is known again; a short remark may be anybody's
_ENOUGH = 0.6  # of the shorter one's words that the other has too


def is_reworded(said: str, texts: Iterable[str]) -> bool:
    """Whether a text says what one of others says, with some words changed, put in or left out.

    >>> now = ["Koden 801 är länsstyrelsernas egen för hela området."]
    >>> is_reworded("Koden 801 är länsstyrelsernas egen. Övriga är påhittade.", now)
    True
    >>> is_reworded("Koden 801 är", now), is_reworded("Koden 805 är ny.", now)
    (True, False)
    """
    return any(_goes_on(said, text) or _are_alike(_words(said), _words(text)) for text in texts)


def _goes_on(said: str, text: str) -> bool:
    """Whether a text of some words begins another.

    >>> _goes_on("Koden 801 är.", "Koden 801 är ny."), _goes_on("Koden", "Koden 801")
    (True, False)
    """
    return " " in said and fold(text).startswith(fold(said).rstrip("."))


def _are_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether most of the shorter one's words stand in the other.

    >>> kod, post = _words("en ny kod nu"), _words("nu en ny post")
    >>> _are_alike(kod, post), _are_alike(_words("en kod"), kod)
    (True, False)
    """
    shorter = min(len(words), len(others))
    return shorter >= _FEWEST and len(words & others) >= _ENOUGH * shorter


def _words(text: str) -> frozenset[str]:
    """The words of a text, in small letters.

    >>> sorted(_words("En kod, EN"))
    ['en', 'kod']
    """
    return frozenset(_WORD.findall(fold(text)))
