"""Rules on what is likely: trends, budget against outcome, amounts in thousands. All of them
ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from toolkit.checks.case import Case
from toolkit.checks.trends import least_change
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record, Typed
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_ALLOTTED,
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
    FieldRole,
)
from toolkit.words.amounts import format_kr, format_number, format_percent_above

_FEWEST_AMOUNTS = 5  # fewer small amounts may well be kronor, where nothing else says so
_ABOUT_A_THOUSAND = (300, 5000)  # times: of a budget a third to five times may have been spent
_ALLOTTED = 100  # times the ceiling: in kronor no county is allotted less, in thousands all are


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


def check_thousands(case: Case) -> Iterator[Finding]:
    """All outcomes are so small that they look like thousands of kronor: one question, not a
    hundred. A few are asked about where what the county was allotted looks so too, and those whose
    budgets do."""
    known = [value for value in case.column(SPEND, SPEND_AMOUNT) if isinstance(value, Decimal)]
    ceiling = case.spec.limits.tkr_ceiling
    is_small = bool(known) and max(map(abs, known)) < ceiling
    is_many = len(known) >= _FEWEST_AMOUNTS
    if is_small and (is_many or (any(known) and _is_allotted_in_thousands(case, ceiling))):
        rows = case.submission.records(SPEND)
        told = [row for row in rows if isinstance(row.get(SPEND_AMOUNT), Decimal)]
        yield _in_thousands(case, told, SPEND_AMOUNT)
    elif case.has(SPEND_BUDGET):
        yield from _beside_budgets(case)


def _beside_budgets(case: Case) -> Iterator[Finding]:
    """The lines whose outcome is about a thousandth of their budget, and those whose budget is
    about a thousandth of what was spent: of a single one of these is asked by itself."""
    small = list(_about_a_thousandth(case, SPEND_AMOUNT, SPEND_BUDGET))
    if small:
        yield _in_thousands(case, small, SPEND_AMOUNT)
    budgets = list(_about_a_thousandth(case, SPEND_BUDGET, SPEND_AMOUNT))
    if len(budgets) > 1:
        yield _in_thousands(case, budgets, SPEND_BUDGET)


def _about_a_thousandth(case: Case, part: FieldRole, whole: FieldRole) -> Iterator[Record]:
    low, high = _ABOUT_A_THOUSAND

    def test(small: Typed, large: Typed) -> bool:
        if not isinstance(small, Decimal) or not isinstance(large, Decimal) or small <= 0:
            return False
        return low * small <= large <= high * small

    for record in case.rows(SPEND, (part, whole), test):
        if case.sure(record, part, whole):
            yield record


def _in_thousands(case: Case, rows: Sequence[Record], name: FieldRole) -> Finding:
    table, field = case.spec.table_of(SPEND), case.spec.field_of(name)
    refs = [row.ref(name) for row in rows]
    told = {"largest": format_kr(max(row.amount(name) for row in rows))}
    return case.say("RIMLIG-TKR", table, field, *refs, **told)


def _is_allotted_in_thousands(case: Case, ceiling: Decimal) -> bool:
    """Whether all that the county says that it was allotted is too little for kronor."""
    is_asked = case.has(APPROPRIATION_ALLOTTED)
    stated = case.column(APPROPRIATION, APPROPRIATION_ALLOTTED) if is_asked else ()
    given = [abs(value) for value in stated if isinstance(value, Decimal) and value]
    return bool(given) and max(given) < ceiling * _ALLOTTED


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
