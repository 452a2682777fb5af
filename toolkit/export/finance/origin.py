"""Where a row comes from: file, sheet and cell as text, and as a link where the workbook knows
where the file lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.analysis.states import Dimension
from toolkit.export.book import Book
from toolkit.export.finance.results import Finance
from toolkit.export.finance.rows import HEADER
from toolkit.findings.texts import Texts
from toolkit.words.cells import CellRef, brief_cells, quote_sheet

ORIGIN = ("fil", "blad", "cell")
ORIGIN_WIDTHS = (34, 12, 12)
_ALL: Mapping[Dimension, str] = {}
_RUNS = 3  # as many groups of cells as one can take in


def origin_heads(texts: Texts) -> list[str]:
    """The headings of the three columns."""
    return [texts(f"gemensamt.{name}") for name in ORIGIN]


def file_target(finance: Finance, file: str, ref: CellRef | None = None) -> str | None:
    """A link to a file beside the workbook, and to a cell in it. None when it cannot be linked
    to."""
    path = finance.places.get(file, "")
    if not path or "#" in path or "%" in path:
        return None
    return f"external:{path}#{ref.link}" if ref else f"external:{path}"


def write_origin(
    book: Book,
    sheet: Any,
    row: int,
    column: int,
    finance: Finance,
    file: str,
    refs: Sequence[CellRef],
) -> None:
    """File, sheet and cells; the file and the cells lead to the first of them."""
    first = refs[0] if refs else None
    target = file_target(finance, file, first)
    book.link(sheet, row, column, file, target)
    book.value(sheet, row, column + 1, first.sheet if first else "")
    book.link(sheet, row, column + 2, brief(refs), target)


def brief(refs: Sequence[CellRef]) -> str:
    """The cells of the first one's sheet, as many as one can take in."""
    runs = brief_cells(ref for ref in refs if ref.sheet == refs[0].sheet).split(", ")
    return ", ".join(runs[:_RUNS]) + (" …" if runs[_RUNS:] else "")


def county_cells(
    finance: Finance, county: str, match: Mapping[Dimension, str] = _ALL
) -> list[CellRef]:
    """The cells of a county's spend, of all its lines or of those with these codes."""
    return [
        line.ref("outcome")
        for line in finance.spend.get(county, ())
        if all(line.of(cut) == code for cut, code in match.items())
    ]


def link_county(
    book: Book, sheet: Any, row: int, column: int, finance: Finance, county: str, rows: str
) -> None:
    """The county's name, leading to its first row on the sheet of rows."""
    first = finance.first_rows.get(county)
    target = f"internal:{quote_sheet(rows)}!A{HEADER + 2 + first}" if first is not None else None
    book.link(sheet, row, column, finance.states[county].name, target)
