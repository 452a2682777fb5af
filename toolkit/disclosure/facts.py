"""What a published file says outright: counts, sums, and how many they are the sum of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from toolkit.disclosure.published import House, Publication
from toolkit.words.swedish import number_word

_PERSONS = (
    "person|personer|kvinna|kvinnor|man|män|barn|flicka|flickor|pojke|pojkar|unga|ungdom|ungdomar"
    "|offer|vuxen|vuxna|klient|klienter|individ|individer|brukare|deltagare"
)
_BETWEEN = r"(?:\w+\s+){0,2}?"  # "tre nya personer"
_WORDED = 12  # the highest number that texts have in words
_LONG = 4  # letters of a word that can tell one indicator from another


class FactKind(StrEnum):
    """A county's count, the sum of all, or the number of counties in it."""

    COUNT = "count"
    TOTAL = "total"
    COUNTIES = "counties"


class ToldFact(NamedTuple):
    """One number that stands in a file. `county` is empty where it is about all."""

    year: int
    indicator: str
    kind: FactKind
    county: str
    value: int


def facts_of(found: Publication, house: House) -> Iterator[ToldFact]:
    """All that a file says of the house's indicators."""
    for table in found.tables:
        yield from _of_table(found, house, table)
    for paragraph in found.paragraphs:
        yield from _of_text(found, house, paragraph)


def number_of(text: str) -> int | None:
    """A whole number as a table has it; None for anything else."""
    # Thousands are parted by blanks of several kinds; `–` and `..` are no numbers.
    digits = re.sub(r"\s", "", text)
    return int(digits) if digits.isdecimal() else None


def _of_table(
    found: Publication, house: House, table: Sequence[Sequence[str]]
) -> Iterator[ToldFact]:
    for row in table[1:]:
        for head, cell in zip(table[0][1:], row[1:], strict=False):
            value = number_of(cell)
            if value is not None:
                yield from _of_cell(found, house, (row[0], head), value)


def _of_cell(
    found: Publication, house: House, names: tuple[str, str], value: int
) -> Iterator[ToldFact]:
    """A number at a row and under a heading, whichever of the two names the indicator."""
    for own, other in (names, names[::-1]):
        indicator = _indicator(house, own)
        if indicator:
            yield from _told(found, house, indicator, other, value)


def _told(
    found: Publication, house: House, indicator: str, other: str, value: int
) -> Iterator[ToldFact]:
    """What a number under, or beside, some other name says of an indicator."""
    heads, year, count = house.headings, found.year, FactKind.COUNT
    meant = {name: (year, count, code) for code, name in house.counties.items()}
    if found.county:
        meant |= {heads.value: (year, count, found.county)}
        meant |= {heads.before: (year - 1, count, found.county)}
    else:
        meant |= {heads.total: (year, FactKind.TOTAL, "")}
        meant |= {heads.counties: (year, FactKind.COUNTIES, "")}
    if other in meant:
        of, kind, county = meant[other]
        yield ToldFact(of, indicator, kind, county, value)


def _indicator(house: House, text: str) -> str:
    """The code of an indicator whose name a cell holds, with or without its code."""
    plain = " ".join(text.split())
    for code, label in house.indicators.items():
        if plain in {label, f"{code} {label}"}:
            return code
    return ""


def _of_text(found: Publication, house: House, text: str) -> Iterator[ToldFact]:
    """A right number of persons in a sentence that is about an indicator, of all or of a county
    that is named. Wrong ones tell nothing."""
    plain = " ".join(text.split())
    for indicator in _meant(house, plain):
        counts = house.counts.get((found.year, indicator), {})
        if _says(plain, sum(counts.values())):
            yield ToldFact(found.year, indicator, FactKind.TOTAL, "", sum(counts.values()))
        for county in _named(found, house, plain):
            if _says(plain, counts.get(county, 0)):
                yield ToldFact(found.year, indicator, FactKind.COUNT, county, counts[county])


def _named(found: Publication, house: House, text: str) -> list[str]:
    if found.county:
        return [found.county]
    return [code for code, name in house.counties.items() if re.search(rf"\b{name}", text)]


def _says(text: str, value: int) -> bool:
    if not value:
        return False
    words = {str(value), f"{value:,}".replace(",", " ")}
    if value <= _WORDED:
        words |= {number_word(value), number_word(value, common=False)}
    said = "|".join(sorted(words))
    return re.search(rf"\b(?:{said})\s+{_BETWEEN}(?:{_PERSONS})\b", text, re.IGNORECASE) is not None


def _meant(house: House, text: str) -> Iterator[str]:
    """The indicators of whose name a sentence has a word that no other has, or all of it."""
    words = {code: _words(label) for code, label in house.indicators.items()}
    counted = Counter(chain.from_iterable(words.values()))
    said = _words(text)
    telling = {word for word in said if counted[word] == 1}
    return (code for code, own in words.items() if own & telling or own <= said)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) >= _LONG}
