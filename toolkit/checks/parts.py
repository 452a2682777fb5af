"""Parts and wholes: an indicator by sex or age against its total, and the same spend told twice.
All of it asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import NamedTuple

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record
from toolkit.spec.codelists import Code
from toolkit.spec.roles import (
    AGES,
    ALL_AGES,
    ALL_SEXES,
    INDICATOR,
    INDICATOR_ACTIVITY,
    INDICATOR_AGE,
    INDICATOR_CODE,
    INDICATOR_GOAL,
    INDICATOR_LEVEL,
    INDICATOR_MUNICIPALITY,
    INDICATOR_SEX,
    INDICATOR_VALUE,
    SEXES,
    SPEND,
    SPEND_AMOUNT,
    SPEND_ID,
    CodeRole,
    FieldRole,
    ListRole,
)
from toolkit.words.amounts import format_kr, format_number, read_number
from toolkit.words.swedish import fold, join_and

_SUBJECT = (
    INDICATOR_CODE, INDICATOR_ACTIVITY, INDICATOR_GOAL, INDICATOR_LEVEL, INDICATOR_MUNICIPALITY,
)  # fmt: skip
_TWICE = 2


@dataclass(frozen=True, slots=True)
class _Division:
    """A way in which an indicator is divided: by which fields, what stands for the whole in each,
    the lists of their codes, the fields that are alike in the rows that belong together, and the
    other way to divide: only what is whole in that has to have a total."""

    by: tuple[FieldRole, ...]
    whole: tuple[CodeRole, ...]
    codes: tuple[ListRole, ...]
    alike: tuple[FieldRole, ...]
    other: tuple[FieldRole, CodeRole] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        return (INDICATOR_CODE, INDICATOR_VALUE, *self.by, *self.whole, *self.codes)


_BY_SEX = _Division(
    (INDICATOR_SEX,), (ALL_SEXES,), (SEXES,), (*_SUBJECT, INDICATOR_AGE), (INDICATOR_AGE, ALL_AGES)
)
_BY_AGE = _Division(
    (INDICATOR_AGE,), (ALL_AGES,), (AGES,), (*_SUBJECT, INDICATOR_SEX), (INDICATOR_SEX, ALL_SEXES)
)
_BY_BOTH = _Division((INDICATOR_SEX, INDICATOR_AGE), (ALL_SEXES, ALL_AGES), (SEXES, AGES), _SUBJECT)
BY_SEX, BY_AGE, BY_BOTH = _BY_SEX.needs, _BY_AGE.needs, _BY_BOTH.needs


class _Group(NamedTuple):
    """The rows of one indicator that differ only in what it is divided by: those for the whole, the
    parts that are counted, and whether there are rows between, as for all women of any age."""

    indicator: Code
    totals: list[Record]
    parts: list[Record]
    has_between: bool

    @property
    def added(self) -> Decimal:
        known = (row.get(INDICATOR_VALUE) for row in self.parts)
        return sum((value for value in known if isinstance(value, Decimal)), Decimal(0))

    @property
    def room(self) -> Decimal:
        """How far rounding can take the parts from their total: half a unit of the last decimal in
        each number."""
        decimals = self.indicator.as_indicator.decimals
        if decimals == 0:
            return Decimal(0)
        return (len(self.parts) + 1) * Decimal("0.5").scaleb(-decimals)


def check_sexes(case: Case) -> Iterator[Finding]:
    """Rows by sex that do not add up to the one for all, or that have none."""
    yield from _divided(case, _BY_SEX)


def check_ages(case: Case) -> Iterator[Finding]:
    """The same by age."""
    yield from _divided(case, _BY_AGE)


def check_sexes_by_age(case: Case) -> Iterator[Finding]:
    """The same where every sex is divided by age, and there is no row but perhaps the one for all:
    nothing is asked of each sex and age by itself."""
    for group in _groups(case, _BY_BOTH):
        if _is_crossed(group):
            yield from _against_total(case, _BY_BOTH, group)


def _divided(case: Case, division: _Division) -> Iterator[Finding]:
    for group in _groups(case, division):
        is_asked = group.totals or _is_whole_otherwise(case, division, group.parts[0])
        if is_asked and _is_told_once(division, group):
            yield from _against_total(case, division, group)


def _is_whole_otherwise(case: Case, division: _Division, row: Record) -> bool:
    """Whether rows by sex are for all ages, and rows by age for all sexes."""
    if division.other is None or not case.has(division.other[0]):
        return True
    field, whole = division.other
    return case.spec.bound.has(whole) and row.text(field) == case.spec.bound[whole]


def _is_crossed(group: _Group) -> bool:
    """Whether every sex stands with every age, once, and nothing but the whole beside them."""
    kinds = [{row.text(field) for row in group.parts} for field in _BY_BOTH.by]
    is_full = len(group.parts) == prod(map(len, kinds)) and min(map(len, kinds)) > 1
    return is_full and not group.has_between and _is_told_once(_BY_BOTH, group)


def _is_told_once(division: _Division, group: _Group) -> bool:
    """Whether no part is there twice, and no whole: which of them counts would be a guess."""
    names = {tuple(row.text(field) for field in division.by) for row in group.parts}
    return len(group.totals) <= 1 and len(names) == len(group.parts)


def _against_total(case: Case, division: _Division, group: _Group) -> Iterator[Finding]:
    """Parts may be fewer than there are, and some not known: then they can only be too many."""
    values = [row.get(INDICATOR_VALUE) for row in group.parts]
    is_all = len(values) > 1 and all(isinstance(value, Decimal) for value in values)
    told = {
        "whole": _words(case, division, _whole_of(case, division)),
        "parts": join_and(_words(case, division, _kinds(division, row)) for row in group.parts),
        "added": format_number(group.added, group.indicator.as_indicator.decimals),
    }
    if not group.totals:
        if is_all:
            yield case.say_of("IND-TOTAL", group.parts[0], INDICATOR_VALUE, **told)
        return
    total = group.totals[0].get(INDICATOR_VALUE)
    if isinstance(total, Decimal) and _is_off(group, total, is_all=is_all):
        now = format_number(total, group.indicator.as_indicator.decimals)
        yield case.say_of("IND-DELAR", group.totals[0], INDICATOR_VALUE, now=now, **told)


def _is_off(group: _Group, total: Decimal, *, is_all: bool) -> bool:
    if group.added > total + group.room:
        return True
    return is_all and group.added < total - group.room


def _whole_of(case: Case, division: _Division) -> tuple[str, ...]:
    """The codes that stand for the whole."""
    return tuple(case.spec.bound[role] for role in division.whole)


def _kinds(division: _Division, row: Record) -> tuple[str, ...]:
    return tuple(row.text(field) for field in division.by)


def _words(case: Case, division: _Division, kinds: Sequence[str]) -> str:
    """`kvinnor`, `kvinnor under 18 år`."""
    lists = (case.spec.list_of(role).by_code for role in division.codes)
    labels = (codes[kind].label for codes, kind in zip(lists, kinds, strict=True))
    return " ".join(label.lower() for label in labels)


def _groups(case: Case, division: _Division) -> Iterator[_Group]:
    """The rows of each indicator that belong together. What does not concern the county (`e.t.`) is
    no part."""
    indicators = case.spec.answers_of(INDICATOR_CODE).by_code
    whole = _whole_of(case, division)
    for rows in _rows_alike(case, division):
        kinds = [_kinds(division, row) for row in rows]
        totals = [row for row, kind in zip(rows, kinds, strict=True) if kind == whole]
        parts = [row for row, kind in zip(rows, kinds, strict=True) if _is_part(kind, whole)]
        has_between = len(totals) + len(parts) < len(rows)
        counted = [row for row in parts if row.get(INDICATOR_VALUE) is not Missing.NOT_APPLICABLE]
        code = indicators[rows[0].text(INDICATOR_CODE)]
        if counted:
            yield _Group(code, totals, counted, has_between)


def _is_part(kind: Sequence[str], whole: Sequence[str]) -> bool:
    return all(own not in {"", of_all} for own, of_all in zip(kind, whole, strict=True))


def _rows_alike(case: Case, division: _Division) -> Iterable[list[Record]]:
    indicators = case.spec.answers_of(INDICATOR_CODE).by_code
    alike = case.held(*division.alike)
    groups: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in case.submission.records(INDICATOR):
        code = indicators.get(record.text(INDICATOR_CODE))
        is_counted = code is not None and _adds_up(code)
        if is_counted and case.sure(record, *division.by, INDICATOR_VALUE):
            groups[tuple(record.get(name) for name in alike)].append(record)
    return groups.values()


def _adds_up(code: Code) -> bool:
    """Whether an indicator's parts come to its whole: not where several rows may count the same,
    nor of what has a highest value, such as per cent."""
    facts = code.as_indicator
    number = read_number(f"1 {facts.unit}")
    is_share = number is not None and number.unit == "%"
    return not facts.takes_highest and facts.highest is None and not is_share


def check_same_spend(case: Case) -> Iterator[Finding]:
    """A line of spend that is told twice: everything but its id is the same. What recurs, as a rent
    does every month, stands more often, and is not asked about."""
    table, amount = case.spec.table_of(SPEND), case.spec.field_of(SPEND_AMOUNT)
    for lines in spend_told_twice(case):
        before, ref = (line.ref(SPEND_AMOUNT) for line in lines)
        told = {"first": before.cell, "spent": format_kr(lines[0].amount(SPEND_AMOUNT))}
        yield case.say("EKON-DUBBEL", table, amount, ref, before, **told)


def spend_told_twice(case: Case) -> list[list[Record]]:
    """The lines of spend that stand twice, two by two."""
    table = case.spec.table_of(SPEND)
    ids = {case.spec.bound.of(SPEND_ID)} if case.held(SPEND_ID) else set()
    own = [f.id for f in table.fields if f.computed is None and f.id not in ids]
    alike: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in case.submission.records(SPEND):
        if record.amount(SPEND_AMOUNT):
            alike[tuple(_told(record.get(name)) for name in own)].append(record)
    return [lines for lines in alike.values() if len(lines) == _TWICE]


def _told(value: object) -> object:
    """Without what does not tell one text from another."""
    return fold(value) if isinstance(value, str) else value
