"""What is unlikely, as formulas: a value far from the year before, an outcome above its budget, and
the like. The program knows the fields by their roles; the limits stand in the spec.

Each formula is nought where it cannot be reckoned: what keeps it from that is told in its own
cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.returns.approval import approval_days
from toolkit.spec.codelists import Code
from toolkit.spec.model import Field
from toolkit.spec.roles import (
    APPROPRIATION_CLOSING,
    APPROPRIATION_COMMENT,
    APPROPRIATION_SPENT,
    COST,
    DECLARED,
    EXPENDITURE,
    GRANT,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_COMMENT,
    INDICATOR_VALUE,
    RETURN_APPROVED,
    SPEND_AMOUNT,
    SPEND_BASIS,
    SPEND_BUDGET,
    SPEND_COMMENT,
    SPEND_KIND,
    SPEND_NATURE,
    SPEND_RECIPIENT,
    FieldRole,
)
from toolkit.template.cellvalues import between, blank, bounds, day, filled, number
from toolkit.template.codetests import is_answer, is_code
from toolkit.template.tested import Bookish, CellTest, TestKind
from toolkit.words.amounts import tolerance


class _Row(NamedTuple):
    """The cells of a table by their roles, and what else is said of them."""

    book: Bookish
    tests: Sequence[CellTest]

    def field(self, role: FieldRole) -> Field:
        return self.book.spec.field_of(role)

    def cell(self, role: FieldRole) -> str:
        return self.book.cells(self.field(role).id)

    def has(self, role: FieldRole) -> bool:
        return self.book.spec.bound.has(role)

    def is_number(self, role: FieldRole) -> str:
        """Whether a cell is filled in, with a number within its field's bounds."""
        cell = self.cell(role)
        return f"{filled(cell)}*{between(number(cell), *bounds(self.field(role)))}"

    def is_uncommented(self, role: FieldRole) -> str:
        """Whether a row has no comment; where none is asked for, nothing is explained."""
        return blank([self.cell(role)]) if self.has(role) else "1"

    def are_sure(self, *names: str) -> str:
        """Whether none of some fields is missing or wrong."""
        said = [
            one.formula for one in self.tests if one.kind != "question" and one.field.id in names
        ]
        return f"IFERROR(({'+'.join(said)})=0,FALSE)" if said else "1"

    def says(self, role: FieldRole, kind: TestKind, *pieces: str) -> CellTest:
        return CellTest(self.field(role), kind, f"IFERROR({'*'.join(pieces)},0)")


def of_roles(book: Bookish, tests: Sequence[CellTest]) -> Iterator[CellTest]:
    """The tests of a table's fields that hold roles; `tests` are those that its fields and rules
    give."""
    row = _Row(book, tests)
    for rule, needs in _RULES.items():
        is_asked = book.spec.bound.has(*needs)
        if is_asked and book.spec.bound[DECLARED[needs[0]].within] == book.placement.table.id:
            yield from rule(row)


def _trend(row: _Row) -> Iterator[CellTest]:
    """A value that differs from the one before beyond both limits, without a comment."""
    now, before = number(row.cell(INDICATOR_VALUE)), number(row.cell(INDICATOR_BEFORE))
    limits = row.book.spec.limits
    least = f"IF({_is_one_of(row, _money(row))},{limits.trend_amount},{limits.trend_count})"
    change = f"ABS({now}-{before})"
    yield row.says(
        INDICATOR_VALUE, "question", row.is_uncommented(INDICATOR_COMMENT),
        row.is_number(INDICATOR_VALUE), row.is_number(INDICATOR_BEFORE), f"({before}<>0)",
        f"({change}>{least})", f"({change}*100>ABS({before})*{limits.trend_percent})",
    )  # fmt: skip


def _bounds_of_indicators(row: _Row) -> Iterator[CellTest]:
    """A value above its indicator's highest, in parts where whole things are counted, or with
    another unit beside it."""
    cell = row.cell(INDICATOR_VALUE)
    value, codes = number(cell), row.book.spec.answers_of(INDICATOR_CODE).codes
    pieces = list(_above_highest(row, codes, value))
    parts = [code for code in codes if not code.as_indicator.counts_whole]
    is_known = f"({is_answer(row.field(INDICATOR_CODE), row.cell(INDICATOR_CODE))}>0)"
    whole = f"{is_known}*(1-{_is_one_of(row, parts)})"
    pieces.append(f"IFERROR({whole}*(MOD({value},1)<>0),0)")
    pieces.append(f'{is_known}*ISNUMBER(SEARCH("kr",{cell}))*(1-{_is_one_of(row, _money(row))})')
    yield row.says(
        INDICATOR_VALUE, "wrong", row.is_number(INDICATOR_VALUE), f"({'+'.join(pieces)}>0)"
    )


def _above_highest(row: _Row, codes: Sequence[Code], value: str) -> Iterator[str]:
    highest: dict[Decimal, list[Code]] = {}
    for code in codes:
        if code.as_indicator.highest is not None:
            highest.setdefault(code.as_indicator.highest, []).append(code)
    for most, own in highest.items():
        yield f"{_is_one_of(row, own)}*({value}>{most})"


def _money(row: _Row) -> list[Code]:
    codes = row.book.spec.answers_of(INDICATOR_CODE).codes
    return [code for code in codes if code.as_indicator.is_money]


def _is_one_of(row: _Row, codes: Sequence[Code]) -> str:
    if not codes:
        return "0"
    field, own = row.field(INDICATOR_CODE), [code.code for code in codes]
    return is_code(row.book.spec, field, row.cell(INDICATOR_CODE), own)


def _budget(row: _Row) -> Iterator[CellTest]:
    """An outcome above its budget by more than the limit."""
    spent, budget = number(row.cell(SPEND_AMOUNT)), number(row.cell(SPEND_BUDGET))
    limit = row.book.spec.limits.spend_over_budget_percent
    yield row.says(
        SPEND_AMOUNT, "question", row.is_number(SPEND_AMOUNT), row.is_number(SPEND_BUDGET),
        f"({budget}>0)", f"(({spent}-{budget})*100>{budget}*{limit})",
    )  # fmt: skip


def _negative(row: _Row) -> Iterator[CellTest]:
    """An outcome below nothing, without a comment."""
    below = f"({number(row.cell(SPEND_AMOUNT))}<0)"
    comment = row.is_uncommented(SPEND_COMMENT)
    yield row.says(SPEND_AMOUNT, "question", comment, row.is_number(SPEND_AMOUNT), below)


def _nature(row: _Row) -> Iterator[CellTest]:
    """A grant told as cost, or anything else told as expenditure. Where something is the matter
    with the kind of cost, or with what it asks for beside it, the kind may be what is wrong."""
    bound = row.book.spec.bound
    asked = (SPEND_KIND, SPEND_NATURE, SPEND_RECIPIENT, SPEND_BASIS)
    grant = _is(row, SPEND_KIND, bound[GRANT])
    cost, spent = (_is(row, SPEND_NATURE, bound[one]) for one in (COST, EXPENDITURE))
    sure = row.are_sure(*(bound[role] for role in asked if row.has(role)))
    yield row.says(SPEND_NATURE, "question", f"({grant}*{cost}+(1-{grant})*{spent})", sure)


def _is(row: _Row, role: FieldRole, code: str) -> str:
    return is_code(row.book.spec, row.field(role), row.cell(role), [code])


def _overspent(row: _Row) -> Iterator[CellTest]:
    """An item that closes below nothing, without a comment; nothing said of the row's amounts."""
    closing = row.cell(APPROPRIATION_CLOSING)
    own = [one.id for one in row.book.placement.table.fields if one.computed is None]
    yield row.says(
        APPROPRIATION_SPENT, "question", row.is_uncommented(APPROPRIATION_COMMENT),
        filled(row.cell(APPROPRIATION_SPENT)), f"({closing}<-{tolerance(0)})", row.are_sure(*own),
    )  # fmt: skip


def _approved(row: _Row) -> Iterator[CellTest]:
    """A day on which the return cannot have been approved."""
    cell, field = row.cell(RETURN_APPROVED), row.field(RETURN_APPROVED)
    first, last = (
        f"DATE({one.year},{one.month},{one.day})" for one in approval_days(row.book.spec.year)
    )
    outside = f"(({day(cell)}<{first})+({day(cell)}>{last})>0)"
    is_day = between(day(cell), *bounds(field))
    yield row.says(RETURN_APPROVED, "question", filled(cell), is_day, outside)


_RULES: dict[Callable[[_Row], Iterator[CellTest]], tuple[str, ...]] = {
    _trend: (INDICATOR_VALUE, INDICATOR_BEFORE, INDICATOR_CODE),
    _bounds_of_indicators: (INDICATOR_VALUE, INDICATOR_CODE),
    _budget: (SPEND_AMOUNT, SPEND_BUDGET),
    _negative: (SPEND_AMOUNT,),
    _nature: (SPEND_NATURE, SPEND_KIND, GRANT, COST, EXPENDITURE),
    _overspent: (APPROPRIATION_SPENT, APPROPRIATION_CLOSING),
    _approved: (RETURN_APPROVED,),
}
