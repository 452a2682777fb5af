"""What the sheets of ekonomi.xlsx are written from, and where they find each other's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.analysis.results import YearResults
from toolkit.export.columns import TableSheet
from toolkit.findings.texts import Texts


@dataclass(frozen=True)
class FinanceContext:
    """The results, the texts, and the sheets of rows that formulas sum: the counties' rows, last
    year's (None without a year before), what the ledgers hold, and the differences."""

    results: YearResults
    texts: Texts
    rows: TableSheet[Any]
    earlier: TableSheet[Any] | None
    booked: TableSheet[Any]
    differences: TableSheet[Any]

    @property
    def year(self) -> int:
        """The year of the report."""
        return self.results.data.year.spec.year

    def areas(self, *columns: str) -> Sequence[str]:
        """Columns of the counties' rows as references."""
        return [self.rows.area(column) for column in columns]
