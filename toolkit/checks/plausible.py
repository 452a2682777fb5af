"""Rules on what is likely: trends, budget against outcome. All of them ask."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from toolkit.checks.case import Case
from toolkit.checks.trends import least_change
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Typed
from toolkit.spec.roles import (
    COST,
    EXPENDITURE,
    GRANT,
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_COMMENT,
    INDICATOR_VALUE,
    SPEND,
    SPEND_AMOUNT,
    SPEND_BASIS,
    SPEND_BUDGET,
    SPEND_COMMENT,
    SPEND_KIND,
    SPEND_NATURE,
    SPEND_RECIPIENT,
)
from toolkit.words.amounts import format_kr, format_number, format_percent_above


def check_trend(case: Case) -> Iterator[Finding]:
    """A value that differs from the previous year's, as the row states it, beyond both limits and
    has no comment."""
    fields = (INDICATOR_VALUE, INDICATOR_BEFORE, INDICATOR_CODE)
    for record in case.rows(INDICATOR, fields, partial(_is_large, case)):
        now, before = record.amount(INDICATOR_VALUE), record.amount(INDICATOR_BEFORE)
        is_unsaid = case.is_uncommented(record, INDICATOR_COMMENT)
        if is_unsaid and case.sure(record, INDICATOR_BEFORE):
            told = {"now": format_number(now), "before": format_number(before)}
            change = format_percent_above((now - before) / before, case.spec.limits.trend_percent)
            yield case.say_of("TREND-INDIKATOR", record, INDICATOR_VALUE, **told, change=change)


def _is_large(case: Case, now: Typed, before: Typed, indicator: Typed) -> bool:
    """Whether a change is beyond both limits. From nothing no percentage can be reckoned: what is
    new this year is for the county's report to tell."""
    if not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
        return False
    if abs(now - before) <= least_change(case, indicator):
        return False
    return abs((now - before) / before) * 100 > case.spec.limits.trend_percent


def check_budget(case: Case) -> Iterator[Finding]:
    """An outcome above budget by more than the limit."""
    for record in case.rows(SPEND, (SPEND_BUDGET, SPEND_AMOUNT), partial(_is_over, case)):
        budget, spent = record.amount(SPEND_BUDGET), record.amount(SPEND_AMOUNT)
        if case.sure(record, SPEND_BUDGET):
            told = {"spent": format_kr(spent), "budget": format_kr(budget)}
            limit = case.spec.limits.spend_over_budget_percent
            share = format_percent_above((spent - budget) / budget, limit)
            yield case.say_of("EKON-BUDGET", record, SPEND_AMOUNT, **told, over=share)


def _is_over(case: Case, budget: Typed, spent: Typed) -> bool:
    if not isinstance(budget, Decimal) or not isinstance(spent, Decimal) or budget <= 0:
        return False
    return (spent - budget) / budget * 100 > case.spec.limits.spend_over_budget_percent


def check_nature(case: Case) -> Iterator[Finding]:
    """Grants told as cost, or anything else told as expenditure: one question for all of them,
    whatever the comments say. The two are never added up, so a wrong one is in the wrong sum."""
    bound = case.spec.bound
    grant, right = bound[GRANT], {True: bound[EXPENDITURE], False: bound[COST]}

    def is_unlikely(kind: Typed, nature: Typed) -> bool:
        told = isinstance(kind, str) and nature in right.values()
        return told and nature != right[kind == grant]

    # What the kind of cost asks for beside it is missing: then the kind itself may be wrong.
    needed = case.held(SPEND_KIND, SPEND_NATURE, SPEND_RECIPIENT, SPEND_BASIS)
    found = case.rows(SPEND, (SPEND_KIND, SPEND_NATURE), is_unlikely)
    rows = [record for record in found if case.sure(record, *needed)]
    if rows:
        table, field = case.spec.table_of(SPEND), case.spec.field_of(SPEND_NATURE)
        refs = [record.ref(SPEND_NATURE) for record in rows]
        yield case.say("EKON-SLAG", table, field, *refs, count=len(refs))


def check_negative(case: Case) -> Iterator[Finding]:
    """A negative outcome without a comment."""
    for record in case.rows(SPEND, (SPEND_AMOUNT,), _is_negative):
        if case.is_uncommented(record, SPEND_COMMENT):
            spent = format_kr(record.amount(SPEND_AMOUNT))
            yield case.say_of("EKON-MINUS", record, SPEND_AMOUNT, spent=spent)


def _is_negative(spent: Typed) -> bool:
    return isinstance(spent, Decimal) and spent < 0
