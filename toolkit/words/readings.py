"""A text in the ways that its numbers can be read, however they are written: `③ kvinnor`, `3,0
kvinnor`, `1+2 kvinnor`, and what signs that nobody sees have glued together or taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache

from toolkit.words.swedish import number_word
from toolkit.words.unseen import UNSEEN, without_unseen

_LAST_IN_WORDS = 12  # the numbers that Swedish writes in words
_SIX = 6  # `sexköpare` are not six
_WORDED = {number_word(number): number for number in range(1, _LAST_IN_WORDS + 1)}
_WORDED |= {number_word(1, common=False): 1}
_ROMAN = {"II": "2", "III": "3", "IV": "4"}
_IN_ROMAN = re.compile(r"\b(II|III|IV)\b(?=\s+[a-zåäö])")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_NOUGHTS = re.compile(r"(?<![\d.,:/])(\d{1,3})[.,]0{1,2}(?![\d.,:/]*\d)")
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_WORDED)})"
_PLUS = r"\s*(?:\+|\bplus\b)\s*"
_SUM = re.compile(rf"(?<![\w.,]){_NUMBER}(?:{_PLUS}{_NUMBER})+(?!\w|[.,]\d)", re.IGNORECASE)


def readings(text: str, nouns: Collection[str]) -> tuple[str, ...]:
    r"""The text as it stands with its numbers in plain digits, and otherwise read where it can be.
    `nouns` are words that a number may be glued to.

    >>> nouns = ("kvinnor",)
    >>> readings("③ kvinnor", nouns), readings("3,0 kvinnor", nouns), readings("３", nouns)
    (('3 kvinnor',), ('3 kvinnor',), ('3',))
    >>> readings("trekvinnor", nouns), readings("1+2 kvinnor", nouns)
    (('tre kvinnor',), ('1+2 kvinnor', '3 kvinnor'))
    >>> readings("tre\u200bunga", nouns), readings("Tre kvinnor", nouns)
    (('treunga', 'tre unga'), ('Tre kvinnor',))
    """
    found: dict[str, None] = {}
    for seen in _seen(text):
        plain = _plainly(seen, frozenset(nouns))
        found |= {plain: None, _SUM.sub(_summed, plain): None}
    return tuple(found)


def _seen(text: str) -> tuple[str, ...]:
    r"""The text in plain signs; twice where signs that nobody sees stand in it, which may part
    words or not.

    >>> _seen("t\u00adre"), _seen("tre")
    (('tre', 't re'), ('tre',))
    """
    if text.isascii():
        return (text,)
    without = unicodedata.normalize("NFKC", without_unseen(text))
    parted = unicodedata.normalize("NFKC", _UNSEEN.sub(" ", text))
    return (without,) if parted == without else (without, parted)


def _plainly(text: str, nouns: frozenset[str]) -> str:
    """The text with its numbers in plain digits, and apart from the nouns behind them.

    >>> _plainly("III besökare, 2,00 män, 3,05 och fyraklienter", frozenset({"klienter"}))
    '3 besökare, 2 män, 3,05 och fyra klienter'
    """
    plain = _IN_ROMAN.sub(lambda found: _ROMAN[found[0]], _NOUGHTS.sub(r"\1", text))
    return _glued(nouns).sub(r"\1 ", plain) if nouns else plain


@cache
def _glued(nouns: frozenset[str]) -> re.Pattern[str]:
    """A number with one of the nouns behind it, and no blank between.

    >>> _glued(frozenset({"män"})).search("Det var fyramän.")[1]
    'fyra'
    """
    numbers = [word for word, number in _WORDED.items() if number not in (1, _SIX)]
    behind = "|".join(re.escape(noun) for noun in sorted(nouns))
    return re.compile(rf"\b({'|'.join(numbers)}|\d{{1,3}})(?=(?:{behind})\b)", re.IGNORECASE)


def _summed(found: re.Match[str]) -> str:
    """What a sum comes to.

    >>> _SUM.sub(_summed, "1 + två plus 3")
    '6'
    """
    parts = re.findall(_NUMBER, found[0].lower())
    return str(sum(int(one) if one.isdigit() else _WORDED[one] for one in parts))
