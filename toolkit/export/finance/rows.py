"""The sheets of rows that all formulas sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import SpendLine
from toolkit.export.book import BLANK, Book, Cell
from toolkit.export.columns import ColumnList, SheetColumn, SheetTable, freeze, write_table
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.model import Field, Spec

HEADER = 3
_MOST_PRINTED = 100  # rows; a longer list is what the formulas count on, not what is read on paper
_CODE_WIDTH, _TEXT_WIDTH = 17, 26

Target = Callable[[SpendLine], str | None]


@dataclass(frozen=True, slots=True)
class SpendRow:
    """A merged row of Ekonomi, and where its amount stands in the county's own file."""

    line: SpendLine
    target: str | None = None


PLACE: tuple[SheetColumn[SpendRow], ...] = (
    SheetColumn("lan", "gemensamt.lan", 8, lambda row: row.line.county),
    SheetColumn("lansnamn", "gemensamt.lansnamn", 18, lambda row: row.line.county_name),
    SheetColumn("fil", "gemensamt.fil", 30, lambda row: Cell(row.line.file, target=row.target)),
    SheetColumn("blad", "gemensamt.blad", 14, lambda row: row.line.sheet),
    SheetColumn("rad", "gemensamt.rad", 7, lambda row: row.line.row),
)


def rows_table(data: Dataset, sheet: str) -> SheetTable[SpendRow]:
    """Where the rows of a dataset's Ekonomi stand. A column is called by the role of its field,
    where that has one: a role is the same in both years, whatever the field is called."""
    spec = data.year.spec
    table = spec.table_of(SpendLine.TABLE)
    roles = {field: role for role, field in spec.bound.fields_of(table.id).items()}
    fields = [_field_column(field, roles.get(field.id, field.id)) for field in table.fields]
    return SheetTable(sheet, ColumnList((*PLACE, *fields)), HEADER, len(data.spend))


def _field_column(field: Field, name: str) -> SheetColumn[SpendRow]:
    """A field of the year. Codes stand alone here, so that the formulas can match them, and need
    less room than in the county's own file."""
    width = min(field.width, _CODE_WIDTH if field.list else _TEXT_WIDTH)
    return SheetColumn(name, "", width, lambda row: _held(row, field), heading=field.heading)


def _held(row: SpendRow, field: Field) -> object:
    """What the county has in a field; nothing at all where it has left it blank, since an empty
    text is a text to Excel."""
    value = row.line.source.get(field.id)
    return BLANK if value is Missing.BLANK else value


def write_rows(
    book: Book, data: Dataset, texts: Texts, table: SheetTable[SpendRow], target: Target
) -> None:
    """All rows. `target` gives a row's link."""
    sheet = book.sheet(table.sheet, table.sheet, texts("ekonomi.rader_intro"), table.columns.widths)
    lines = (SpendRow(line, target(line)) for line in data.spend)
    write_table(sheet, table, lines, texts)
    freeze(sheet, table, "lansnamn")
    if table.count > _MOST_PRINTED:
        sheet.print_head(HEADER - 1, texts("ekonomi.ej_utskrift"))


def spend_area(rows: SheetTable[SpendRow], attribute: str) -> str:
    """The cells that hold an attribute of all spend lines, for a formula on any sheet."""
    return rows.area(SpendLine.FIELDS[attribute])


def county_area(rows: SheetTable[SpendRow]) -> str:
    """The cells that hold the county of all spend lines."""
    return rows.area(PROVENANCE[0])


def field_area(rows: SheetTable[SpendRow], spec: Spec, field: str) -> str:
    """The cells that hold a field of all spend lines, by its id in the year of the rows."""
    held = spec.bound.fields_of(spec.bound[SpendLine.TABLE])
    role = next((role for role, name in held.items() if name == field), field)
    return rows.area(role)
