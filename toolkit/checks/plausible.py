"""Rules on what is likely: trends, budget against outcome, amounts in thousands. All of them ask."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.amounts import format_kr, format_number, format_percent
from toolkit.checks.case import Case
from toolkit.checks.trends import least_change
from toolkit.findings import Finding
from toolkit.submission import Missing, Record


def check_trend(case: Case) -> Iterator[Finding]:
    """A value that differs from the previous year's, as the row states it, beyond both limits and has no comment."""
    table = case.spec.tables["indikatorer"]
    for record in case.submission.records(table.id):
        now, before = record.get("varde"), record.get("foregaende")
        if not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
            continue
        change = (now - before) / before
        large = abs(now - before) > least_change(case, record) and abs(change) * 100 > case.spec.limits.trend_percent
        if large and record.get("kommentar") is Missing.BLANK and case.sure(record, "foregaende"):
            yield case.say(
                    "TREND-INDIKATOR", table, table.by_id["varde"], record.ref("varde"), now=format_number(now),
                    before=format_number(before), change=format_percent(change, 0),
                )  # fmt: skip


def check_budget(case: Case) -> Iterator[Finding]:
    """An outcome above budget by more than the limit."""
    table = case.spec.tables["ekonomi"]
    for record in case.submission.records(table.id):
        budget, spent = record.get("budget"), record.get("utfall")
        if isinstance(budget, Decimal) and isinstance(spent, Decimal) and budget > 0:
            over = (spent - budget) / budget
            if over * 100 > case.spec.limits.spend_over_budget_percent and case.sure(record, "budget"):
                yield case.say(
                    "EKON-BUDGET", table, table.by_id["utfall"], record.ref("utfall"), spent=format_kr(spent),
                    budget=format_kr(budget), over=format_percent(over, 0),
                )  # fmt: skip


def check_thousands(case: Case) -> Iterator[Finding]:
    """All outcomes are so small that they look like thousands of kronor: one question, not a hundred."""
    table = case.spec.tables["ekonomi"]
    rows = [row for row in case.submission.records(table.id) if isinstance(row.get("utfall"), Decimal)]
    if len(rows) >= 5 and all(abs(row.amount("utfall")) < case.spec.limits.tkr_ceiling for row in rows):
        refs = [row.ref("utfall") for row in rows]
        yield case.say("RIMLIG-TKR", table, table.by_id["utfall"], *refs, largest=format_kr(_largest(rows)))


def _largest(rows: list[Record]) -> Decimal:
    return max(row.amount("utfall") for row in rows)


def check_negative(case: Case) -> Iterator[Finding]:
    """A negative outcome without a comment."""
    table = case.spec.tables["ekonomi"]
    for row in case.submission.records(table.id):
        if row.amount("utfall") < 0 and row.get("kommentar") is Missing.BLANK:
            spent = format_kr(row.amount("utfall"))
            yield case.say("EKON-MINUS", table, table.by_id["utfall"], row.ref("utfall"), spent=spent)
