"""The counts that a table tells: of each number, which counties and indicators its row, its column
and what stands around the table name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

from toolkit.disclosure.county_names import plain
from toolkit.disclosure.grid import GridNumber, NumberGrid, without_lines
from toolkit.disclosure.housewords import HouseWords
from toolkit.disclosure.meanings import PARTS, CountedPersons
from toolkit.disclosure.note_counts import counts_of_note
from toolkit.disclosure.published import Around, Publication, PublishedNote, PublishedTable
from toolkit.disclosure.toldfacts import ToldFact, ToldPlace


def counts_of_table(
    found: Publication, words: HouseWords, table: PublishedTable
) -> Iterator[ToldFact]:
    """Every count of the house that a table tells."""
    table = without_lines(table)
    grid = NumberGrid(table.rows)
    reading = _Reading(found, words, [[grid.corner], *table.around], _codes(words, grid))
    parts: Counter[tuple[str, str, int]] = Counter()
    for number in grid.numbers():
        if number.value in words.values or reading.is_part(number):
            yield from reading.facts(number, parts)
    yield from reading.together(parts)
    for text, beside in grid.texts():
        note = PublishedNote(text, [beside, *reading.around])
        yield from counts_of_note(found, words, note, own=True)


@dataclass(frozen=True, slots=True)
class _Codes:
    """What bare numbers are the codes of in a table's first column and heads."""

    counties: Mapping[str, str]
    indicators: Mapping[str, str]


def _codes(words: HouseWords, grid: NumberGrid) -> _Codes:
    counties: dict[str, str] = {}
    indicators: dict[str, str] = {}
    for axis in grid.axes:
        counties |= words.counties.of_bare_codes(axis)
        bare = [one for one in axis if one.isdecimal()]
        if all(one in words.house.indicators for one in bare):
            indicators |= {one: f"indikator {one}" for one in bare}
    return _Codes(counties, indicators)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One table being read."""

    found: Publication
    words: HouseWords
    around: Around
    codes: _Codes

    def facts(self, number: GridNumber, parts: Counter[tuple[str, str, int]]) -> Iterator[ToldFact]:
        """What a number tells; where it is a part of a count it is added to the others."""
        own = [*number.names, *number.heads]
        counted = self._counted(number)
        if not counted.indicators:
            return
        counties, is_own = self._counties(own)
        if number.is_head and not is_own:
            return
        years = self.words.years(self.found, own, self.around)
        if self.is_part(number):
            keys = product(counties, counted.indicators, years)
            parts.update(dict.fromkeys(keys, number.value))
        place = ToldPlace(self.found.file, _said(number))
        told = list(self.words.counts(counties, counted, years, number.value))
        if not is_own and (self.words.is_of_all(own) or not counties):
            told += self.words.totals(counted, years, number.value)
        yield from (replace(fact, place=place) for fact in told)

    def is_part(self, number: GridNumber) -> bool:
        """Whether it is a number of women, of men, of the young."""
        own = map(plain, chain(number.names, number.heads))
        return any(PARTS.search(text) for text in own)

    def together(self, parts: Mapping[tuple[str, str, int], int]) -> Iterator[ToldFact]:
        """What the parts of counts come to."""
        for (county, indicator, year), value in parts.items():
            counted = CountedPersons(frozenset({indicator}), named=True, is_sure=False)
            if value:
                yield from self.words.counts([county], counted, [year], value)

    def _counted(self, number: GridNumber) -> CountedPersons:
        heads, names = (self._with_codes(one) for one in (number.heads, number.names))
        return self.words.meanings.counted(heads, names, self.around)

    def _with_codes(self, texts: Iterable[str]) -> Sequence[str]:
        return [self.codes.indicators.get(text, text) for text in texts]

    def _counties(self, own: Sequence[str]) -> tuple[frozenset[str], bool]:
        """The counties that a number can be of, and whether its row or column names them."""
        named = {self.codes.counties[text] for text in own if text in self.codes.counties}
        named |= set(chain.from_iterable(map(self.words.counties.in_label, own)))
        if named:
            return frozenset(named), True
        if self.words.is_of_country(own):
            return frozenset(), False
        around = self.words.counties_around(self.around)
        return around | ({self.found.county} - {""}), False


def _said(number: GridNumber) -> str:
    heads = ", ".join([*number.names[:1], *number.heads[-1:]])
    return f"{heads}: {number.cell}" if heads else number.cell
