"""Rules on what is likely: trends, budget against outcome, amounts in thousands. All of them
ask."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from toolkit.checks.case import Case
from toolkit.checks.trends import least_change
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Typed
from toolkit.words.amounts import format_kr, format_number, format_percent
from toolkit.words.cells import CellRef

_FEWEST_AMOUNTS = 5  # so few small amounts may well be kronor


def check_trend(case: Case) -> Iterator[Finding]:
    """A value that differs from the previous year's, as the row states it, beyond both limits and
    has no comment."""
    for record in case.rows("indikatorer", _TREND_FIELDS, partial(_is_large, case)):
        now, before = record.amount("varde"), record.amount("foregaende")
        if case.sure(record, "foregaende"):
            told = {"now": format_number(now), "before": format_number(before)}
            change = format_percent((now - before) / before, 0)
            yield case.say_of("TREND-INDIKATOR", record, "varde", **told, change=change)


_TREND_FIELDS = ("varde", "foregaende", "kommentar", "indikator")


def _is_large(case: Case, now: Typed, before: Typed, comment: Typed, indicator: Typed) -> bool:
    """Whether a change is beyond both limits and unexplained. From nothing no percentage can be
    reckoned: what is new this year is for the county's report to tell."""
    if comment is not Missing.BLANK:
        return False
    if not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
        return False
    if abs(now - before) <= least_change(case, indicator):
        return False
    return abs((now - before) / before) * 100 > case.spec.limits.trend_percent


def check_budget(case: Case) -> Iterator[Finding]:
    """An outcome above budget by more than the limit."""
    for record in case.rows("ekonomi", ("budget", "utfall"), partial(_is_over, case)):
        budget, spent = record.amount("budget"), record.amount("utfall")
        if case.sure(record, "budget"):
            told = {"spent": format_kr(spent), "budget": format_kr(budget)}
            share = format_percent((spent - budget) / budget, 0)
            yield case.say_of("EKON-BUDGET", record, "utfall", **told, over=share)


def _is_over(case: Case, budget: Typed, spent: Typed) -> bool:
    if not isinstance(budget, Decimal) or not isinstance(spent, Decimal) or budget <= 0:
        return False
    return (spent - budget) / budget * 100 > case.spec.limits.spend_over_budget_percent


def check_thousands(case: Case) -> Iterator[Finding]:
    """All outcomes are so small that they look like thousands of kronor: one question, not a
    hundred."""
    table = case.spec.tables["ekonomi"]
    known = [value for value in case.column(table.id, "utfall") if isinstance(value, Decimal)]
    ceiling = case.spec.limits.tkr_ceiling
    if len(known) >= _FEWEST_AMOUNTS and max(map(abs, known)) < ceiling:
        field, largest = table.by_id["utfall"], format_kr(max(known))
        yield case.say("RIMLIG-TKR", table, field, *_cells_of(case, "utfall"), largest=largest)


def _cells_of(case: Case, name: str) -> list[CellRef]:
    """The cells of Ekonomi where a field holds a number."""
    rows = case.submission.records("ekonomi")
    return [row.ref(name) for row in rows if isinstance(row.get(name), Decimal)]


def check_negative(case: Case) -> Iterator[Finding]:
    """A negative outcome without a comment."""

    def unexplained(spent: Typed, comment: Typed) -> bool:
        return isinstance(spent, Decimal) and spent < 0 and comment is Missing.BLANK

    for record in case.rows("ekonomi", ("utfall", "kommentar"), unexplained):
        spent = format_kr(record.amount("utfall"))
        yield case.say_of("EKON-MINUS", record, "utfall", spent=spent)
