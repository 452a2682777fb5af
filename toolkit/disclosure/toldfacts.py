"""What a published file says outright, number by number, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class FactKind(StrEnum):
    """A county's count, a low number of some of its persons, the sum of all, or the number of
    counties in it."""

    COUNT = "count"
    PART = "part"
    TOTAL = "total"
    COUNTIES = "counties"


class ToldPlace(NamedTuple):
    """Where a number stands: the file, and the sentence or the cell with its headings."""

    file: str
    words: str


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One number that stands in a file, at a `place`. `county` is empty where it is about all."""

    year: int
    indicator: str
    kind: FactKind
    county: str
    value: int
    place: ToldPlace | None = field(default=None, compare=False)
