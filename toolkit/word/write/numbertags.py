"""The names of what is printed of data, as bookmarks that are not seen: Word, LibreOffice and
screen readers pass over them, and keep them when the text around them is changed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.analysis.table import Table
from toolkit.word.ooxml.elements import Element, w

# Far above the bookmarks of headings and captions, which are numbered in their order.
_FIRST_ID = 100_000
_TABLE, _DIGITS, _PROOF = 14, 6, 4  # letters of a table's id, of a digest, of a text's digest
_NO_WORD = re.compile(r"\W")
_DIGIT = re.compile(r"\d")
CELL, NOTE = "cell", "not"
"""The kinds of tags beside those of the chapters: a table's number, and a note at a table."""

Place = tuple[int, int]
"""A row and a column of a table, from 0."""


@dataclass
class NumberTags:
    """The tags of one document. A name is there once; what is printed twice has it the first
    time."""

    used: set[str] = field(default_factory=set)

    def tagged(self, tag: str, text: str, *written: Element) -> list[Element]:
        """The elements that a text is written with, inside its bookmark where it has one."""
        ends = self.around(tag, text)
        return [ends[0], *written, ends[1]] if ends else list(written)

    def around(self, tag: str, text: str) -> tuple[Element, Element] | None:
        """The two ends of the bookmark of a text; None where there is no tag, or it is taken."""
        name = bookmark_of(tag, text)
        if not tag or name in self.used:
            return None
        number = str(_FIRST_ID + len(self.used))
        self.used.add(name)
        return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)


def bookmark_of(tag: str, text: str) -> str:
    """The name of a tag's bookmark. It ends in a digest of what was printed, so that a text that
    has been typed over is told from one whose data have changed. Words begin hidden names with an
    underscore, and lets them have forty letters."""
    return f"_{tag}_{_digest(text, _PROOF)}"


def cell_tags(table: Table) -> Mapping[Place, str]:
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
    return name if len(name) <= _TABLE else f"{name[:_TABLE - _DIGITS]}{_digest(name, _DIGITS)}"


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
