"""`dataordbok.xlsx`: every field, code and finding, made from the same spec as the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.export.book import Book, new_book
from toolkit.export.columns import ColumnList, Line, SheetColumn, SheetTable, freeze, write_table
from toolkit.findings.texts import Message, Texts
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.load import Year
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.wanted import sayable

_HEADER = 3


@dataclass(frozen=True)
class FieldRow:
    """A field of a table."""

    table: TableSpec
    field: Field
    spec: Spec
    texts: Texts

    @property
    def sheet(self) -> str:
        """The sheet on which the county fills it in."""
        return self.spec.sheet_of[self.table.id].label

    @property
    def required(self) -> str:
        """Whether it must be filled in."""
        if self.field.computed is not None:
            return self.texts("raknas")
        return self.texts("ja" if self.field.required else "nej")

    @property
    def values_from(self) -> str:
        """The list or the table that its values are taken from."""
        return self.field.list or self.field.ref or ""


@dataclass(frozen=True)
class CodeRow:
    """A code of a list."""

    codelist: CodeList
    code: Code
    texts: Texts

    @property
    def meaning(self) -> str:
        """The label, with a word where the code is invented for the example."""
        return self.code.label + (self.texts("pahittad") if self.code.invented else "")

    @property
    def valid(self) -> str:
        """The years in which it can be used."""
        parts = []
        if self.code.valid_from:
            parts.append(self.texts("fran", year=self.code.valid_from))
        if self.code.valid_to:
            parts.append(self.texts("till", year=self.code.valid_to))
        return " ".join(parts) or self.texts("alltid")

    @property
    def note(self) -> str:
        """What it is used for, or what is known of it."""
        known = "; ".join(f"{name}: {value}" for name, value in self.code.attributes.items())
        return self.code.note or known


@dataclass(frozen=True)
class KnownFindingRow:
    """A finding that a check can make."""

    code: str
    entry: Message
    kinds: Texts


FIELDS: tuple[SheetColumn[FieldRow], ...] = (
    SheetColumn("tabell", "ordbok.tabell", 24, lambda row: row.table.label),
    SheetColumn("blad", "ordbok.blad", 16, lambda row: row.sheet),
    SheetColumn("id", "ordbok.id", 22, lambda row: f"{row.table.id}.{row.field.id}"),
    SheetColumn("rubrik", "ordbok.rubrik", 30, lambda row: row.field.heading),
    SheetColumn("svar", "svar", 14, lambda row: row.field.type),
    SheetColumn("maste", "maste", 14, lambda row: row.required),
    SheetColumn("minst", "ordbok.minst", 14, lambda row: limit(row.field.minimum)),
    SheetColumn("hogst", "ordbok.hogst", 14, lambda row: limit(row.field.maximum)),
    SheetColumn("monster", "ordbok.monster", 30, lambda row: row.field.pattern_help),
    SheetColumn("lista", "ordbok.lista", 24, lambda row: row.values_from),
    SheetColumn("forklaring", "forklaring", 70, lambda row: row.field.help),
)
CODES: tuple[SheetColumn[CodeRow], ...] = (
    SheetColumn("lista", "ordbok.lista", 34, lambda row: row.codelist.label),
    SheetColumn("kod", "kod", 12, lambda row: row.code.code),
    SheetColumn("betydelse", "betydelse", 60, lambda row: row.meaning),
    SheetColumn("galler", "galler", 22, lambda row: row.valid),
    SheetColumn("forklaring", "forklaring", 60, lambda row: row.note),
)
FINDINGS: tuple[SheetColumn[KnownFindingRow], ...] = (
    SheetColumn("felkod", "ordbok.felkod", 26, lambda row: row.code),
    SheetColumn("allvar", "ordbok.allvar", 12, lambda row: row.kinds(row.entry.severity.name)),
    SheetColumn("orsak", "ordbok.orsak", 40, lambda row: row.entry.title),
    SheetColumn("text", "ordbok.text", 80, lambda row: row.entry.message),
    SheetColumn("gor", "ordbok.gor", 70, lambda row: row.entry.hint),
)


def limit(value: object) -> str:
    """A limit as text: a number would be shown with two decimals or none, whatever the field's."""
    return "" if value is None else str(value)


def write_dictionary(year: Year) -> bytes:
    """Three sheets: fields, codes, findings."""
    texts, spec = year.texts("anvisning"), year.spec
    book = new_book(texts("titel"), spec.agency)
    _write(book, texts("ordbok.falt"), FIELDS, list(_fields(spec, texts)), texts)
    _write(book, texts("ordbok.koder"), CODES, list(_codes(spec, texts)), texts)
    kinds = year.texts("aterkoppling")
    said = sayable(year.catalogue.entries, spec)
    found = [KnownFindingRow(code, entry, kinds) for code, entry in said.items()]
    _write(book, texts("ordbok.fynd"), FINDINGS, found, texts)
    return book.close()


def _fields(spec: Spec, texts: Texts) -> Iterator[FieldRow]:
    for table in spec.tables.values():
        for field in table.fields:
            yield FieldRow(table, field, spec, texts)


def _codes(spec: Spec, texts: Texts) -> Iterator[CodeRow]:
    """Those that can be used in the year: one that has ended is another year's."""
    for codelist in spec.codelists:
        for code in codelist.valid_in(spec.year):
            yield CodeRow(codelist, code, texts)


def _write(
    book: Book,
    title: str,
    columns: tuple[SheetColumn[Line], ...],
    lines: Sequence[Line],
    texts: Texts,
) -> None:
    table = SheetTable(title, ColumnList(columns), _HEADER, len(lines))
    sheet = book.sheet(title, title, "", table.columns.widths)
    write_table(sheet, table, lines, texts)
    freeze(sheet, table, columns[0].id)
