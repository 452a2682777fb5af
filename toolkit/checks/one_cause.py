"""One cause for what is wrong in several cells: a list that was dragged down, so that its codes
count upwards, and cells that were drawn together, so that only the first of them holds a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import NamedTuple

from toolkit.checks.case import Case
from toolkit.findings.finding import Cure, Finding
from toolkit.returns.submission import TableData
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.model import Field, TableSpec
from toolkit.words.cells import CellRef, brief_cells, read_cell
from toolkit.words.celltext import SHOWN, shown, text
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

_OF_A_LIST = {"FALT-KODLISTA", "FALT-KOD-NAMN"}
_BLOCK, _EMPTY = "FALT-SAMMANSLAGEN", "FALT-SAKNAS"
_COUNTED = re.compile(r"(\d{1,6})(.*)", re.DOTALL)
_FEWEST = 3  # cells whose codes count upwards while the name behind them is the same
_FEWEST_BARE = 4  # codes alone: fewer may be an answer in each


class _Counted(NamedTuple):
    """A code that begins with a number, and what stands behind it."""

    number: int
    rest: str


def with_dragged(case: Case, read: Sequence[Finding]) -> list[Finding]:
    """What the reading says, with a dragged list told once instead of cell by cell."""
    wrong = [one for one in read if _is_of_a_list(one)]
    refs = set(map(_only_cell, wrong))
    told: list[Finding] = []
    for table, field in sorted({(one.table or "", one.field or "") for one in wrong}):
        spec = case.spec.tables[table]
        told += _in_column(case, spec, spec.by_id[field], refs)
    known = set(chain.from_iterable(one.refs for one in told))
    kept = (one for one in read if not _is_of_a_list(one) or _only_cell(one) not in known)
    return [*told, *kept]


def _is_of_a_list(finding: Finding) -> bool:
    return finding.code in _OF_A_LIST and finding.field is not None and len(finding.refs) == 1


def _only_cell(finding: Finding) -> CellRef:
    return finding.refs[0]


def _in_column(
    case: Case, table: TableSpec, field: Field, wrong: set[CellRef]
) -> Iterator[Finding]:
    data = case.submission.tables[table.id]
    column = data.raw[data.columns.index[field.id]]
    if field.list is None or len(data.columns.places[data.columns.index[field.id]]) != 1:
        return
    for run in _runs(data, column):
        refs = [data.record(line).ref(field.id) for line in run]
        names = _of_the_name(case.spec.lists[field.list], column[run[0]])
        # The one from which it was dragged is right, where it is still there.
        own = refs if refs[0] in wrong or not names else refs[1:]
        is_dragged = wrong.issuperset(own) if names else not wrong.isdisjoint(own)
        if is_dragged and len(run) >= (_FEWEST if names else _FEWEST_BARE):
            yield _dragged(case, table, field, own, (column[run[0]], column[run[-1]]), names)


def _runs(data: TableData, column: Sequence[object]) -> Iterator[list[int]]:
    """The lines of rows below each other whose codes count upwards by one."""
    counted = [_counted(value) for value in column]
    run: list[int] = []
    for line, one in enumerate(counted):
        if run and not _follows(counted[line - 1], one, data.rows[line - 1 : line + 1]):
            yield from _if_several(run)
            run = []
        if one is not None:
            run.append(line)
    yield from _if_several(run)


def _if_several(run: list[int]) -> Iterator[list[int]]:
    if len(run) >= _FEWEST:
        yield run


def _counted(value: object) -> _Counted | None:
    found = _COUNTED.fullmatch(text(value).strip())
    return _Counted(int(found[1]), fold(found[2])) if found else None


def _follows(before: _Counted | None, one: _Counted | None, rows: Sequence[int]) -> bool:
    if before is None or one is None:
        return False
    below = all(then == row + 1 for row, then in pairwise(rows))
    return below and one == _Counted(before.number + 1, before.rest)


def _of_the_name(codelist: CodeList, value: object) -> list[Code]:
    """The codes whose name stands behind the number, the longest name first."""
    counted = _counted(value)
    rest = counted.rest if counted else ""
    named = [code for code in codelist.codes if rest and fold(code.label) in rest]
    return sorted(named, key=lambda code: -len(code.label))


def _dragged(
    case: Case, table: TableSpec, field: Field, refs: Sequence[CellRef],
    ends: tuple[object, object], names: Sequence[Code],
) -> Finding:  # fmt: skip
    first, last = (mask(shown(value))[:SHOWN] for value in ends)
    told = {"value": first, "last": last, "cells": brief_cells(refs)}
    meant = names[0].shown if names else None
    said = case.say("FALT-DRAGEN", table, field, *refs, suggestion=meant, **told)
    return replace(said, cures=tuple(Cure(ref, meant) for ref in refs) if meant else ())


def with_blocks(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with cells that are empty since they were drawn together with another told as
    that, and their block no longer by itself."""
    told: dict[int, Finding | None] = {}
    for block in findings:
        if block.code == _BLOCK:
            told |= _in_block(case, block, findings)
    instead = (told.get(id(one), one) for one in findings)
    return [one for one in instead if one is not None]


def _in_block(
    case: Case, block: Finding, findings: Sequence[Finding]
) -> Mapping[int, Finding | None]:
    first = block.refs[0]
    corner = dict(block.parameters)["cells"].partition(":")[2]
    last = read_cell(first.sheet, corner)
    empty = [one for one in findings if one.code == _EMPTY and _is_inside(one, first, last)]
    if not empty:
        return {}
    refs = tuple(sorted(chain.from_iterable(one.refs for one in empty)))
    table = case.spec.tables[empty[0].table or ""]
    field = table.by_id[empty[0].field or ""]
    told = {"block": dict(block.parameters)["cells"], "cells": brief_cells(refs)}
    meant = _of_the_first(case, table, field, first)
    said = case.say("FALT-SAMMAN", table, field, *refs, suggestion=meant, **told)
    cures = tuple(Cure(ref, meant) for ref in refs) if meant else ()
    return {
        **dict.fromkeys(map(id, empty)), id(block): None, id(empty[0]): replace(said, cures=cures)
    }  # fmt: skip


def _is_inside(finding: Finding, first: CellRef, last: CellRef) -> bool:
    ref = finding.refs[0]
    across = first.column <= ref.column <= last.column
    return ref.sheet == first.sheet and across and first.row <= ref.row <= last.row


def _of_the_first(case: Case, table: TableSpec, field: Field, first: CellRef) -> str | None:
    """The code in the block's first cell. An amount may be meant for all the rows together, and is
    not suggested for each."""
    if field.list is None:
        return None
    for record in case.submission.tables[table.id].records:
        if record.ref(field.id) == first:
            code = case.spec.lists[field.list].by_code.get(record.text(field.id))
            return code.shown if code else None
    return None
