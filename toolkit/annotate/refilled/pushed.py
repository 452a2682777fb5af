"""Cells that shifted columns have pushed over the edge of their table: a fresh copy has no place
for them, but it is known under which heading each belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from toolkit.findings.finding import Finding
from toolkit.returns.carryover import Left
from toolkit.returns.submission import Columns, Submission
from toolkit.spec.model import Spec, TableSpec
from toolkit.words.cells import CellRef

_SHIFTED = "KOL-FORSKJUTEN"


def pushed_out(sent: Submission, findings: Iterable[Finding], spec: Spec) -> Mapping[CellRef, str]:
    """What the column is called that each such cell belongs to, by the cell; whether anything
    stands in it has not been asked. `spec` is the one that the file was read by."""
    homes: dict[CellRef, str] = {}
    for finding in findings:
        data = sent.tables.get(finding.table or "")
        if finding.code == _SHIFTED and data is not None:
            step = int(dict(finding.parameters)["by"])
            for row in {ref.row for ref in finding.refs}:
                homes |= _over_the_edge(spec.tables[data.id], data.columns, row, step)
    return homes


def _over_the_edge(
    table: TableSpec, columns: Columns, row: int, step: int
) -> Iterator[tuple[CellRef, str]]:
    known: dict[int, str] = {}
    for field, places in zip(columns.fields, columns.places, strict=True):
        known |= dict.fromkeys(places, field)
    for place, field in known.items():
        if place + step not in known:
            yield CellRef(columns.sheet, row, place + step), table.by_id[field].label


def with_home(left: Left, homes: Mapping[CellRef, str]) -> Left:
    """A cell that has no place, told with where it belongs if that is known."""
    if left.why != "utanfor" or left.ref not in homes:
        return left
    return replace(left, why="forskjuten", field=homes[left.ref])
