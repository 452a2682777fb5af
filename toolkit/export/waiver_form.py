"""`avsteg.xlsx`: the agency's list of waivers to fill in, with the year's counties and codes to
choose from."""

from __future__ import annotations

from typing import Any

from toolkit.export.book import Book, freeze, new_book
from toolkit.findings.texts import Texts
from toolkit.spec.load import Year
from toolkit.staff.waivers import COLUMNS, column_labels

_HEADER = 3
_ROWS = 200  # rows to fill in
_WIDTHS = (24, 24, 18, 26, 24, 60, 14)


def write_waiver_form(year: Year, path: str) -> bytes:
    """An empty list. `path` is where the filled-in one is to lie."""
    texts, spec = year.texts("avsteg"), year.spec
    book = new_book(texts("titel", year=spec.year), spec.agency)
    sheet = book.sheet(
        texts("blad"), texts("titel", year=spec.year), texts("intro", path=path), _WIDTHS
    )
    labels = column_labels(texts)
    book.header(sheet, _HEADER, [labels[name] for name in COLUMNS])
    for row in range(_HEADER + 1, _HEADER + 1 + _ROWS):
        for column, name in enumerate(COLUMNS):
            sheet.write_blank(
                row, column, None, book.style("own_date" if name == "sista_dag" else "own")
            )
    codes = _write_codes(book, year, texts)
    sources = {"lan": [county.attributes["namn"] for county in spec.counties], "kod": codes}
    for column, name in enumerate(COLUMNS):
        _help(sheet, column, labels[name], texts(f"hjalp.{name}"), sources.get(name))
    freeze(sheet, _HEADER, 2, _HEADER + _ROWS, len(COLUMNS) - 1)
    return book.close()


def _help(sheet: Any, column: int, title: str, message: str, source: object) -> None:
    rule: dict[str, Any] = {"input_title": title, "input_message": message, "validate": "any"}
    if source is not None:
        rule |= {
            "validate": "list",
            "source": source,
            "error_title": title,
            "error_message": message,
        }
    sheet.data_validation(_HEADER + 1, column, _HEADER + _ROWS, column, rule)


def _write_codes(book: Book, year: Year, texts: Texts) -> str:
    """The codes that can be waived, with what they mean; where they stand, for the list to choose
    from."""
    entries = {code: entry for code, entry in year.catalogue.entries.items() if not entry.fixed}
    kinds = year.texts("aterkoppling")
    sheet = book.sheet(texts("koder"), texts("koder"), "", (24, 14, 60))
    book.header(sheet, _HEADER, [texts("kolumn.kod"), texts("slag"), texts("betyder")])
    for row, (code, entry) in enumerate(entries.items(), _HEADER + 1):
        for column, value in enumerate((code, kinds(entry.severity.name), entry.title)):
            book.value(sheet, row, column, value)
    freeze(sheet, _HEADER, 1, _HEADER + len(entries), 2)
    return f"='{texts('koder')}'!$A${_HEADER + 2}:$A${_HEADER + 1 + len(entries)}"
