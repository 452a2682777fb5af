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
from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.words.amounts import format_kr, format_number, format_percent, tolerance

_SAME = ("indikator", "niva", "kommun", "kon", "alder")
_HIGHEST = "högsta per län"
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

    def rows(self, table: str, *fields: str) -> tuple[Record, ...] | None:
        """A table's rows; None when it was not there, or when one of the fields was not asked for
        then."""
        data = self.submission.tables.get(table)
        if data is None or not set(fields) <= set(data.columns.fields):
            return None
        return data.records


def check_against_past(case: Case, past: Past) -> Iterator[Finding]:
    """Everything that can be asked when last year's return is at hand."""
    yield from _opening_balances(case, past)
    yield from _stated_as_last_year(case, past)
    yield from _changed_indicators(case, past)
    yield from _changed_spend(case, past)


def _is_uncommented(record: Record) -> bool:
    return record.get("kommentar") is Missing.BLANK


# ------------------------------------------------------------------------------------------ kronor
def _changed_spend(case: Case, past: Past) -> Iterator[Finding]:
    """Spend on a verksamhetskod changed beyond both limits. Asked in the row that sums the code,
    where one comment explains it."""
    before = past.rows("ekonomi", "verksamhetskod", "utfall")
    if before is None or not _spend_is_known(case):
        return
    was, now = _by_code(before), _by_code(case.submission.records("ekonomi"))
    least = case.spec.limits.trend_amount
    for record, code in _rows_of_codes(case, past):
        spent, earlier = now[code.code], was[code.code]
        if _is_large(case, spent, earlier, least):
            told = {"now": format_kr(spent), "before": format_kr(earlier)}
            told |= {"area": code.shown, "change": _change(case, spent, earlier, "kr")}
            yield case.say_of("TREND-EKONOMI", record, "ekonomi", year=past.year, **told)


def _rows_of_codes(case: Case, past: Past) -> Iterator[tuple[Record, Code]]:
    """The uncommented rows that sum a code, with the code as it was the year before. One that was
    not valid then has nothing to be compared with."""
    codes = past.spec.lists["verksamhetskod"].by_code
    for record in case.submission.records("huvudbok"):
        code = codes.get(record.text("verksamhetskod"))
        if code is not None and code.is_valid_in(past.year) and _is_uncommented(record):
            yield record, code


def _spend_is_known(case: Case) -> bool:
    """Whether this year's amounts can be relied on; a table without anything to report has said why
    already."""
    data = case.submission.tables.get("ekonomi")
    known = data is not None and bool(data.rows) and data.nil_reason is None
    return known and case.all_sure("ekonomi", "utfall", "verksamhetskod")


def _by_code(rows: Iterable[Record]) -> defaultdict[str, Decimal]:
    """Kronor by verksamhetskod; nothing for a code without rows."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.text("verksamhetskod")] += row.amount("utfall")
    return sums


def _opening_balances(case: Case, past: Past) -> Iterator[Finding]:
    """The year's opening balance is last year's closing balance, for every anslagspost of both
    years."""
    before = past.rows("anslag", "anslagspost", "utgaende")
    if before is None:
        return
    closing = _closing_balances(past, before)
    for record in case.submission.records("anslag"):
        stated, expected = record.get("ingaende"), closing.get(record.text("anslagspost"))
        if expected is None or not isinstance(stated, Decimal) or not _is_uncommented(record):
            continue
        if abs(stated - expected) > tolerance(0) and case.sure(record, "ingaende", "anslagspost"):
            was = format_kr(expected)
            told = {"stated": format_kr(stated), "before": was, "year": str(past.year)}
            yield case.say_of("TREND-INGAENDE", record, "ingaende", suggestion=was, **told)


def _closing_balances(past: Past, rows: Iterable[Record]) -> dict[str, Decimal]:
    """Kronor by anslagspost, reckoned anew: what the file had stored may be of an earlier count."""
    arithmetic = Arithmetic(past.spec, past.submission)
    return {row.text("anslagspost"): arithmetic(row)["utgaende"] for row in rows}


# -------------------------------------------------------------------------------------- indicators
def _stated_as_last_year(case: Case, past: Past) -> Iterator[Finding]:
    """A previous value that is none of those that were reported, nor their sum."""
    before = _reported(past)
    for record in case.submission.records("indikatorer"):
        stated, own = record.get("foregaende"), before.get(_key(record), [])
        if not own or not isinstance(stated, Decimal) or not _is_uncommented(record):
            continue
        if stated not in {*own, sum(own)} and case.sure(record, "foregaende", *_SAME):
            yield _not_as_reported(case, past, record, stated, own)


def _not_as_reported(
    case: Case, past: Past, record: Record, stated: Decimal, own: list[Decimal]
) -> Finding:
    """What was reported is suggested where it is one value only."""
    reported = [_shown(value) for value in own]
    one = reported[0] if len(set(own)) == 1 else None
    told = {"stated": _shown(stated), "before": one or ", ".join(reported), "year": str(past.year)}
    return case.say_of("TREND-FOREGAENDE", record, "foregaende", suggestion=one, **told)


def _changed_indicators(case: Case, past: Past) -> Iterator[Finding]:
    """An indicator's value for a place, sex and age changed beyond both limits, over all its
    rows."""
    before = _reported(past)
    if not case.all_sure("indikatorer", "indikator"):
        return
    for key, rows in _by_key(case.submission.records("indikatorer")).items():
        known = _values(rows)
        if key not in before or len(known) < len(rows) or not all(map(_is_uncommented, rows)):
            continue
        now, was = _total(case, key, known), _total(case, key, before[key])
        if _is_large(case, now, was, least_change(case, key[0])):
            yield _changed_indicator(case, past, rows, now, was)


def _changed_indicator(
    case: Case, past: Past, rows: Sequence[Record], now: Decimal, was: Decimal
) -> Finding:
    table, refs = case.spec.tables["indikatorer"], [row.ref("varde") for row in rows]
    indicator = case.spec.lists["indikator"].by_code[rows[0].text("indikator")].shown
    told = {"before": _shown(was), "now": _shown(now), "change": _change(case, now, was, "")}
    told |= {"year": str(past.year), "indicator": indicator}
    return case.say("TREND-REDOVISAT", table, table.by_id["varde"], *refs, **told)


def least_change(case: Case, indicator: object) -> Decimal:
    """The smallest change of an indicator's value that is worth a question: in kronor, or in its
    own unit."""
    code = case.spec.lists["indikator"].by_code.get(str(indicator))
    is_money = code is not None and code.attributes.get("enhet") == "kr"
    return case.spec.limits.trend_amount if is_money else case.spec.limits.trend_count


def _reported(past: Past) -> dict[TrendKey, list[Decimal]]:
    """Last year's values by indicator, place, sex and age. Where one of them is unknown, none is
    taken: a sum that lacks a part would make this year's look too large."""
    values: dict[TrendKey, list[Decimal]] = {}
    for key, rows in _by_key(past.rows("indikatorer", "varde", *_SAME) or ()).items():
        known = _values(rows)
        if len(known) == len(rows):
            values[key] = known
    return values


def _by_key(rows: Iterable[Record]) -> dict[TrendKey, list[Record]]:
    """The rows that are about the same indicator, place, sex and age."""
    groups: defaultdict[TrendKey, list[Record]] = defaultdict(list)
    for row in rows:
        groups[_key(row)].append(row)
    return groups


def _key(record: Record) -> TrendKey:
    return tuple(record.get(name) for name in _SAME)


def _values(rows: Iterable[Record]) -> list[Decimal]:
    """The values that are numbers, in the order of the rows."""
    values = (row.get("varde") for row in rows)
    return [value for value in values if isinstance(value, Decimal)]


def _total(case: Case, key: TrendKey, values: list[Decimal]) -> Decimal:
    """The county's value: the sum of its rows, or the highest of them, as the indicator's code
    says."""
    code = case.spec.lists["indikator"].by_code.get(str(key[0]))
    highest = code is not None and code.attributes.get("summering") == _HIGHEST
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
    percent = format_percent(abs((now - before) / before), 0)
    return case.catalogue.word(f"{word}_procent", amount=amount, percent=percent)


def _shown(value: Decimal) -> str:
    return format_number(value, _decimals(value))


def _decimals(value: Decimal) -> int:
    """How many decimals a value has, without trailing zeros."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
