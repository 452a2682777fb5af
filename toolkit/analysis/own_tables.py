"""The tables that an agency describes itself in tabeller.yaml, made of the merged rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.merge import CountyState
from toolkit.analysis.outside import outside, said_of
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.sums import added, is_something
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, CellNote, Column, Table
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.own_tables import BY_RESPONDENT, COUNTS, OwnTable, filled
from toolkit.words.amounts import format_number, is_whole
from toolkit.words.swedish import join_and

_ROWS, _RESPONDENTS = COUNTS
_UNKNOWN = (Missing.UNKNOWN, Missing.UNREADABLE)


class KnownSum(NamedTuple):
    """What of a cell is known, None where nothing is, and the respondents (by name, in their order)
    that have not told all of it."""

    known: Decimal | None
    lacking: tuple[str, ...] = ()


_NOT_IN = KnownSum(None)


class Line(NamedTuple):
    """A row of the table: what it is called, and a cell for each column."""

    label: str
    cells: tuple[KnownSum, ...]

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """The numbers of the cells; None for what is not known."""
        return tuple(cell.known for cell in self.cells)


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
        """The codes that rows can have. Where a row has one answer, one that the filter does not
        let through has no rows by choice: a dash beside it would say that there is nothing."""
        spec = self.results.data.year.spec
        asked = spec.tables[self.own.table].by_id[field]
        codes = spec.lists[asked.list or ""].valid_in(spec.year)
        wanted = self.own.filter.get(field)
        if wanted is None or asked.type == "codes":
            return codes
        return tuple(code for code in codes if code.code in wanted)

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
                yield Line(county.name, tuple(self._cells(own, self._is_in(county))))
            return
        # A dash says that there is nothing: nobody has said so where nobody has reported.
        known = any(map(self._is_in, self.results.data.counties))
        for code in self._codes_of(self.own.rows):
            own = [row for row in rows if code.code in answers(row, self.own.rows)]
            yield Line(code.label, tuple(self._cells(own, known)))

    def _is_in(self, county: CountyState) -> bool:
        return county.state_of(self.own.table).usable

    def _cells(self, rows: Sequence[MergedRow], known: bool) -> Iterator[KnownSum]:
        if not known:
            yield from (_NOT_IN,) * (len(self.codes) or 1)
        elif not self.own.columns:
            yield self.measured(rows)
        else:
            for code in self.codes:
                own = [row for row in rows if code.code in answers(row, self.own.columns)]
                yield self.measured(own)

    def measured(self, rows: Sequence[MergedRow]) -> KnownSum:
        """What rows come to."""
        if self.own.measure == _ROWS:
            return KnownSum(Decimal(len(rows)))
        if self.own.measure == _RESPONDENTS:
            return KnownSum(Decimal(len({row.county for row in rows})))
        return _sum([(row.county_name, row.get(self.own.measure)) for row in rows])

    def apart(self) -> int:
        """How many rows stand in no row or column of the table, for they have no answer to what
        they are told apart by."""
        axes = [
            name for name in (self.own.rows, self.own.columns) if name and name != BY_RESPONDENT
        ]
        return sum(not all(answers(row, name) for name in axes) for row in self.rows())


def answers(row: MergedRow, field: str) -> tuple[str, ...]:
    """The codes that a row has in a field: one, several, or none."""
    value = row.get(field)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _sum(values: Sequence[tuple[str, object]]) -> KnownSum:
    """The sum of what is known. What is left blank or does not apply adds nothing. Nothing is known
    of a sum of nought to which something unknown belongs: a dash would say that there is
    nothing."""
    lacking = dict.fromkeys(name for name, value in values if value in _UNKNOWN)
    numbers = [Decimal(value) for _, value in values if isinstance(value, int | Decimal)]
    return _of_known(added(numbers), tuple(lacking))


def _of_known(known: Decimal, lacking: tuple[str, ...]) -> KnownSum:
    return KnownSum(known if is_something(known) or not lacking else None, lacking)


def own_lines(own: OwnTable, results: YearResults) -> list[Line]:
    """The rows of one of the agency's own tables, without its sum."""
    return list(_Maker(own, results).lines())


def own_columns(own: OwnTable, results: YearResults) -> list[str]:
    """The headings of its columns of numbers."""
    return [code.label for code in _Maker(own, results).codes] or [own.heading]


def own_table(own: OwnTable, results: YearResults, texts: Texts) -> Table:
    """One of the agency's own tables, as it is printed, with a footnote to each sum of which not
    all is known."""
    lines = own_lines(own, results)
    if own.total:
        sums = [_total(column) for column in zip(*(line.cells for line in lines), strict=True)]
        lines.append(Line(texts("summa"), tuple(sums)))
    # All of a table is measured in one thing, and is written with the same decimals.
    every = chain.from_iterable(line.values for line in lines)
    decimals = max(map(_decimals, every), default=0)
    rows = []
    for line in lines:
        rows.append((line.label, *(shown(value, decimals) for value in line.values)))
    heads = (Column(head, number=True) for head in own_columns(own, results))
    absent = said_of(outside(results.data.counties, (own.table,)), results.names, texts)
    # A county's own row says itself that the county is not in.
    left_out = texts("egen.utan_lan", counties=absent) if absent else ""
    by_county = own.rows == BY_RESPONDENT
    note = " ".join(filter(None, (own.note, "" if by_county else left_out)))
    columns = (Column(own.stub, note), *heads)
    told = {"year": results.year}
    caption, source = filled(own.caption, told), filled(own.source, told)
    of_sum = texts("egen.summa_utan", counties=absent) if absent and by_county else ""
    notes = tuple(_notes(own, results, lines, texts, of_sum))
    wide = len(columns) > _STANDING
    return Table(own.id, caption, columns, tuple(rows), source, own.total, notes, wide)


_STANDING = 6  # columns that a standing page has room for


def _total(cells: Sequence[KnownSum]) -> KnownSum:
    """The sum of what is known; counties that are not in are told by their own row."""
    known = [cell.known for cell in cells if cell.known is not None]
    lacking = dict.fromkeys(chain.from_iterable(cell.lacking for cell in cells))
    return _of_known(added(known), tuple(lacking)) if known else KnownSum(None, tuple(lacking))


def _notes(
    own: OwnTable, results: YearResults, lines: Sequence[Line], texts: Texts, of_sum: str
) -> Iterator[CellNote]:
    """Footnotes to what is printed as the sum of what is known, and to a sum that does not take in
    all rows, or all counties (`of_sum`)."""
    apart = _Maker(own, results).apart() if own.total else 0
    parts = [of_sum, texts("egen.utan_svar", count=apart) if apart else ""]
    of_total = " ".join(filter(None, parts)) if own.total else ""
    for row, line in enumerate(lines):
        if of_total and row == len(lines) - 1:
            yield CellNote(row, 0, of_total)
        for column, cell in enumerate(line.cells, 1):
            if cell.lacking and cell.known is not None:
                told = texts("egen.okant", counties=join_and(cell.lacking))
                yield CellNote(row, column, told)


def shown(value: Decimal | None, decimals: int | None = None) -> str:
    """A value as official statistics print it; with as many decimals as it needs itself where
    nothing stands beside it."""
    if value is None:
        return NOT_AVAILABLE
    places = _decimals(value) if decimals is None else decimals
    return format_number(value, places) if is_something(value) else NOTHING


def _decimals(value: Decimal | None) -> int:
    return 0 if value is None or is_whole(value) else 2
