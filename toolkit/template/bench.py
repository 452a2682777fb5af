"""What every part of the writing has at hand, and what all sheets have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.template.layout import Placement
from toolkit.template.style import CellStyles
from toolkit.words.excel_texts import MESSAGE_LIMIT, cut, in_header

TemplateRow = Mapping[str, object]
Content = Mapping[str, Sequence[TemplateRow]]
"""What stands in a filled-in template: rows by table id, values by field id (codes as codes,
several as a tuple, amounts as Decimal, dates as date). A form has one row; a fixed table's rows are
found by their code."""

_SHORT_TITLE = 60  # characters that are left of a title in a header that is too long
_A4 = 9  # ST_PaperSize of pageSetup (ECMA-376 part 1, 18.3.1.63)

# Keys, headings and formulas are locked; what a county does to its own rows is allowed. Without
# these, Excel takes sorting and filtering away from a protected sheet. It refuses to delete a row
# that holds a locked cell all the same (Microsoft's documentation of AllowDeletingRows).
_ALLOWED = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
    "insert_rows": True,
    "delete_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What every part of the writing needs at hand. `look` is the role of the cells that hold
    content: `input`, or `prefilled` for what was carried over; `carried` are the tables in which
    anything was, beside the county and year that every template comes with."""

    spec: Spec
    county: Code
    texts: Texts
    book: Workbook
    styles: CellStyles
    placements: Mapping[str, Placement]
    content: Content
    look: str = "input"
    carried: frozenset[str] = frozenset()


def set_page(bench: Bench, sheet: Worksheet, *, landscape: bool) -> None:
    """How a sheet prints: A4, one page across, with title, year and county at the top."""
    spec, county = bench.spec, bench.county.label
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    sheet.fit_to_pages(1, 0)
    title, whose = in_header(spec.title), in_header(county)
    header = bench.texts("sidhuvud", title=title, year=spec.year, county=whose)
    if len(header) > MESSAGE_LIMIT:
        # The title is the longest of it, and what one can do without.
        shorter = in_header(cut(spec.title, _SHORT_TITLE))
        header = bench.texts("sidhuvud", title=shorter, year=spec.year, county=whose)
    if len(header) <= MESSAGE_LIMIT:  # a longer one Excel does not take
        sheet.set_header(header)
    sheet.set_footer(bench.texts("sidfot"))


def protect(sheet: Worksheet) -> None:
    """Locks keys, headings and formulas, without a password: it guards against slips, not against a
    county that wants to arrange its own file."""
    sheet.protect("", _ALLOWED)
