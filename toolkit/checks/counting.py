"""Codes and ids that count upwards from row to row, as they do where a cell was dragged down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import TableData
from toolkit.spec.model import Field, TableSpec
from toolkit.spec.roles import INDICATOR_CODE
from toolkit.words.cells import brief_cells
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_COUNTED = re.compile(r"(\D{0,5})(\d{1,6})(.*)", re.DOTALL)
FEWEST = 3
"""Cells whose codes count upwards while the name behind them is the same."""
FEWEST_BARE = 4
"""Codes alone: fewer may be an answer in each."""


class Counted(NamedTuple):
    """A code or an id with a number, and what stands before and behind that."""

    number: int
    before: str
    rest: str


def check_counted(case: Case) -> Iterator[Finding]:
    """Codes alone, without their labels, that count upwards by one from row to row: a cell with a
    number that is dragged down counts on, and every code may be one that exists. What tells rows
    apart, as an indicator, may well do so."""
    apart = set(map(case.spec.bound.of, case.held(INDICATOR_CODE)))
    for table, data in case.tables():
        for field in table.fields:
            is_list = field.list is not None and table.kind == "list" and not field.unique
            is_told_apart = field.id in apart or field.scope is not None
            if is_list and not is_told_apart and _is_single(data, field):
                yield from _counted_in(case, table, field, data)


def _is_single(data: TableData, field: Field) -> bool:
    return len(data.columns.places[data.columns.index[field.id]]) == 1


def _counted_in(case: Case, table: TableSpec, field: Field, data: TableData) -> Iterator[Finding]:
    column = data.raw[data.columns.index[field.id]]
    for run in runs_in(data, column):
        records = [data.record(line) for line in run]
        first = counted(column[run[0]])
        is_bare = first is not None and not first.rest and len(run) >= FEWEST_BARE
        if is_bare and all(case.sure(record, field.id) for record in records):
            refs = [record.ref(field.id) for record in records]
            told = {"value": text(column[run[0]]), "last": text(column[run[-1]])}
            yield case.say("FALT-UPPRAKNAD", table, field, *refs, cells=brief_cells(refs), **told)


def runs_in(data: TableData, column: Sequence[object]) -> Iterator[list[int]]:
    """The lines of rows below each other whose codes count upwards by one."""
    numbers = [counted(value) for value in column]
    run: list[int] = []
    for line, one in enumerate(numbers):
        if run and not _follows(numbers[line - 1], one, data.rows[line - 1 : line + 1]):
            yield from _if_several(run)
            run = []
        if one is not None:
            run.append(line)
    yield from _if_several(run)


def _if_several(run: list[int]) -> Iterator[list[int]]:
    if len(run) >= FEWEST:
        yield run


def counted(value: object) -> Counted | None:
    """A number with what stands around it; None for what holds none, or a long one."""
    found = _COUNTED.fullmatch(text(value).strip())
    return Counted(int(found[2]), fold(found[1]), fold(found[3])) if found else None


def _follows(before: Counted | None, one: Counted | None, rows: Sequence[int]) -> bool:
    if before is None or one is None:
        return False
    below = all(then == row + 1 for row, then in pairwise(rows))
    return below and one == before._replace(number=before.number + 1)
