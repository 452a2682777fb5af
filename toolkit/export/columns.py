"""A sheet's columns as one list, from which its letters, widths, headings, cells, formulas and
references follow.

A new column is one new entry in the list of its sheet. Nothing else names a column by number or
letter: a formula names the columns of its row by their ids, `{utfall}`, and a formula on another
sheet asks the table for its area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from toolkit.export.book import BLANK, HEADING_HEIGHT, Cell, WrittenSheet, pages_wide
from toolkit.findings.texts import Texts
from toolkit.words.cells import column_letter, quote_sheet
from toolkit.words.excel_texts import fitting

Line = TypeVar("Line")
"""What one row of a table is written from."""
Read = TypeVar("Read", contravariant=True)
"""The same for a column: one that reads less of a line can stand in more tables."""

SUM: Final = "=SUM({column})"
"""The formula of a column that is added up; `{column}` is its cells above."""
UNTOUCHED: Final = Cell("", "untouched")
"""Nothing is written: no look, no border, nothing to filter by."""


def to_fill_in(_: object) -> object:
    """The cell of a list that is offered empty."""
    return BLANK


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row by their columns' ids, for `str.format_map`: `{utfall}` is K14, and
    `{$utfall}` is $K14, which stays in its column when the formula is copied sideways."""

    places: Mapping[str, int]
    row: int

    def __getitem__(self, name: str) -> str:
        column = name.removeprefix("$")
        dollar = "$" if column != name else ""
        return f"{dollar}{column_letter(self.places[column] + 1)}{self.row + 1}"

    def fixed(self, column: str, row: int) -> str:
        """A cell of another row, which stays in that row when the formula is copied: K$30."""
        return f"{column_letter(self.places[column] + 1)}${row + 1}"

    def absolute(self, column: str) -> str:
        """A cell that stays where it is however the formula is copied: $K$14."""
        return f"${self.fixed(column, self.row)}"


Formula = Callable[[Read, RowCells], str]
"""The formula of a line, from the cells of its row; empty where the line has none."""


def in_row(template: str) -> Formula[object]:
    """A formula over the cells of its own row, as `=IF({totalt}=0,"",{egen}/{totalt})`."""
    return lambda _, cells: template.format_map(cells)


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[Read]):
    """One column. `key` is its heading among the texts, or `heading` the heading itself (a code, a
    field of the year). `width` is in digits of the standard font. `value` gives what stands in it
    for a line, or a Cell that has a look of its own; `role` is the look of the others.

    `paper`: it is worth paper also where that takes more pages. `total` is the formula below it:
    SUM, nothing in the look of the sums, or None where the row of sums does not reach."""

    id: str
    key: str
    width: float
    value: Callable[[Read], object]
    role: str = "text"
    formula: Formula[Read] | None = None
    total: str | None = None
    heading: str | None = None
    hidden: bool = False
    late: bool = False
    paper: bool = True

    def head(self, texts: Texts) -> str:
        """The heading."""
        return self.heading if self.heading is not None else texts(self.key)

    def cell(self, line: Read, cells: RowCells) -> Cell:
        """What stands in the column for a line."""
        content = self.value(line)
        if content is UNTOUCHED:
            return UNTOUCHED
        cell = content if isinstance(content, Cell) else Cell(content, self.role)
        formula = self.formula(line, cells) if self.formula else ""
        return Cell(cell.value, cell.role, formula, cell.target) if formula else cell


def headed(
    columns: Iterable[SheetColumn[Read]], headings: Mapping[str, str]
) -> tuple[SheetColumn[Read], ...]:
    """The columns, with headings that are not among the texts, by id: a year, a code, a field."""
    found = []
    for column in columns:
        known = column.id in headings
        found.append(replace(column, heading=headings[column.id]) if known else column)
    return tuple(found)


def written_late(columns: Iterable[SheetColumn[Read]]) -> tuple[SheetColumn[Read], ...]:
    """The columns, written after the others of their row (see `write_line`)."""
    return tuple(replace(column, late=True) for column in columns)


@dataclass(frozen=True)
class ColumnList(Generic[Line]):
    """The columns of a table, from the left."""

    columns: tuple[SheetColumn[Line], ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The numbers of the columns by their ids. A field of the year that is called as one of the
        columns before it (`rad`) is shown, but not referred to."""
        places: dict[str, int] = {}
        for place, column in enumerate(self.columns):
            places.setdefault(column.id, place)
        return places

    @cached_property
    def in_turn(self) -> Sequence[tuple[int, SheetColumn[Line]]]:
        """The columns with their numbers, in the order in which a line is written."""
        return sorted(enumerate(self.columns), key=lambda placed: placed[1].late)

    @property
    def last(self) -> int:
        """The number of the last column."""
        return len(self.columns) - 1

    @property
    def printed(self) -> int:
        """The number of the last column that is printed: without those at the end that lead to the
        counties' files, where this saves pages beside each other."""
        last = self.last
        while last and not self.columns[last].paper:
            last -= 1
        saves = pages_wide(self.widths[: last + 1]) < pages_wide(self.widths)
        return last if saves else self.last

    @property
    def widths(self) -> list[float | None]:
        """The widths, from the left; None for a hidden column."""
        return [None if column.hidden else column.width for column in self.columns]

    def of(self, column: str) -> SheetColumn[Line]:
        """The column of that id. Raises KeyError when there is none."""
        return self.columns[self.places[column]]

    def letter(self, column: str) -> str:
        """The letter of a column. Raises KeyError when there is none of that id."""
        return column_letter(self.places[column] + 1)


@dataclass(frozen=True)
class SheetTable(Generic[Line]):
    """A list of columns on a sheet: `header` is the row of their headings and `count` the number of
    lines below it. Others refer to it before it is written, so this knows no line."""

    sheet: str
    columns: ColumnList[Line]
    header: int
    count: int

    @property
    def first(self) -> int:
        """The row of the first line."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The row of the last line, or of the heading."""
        return self.header + self.count

    def within(self, column: str) -> str:
        """A column's lines for a formula on the same sheet, fixed: `$K$5:$K$25`. A table without
        lines has one empty row, for a reference must have an end."""
        letter = self.columns.letter(column)
        return f"${letter}${self.first + 1}:${letter}${max(self.last, self.first) + 1}"

    def filled(self, column: str) -> str:
        """The same, not fixed: `K5:K25`."""
        return self.within(column).replace("$", "")

    def area(self, column: str) -> str:
        """A column's lines for a formula on any sheet."""
        return f"{quote_sheet(self.sheet)}!{self.within(column)}"

    def whole_column(self, column: str) -> str:
        """All of a column, headings too, for counting on another sheet: `'Mål'!$A:$A`."""
        letter = self.columns.letter(column)
        return f"{self.quoted}!${letter}:${letter}"

    @property
    def quoted(self) -> str:
        """The sheet's name in quotes, whether it needs them or not."""
        name = self.sheet.replace("'", "''")
        return f"'{name}'"

    def above_sums(self, column: str) -> str:
        """A column's lines as its sum takes them: `K5:K25`."""
        letter = self.columns.letter(column)
        return f"{letter}{self.first + 1}:{letter}{self.last + 1}"

    def span(self, column: str) -> list[str | int]:
        """A column's lines as a chart takes them: the sheet, then first and last row and column."""
        place = self.columns.places[column]
        return [self.sheet, self.first, place, self.last, place]

    def cells(self, row: int) -> RowCells:
        """The cells of a row."""
        return RowCells(self.columns.places, row)

    def link(self, column: str, row: int) -> str:
        """A link to a cell from anywhere in the workbook."""
        return f"internal:{quote_sheet(self.sheet)}!{self.cells(row)[column]}"


def widest(*tables: ColumnList[Any]) -> list[float | None]:
    """The widths of a sheet on which tables stand below each other: each column as wide as any of
    them needs."""
    ranks = max(len(one.columns) for one in tables)
    widths: list[float | None] = []
    for rank in range(ranks):
        held = [one.widths[rank] for one in tables if rank < len(one.widths)]
        widths.append(max((width for width in held if width is not None), default=None))
    return widths


def write_table(
    sheet: WrittenSheet, table: SheetTable[Line], lines: Iterable[Line], texts: Texts
) -> None:
    """Headings and lines."""
    write_header(sheet, table, texts)
    for row, line in enumerate(lines, table.first):
        write_line(sheet, table, row, line)


def write_header(sheet: WrittenSheet, table: SheetTable[Any], texts: Texts) -> None:
    """The row of headings."""
    for place, column in enumerate(table.columns.columns):
        sheet.write(table.header, place, Cell(column.head(texts), "header"))
    sheet.page.set_row(table.header, HEADING_HEIGHT)


def write_line(sheet: WrittenSheet, table: SheetTable[Line], row: int, line: Line) -> None:
    """One line. The `late` columns come after the others: the file keeps every text once, numbered
    in the order in which it was first written, and that order is held so that a county's figures
    give the same bytes from one release to the next."""
    cells = table.cells(row)
    for place, column in table.columns.in_turn:
        cell = column.cell(line, cells)
        if cell is not UNTOUCHED:
            sheet.write(row, place, cell)


def write_sums(
    sheet: WrittenSheet,
    table: SheetTable[Line],
    lines: Sequence[Line],
    label: str,
    special: Mapping[str, Cell] | None = None,
) -> None:
    """The row below the lines: the label, and what each column's `total` says; of no lines there is
    no sum, and a formula would take in itself. `special` are cells
    whose total is no sum, by column; a formula among them names the columns of its row."""
    row = table.last + 1
    for place, column in enumerate(table.columns.columns):
        if place == 0:
            sheet.write(row, place, Cell(label, "total"))
        elif special and column.id in special:
            sheet.write(row, place, _in_its_row(special[column.id], table.cells(row)))
        elif column.total is not None:
            sheet.write(row, place, _total(table, column, lines))


def write_sums_of(
    sheet: WrittenSheet,
    table: SheetTable[Line],
    lines: Sequence[Line],
    label: str,
    chosen: tuple[str, str],
    below: int = 0,
) -> None:
    """A row of sums over some of the lines: those with a word in a column (`chosen`). `below` is
    how many such rows stand above it. Each sum is a SUMIFS, so that no line of another kind can
    come into it."""
    row, (column, word) = table.last + 1 + below, chosen
    for place, one in enumerate(table.columns.columns):
        if place == 0:
            sheet.write(row, place, Cell(label, "total"))
        elif one.total == SUM and table.count:
            formula = f'=SUMIFS({table.within(one.id)},{table.within(column)},"{word}")'
            sheet.write(row, place, Cell(added_up(one, lines), "total_kr", formula))
        elif one.total is not None:
            sheet.write(row, place, Cell("", "total"))


def write_apart(
    sheet: WrittenSheet,
    table: SheetTable[Any],
    row: int,
    cells: Mapping[str, Cell],
    blank: str | None = None,
) -> None:
    """A row that is no line, above the headings: cells by column, and up to the last of them empty
    ones in the look `blank`, if any."""
    ends = max(table.columns.places[column] for column in cells)
    for place, column in enumerate(table.columns.columns[: ends + 1]):
        if column.id in cells:
            sheet.write(row, place, cells[column.id])
        elif blank is not None:
            sheet.write(row, place, Cell("", blank))


def _in_its_row(cell: Cell, cells: RowCells) -> Cell:
    return Cell(cell.value, cell.role, cell.formula.format_map(cells))


def _total(table: SheetTable[Line], column: SheetColumn[Line], lines: Sequence[Line]) -> Cell:
    if not column.total or not table.count:
        return Cell("", "total")
    formula = column.total.format(column=table.above_sums(column.id))
    return Cell(added_up(column, lines), "total_kr", formula)


def added_up(column: SheetColumn[Line], lines: Iterable[Line]) -> Decimal:
    """What SUM comes to: numbers only, as Excel takes them."""
    total = Decimal(0)
    for line in lines:
        content = column.value(line)
        value = content.value if isinstance(content, Cell) else content
        if isinstance(value, Decimal | int):
            total += value
    return total


def freeze(sheet: WrittenSheet, table: SheetTable[Any], stay: str) -> None:
    """Keep the headings and the columns up to `stay` in view, let the headings filter, and repeat
    them on every printed page. Print titles are defined names in the file (`_xlnm.Print_Titles`),
    as is the filter's area (`_xlnm._FilterDatabase`): a sheet has one of each."""
    sheet.page.freeze_panes(table.header + 1, table.columns.places[stay] + 1)
    let_filter(sheet, table)
    sheet.page.repeat_rows(table.header)
    last = table.columns.printed
    if last != table.columns.last:
        sheet.print_columns(last)
    if (
        pages_wide(table.columns.widths[: last + 1]) > 1
    ):  # or a page beside the first does not say whose it is
        sheet.page.repeat_columns(0, table.columns.places[stay])


def let_filter(sheet: WrittenSheet, table: SheetTable[Any]) -> None:
    """Arrows on the headings. The area takes in an empty row where there are no lines, for a
    reference must have an end."""
    end = max(table.header + 1, table.last)
    sheet.page.autofilter(table.header, 0, end, table.columns.last)


def let_choose(
    sheet: WrittenSheet, table: SheetTable[Any], column: str, rule: Mapping[str, object]
) -> None:
    """A rule on every cell of a column, as XlsxWriter's `data_validation` has it. None without
    lines."""
    if table.count:
        place = table.columns.places[column]
        sheet.page.data_validation(table.first, place, table.last, place, fitting(rule))
