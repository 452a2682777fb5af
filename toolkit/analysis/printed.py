"""What a year's report has printed of the counts of persons: kept in the house, so that a number
which has been hidden stays hidden in later years and corrected editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PrintedIndicator:
    """One indicator's counts by county: those that were printed and those that were hidden. All
    were hidden, and the sum too, when it was withheld."""

    shown: Mapping[str, Decimal] = field(default_factory=dict)
    hidden: Mapping[str, Decimal] = field(default_factory=dict)
    withheld: bool = False


PrintRecord = Mapping[str, PrintedIndicator]
"""All indicators of a year that count persons, by code."""


@dataclass(frozen=True, slots=True)
class SecrecyState:
    """What the house alone knows: the key of the draw, and what was printed in an earlier edition
    of this year's report and in last year's; None where none was."""

    key: bytes = b""
    edition: PrintRecord | None = None
    before: PrintRecord | None = None
