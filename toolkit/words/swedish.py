"""Swedish as it is written: numbers in words, quantifiers with the count behind, genitives,
order."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from toolkit.words.amounts import format_number

_WORDS = (
    "noll",
    "ett",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_DASH = re.compile("[–—‑−]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


def number_word(number: int, *, common: bool = True) -> str:
    """Up to twelve in words, then digits. `common`: en (länsstyrelse) instead of ett (län)."""
    if number == 1 and common:
        return "en"
    return _WORDS[number] if 0 <= number <= 12 else format_number(number)


def number_at_start(number: int, *, common: bool = True) -> str:
    """As a sentence may begin, with a capital: never digits below a hundred."""
    return capitalise(number_word(number, common=common) if number <= 12 else _spelled(number))


def _spelled(number: int) -> str:
    if number < 20:
        return _TEENS[number - 13]
    if number > 99:
        return format_number(number)
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (_WORDS[ones] if ones else "")


def capitalise(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def genitive(name: str) -> str:
    """`Stockholm` → `Stockholms`; names that end in s, x or z stay."""
    return name if name[-1:].casefold() in {"s", "x", "z"} else name + "s"


def join_and(items: Iterable[str]) -> str:
    """`a, b och c`."""
    parts = list(items)
    return " och ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def quantifier(count: int, base: int) -> str:
    """The word for a share of all that reported (domain.md §7): samtliga, nästan alla, merparten,
    majoriteten, flera, några, ett fåtal, en, ingen. Defined for 21 and scaled by share for another
    base.

    Raises ValueError unless 0 ≤ count ≤ base."""
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base}")
    if count == 0:
        return "ingen"
    if count == base:
        return "samtliga"
    if count == 1:
        return "en"
    return _scaled(Decimal(count) / Decimal(base) * 21)


def _scaled(of_21: Decimal) -> str:
    steps = (
        ("17.5", "nästan alla"),
        ("13.5", "merparten"),
        ("10.5", "majoriteten"),
        ("4.5", "flera"),
        ("2.5", "några"),
    )
    for limit, word in steps:
        if of_21 >= Decimal(limit):
            return word
    return "ett fåtal"


def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """A–Z, Å, Ä, Ö; other accents as their letter; case does not matter."""
    return tuple(_letter_key(letter) for letter in text.casefold())


def _letter_key(letter: str) -> tuple[int, str]:
    if letter in _ALPHABET:
        return (_ALPHABET.index(letter), "")
    plain = unicodedata.normalize("NFD", letter)[0]
    return (_ALPHABET.index(plain), "") if plain in _ALPHABET else (-1, letter)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For comparing headings and labels: case, spaces, dashes, asterisks and line breaks do not
    count."""
    text = _DASH.sub("-", unicodedata.normalize("NFC", text).casefold())
    return " ".join(text.replace("*", " ").replace("\u00ad", "").split())


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0–1, with å, ä, ö as a and o and punctuation left out."""
    return difflib.SequenceMatcher(None, _bare(one), _bare(other)).ratio()


def suggest(text: str, candidates: Sequence[str], cutoff: float = 0.72) -> str | None:
    """The candidate most like a text, or None when nothing is like it."""
    near = [candidate for candidate in candidates if _at_most(text, candidate) >= cutoff]
    best = max(near, key=lambda candidate: likeness(text, candidate), default=None)
    return best if best is not None and likeness(text, best) >= cutoff else None


def _at_most(one: str, other: str) -> float:
    """What two texts' likeness cannot exceed, by their lengths alone: most candidates need no
    closer look."""
    shorter, longer = sorted((len(_bare(one)), len(_bare(other))))
    return 2 * shorter / (shorter + longer) if longer else 1.0


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()
