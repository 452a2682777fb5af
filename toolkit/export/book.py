"""What the agency's workbooks share: one look, safe text, fixed bytes.

Only this module and `columns` know the rows and column numbers of a sheet; both count from 0, as
XlsxWriter does."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from textwrap import wrap
from typing import Final, NamedTuple, TypeAlias

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.files.zip import repack
from toolkit.returns.submission import Missing
from toolkit.spec.sheetnames import KEPT_NAMES, SHEET_NAME
from toolkit.template.formula_sheet import FormulaSheet
from toolkit.words.cleantext import cell_text
from toolkit.words.swedish import fold

# A number is stored whole and only shown rounded: Excel adds up what is stored, not what is shown,
# so a printed sum can differ from the sum of the printed kronor, and is the right one.
KR = "#,##0;\u2212#,##0;0"
ACCENT, PALE, GREY = "#17475E", "#E8F0F4", "#595F69"
INPUT = "#FFF8D6"
TONES = {"bad": "#F8C9C4", "ask": "#FFE3B3", "good": "#D5EBD8", "calm": "#E8F0F4"}

# Digits of the standard font, each 7 pixels of 96 to the inch. A4 across takes 150 of them; shrunk
# to two thirds its 10 points are still above 6.
_PAGE_WIDTH = 230
A4 = 9  # paper sizes are numbers in the file format: ECMA-376 part 1, 18.3.1.63 pageSetup
NO_GRIDLINES = 2  # neither on screen nor in print
MOST_LINKS = 65_530  # that Excel takes on a sheet; XlsxWriter would not even write the text
LINE_HEIGHT, MOST_LINES = 15.0, 8  # points of a line of Calibri 11; a row that fills no screen
TITLE_HEIGHT, HEADING_HEIGHT = 28, 48
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_AT_ENDS = "' \u00a0"
_HIDDEN_WIDTH = 10  # for someone who unhides it
_IN_BOLD = "&C&B"  # in the middle, and bold: ECMA-376 part 1, 18.3.1.46 oddHeader
_LETTERS = 1.1  # letters of running text to a digit's width

BLANK: Final = object()
"""The value of a cell to fill in: a look and nothing else. A text without letters is a text to
Excel, which neither counts it as blank nor lets its left neighbour flow into it."""

Look: TypeAlias = dict[str, str | int | bool]

_BASE: Look = {
    "font_name": "Calibri",
    "font_size": 11,
    "font_color": "#1F2A37",
    "valign": "vcenter",
}
_LEFT: Look = {"align": "left", "indent": 1}
_HEAD: Look = {"bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", **_LEFT}
_SUM: Look = {"bold": True, "bg_color": PALE}
_ROLES: dict[str, Look] = {
    "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
    "subtitle": {"bold": True, "font_size": 13, "font_color": ACCENT},
    "intro": {"font_color": GREY},
    "answer": {"bold": True},
    "header": {**_HEAD, "text_wrap": True},
    "header_line": _HEAD,
    "text": {"text_wrap": True, **_LEFT},
    "plain": _LEFT,
    "sign": {"align": "right"},  # what stands for a number, where numbers do
    # A share is reported as 12,5, which a percent format would show as 1 250 %.
    "share": {"num_format": 'General" %"'},
    "link": {"text_wrap": True, **_LEFT, "font_color": "#0B5FA5", "underline": 1},
    "kr": {"num_format": KR},
    "ore": {"num_format": "#,##0.00"},
    "percent": {"num_format": "0.0%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "total": {**_SUM, "top": 1, **_LEFT},
    "sum_kr": {**_SUM, "num_format": KR},
    "total_kr": {**_SUM, "top": 1, "num_format": KR},
    "total_percent": {**_SUM, "top": 1, "num_format": "0.0%"},
    "ask_kr": {"bg_color": TONES["ask"], "num_format": KR},
    "own": {"bg_color": INPUT, "text_wrap": True, "locked": False},
    "own_date": {"bg_color": INPUT, "num_format": "yyyy-mm-dd", "locked": False},
    **{name: {"bg_color": colour, "text_wrap": True, **_LEFT} for name, colour in TONES.items()},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `role` names its look. `target` is where it leads: `internal:` a cell
    of this workbook, `external:` another file.

    A cell with a `formula` keeps `value` as what it comes to. Excel counts it anew on opening, but
    a preview, a phone or a program that only reads the file shows what is stored; XlsxWriter would
    store 0."""

    value: object
    role: str = "text"
    formula: str = ""
    target: str | None = None


class PrintArea(NamedTuple):
    """What of a sheet is printed: up to a column, and a row, or all rows that there will be."""

    page: Worksheet
    last_column: int
    last_row: int | None = None


@dataclass
class Book:
    """A workbook being written. Text never becomes a formula or a link by itself. `mark` is what
    each of its sheets says first, and each printed page: that it stays in the house."""

    target: io.BytesIO
    workbook: xlsxwriter.Workbook
    mark: str = ""
    formats: dict[str, Format] = field(default_factory=dict)
    areas: list[PrintArea] = field(default_factory=list)

    def style(self, role: str) -> Format:
        """The format of a role. Made when first asked for: a workbook holds none that it does not
        use."""
        if role not in self.formats:
            self.formats[role] = self.workbook.add_format({**_BASE, **_ROLES[role]})
        return self.formats[role]

    def sheet(
        self, name: str, title: str, intro: str, widths: Sequence[float | None]
    ) -> WrittenSheet:
        """A sheet with title and introduction, ready for a table from row 3 on. A width is in
        digits of the standard font; a column without one is hidden."""
        page = self.workbook.add_worksheet(name)
        page.hide_gridlines(NO_GRIDLINES)
        _set_widths(page, widths)
        page.write_string(0, 0, title, self.style("title"))
        page.set_row(0, TITLE_HEIGHT)
        page.write_string(1, 0, f"{self.mark} {intro}".strip(), self.style("intro"))
        _set_paper(page, widths)
        if self.mark:
            page.set_header(_IN_BOLD + self.mark)
        return WrittenSheet(self, page, widths)

    def close(self) -> bytes:
        """The finished file, the same bytes every time."""
        for area in self.areas:
            last = area.page.dim_rowmax if area.last_row is None else area.last_row
            area.page.print_area(0, 0, last or 0, area.last_column)
        self.workbook.close()
        return repack(self.target.getvalue())


def _set_widths(page: Worksheet, widths: Sequence[float | None]) -> None:
    for column, width in enumerate(widths):
        if width is None:
            # Hidden, not left out: it is sorted and filtered together with its row.
            page.set_column(column, column, _HIDDEN_WIDTH, None, {"hidden": True})
        else:
            page.set_column(column, column, width)


def pages_wide(widths: Iterable[float | None]) -> int:
    """On how many pages beside each other a sheet is printed, so that it can be read.

    >>> pages_wide([9, 18, None, 150]), pages_wide([100, 100, 60])
    (1, 2)
    """
    width = sum(one for one in widths if one is not None)
    return max(1, ceil(width / _PAGE_WIDTH))


def _set_paper(page: Worksheet, widths: Sequence[float | None]) -> None:
    # Print settings are kept in the sheet; without them Excel prints portrait.
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&A&R&P (&N)")  # sheet name; page (pages)
    page.fit_to_pages(pages_wide(widths), 0)  # as many as it takes high


@dataclass
class WrittenSheet:
    """A sheet being written. Rows are made high enough for their texts, since not every program
    sees to that when it opens the file."""

    book: Book
    page: Worksheet
    widths: Sequence[float | None]
    lines: dict[int, int] = field(default_factory=dict)
    links: int = 0

    @property
    def name(self) -> str:
        """The name on the tab."""
        return str(self.page.get_name())

    def write(self, row: int, column: int, cell: Cell) -> None:
        """One cell: a formula, a link, or a value by its type."""
        if cell.formula:
            style = self.book.style(cell.role)
            stored = "" if cell.value is None else cell.value
            self.page.write_formula(row, column, cell.formula, style, stored)
        elif cell.target:
            self._write_link(row, column, str(cell.value), cell.target)
        else:
            self._write_value(row, column, cell.value, cell.role)

    def label(self, row: int, text: str, role: str = "plain") -> None:
        """A text that stands by itself in the first column."""
        self.page.write_string(row, 0, text, self.book.style(role))

    def link(self, row: int, text: str, target: str) -> None:
        """The same, and it leads somewhere."""
        self._write_link(row, 0, text, target)

    def show_number(self, row: int, column: int, value: Decimal, decimals: int) -> None:
        """A number with so many decimals, and no other look."""
        shape = "#,##0" + ("." + "0" * decimals if decimals else "")
        look = {"font_name": "Calibri", "font_size": 11, "num_format": shape}
        self.page.write_number(row, column, value, self.book.workbook.add_format(look))

    def print_columns(self, last: int) -> None:
        """Print the columns up to the last one alone, and all of their rows."""
        self.book.areas.append(PrintArea(self.page, last))
        self.page.fit_to_pages(pages_wide(self.widths[: last + 1]), 0)

    def print_head(self, last_row: int, note: str) -> None:
        """Print the rows down to one alone, with a note in it that says so."""
        self.label(last_row, note, "intro")
        fitting = (at for at in range(len(self.widths), 0, -1) if pages_wide(self.widths[:at]) == 1)
        self.book.areas.append(PrintArea(self.page, next(fitting, 1) - 1, last_row))
        self.page.fit_to_pages(1, 0)

    def add_chart(self, row: int, column: int, chart: Chart, description: str) -> None:
        """A chart with its upper left corner in a cell, described for those who do not see it."""
        self.page.insert_chart(row, column, chart, {"description": description})

    def _write_link(self, row: int, column: int, text: str, target: str) -> None:
        self.links += 1
        if self.links > MOST_LINKS:
            self._write_value(row, column, text, "text")
            return
        self.page.write_url(row, column, target, self.book.style("link"), cell_text(text))
        self._fit(row, column, text)

    def _write_value(self, row: int, column: int, value: object, role: str) -> None:
        if value is BLANK:
            self.page.write_blank(row, column, None, self.book.style(role))
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            style = role if role == "own_date" else "date"
            self.page.write_datetime(row, column, moment, self.book.style(style))
        elif isinstance(value, Decimal | int) and not isinstance(value, bool):
            # Spreadsheet programs hold a number as a binary float (IEEE 754). XlsxWriter writes 16
            # significant digits of a Decimal, so kronor and öre below 10 ** 14 arrive as they are.
            # No amount of ours is a float before that: sums of floats lose öre.
            number_role = "kr" if role == "text" else role
            self.page.write_number(row, column, value, self.book.style(number_role))
        else:
            text = shown(value)
            self.page.write_string(row, column, cell_text(text), self.book.style(role))
            if _ROLES[role].get("text_wrap"):
                self._fit(row, column, text)

    def _fit(self, row: int, column: int, text: str) -> None:
        """Make the row high enough."""
        width = self.widths[column] if column < len(self.widths) else None
        if width is None:
            return
        needed = min(MOST_LINES, lines_of(text, width))
        if needed > self.lines.get(row, 1):
            self.set_lines(row, needed)

    def set_lines(self, row: int, lines: int) -> None:
        """Make a row so many lines high."""
        self.lines[row] = lines
        self.page.set_row(row, LINE_HEIGHT * lines)


def shown(value: object) -> str:
    """A value as text; what is missing as u.s., e.t. or nothing.

    >>> shown(("AB", "C")), shown(Missing.UNKNOWN), shown(Missing.BLANK), shown(None)
    ('AB; C', 'u.s.', '', '')
    """
    if isinstance(value, Missing):
        return value.value if value in {Missing.UNKNOWN, Missing.NOT_APPLICABLE} else ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value or "")


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of some width (in Excel's digits), broken between its
    words.

    >>> lines_of("Redovisning Södermanland 2020.xlsx", 30)
    2
    """
    letters = max(1, int(width * _LETTERS - 1))
    return 1 if len(text) <= letters else len(wrap(text, letters))


def sheet_name(label: str) -> str:
    """A label as the name of a sheet: without the signs that Excel takes in none, and cut.

    >>> sheet_name("Mål/medel: utfall"), sheet_name("'Nya' mål?"), sheet_name("[]")
    ('Mål-medel- utfall', "Nya' mål-", '--')
    """
    name = _cut(_NOT_IN_NAMES.sub("-", label).strip(_NOT_AT_ENDS), SHEET_NAME)
    return f"{name}_" if not name or fold(name) in KEPT_NAMES else name


def sheet_names(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The names of sheets, one for each label in turn. Excel does not tell large letters from
    small: of two names that are alike the later one gets a number, also of those in `taken`.

    >>> sheet_names(["Mål", "mål", "Fynd"], taken=["Fynd"])
    ['Mål', 'mål (2)', 'Fynd (2)']
    """
    seen, names = {name.casefold() for name in taken}, []
    for label in labels:
        name = _free(sheet_name(label), seen)
        seen.add(name.casefold())
        names.append(name)
    return names


def _free(name: str, seen: Container[str]) -> str:
    """The name, or with the first number that makes it one of its own."""
    found, number = name, 1
    while found.casefold() in seen:
        number += 1
        ending = f" ({number})"
        found = _cut(name, SHEET_NAME - len(ending)) + ending
    return found


def _cut(name: str, most: int) -> str:
    """So many letters as Excel counts them: in UTF-16, where an emoji is two."""
    while len(name.encode("utf-16-le")) > most * 2:
        name = name[:-1]
    return name.strip(_NOT_AT_ENDS)


def new_book(title: str, author: str, mark: str = "") -> Book:
    """An empty workbook; `mark` is for one that stays in the house. A county's text that begins
    with `=` stays a text, and one that looks like an address leads nowhere."""
    target = io.BytesIO()
    options: Mapping[str, bool] = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,  # without it XlsxWriter writes every part to a temporary file first
    }
    workbook = xlsxwriter.Workbook(target, options)
    workbook.worksheet_class = FormulaSheet
    # A fixed day: otherwise the file would hold the minute when it was made, and no two be alike.
    workbook.set_properties({"title": title, "author": author, "created": datetime(2021, 1, 1)})
    return Book(target, workbook, mark)
