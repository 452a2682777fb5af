"""Rules between two years: the county's own return of the year before, beside this year's. All of
them ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Missing, Record, Submission
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


# ------------------------------------------------------------------------------------------------------ kronor
def _changed_spend(case: Case, past: Past) -> Iterator[Finding]:
    """Spend on a verksamhetskod changed beyond both limits. Asked in the row that sums the code,
    where one comment explains it."""
    table, before = case.spec.tables["huvudbok"], past.rows("ekonomi", "verksamhetskod", "utfall")
    if before is None or not _spend_is_known(case):
        return
    was, now = _by_code(before), _by_code(case.submission.records("ekonomi"))
    codes = past.spec.lists["verksamhetskod"]
    for record in case.submission.records(table.id):
        code = codes.by_code.get(record.text("verksamhetskod"))
        if (
            code is None
            or not code.is_valid_in(past.year)
            or record.get("kommentar") is not Missing.BLANK
        ):
            continue
        spent, earlier = now[code.code], was[code.code]
        if _is_large(case, spent, earlier, case.spec.limits.trend_amount):
            yield case.say(
                "TREND-EKONOMI",
                table,
                table.by_id["ekonomi"],
                record.ref("ekonomi"),
                area=code.shown,
                year=past.year,
                now=format_kr(spent),
                before=format_kr(earlier),
                change=_change(case, spent, earlier, "kr"),
            )


def _spend_is_known(case: Case) -> bool:
    """Whether this year's amounts can be relied on; a table without anything to report has said why
    already."""
    data = case.submission.tables.get("ekonomi")
    known = data is not None and bool(data.rows) and data.nil_reason is None
    return known and case.all_sure("ekonomi", "utfall", "verksamhetskod")


def _by_code(rows: Iterable[Record]) -> defaultdict[str, Decimal]:
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
    table, arithmetic = case.spec.tables["anslag"], Arithmetic(past.spec, past.submission)
    closing = {row.text("anslagspost"): arithmetic(row)["utgaende"] for row in before}
    for record in case.submission.records(table.id):
        stated, expected = record.get("ingaende"), closing.get(record.text("anslagspost"))
        if (
            expected is None
            or not isinstance(stated, Decimal)
            or record.get("kommentar") is not Missing.BLANK
        ):
            continue
        if abs(stated - expected) > tolerance(0) and case.sure(record, "ingaende", "anslagspost"):
            yield case.say(
                "TREND-INGAENDE",
                table,
                table.by_id["ingaende"],
                record.ref("ingaende"),
                stated=format_kr(stated),
                before=format_kr(expected),
                year=past.year,
                suggestion=format_kr(expected),
            )


# -------------------------------------------------------------------------------------------------- indicators
def _stated_as_last_year(case: Case, past: Past) -> Iterator[Finding]:
    """A previous value that is none of those that were reported, nor their sum."""
    table, before = case.spec.tables["indikatorer"], _reported(past)
    for record in case.submission.records(table.id):
        stated, own = record.get("foregaende"), before.get(_key(record), [])
        if (
            not own
            or not isinstance(stated, Decimal)
            or record.get("kommentar") is not Missing.BLANK
        ):
            continue
        if stated not in {*own, sum(own)} and case.sure(record, "foregaende", *_SAME):
            one = format_number(own[0], _decimals(own[0])) if len(set(own)) == 1 else None
            told = one or ", ".join(format_number(value, _decimals(value)) for value in own)
            yield case.say(
                "TREND-FOREGAENDE",
                table,
                table.by_id["foregaende"],
                record.ref("foregaende"),
                suggestion=one,
                stated=format_number(stated, _decimals(stated)),
                before=told,
                year=past.year,
            )


def _changed_indicators(case: Case, past: Past) -> Iterator[Finding]:
    """An indicator's value for a place, sex and age changed beyond both limits, over all its
    rows."""
    table, before = case.spec.tables["indikatorer"], _reported(past)
    if not case.all_sure(table.id, "indikator"):
        return
    groups: defaultdict[TrendKey, list[Record]] = defaultdict(list)
    for record in case.submission.records(table.id):
        groups[_key(record)].append(record)
    for key, rows in groups.items():
        known = [value for row in rows if isinstance(value := row.get("varde"), Decimal)]
        explained = any(row.get("kommentar") is not Missing.BLANK for row in rows)
        if key not in before or len(known) < len(rows) or explained:
            continue
        now, was = _total(case, key, known), _total(case, key, before[key])
        if _is_large(case, now, was, least_change(case, key[0])):
            refs = [row.ref("varde") for row in rows]
            yield case.say(
                "TREND-REDOVISAT",
                table,
                table.by_id["varde"],
                *refs,
                year=past.year,
                before=_shown(was),
                now=_shown(now),
                indicator=case.spec.lists["indikator"].by_code[str(key[0])].shown,
                change=_change(case, now, was, ""),
            )


def least_change(case: Case, indicator: object) -> Decimal:
    """The smallest change of an indicator's value that is worth a question: in kronor, or in its
    own unit."""
    code = (
        case.spec.lists["indikator"].by_code.get(indicator) if isinstance(indicator, str) else None
    )
    is_money = code is not None and code.attributes.get("enhet") == "kr"
    return case.spec.limits.trend_amount if is_money else case.spec.limits.trend_count


def _reported(past: Past) -> dict[TrendKey, list[Decimal]]:
    """Last year's values by indicator, place, sex and age. Where one of them is unknown, none is
    taken."""
    values: defaultdict[TrendKey, list[Decimal]] = defaultdict(list)
    unknown = set()
    for row in past.rows("indikatorer", "varde", *_SAME) or ():
        if isinstance(value := row.get("varde"), Decimal):
            values[_key(row)].append(value)
        else:
            unknown.add(_key(row))
    return {key: own for key, own in values.items() if key not in unknown}


def _key(record: Record) -> TrendKey:
    return tuple(record.get(name) for name in _SAME)


def _total(case: Case, key: TrendKey, values: list[Decimal]) -> Decimal:
    code = case.spec.lists["indikator"].by_code.get(str(key[0]))
    highest = code is not None and code.attributes.get("summering") == _HIGHEST
    return max(values) if highest else sum(values, Decimal(0))


# ----------------------------------------------------------------------------------------------------- changes
def _is_large(case: Case, now: Decimal, before: Decimal, least: Decimal) -> bool:
    """Beyond both limits. From nothing, every change is beyond the percentage."""
    change = abs(now - before)
    return change > least and (
        not before or change * 100 > abs(before) * case.spec.limits.trend_percent
    )


def _change(case: Case, now: Decimal, before: Decimal, unit: str) -> str:
    word = "okning" if now > before else "minskning"
    amount = format_kr(abs(now - before)) if unit == "kr" else _shown(abs(now - before))
    if not before:
        return case.catalogue.word(word, amount=amount)
    percent = format_percent(abs((now - before) / before), 0)
    return case.catalogue.word(f"{word}_procent", amount=amount, percent=percent)


def _shown(value: Decimal) -> str:
    return format_number(value, _decimals(value))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
