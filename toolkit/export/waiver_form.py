"""`avsteg.xlsx`: the agency's list of waivers to fill in, with the year's counties and codes to
choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.export.book import Book, new_book, sheet_names
from toolkit.export.columns import (
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    let_choose,
    to_fill_in,
    write_table,
)
from toolkit.findings.texts import Message, Texts
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.roles import RESPONDENTS
from toolkit.spec.wanted import sayable

_HEADER = 3
_ROWS = 200  # rows to fill in

ChoiceSource = list[str] | str
"""What a drop-down offers: the words themselves, or where they stand."""
_MOST = 255  # characters of words that Excel takes in a drop-down: longer lists stand on a sheet


# The ids are those by which the filled-in list is read back (staff.waivers.COLUMNS).
COLUMNS: tuple[SheetColumn[object], ...] = (
    SheetColumn("lan", "kolumn.lan", 24, to_fill_in, "own"),
    SheetColumn("kod", "kolumn.kod", 24, to_fill_in, "own"),
    SheetColumn("blad", "kolumn.blad", 18, to_fill_in, "own"),
    SheetColumn("falt", "kolumn.falt", 26, to_fill_in, "own"),
    SheetColumn("agare", "kolumn.agare", 24, to_fill_in, "own"),
    SheetColumn("skal", "kolumn.skal", 60, to_fill_in, "own"),
    SheetColumn("sista_dag", "kolumn.sista_dag", 14, to_fill_in, "own_date"),
)


@dataclass(frozen=True, slots=True)
class WaivableRow:
    """A code that can be waived."""

    code: str
    entry: Message
    kinds: Texts


CODES: tuple[SheetColumn[WaivableRow], ...] = (
    SheetColumn("kod", "kolumn.kod", 24, lambda row: row.code),
    SheetColumn("slag", "slag", 14, lambda row: row.kinds(row.entry.severity.name)),
    SheetColumn("betyder", "betyder", 60, lambda row: row.entry.title),
)


def write_waiver_form(year: Year, path: str) -> bytes:
    """An empty list. `path` is where the filled-in one is to lie."""
    texts, spec = year.texts("avsteg"), year.spec
    title = texts("titel", year=spec.year)
    book = new_book(title, spec.agency, year.texts("export")("intern"))
    table = SheetTable(texts("blad"), ColumnList(COLUMNS), _HEADER, _ROWS)
    sheet = book.sheet(table.sheet, title, texts("intro", path=path), table.columns.widths)
    write_table(sheet, table, [None] * _ROWS, texts)
    codes = _write_codes(book, year, texts)
    sources: Mapping[str, ChoiceSource] = {
        "lan": _counties(book, spec, texts),
        "kod": f"={codes.quoted}!{codes.within('kod')}",
    }
    for column in COLUMNS:
        let_choose(sheet, table, column.id, _rule(column, texts, sources.get(column.id)))
    freeze(sheet, table, "kod")
    return book.close()


COUNTIES: tuple[SheetColumn[Code], ...] = (
    SheetColumn("lan", "kolumn.lan", 30, lambda county: county.name),
)


def _counties(book: Book, spec: Spec, texts: Texts) -> ChoiceSource:
    """Those who report by name, or where their names stand when they are many."""
    names = [county.name for county in spec.counties]
    if len(",".join(names)) <= _MOST:
        return names
    taken = [texts("blad"), texts("koder")]
    (label,) = sheet_names([spec.list_of(RESPONDENTS).label], taken)
    table = SheetTable(label, ColumnList(COUNTIES), _HEADER, len(names))
    sheet = book.sheet(label, label, "", table.columns.widths)
    write_table(sheet, table, spec.counties, texts)
    freeze(sheet, table, "lan")
    return f"={table.quoted}!{table.within('lan')}"


def _rule(
    column: SheetColumn[object], texts: Texts, source: ChoiceSource | None
) -> Mapping[str, object]:
    """A cell's help, and what it can be chosen from."""
    title, message = column.head(texts), texts(f"hjalp.{column.id}")
    told: dict[str, object] = {"input_title": title, "input_message": message}
    if source is None:
        return {**told, "validate": "any"}
    # A misspelt county or code would be a waiver of nothing, so that Excel is let refuse it.
    refusal = {"error_title": title, "error_message": message}
    return {**told, "validate": "list", "source": source, **refusal}


def _write_codes(book: Book, year: Year, texts: Texts) -> SheetTable[WaivableRow]:
    """The codes that can be waived, with what they mean. Gives where they stand, for the list to
    choose from."""
    kinds = year.texts("aterkoppling")
    said = sayable(year.catalogue.entries, year.spec)
    rows = [WaivableRow(code, entry, kinds) for code, entry in said.items() if not entry.fixed]
    table = SheetTable(texts("koder"), ColumnList(CODES), _HEADER, len(rows))
    sheet = book.sheet(table.sheet, table.sheet, "", table.columns.widths)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, CODES[0].id)
    return table
