"""The merged rows as typed records: which attribute holds which role.

A record is made once, at merge. Where a county's value may be missing, the attribute's type says so
and the kind of absence is kept: zero, blank, u.s. and e.t. are four different answers. What the
year does not ask for is no answer at all: it cannot be added up, so whoever counts with a role asks
`spec.bound.has(...)` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from toolkit.analysis.states import Dimension
from toolkit.files.errors import LansrapportError
from toolkit.returns.submission import Missing, Record, Typed, several
from toolkit.spec import roles
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.roles import FieldRole, TableRole
from toolkit.words.cells import CellRef

PLACED = ("county", "county_name", "file", "sheet", "row")
"""The columns of PROVENANCE as they are called in code; a chapter may use both."""


class NotAsked(Enum):
    """What an attribute holds when no field of the year holds its role: nobody has been asked, so
    nobody has left it blank."""

    NOT_ASKED = "not asked"

    # As false as a Missing, for whoever asks only whether anything stands there.
    def __bool__(self) -> bool:
        return False


NOT_ASKED = NotAsked.NOT_ASKED
TextValue = str | Missing | NotAsked
"""A text, an id or a code."""
Amount = Decimal | Missing | NotAsked
"""Kronor, a share in percent or a count, as the county has written it."""


class NotAskedError(LansrapportError):
    """An amount that the year does not ask for was to be added up."""


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
        """A field by its id or its role. Raises KeyError where the year does not ask for it."""
        return self.record.get(field)

    def asks(self, field: str) -> bool:
        """Whether the row has a field of that id or role."""
        return field in self.record.columns.index

    def text(self, role: FieldRole) -> TextValue:
        """A text, an id or a code. Raises TypeError when the year's field is of another kind."""
        if not self.asks(role):
            return NOT_ASKED
        value = self.get(role)
        if isinstance(value, str | Missing):
            return value
        raise TypeError(f"{role} is no text")

    def amount(self, role: FieldRole) -> Amount:
        """A number. Raises TypeError when the year's field is of another kind."""
        if not self.asks(role):
            return NOT_ASKED
        value = self.get(role)
        if isinstance(value, Decimal | Missing):
            return value
        # A year may count whole persons: an integer is a number like any other.
        if isinstance(value, int):
            return Decimal(value)
        raise TypeError(f"{role} is no number")

    def codes(self, field: str) -> tuple[str, ...]:
        """The codes of a field with several answers; none when it has not been answered."""
        return several(self.get(field))


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """What every typed record has: the merged row it was made from. A kind of record names its
    table, and the field that each attribute holds, by their roles."""

    TABLE: ClassVar[TableRole]
    FIELDS: ClassVar[Mapping[str, FieldRole]]

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
        if not self.source.asks(field):
            return CellRef(self.sheet, self.row, 1)
        return self.source.record.ref(field)


@dataclass(frozen=True, slots=True)
class SpendLine(MergedRecord):
    """A line of Ekonomi: what was spent on what."""

    TABLE: ClassVar[TableRole] = roles.SPEND
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "id": roles.SPEND_ID,
        "code": roles.SPEND_CODE,
        "post": roles.SPEND_ITEM,
        "violence": roles.SPEND_VIOLENCE,
        "kind": roles.SPEND_KIND,
        "basis": roles.SPEND_NATURE,
        "outcome": roles.SPEND_AMOUNT,
        "share": roles.SPEND_SHARE,
        "ground": roles.SPEND_BASIS,
        "activity": roles.SPEND_ACTIVITY,
        "recipient": roles.SPEND_RECIPIENT,
        "comment": roles.SPEND_COMMENT,
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

    TABLE: ClassVar[TableRole] = roles.ACTIVITY
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "id": roles.ACTIVITY_ID,
        "goal": roles.ACTIVITY_GOAL,
        "title": roles.ACTIVITY_HEADING,
        "kind": roles.ACTIVITY_KIND,
        "violence": roles.ACTIVITY_VIOLENCE,
        "status": roles.ACTIVITY_STATE,
        "code": roles.ACTIVITY_CODE,
        "result": roles.ACTIVITY_RESULT,
        "good_example": roles.ACTIVITY_IS_EXAMPLE,
        "example": roles.ACTIVITY_EXAMPLE,
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

    def offered_example(self, yes: str) -> str:
        """The text of a good example that the county offers, with the code for `yes`; empty where
        it offers none."""
        offered = self.good_example == yes and isinstance(self.example, str)
        return str(self.example) if offered else ""


@dataclass(frozen=True, slots=True)
class IndicatorValue(MergedRecord):
    """A line of Indikatorer: this year's value, last year's, and the target."""

    TABLE: ClassVar[TableRole] = roles.INDICATOR
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "id": roles.INDICATOR_ID,
        "indicator": roles.INDICATOR_CODE,
        "activity": roles.INDICATOR_ACTIVITY,
        "level": roles.INDICATOR_LEVEL,
        "municipality": roles.INDICATOR_MUNICIPALITY,
        "sex": roles.INDICATOR_SEX,
        "age": roles.INDICATOR_AGE,
        "value": roles.INDICATOR_VALUE,
        "before": roles.INDICATOR_BEFORE,
        "target": roles.INDICATOR_TARGET,
    }

    id: TextValue
    indicator: TextValue
    activity: TextValue
    level: TextValue
    municipality: TextValue
    sex: TextValue
    age: TextValue
    value: Amount
    before: Amount
    target: Amount


@dataclass(frozen=True, slots=True)
class Goal(MergedRecord):
    """A line of Mål, with the situation that it starts from."""

    TABLE: ClassVar[TableRole] = roles.GOAL
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "id": roles.GOAL_ID,
        "situation": roles.GOAL_SITUATION,
        "aim": roles.GOAL_OBJECTIVE,
    }

    id: TextValue
    situation: TextValue
    aim: TextValue


@dataclass(frozen=True, slots=True)
class Situation(MergedRecord):
    """A line of Lägesbild: something that a county has seen."""

    TABLE: ClassVar[TableRole] = roles.SITUATION
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {"id": roles.SITUATION_ID}

    id: TextValue


@dataclass(frozen=True, slots=True)
class AppropriationLine(MergedRecord):
    """A county's account of one anslagspost."""

    TABLE: ClassVar[TableRole] = roles.APPROPRIATION
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "post": roles.APPROPRIATION_ITEM,
        "opening": roles.APPROPRIATION_OPENING,
        "allotted": roles.APPROPRIATION_ALLOTTED,
        "moved": roles.APPROPRIATION_MOVED,
        "available": roles.APPROPRIATION_AVAILABLE,
        "spent": roles.APPROPRIATION_SPENT,
        "closing": roles.APPROPRIATION_CLOSING,
        "comment": roles.APPROPRIATION_COMMENT,
    }

    post: TextValue
    opening: Amount
    allotted: Amount
    moved: Amount
    available: Amount
    spent: Amount
    closing: Amount
    comment: TextValue


@dataclass(frozen=True, slots=True)
class LedgerStatement(MergedRecord):
    """What a county says that its ledger holds on one verksamhetskod."""

    TABLE: ClassVar[TableRole] = roles.LEDGER
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "code": roles.LEDGER_CODE,
        "amount": roles.LEDGER_BOOKED,
    }

    code: TextValue
    amount: Amount


@dataclass(frozen=True, slots=True)
class EarmarkStatement(MergedRecord):
    """What a county says of an area that must be reported apart."""

    TABLE: ClassVar[TableRole] = roles.EARMARK
    FIELDS: ClassVar[Mapping[str, FieldRole]] = {
        "area": roles.EARMARK_AREA,
        "status": roles.EARMARK_STATE,
        "amount": roles.EARMARK_AMOUNT,
        "reason": roles.EARMARK_REASON,
    }

    area: TextValue
    status: TextValue
    amount: Amount
    reason: TextValue


def kronor(amount: Amount) -> Decimal:
    """An amount for adding up: what a county has left out counts as nothing. Raises NotAskedError
    for what no county has been asked.

    >>> kronor(Missing.UNKNOWN)
    Decimal('0')
    """
    if amount is NOT_ASKED:
        raise NotAskedError("an amount that the year does not ask for")
    return amount if isinstance(amount, Decimal) else Decimal(0)
