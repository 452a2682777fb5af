"""The merged rows as typed records, and the one place where analysis, report and export learn what
the year's fields are called.

A record is made once, at merge. Where a county's value may be missing, the attribute's type says so
and the kind of absence is kept: zero, blank, u.s. and e.t. are four different answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from toolkit.analysis.states import Dimension
from toolkit.returns.submission import Missing, Record, Typed, several
from toolkit.words.cells import CellRef

PROVENANCE = ("lan", "lansnamn", "fil", "blad", "rad")
"""The columns that stand before a table's own in the merged workbook and in the CSV files."""

_YES = "JA"

TextValue = str | Missing
"""A text, an id or a code."""
Amount = Decimal | Missing
"""Kronor, a share in percent or a count, as the county has written it."""


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One merged row of any table, for what is the same for all of them: the merged workbook, the
    CSV files and the texts that name a field themselves. `record` holds the computed fields as the
    toolkit computes them."""

    county: str
    county_name: str
    file: str
    record: Record

    @property
    def sheet(self) -> str:
        """The sheet in the county's own file."""
        return self.record.columns.sheet

    @property
    def row(self) -> int:
        """The row in the county's own file."""
        return self.record.row

    @property
    def values(self) -> tuple[Typed, ...]:
        """What stands under PROVENANCE and then under the table's fields."""
        place = (self.county, self.county_name, self.file, self.sheet, self.row)
        return (*place, *self.record.typed)

    def __getitem__(self, name: str) -> Typed:
        """What stands under one of PROVENANCE, or in one of the table's fields. Raises KeyError."""
        if name in PROVENANCE:
            return self.values[PROVENANCE.index(name)]
        return self.record.get(name)

    def get(self, field: str) -> Typed:
        """A field by its id in the spec; blank where the year does not ask for it."""
        if field not in self.record.columns.index:
            return Missing.BLANK
        return self.record.get(field)

    def text(self, field: str) -> TextValue:
        """A text, an id or a code. Raises TypeError when the year's field is of another kind."""
        value = self.get(field)
        if isinstance(value, str | Missing):
            return value
        raise TypeError(f"{self.record.columns.table}.{field} is no text")

    def amount(self, field: str) -> Amount:
        """A number. Raises TypeError when the year's field is of another kind."""
        value = self.get(field)
        if isinstance(value, Decimal | Missing):
            return value
        raise TypeError(f"{self.record.columns.table}.{field} is no number")

    def codes(self, field: str) -> tuple[str, ...]:
        """The codes of a field with several answers; none when it has not been answered."""
        return several(self.get(field))


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """What every typed record has: the merged row it was made from. A kind of record names its
    table, and the id of the field that each attribute holds."""

    TABLE: ClassVar[str]
    FIELDS: ClassVar[Mapping[str, str]]

    source: MergedRow

    @property
    def county(self) -> str:
        """The county's code."""
        return self.source.county

    @property
    def county_name(self) -> str:
        """The county's name."""
        return self.source.county_name

    @property
    def file(self) -> str:
        """The county's file, by its name."""
        return self.source.file

    @property
    def sheet(self) -> str:
        """The sheet in that file."""
        return self.source.sheet

    @property
    def row(self) -> int:
        """The row on that sheet."""
        return self.source.row

    def ref(self, attribute: str) -> CellRef:
        """The cell of an attribute in the county's own file; the row's first cell where the file
        has no such column."""
        field = self.FIELDS[attribute]
        known = field in self.source.record.columns.index
        return self.source.record.ref(field) if known else CellRef(self.sheet, self.row, 1)


@dataclass(frozen=True, slots=True)
class SpendLine(MergedRecord):
    """A line of Ekonomi: what was spent on what."""

    TABLE: ClassVar[str] = "ekonomi"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "code": "verksamhetskod",
        "post": "anslagspost",
        "violence": "valdsform",
        "kind": "kostnadsslag",
        "basis": "slag",
        "outcome": "utfall",
        "share": "andel",
        "ground": "grund",
        "activity": "aktivitet_id",
        "recipient": "mottagare",
        "comment": "kommentar",
    }

    id: TextValue
    code: TextValue
    post: TextValue
    violence: TextValue
    kind: TextValue
    basis: TextValue
    outcome: Amount
    share: Amount
    ground: TextValue
    activity: TextValue
    recipient: TextValue
    comment: TextValue

    def of(self, dimension: Dimension) -> TextValue:
        """The line's code in one way of cutting the money."""
        return {Dimension.CODE: self.code, Dimension.KIND: self.kind, Dimension.POST: self.post}[
            dimension
        ]

    @property
    def spent(self) -> Decimal:
        """The outcome for adding up: what is missing counts as nothing."""
        return kronor(self.outcome)


@dataclass(frozen=True, slots=True)
class Activity(MergedRecord):
    """A line of Aktiviteter: what a county has done."""

    TABLE: ClassVar[str] = "aktiviteter"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "goal": "mal_id",
        "title": "rubrik",
        "kind": "typ",
        "violence": "valdsform",
        "status": "status",
        "code": "verksamhetskod",
        "result": "resultat",
        "good_example": "gott_exempel",
        "example": "exempeltext",
    }

    id: TextValue
    goal: TextValue
    title: TextValue
    kind: TextValue
    violence: TextValue
    status: TextValue
    code: TextValue
    result: TextValue
    good_example: TextValue
    example: TextValue

    @property
    def offered_example(self) -> str:
        """The text of a good example that the county offers; empty where it offers none."""
        offered = self.good_example == _YES and isinstance(self.example, str)
        return str(self.example) if offered else ""


@dataclass(frozen=True, slots=True)
class IndicatorValue(MergedRecord):
    """A line of Indikatorer: this year's value, last year's, and the target."""

    TABLE: ClassVar[str] = "indikatorer"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "indicator": "indikator",
        "activity": "aktivitet_id",
        "sex": "kon",
        "value": "varde",
        "before": "foregaende",
        "target": "malvarde",
    }

    id: TextValue
    indicator: TextValue
    activity: TextValue
    sex: TextValue
    value: Amount
    before: Amount
    target: Amount


@dataclass(frozen=True, slots=True)
class Goal(MergedRecord):
    """A line of Mål, with the situation that it starts from."""

    TABLE: ClassVar[str] = "mal"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "situation": "lagesbild_id",
        "aim": "malsattning",
    }

    id: TextValue
    situation: TextValue
    aim: TextValue


@dataclass(frozen=True, slots=True)
class Situation(MergedRecord):
    """A line of Lägesbild: something that a county has seen."""

    TABLE: ClassVar[str] = "lagesbild"
    FIELDS: ClassVar[Mapping[str, str]] = {"id": "id"}

    id: TextValue


@dataclass(frozen=True, slots=True)
class AppropriationLine(MergedRecord):
    """A county's account of one anslagspost."""

    TABLE: ClassVar[str] = "anslag"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "post": "anslagspost",
        "opening": "ingaende",
        "spent": "utgifter",
        "closing": "utgaende",
        "comment": "kommentar",
    }

    post: TextValue
    opening: Amount
    spent: Amount
    closing: Amount
    comment: TextValue


@dataclass(frozen=True, slots=True)
class LedgerStatement(MergedRecord):
    """What a county says that its ledger holds on one verksamhetskod."""

    TABLE: ClassVar[str] = "huvudbok"
    FIELDS: ClassVar[Mapping[str, str]] = {"code": "verksamhetskod", "amount": "huvudbok"}

    code: TextValue
    amount: Amount


@dataclass(frozen=True, slots=True)
class EarmarkStatement(MergedRecord):
    """What a county says of an area that must be reported apart."""

    TABLE: ClassVar[str] = "sarredovisning"
    FIELDS: ClassVar[Mapping[str, str]] = {
        "area": "omrade",
        "status": "status",
        "amount": "belopp",
        "reason": "skal",
    }

    area: TextValue
    status: TextValue
    amount: Amount
    reason: TextValue


def kronor(amount: Amount) -> Decimal:
    """An amount for adding up: what is missing counts as nothing.

    >>> kronor(Missing.UNKNOWN)
    Decimal('0')
    """
    return amount if isinstance(amount, Decimal) else Decimal(0)
