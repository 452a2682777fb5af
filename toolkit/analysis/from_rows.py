"""Merged rows → typed records. Which field an attribute holds is told by the records themselves.

Written out attribute by attribute, so that the type of each is checked where it is read."""

from __future__ import annotations

from toolkit.analysis.records import (
    Activity,
    AppropriationLine,
    EarmarkStatement,
    Goal,
    IndicatorValue,
    LedgerStatement,
    MergedRow,
    Situation,
    SpendLine,
)


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
        level=row.text(field["level"]),
        municipality=row.text(field["municipality"]),
        sex=row.text(field["sex"]),
        age=row.text(field["age"]),
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
        allotted=row.amount(field["allotted"]),
        moved=row.amount(field["moved"]),
        available=row.amount(field["available"]),
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
