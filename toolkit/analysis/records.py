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

from toolkit.returns.submission import Missing, Record, Typed, several
from toolkit.words.cells import CellRef

PROVENANCE = ("lan", "lansnamn", "fil", "blad", "rad")
"""The columns that stand before a table's own in the merged workbook and in the CSV files."""

Text = str | Missing
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

    def get(self, field: str) -> Typed:
        """A field by its id in the spec; blank where the year does not ask for it."""
        if field not in self.record.columns.index:
            return Missing.BLANK
        return self.record.get(field)

    def text(self, field: str) -> Text:
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

    id: Text
    code: Text
    post: Text
    violence: Text
    kind: Text
    basis: Text
    outcome: Amount
    share: Amount
    ground: Text
    activity: Text
    recipient: Text
    comment: Text

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

    id: Text
    goal: Text
    title: Text
    kind: Text
    violence: Text
    status: Text
    code: Text
    result: Text
    good_example: Text
    example: Text


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

    id: Text
    indicator: Text
    activity: Text
    sex: Text
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

    id: Text
    situation: Text
    aim: Text


@dataclass(frozen=True, slots=True)
class Situation(MergedRecord):
    """A line of Lägesbild: something that a county has seen."""

    TABLE: ClassVar[str] = "lagesbild"
    FIELDS: ClassVar[Mapping[str, str]] = {"id": "id"}

    id: Text


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

    post: Text
    opening: Amount
    spent: Amount
    closing: Amount
    comment: Text


@dataclass(frozen=True, slots=True)
class LedgerStatement(MergedRecord):
    """What a county says that its ledger holds on one verksamhetskod."""

    TABLE: ClassVar[str] = "huvudbok"
    FIELDS: ClassVar[Mapping[str, str]] = {"code": "verksamhetskod", "amount": "huvudbok"}

    code: Text
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

    area: Text
    status: Text
    amount: Amount
    reason: Text


def kronor(amount: Amount) -> Decimal:
    """An amount for adding up: what is missing counts as nothing.

    >>> kronor(Missing.UNKNOWN)
    Decimal('0')
    """
    return amount if isinstance(amount, Decimal) else Decimal(0)


def spend_line(row: MergedRow) -> SpendLine:
    """A row of Ekonomi."""
    field = SpendLine.FIELDS
    return SpendLine(
        source=row,
        id=row.text(field["id"]),
        code=row.text(field["code"]),
        post=row.text(field["post"]),
        violence=row.text(field["violence"]),
        kind=row.text(field["kind"]),
        basis=row.text(field["basis"]),
        outcome=row.amount(field["outcome"]),
        share=row.amount(field["share"]),
        ground=row.text(field["ground"]),
        activity=row.text(field["activity"]),
        recipient=row.text(field["recipient"]),
        comment=row.text(field["comment"]),
    )


def activity(row: MergedRow) -> Activity:
    """A row of Aktiviteter."""
    field = Activity.FIELDS
    return Activity(
        source=row,
        id=row.text(field["id"]),
        goal=row.text(field["goal"]),
        title=row.text(field["title"]),
        kind=row.text(field["kind"]),
        violence=row.text(field["violence"]),
        status=row.text(field["status"]),
        code=row.text(field["code"]),
        result=row.text(field["result"]),
        good_example=row.text(field["good_example"]),
        example=row.text(field["example"]),
    )


def indicator_value(row: MergedRow) -> IndicatorValue:
    """A row of Indikatorer."""
    field = IndicatorValue.FIELDS
    return IndicatorValue(
        source=row,
        id=row.text(field["id"]),
        indicator=row.text(field["indicator"]),
        activity=row.text(field["activity"]),
        sex=row.text(field["sex"]),
        value=row.amount(field["value"]),
        before=row.amount(field["before"]),
        target=row.amount(field["target"]),
    )


def goal(row: MergedRow) -> Goal:
    """A row of Mål."""
    field = Goal.FIELDS
    return Goal(
        source=row,
        id=row.text(field["id"]),
        situation=row.text(field["situation"]),
        aim=row.text(field["aim"]),
    )


def situation(row: MergedRow) -> Situation:
    """A row of Lägesbild."""
    return Situation(source=row, id=row.text(Situation.FIELDS["id"]))


def appropriation_line(row: MergedRow) -> AppropriationLine:
    """A row of the appropriation account."""
    field = AppropriationLine.FIELDS
    return AppropriationLine(
        source=row,
        post=row.text(field["post"]),
        opening=row.amount(field["opening"]),
        spent=row.amount(field["spent"]),
        closing=row.amount(field["closing"]),
        comment=row.text(field["comment"]),
    )


def ledger_statement(row: MergedRow) -> LedgerStatement:
    """A row of what the county says of its ledger."""
    field = LedgerStatement.FIELDS
    return LedgerStatement(
        source=row, code=row.text(field["code"]), amount=row.amount(field["amount"])
    )


def earmark_statement(row: MergedRow) -> EarmarkStatement:
    """A row of Särredovisning."""
    field = EarmarkStatement.FIELDS
    return EarmarkStatement(
        source=row,
        area=row.text(field["area"]),
        status=row.text(field["status"]),
        amount=row.amount(field["amount"]),
        reason=row.text(field["reason"]),
    )
