"""What is not tried yet: comparisons of a whole table that wait until what is wrong or doubtful in
it is settled, and may ask more then."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.checks.case import Case
from toolkit.checks.run import CHECKS, checks_of, doubtful_cells
from toolkit.findings.finding import Catalogue
from toolkit.returns.submission import Return
from toolkit.spec.model import Spec


def sheets_waiting(spec: Spec, catalogue: Catalogue, found: Return) -> list[str]:
    """The sheets whose tables are compared with others only when they can be relied on, in the
    order of the workbook. None of a file with nothing doubtful, where all was tried."""
    doubted = frozenset(doubtful_cells(found.findings))
    if found.submission is None or not doubted:
        return []
    case = _Watched(spec, catalogue, found.submission, doubted)
    for check in checks_of(spec, CHECKS):
        deque(check.run(case), maxlen=0)
    return list(dict.fromkeys(_sheets_of(spec, case.waiting)))


def _sheets_of(spec: Spec, tables: set[str]) -> Iterator[str]:
    for sheet in spec.sheets:
        if any(table.id in tables for table in sheet.tables):
            yield sheet.label


@dataclass(frozen=True)
class _Watched(Case):
    """A case that remembers of which tables a check was told that they cannot be relied on."""

    waiting: set[str] = field(default_factory=set)

    def all_sure(self, table: str, *names: str) -> bool:
        is_sure = super().all_sure(table, *names)
        if not is_sure and self.submission.table(table) is not None:
            self.waiting.add(self.spec.bound.of(table))
        return is_sure
