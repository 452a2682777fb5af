"""Rows of a list with next to nothing in them, which are no records: in a fresh copy their cells
stand below or between its rows as the county wrote them, so that the same is said of them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.findings.finding import Finding
from toolkit.returns.carryover import Moved
from toolkit.returns.counterparts import table_in
from toolkit.returns.submission import Submission
from toolkit.spec.model import Spec

_STUMP = "RAD-STUMP"
_MOST_BLANK = 60  # rows above a stump that are kept: those that the template draws


def stumps_of(findings: Iterable[Finding]) -> Mapping[str, Sequence[int]]:
    """The rows in the county's file, by table id."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.code == _STUMP and finding.table:
            rows[finding.table].update(ref.row for ref in finding.refs)
    return {name: sorted(own) for name, own in rows.items()}


def rows_needed(sent: Submission, findings: Iterable[Finding]) -> dict[str, int]:
    """How many rows each of a return's tables takes in a copy, by table id."""
    stumps = stumps_of(findings)
    return {
        name: len(list(_laid(data.rows, stumps.get(name, ()))))
        for name, data in sent.tables.items()
    }


def make_room(
    sent: Submission, moved: Moved, findings: Iterable[Finding], specs: tuple[Spec, Spec]
) -> dict[str, Sequence[int]]:
    """Blank rows for the stumps among the rows that were moved, as far below the row above them as
    they stood. The stumps' rows in the county's file, by the table's id in the copy."""
    old, new = specs
    made: dict[str, Sequence[int]] = {}
    for was, stumps in stumps_of(findings).items():
        table = table_in(new, old, was)
        # A form and a table with given rows have no room between their rows.
        if table is not None and table.kind == "list" and was in sent.tables:
            _lay(moved, table.id, stumps)
            made[table.id] = stumps
    return made


def _lay(moved: Moved, name: str, stumps: Sequence[int]) -> None:
    origins = moved.origins.get(name, [])
    rows = dict(zip(origins, moved.rows.get(name, []), strict=True))
    laid = list(_laid(origins, stumps))
    moved.rows[name] = [rows.get(row, {}) for row in laid]
    moved.origins[name] = laid


def _laid(rows: Iterable[int], stumps: Iterable[int]) -> Iterator[int]:
    """Rows and stumps by their numbers, with the blank ones right above each stump."""
    stumps, last = set(stumps), None
    for row in sorted({*rows, *stumps}):
        if row in stumps and last is not None and row - last <= _MOST_BLANK:
            yield from range(last + 1, row)
        yield row
        last = row
