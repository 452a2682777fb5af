"""The counties' texts that would tell a count of persons which is not printed: they are held back
until the county has answered what was asked of them; an answer that would tell it is too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from toolkit.analysis.records import MergedRow
from toolkit.findings.finding import Finding
from toolkit.report.unprinted import Unprinted
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain
from toolkit.words.names import named_in
from toolkit.words.persons import numbers_in
from toolkit.words.readings import readings
from toolkit.words.subjects import subjects_of
from toolkit.words.toldcounts import ToldCount, is_about, told_counts

_ASKED = "TEXT-ANTAL"


@dataclass(frozen=True)
class HeldBack:
    """What is held back in a year's report. A number in a text may be another than the one that is
    hidden: only the county knows, and a reader cannot tell."""

    unprinted: Unprinted

    def told(self, row: MergedRow, field: str, text: str) -> str:
        """The words of a field's text, or of what is to stand in its place, that tell a hidden
        number; empty where there are none, or where the county has answered the question."""
        if row.record.ref(field) in self._answered.get(row.county, ()):
            return ""
        return self.words(row.county, text) or self._beside_unknown(row, text)

    def _beside_unknown(self, row: MergedRow, text: str) -> str:
        """The first words that tell a low number in the row of a number that is not known."""
        if not self.unprinted.is_unknown(row):
            return ""
        return next((one.words for one in self._counts(text) if self._is_low(one)), "")

    def words(self, county: str, text: str) -> str:
        """The first words of a text that tell a hidden number of persons of the county."""
        if (county, text) not in self._looked_at:
            self._looked_at[county, text] = self._first(county, text)
        return self._looked_at[county, text]

    def may_tell(self, county: str, finding: Finding) -> bool:
        """Whether the county's answer, or the agency's reason for a waiver, may be printed. Where
        the finding is on an indicator, a number alone is enough to tell: `Ja, 3 stämmer.`"""
        text = finding.waiver.reason if finding.waiver else finding.explanation or ""
        if self.words(county, text):
            return False
        if finding.table != self.unprinted.counts_in:
            return True
        numbers = set[int]().union(*map(numbers_in, readings(text, ())))
        if self.unprinted.unknown(county) and any(0 < one < self._least for one in numbers):
            return False
        return not numbers & self.unprinted.numbers(county)

    def low_counts(self, text: str) -> Iterator[str]:
        """The words of a text that tell how many persons it was, fewer than are ever printed;
        whether it is a number that is hidden or another is not said."""
        spec = self.unprinted.results.data.year.spec
        least = spec.limits.secrecy_minimum
        for one in told_counts(text, spec.person_words, self._subjects, least=least):
            if 0 < one.high < least:
                yield one.words

    @cached_property
    def _looked_at(self) -> dict[tuple[str, str], str]:
        return {}

    def _first(self, county: str, text: str) -> str:
        known = self.unprinted.numbers(county) or self.unprinted.unknown(county)
        if not known and not named_in(plain(text), self._others):
            return ""
        return next((one.words for one in self._counts(text) if self._is_hidden(county, one)), "")

    def _counts(self, text: str) -> Iterator[ToldCount]:
        nouns = self.unprinted.results.data.year.spec.person_words
        return told_counts(text, nouns, self._subjects, least=self._least)

    @property
    def _least(self) -> int:
        return self.unprinted.results.data.year.spec.limits.secrecy_minimum

    def _is_low(self, count: ToldCount) -> bool:
        return count.low < self._least

    def _is_hidden(self, county: str, count: ToldCount) -> bool:
        """Whether a number in a county's text is hidden: of its own, or of another that stands
        beside it; or low where the text is about what the county does not know."""
        if self._is_low(count) and is_about(count.near, self.unprinted.unknown(county)):
            return True
        named = (self._others[name] for name in named_in(count.near, self._others))
        hidden = chain.from_iterable(map(self.unprinted.numbers, (county, *named)))
        return any(map(count.tells, hidden))

    @cached_property
    def _others(self) -> dict[str, str]:
        """The names of those who report, with their codes."""
        return {one.name: one.code for one in self.unprinted.results.data.counties}

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return subjects_of(code.label for code in self.unprinted.results.person_codes)

    @cached_property
    def _answered(self) -> dict[str, set[CellRef]]:
        """The cells of which the county has answered what their text tells, by county."""
        found: dict[str, set[CellRef]] = {}
        for county in self.unprinted.results.data.counties:
            asked = [one for one in county.findings if one.code == _ASKED]
            found[county.code] = {one.refs[0] for one in asked if one.closed}
        return found
