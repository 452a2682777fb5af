"""A house's counties, indicators and counts, ready to be looked for in what is published. A number
that is none of its own tells nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from toolkit.disclosure.county_names import CountyNames, plain
from toolkit.disclosure.meanings import Counted, Meanings
from toolkit.disclosure.published import Around, House, Publication
from toolkit.disclosure.toldfacts import FactKind, ToldFact

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ALL = re.compile(
    r"\b(?:summa|total|totalt|samtliga|sammanlagt|tillsammans|hela landet|landet|riket|sverige"
    r"|alla lan\w*)\b"
)
_TITLES = 2  # how many of the nearest texts around a number can say of which year it is


class HouseWords:
    """What a house knows, by the words that publications have for it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.counties = CountyNames(house)
        self.meanings = Meanings(house, self.counties)
        self.sums = {key: sum(counts.values()) for key, counts in house.counts.items()}
        own = {value for counts in house.counts.values() for value in counts.values()}
        self.values = own | set(self.sums.values())

    def counties_around(self, around: Around) -> frozenset[str]:
        """The counties that the nearest text names that names any."""
        for level in around:
            named = (one.county for text in level for one in self.counties.in_text(text))
            found = frozenset(named)
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
        nearest = [text for level in around[:_TITLES] for text in level]
        return said or {found.year, *_years_in(nearest)}

    def is_of_all(self, texts: Iterable[str]) -> bool:
        """Whether a name says that a number is of all counties."""
        headings = {plain(self.house.headings.total), plain(self.house.headings.country)} - {""}
        said = [plain(text) for text in texts]
        return any(one in headings or _ALL.search(one) for one in said)

    def counts(
        self, counties: Iterable[str], counted: Counted, years: Iterable[int], value: int
    ) -> Iterator[ToldFact]:
        """What a number tells of counties. Where no indicator is named but persons are, it tells
        of low counts alone."""
        if not counted.named and not 0 < value < self.house.least:
            return
        of = product(years, sorted(counted.indicators), sorted(counties))
        for year, indicator, county in of:
            if self.house.counts.get((year, indicator), {}).get(county) == value:
                yield ToldFact(year, indicator, FactKind.COUNT, county, value)

    def totals(self, counted: Counted, years: Iterable[int], value: int) -> Iterator[ToldFact]:
        """What a number tells of all counties together."""
        for key in product(years, sorted(counted.indicators if counted.named else ())):
            if value and self.sums.get(key) == value:
                yield ToldFact(*key, FactKind.TOTAL, "", value)


def _years_in(texts: Sequence[str]) -> set[int]:
    return {int(year) for text in texts for year in _YEAR.findall(text)}
