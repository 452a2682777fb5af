"""What a check is given, and the one way in which it speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TypeVar

from toolkit.findings.finding import Catalogue, Finding
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.question_names import print_of_rest
from toolkit.returns.submission import Missing, Record, Submission, TableData, Typed
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import FieldRole
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text

Value = TypeVar("Value")
Test = Callable[[Typed], object]
"""Whether a value fails; whatever it gives counts as true or false."""


@dataclass(frozen=True)
class Case:
    """A submission with the spec and the messages of its year.

    `doubtful` are the cells in which something worse than a note has been said so far. What follows
    from them is not said: the cause is mended first.

    A check first judges what differs: each distinct value of a column, each distinct combination of
    a few columns. Only then are the rows looked for in which it stands."""

    spec: Spec
    catalogue: Catalogue
    submission: Submission
    doubtful: frozenset[CellRef] = frozenset()

    def has(self, *roles: str) -> bool:
        """Whether the year asks for all these roles."""
        return self.spec.bound.has(*roles)

    def held(self, *roles: FieldRole) -> tuple[FieldRole, ...]:
        """Those of the roles that the year asks for."""
        return tuple(role for role in roles if self.has(role))

    def is_uncommented(self, record: Record, comment: FieldRole) -> bool:
        """Whether a row has no comment; where none is asked for, nothing is explained."""
        return not self.has(comment) or is_blank(record.get(comment))

    def column(self, table: str, field: str) -> Sequence[Typed]:
        """A field's understood values, row by row; none when the table is not in the file."""
        data = self.submission.table(table)
        return data.column(field) if data else ()

    def distinct(self, table: str, field: str) -> frozenset[Typed]:
        """A field's understood values, each once."""
        data = self.submission.table(table)
        return data.distinct(field) if data else frozenset()

    def cells(
        self, test_of: Callable[[Field], Test | None]
    ) -> Iterator[tuple[TableSpec, Field, Record, Typed]]:
        """The cells whose value fails (is true to) its field's test. Fields without a test, and
        computed fields, are left alone."""
        for table, field, data in self._fields():
            test = test_of(field)
            if test is None:
                continue
            failing = {value for value in data.distinct(field.id) if test(value)}
            if failing:
                for line, value in _lines_with(failing, data.column(field.id)):
                    yield table, field, data.record(line), value

    def raw_cells(
        self, test_of: Callable[[Field, Set[object]], Callable[[object], object] | None]
    ) -> Iterator[tuple[TableSpec, Field, Record, object]]:
        """The same by what stands in the cells, as written. A test is made for a field and its
        distinct values."""
        for table, field, data in self._fields():
            column = data.raw[data.columns.index[field.id]]
            values = set(column)
            test = test_of(field, values)
            if test is None:
                continue
            failing = {value for value in values if test(value)}
            if failing:
                for line, value in _lines_with(failing, column):
                    yield table, field, data.record(line), value

    def rows(
        self, table: str, fields: Sequence[str], test: Callable[..., object]
    ) -> Iterator[Record]:
        """The rows whose values in some fields fail the test."""
        data = self.submission.table(table)
        if data is None:
            return
        lines = list(zip(*(data.column(field) for field in fields), strict=True))
        failing = {values for values in set(lines) if test(*values)}
        if failing:
            for line, _ in _lines_with(failing, lines):
                yield data.record(line)

    def tables(self) -> Iterator[tuple[TableSpec, TableData]]:
        """The tables that were found."""
        for table in self.spec.tables.values():
            if table.id in self.submission.tables:
                yield table, self.submission.tables[table.id]

    def _fields(self) -> Iterator[tuple[TableSpec, Field, TableData]]:
        """The fields that the county fills in, of the tables that have rows."""
        for table, data in self.tables():
            if not data.rows:
                continue
            for field in table.fields:
                if field.computed is None:
                    yield table, field, data

    def say(
        self, code: str, table: TableSpec, field: Field | None, *refs: CellRef,
        suggestion: str | None = None, **parameters: object,
    ) -> Finding:  # fmt: skip
        """A finding in the given cells; the first cell and the field's label are always at hand."""
        label = field.label if field else table.label
        given: dict[str, object] = {"label": label, "table": table.label, **parameters}
        if refs:
            given.setdefault("cell", refs[0])
        return self.catalogue.finding(
            code, given, county=self.submission.county, file=self.submission.file, table=table.id,
            field=field.id if field else None, record=self.id_at(table, refs), refs=refs,
            suggestion=suggestion, rest=self.rest_at(table, refs),
        )  # fmt: skip

    def id_at(self, table: TableSpec, refs: Sequence[CellRef]) -> str:
        """The id of the row that a cell stands in."""
        row = self._row_at(table, refs)
        return row.text(table.key_field.id) if row and table.key_field else ""

    def rest_at(self, table: TableSpec, refs: Sequence[CellRef]) -> str:
        """The print of all else in the row that a cell stands in, where it has an id."""
        row = self._row_at(table, refs)
        return print_of_rest(row, table) if row else ""

    def _row_at(self, table: TableSpec, refs: Sequence[CellRef]) -> Record | None:
        """The row that a cell stands in, of a table whose rows have ids."""
        data = self.submission.tables.get(table.id)
        if not refs or table.key_field is None or data is None:
            return None
        line = bisect_left(data.rows, refs[0].row)
        if line == len(data.rows) or data.rows[line] != refs[0].row:
            return None
        return data.record(line)

    def shown_at(self, table: TableSpec, ref: CellRef) -> str:
        """What stands in a cell of a table, as text; nothing where the table has no such cell."""
        data = self.submission.tables[table.id]
        rows = data.columns.rows
        for position, places in enumerate(data.columns.places):
            if ref.column in places and (rows is None or rows[position] == ref.row):
                line = bisect_left(data.rows, ref.row) if rows is None else 0
                column = data.raw[position]
                return text(column[line]) if line < len(column) else ""
        return ""

    def say_of(
        self, code: str, record: Record, name: str,
        *, suggestion: str | None = None, **parameters: object,
    ) -> Finding:  # fmt: skip
        """A finding in the cell of a record's own field."""
        table, ref = self.spec.tables[record.columns.table], record.ref(name)
        field = table.by_id[self.spec.bound.of(name)]
        return self.say(code, table, field, ref, suggestion=suggestion, **parameters)

    def sure(self, record: Record, *names: str) -> bool:
        """Whether nothing has been said of these fields in a row, and their columns are there."""
        columns = record.columns
        if not all(columns.places[columns.index[name]] for name in names):
            return False
        if not self.doubtful:  # the cells' addresses are slow to make, and most files have none
            return True
        return self.doubtful.isdisjoint(record.ref(name) for name in names)

    def is_unsaid(self, table: str) -> bool:
        """A table without rows, of which the county has not said that there is nothing to report,
        though it could."""
        data = self.submission.table(table)
        if data is None:
            return True
        return self.spec.takes_nil and not data.rows and data.nil_reason is None

    def all_sure(self, table: str, *names: str) -> bool:
        """Whether these fields can be relied on in every row of a table."""
        data = self.submission.table(table)
        if data is None:
            return False
        wanted = [data.columns.places[data.columns.index[name]] for name in names]
        return all(wanted) and not self._doubts(data, set(chain(*wanted)))

    def _doubts(self, data: TableData, columns: Set[int]) -> bool:
        """Whether something has been said of a cell in these columns of a table. Two tables may
        share a sheet and its columns, so the rows are looked at too."""
        own = [ref for ref in self.doubtful if ref.sheet == data.columns.sheet]
        doubted = {ref.row for ref in own if ref.column in columns}
        return bool(doubted) and not doubted.isdisjoint(data.rows)

    def reckoned(self, record: Record, role: FieldRole) -> Decimal:
        """A sum or difference of a row: reckoned anew where the spec says how, as the county wrote
        it where it does not."""
        return self.computed(record).get(self.spec.bound[role], record.amount(role))

    @cached_property
    def computed(self) -> Arithmetic:
        """A row's computed fields, by the toolkit's own arithmetic."""
        return Arithmetic(self.spec, self.submission)


def _lines_with(failing: Set[Value], column: Iterable[Value]) -> Iterator[tuple[int, Value]]:
    """The lines, counted from 0, where one of the failing values stands."""
    for line, value in enumerate(column):
        if value in failing:
            yield line, value


def is_blank(value: Typed) -> bool:
    """An empty cell."""
    return value is Missing.BLANK
