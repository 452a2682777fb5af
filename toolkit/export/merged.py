"""`sammanstallning.xlsx` and `data/*.csv`: every merged row with the county, file, sheet and row it
came from."""

from __future__ import annotations

import csv
import io
from typing import Any

from toolkit.analysis.merge import CountyState, Dataset, plain
from toolkit.analysis.records import PROVENANCE
from toolkit.analysis.states import ReturnState, TableState
from toolkit.export.book import Book, freeze, new_book
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Field, TableSpec

_HEADER = 3
_TONES = {
    ReturnState.CLEAN: "good",
    ReturnState.NIL: "calm",
    ReturnState.QUESTIONS: "ask",
    ReturnState.ERRORS: "bad",
    ReturnState.MISSING: "bad",
}


def write_merged(data: Dataset) -> bytes:
    """The merged workbook: an overview, a sheet for each table, and all findings."""
    texts = data.year.texts("export")
    spec = data.year.spec
    book = new_book(texts("sammanstallning.titel", year=spec.year), spec.agency)
    _write_overview(book, data, texts)
    for table in spec.tables.values():
        _write_table(book, data, table, texts)
    _write_findings(book, data, texts)
    return book.close()


def write_csv(data: Dataset, table: str) -> bytes:
    """One table as CSV that a Swedish Excel opens: semicolons, decimal comma, UTF-8 with a mark."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(data.header(table))
    for row in data.rows(table):
        writer.writerow([_guarded(plain(value)) for value in row.values])
    return target.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return (
        f"'{text}"
        if text[:1] in {"=", "@", "+"} or (text[:1] == "-" and not text[1:2].isdigit())
        else text
    )


def _write_overview(book: Book, data: Dataset, texts: Texts) -> None:
    tables = [table for table in data.year.spec.tables.values() if table.kind == "list"]
    title = texts("sammanstallning.titel", year=data.year.spec.year)
    widths = [9, 20, 22, 8, 10, *(16 for _ in tables), 40]
    sheet = book.sheet(
        texts("sammanstallning.oversikt"), title, texts("sammanstallning.intro"), widths
    )
    names = [texts("gemensamt.lan"), texts("gemensamt.lansnamn")]
    names += [texts(f"sammanstallning.{name}") for name in ("verdict", "fel", "fragor")]
    book.header(
        sheet, _HEADER, [*names, *(table.label for table in tables), texts("gemensamt.fil")]
    )
    for row, county in enumerate(data.counties, _HEADER + 1):
        file = county.counts.file if county.counts else ""
        book.value(sheet, row, 0, county.code)
        book.value(sheet, row, 1, county.name)
        book.value(sheet, row, 2, texts(f"lage.{county.verdict}"), _TONES[county.verdict])
        book.value(sheet, row, 3, county.errors)
        book.value(sheet, row, 4, county.questions)
        for column, table in enumerate(tables, 5):
            _write_count(book, sheet, row, column, data, county, table, texts)
        book.value(sheet, row, 5 + len(tables), file)
    _write_count_totals(book, sheet, _HEADER + 1 + len(data.counties), tables, data, texts)
    freeze(sheet, _HEADER, 2, _HEADER + len(data.counties), 5 + len(tables))


def _write_count(
    book: Book,
    sheet: Any,
    row: int,
    column: int,
    data: Dataset,
    county: CountyState,
    table: TableSpec,
    texts: Texts,
) -> None:
    """How many rows were merged, as a formula over the table's own sheet; or why there are none."""
    state = county.tables[table.id]
    if state is not TableState.MERGED:
        book.value(
            sheet,
            row,
            column,
            texts(f"tabell.{state}"),
            "bad" if state is not TableState.NIL else "calm",
        )
        return
    count = sum(one.county == county.code for one in data.rows(table.id))
    formula = f"=COUNTIF('{table.label[:31]}'!$A:$A,$A{row + 1})"
    sheet.write_formula(row, column, formula, book.style("kr"), count)


def _write_count_totals(
    book: Book, sheet: Any, row: int, tables: list[TableSpec], data: Dataset, texts: Texts
) -> None:
    book.value(sheet, row, 0, texts("gemensamt.summa"), "total")
    for column in range(1, 5):
        book.value(sheet, row, column, "", "total")
    for column, table in enumerate(tables, 5):
        letter = chr(65 + column)
        area = f"{letter}{_HEADER + 2}:{letter}{row}"
        sheet.write_formula(
            row, column, f"=SUM({area})", book.style("total_kr"), len(data.rows(table.id))
        )


def _write_table(book: Book, data: Dataset, table: TableSpec, texts: Texts) -> None:
    rows = data.rows(table.id)
    widths = [8, 18, 36, 14, 7, *(field.width for field in table.fields)]
    intro = table.intro or data.year.spec.sheet_of[table.id].intro
    sheet = book.sheet(table.label[:31], table.label, intro, widths)
    names = [texts(f"gemensamt.{name}") for name in PROVENANCE]
    book.header(sheet, _HEADER, [*names, *(field.heading for field in table.fields)])
    for row, values in enumerate((one.values for one in rows), _HEADER + 1):
        for column, value in enumerate(values[:5]):
            book.value(sheet, row, column, value)
        for column, (field, value) in enumerate(zip(table.fields, values[5:], strict=True), 5):
            book.value(sheet, row, column, _shown(data, field, value))
    freeze(sheet, _HEADER, 2, _HEADER + len(rows), 4 + len(table.fields))


def _shown(data: Dataset, field: Field, value: object) -> object:
    """Codes with their labels; years as text, so that they are not grouped."""
    if field.type == "year" and not isinstance(value, Missing):
        return str(value)
    if field.list is None:
        return value
    codelist = data.year.spec.lists[field.list]
    if isinstance(value, tuple):
        return tuple(_label(codelist, code) for code in value)
    return _label(codelist, value) if isinstance(value, str) else value


def _label(codelist: CodeList, code: str) -> str:
    known = codelist.by_code.get(code)
    return known.shown if known else code


def _write_findings(book: Book, data: Dataset, texts: Texts) -> None:
    sheet = book.sheet(
        texts("sammanstallning.fynd"),
        texts("sammanstallning.fynd"),
        "",
        [8, 18, 12, 20, 14, 12, 60, 50, 40, 50],
    )
    names = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        texts("sammanstallning.slag"),
        texts("sammanstallning.kod"),
    ]
    names += [texts("gemensamt.blad")]
    names += [
        texts(f"sammanstallning.{name}") for name in ("cell", "vad", "hur", "forklaring", "avsteg")
    ]
    book.header(sheet, _HEADER, names)
    said = [(county, finding) for county in data.counties for finding in county.findings]
    severities = data.year.texts("aterkoppling")
    for row, (county, finding) in enumerate(said, _HEADER + 1):
        values = (
            county.code,
            county.name,
            severities(finding.severity.name),
            *_finding_cells(finding),
            finding.waived(severities),
        )
        for column, value in enumerate(values):
            book.value(sheet, row, column, value)
    freeze(sheet, _HEADER, 2, _HEADER + len(said), 9)


def _finding_cells(finding: Finding) -> tuple[str, ...]:
    place = (finding.code, finding.sheet or "", finding.cell or "")
    return (*place, finding.message, finding.hint, finding.explanation or "")
