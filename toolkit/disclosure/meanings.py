"""What a heading, a caption or the name of a row says that numbers count: persons of an indicator,
persons of some kind, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

from toolkit.disclosure.county_names import CountyNames, plain
from toolkit.disclosure.published import Around, House

PERSONS = (
    "person|personer|kvinna|kvinnor|man|män|barn|flicka|flickor|pojke|pojkar|unga|ungdom|ungdomar"
    "|offer|vuxen|vuxna|klient|klienter|individ|individer|brukare|deltagare|besökare|sökande"
)
PARTS = re.compile(r"\b(?:kvinn\w+|man|flick\w+|pojk\w+|ung\w+|vuxna|barn|annat kon|ovriga?)\b")
"""What persons are divided into: a row of such numbers adds up."""
_PLAIN_PERSONS = plain(PERSONS)
_ALWAYS = r"person|personer|pers|individer|klienter|brukare|deltagare|besokare|sokande|manniskor"
"""What is never the group that something is for."""
_COUNTED = re.compile(rf"\bantal\w*\s+(?:\w+\s+){{0,2}}?(?:{_PLAIN_PERSONS})\b")
_MONEY = re.compile(
    r"%|\b(?:[tmk]?kr|mn?kr|mdkr|sek|kronor|procent\w*|andel\w*|belopp\w*|kostnad\w*|utgift\w*"
    r"|budget\w*|anslag\w*|bidrag\w*|medel|medlen)\b"
)
_THINGS = (
    r"aktivitet\w*|insats\w*|moten?\w*|\w*tillfalle\w*|utbildning\w*|kommuner\w*|projekt\w*"
    r"|kampanj\w*|timmar|dagar|veckor|arsarbetskraft\w*|arenden\w*|brott\w*|anmalningar|rader"
    r"|rutin\w*|mal|malen|malsattning\w*|parter|skolor|lansstyrelser\w*|respondents|aktorer\w*"
    r"|samverkan\w*|uppgift saknas|\w*[a-z]procent"
)
_NUMBERED = r"^\W*(?:(?:tabell|figur|diagram|karta|bilaga)\W*)?(?:\d+(?:\.\d+)*)?[\W\d]*"
_SOME = rf"(?!(?:{_PLAIN_PERSONS})\b)\w+"
_LEADS = re.compile(
    rf"{_NUMBERED}(?:antal\w*\s+)?(?:{_SOME}\s+)?(?:{_THINGS}|{_MONEY.pattern})"
    r"(?!\w|\s*(?:[,:;+&]|och\b|samt\b))"
)
_LABEL = "namn namn namn"  # in place of an indicator's name, whose words say nothing else
_COUNTIES = re.compile(r"\bantal (?:lan|lansstyrelser)\b")
_PERSONS_LEAD = re.compile(rf"{_NUMBERED}(?:\w+\s+)?(?:{_PLAIN_PERSONS})\b")
_PERSON = re.compile(rf"\b(?:{_PLAIN_PERSONS}|{_ALWAYS})\b")
_PERSON_ALWAYS = re.compile(rf"\b(?:{_ALWAYS})\b")
_LONG = 4  # letters of a word that can tell one indicator from another
_ENDING = 2  # letters in which forms of a word may differ
_HALF = 2
_SMALL = {
    *("enligt", "eller", "under", "over", "mellan", "fran", "inom", "utan", "samt", "alla"),
    *("efter", "genom", "till", "andra", "vissa", "detta", "dessa", "deras", "sina", "varje"),
}
"""Words that stand in the name of anything."""


class Persons(IntEnum):
    """Whether persons are named: not, as a group that something may be for, or as what is
    counted."""

    NONE = 0
    GROUP = 1
    COUNTED = 2


class LabelMeaning(NamedTuple):
    """What a text says is counted. `other` is something that is no person; `money` is that, or a
    share."""

    indicators: frozenset[str] = frozenset()
    persons: Persons = Persons.NONE
    other: bool = False
    money: bool = False


class CountedPersons(NamedTuple):
    """The indicators of which a number can be a count; `named` where one is named, and not only
    persons, `is_sure` where it counts persons of some kind."""

    indicators: frozenset[str] = frozenset()
    named: bool = False
    is_sure: bool = False


class Meanings:
    """What texts mean in a house."""

    def __init__(self, house: House, counties: CountyNames) -> None:
        self._counties = counties
        self._all = frozenset(house.indicators)
        self._labels = {code: plain(label) for code, label in house.indicators.items()}
        self._words = {code: _words(label) for code, label in self._labels.items()}
        self._others = [plain(label) for label in house.others]
        others = set(chain.from_iterable(map(_words, self._others)))
        self._telling = {
            code: {word for word in own if not _any_alike(word, others) and not _is_person(word)}
            for code, own in self._words.items()
        }
        self._known: dict[tuple[str, bool], LabelMeaning] = {}

    def of(self, text: str, *, near: bool = True) -> LabelMeaning:
        """What a text means: `near` a number as its heading, or far from it as a caption."""
        if (text, near) not in self._known:
            self._known[text, near] = self._read(self._counties.without(text), near)
        return self._known[text, near]

    def counted(self, heads: Sequence[str], names: Sequence[str], around: Around) -> CountedPersons:
        """What a number counts that stands below some heads, and beside the names of a row."""
        above, beside = self._all_of(heads), [self.of(one) for one in names]
        if above.other or any(one.money for one in beside):
            return CountedPersons()
        own = _joined([above, *(one for one in beside if not one.other)])
        if own.indicators:
            return CountedPersons(own.indicators, named=True, is_sure=True)
        is_other = any(one.other for one in beside[:1])
        if is_other and not above.persons:
            return CountedPersons()
        return self.decided(own.persons, map(self.level, around))

    def decided(self, persons: Persons, levels: Iterable[LabelMeaning]) -> CountedPersons:
        """What is counted where nothing but persons of a kind has been named so far."""
        for level in levels:
            if level.indicators:
                return CountedPersons(level.indicators, named=True, is_sure=True)
            if level.other and persons is not Persons.COUNTED:
                return CountedPersons()
            persons = max(persons, level.persons)
        sure = persons is Persons.COUNTED
        return CountedPersons(self._all if persons else frozenset(), is_sure=sure)

    def level(self, texts: Sequence[str]) -> LabelMeaning:
        """What texts at the same distance say: what one of them names, others do not undo."""
        return _joined(self.of(text, near=False) for text in texts)

    def _all_of(self, heads: Sequence[str]) -> LabelMeaning:
        found = [self.of(head) for head in heads]
        money = any(one.money for one in found)
        return _joined(found)._replace(other=money or _joined(found).other, money=money)

    def _read(self, text: str, near: bool) -> LabelMeaning:
        full = frozenset(code for code, label in self._labels.items() if label in text)
        rest = text
        for code in full:
            rest = rest.replace(self._labels[code], _LABEL)
        money = near and bool(_MONEY.search(rest))
        named = full | self._told(text)
        strange = not named and any(label in rest for label in self._others)
        if money or strange or _LEADS.search(rest) or _COUNTIES.search(rest):
            return LabelMeaning(other=True, money=money)
        return LabelMeaning(named, _persons(text, near))

    def _told(self, text: str) -> frozenset[str]:
        coded = re.findall(r"\bind(?:i[kc]ator|\.)?\s*(?:nr\.?\s*)?(\d+)\b", text)
        said = _words(text)
        return frozenset(code for code in self._all if code in coded or self._names(code, said))

    def _names(self, code: str, said: set[str]) -> bool:
        own = self._words[code]
        alike = {word for word in own if _any_alike(word, said)}
        telling = alike & self._telling[code]
        is_half = len(alike) >= max(_HALF, len(own) / _HALF) and any(map(_is_person, alike))
        return bool(telling) or is_half


def _joined(found: Iterable[LabelMeaning]) -> LabelMeaning:
    every = list(found)
    named = frozenset(chain.from_iterable(one.indicators for one in every))
    persons = max((one.persons for one in every), default=Persons.NONE)
    other = any(one.other for one in every) and not named
    return LabelMeaning(named, persons, other, any(one.money for one in every))


def _persons(text: str, near: bool) -> Persons:
    if _COUNTED.search(text) or (near and _PERSON_ALWAYS.search(text)):
        return Persons.COUNTED
    is_group = _PERSON.search(text) if near else _PERSONS_LEAD.search(text)
    return Persons.GROUP if is_group else Persons.NONE


def _words(text: str) -> set[str]:
    found = (word for word in re.findall(r"\w+", text) if len(word) >= _LONG)
    return {word for word in found if word not in _SMALL}


def _is_person(word: str) -> bool:
    return bool(_PERSON.fullmatch(word))


def _any_alike(word: str, others: Iterable[str]) -> bool:
    return any(_alike(word, other) for other in others)


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: `utbildad` and `utbildats`, `mika` and `mikamottagning`;
    not `utbildning`."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > _ENDING + 1:
        return long.startswith(short)
    length = max(_LONG, len(short) - _ENDING)
    return short[:length] == long[:length]
