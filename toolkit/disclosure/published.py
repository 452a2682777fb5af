"""Published files as they lie, and what the house knows that their readers should not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Rows = Sequence[Sequence[str]]
Around = Sequence[Sequence[str]]
"""What stands around something, nearest first: titles of axes and sheets, caption and alternative
text, headings."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as rows of texts, with what stands around it; the numbers behind a chart are one
    too, and so are the squares of a map."""

    rows: Rows
    around: Around = ()


@dataclass(frozen=True, slots=True)
class PublishedNote:
    """A text that belongs to a table or a figure: its caption, its alternative text, a note, what
    is written into a drawing."""

    text: str
    around: Around = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What a reader sees of one file: its paragraphs, notes and alternative texts, its tables, and
    once more what belongs to a table or a figure. `sections` are the headings with the paragraphs
    below each. `county` is the code of the one it is about, empty when it is about all."""

    year: int
    county: str
    file: str
    paragraphs: Sequence[str]
    tables: Sequence[PublishedTable]
    sections: Sequence[tuple[str, Sequence[str]]] = ()
    notes: Sequence[PublishedNote] = ()


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns are called that tell of indicators row by row."""

    total: str
    counties: str
    before: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The counts themselves, by year and indicator and then county; the names of the counties and
    of the indicators that count persons, by code; and the lowest count that may be told. `called`
    are a county's other names: its label, its letters. `others` are the indicators that do not
    count persons. `unknown` are the counties that do not know their own count, by year and
    indicator: a low number that a text tells of them is as near as anybody comes to it."""

    counts: Mapping[tuple[int, str], Mapping[str, int]]
    counties: Mapping[str, str]
    indicators: Mapping[str, str]
    least: int
    headings: Headings
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    others: Sequence[str] = ()
    unknown: Mapping[tuple[int, str], frozenset[str]] = field(default_factory=dict)
