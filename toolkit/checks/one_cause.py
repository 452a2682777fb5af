"""One cause for what is wrong in several cells: a list that was dragged down, so that its codes
count upwards, and cells that were drawn together, so that only the first of them holds a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.checks.case import Case
from toolkit.checks.counting import FEWEST, FEWEST_BARE, counted, runs_in
from toolkit.findings.finding import Cure, Finding
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.model import Field, TableSpec
from toolkit.words.cells import CellRef, brief_cells, read_cell
from toolkit.words.celltext import SHOWN, shown
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

_OF_A_LIST = {"FALT-KODLISTA", "FALT-KOD-NAMN"}
_BLOCK, _EMPTY = "FALT-SAMMANSLAGEN", "FALT-SAKNAS"
_FEWEST_UNKNOWN = 2  # ids that no row has; a single one may be that of a row which was forgotten
_UNKNOWN = "REF-SAKNAS"


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


def with_dragged_ids(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with references that were dragged down past the last row that there is told
    once: those before may be wrong as well."""
    told: dict[int, Finding | None] = {}
    for (table, field), own in _unknown_by_column(findings).items():
        told |= _dragged_ids(case, case.spec.tables[table], field, own)
    instead = (told.get(id(one), one) for one in findings)
    return [one for one in instead if one is not None]


def _unknown_by_column(
    findings: Iterable[Finding],
) -> Mapping[tuple[str, str], Mapping[CellRef, Finding]]:
    """The references to no row, by their cells, for each table and field."""
    found: defaultdict[tuple[str, str], dict[CellRef, Finding]] = defaultdict(dict)
    for one in findings:
        if one.code == _UNKNOWN and len(one.refs) == 1:
            found[one.table or "", one.field or ""][one.refs[0]] = one
    return found


def _dragged_ids(
    case: Case, table: TableSpec, name: str, unknown: Mapping[CellRef, Finding]
) -> Mapping[int, Finding | None]:
    data = case.submission.tables[table.id]
    position = data.columns.index[name]
    told: dict[int, Finding | None] = {}
    if len(data.columns.places[position]) != 1:
        return told
    column = data.raw[position]
    for run in runs_in(data, column):
        refs = [data.record(line).ref(name) for line in run]
        beyond = [unknown[ref] for ref in refs if ref in unknown]
        # Where the first is to no row either, nobody dragged it from one: the rows have other ids.
        is_from_a_row = refs[0] not in unknown
        if is_from_a_row and len(beyond) >= _FEWEST_UNKNOWN and len(run) >= FEWEST_BARE:
            ends = column[run[0]], column[run[-1]]
            joined = _dragged(case, table, table.by_id[name], refs[1:], ends, ())
            told |= {**dict.fromkeys(map(id, beyond)), id(beyond[0]): joined}
    return told


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
    for run in runs_in(data, column):
        refs = [data.record(line).ref(field.id) for line in run]
        names = _of_the_name(case.spec.lists[field.list], column[run[0]])
        # The one from which it was dragged is right, where it is still there.
        own = refs if refs[0] in wrong or not names else refs[1:]
        is_dragged = wrong.issuperset(own) if names else not wrong.isdisjoint(own)
        if is_dragged and len(run) >= (FEWEST if names else FEWEST_BARE):
            yield _dragged(case, table, field, own, (column[run[0]], column[run[-1]]), names)


def _of_the_name(codelist: CodeList, value: object) -> list[Code]:
    """The codes whose name stands behind the number, the longest name first."""
    found = counted(value)
    rest = found.rest if found else ""
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
