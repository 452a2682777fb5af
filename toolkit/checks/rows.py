"""Rules that the spec declares for rows: date order, what one answer requires or forbids, shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.periods import Period
from toolkit.rawtext import shown
from toolkit.spec import (
    EmptyWhenRule,
    OrderRule,
    ReferredRule,
    RequiredWhenRule,
    SharesRule,
    TableSpec,
    WithinYearRule,
)
from toolkit.submission import Missing, Record


def check_rules(case: Case) -> Iterator[Finding]:
    """Every rule that the spec declares, in its order."""
    for table, records in case.tables():
        for rule in table.rules:
            yield from _BY_KIND[rule.kind](case, table, records, rule)


def _order(case: Case, table: TableSpec, records: tuple[Record, ...], rule: OrderRule) -> Iterator[Finding]:
    for record in records:
        first, then = record.get(rule.first), record.get(rule.then)
        if not isinstance(first, date) or not isinstance(then, date) or then >= first:
            continue
        if case.sure(record, rule.first, rule.then):
            refs = (record.ref(rule.then), record.ref(rule.first))
            other = table.by_id[rule.first].label
            yield case.say(rule.code, table, table.by_id[rule.then], *refs, value=then, other=other, first=first)


def _within_year(case: Case, table: TableSpec, records: tuple[Record, ...], rule: WithinYearRule) -> Iterator[Finding]:
    period = Period(case.spec.year)
    for record in records:
        first, then = record.get(rule.first), record.get(rule.then)
        if not isinstance(first, date) or (isinstance(then, date) and then < first):
            continue
        if period.overlaps(first, then if isinstance(then, date) else None):
            continue
        if case.sure(record, rule.first, rule.then):
            yield case.say(rule.code, table, table.by_id[rule.first], record.ref(rule.first), year=period.year)


def _required_when(
    case: Case, table: TableSpec, records: tuple[Record, ...], rule: RequiredWhenRule
) -> Iterator[Finding]:
    for record in records:
        is_there = record.columns.places[record.columns.index[rule.field]]
        if is_there and record.get(rule.field) is Missing.BLANK and (reason := _reason(case, table, record, rule.when)):
            yield case.say(rule.code, table, table.by_id[rule.field], record.ref(rule.field), reason=reason)


def _empty_when(case: Case, table: TableSpec, records: tuple[Record, ...], rule: EmptyWhenRule) -> Iterator[Finding]:
    for record in records:
        filled = not isinstance(record.get(rule.field), Missing)
        if filled and (reason := _reason(case, table, record, rule.when)):
            value = shown(record.value(rule.field).raw)
            yield case.say(
                rule.code, table, table.by_id[rule.field], record.ref(rule.field), reason=reason, value=value
            )


def _shares(case: Case, table: TableSpec, records: tuple[Record, ...], rule: SharesRule) -> Iterator[Finding]:
    groups: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in records:
        if isinstance(record.get(rule.field), Decimal):
            groups[tuple(record.get(name) for name in rule.per)].append(record)
    for members in groups.values():
        total = sum((record.amount(rule.field) for record in members), Decimal(0))
        if total != 100:
            refs = [record.ref(rule.field) for record in members]
            yield case.say(rule.code, table, table.by_id[rule.field], *refs, total=total)


def _referred(case: Case, table: TableSpec, records: tuple[Record, ...], rule: ReferredRule) -> Iterator[Finding]:
    other, _, name = rule.by.partition(".")
    if other not in case.submission.tables or table.key_field is None:
        return
    data = case.submission.tables[other]
    if data.nil_reason is not None or not case.all_sure(other, name):
        return
    named = {code for record in data.records for code in record.codes(name)}
    for record in records:
        key = record.get(table.key_field.id)
        wanted = not rule.when or _reason(case, table, record, rule.when)
        if isinstance(key, str) and key not in named and wanted:
            ref = record.ref(table.key_field.id)
            yield case.say(rule.code, table, table.key_field, ref, value=key, other=case.spec.tables[other].label)


def _reason(case: Case, table: TableSpec, record: Record, when: Mapping[str, tuple[str, ...]]) -> str:
    """The conditions in words when all of them hold, otherwise nothing."""
    pieces = []
    for name, accepted in when.items():
        if not _holds(record, name, accepted):
            return ""
        label = table.by_id[name].label
        value = shown(record.value(name).raw)
        pieces.append(case.catalogue.word("ifyllt" if "*" in accepted else "har_varde", label=label, value=value))
    return case.catalogue.word("och").join(pieces)


def _holds(record: Record, name: str, accepted: tuple[str, ...]) -> bool:
    value = record.get(name)
    if isinstance(value, Missing):
        return value.value in accepted
    if "*" in accepted:
        return True
    if ">0" in accepted and isinstance(value, Decimal | int):
        return value > 0
    return any(code in accepted for code in record.codes(name))


_BY_KIND: dict[str, Callable[..., Iterator[Finding]]] = {
    "order": _order, "within_year": _within_year, "required_when": _required_when, "empty_when": _empty_when,
    "shares": _shares, "referred": _referred,
}  # fmt: skip
