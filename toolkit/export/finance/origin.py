"""Where a row comes from: file, sheet and cell as text, and as a link where the workbook knows
where the file lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from toolkit.analysis.records import SpendLine
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Dimension
from toolkit.export.book import Cell
from toolkit.export.columns import UNTOUCHED, SheetColumn, SheetTable
from toolkit.export.finance.rows import SpendRow
from toolkit.spec.marks import PROVENANCE
from toolkit.words.cells import CellRef, brief_cells

ALL_CODES: Mapping[Dimension, str] = {}
_RUNS = 3  # as many groups of cells as one can take in


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, and sheet and cells in it, as they are shown."""

    file: Cell
    sheet: Cell
    cells: Cell


NOWHERE = Origin(UNTOUCHED, UNTOUCHED, UNTOUCHED)


class HasOrigin(Protocol):
    """A line that comes from somewhere."""

    @property
    def origin(self) -> Origin:
        """Where from."""


ORIGIN: tuple[SheetColumn[HasOrigin], ...] = (
    SheetColumn("fil", "gemensamt.fil", 38, lambda line: line.origin.file, paper=False),
    SheetColumn("blad", "gemensamt.blad", 12, lambda line: line.origin.sheet, paper=False),
    SheetColumn("cell", "gemensamt.cell", 12, lambda line: line.origin.cells, paper=False),
)
ORIGIN_ABOVE_SUMS = tuple(replace(column, total="") for column in ORIGIN)


def origin_of(results: YearResults, file: str, refs: Sequence[CellRef]) -> Origin:
    """File, sheet and cells; the file and the cells lead to the first of them."""
    first = refs[0] if refs else None
    target = file_target(results, file, first)
    return Origin(
        Cell(file, target=target),
        Cell(first.sheet if first else ""),
        Cell(brief(refs), target=target),
    )


def file_target(results: YearResults, file: str, ref: CellRef | None = None) -> str | None:
    """A link to a file beside the workbook, and to a cell in it. None when it cannot be linked to:
    Excel takes `#` for the beginning of a place and `%` for an escaped letter."""
    # XlsxWriter turns the slashes of the path, as Excel for Windows writes them.
    path = results.places.get(file, "")
    if not path or "#" in path or "%" in path:
        return None
    return f"external:{path}#{ref.link}" if ref else f"external:{path}"


def brief(refs: Sequence[CellRef]) -> str:
    """The cells of the first one's sheet, as many as one can take in."""
    runs = brief_cells(ref for ref in refs if ref.sheet == refs[0].sheet).split(", ")
    return ", ".join(runs[:_RUNS]) + (" …" if runs[_RUNS:] else "")


def county_cells(
    results: YearResults, county: str, match: Mapping[Dimension, str] = ALL_CODES
) -> list[CellRef]:
    """The cells of a county's spend, of all its lines or of those with these codes."""
    own = results.spend.get(county, ())
    return [line.ref("outcome") for line in own if holds(line, match)]


def holds(line: SpendLine, codes: Mapping[Dimension, str]) -> bool:
    """Whether a line has all of these codes."""
    return all(line.of(cut) == code for cut, code in codes.items())


def county_link(results: YearResults, county: str, rows: SheetTable[SpendRow]) -> Cell:
    """The county's name, leading to its first row on the sheet of rows."""
    name = results.states[county].name
    if county not in results.first_rows:
        return Cell(name)
    row = rows.first + results.first_rows[county]
    return Cell(name, target=rows.link(PROVENANCE[0], row))
