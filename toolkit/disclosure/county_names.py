"""In which forms a county is named: `Stockholm`, `Stockholms län`, `Länsstyrelsen i Stockholms
län`, `01`, `01 – Stockholms län`, `AB`, `SE-AB`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from toolkit.disclosure.published import House
from toolkit.words.swedish import fold

_LETTERS = 2  # that a county has at most
_COUNTY = r"(?:-?\s?(?:lan|region|omrad|county)\w*)?"
_AROUND = {"se", "län", "lan", "läns", "länskod", "kod", "nr", "lst", "länsstyrelsen", "i"}
"""What may stand beside a code or letters without being more than a name: `SE-AB`, `AB län`."""
_FIRST = re.compile(r"\W*(\w+)\s*[-–—:]\s")
_BRACKETED = re.compile(r"[(\[]\s*(\w+)\s*[)\]]")
_SIGN = r"(?<![\w.,–-])(?:SE-?)?({})(?![\w]|[.,]\d)"
_BEHIND_LETTER = r"(?=\s*[:=(,–-]|\s+(?:\d|län\b|lan\b)|\s*[.;]?\s*$)"
_NOT_ONE = r"(?<!tabell )(?<!figur )(?<!bilaga )(?<!del )(?<!kapitel )"
_I = "I"  # the letter of Gotland, and a word


class CountyMention(NamedTuple):
    """A county in a text, from `start` up to `end`."""

    county: str
    start: int
    end: int


def plain(text: str) -> str:
    """A text for comparing: no case, no accents, no signs that are not seen; as long as it was
    where it had none of those that take no place."""
    bare = unicodedata.normalize("NFKD", fold(text.replace("_", " ")))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


class CountyNames:
    """The names of a house's counties, ready to be looked for."""

    def __init__(self, house: House) -> None:
        named = {code: [name, *house.called.get(code, ())] for code, name in house.counties.items()}
        self._signs = {code: code for code in named}
        self._stems: dict[str, str] = {}
        for code, name in chain.from_iterable(map(_pairs, named.items())):
            if len(name) <= _LETTERS and name.isupper():
                self._signs[name] = code
            else:
                self._stems |= dict.fromkeys(_stems(name), code)
        longest = sorted(self._stems, key=len, reverse=True)
        said = "|".join(re.escape(stem).replace(r"\ ", r"[\s-]*") for stem in longest)
        self._named = re.compile(rf"(?<!\w)({said})(?::?s)?{_COUNTY}(?!\w)")
        self._whole = {_joined(stem): code for stem, code in self._stems.items()}
        signs = [sign for sign in self._signs if sign != _I]
        self._said = re.compile(_NOT_ONE + _SIGN.format("|".join(map(re.escape, signs))))
        self._single = re.compile(r"(?<!\w)(?:SE-?)?([A-ZÅÄÖ])(?!\w)" + _BEHIND_LETTER)

    def in_label(self, text: str) -> frozenset[str]:
        """The counties that a cell of its own names, by name, code or letters."""
        named = self._by_name(text)
        return frozenset(one.county for one in named) or self._by_sign(text)

    def in_text(self, text: str) -> list[CountyMention]:
        """The counties that running text names, in its order. Letters and codes may be something
        else: they tell by the number beside them."""
        found = [*self._by_name(text), *self._signs_in(text)]
        return sorted(found, key=lambda one: one.start)

    def of_bare_codes(self, axis: Iterable[str]) -> Mapping[str, str]:
        """What the names of an axis are where all are codes that a workbook has as numbers: `1` for
        `01`."""
        named = {one: one.zfill(len(self._longest)) for one in axis if one.isdecimal()}
        every = all(code in self._signs for code in named.values())
        return {one: self._signs[code] for one, code in named.items()} if every else {}

    def without(self, text: str) -> str:
        """A text for comparing, without the counties' names."""
        return self._named.sub(" ", plain(text)) if self._stems else plain(text)

    @property
    def _longest(self) -> str:
        return max((sign for sign in self._signs if sign.isdecimal()), key=len, default="")

    def _by_name(self, text: str) -> list[CountyMention]:
        found = self._named.finditer(plain(text)) if self._stems else ()
        return [CountyMention(self._whole[_joined(one[1])], *one.span()) for one in found]

    def _by_sign(self, text: str) -> frozenset[str]:
        words = [word for word in re.findall(r"\w+", text) if self._is_more(word)]
        chosen = [*words] if len(words) == 1 else []
        chosen += [one[1] for one in (_FIRST.match(text),) if one]
        chosen += _BRACKETED.findall(text)
        return frozenset(self._signs[one] for one in chosen if one in self._signs)

    def _is_more(self, word: str) -> bool:
        return word in self._signs or word.casefold() not in _AROUND

    def _signs_in(self, text: str) -> Iterator[CountyMention]:
        for one in self._said.finditer(text):
            if len(one[1]) > 1:
                yield CountyMention(self._signs[one[1]], *one.span())
        for one in self._single.finditer(text):
            if one[1] in self._signs:
                yield CountyMention(self._signs[one[1]], *one.span())


def _pairs(item: tuple[str, list[str]]) -> list[tuple[str, str]]:
    return [(item[0], name) for name in item[1] if name]


def _stems(name: str) -> set[str]:
    """What a name begins with in all its forms: `västra götaland` of `Västra Götalands län`."""
    bare = re.sub(r"\s+(?:lan|kommun|county)$", "", plain(name))
    return {bare} if bare.isdecimal() else {bare, plain(name)}


def _joined(found: str) -> str:
    return re.sub(r"[\s-]+", "", found)
