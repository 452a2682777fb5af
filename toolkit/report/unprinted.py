"""The counts of persons that the report does not print: which fields of a row hold them, and which
numbers of a county they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from toolkit.analysis.counts import Pick, by_county, values_of
from toolkit.analysis.needs import lacking
from toolkit.analysis.records import IndicatorValue, MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
    INDICATORS,
    FieldRole,
)
from toolkit.words.subjects import subject_of

_PICKS: dict[FieldRole, Pick] = {
    INDICATOR_BEFORE: lambda one: one.before,
    INDICATOR_VALUE: lambda one: one.value,
    INDICATOR_TARGET: lambda one: one.target,
}

HIDDEN: Final = object()
"""What stands in place of a count that is not printed: an answer that is equal to no other, so that
no question about it tells what it is."""


@dataclass(frozen=True)
class Unprinted:
    """What is hidden in a year's report."""

    results: YearResults

    def seen(self, table: str, row: MergedRow, field: str) -> object:
        """The value of a field as far as a reader may learn it: HIDDEN for a count that is not
        printed."""
        return HIDDEN if field in self.fields(table, row) else row[field]

    def fields(self, table: str, row: MergedRow) -> frozenset[str]:
        """The fields of a row whose counts of persons the report's tables do not print."""
        if table != self.counts_in:
            return frozenset()
        if self._code_of(row) is None:
            return frozenset()
        asked = [role for role in _PICKS if row.asks(role)]
        bound = self.results.data.year.spec.bound
        return frozenset(bound[role] for role in asked if self._is_hidden(role, row))

    def names(self, row: MergedRow) -> bool:
        """Whether a row may be told of at all. One of an indicator that is withheld may not: that
        it is there says whose the count is."""
        code = self._code_of(row) if row.record.columns.table == self.counts_in else None
        return code is None or not self.results.pattern(code).withheld

    def numbers(self, county: str) -> frozenset[int]:
        """Every number of a county that is hidden: of its rows, and their sums."""
        return self._numbers.get(county, frozenset())

    def is_unknown(self, row: MergedRow) -> bool:
        """Whether a row's number of persons is u.s."""
        code = self._code_of(row) if row.record.columns.table == self.counts_in else None
        return code is not None and row.amount(INDICATOR_VALUE) is Missing.UNKNOWN

    def unknown(self, county: str) -> frozenset[str]:
        """The words that tell what is counted by the indicators of persons that a county does not
        know."""
        return self._unknown.get(county, frozenset())

    @cached_property
    def _unknown(self) -> dict[str, frozenset[str]]:
        nouns = self.results.data.year.spec.person_words
        found: dict[str, frozenset[str]] = {}
        for row in self.results.data.rows(self.counts_in) if self.counts_in else ():
            code = self._code_of(row) if self.is_unknown(row) else None
            if code is not None:
                known = found.get(row.county, frozenset())
                found[row.county] = known | subject_of(code.label, nouns)
        return found

    @cached_property
    def counts_in(self) -> str:
        """The table of indicators; empty in a year that has none."""
        spec = self.results.data.year.spec
        return "" if lacking(spec, INDICATOR_NEEDS) else spec.bound.of(INDICATOR)

    def _code_of(self, row: MergedRow) -> Code | None:
        """The indicator that a row is of, where it counts persons."""
        spec = self.results.data.year.spec
        code = spec.list_of(INDICATORS).by_code.get(str(row.text(INDICATOR_CODE)))
        return code if code is not None and self.results.hides_low(code) else None

    def _is_hidden(self, role: FieldRole, row: MergedRow) -> bool:
        """A row of women or men alone, or one of several of a county's, is a part of a count: with
        the others it would tell what the smallest part is."""
        code, amount = self._code_of(row), row.amount(role)
        if code is None or not isinstance(amount, Decimal):
            return False
        if not self._is_whole(code, row):
            return True
        return not may_print(self.results, code, row.county, role, amount)

    def _is_whole(self, code: Code, row: MergedRow) -> bool:
        """Whether a row is all of what is counted of its county's numbers of an indicator."""
        return self._rows_of.get((row.county, code.code)) == [row.row]

    @cached_property
    def _rows_of(self) -> dict[tuple[str, str], list[int]]:
        """The rows that count by county and indicator."""
        data, found = self.results.data, dict[tuple[str, str], list[int]]()
        for code in self._of_persons:
            for one in values_of(data.indicators, code.code, data.year.spec):
                found.setdefault((one.county, code.code), []).append(one.row)
        return found

    @property
    def _of_persons(self) -> list[Code]:
        """The year's indicators of which low counts are hidden."""
        return self.results.person_codes

    @cached_property
    def _numbers(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for county, amount in (*self._of_rows(), *self._of_counties()):
            if amount == int(amount):
                found.setdefault(county, set()).add(int(amount))
        return {county: frozenset(numbers) for county, numbers in found.items()}

    def _of_rows(self) -> Iterator[tuple[str, Decimal]]:
        if not self.counts_in:
            return
        for row in self.results.data.rows(self.counts_in):
            for name in self.fields(self.counts_in, row):
                amount = row[name]
                if isinstance(amount, Decimal):
                    yield row.county, amount

    def _of_counties(self) -> Iterator[tuple[str, Decimal]]:
        """What a county's rows of an indicator come to, where it is not printed."""
        data = self.results.data
        if not self.counts_in:
            return
        for code in self._of_persons:
            values = values_of(data.indicators, code.code, data.year.spec)
            yield from self._sums(code, values)

    def _sums(self, code: Code, values: Iterable[IndicatorValue]) -> Iterator[tuple[str, Decimal]]:
        own = list(values)
        for role, pick in _PICKS.items():
            for county, amount in by_county(code, own, pick).items():
                if not may_print(self.results, code, county, role, amount):
                    yield county, amount


def may_print(
    results: YearResults, code: Code, county: str, role: FieldRole, value: Decimal
) -> bool:
    """Whether a county's number of an indicator is printed. A target is as good as told by the
    number, so it goes with it."""
    if role == INDICATOR_BEFORE:
        return results.shows_before(code, county, value)
    return results.pattern(code).shows(county)
