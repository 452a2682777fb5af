"""Texts that tell how many persons it was, where that number is so low that it is not printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from toolkit.checks.case import Case, Test
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, Typed
from toolkit.spec.model import Field, TableSpec
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
    INDICATORS,
)
from toolkit.words.celltext import plain
from toolkit.words.names import named_in
from toolkit.words.subjects import subject_of, subjects_of
from toolkit.words.toldcounts import ToldCount, is_about, told_counts


def check_low_counts(case: Case) -> Iterator[Finding]:
    """A text that tells a number of persons which is also a low count of one of the county's
    indicators: the count is not printed, and the text would print it. The same of a text that tells
    a low number of another county's: nobody here knows whether it is one; and of one that tells a
    low number where the indicator's own is not known."""
    reader = _CountReader(case, _low_counts(case), _not_known(case))

    def test_of(field: Field) -> Test | None:
        return reader.first if field.type == "text" else None

    for table, field, record, value in case.cells(test_of):
        told = reader.first(value)
        if told is not None:
            yield _asked(case, table, field, record, told)
    for record in _rows_not_known(case):
        table = case.spec.tables[record.columns.table]
        for name, value in zip(record.columns.fields, record.typed, strict=True):
            is_text = table.by_id[name].type == "text" and not reader.first(value)
            told = reader.beside(value, record) if is_text else None
            if told is not None:
                yield _asked(case, table, table.by_id[name], record, told)


def _asked(case: Case, table: TableSpec, field: Field, record: Record, told: _ToldLow) -> Finding:
    given = {"value": told.words, "indicator": told.whose, "why": told.why}
    return case.say("TEXT-ANTAL", table, field, record.ref(field.id), **given)


class _ToldLow(NamedTuple):
    """The words that tell a low number, which indicator or other county may have it, and why it is
    asked about."""

    words: str
    whose: str
    why: str


@dataclass(frozen=True)
class _CountReader:
    """Reads texts of a county whose low counts are `low`, each with its indicator. `unknown` are
    the indicators whose numbers it does not know, each with the word that tells what it counts."""

    case: Case
    low: Mapping[int, str]
    unknown: Mapping[str, frozenset[str]]

    def first(self, value: Typed) -> _ToldLow | None:
        """The first of the low counts that a text tells."""
        if not isinstance(value, str):
            return None
        if not (self.low or self.unknown or named_in(plain(value), self._others)):
            return None
        found = map(self._told, self._counts(value))
        return next((one for one in found if one is not None), None)

    def beside(self, value: Typed, record: Record) -> _ToldLow | None:
        """The first low count that a text tells in the row of a number that is not known."""
        counts = self._counts(value) if isinstance(value, str) else ()
        low = next((one for one in counts if self._is_low(one)), None)
        return self._of_unknown(low, record.text(INDICATOR_CODE)) if low else None

    def _is_low(self, count: ToldCount) -> bool:
        return count.low < self.case.spec.limits.secrecy_minimum

    def _of_unknown(self, count: ToldCount, indicator: str) -> _ToldLow:
        why = self.case.catalogue.word("antal_okant", indicator=indicator)
        return _ToldLow(count.words, indicator, why)

    def _counts(self, text: str) -> Iterator[ToldCount]:
        spec = self.case.spec
        least = spec.limits.secrecy_minimum
        return told_counts(text, spec.person_words, self._subjects, least=least)

    def _told(self, count: ToldCount) -> _ToldLow | None:
        word = self.case.catalogue.word
        own = next((number for number in self.low if count.tells(number)), None)
        if own is not None:
            indicator = self.low[own]
            return _ToldLow(count.words, indicator, word("antal_eget", indicator=indicator))
        if not self._is_low(count):
            return None
        about = (code for code, words in self.unknown.items() if is_about(count.near, words))
        unknown = next(about, None)
        if unknown is not None:
            return self._of_unknown(count, unknown)
        named = named_in(count.near, self._others)
        if named:
            # Only that somebody is named: whether the number is theirs is not for this county.
            return _ToldLow(count.words, named[0], word("antal_annans", county=named[0]))
        return None

    @cached_property
    def _subjects(self) -> frozenset[str]:
        codes = self.case.spec.list_of(INDICATORS).by_code.values()
        return subjects_of(code.label for code in codes if code.as_indicator.counts_persons)

    @cached_property
    def _others(self) -> tuple[str, ...]:
        own, counties = self.case.submission.county, self.case.spec.counties
        return tuple(county.name for county in counties if county.code != own)


def _low_counts(case: Case) -> dict[int, str]:
    """The low counts of persons with the indicator that has them: this year's, the year before's
    and the target, of rows and of all rows of an indicator together."""
    data = case.submission.table(case.spec.bound.of(INDICATOR))
    found: dict[int, str] = {}
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in range(len(data.rows) if data else 0):
        record = data.record(line) if data else None
        for role in case.held(INDICATOR_VALUE, INDICATOR_BEFORE, INDICATOR_TARGET):
            value = record.get(role) if record else None
            if record and isinstance(value, Decimal) and _counts_persons(case, record):
                indicator = record.text(INDICATOR_CODE)
                sums[indicator, role] += value
                found |= _low(case, value, indicator)
    for (indicator, _), value in sums.items():
        found |= _low(case, value, indicator)
    return found


def _rows_not_known(case: Case) -> Iterator[Record]:
    """The rows of indicators of persons whose number is u.s."""
    data = case.submission.table(case.spec.bound.of(INDICATOR))
    for line in range(len(data.rows) if data else 0):
        record = data.record(line) if data else None
        is_unknown = record is not None and record.get(INDICATOR_VALUE) is Missing.UNKNOWN
        if record and is_unknown and _counts_persons(case, record):
            yield record


def _not_known(case: Case) -> dict[str, frozenset[str]]:
    """The indicators of these rows, with the word that tells what is counted."""
    codes = case.spec.list_of(INDICATORS).by_code
    own = dict.fromkeys(record.text(INDICATOR_CODE) for record in _rows_not_known(case))
    return {code: subject_of(codes[code].label, case.spec.person_words) for code in own}


def _counts_persons(case: Case, record: Record) -> bool:
    code = case.spec.list_of(INDICATORS).by_code.get(record.text(INDICATOR_CODE))
    return code is not None and code.as_indicator.counts_persons


def _low(case: Case, value: Decimal, indicator: str) -> dict[int, str]:
    """A count that is above nought and not printed, with its indicator."""
    is_low = 0 < value < case.spec.limits.secrecy_minimum and value == int(value)
    return {int(value): indicator} if is_low else {}
