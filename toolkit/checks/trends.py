"""Rules between two years: the county's own return of the year before, beside this year's. All of
them ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Record, Submission
from toolkit.spec.codelists import Code
from toolkit.spec.continuity import is_comparable
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_CLOSING,
    APPROPRIATION_COMMENT,
    APPROPRIATION_ITEM,
    APPROPRIATION_OPENING,
    INDICATOR,
    INDICATOR_AGE,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_COMMENT,
    INDICATOR_LEVEL,
    INDICATOR_MUNICIPALITY,
    INDICATOR_SEX,
    INDICATOR_VALUE,
    LEDGER,
    LEDGER_CODE,
    LEDGER_COMMENT,
    LEDGER_SUM,
    SPEND,
    SPEND_AMOUNT,
    SPEND_CODE,
    FieldRole,
    TableRole,
)
from toolkit.words.amounts import format_kr, format_number, format_percent_above, tolerance

_SAME = (INDICATOR_CODE, INDICATOR_LEVEL, INDICATOR_MUNICIPALITY, INDICATOR_SEX, INDICATOR_AGE)
"""What two values must have in common to be about the same, as far as a year asks for it."""
TrendKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A county's return of the year before, read by its own year's spec, with the tables that were
    merged."""

    spec: Spec
    submission: Submission

    @property
    def year(self) -> int:
        """The year before."""
        return self.spec.year

    def rows(self, table: TableRole, *fields: FieldRole) -> tuple[Record, ...] | None:
        """A table's rows; None when it was not there, or when one of the fields was not asked for
        then."""
        data = self.submission.table(table)
        if data is None or not set(fields) <= set(data.columns.index):
            return None
        return data.records


# ------------------------------------------------------------------------------------------ kronor
def check_changed_spend(case: Case, past: Past) -> Iterator[Finding]:
    """Spend on a verksamhetskod changed beyond both limits. Asked in the row that sums the code,
    where one comment explains it."""
    before = past.rows(SPEND, SPEND_CODE, SPEND_AMOUNT)
    if before is None or not _spend_is_known(case):
        return
    was, now = _by_code(before), _by_code(case.submission.records(SPEND))
    least = case.spec.limits.trend_amount
    for record, code in _rows_of_codes(case, past):
        spent, earlier = now[code.code], was[code.code]
        if _is_large(case, spent, earlier, least):
            told = {"now": format_kr(spent), "before": format_kr(earlier)}
            told |= {"area": code.shown, "change": _change(case, spent, earlier, "kr")}
            yield case.say_of("TREND-EKONOMI", record, LEDGER_SUM, year=past.year, **told)


def _rows_of_codes(case: Case, past: Past) -> Iterator[tuple[Record, Code]]:
    """The uncommented rows that sum a code, with the code as it was the year before. One that was
    not valid then has nothing to be compared with."""
    codes = past.spec.answers_of(SPEND_CODE).by_code
    for record in case.submission.records(LEDGER):
        code = codes.get(record.text(LEDGER_CODE))
        if code is None or not code.is_valid_in(past.year):
            continue
        if case.is_uncommented(record, LEDGER_COMMENT):
            yield record, code


def _spend_is_known(case: Case) -> bool:
    """Whether this year's amounts can be relied on; a table without anything to report has said why
    already."""
    data = case.submission.table(SPEND)
    known = data is not None and bool(data.rows) and data.nil_reason is None
    return known and case.all_sure(SPEND, SPEND_AMOUNT, SPEND_CODE)


def _by_code(rows: Iterable[Record]) -> defaultdict[str, Decimal]:
    """Kronor by the code that they are booked on; nothing for a code without rows."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.text(SPEND_CODE)] += row.amount(SPEND_AMOUNT)
    return sums


def check_opening_balances(case: Case, past: Past) -> Iterator[Finding]:
    """The year's opening balance is last year's closing balance, for every anslagspost of both
    years."""
    before = past.rows(APPROPRIATION, APPROPRIATION_ITEM, APPROPRIATION_CLOSING)
    if before is None:
        return
    closing = _closing_balances(past, before)
    for record in case.submission.records(APPROPRIATION):
        stated = record.get(APPROPRIATION_OPENING)
        expected = closing.get(record.text(APPROPRIATION_ITEM))
        if expected is None or not isinstance(stated, Decimal):
            continue
        if abs(stated - expected) > tolerance(0) and _is_unexplained(case, record):
            was = format_kr(expected)
            told = {"stated": format_kr(stated), "before": was, "year": str(past.year)}
            yield case.say_of(
                "TREND-INGAENDE", record, APPROPRIATION_OPENING, suggestion=was, **told
            )


def _is_unexplained(case: Case, record: Record) -> bool:
    """Whether an item's opening balance can be relied on and has no comment."""
    is_unsaid = case.is_uncommented(record, APPROPRIATION_COMMENT)
    return is_unsaid and case.sure(record, APPROPRIATION_OPENING, APPROPRIATION_ITEM)


def _closing_balances(past: Past, rows: Iterable[Record]) -> dict[str, Decimal]:
    """Kronor by anslagspost, reckoned anew: what the file had stored may be of an earlier count."""
    arithmetic = Arithmetic(past.spec, past.submission)
    closing = past.spec.bound[APPROPRIATION_CLOSING]
    balances: dict[str, Decimal] = {}
    for row in rows:
        stated = row.amount(APPROPRIATION_CLOSING)
        balances[row.text(APPROPRIATION_ITEM)] = arithmetic(row).get(closing, stated)
    return balances


# -------------------------------------------------------------------------------------- indicators
def check_stated_as_last_year(case: Case, past: Past) -> Iterator[Finding]:
    """A previous value that is none of those that were reported, nor their sum."""
    before, same = _reported(case, past), case.held(*_SAME)
    for record in case.submission.records(INDICATOR):
        stated, own = record.get(INDICATOR_BEFORE), before.get(_key(record, same), [])
        if not own or not isinstance(stated, Decimal) or stated in {*own, sum(own)}:
            continue
        is_unsaid = case.is_uncommented(record, INDICATOR_COMMENT)
        if is_unsaid and case.sure(record, INDICATOR_BEFORE, *same):
            yield _not_as_reported(case, past, record, stated, own)


def _not_as_reported(
    case: Case, past: Past, record: Record, stated: Decimal, own: list[Decimal]
) -> Finding:
    """What was reported is suggested where it is one value only."""
    reported = [_shown(value) for value in own]
    one = reported[0] if len(set(own)) == 1 else None
    told = {"stated": _shown(stated), "before": one or ", ".join(reported), "year": str(past.year)}
    return case.say_of("TREND-FOREGAENDE", record, INDICATOR_BEFORE, suggestion=one, **told)


def check_changed_indicators(case: Case, past: Past) -> Iterator[Finding]:
    """An indicator's value for a place, sex and age changed beyond both limits, over all its
    rows."""
    before = _reported(case, past)
    if not before or not case.all_sure(INDICATOR, INDICATOR_CODE):
        return
    for key, rows in _by_key(case.submission.records(INDICATOR), case.held(*_SAME)).items():
        known = _values(rows)
        if key not in before or len(known) < len(rows) or _is_any_commented(case, rows):
            continue
        now, was = _total(case, key, known), _total(case, key, before[key])
        if _is_large(case, now, was, least_change(case, key[0])):
            yield _changed_indicator(case, past, rows, now, was)


def _is_any_commented(case: Case, rows: Iterable[Record]) -> bool:
    return not all(case.is_uncommented(row, INDICATOR_COMMENT) for row in rows)


def _changed_indicator(
    case: Case, past: Past, rows: Sequence[Record], now: Decimal, was: Decimal
) -> Finding:
    table, field = case.spec.table_of(INDICATOR), case.spec.field_of(INDICATOR_VALUE)
    refs = [row.ref(INDICATOR_VALUE) for row in rows]
    codes = case.spec.answers_of(INDICATOR_CODE).by_code
    indicator = codes[rows[0].text(INDICATOR_CODE)].shown
    told = {"before": _shown(was), "now": _shown(now), "change": _change(case, now, was, "")}
    told |= {"year": str(past.year), "indicator": indicator}
    return case.say("TREND-REDOVISAT", table, field, *refs, **told)


def least_change(case: Case, indicator: object) -> Decimal:
    """The smallest change of an indicator's value that is worth a question: in kronor, or in its
    own unit."""
    code = case.spec.answers_of(INDICATOR_CODE).by_code.get(str(indicator))
    is_money = code is not None and code.as_indicator.is_money
    return case.spec.limits.trend_amount if is_money else case.spec.limits.trend_count


def _reported(case: Case, past: Past) -> dict[TrendKey, list[Decimal]]:
    """Last year's values by indicator, place, sex and age. Where one of them is unknown, none is
    taken: a sum that lacks a part would make this year's look too large. Nor are there any when one
    of the years divides its values by what the other does not ask for, or of an indicator that was
    counted otherwise."""
    same = case.held(*_SAME)
    before = past.rows(INDICATOR, INDICATOR_VALUE, *same)
    then = tuple(role for role in _SAME if past.spec.bound.has(role))
    if before is None or then != same:
        return {}
    values: dict[TrendKey, list[Decimal]] = {}
    for key, rows in _by_key(before, same).items():
        known = _values(rows)
        if len(known) == len(rows) and is_comparable(past.spec, case.spec, str(key[0])):
            values[key] = known
    return values


def _by_key(rows: Iterable[Record], same: Iterable[FieldRole]) -> dict[TrendKey, list[Record]]:
    """The rows that are about the same indicator, place, sex and age."""
    groups: defaultdict[TrendKey, list[Record]] = defaultdict(list)
    for row in rows:
        groups[_key(row, same)].append(row)
    return groups


def _key(record: Record, same: Iterable[FieldRole]) -> TrendKey:
    return tuple(record.get(role) for role in same)


def _values(rows: Iterable[Record]) -> list[Decimal]:
    """The values that are numbers, in the order of the rows."""
    values = (row.get(INDICATOR_VALUE) for row in rows)
    return [value for value in values if isinstance(value, Decimal)]


def _total(case: Case, key: TrendKey, values: list[Decimal]) -> Decimal:
    """The county's value: the sum of its rows, or the highest of them, as the indicator's code
    says."""
    code = case.spec.answers_of(INDICATOR_CODE).by_code.get(str(key[0]))
    highest = code is not None and code.as_indicator.takes_highest
    return max(values) if highest else sum(values, Decimal(0))


# ----------------------------------------------------------------------------------------- changes
def _is_large(case: Case, now: Decimal, before: Decimal, least: Decimal) -> bool:
    """Beyond both limits. From nothing, every change is beyond the percentage."""
    change = abs(now - before)
    if change <= least:
        return False
    return not before or change * 100 > abs(before) * case.spec.limits.trend_percent


def _change(case: Case, now: Decimal, before: Decimal, unit: str) -> str:
    """`en ökning med 12 (40 %)`, in words of the year; from nothing without a percentage."""
    word = "okning" if now > before else "minskning"
    difference = abs(now - before)
    amount = format_kr(difference) if unit == "kr" else _shown(difference)
    if not before:
        return case.catalogue.word(word, amount=amount)
    percent = format_percent_above(abs((now - before) / before), case.spec.limits.trend_percent)
    return case.catalogue.word(f"{word}_procent", amount=amount, percent=percent)


def _shown(value: Decimal) -> str:
    return format_number(value, _decimals(value))


def _decimals(value: Decimal) -> int:
    """How many decimals a value has, without trailing zeros."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
