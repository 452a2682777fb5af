"""`dataordbok.xlsx`: every field, code and finding, made from the same spec as the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.export.book import Book, freeze, new_book
from toolkit.findings.texts import Texts
from toolkit.spec.load import Year

_HEADER = 3


def write_dictionary(year: Year) -> bytes:
    """Three sheets: fields, codes, findings."""
    texts = year.texts("anvisning")
    book = new_book(texts("titel"), year.spec.agency)
    fields = (
        "tabell",
        "blad",
        "id",
        "rubrik",
        "svar",
        "maste",
        "minst",
        "hogst",
        "monster",
        "lista",
        "forklaring",
    )
    _write(
        book,
        texts("ordbok.falt"),
        _names(texts, fields),
        (24, 16, 22, 30, 14, 14, 14, 14, 30, 24, 70),
        _fields(year, texts),
    )
    codes = ("lista", "kod", "betydelse", "galler", "forklaring")
    _write(
        book, texts("ordbok.koder"), _names(texts, codes), (34, 12, 60, 22, 60), _codes(year, texts)
    )
    found = ("felkod", "allvar", "orsak", "text", "gor")
    _write(book, texts("ordbok.fynd"), _names(texts, found), (26, 12, 40, 80, 70), _findings(year))
    return book.close()


def _names(texts: Texts, names: Sequence[str]) -> list[str]:
    own = {"svar", "maste", "forklaring", "kod", "betydelse", "galler"}
    return [texts(name if name in own else f"ordbok.{name}") for name in names]


def _write(
    book: Book,
    title: str,
    heads: list[str],
    widths: Sequence[float],
    rows: Iterator[tuple[object, ...]],
) -> None:
    sheet = book.sheet(title, title, "", widths)
    book.header(sheet, _HEADER, heads)
    last = _HEADER
    for last, row in enumerate(rows, _HEADER + 1):
        for column, value in enumerate(row):
            book.value(sheet, last, column, value)
    freeze(sheet, _HEADER, 1, last, len(heads) - 1)


def _fields(year: Year, texts: Texts) -> Iterator[tuple[object, ...]]:
    spec = year.spec
    for table in spec.tables.values():
        for field in table.fields:
            must = "raknas" if field.computed is not None else "ja" if field.required else "nej"
            low, high = (
                str(value) if value is not None else "" for value in (field.minimum, field.maximum)
            )
            yield (
                table.label,
                spec.sheet_of[table.id].label,
                f"{table.id}.{field.id}",
                field.heading,
                field.type,
                texts(must),
                low,
                high,
                field.pattern_help,
                field.list or field.ref or "",
                field.help,
            )


def _codes(year: Year, texts: Texts) -> Iterator[tuple[object, ...]]:
    for codelist in year.spec.codelists:
        for code in codelist.codes:
            parts = [texts("fran", year=code.valid_from)] if code.valid_from else []
            parts += [texts("till", year=code.valid_to)] if code.valid_to else []
            known = "; ".join(f"{name}: {value}" for name, value in code.attributes.items())
            label = code.label + (texts("pahittad") if code.invented else "")
            yield (
                codelist.label,
                code.code,
                label,
                " ".join(parts) or texts("alltid"),
                code.note or known,
            )


def _findings(year: Year) -> Iterator[tuple[object, ...]]:
    kinds = year.texts("aterkoppling")
    for code, entry in year.catalogue.entries.items():
        yield code, kinds(entry.severity.name), entry.title, entry.message, entry.hint
