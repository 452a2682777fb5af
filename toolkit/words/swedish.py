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
from toolkit.words.unseen import without_unseen

# Svenska skrivregler: up to twelve in words in running text, since they are one word each.
_WORDS = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_LAST_WORD, _FIRST_TEEN, _FIRST_TEN, _LAST_TEN = 12, 13, 20, 99
_DASH = re.compile("[–—‑−]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"  # Å, Ä and Ö are letters of their own, and the last
_SIBILANTS = ("s", "x", "z")
_FEW = ("några", "ett fåtal")
_COUNTIES = 21  # the number of county boards, for which the quantifiers were chosen
_STEPS = (
    (Decimal("17.5"), "nästan alla"),
    (Decimal("13.5"), "merparten"),
    (Decimal("10.5"), "majoriteten"),
    (Decimal("4.5"), "flera"),
    (Decimal("2.5"), "några"),
)
"""From how many of the counties on a word holds: halves, between whole numbers of counties."""
_LIKE = 0.72  # likeness from which a text is suggested instead of another


# ----------------------------------------------------------------------------------- numbers, words
def number_word(number: int, *, common: bool = True) -> str:
    r"""Up to twelve in words, then digits. `common`: en (länsstyrelse) instead of ett (län).

    >>> number_word(1), number_word(1, common=False), number_word(12), number_word(13)
    ('en', 'ett', 'tolv', '13')
    >>> number_word(-2), number_word(1200)
    ('−2', '1\xa0200')
    """
    if number == 1 and common:
        return "en"
    return _WORDS[number] if 0 <= number <= _LAST_WORD else format_number(number)


def number_at_start(number: int, *, common: bool = True) -> str:
    r"""As a sentence may begin, with a capital: never digits below a hundred.

    >>> number_at_start(1), number_at_start(18), number_at_start(21), number_at_start(100)
    ('En', 'Arton', 'Tjugoett', '100')
    """
    word = number_word(number, common=common) if number <= _LAST_WORD else _spelled(number)
    return capitalise(word)


def _spelled(number: int) -> str:
    """Thirteen and more in words, written together as Swedish does.

    >>> _spelled(13), _spelled(20), _spelled(99)
    ('tretton', 'tjugo', 'nittionio')
    """
    if number < _FIRST_TEN:
        return _TEENS[number - _FIRST_TEEN]
    if number > _LAST_TEN:
        return format_number(number)
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (_WORDS[ones] if ones else "")


def capitalise(text: str) -> str:
    """The first letter as a capital, the rest as it is (`str.capitalize` would lower it).

    >>> capitalise("över BUP"), capitalise("")
    ('Över BUP', '')
    """
    return text[:1].upper() + text[1:]


def genitive(name: str) -> str:
    """Names that end in s, x or z stay: Swedish adds neither s nor an apostrophe to them.

    >>> genitive("Stockholm"), genitive("Västernorrlands"), genitive("Lax")
    ('Stockholms', 'Västernorrlands', 'Lax')
    """
    return name if name.casefold().endswith(_SIBILANTS) else name + "s"


def join_and(items: Iterable[str]) -> str:
    """A list in words, without a comma before the last.

    >>> join_and(["Kalmar", "Skåne", "Örebro"]), join_and(["Kalmar"]), join_and([])
    ('Kalmar, Skåne och Örebro', 'Kalmar', '')
    """
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} och {parts[-1]}"


def quantifier(count: int, base: int) -> str:
    """The word for a share of all that reported: samtliga, nästan alla, merparten, majoriteten,
    hälften, flera, några, ett fåtal, en, ingen. Defined for 21 and scaled by share for another
    base.

    Raises ValueError unless 0 ≤ count ≤ base.

    >>> quantifier(20, 21), quantifier(11, 21), quantifier(2, 21), quantifier(7, 10)
    ('nästan alla', 'majoriteten', 'ett fåtal', 'merparten')
    >>> quantifier(0, 0), quantifier(1, 1), quantifier(10, 20), quantifier(1, 2)
    ('ingen', 'samtliga', 'hälften', 'en')
    """
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base}")
    if count == 0:
        return "ingen"
    if count == base:
        return "samtliga"
    if count == 1:
        return "en"
    if count * 2 == base:
        return "hälften"
    return _scaled(Decimal(count) / Decimal(base) * _COUNTIES)


def is_few(count: int, base: int) -> bool:
    """Whether a share is one that `några` or `ett fåtal` tells of: not none, and never half.

    >>> is_few(4, 21), is_few(5, 21), is_few(1, 4), is_few(1, 5), is_few(0, 21), is_few(1, 2)
    (True, False, False, True, False, False)
    """
    return count > 0 and _scaled(Decimal(count) / Decimal(base) * _COUNTIES) in _FEW


def _scaled(of_21: Decimal) -> str:
    """The word for a share, as a number of 21.

    >>> _scaled(Decimal("10.5")), _scaled(Decimal("10.4"))
    ('majoriteten', 'flera')
    """
    for least, word in _STEPS:
        if of_21 >= least:
            return word
    return "ett fåtal"


# -------------------------------------------------------------------------------------------- order
def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """A–Z, Å, Ä, Ö; other accents as their letter; case does not matter.

    >>> sorted(["Örebro", "Ängelholm", "Åre", "Émile", "Eva", "Dalarna"], key=sort_key)
    ['Dalarna', 'Émile', 'Eva', 'Åre', 'Ängelholm', 'Örebro']
    """
    return tuple(_letter_key(letter) for letter in text.casefold())


def _letter_key(letter: str) -> tuple[int, str]:
    """A letter's place in the alphabet; whatever is no letter comes before A, by itself.

    >>> _letter_key("é") == _letter_key("e"), _letter_key("1")
    (True, (-1, '1'))
    """
    if letter in _ALPHABET:
        return (_ALPHABET.index(letter), "")
    plain = unicodedata.normalize("NFD", letter)[0]
    return (_ALPHABET.index(plain), "") if plain in _ALPHABET else (-1, letter)


# ----------------------------------------------------------------------------------------- likeness
@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    r"""For comparing headings and labels: case, spaces, dashes, asterisks and line breaks do not
    count.

    >>> fold("Mål\xad\xa0–\nid *") == fold("mål - ID")
    True
    """
    text = _DASH.sub("-", without_unseen(unicodedata.normalize("NFC", text)).casefold())
    return " ".join(text.replace("*", " ").split())


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0–1, with å, ä, ö as a and o and punctuation left out.

    >>> likeness("Mål-id", "MALID"), likeness("Mål", ""), round(likeness("Budget", "Budjet"), 2)
    (1.0, 0.0, 0.83)
    """
    return difflib.SequenceMatcher(None, _bare(one), _bare(other)).ratio()


def is_transposed(one: str, other: str) -> bool:
    """Whether two neighbouring letters have changed places, and nothing else differs but case.

    >>> is_transposed("PHM", "PMH"), is_transposed("PMH", "PMH"), is_transposed("AB", "BC")
    (True, False, False)
    """
    first, second = one.casefold(), other.casefold()
    if len(first) != len(second) or first == second:
        return False
    odd = [place for place, letter in enumerate(first) if letter != second[place]]
    left, right = odd[0], odd[-1]
    return right == left + 1 and first[left] + first[right] == second[right] + second[left]


def suggest(text: str, candidates: Sequence[str], cutoff: float = _LIKE) -> str | None:
    """The candidate most like a text, or None when nothing is like it.

    >>> suggest("Aktivitet", ["Aktiviteter", "Ekonomi"]), suggest("Övrigt", ["Aktiviteter"])
    ('Aktiviteter', None)
    """
    near = [candidate for candidate in candidates if _at_most(text, candidate) >= cutoff]
    best = max(near, key=lambda candidate: likeness(text, candidate), default=None)
    return best if best is not None and likeness(text, best) >= cutoff else None


def _at_most(one: str, other: str) -> float:
    """What two texts' likeness cannot exceed, by their lengths alone: most candidates need no
    closer look.

    >>> _at_most("tre", "tre"), _at_most("tre", "fem ord"), _at_most("", "")
    (1.0, 0.6, 1.0)
    """
    shorter, longer = sorted((len(_bare(one)), len(_bare(other))))
    return 2 * shorter / (shorter + longer) if longer else 1.0


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Letters, digits and spaces, without accents.

    >>> _bare("Mål-id: Å 7")
    'malid a 7'
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()
