"""The rows of `rader(…)`: every value as a chapter may compare and print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.counts import is_of_all
from toolkit.analysis.needs import lacking
from toolkit.analysis.records import PLACED, MergedRow
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.report.answers import (
    AnswerRow,
    CodeAnswer,
    CountAnswer,
    DayAnswer,
    KnownCode,
    NoAnswer,
    NumberAnswer,
    SeveralAnswers,
    no_answer,
    own_decimals,
    written_number,
)
from toolkit.report.countytables import may_print
from toolkit.report.facts import Facts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
    INDICATORS,
    FieldRole,
)

_COUNTED = (INDICATOR_BEFORE, INDICATOR_VALUE, INDICATOR_TARGET)


@dataclass(frozen=True)
class ChapterRows:
    """The year's rows as the chapters see them."""

    facts: Facts

    def rows(self, table: str, **wanted: object) -> list[AnswerRow]:
        """The rows of a table whose fields have the given values (one, or a list of accepted
        ones)."""
        found = self.facts.rows(table, **wanted)
        return [self._row(self._spec.tables[table], row) for row in found]

    def commonest(self, table: str, field: str, **wanted: object) -> frozenset[object]:
        """The codes that most rows have in a field; none where there are no rows."""
        found = self.facts.commonest(table, field, **wanted)
        asked = self._spec.tables[table].by_id.get(field)
        return frozenset(self._text(asked, code) for code in found) if asked else found

    def codes_in(self, name: str) -> int:
        """How many codes a list of the year has."""
        spec = self._spec
        return len(spec.lists[name].valid_in(spec.year))

    @property
    def _spec(self) -> Spec:
        return self.facts.data.year.spec

    def _row(self, table: TableSpec, row: MergedRow) -> AnswerRow:
        told: dict[str, object] = dict(zip(PROVENANCE, row.values, strict=False))
        told |= {name: getattr(row, name) for name in PLACED}
        told |= dict(self._answers(table, row))
        return AnswerRow(table.id, told)

    def _answers(self, table: TableSpec, row: MergedRow) -> Iterator[tuple[str, object]]:
        hidden = self._hidden_fields(table, row)
        for field, value in zip(table.fields, row.record.typed, strict=True):
            yield field.id, self._answer(field, value, hidden=field.id in hidden)

    def _answer(self, field: Field, value: object, *, hidden: bool) -> object:
        if hidden:
            # No number: what a chapter reckons from it or asks of it would tell.
            return NoAnswer(Missing.UNKNOWN, NOT_AVAILABLE)
        if isinstance(value, Missing):
            return self._absent(value)
        if isinstance(value, tuple):
            return SeveralAnswers(self._text(field, one) for one in value)
        if isinstance(value, date):
            return DayAnswer(value.year, value.month, value.day)
        if isinstance(value, Decimal):
            return _number(field, value)
        if isinstance(value, int):
            return value if field.type == "year" else CountAnswer(value)
        return self._text(field, value)

    def _text(self, field: Field, value: object) -> CodeAnswer | str:
        """A code of the field's list, or a text as it stands."""
        text = str(value)
        if field.list is None:
            return text
        codelist = self._spec.lists[field.list]
        code = codelist.by_code.get(text)
        label, place = code.label if code else text, self._places(codelist).get(text, 0)
        return CodeAnswer(KnownCode(text, codelist), label, place)

    def _places(self, codelist: CodeList) -> Mapping[str, int]:
        if codelist.id not in self._known_places:
            codes = enumerate(codelist.by_code, 1)
            self._known_places[codelist.id] = {code: place for place, code in codes}
        return self._known_places[codelist.id]

    @cached_property
    def _known_places(self) -> dict[str, Mapping[str, int]]:
        return {}

    def _absent(self, kind: Missing) -> NoAnswer:
        return no_answer(kind, self._spec.unknown, self._spec.not_applicable)

    def _hidden_fields(self, table: TableSpec, row: MergedRow) -> frozenset[str]:
        """The fields of a row whose counts of persons the report's tables do not print."""
        if table.id != self._counts_in:
            return frozenset()
        asked = [role for role in _COUNTED if row.asks(role)]
        return frozenset(self._spec.bound[role] for role in asked if self._is_hidden(role, row))

    @cached_property
    def _counts_in(self) -> str:
        """The table of indicators, in a year that has one."""
        spec = self._spec
        return "" if lacking(spec, INDICATOR_NEEDS) else spec.bound.of(INDICATOR)

    def _is_hidden(self, role: FieldRole, row: MergedRow) -> bool:
        """A row of women or men alone, or one of several of a county's, is a part of a count: with
        the others it would tell what the smallest part is."""
        code = self._spec.list_of(INDICATORS).by_code.get(str(row.text(INDICATOR_CODE)))
        amount = row.amount(role)
        if code is None or not code.as_indicator.counts_persons or not isinstance(amount, Decimal):
            return False
        if not self._is_whole(code, row):
            return True
        return not may_print(self.facts.results, code, row.county, role, amount)

    def _is_whole(self, code: Code, row: MergedRow) -> bool:
        """Whether a row is all that its county has reported of an indicator, of both sexes."""
        return self._rows_of.get((row.county, code.code)) == [row.row]

    @cached_property
    def _rows_of(self) -> dict[tuple[str, str], list[int]]:
        """The rows of both sexes by county and indicator."""
        found: dict[tuple[str, str], list[int]] = {}
        for one in self.facts.data.indicators:
            if is_of_all(one, self._spec):
                found.setdefault((one.county, str(one.indicator)), []).append(one.row)
        return found


def _number(field: Field, value: Decimal) -> NumberAnswer:
    if field.type == "amount":
        return NumberAnswer(value, kronor=True)
    return NumberAnswer(value, written_number(value, own_decimals(value)))
