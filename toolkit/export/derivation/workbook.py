"""The workbook: a list of what is in it, a sheet for each table of the report, and the sheets that
they are counted from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.export.book import Book, Cell, WrittenSheet, new_book
from toolkit.export.derivation.figures import PrintedFigure, figure_formulas
from toolkit.export.derivation.grid import FIRST, CellFormula, Grid, number_of
from toolkit.export.derivation.money import (
    appropriations,
    by_code,
    by_county_and_code,
    earmarked,
    use,
)
from toolkit.export.derivation.place import Formulas
from toolkit.export.derivation.row_columns import SourceLine, helper_of
from toolkit.export.derivation.sections import HEADS, PrintedSection, write_questions
from toolkit.export.derivation.sources import Sources
from toolkit.export.derivation.work import (
    coherence,
    facts,
    indicator_sums,
    indicators_by_county,
    objectives,
)
from toolkit.findings.texts import Texts
from toolkit.words.cells import quote_sheet

_IN_BOLD = "&C" + "&B"  # Excel's marks in a header: in the middle, and bold
_CAPTIONS = 90  # width of the column of captions
_SAID = 60  # of what is printed in a text
_WIDTHS = (34, 16)  # the first column, and the others
_TABLES: Mapping[str, Callable[[Sources], Formulas]] = {
    "anslag": appropriations,
    "forbrukning": use,
    "sarredovisning": earmarked,
    "koder": by_code,
    "lan_koder": by_county_and_code,
    "malsattningar": objectives,
    "indikatorer": indicator_sums,
    "sammanhang": coherence,
}
_PARTS: Mapping[str, Callable[[Sources, Table], Formulas]] = {
    "indikatorer_lan": indicators_by_county,
    "lan": facts,
}


@dataclass(frozen=True)
class PrintedTable:
    """A table as it stands in the report, and its number there."""

    number: int
    table: Table


def write_derivation(
    results: YearResults,
    printed: Sequence[PrintedTable],
    figures: Sequence[PrintedFigure] = (),
    sections: Sequence[PrintedSection] = (),
) -> bytes:
    """The workbook. Every number in it is true, also those that the report hides."""
    texts = results.data.year.texts("export")
    sources = Sources(results, texts)
    book = new_book(texts("underlag.titel", year=results.year), results.data.year.spec.agency)
    names = {one.number: texts("underlag.tabell", number=one.number) for one in printed}
    listed = [(one.table.caption, names[one.number]) for one in printed]
    listed += [(one.caption, texts("underlag.figur", number=one.number)) for one in figures]
    listed += [(one.heading, texts("underlag.avsnitt", number=one.number)) for one in sections]
    _write_contents(book, texts, listed)
    for one in printed:
        _write_table(book, sources, one.table, names[one.number])
    tables = {one.table.id: one for one in printed}
    for figure in figures:
        own = tables[figure.table]
        _write_figure(book, texts, figure, own.table, names[own.number])
    for section in sections:
        _write_section(book, sources, section)
    _write_grid(book, sources.counties, texts, "underlag.lanen_intro")
    if sources.series.rows:
        _write_grid(book, sources.series, texts, "underlag.serie_intro")
    for name, grid in sources.tables.items():
        _write_rows(book, sources, name, grid)
    return book.close()


def formulas_of(sources: Sources, table: Table) -> Formulas:
    """What is counted in each cell of a table; nothing at all for one that is not known here."""
    if table.id in _TABLES:
        return _TABLES[table.id](sources)
    part = table.id.rpartition("_")[0]
    return _PARTS[part](sources, table) if part in _PARTS else []


def _sheet(
    book: Book, name: str, title: str, texts: Texts, columns: int, first: int = _WIDTHS[0]
) -> WrittenSheet:
    """A sheet that says that it may not leave the house, on its page and on paper. `first` is the
    width of its first column."""
    widths = [first, *[_WIDTHS[1]] * (columns - 1)]
    sheet = book.sheet(name, title, texts("underlag.intern"), widths)
    sheet.page.set_header(_IN_BOLD + texts("underlag.intern"))
    return sheet


def _write_contents(book: Book, texts: Texts, listed: Sequence[tuple[str, str]]) -> None:
    title = book.workbook.doc_properties["title"]
    sheet = _sheet(book, texts("underlag.innehall"), title, texts, 2, _CAPTIONS)
    sheet.label(2, texts("underlag.innehall_intro"), "intro")
    for column, key in enumerate(("underlag.rubrik", "underlag.blad")):
        sheet.write(FIRST - 2, column, Cell(texts(key), "header"))
    for line, (caption, name) in enumerate(listed, FIRST - 1):
        link = Cell(name, target=f"internal:{quote_sheet(name)}!A1")
        for column, cell in enumerate((Cell(caption, "plain"), link)):
            sheet.write(line, column, cell)


def _write_table(book: Book, sources: Sources, table: Table, name: str) -> None:
    """The table as it is counted, and beside it as it is printed."""
    texts, count = sources.texts, len(table.columns)
    formulas = formulas_of(sources, table)
    sheet = _sheet(book, name, table.caption, texts, 2 * count + 1)
    said = "underlag.raknat" if formulas else "underlag.utan"
    sheet.label(2, texts(said), "intro")
    sheet.write(2, count + 1, Cell(texts("underlag.tryckt"), "plain"))
    for column, head in enumerate(table.columns):
        for offset in (0, count + 1):
            sheet.write(FIRST - 2, offset + column, Cell(head.heading, "header"))
    for line, row in enumerate(table.rows):
        for column, text in enumerate(row):
            formula = formulas[line][column] if formulas else ""
            sheet.write(FIRST - 1 + line, column, _counted(text, formula))
            sheet.write(FIRST - 1 + line, count + 1 + column, Cell(text, "plain"))


def _write_figure(
    book: Book, texts: Texts, figure: PrintedFigure, table: Table, table_sheet: str
) -> None:
    """A chart as its numbers are counted from its table, and beside it as it is drawn."""
    name, count = texts("underlag.figur", number=figure.number), len(figure.series) + 1
    sheet = _sheet(book, name, figure.caption, texts, 2 * count + 1)
    formulas = figure_formulas(figure, table, table_sheet)
    is_counted = all(all(line[1:]) for line in formulas)
    told = "underlag.figur_intro" if is_counted else "underlag.figur_utan"
    sheet.label(2, texts(told, table=table_sheet), "intro")
    sheet.write(2, count + 1, Cell(texts("underlag.tryckt"), "plain"))
    heads = ("", *(name for name, _ in figure.series))
    for offset in (0, count + 1):
        for column, head in enumerate(heads, offset):
            sheet.write(FIRST - 2, column, Cell(head, "header"))
    for line, category in enumerate(figure.categories):
        own = [values[line] for _, values in figure.series]
        for offset in (0, count + 1):
            sheet.write(FIRST - 1 + line, offset, Cell(category, "plain"))
        for column, (value, formula) in enumerate(zip(own, formulas[line][1:], strict=True), 1):
            counted = Cell(value or 0, "ore", f"={formula}") if formula else Cell(value, "ore")
            sheet.write(FIRST - 1 + line, column, counted)
            sheet.write(FIRST - 1 + line, count + 1 + column, Cell(value, "ore"))


def _write_section(book: Book, sources: Sources, section: PrintedSection) -> None:
    """What the text of a section says of data, and beside it as it is counted."""
    texts = sources.texts
    name = texts("underlag.avsnitt", number=section.number)
    sheet = _sheet(book, name, section.heading, texts, len(HEADS), _SAID)
    write_questions(sheet, sources, section)


def _counted(printed: str, formula: str) -> Cell:
    """A cell that is counted. What is stored in it until then is what is printed."""
    number = number_of(printed)
    if not formula:
        return Cell(printed, "plain")
    stored = printed if number is None else number
    return Cell(stored, _look_of(printed), f"={formula}")


def _look_of(printed: str) -> str:
    """A number looks as it is printed: a count has no decimals."""
    if printed.endswith("%"):
        return "percent"
    return "ore" if "," in printed else "kr"


def _write_grid(book: Book, grid: Grid, texts: Texts, intro: str) -> None:
    sheet = _sheet(book, grid.sheet, grid.sheet, texts, len(grid.ids))
    sheet.label(2, texts(intro), "intro")
    for column, head in enumerate(grid.headings):
        sheet.write(FIRST - 2, column, Cell(head, "header"))
    for line, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            sheet.write(FIRST - 1 + line, column, _plain(value))


def _write_rows(book: Book, sources: Sources, table: str, grid: Grid) -> None:
    """The counties' rows, and what is counted in each."""
    helpers = sources.helpers(table)
    merged = sources.results.data.rows(table)
    rows = []
    for line, (values, row) in enumerate(zip(grid.rows, merged, strict=True)):
        counted = [helper_of(one.id, SourceLine(sources, row, line)) for one in helpers]
        rows.append((*values, *counted))
    whole = Grid(grid.sheet, grid.ids, grid.headings, rows)
    _write_grid(book, whole, sources.texts, "underlag.rader_intro")


def _plain(value: object) -> Cell:
    if isinstance(value, CellFormula):
        return Cell("" if value.value is None else value.value, "plain", f"={value.text}")
    return Cell(value, "ore" if isinstance(value, Decimal) else "plain")
