"""The counts that the texts of a table or a figure tell: captions, alternative texts, notes. There
a number need not stand beside a word for persons: what is counted may be said by the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.disclosure.county_names import CountyMention
from toolkit.disclosure.housewords import HouseWords
from toolkit.disclosure.meanings import PERSONS, CountedPersons, Persons
from toolkit.disclosure.published import Publication, PublishedNote
from toolkit.disclosure.toldfacts import ToldFact, ToldPlace

_SENTENCE = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[A-ZÅÄÖ0-9”])|\n")
_UNITS = r"(?!\w|[.,]\d|\s?(?:%|procent|[tmk]?kr\b|mn?kr|kronor|miljoner|–\s?\d|-\s?\d))"
_DIGITS = rf"(?<![\w.,<>≤≥–-])(?:[1-9]\d{{0,2}}(?:\s\d{{3}})+|[1-9]\d*){_UNITS}"
_WORDED = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_NO_SIX = rf"sex\b(?!\s+(?:\w+\s+)?(?:{PERSONS})\b)"  # `sex mot ersättning` is no number
_NUMBER = re.compile(rf"{_DIGITS}|\b(?!{_NO_SIX})(?:{'|'.join(_WORDED)})\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:en|ett)\b", re.IGNORECASE)
_REFERENCES = re.compile(
    r"\b(?:tabell|figur|diagram|karta|bilaga|del|kapitel|avsnitt|ind(?:i[kc]ator)?\.?|nr|sida)"
    r"\W{0,2}\d+\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?:\w+\s)?(?:person|kvinna|man|flicka|pojke|klient)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\s+(\w+)(?:\s+\w+)?")
_NEAR_LIMIT = re.compile(
    r"(?:(?:färre|lägre|mindre|mer|fler|högre) än|under|minst|högst|upp till|över)\s*$", re.I
)


class _Number(NamedTuple):
    value: int
    start: int
    end: int


def counts_of_note(
    found: Publication, words: HouseWords, note: PublishedNote, *, own: bool = False
) -> Iterator[ToldFact]:
    """Every count of the house that a note tells; of the counties that it names itself alone where
    it has to be its `own`."""
    text = " ".join(note.text.split(" "))
    around = words.counties_around(note.around) | ({found.county} - {""})
    before: Sequence[CountyMention] = ()
    for sentence in filter(None, _SENTENCE.split(text)):
        named = words.counties.in_text(sentence)
        before = named or before
        for number in _numbers(sentence, named):
            if number.value in words.values:
                near = _near(named, number) or {one.county for one in before}
                counties = near or (frozenset() if own else around)
                yield from _told(found, words, note, sentence, (number, counties))


def _told(
    found: Publication,
    words: HouseWords,
    note: PublishedNote,
    sentence: str,
    told: tuple[_Number, frozenset[str] | set[str]],
) -> Iterator[ToldFact]:
    number, counties = told
    counted = _counted(words, note, sentence, number)
    years = words.years(found, [sentence], note.around)
    place = ToldPlace(found.file, sentence)
    facts = list(words.counts(counties, counted, years, number.value))
    if not counties or words.is_of_all([sentence]):
        facts += words.totals(counted, years, number.value)
    yield from (replace(fact, place=place) for fact in facts)


def _counted(
    words: HouseWords, note: PublishedNote, sentence: str, number: _Number
) -> CountedPersons:
    """What a number in a sentence counts: what the next words say, or else the sentence, or else
    what stands around it."""
    next_words = _FOLLOWING.match(sentence, number.end)
    first, both = (next_words[1], next_words[0]) if next_words else ("", "")
    behind = [words.meanings.of(one) for one in (first, both)]
    if any(one.other for one in behind):
        return CountedPersons()
    # Of its other sentences only the name of an indicator says what this one is about.
    whole = words.meanings.level([note.text])._replace(persons=Persons.NONE, other=False)
    own, *around = [words.meanings.level(one) for one in ([sentence], *note.around)]
    persons = max(one.persons for one in behind)
    return words.meanings.decided(persons, [own, whole, *around])


def _numbers(sentence: str, named: Sequence[CountyMention]) -> Iterator[_Number]:
    """The numbers of a sentence that can be counts: no years, no codes, no numbers of tables."""
    bare = _REFERENCES.sub(lambda one: " " * len(one[0]), sentence)
    for one in _NUMBER.finditer(bare):
        is_limit = _NEAR_LIMIT.search(bare[: one.start()])
        if not is_limit and not _is_code(one, bare, named):
            yield _Number(_value(one[0]), *one.span())
    for one in _ONE.finditer(bare):
        behind = _FOLLOWING.match(bare, one.end())
        if behind and _SINGLE.match(behind[0].strip()):
            yield _Number(1, *one.span())


def _is_code(number: re.Match[str], text: str, named: Sequence[CountyMention]) -> bool:
    """Whether it is a county's code before its name, `12 – Skåne`, or behind it in brackets."""
    own = [one for one in named if one.county == number[0]]
    before = any(re.fullmatch(r"\W*", text[number.end() : one.start]) for one in own)
    return before or any(re.fullmatch(r"\s*\(", text[one.end : number.start()]) for one in own)


def _value(said: str) -> int:
    digits = re.sub(r"\s", "", said)
    return int(digits) if digits.isdecimal() else _WORDED.index(said.casefold()) + 2


def _near(named: Sequence[CountyMention], number: _Number) -> set[str]:
    """The counties that stand nearest before and behind a number."""
    before = [one for one in named if one.end <= number.start][-1:]
    behind = [one for one in named if one.start >= number.end][:1]
    return {one.county for one in (*before, *behind)}
