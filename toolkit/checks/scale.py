"""Every amount wrong in the same way: in thousands of kronor, or with the sign turned. Told once,
as an error, when all that the county itself states beside the lines of spend says so exactly; what
follows from it is not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from toolkit.checks.case import Case
from toolkit.checks.sheets import BY_ACCOUNT, BY_LEDGER, Reconciled, sums_are_known
from toolkit.findings.finding import Cure, Finding
from toolkit.returns.submission import Record
from toolkit.spec.roles import SPEND, SPEND_AMOUNT
from toolkit.words.amounts import read_number, tolerance
from toolkit.words.cells import brief_cells

_FEWEST_SUMS = 2  # sums that agree by chance are not two
_ROUNDED = Decimal(5)  # kronor: an amount in thousands is read to its last öre, ten kronor
_THOUSANDS, _TURNED = Decimal(1000), Decimal(-1)


def check_scale(case: Case) -> Iterator[Finding]:
    """The sums that the county states against those of its lines of spend, all of them at once."""
    pairs = list(_pairs(case))
    if len(pairs) < _FEWEST_SUMS:
        return
    rows = [row for row in case.submission.records(SPEND) if _has_amount(row)]
    if all(map(partial(_is_times, _THOUSANDS, _ROUNDED * len(rows)), pairs)):
        yield _said(case, "EKON-TKR", _THOUSANDS)
    elif all(map(partial(_is_times, _THOUSANDS, sum(map(_half_of_last, rows), Decimal(0))), pairs)):
        # What the amounts are to the krona only the county knows.
        yield replace(_said(case, "EKON-TKR", _THOUSANDS), cures=())
    elif all(map(partial(_is_times, _TURNED, Decimal(0)), pairs)):
        yield _said(case, "EKON-TECKEN", _TURNED)


def _pairs(case: Case) -> Iterator[tuple[Decimal, Decimal]]:
    """What is stated and what the lines of spend come to, where either is more than nothing."""
    for sums in (BY_LEDGER, BY_ACCOUNT):
        if case.has(*sums.needs) and sums_are_known(case):
            yield from _pairs_in(case, sums)


def _pairs_in(case: Case, sums: Reconciled) -> Iterator[tuple[Decimal, Decimal]]:
    for record in case.submission.records(sums.table):
        stated, total = record.get(sums.stated), case.reckoned(record, sums.total)
        if isinstance(stated, Decimal) and (stated or total):
            yield stated, total


def _is_times(factor: Decimal, rounded: Decimal, pair: tuple[Decimal, Decimal]) -> bool:
    stated, total = pair
    return bool(total) and abs(stated - total * factor) <= tolerance(0) + rounded


def _said(case: Case, code: str, factor: Decimal) -> Finding:
    """The finding in every cell that holds an amount, with what each of them is to be instead."""
    rows = filter(_has_amount, case.submission.records(SPEND))
    cures = tuple(Cure(row.ref(SPEND_AMOUNT), _written(row) * factor) for row in rows)
    refs = tuple(cure.ref for cure in cures)
    told = {"cells": brief_cells(refs)}
    table, field = case.spec.table_of(SPEND), case.spec.field_of(SPEND_AMOUNT)
    suggestion = case.catalogue.word(code.casefold().replace("-", "_"))
    return replace(case.say(code, table, field, *refs, suggestion=suggestion, **told), cures=cures)


def _written(row: Record) -> Decimal:
    """The amount before it is rounded to whole öre: in thousands its öre are further decimals."""
    number = read_number(row.value(SPEND_AMOUNT).raw)
    return row.amount(SPEND_AMOUNT) if number is None else number.value


def _half_of_last(row: Record) -> Decimal:
    """Kronor that an amount in thousands may have lost by rounding: half of its last digit."""
    exponent = _written(row).as_tuple().exponent
    return _THOUSANDS.scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) / 2


def _has_amount(row: Record) -> bool:
    return isinstance(row.get(SPEND_AMOUNT), Decimal)
