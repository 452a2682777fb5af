"""Workbooks of a year in which nobody has sent anything, or nothing to add up: no formula over no rows, and none that takes in itself."""

import io
import re

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from tests.export.small import LEDGER, OPENING, results_of, small_dataset, small_results
from toolkit.analysis.appropriations import Series
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import write_merged

_AREA = re.compile(
    r"(?:('(?:[^']|'')+'|[\wÅÄÖåäö]+)!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"
)
_TEXT = re.compile(r'"[^"]*"')


def formulas(book):
    """Every formula with the sheet, row and column where it stands."""
    for page in book:
        for line in page.iter_rows():
            yield from ((page.title, cell) for cell in line if cell.data_type == "f")


def areas(formula, sheet):
    """The areas that a formula takes in: the sheet, and the columns and rows from first to last."""
    for named, area in _AREA.findall(_TEXT.sub('""', formula)):
        yield named.strip("'").replace("''", "'") or sheet, area.replace("$", "")


def faults(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        (sheet, cell.coordinate, cell.value, area)
        for sheet, cell in formulas(book)
        for name, area in areas(cell.value, sheet)
        if wrong(book[name], area, cell if name == sheet else None)
    ]


def wrong(page, area, cell):
    """Whether an area runs backwards, takes in the cell itself, or holds nothing at all."""
    first, _, last = area.partition(":")
    left, top, right, bottom = range_boundaries(area)
    if top > bottom:
        return True
    if cell and left <= cell.column <= right and top <= cell.row <= bottom:
        return True
    values = [
        value for row in page.iter_rows(top, bottom, left, right, values_only=True) for value in row
    ]
    return bool(last) and set(values) <= {None, ""} and (first != last or is_empty(page, top))


def is_empty(page, row):
    """Whether nothing stands in a row: an area of one cell there is the room of a list without lines."""
    return {cell.value for cell in page[row]} <= {None, ""}


def years():
    nothing, sent = small_dataset(counties=()), small_dataset(counties=("12", "14"))
    ledgers = {"12": LEDGER}
    return {
        "nothing sent": results_of(nothing),
        "no series": results_of(nothing, series=Series(())),
        "without rows": results_of(sent),
        "without rows for two years": results_of(sent, before=sent),
        "an extract alone": results_of(
            sent, ledgers=ledgers, lines=reconcile(sent, ledgers),
            parts=reconcile_parts(sent, ledgers, Series(())),
        ),
        "an extract without transactions": results_of(
            sent, ledgers={"12": LEDGER.__class__("12.csv", "12", {}, 0, LEDGER.control * 0)}
        ),
        "with rows": small_results(OPENING),
    }  # fmt: skip


class DescribeWorkbooksWithoutRows:
    @pytest.mark.parametrize("name", years())
    def it_has_no_formula_over_nothing(self, name):
        results = years()[name]
        assert faults(write_finance(results)) == []
        assert faults(write_merged(results.data)) == []

    def it_finds_what_is_wrong_with_a_formula(self):
        book = openpyxl.Workbook()
        page = book.active
        page["A1"], page["A2"], page["A3"] = 1, "=SUM(A1:A3)", "=SUM(A3:A2)"
        page["B1"], page["B2"], page["B3"] = "=SUM(C5:C5)", "=SUM(A1:A2)", "=SUM($C$5:$C$7)"
        target = io.BytesIO()
        book.save(target)
        assert [cell for _, cell, *_ in faults(target.getvalue())] == ["B1", "A2", "A3", "B3"]
