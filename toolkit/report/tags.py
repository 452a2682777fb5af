"""The names of a report's numbers: by them a number is found again in a Word file that somebody has
edited, and by them it is explained."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

from toolkit.analysis.table import Table

_TABLE, _DIGITS, _PROOF = 14, 6, 4  # letters of a table's id, of a digest, of a text's digest
_NO_WORD = re.compile(r"\W")
_DIGIT = re.compile(r"\d")
_BOOKMARK = re.compile(rf"_?((?:tal|text|cell|not)_\w+?)(?:_([0-9a-f]{{{_PROOF}}}))?")
CELL, NOTE = "cell", "not"
"""The kinds of tags beside those of the chapters: a table's number, and a note at a table."""

CellPlace = tuple[int, int]
"""A row and a column of a table, from 0."""


def bookmark_of(tag: str, text: str) -> str:
    """The name of a tag's bookmark. It ends in a digest of what was printed, so that a text that
    has been typed over is told from one whose data have changed. Words begin hidden names with an
    underscore, and lets them have forty letters."""
    return f"_{tag}_{_digest(text, _PROOF)}"


def proof_of(text: str) -> str:
    """The digest of a text in the name of a bookmark."""
    return _digest(text, _PROOF)


def read_bookmark(name: str) -> tuple[str, str] | None:
    """The tag and the digest that a bookmark's name holds; None for any other bookmark. A person
    may leave out the underscore and the digest."""
    found = _BOOKMARK.fullmatch(name)
    return (found[1], found[2] or "") if found else None


def cell_tags(table: Table) -> Mapping[CellPlace, str]:
    """The tags of a table's numbers. They follow the row's and the column's own words, so that they
    are the same when rows come or go."""
    stubs, found = Counter[str](), {}
    columns = _columns(table)
    for number, row in enumerate(table.rows):
        stubs[row[0]] += 1
        stub = _digest(f"{row[0]}|{stubs[row[0]]}", _DIGITS)
        for column, text in enumerate(row):
            if column and _DIGIT.search(text):
                found[number, column] = f"{CELL}_{_short(table)}_{stub}_{columns[column]}"
    return found


def note_tag(table: Table, row: int, column: int) -> str:
    """The tag of a note at a table; row −1 is the headings."""
    stub = table.rows[row][0] if row >= 0 else ""
    return f"{NOTE}_{_short(table)}_{_digest(f'{stub}|{column}', _DIGITS)}"


def _columns(table: Table) -> list[str]:
    heads = Counter[str]()
    found = []
    for column in table.columns:
        heads[column.heading] += 1
        found.append(_digest(f"{column.heading}|{heads[column.heading]}", _DIGITS))
    return found


def _short(table: Table) -> str:
    """A table's id as the name of a bookmark can hold it; a long one by its digest."""
    name = _NO_WORD.sub("_", table.id)
    return name if len(name) <= _TABLE else f"{name[: _TABLE - _DIGITS]}{_digest(name, _DIGITS)}"


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
