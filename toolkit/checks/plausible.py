"""Rules on what is likely: trends, budget against outcome, amounts in thousands. All of them
ask."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.trends import least_change
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Typed
from toolkit.words.amounts import format_kr, format_number, format_percent


def check_trend(case: Case) -> Iterator[Finding]:
    """A value that differs from the previous year's, as the row states it, beyond both limits and
    has no comment."""
    table = case.spec.tables["indikatorer"]
    limits = case.spec.limits

    def large(now: Typed, before: Typed, comment: Typed, indicator: Typed) -> bool:
        if (
            comment is not Missing.BLANK
            or not isinstance(now, Decimal)
            or not isinstance(before, Decimal)
            or not before
        ):
            return False
        change = abs(now - before)
        return (
            change > least_change(case, indicator)
            and abs((now - before) / before) * 100 > limits.trend_percent
        )

    for record in case.rows(table.id, ("varde", "foregaende", "kommentar", "indikator"), large):
        now, before = record.amount("varde"), record.amount("foregaende")
        if case.sure(record, "foregaende"):
            yield case.say(
                "TREND-INDIKATOR",
                table,
                table.by_id["varde"],
                record.ref("varde"),
                now=format_number(now),
                before=format_number(before),
                change=format_percent((now - before) / before, 0),
            )


def check_budget(case: Case) -> Iterator[Finding]:
    """An outcome above budget by more than the limit."""
    table = case.spec.tables["ekonomi"]
    limit = case.spec.limits.spend_over_budget_percent

    def over(budget: Typed, spent: Typed) -> bool:
        if not isinstance(budget, Decimal) or not isinstance(spent, Decimal) or budget <= 0:
            return False
        return (spent - budget) / budget * 100 > limit

    for record in case.rows(table.id, ("budget", "utfall"), over):
        budget, spent = record.amount("budget"), record.amount("utfall")
        if case.sure(record, "budget"):
            yield case.say(
                "EKON-BUDGET",
                table,
                table.by_id["utfall"],
                record.ref("utfall"),
                spent=format_kr(spent),
                budget=format_kr(budget),
                over=format_percent((spent - budget) / budget, 0),
            )


def check_thousands(case: Case) -> Iterator[Finding]:
    """All outcomes are so small that they look like thousands of kronor: one question, not a
    hundred."""
    table = case.spec.tables["ekonomi"]
    known = [value for value in case.column(table.id, "utfall") if isinstance(value, Decimal)]
    if len(known) >= 5 and all(abs(value) < case.spec.limits.tkr_ceiling for value in known):
        rows = case.submission.records(table.id)
        refs = [row.ref("utfall") for row in rows if isinstance(row.get("utfall"), Decimal)]
        yield case.say(
            "RIMLIG-TKR", table, table.by_id["utfall"], *refs, largest=format_kr(max(known))
        )


def check_negative(case: Case) -> Iterator[Finding]:
    """A negative outcome without a comment."""
    table = case.spec.tables["ekonomi"]

    def unexplained(spent: Typed, comment: Typed) -> bool:
        return isinstance(spent, Decimal) and spent < 0 and comment is Missing.BLANK

    for record in case.rows(table.id, ("utfall", "kommentar"), unexplained):
        spent = format_kr(record.amount("utfall"))
        yield case.say(
            "EKON-MINUS", table, table.by_id["utfall"], record.ref("utfall"), spent=spent
        )
