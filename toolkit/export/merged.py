"""`sammanstallning.xlsx` and `data/*.csv`: every merged row with the county, file, sheet and row it
came from."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.analysis.merge import CountyState, Dataset, plain
from toolkit.analysis.records import MergedRow
from toolkit.analysis.states import ReturnState, TableState
from toolkit.export.book import Book, Cell, new_book, sheet_names
from toolkit.export.columns import (
    SUM,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    freeze,
    write_sums,
    write_table,
)
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing, Typed
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.visible import visible

_HEADER = 3
# By these Excel and LibreOffice take a text of a csv file for a formula; a Japanese Excel also by
# the wide forms of them. A tab or a line break before one is dropped as the file is opened (OWASP,
# "CSV Injection").
_RUNS = frozenset("=+-@＝＋－＠\u2212\ufe63")
_LINE_STARTS = frozenset("\t\r\n")
_BLANKS = " \u00a0\ufeff\u200b"
_NUMBER = re.compile(r"[-\u2212]\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:[ \u00a0]?%)?")
_TABLE_WIDTH = 16  # of a table's column in the overview
_TONES = {
    ReturnState.CLEAN: "good",
    ReturnState.NIL: "calm",
    ReturnState.QUESTIONS: "ask",
    ReturnState.ERRORS: "bad",
    ReturnState.MISSING: "bad",
    ReturnState.UNTREATED: "bad",
}


def write_merged(data: Dataset) -> bytes:
    """The merged workbook: an overview, a sheet for each table, and all findings."""
    texts, spec = data.year.texts("export"), data.year.spec
    book = new_book(texts("sammanstallning.titel", year=spec.year), spec.agency, texts("intern"))
    _write_overview(book, data, texts)
    for table in spec.tables.values():
        _write_rows(book, data, table, texts)
    _write_findings(book, data, texts)
    return book.close()


def write_csv(data: Dataset, table: str) -> bytes:
    """One table as CSV that a Swedish Excel opens: semicolons, decimal comma, UTF-8 with a mark.
    Where the county has said yes to a correction, what stood in its file is told in a last
    column."""
    # Without the mark (BOM) Excel reads the file in the machine's own code page and breaks å, ä, ö;
    # in a Swedish Excel a comma is the decimal sign, so that columns are parted by semicolons.
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    corrected = list(_corrected_column(data, data.year.spec.tables[table]))
    writer.writerow(map(guarded, (*data.header(table), *(column.id for column in corrected))))
    for row in data.rows(table):
        stood = (str(column.value(row)) for column in corrected)
        writer.writerow(map(guarded, (*map(plain, row.values), *stood)))
    return target.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    r"""A text in which no sign acts. One that a spreadsheet would run as a formula gets an
    apostrophe before it. A csv file has no other way to say that it is a text; a negative number is
    left alone.

    >>> guarded("\u22121+A1") == "'\u22121+A1", guarded("\u221212") == "\u221212", guarded("\x9bA")
    (True, True, '\\u009bA')
    >>> guarded("=1+1"), guarded("-skola"), guarded("-12,5"), guarded("-1+A1")
    ("'=1+1", "'-skola", '-12,5', "'-1+A1")
    """
    text = visible(text)
    runs = text.lstrip(_BLANKS)[:1] in _RUNS or text[:1] in _LINE_STARTS
    return f"'{text}" if runs and not _NUMBER.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class StateRow:
    """A county: what it has sent, and how much of it is in the merge. `counts` are the merged rows
    by table and county."""

    county: CountyState
    counts: Mapping[tuple[str, str], int]
    data: Dataset
    texts: Texts

    @property
    def verdict(self) -> Cell:
        """How far it has come."""
        word = self.county.file_state
        return Cell(self.texts(f"lage.{word}"), _TONES[word])

    @property
    def file(self) -> str:
        """The file that counts."""
        return self.county.file

    def merged(self, table: str) -> Cell:
        """How many rows of a table were merged, or why there are none."""
        state = self.county.tables[table]
        if state is not TableState.MERGED:
            return Cell(self.texts(f"tabell.{state}"), "calm" if state is TableState.NIL else "bad")
        return Cell(self.counts.get((table, self.county.code), 0), "kr")


BEFORE_TABLES: tuple[SheetColumn[StateRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 9, lambda row: row.county.code),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 20, lambda row: row.county.name, total=""),
    SheetColumn("verdict", "sammanstallning.verdict", 22, lambda row: row.verdict, total=""),
    SheetColumn("fel", "sammanstallning.fel", 8, lambda row: row.county.errors, total=""),
    SheetColumn("fragor", "sammanstallning.fragor", 10, lambda row: row.county.questions, total=""),
)
AFTER_TABLES: tuple[SheetColumn[StateRow], ...] = (
    SheetColumn("fil", "gemensamt.fil", 40, lambda row: row.file),
)


def state_columns(spec: Spec) -> tuple[SheetColumn[StateRow], ...]:
    """The county, a column for each table of rows that the counties add, and the file."""
    tables = [table for table in spec.tables.values() if table.kind == "list"]
    return (*BEFORE_TABLES, *(_count_column(table) for table in tables), *AFTER_TABLES)


def _count_column(table: TableSpec) -> SheetColumn[StateRow]:
    """The rows of a table, counted on its own sheet, over the whole column of counties there."""

    def count(row: StateRow) -> Cell:
        return row.merged(table.id)

    def formula(row: StateRow, cells: RowCells) -> str:
        if row.county.tables[table.id] is not TableState.MERGED:
            return ""
        # The whole column, so that rows which a user adds below are counted too.
        counties = row_table(row.data, table).whole_column("lan")
        return f"=COUNTIF({counties},{cells['$lan']})"

    return SheetColumn(
        f"tabell_{table.id}",
        "",
        _TABLE_WIDTH,
        count,
        formula=formula,
        total=SUM,
        heading=table.label,
    )


def _counts(data: Dataset) -> Mapping[tuple[str, str], int]:
    """The merged rows by table and county."""
    counts: Counter[tuple[str, str]] = Counter()
    # Counted once for all, since every cell of the overview asks.
    for name, rows in data.merged.items():
        counts.update((name, row.county) for row in rows)
    return counts


def _write_overview(book: Book, data: Dataset, texts: Texts) -> None:
    counts = _counts(data)
    rows = [StateRow(county, counts, data, texts) for county in data.counties]
    columns = ColumnList(state_columns(data.year.spec))
    table = SheetTable(texts("sammanstallning.oversikt"), columns, _HEADER, len(rows))
    title = texts("sammanstallning.titel", year=data.year.spec.year)
    sheet = book.sheet(table.sheet, title, texts("sammanstallning.intro"), columns.widths)
    write_table(sheet, table, rows, texts)
    write_sums(sheet, table, rows, texts("gemensamt.summa"))
    freeze(sheet, table, "lansnamn")


PLACE: tuple[SheetColumn[MergedRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 8, lambda row: row.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.county_name),
    SheetColumn("fil", "gemensamt.fil", 36, lambda row: row.file),
    SheetColumn("blad", "gemensamt.blad", 14, lambda row: row.sheet),
    SheetColumn("rad", "gemensamt.rad", 7, lambda row: row.row),
)


def row_table(data: Dataset, table: TableSpec) -> SheetTable[MergedRow]:
    """Where a table's merged rows stand, and what is shown of them; where the county has said yes
    to a correction, in a last column, what stood in its file."""
    fields = (_field_column(field, data.year.spec) for field in table.fields)
    columns = ColumnList((*PLACE, *fields, *_corrected_column(data, table)))
    return SheetTable(_sheets(data)[table.id], columns, _HEADER, len(data.rows(table.id)))


def _sheets(data: Dataset) -> Mapping[str, str]:
    """The names of the tables' sheets, beside those of the overview and the findings."""
    texts, tables = data.year.texts("export"), data.year.spec.tables
    taken = [texts("sammanstallning.oversikt"), texts("sammanstallning.fynd")]
    labels = [table.label for table in tables.values()]
    return dict(zip(tables, sheet_names(labels, taken), strict=True))


def _field_column(field: Field, spec: Spec) -> SheetColumn[MergedRow]:
    codelist = spec.lists[field.list] if field.list else None
    return SheetColumn(
        field.id,
        "",
        field.width,
        lambda row: field_shown(field, codelist, row.get(field.id)),
        heading=field.heading,
    )


def _corrected_column(data: Dataset, table: TableSpec) -> Iterator[SheetColumn[MergedRow]]:
    """Only where something was corrected."""
    before: dict[tuple[str, CellRef], str] = {}
    for county in data.counties:
        for one in county.submission.corrections if county.submission else ():
            before[county.code, one.cure.ref] = one.before

    def said(row: MergedRow) -> str:
        at = [(field.heading, (row.county, row.record.ref(field.id))) for field in table.fields]
        return "; ".join(f"{label}: {before[place]}" for label, place in at if place in before)

    if before and any(map(said, data.rows(table.id))):
        yield SheetColumn("rattat", "sammanstallning.rattat", 30, said)


def _write_rows(book: Book, data: Dataset, spec: TableSpec, texts: Texts) -> None:
    table = row_table(data, spec)
    intro = spec.intro or data.year.spec.sheet_of[spec.id].intro
    sheet = book.sheet(table.sheet, spec.label, intro, table.columns.widths)
    write_table(sheet, table, data.rows(spec.id), texts)
    freeze(sheet, table, "lansnamn")


def field_shown(field: Field, codelist: CodeList | None, value: Typed) -> object:
    """Codes with their labels; years as text, so that Excel does not group their digits."""
    if field.type == "year" and not isinstance(value, Missing):
        return str(value)
    if codelist is None:
        return value
    if isinstance(value, tuple):
        return tuple(_label(codelist, code) for code in value)
    return _label(codelist, value) if isinstance(value, str) else value


def _label(codelist: CodeList, code: str) -> str:
    known = codelist.by_code.get(code)
    return known.shown if known else code


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What was found in a file, and the county that it is, or may be, from."""

    code: str
    name: str
    file: str
    finding: Finding
    severities: Texts


FINDINGS: tuple[SheetColumn[FoundRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 8, lambda row: row.code),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.name),
    SheetColumn(
        "slag", "sammanstallning.slag", 12, lambda row: row.severities(row.finding.severity.name)
    ),
    SheetColumn("kod", "sammanstallning.kod", 20, lambda row: row.finding.code),
    SheetColumn("blad", "gemensamt.blad", 14, lambda row: row.finding.sheet),
    SheetColumn("cell", "sammanstallning.cell", 12, lambda row: row.finding.cell),
    SheetColumn("vad", "sammanstallning.vad", 60, lambda row: row.finding.message),
    SheetColumn("hur", "sammanstallning.hur", 50, lambda row: row.finding.hint),
    SheetColumn(
        "forklaring", "sammanstallning.forklaring", 40, lambda row: row.finding.explanation
    ),
    SheetColumn(
        "avsteg", "sammanstallning.avsteg", 50, lambda row: row.finding.waived(row.severities)
    ),
    SheetColumn("fil", "gemensamt.fil", 36, lambda row: row.file),
)


def _found(data: Dataset) -> Iterator[FoundRow]:
    """All that was found in the files that count, and why the others do not."""
    severities = data.year.texts("aterkoppling")
    for county in data.counties:
        for finding in county.findings:
            yield FoundRow(county.code, county.name, county.file, finding, severities)
    for found in (*data.unread, *data.apart):
        for finding in filter(is_of_the_file, found.findings):
            code = finding.county or ""
            name = next((one.name for one in data.counties if one.code == code), "")
            yield FoundRow(code, name, found.file, finding, severities)


def is_of_the_file(finding: Finding) -> bool:
    """Whether a finding says why nothing of its file is merged. Of the other findings in such a
    file none is told: nothing in it counts."""
    return finding.code.startswith("FIL-")


def _write_findings(book: Book, data: Dataset, texts: Texts) -> None:
    rows = list(_found(data))
    name = texts("sammanstallning.fynd")
    table = SheetTable(name, ColumnList(FINDINGS), _HEADER, len(rows))
    sheet = book.sheet(name, name, "", table.columns.widths)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, "lansnamn")
