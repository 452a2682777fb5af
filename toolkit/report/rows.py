"""The rows of `rader(…)`: every value as a chapter may compare and print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from toolkit.analysis.records import PLACED, MergedRow
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.report.answers import (
    AnsweredNumber,
    AnswerRow,
    CodeAnswer,
    CountAnswer,
    DayAnswer,
    KnownCode,
    NoAnswer,
    SeveralAnswers,
    no_answer,
    own_decimals,
    written_number,
)
from toolkit.report.facts import Facts
from toolkit.report.inorder import InOrder
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import CodeList
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.model import Field, Spec, TableSpec


@dataclass(frozen=True)
class ChapterRows:
    """The year's rows as the chapters see them."""

    facts: Facts

    def rows(self, table: str, **wanted: object) -> list[AnswerRow]:
        """The rows of a table whose fields have the given values (one, or a list of accepted
        ones)."""
        found = self.facts.rows(table, **wanted)
        return [self._row(self._spec.tables[table], row) for row in found]

    def commonest(self, table: str, field: str, **wanted: object) -> InOrder[Any]:
        """The codes that most rows have in a field, in the order of their list; none where there
        are no rows."""
        found = self.facts.commonest(table, field, **wanted)
        asked = self._spec.tables[table].by_id.get(field)
        if asked is None:
            return found
        answers = [self._text(asked, code) for code in found]
        return InOrder(sorted(answers, key=lambda one: getattr(one, "place", 0)))

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
        hidden = self.facts.unprinted.fields(table.id, row)
        for field, value in zip(table.fields, row.record.typed, strict=True):
            is_hidden = field.id in hidden or self._is_held(field, row, value)
            yield field.id, self._answer(field, value, hidden=is_hidden)

    def _is_held(self, field: Field, row: MergedRow, value: object) -> bool:
        """Whether a text would tell a count that is not printed."""
        is_text = field.type == "text" and isinstance(value, str)
        return is_text and bool(self.facts.held.told(row, field.id, str(value)))

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


def _number(field: Field, value: Decimal) -> AnsweredNumber:
    if field.type == "amount":
        return AnsweredNumber(value, kronor=True)
    return AnsweredNumber(value, written_number(value, own_decimals(value)))
