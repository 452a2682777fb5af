"""What a published data file says: its tables as they lie, and each row that names an indicator as
a table of its own, since a file with one observation a row has no heading for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from toolkit.disclosure.facts import indicator_named, number_of
from toolkit.disclosure.grid import without_lines
from toolkit.disclosure.published import (
    Headings,
    House,
    Publication,
    PublishedNote,
    PublishedTable,
    Rows,
)

_BESIDE = ("year", "_code", "valid_from", "valid_to")
"""Endings of the names of columns whose numbers count nobody."""


def publication_of_data(
    year: int, file: str, sheets: Iterable[PublishedTable], texts: Iterable[str], house: House
) -> Publication:
    """A data package or one of its files. `texts` are what stands beside its rows."""
    everything = list(sheets)
    tables = [without_lines(one) for one in everything]
    single = chain.from_iterable(_observations(one.rows, house) for one in tables)
    cells = chain.from_iterable(chain.from_iterable(one.rows for one in everything))
    paragraphs = dict.fromkeys(chain(texts, (cell for cell in cells if " " in cell)))
    notes = chain.from_iterable(map(_lines, tables))
    alone = [PublishedTable(rows) for rows in single]
    return Publication(year, "", file, list(paragraphs), [*tables, *alone], notes=list(notes))


def _lines(table: PublishedTable) -> Iterator[PublishedNote]:
    """What stands beside a table as texts that may tell of its numbers."""
    for text in chain.from_iterable(table.around[:1]):
        yield PublishedNote(text, table.around)


def rows_of_csv(data: bytes) -> list[list[str]]:
    """A file's rows, whichever of the two signs parts its columns."""
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _observations(rows: Rows, house: House) -> Iterator[Rows]:
    """Each number of a row that names an indicator, under the name of what it is a number of: the
    county that the row names too, or its own heading."""
    names = set(house.counties.values())
    for row in rows[1:]:
        indicator = next((cell for cell in row if indicator_named(house, cell)), "")
        county = next((cell for cell in row if cell in names), "")
        for head, cell in zip(rows[0], row, strict=False):
            if indicator and number_of(cell) is not None and not head.endswith(_BESIDE):
                yield [["", county or _meaning(head, house.headings)], [indicator, cell]]


def _meaning(head: str, headings: Headings) -> str:
    """A column's English name as the report has it."""
    return {"total": headings.total, "respondents": headings.counties}.get(head, head)
