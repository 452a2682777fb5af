"""What the agency's workbooks share: one look, safe text, fixed bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from textwrap import wrap
from typing import Any

import xlsxwriter

from toolkit.files.zip import repack
from toolkit.returns.submission import Missing
from toolkit.words.cleantext import cell_text

KR = "#,##0;\u2212#,##0;0"
PERCENT = '0.0" %"'
ACCENT, PALE, GREY = "#17475E", "#E8F0F4", "#595F69"
TONES = {"bad": "#F8C9C4", "ask": "#FFE3B3", "good": "#D5EBD8", "calm": "#E8F0F4"}
_LINE, _MOST_LINES = 15.0, 8
_LETTERS = 1.1  # letters of running text to a digit's width
_BASE = {"font_name": "Calibri", "font_size": 11, "font_color": "#1F2A37", "valign": "vcenter"}
_LEFT = {"align": "left", "indent": 1}
_HEAD = {"bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", **_LEFT}
_ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
    "subtitle": {"bold": True, "font_size": 13, "font_color": ACCENT},
    "intro": {"font_color": GREY},
    "header": {**_HEAD, "text_wrap": True},
    "header_line": _HEAD,
    "text": {"text_wrap": True, **_LEFT},
    "plain": {**_LEFT},
    "share": {"num_format": 'General" %"'},
    "link": {"text_wrap": True, **_LEFT, "font_color": "#0B5FA5", "underline": 1},
    "kr": {"num_format": KR},
    "ore": {"num_format": "#,##0.00"},
    "percent": {"num_format": "0.0%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "total": {"bold": True, "top": 1, "bg_color": PALE, **_LEFT},
    "sum_kr": {"bold": True, "bg_color": PALE, "num_format": KR},
    "total_kr": {"bold": True, "top": 1, "bg_color": PALE, "num_format": KR},
    "total_percent": {"bold": True, "top": 1, "bg_color": PALE, "num_format": "0.0%"},
    "ask_kr": {"bg_color": TONES["ask"], "num_format": KR},
    "own": {"bg_color": "#FFF8D6", "text_wrap": True, "locked": False},
    "own_date": {"bg_color": "#FFF8D6", "num_format": "yyyy-mm-dd", "locked": False},
    **{name: {"bg_color": colour, "text_wrap": True, **_LEFT} for name, colour in TONES.items()},
}


@dataclass
class Book:
    """A workbook being written. Text never becomes a formula or a link by itself. Rows are made
    high enough for their texts, since not every program sees to that when it opens the file."""

    target: io.BytesIO
    book: Any
    formats: dict[str, Any] = field(default_factory=dict)
    widths: dict[str, Sequence[float]] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)

    def style(self, role: str) -> Any:
        """The format of a role."""
        if role not in self.formats:
            self.formats[role] = self.book.add_format({**_BASE, **_ROLES[role]})
        return self.formats[role]

    def sheet(self, name: str, title: str, intro: str, widths: Sequence[float]) -> Any:
        """A sheet with title and introduction, ready for a table from row 4 on."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.style("title"))
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, intro, self.style("intro"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P (&N)")
        self.widths[name] = widths
        sheet.fit_to_pages(1, 0)
        return sheet

    def header(self, sheet: Any, row: int, names: Sequence[str]) -> None:
        """A heading row that stays when one scrolls and repeats when one prints."""
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.style("header"))
        sheet.set_row(row, 48)

    def value(self, sheet: Any, row: int, column: int, value: object, role: str = "text") -> None:
        """One value by its type; what is missing as u.s., e.t. or nothing."""
        if isinstance(value, Missing):
            value = value.value if value in {Missing.UNKNOWN, Missing.NOT_APPLICABLE} else ""
        if isinstance(value, date):
            sheet.write_datetime(
                row, column, datetime(value.year, value.month, value.day), self.style("date")
            )
        elif isinstance(value, Decimal | int) and not isinstance(value, bool):
            sheet.write_number(row, column, value, self.style("kr" if role == "text" else role))
        else:
            shown = "; ".join(value) if isinstance(value, tuple) else str(value or "")
            sheet.write_string(row, column, cell_text(shown), self.style(role))
            self._fit(sheet, row, column, shown)

    def _fit(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Make the row high enough."""
        widths = self.widths.get(sheet.name, ())
        if column >= len(widths):
            return
        needed = min(_MOST_LINES, lines_of(text, widths[column]))
        if needed > self.lines.get((sheet.name, row), 1):
            self.lines[(sheet.name, row)] = needed
            sheet.set_row(row, _LINE * needed)

    def link(self, sheet: Any, row: int, column: int, text: str, target: str | None) -> None:
        """A text that leads somewhere: `internal:` a cell of this workbook, `external:` another
        file. Plain text without a target."""
        if target:
            sheet.write_url(row, column, target, self.style("link"), cell_text(text))
            self._fit(sheet, row, column, text)
        else:
            self.value(sheet, row, column, text)

    def close(self) -> bytes:
        """The finished file, the same bytes every time."""
        self.book.close()
        return repack(self.target.getvalue())


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of some width (in Excel's digits), broken between its
    words."""
    letters = max(1, int(width * _LETTERS - 1))
    return 1 if len(text) <= letters else len(wrap(text, letters))


def new_book(title: str, author: str) -> Book:
    """An empty workbook."""
    target = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": title, "author": author, "created": datetime(2021, 1, 1)})
    return Book(target, book)


def freeze(sheet: Any, row: int, columns: int, last_row: int, last_column: int) -> None:
    """Keep the headings in view, let them filter, repeat them in print."""
    sheet.freeze_panes(row + 1, columns)
    sheet.autofilter(row, 0, max(row + 1, last_row), last_column)
    sheet.repeat_rows(row)
