"""A house's counties, indicators and counts, ready to be looked for in what is published. A number
that is none of its own tells nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, product

from toolkit.disclosure.county_names import CountyNames, plain
from toolkit.disclosure.meanings import CountedPersons, Meanings
from toolkit.disclosure.published import Around, House, Publication
from toolkit.disclosure.toldfacts import FactKind, ToldFact

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_COUNTRY = re.compile(r"\b(?:hela landet|landet|riket|sverige|(?:alla|samtliga) lan\w*)\b")
_ALL = re.compile(r"\b(?:summa|total|totalt|samtliga|sammanlagt|tillsammans)\b")
_TITLES = 2  # how many of the nearest texts around a number can say of which year it is


class HouseWords:
    """What a house knows, by the words that publications have for it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.counties = CountyNames(house)
        self.meanings = Meanings(house, self.counties)
        self.sums = {key: sum(counts.values()) for key, counts in house.counts.items()}
        own = chain.from_iterable(counts.values() for counts in house.counts.values())
        self.values = {*own, *self.sums.values(), *range(1, house.least)}

    def counties_around(self, around: Around) -> frozenset[str]:
        """The counties that the nearest text names that names any."""
        for level in around:
            named = chain.from_iterable(map(self.counties.in_text, level))
            found = frozenset(one.county for one in named)
            if found:
                return found
        return frozenset()

    def years(self, found: Publication, own: Iterable[str], around: Around) -> set[int]:
        """The years that a number can be of: those that its own names say, or else its file's and
        those of its caption."""
        texts = list(own)
        before = plain(self.house.headings.before)
        said = _years_in(texts)
        if before and any(before in plain(text) for text in texts):
            said.add(found.year - 1)
        nearest = chain.from_iterable(around[:_TITLES])
        return said or {found.year, *_years_in(nearest)}

    def is_of_all(self, texts: Iterable[str]) -> bool:
        """Whether a name says that a number is a sum."""
        said = list(texts)
        total = plain(self.house.headings.total)
        is_sum = any(_ALL.search(text) or text == total for text in map(plain, said) if text)
        return is_sum or self.is_of_country(said)

    def is_of_country(self, texts: Iterable[str]) -> bool:
        """Whether a name says that a number is of all counties, and of none alone."""
        country = plain(self.house.headings.country)
        return any(_COUNTRY.search(text) or text == country for text in map(plain, texts) if text)

    def counts(
        self, counties: Iterable[str], counted: CountedPersons, years: Iterable[int], value: int
    ) -> Iterator[ToldFact]:
        """What a number tells of counties. A low one may be of another indicator than the one that
        is named, or of some of the persons. Where no indicator is named but persons are, it tells
        of low counts alone."""
        is_low, of = 0 < value < self.house.least, list(product(years, sorted(counties)))
        if not counted.indicators or not (counted.named or is_low):
            return
        known = list(self._known(of, counted.indicators))
        every = list(self._known(of, self.house.indicators)) if is_low else []
        own = _equal(known, value) or _equal(every, value)
        yield from own
        if is_low and counted.is_sure and not own:
            for fact in known:
                if fact.value > value:
                    yield replace(fact, kind=FactKind.PART, value=value)

    def _known(
        self, of: Iterable[tuple[int, str]], indicators: Iterable[str]
    ) -> Iterator[ToldFact]:
        """The counts of counties in some years."""
        for (year, county), indicator in product(of, sorted(indicators)):
            count = self.house.counts.get((year, indicator), {}).get(county)
            if count is not None:
                yield ToldFact(year, indicator, FactKind.COUNT, county, count)

    def totals(
        self, counted: CountedPersons, years: Iterable[int], value: int
    ) -> Iterator[ToldFact]:
        """What a number tells of all counties together."""
        for key in product(years, sorted(counted.indicators if counted.named else ())):
            if value and self.sums.get(key) == value:
                yield ToldFact(*key, FactKind.TOTAL, "", value)


def _equal(known: Iterable[ToldFact], value: int) -> list[ToldFact]:
    return [fact for fact in known if fact.value == value]


def _years_in(texts: Iterable[str]) -> set[int]:
    return set(map(int, chain.from_iterable(map(_YEAR.findall, texts))))
