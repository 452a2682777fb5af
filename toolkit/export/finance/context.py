"""What the sheets of ekonomi.xlsx are written from, and where they find each other's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import lacking
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import NoYearBefore
from toolkit.analysis.year_on_year import YEARS_NEEDS
from toolkit.export.columns import SheetTable
from toolkit.findings.texts import Texts


@dataclass(frozen=True)
class FinanceContext:
    """The results, the texts, and the sheets of rows that formulas sum: the counties' rows, last
    year's (None without a year before), what the ledgers hold, and the differences."""

    results: YearResults
    texts: Texts
    rows: SheetTable[Any]
    earlier: SheetTable[Any] | None
    booked: SheetTable[Any]
    differences: SheetTable[Any]

    @property
    def year(self) -> int:
        """The year of the report."""
        return self.results.data.year.spec.year

    @property
    def before(self) -> Dataset | NoYearBefore:
        """Last year's data, or why there is nothing to lay beside this year's."""
        return comparable_before(self.results)

    def areas(self, *columns: str) -> Sequence[str]:
        """Columns of the counties' rows as references."""
        return [self.rows.area(column) for column in columns]


def comparable_before(results: YearResults) -> Dataset | NoYearBefore:
    """Last year's data, where that year asked for amounts."""
    before = results.before
    if isinstance(before, Dataset) and lacking(before.year.spec, YEARS_NEEDS):
        return NoYearBefore.NOT_ASKED
    return before
