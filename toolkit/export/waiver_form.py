"""`avsteg.xlsx`: the agency's list of waivers to fill in, with the year's counties and codes to
choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.export.book import BLANK, Book, new_book
from toolkit.export.columns import (
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    let_choose,
    write_table,
)
from toolkit.findings.texts import Message, Texts
from toolkit.spec.load import Year

_HEADER = 3
_ROWS = 200  # rows to fill in

ChoiceSource = list[str] | str
"""What a drop-down offers: the words themselves, or where they stand. Excel takes at most 255
characters of words, so that the long list of codes stands on a sheet of its own."""


def _blank(_: object) -> object:
    return BLANK


# The ids are those by which the filled-in list is read back (staff.waivers.COLUMNS).
COLUMNS: tuple[SheetColumn[object], ...] = (
    SheetColumn("lan", "kolumn.lan", 24, _blank, "own"),
    SheetColumn("kod", "kolumn.kod", 24, _blank, "own"),
    SheetColumn("blad", "kolumn.blad", 18, _blank, "own"),
    SheetColumn("falt", "kolumn.falt", 26, _blank, "own"),
    SheetColumn("agare", "kolumn.agare", 24, _blank, "own"),
    SheetColumn("skal", "kolumn.skal", 60, _blank, "own"),
    SheetColumn("sista_dag", "kolumn.sista_dag", 14, _blank, "own_date"),
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
    book = new_book(title, spec.agency)
    table = SheetTable(texts("blad"), ColumnList(COLUMNS), _HEADER, _ROWS)
    sheet = book.sheet(table.sheet, title, texts("intro", path=path), table.columns.widths)
    write_table(sheet, table, [None] * _ROWS, texts)
    codes = _write_codes(book, year, texts)
    counties = [county.name for county in spec.counties]
    sources: Mapping[str, ChoiceSource] = {
        "lan": counties,
        "kod": f"={codes.quoted}!{codes.within('kod')}",
    }
    for column in COLUMNS:
        let_choose(sheet, table, column.id, _rule(column, texts, sources.get(column.id)))
    freeze(sheet, table, "kod")
    return book.close()


def _rule(
    column: SheetColumn[object], texts: Texts, source: ChoiceSource | None
) -> Mapping[str, object]:
    """A cell's help, and what it can be chosen from."""
    title, message = column.head(texts), texts(f"hjalp.{column.id}")
    told: dict[str, object] = {"input_title": title, "input_message": message}
    if source is None:
        return {**told, "validate": "any"}
    refusal = {"error_title": title, "error_message": message}
    return {**told, "validate": "list", "source": source, **refusal}


def _write_codes(book: Book, year: Year, texts: Texts) -> SheetTable[WaivableRow]:
    """The codes that can be waived, with what they mean. Gives where they stand, for the list to
    choose from."""
    kinds = year.texts("aterkoppling")
    entries = year.catalogue.entries.items()
    rows = [WaivableRow(code, entry, kinds) for code, entry in entries if not entry.fixed]
    table = SheetTable(texts("koder"), ColumnList(CODES), _HEADER, len(rows))
    sheet = book.sheet(table.sheet, table.sheet, "", table.columns.widths)
    write_table(sheet, table, rows, texts)
    freeze(sheet, table, CODES[0].id)
    return table
