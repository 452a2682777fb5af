"""What the year opens with beside what last year closed with: only what does not tie, and one line
for the rest."""

from __future__ import annotations

from typing import Any

from toolkit.analysis.merge import Dataset
from toolkit.analysis.year_on_year import Opening, openings
from toolkit.export.book import Book
from toolkit.export.finance.origin import origin_heads, write_origin
from toolkit.export.finance.results import Finance
from toolkit.findings.texts import Texts

_ORIGIN = 9  # the column of the file, as in the block above


def write_openings(
    book: Book, sheet: Any, top: int, finance: Finance, before: Dataset, texts: Texts
) -> None:
    """How many tie, and a row for each that does not."""
    found = openings(before, finance.data)
    off = [one for one in found if not one.ties]
    sheet.write_string(top, 0, texts("ekonomi.ingaende"), book.style("subtitle"))
    said = texts("ekonomi.ingaende_intro", ties=len(found) - len(off), all=len(found))
    sheet.write_string(top + 1, 0, said, book.style("plain"))
    if not off:
        return
    year = finance.data.year.spec.year
    heads = [texts("gemensamt.lan"), texts("gemensamt.lansnamn"), texts("indelning.anslagspost")]
    heads += [texts("ekonomi.utgaende_ar", year=year - 1), texts("ekonomi.ingaende_ar", year=year)]
    heads += [
        texts("ekonomi.skillnad"),
        texts("ekonomi.lanets_kommentar"),
        "",
        "",
        *origin_heads(texts),
    ]
    book.header(sheet, top + 2, heads)
    for row, one in enumerate(off, top + 3):
        _write_opening(book, sheet, row, one, finance)


def _write_opening(book: Book, sheet: Any, row: int, one: Opening, finance: Finance) -> None:
    line = one.line
    values = (line.county, line.county_name, line.post, one.closing, one.opening)
    for column, value in enumerate(values):
        book.value(sheet, row, column, value)
    sheet.write_formula(row, 5, f"=E{row + 1}-D{row + 1}", book.style("ask_kr"), one.difference)
    book.value(sheet, row, 6, line.comment)
    write_origin(book, sheet, row, _ORIGIN, finance, line.file, [line.ref("opening")])
