"""Parts and wholes: an indicator by sex or age against its total, and the same spend told twice.
All of it asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record
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
from toolkit.words.amounts import format_kr, format_number
from toolkit.words.swedish import join_and

_SUBJECT = (
    INDICATOR_CODE, INDICATOR_ACTIVITY, INDICATOR_GOAL, INDICATOR_LEVEL, INDICATOR_MUNICIPALITY,
)  # fmt: skip
_TWICE = 2


@dataclass(frozen=True, slots=True)
class _Division:
    """A way in which an indicator is divided: by which field, of which list, what stands for the
    whole, and the fields that must be alike in the rows that belong together."""

    by: FieldRole
    whole: CodeRole
    codes: ListRole
    alike: tuple[FieldRole, ...]


_BY_SEX = _Division(INDICATOR_SEX, ALL_SEXES, SEXES, (*_SUBJECT, INDICATOR_AGE))
_BY_AGE = _Division(INDICATOR_AGE, ALL_AGES, AGES, (*_SUBJECT, INDICATOR_SEX))
BY_SEX = (INDICATOR_CODE, INDICATOR_SEX, INDICATOR_VALUE, ALL_SEXES, SEXES)
BY_AGE = (INDICATOR_CODE, INDICATOR_AGE, INDICATOR_VALUE, ALL_AGES, AGES)


def check_sexes(case: Case) -> Iterator[Finding]:
    """Rows by sex that do not add up to the one for all, or that have none: the total is what is
    merged and printed."""
    yield from _divided(case, _BY_SEX)


def check_ages(case: Case) -> Iterator[Finding]:
    """The same by age."""
    yield from _divided(case, _BY_AGE)


def _divided(case: Case, division: _Division) -> Iterator[Finding]:
    whole = case.spec.bound[division.whole]
    for rows in _groups(case, division):
        totals = [row for row in rows if row.text(division.by) == whole]
        parts = [row for row in rows if row.text(division.by) not in {whole, ""}]
        known = all(isinstance(row.get(INDICATOR_VALUE), Decimal) for row in rows)
        names = {row.text(division.by) for row in parts}
        if known and len(totals) <= 1 and len(names) == len(parts) > 1:
            yield from _against_total(case, division, totals, parts)


def _against_total(
    case: Case, division: _Division, totals: list[Record], parts: list[Record]
) -> Iterator[Finding]:
    added = sum((row.amount(INDICATOR_VALUE) for row in parts), Decimal(0))
    codes = case.spec.list_of(division.codes).by_code
    told = {
        "whole": codes[case.spec.bound[division.whole]].label.lower(),
        "parts": _named(codes[row.text(division.by)] for row in parts),
        "added": format_number(added),
    }
    if not totals:
        yield case.say_of("IND-TOTAL", parts[0], INDICATOR_VALUE, **told)
    elif totals[0].amount(INDICATOR_VALUE) != added:
        now = format_number(totals[0].amount(INDICATOR_VALUE))
        yield case.say_of("IND-DELAR", totals[0], INDICATOR_VALUE, now=now, **told)


def _named(codes: Iterable[Code]) -> str:
    return join_and(code.label.lower() for code in codes)


def _groups(case: Case, division: _Division) -> Iterable[list[Record]]:
    """The rows of one indicator that differ only in what it is divided by."""
    indicators = case.spec.answers_of(INDICATOR_CODE).by_code
    alike = case.held(*division.alike)
    groups: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in case.submission.records(INDICATOR):
        code = indicators.get(record.text(INDICATOR_CODE))
        is_counted = code is not None and code.as_indicator.counts_whole
        if is_counted and case.sure(record, division.by, INDICATOR_VALUE):
            groups[tuple(record.get(name) for name in alike)].append(record)
    return groups.values()


def check_same_spend(case: Case) -> Iterator[Finding]:
    """A line of spend that is told twice: everything but its id is the same. What recurs, as a rent
    does every month, stands more often, and is not asked about."""
    table, amount = case.spec.table_of(SPEND), case.spec.field_of(SPEND_AMOUNT)
    ids = {case.spec.bound.of(SPEND_ID)} if case.held(SPEND_ID) else set()
    own = [f.id for f in table.fields if f.computed is None and f.id not in ids]
    alike: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in case.submission.records(SPEND):
        if record.amount(SPEND_AMOUNT):
            alike[tuple(record.get(name) for name in own)].append(record)
    for lines in alike.values():
        if len(lines) == _TWICE:
            before, ref = (line.ref(SPEND_AMOUNT) for line in lines)
            told = {"first": before.cell, "spent": format_kr(lines[0].amount(SPEND_AMOUNT))}
            yield case.say("EKON-DUBBEL", table, amount, ref, before, **told)
