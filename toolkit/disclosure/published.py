"""Published files as they lie, and what the house knows that their readers should not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """What a reader sees of one file: its paragraphs, notes and alternative texts, and its tables
    as rows of texts; the numbers behind a chart are a table too. `sections` are the headings with
    the paragraphs below each. `county` is the code of the one it is about, empty when it is about
    all."""

    year: int
    county: str
    file: str
    paragraphs: Sequence[str]
    tables: Sequence[Sequence[Sequence[str]]]
    sections: Sequence[tuple[str, Sequence[str]]] = ()


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
    of the indicators that count persons, by code; and the lowest count that may be told."""

    counts: Mapping[tuple[int, str], Mapping[str, int]]
    counties: Mapping[str, str]
    indicators: Mapping[str, str]
    least: int
    headings: Headings
