"""Sheets whose cells other sheets count on: where their columns stand, and the formulas over
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.table import IMPOSSIBLE
from toolkit.words.cells import column_letter, formula_text, quote_sheet

_NUMBER = re.compile(r"(\u2212?)([\d\s]+(?:,\d+)?)(\s*%)?")
FIRST = 5
"""The first row below the headings, as Excel counts them."""

Condition = tuple[str, str]
"""A range, and what its cells are to be equal to, as a formula has it."""


@dataclass(frozen=True)
class CellFormula:
    """What is counted in a cell, and what it came to when the file was written."""

    text: str
    value: object = None


@dataclass(frozen=True)
class Grid:
    """A sheet of rows under headings. `ids` name the columns for formulas; a value that is a
    CellFormula is counted."""

    sheet: str
    ids: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]

    @cached_property
    def _places(self) -> dict[str, str]:
        return {name: column_letter(place) for place, name in enumerate(self.ids, 1)}

    def column(self, name: str) -> str:
        """A whole column below its heading, as other sheets name it."""
        letters, last = self._places[name], FIRST + max(len(self.rows), 1) - 1
        return f"{quote_sheet(self.sheet)}!${letters}${FIRST}:${letters}${last}"

    def cell(self, name: str, line: int) -> str:
        """One cell, counted from 0, as other sheets name it."""
        return f"{quote_sheet(self.sheet)}!${self._places[name]}${FIRST + line}"

    def own(self, name: str, line: int) -> str:
        """One cell, as its own sheet names it."""
        return f"${self._places[name]}{FIRST + line}"


def count_of(*conditions: Condition) -> str:
    """How many rows fulfil all conditions."""
    return f"COUNTIFS({_listed(conditions)})"


def sum_of(amounts: str, *conditions: Condition) -> str:
    """What the rows that fulfil all conditions come to. A text among the amounts is nothing."""
    return f"SUMIFS({amounts},{_listed(conditions)})" if conditions else f"SUM({amounts})"


def either(condition: str, then: str, otherwise: str) -> str:
    """One or the other."""
    return f"IF({condition},{then},{otherwise})"


def share_of(part: str, whole: str, nothing: str) -> str:
    """A share; a text where there is nothing to divide."""
    return either(f"N({part})*N({whole})=0", formula_text(nothing), f"{part}/{whole}")


def part_of(part: str, whole: str, nothing: str) -> str:
    """The same of a part of a whole; a full stop where amounts below nought make it none."""
    none = f"OR(N({part})<0,N({part})>N({whole}))"
    share = either(none, formula_text(IMPOSSIBLE), f"{part}/{whole}")
    return either(f"N({part})*N({whole})=0", formula_text(nothing), share)


def _listed(conditions: Sequence[Condition]) -> str:
    return ",".join(f"{cells},{wanted}" for cells, wanted in conditions)


def number_of(printed: str) -> Decimal | None:
    """A printed number; a share as a part of one. None for what is no number.

    >>> number_of("1\N{NO-BREAK SPACE}234,5"), number_of("82,4 %"), number_of("..")
    (Decimal('1234.5'), Decimal('0.824'), None)
    """
    found = _NUMBER.fullmatch(printed.strip())
    if not found:
        return None
    number = Decimal("".join(found[2].split()).replace(",", "."))
    signed = -number if found[1] else number
    return signed / 100 if found[3] else signed
