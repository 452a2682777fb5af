"""The workbook behind a chart: what Word opens when someone asks to edit the numbers."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from toolkit.files.zip import repack
from toolkit.report.blocks import Chart, ChartSeries
from toolkit.words.cleantext import cell_text, clean_text

SHEET = "Data"
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A category that begins with `=` is a name, never a formula."""
_CATEGORIES, _SERIES = 28, 18  # widths of the columns, in characters
_MADE = datetime(2021, 1, 1)  # fixed, so that two runs give the same bytes


def chart_workbook(chart: Chart) -> bytes:
    """The workbook of a chart: categories down, series across; the same bytes every time."""
    target = io.BytesIO()
    # In memory: XlsxWriter else writes every part to a temporary file first.
    book = xlsxwriter.Workbook(target, {**_AS_TEXT, "in_memory": True})
    book.set_properties({"title": clean_text(chart.caption), "created": _MADE})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, _CATEGORIES)
    sheet.set_column(1, max(1, len(chart.series)), _SERIES)
    number = book.add_format({"num_format": number_format(chart)})
    _write_categories(sheet, chart)
    for column, series in enumerate(chart.series, 1):
        _write_series(sheet, column, series, number)
    book.close()
    return repack(target.getvalue())


def _write_categories(sheet: Any, chart: Chart) -> None:
    sheet.write_string(0, 0, cell_text(chart.unit))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, cell_text(category))


def _write_series(sheet: Any, column: int, series: ChartSeries, number: Any) -> None:
    sheet.write_string(0, column, cell_text(series.name))
    for row, value in enumerate(series.values, 1):
        if value is not None:
            sheet.write_number(row, column, value, number)


def number_format(chart: Chart) -> str:
    """Swedish by its language code: without it the decimal sign is the reader's own program's."""
    decimals = "." + "0" * chart.decimals if chart.decimals else ""
    return f"[$-41D]#,##0{decimals}"
