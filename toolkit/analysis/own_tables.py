"""The tables that an agency describes itself in tabeller.yaml, made of the merged rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, Column, Table
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.own_tables import BY_RESPONDENT, COUNTS, OwnTable, filled
from toolkit.words.amounts import format_number, is_whole

_ROWS, _RESPONDENTS = COUNTS


class Line(NamedTuple):
    """A row of the table: what it is called, and a value for each column; None for what is not
    known."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class _Maker:
    """One table and the year that it is made of."""

    own: OwnTable
    results: YearResults

    @property
    def codes(self) -> tuple[Code, ...]:
        """Those of the columns; none where there is one column."""
        return self._codes_of(self.own.columns) if self.own.columns else ()

    def _codes_of(self, field: str) -> tuple[Code, ...]:
        spec = self.results.data.year.spec
        asked = spec.tables[self.own.table].by_id[field]
        return spec.lists[asked.list or ""].valid_in(spec.year)

    def rows(self) -> list[MergedRow]:
        """The merged rows that the filter lets through."""
        every = self.results.data.rows(self.own.table)
        return [row for row in every if self._passes(row)]

    def _passes(self, row: MergedRow) -> bool:
        return all(set(answers(row, name)) & set(codes) for name, codes in self.own.filter.items())

    def lines(self) -> Iterator[Line]:
        """The table's rows but for the sum."""
        rows = self.rows()
        if self.own.rows == BY_RESPONDENT:
            for county in self.results.data.counties:
                own = [row for row in rows if row.county == county.code]
                known = county.state_of(self.own.table).usable
                width = len(self.codes) or 1
                values = tuple(self._cells(own)) if known else (None,) * width
                yield Line(county.name, values)
            return
        for code in self._codes_of(self.own.rows):
            own = [row for row in rows if code.code in answers(row, self.own.rows)]
            yield Line(code.label, tuple(self._cells(own)))

    def _cells(self, rows: Sequence[MergedRow]) -> Iterator[Decimal | None]:
        if not self.own.columns:
            yield self._measured(rows)
            return
        for code in self.codes:
            own = [row for row in rows if code.code in answers(row, self.own.columns)]
            yield self._measured(own)

    def _measured(self, rows: Sequence[MergedRow]) -> Decimal | None:
        if self.own.measure == _ROWS:
            return Decimal(len(rows))
        if self.own.measure == _RESPONDENTS:
            return Decimal(len({row.county for row in rows}))
        return _sum([row.get(self.own.measure) for row in rows])


def answers(row: MergedRow, field: str) -> tuple[str, ...]:
    """The codes that a row has in a field: one, several, or none."""
    value = row.get(field)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _sum(values: Sequence[object]) -> Decimal | None:
    """What is left blank or does not apply adds nothing; with what is not known the sum is not
    known either."""
    if any(value is Missing.UNKNOWN for value in values):
        return None
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    return sum(map(Decimal, numbers), Decimal(0))


def own_lines(own: OwnTable, results: YearResults) -> list[Line]:
    """The rows of one of the agency's own tables, without its sum."""
    return list(_Maker(own, results).lines())


def own_columns(own: OwnTable, results: YearResults) -> list[str]:
    """The headings of its columns of numbers."""
    return [code.label for code in _Maker(own, results).codes] or [own.heading]


def own_table(own: OwnTable, results: YearResults, texts: Texts) -> Table:
    """One of the agency's own tables, as it is printed."""
    lines = own_lines(own, results)
    told = [(line.label, line.values) for line in lines]
    if own.total:
        sums = [_total(column) for column in zip(*(line.values for line in lines), strict=True)]
        told.append((texts("summa"), tuple(sums)))
    # All of a table is measured in one thing, and is written with the same decimals.
    every = chain.from_iterable(values for _, values in told)
    decimals = max(map(_decimals, every), default=0)
    rows = []
    for label, values in told:
        rows.append((label, *(shown(value, decimals) for value in values)))
    heads = (Column(head, number=True) for head in own_columns(own, results))
    columns = (Column(own.stub, own.note), *heads)
    said = {"year": results.year}
    caption, source = filled(own.caption, said), filled(own.source, said)
    wide = len(columns) > _STANDING
    return Table(own.id, caption, columns, tuple(rows), source, total=own.total, wide=wide)


_STANDING = 6  # columns that a standing page has room for


def _total(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is known; counties that are not in are told by their own row."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def shown(value: Decimal | None, decimals: int | None = None) -> str:
    """A value as official statistics print it; with as many decimals as it needs itself where
    nothing stands beside it."""
    if value is None:
        return NOT_AVAILABLE
    places = _decimals(value) if decimals is None else decimals
    return format_number(value, places) if value else NOTHING


def _decimals(value: Decimal | None) -> int:
    return 0 if value is None or is_whole(value) else 2
