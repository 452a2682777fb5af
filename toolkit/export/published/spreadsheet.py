"""The report's tables as a workbook for readers, as the practice for accessible statistics has it:
a cover, notes, then one table a sheet, beginning in its first column and marked as a table, without
merged or empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.export.book import HEADING_HEIGHT, Book, Cell, WrittenSheet, new_book
from toolkit.export.published.printed import PublishedColumn, columns_of, notes_of
from toolkit.export.published.resource import title_of
from toolkit.findings.texts import Texts
from toolkit.words.cells import quote_sheet
from toolkit.words.cleantext import cell_text

_HEADER = 3  # below what the table is called, where it comes from, and where its notes stand
_NARROW, _WIDE, _STUB, _TEXT = 14, 60, 34, 110
_STYLE = "Table Style Light 9"


def write_spreadsheet(
    results: YearResults, tables: Sequence[Table], symbols: Sequence[str], remark: str
) -> bytes:
    """The workbook; `symbols` and `remark` are what its notes and its cover say."""
    spec, texts = results.data.year.spec, results.data.year.texts("export")
    title = title_of(results, texts)
    book = new_book(title, spec.agency)
    names = [texts("oppna.blad", number=number) for number, _ in enumerate(tables, 1)]
    named = list(zip(names, tables, strict=True))
    told = [*([remark] if remark else []), texts("oppna.utgivare", agency=spec.agency)]
    _write_cover(book, title, told, named, texts)
    _write_notes(book, named, symbols, texts)
    for name, table in named:
        _write_table(book, name, table, texts)
    return book.close()


def _write_cover(
    book: Book, title: str, told: Sequence[str], named: Sequence[tuple[str, Table]], texts: Texts
) -> None:
    sheet = book.sheet(texts("oppna.omslag"), title, texts("oppna.om"), [_STUB, _TEXT])
    lines = [*told, texts("oppna.licens_rad", license=texts("oppna.licens"))]
    for place, said in enumerate(lines, 2):
        sheet.label(place, said)
    first = 2 + len(lines)
    heads = (texts("oppna.kolumn_blad"), texts("oppna.kolumn_titel"))
    rows = [(name, table.caption) for name, table in named]
    _mark(sheet, "innehall", first, heads, rows)
    for place, (name, _) in enumerate(named, first + 1):
        sheet.link(place, name, f"internal:{quote_sheet(name)}!A1")


def _write_notes(
    book: Book, named: Sequence[tuple[str, Table]], symbols: Sequence[str], texts: Texts
) -> None:
    name = texts("oppna.anmarkningar")
    sheet = book.sheet(name, name, texts("oppna.tecken"), [_STUB, _TEXT])
    for place, said in enumerate(symbols, 2):
        sheet.label(place, said)
    heads = (texts("oppna.kolumn_blad"), texts("oppna.kolumn_anmarkning"))
    rows = []
    for own, table in named:
        rows += [(own, note) for note in notes_of(table)]
    _mark(sheet, "anmarkningar", 2 + len(symbols), heads, rows)


def _write_table(book: Book, name: str, table: Table, texts: Texts) -> None:
    columns = columns_of(table, texts)
    widths = [_STUB, *(_NARROW if one.is_number else _width(one) for one in columns[1:])]
    sheet = book.sheet(name, table.caption, table.source, widths)
    sheet.label(2, texts("oppna.se_anmarkningar"), "intro")
    rows = list(zip(*(one.numbers for one in columns), strict=True))
    _mark(sheet, f"tabell_{table.id}", _HEADER, [one.heading for one in columns], rows)
    for place, column in enumerate(columns):
        if column.is_number:
            _show_numbers(sheet, place, column)


def _width(column: PublishedColumn) -> int:
    longest = max(map(len, column.cells), default=0)
    return min(_WIDE, max(_NARROW, longest))


def _mark(
    sheet: WrittenSheet,
    name: str,
    row: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[Decimal | str]],
) -> None:
    """Rows under their headings, marked as a table."""
    head = sheet.book.style("header")
    last = row + max(len(rows), 1)
    columns = [{"header": cell_text(one), "header_format": head} for one in heads]
    options = {"name": name, "columns": columns, "style": _STYLE}
    sheet.page.add_table(row, 0, last, len(heads) - 1, options)
    sheet.page.set_row(row, HEADING_HEIGHT)
    for line, cells in enumerate(rows, row + 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write(line, place, Cell(cell))


def _show_numbers(sheet: WrittenSheet, place: int, column: PublishedColumn) -> None:
    """Numbers with the decimals that are printed, and under each other what stands for one."""
    for line, cell in enumerate(column.numbers, _HEADER + 1):
        if isinstance(cell, Decimal):
            sheet.show_number(line, place, cell, column.decimals)
        else:
            sheet.write(line, place, Cell(cell, "sign"))
