"""Outcomes that look like thousands of kronor: all of them, all of a code, or single ones beside
their budgets. Of the first two the table is held back until the county has answered; a single one
may well be right, and is only asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from toolkit.checks.case import Case
from toolkit.checks.factors import StatedSum
from toolkit.checks.scale import stated_sums
from toolkit.checks.sheets import sums_are_known
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record, Typed
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_ALLOTTED,
    SPEND,
    SPEND_AMOUNT,
    SPEND_BUDGET,
    SPEND_CODE,
    FieldRole,
)
from toolkit.words.amounts import format_kr
from toolkit.words.cells import brief_cells

_FEWEST_AMOUNTS = 5  # fewer small amounts may well be kronor, where nothing else says so
_FEWEST_ROWS = 2  # of a code: one amount alone may well be right, and holds nothing back
_ABOUT_A_THOUSAND = (300, 5000)  # times: of a budget a third to five times may have been spent
_MUCH_LARGER = 300  # times: other codes' usual amount, beside that of a code in thousands
_LARGER = 100  # times: the same beside many amounts, all with a budget as small
_EXACTLY = (Decimal(900), Decimal(1100))  # times: what is stated of the very same amounts
_ALLOTTED = 100  # times the ceiling: in kronor no county is allotted less, in thousands all are


def check_thousands(case: Case) -> Iterator[Finding]:
    """All outcomes, or all of some codes, are so small that they look like thousands of kronor: one
    question, not a hundred. So are budgets beside what was spent, when they are not alone."""
    told = _told(case)
    if _are_all_small(case, told):
        yield _said(case, told, SPEND_AMOUNT)
        return
    held = _held(case, told)
    if held:
        yield _said(case, held, SPEND_AMOUNT)
    if case.has(SPEND_BUDGET):
        budgets = [row for row in told if _is_about(case, row, SPEND_BUDGET, SPEND_AMOUNT)]
        if len(budgets) > 1:
            yield _said(case, budgets, SPEND_BUDGET)


def check_single_thousands(case: Case) -> Iterator[Finding]:
    """Single outcomes that are about a thousandth of their budget, and codes with one amount, which
    is far less than the others: a question that holds nothing back."""
    told = _told(case) if case.has(SPEND_BUDGET) else []
    if _are_all_small(case, told):
        return
    held = {row.row for row in _held(case, told)}
    lone = {code.rows[0].row for code in _codes(case, told) if _is_lone(case, code)}
    rows = [row for row in told if row.row not in held and _is_single(case, row, lone)]
    if rows:
        yield _asked_only(case, rows)


def _is_single(case: Case, row: Record, lone: Collection[int]) -> bool:
    """Whether an amount looks like thousands by itself."""
    is_sure = case.sure(row, SPEND_AMOUNT, SPEND_BUDGET)
    return is_sure and (row.row in lone or _is_about(case, row, SPEND_AMOUNT, SPEND_BUDGET))


def _told(case: Case) -> list[Record]:
    rows = case.submission.records(SPEND)
    return [row for row in rows if isinstance(row.get(SPEND_AMOUNT), Decimal)]


# -------------------------------------------------------------------------- all that the county has
def _are_all_small(case: Case, told: Sequence[Record]) -> bool:
    """Whether no outcome reaches the ceiling. A few may be kronor, unless what the county was
    allotted looks like thousands too."""
    # Nought is that there is none, and the same in thousands: it says nothing of what others are.
    known = [abs(row.amount(SPEND_AMOUNT)) for row in told if row.amount(SPEND_AMOUNT)]
    ceiling = case.spec.limits.tkr_ceiling
    if not known or max(known) >= ceiling:
        return False
    is_many = len(known) >= _FEWEST_AMOUNTS
    return is_many or _is_allotted_in_thousands(case, ceiling)


def _is_allotted_in_thousands(case: Case, ceiling: Decimal) -> bool:
    """Whether all that the county says that it was allotted is too little for kronor."""
    is_asked = case.has(APPROPRIATION_ALLOTTED)
    stated = case.column(APPROPRIATION, APPROPRIATION_ALLOTTED) if is_asked else ()
    given = [abs(value) for value in stated if isinstance(value, Decimal) and value]
    return bool(given) and max(given) < ceiling * _ALLOTTED


# ---------------------------------------------------------------------------------- all of one code
@dataclass(frozen=True, slots=True)
class _Code:
    """The rows of one code with an amount that is not nothing, which is the same in thousands;
    `others` are what the other codes' rows come to, but for codes that are as small."""

    rows: tuple[Record, ...]
    others: tuple[Decimal, ...]

    @property
    def ratio(self) -> Decimal:
        """How many times larger the others' usual amount is; 0 where there are none."""
        if not self.others:
            return Decimal(0)
        return _usual(self.others) / _usual([abs(row.amount(SPEND_AMOUNT)) for row in self.rows])


def _usual(amounts: Sequence[Decimal]) -> Decimal:
    """The median of amounts, of which there is one at least."""
    ordered, middle = sorted(amounts), len(amounts) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def _codes(case: Case, told: Sequence[Record]) -> list[_Code]:
    by_code: dict[Typed | None, list[Record]] = {}
    for row in told:
        if row.amount(SPEND_AMOUNT):
            key = row.get(SPEND_CODE) if case.has(SPEND_CODE) else None
            by_code.setdefault(key, []).append(row)
    small = {key for key, rows in by_code.items() if all(_is_tiny(case, row) for row in rows)}
    return [_code_among(key, by_code, small) for key in by_code]


def _code_among(
    key: Typed | None, by_code: Mapping[Typed | None, Sequence[Record]], small: Collection[object]
) -> _Code:
    others = chain.from_iterable(by_code[one] for one in by_code if one != key and one not in small)
    return _Code(tuple(by_code[key]), tuple(abs(row.amount(SPEND_AMOUNT)) for row in others))


def _held(case: Case, told: Sequence[Record]) -> list[Record]:
    """The rows of the codes of which all amounts look like thousands, as they stand."""
    sums = _stated(case, told)
    codes = _codes(case, told)
    small = [
        code
        for code in codes
        if _contradicts(case, code, len(codes)) or _is_stated(case, code, told, sums)
    ]
    found = {row.row for row in chain.from_iterable(code.rows for code in small)}
    return [row for row in told if row.row in found]


def _contradicts(case: Case, code: _Code, codes: int) -> bool:
    """Whether budgets, or else the other codes' amounts, say that all of a code is in thousands."""
    if not all(case.sure(row, SPEND_AMOUNT) for row in code.rows):
        return False
    is_alone = len(code.rows) < _FEWEST_ROWS
    if _is_beside_budgets(case, code):
        return not is_alone or codes == 1
    return not is_alone and _is_far_below(case, code)


def _is_beside_budgets(case: Case, code: _Code) -> bool:
    """Whether amounts are about a thousandth of their budgets, and the rest of the code is as
    small."""
    beside = {row.row for row in code.rows if _is_about(case, row, SPEND_AMOUNT, SPEND_BUDGET)}
    return bool(beside) and all(row.row in beside or _is_tiny(case, row) for row in code.rows)


def _is_far_below(case: Case, code: _Code) -> bool:
    """Whether whole amounts, with budgets as small, are far less than the other codes'."""
    if not all(_is_tiny(case, row) for row in code.rows):
        return False
    is_many = len(code.rows) >= _FEWEST_AMOUNTS
    budgets = sum(map(_has_budget, code.rows)) if case.has(SPEND_BUDGET) else 0
    if not is_many and budgets < _FEWEST_ROWS:
        return False
    return code.ratio >= (_LARGER if is_many and budgets == len(code.rows) else _MUCH_LARGER)


def _is_lone(case: Case, code: _Code) -> bool:
    """Whether a code's only amount is whole, with a budget as small, and far less than others'."""
    row = code.rows[0]
    is_one = len(code.rows) == 1 and _has_budget(row) and _is_tiny(case, row)
    return is_one and code.ratio >= _MUCH_LARGER


def _has_budget(row: Record) -> bool:
    budget = row.get(SPEND_BUDGET)
    return isinstance(budget, Decimal) and budget > 0


def _is_tiny(case: Case, row: Record) -> bool:
    """Whether an outcome, and its budget if it has one, are whole and below the ceiling."""
    values = [row.get(name) for name in case.held(SPEND_AMOUNT, SPEND_BUDGET)]
    known = [value for value in values if isinstance(value, Decimal)]
    ceiling = case.spec.limits.tkr_ceiling
    return all(0 <= value < ceiling and value == value.to_integral_value() for value in known)


def _is_about(case: Case, row: Record, part: FieldRole, whole: FieldRole) -> bool:
    """Whether one of a row's amounts is about a thousandth of another."""
    if not case.has(part, whole):
        return False
    small, large = row.get(part), row.get(whole)
    if not isinstance(small, Decimal) or not isinstance(large, Decimal) or small <= 0:
        return False
    low, high = _ABOUT_A_THOUSAND
    return low * small <= large <= high * small and case.sure(row, part, whole)


def _stated(case: Case, told: Sequence[Record]) -> list[StatedSum]:
    return [one for _, _, one in stated_sums(case, told)] if sums_are_known(case) else []


def _is_stated(case: Case, code: _Code, told: Sequence[Record], sums: Sequence[StatedSum]) -> bool:
    """Whether all of a code is small, and what is stated of it is a thousand times as much."""
    ceiling = case.spec.limits.tkr_ceiling
    if max(abs(row.amount(SPEND_AMOUNT)) for row in code.rows) >= ceiling:
        return False
    rows = {row.row for row in code.rows}
    own = frozenset(number for number, row in enumerate(told) if row.row in rows)
    return any(_is_times(told, own & one.lines, one) for one in sums)


def _is_times(told: Sequence[Record], own: frozenset[int], one: StatedSum) -> bool:
    part = _total(told, own)
    low, high = _EXACTLY
    # What is left of the sum when the other lines are taken from it is what these come to.
    rest = one.stated.value - _total(told, one.lines - own)
    return part > 0 and low * part <= rest <= high * part


def _total(told: Sequence[Record], lines: frozenset[int]) -> Decimal:
    return sum((told[number].amount(SPEND_AMOUNT) for number in lines), Decimal(0))


# ------------------------------------------------------------------------------------- what is said
def _said(case: Case, rows: Sequence[Record], name: FieldRole) -> Finding:
    """The question that holds the table back. Where it is not about all amounts of the column, it
    says which."""
    table, field = case.spec.table_of(SPEND), case.spec.field_of(name)
    refs = [row.ref(name) for row in rows]
    told = {"largest": format_kr(max(row.amount(name) for row in rows))}
    said = case.say("RIMLIG-TKR", table, field, *refs, **told)
    amounts = [value for value in case.column(SPEND, name) if isinstance(value, Decimal) and value]
    if len(rows) >= len(amounts):
        return said
    cells = brief_cells(refs)
    return replace(
        said, message=case.catalogue.word("tkr_rader", label=field.label, cells=cells, **told)
    )


def _asked_only(case: Case, rows: Sequence[Record]) -> Finding:
    """The question that holds nothing back."""
    said = _said(case, rows, SPEND_AMOUNT)
    told = {
        "label": case.spec.field_of(SPEND_AMOUNT).label,
        "cells": brief_cells(said.refs),
        "largest": format_kr(max(row.amount(SPEND_AMOUNT) for row in rows)),
    }
    if len(rows) == 1:
        budget = format_kr(rows[0].amount(SPEND_BUDGET))
        message = case.catalogue.word("tkr_en", budget=budget, **told)
    else:
        message = case.catalogue.word("tkr_enstaka", **told)
    return replace(said, message=message, holds=False)
