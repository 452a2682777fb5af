"""What a published data file says: its tables as they lie, and each row that names an indicator as
a table of its own, since a file with one observation a row has no heading for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile

from toolkit.disclosure.facts import indicator_named, number_of
from toolkit.disclosure.published import Headings, House, Publication

_BESIDE = ("year", "_code", "valid_from", "valid_to")
"""Endings of the names of columns whose numbers count nobody."""
_COLUMNS = 2  # that a table has at least
Rows = Sequence[Sequence[str]]


def publication_of_data(
    year: int, file: str, sheets: Iterable[Rows], texts: Iterable[str], house: House
) -> Publication:
    """A data package or one of its files. `texts` are what stands beside its rows."""
    everything = list(sheets)
    tables = [list(dropwhile(_is_alone, rows)) for rows in everything]
    single = chain.from_iterable(_observations(rows, house) for rows in tables)
    cells = chain.from_iterable(chain.from_iterable(everything))
    paragraphs = dict.fromkeys(chain(texts, (cell for cell in cells if " " in cell)))
    return Publication(year, "", file, list(paragraphs), [*tables, *single])


def _is_alone(row: Sequence[str]) -> bool:
    """Whether a row is a line of text: a sheet has some above its table."""
    return sum(map(bool, row)) < _COLUMNS


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
