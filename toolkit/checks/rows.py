"""Rules that the spec declares for rows: date order, what one answer requires or forbids,
shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.checks.case import Case, Test, is_blank
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, TableData, Typed, several
from toolkit.spec.model import TableSpec
from toolkit.spec.rules import (
    EmptyWhenRule,
    OneOfRule,
    OrderRule,
    ReferredRule,
    RequiredWhenRule,
    SharesRule,
    WithinYearRule,
)
from toolkit.words.celltext import shown
from toolkit.words.periods import Period


def check_rules(case: Case) -> Iterator[Finding]:
    """Every rule that the spec declares, in its order."""
    for table, data in case.tables():
        for rule in table.rules:
            yield from _BY_KIND[rule.kind](case, table, data, rule)


def _order(case: Case, table: TableSpec, _data: TableData, rule: OrderRule) -> Iterator[Finding]:
    for record in case.rows(table.id, (rule.first, rule.then), _reversed):
        first, then = record.get(rule.first), record.get(rule.then)
        if case.sure(record, rule.first, rule.then):
            refs = (record.ref(rule.then), record.ref(rule.first))
            other = table.by_id[rule.first].label
            yield case.say(
                rule.code,
                table,
                table.by_id[rule.then],
                *refs,
                value=then,
                other=other,
                first=first,
            )


def _reversed(first: Typed, then: Typed) -> bool:
    return isinstance(first, date) and isinstance(then, date) and then < first


def _within_year(
    case: Case, table: TableSpec, _data: TableData, rule: WithinYearRule
) -> Iterator[Finding]:
    period = Period(case.spec.year)

    def beside(first: Typed, then: Typed) -> bool:
        if not isinstance(first, date) or _reversed(first, then):
            return False
        return not period.overlaps(first, then if isinstance(then, date) else None)

    for record in case.rows(table.id, (rule.first, rule.then), beside):
        if case.sure(record, rule.first, rule.then):
            yield case.say(
                rule.code, table, table.by_id[rule.first], record.ref(rule.first), year=period.year,
                start=record.get(rule.first), end=record.get(rule.then),
            )  # fmt: skip


def _required_when(
    case: Case, table: TableSpec, data: TableData, rule: RequiredWhenRule
) -> Iterator[Finding]:
    if not data.columns.places[data.columns.index[rule.field]]:
        return
    for record in _rows_when(case, table, rule, is_blank):
        reason = _reason(case, table, record, rule.when)
        yield case.say(
            rule.code, table, table.by_id[rule.field], record.ref(rule.field), reason=reason
        )


def _empty_when(
    case: Case, table: TableSpec, _data: TableData, rule: EmptyWhenRule
) -> Iterator[Finding]:
    for record in _rows_when(case, table, rule, lambda value: not isinstance(value, Missing)):
        reason, value = _reason(case, table, record, rule.when), shown(record.value(rule.field).raw)
        yield case.say(
            rule.code,
            table,
            table.by_id[rule.field],
            record.ref(rule.field),
            reason=reason,
            value=value,
        )


def _one_of(case: Case, table: TableSpec, _data: TableData, rule: OneOfRule) -> Iterator[Finding]:
    for record in case.rows(table.id, rule.among, lambda *values: all(map(is_blank, values))):
        yield case.say(rule.code, table, table.by_id[rule.among[0]], record.ref(rule.among[0]))


def _rows_when(
    case: Case, table: TableSpec, rule: RequiredWhenRule | EmptyWhenRule, test: Test
) -> Iterator[Record]:
    """The rows in which the rule's field fails the test while the rule's conditions hold."""
    accepted = tuple(rule.when.values())

    def wrong(value: Typed, *given: Typed) -> bool:
        return bool(test(value)) and all(map(_holds, given, accepted))

    return case.rows(table.id, (rule.field, *rule.when), wrong) if rule.when else iter(())


def _shares(case: Case, table: TableSpec, data: TableData, rule: SharesRule) -> Iterator[Finding]:
    groups: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in data.records:
        if isinstance(record.get(rule.field), Decimal):
            groups[tuple(record.get(name) for name in rule.per)].append(record)
    for members in groups.values():
        total = sum((record.amount(rule.field) for record in members), Decimal(0))
        if total != 100:
            refs = [record.ref(rule.field) for record in members]
            yield case.say(rule.code, table, table.by_id[rule.field], *refs, total=total)


def _referred(
    case: Case, table: TableSpec, _data: TableData, rule: ReferredRule
) -> Iterator[Finding]:
    other, _, name = rule.by.partition(".")
    if other not in case.submission.tables or table.key_field is None:
        return
    data = case.submission.tables[other]
    if data.nil_reason is not None or not case.all_sure(other, name):
        return
    named = {code for value in case.distinct(other, name) for code in several(value)}
    key = table.key_field
    accepted = tuple(rule.when.values())

    def unnamed(value: Typed, *given: Typed) -> bool:
        return isinstance(value, str) and value not in named and all(map(_holds, given, accepted))

    for record in case.rows(table.id, (key.id, *rule.when), unnamed):
        value, label = record.get(key.id), case.spec.tables[other].label
        yield case.say(rule.code, table, key, record.ref(key.id), value=value, other=label)


def _reason(
    case: Case, table: TableSpec, record: Record, when: Mapping[str, tuple[str, ...]]
) -> str:
    """The conditions in words."""
    pieces = []
    for name, accepted in when.items():
        label = table.by_id[name].label
        value = shown(record.value(name).raw)
        pieces.append(
            case.catalogue.word(
                "ifyllt" if "*" in accepted else "har_varde", label=label, value=value
            )
        )
    return case.catalogue.word("och").join(pieces)


def _holds(value: Typed, accepted: tuple[str, ...]) -> bool:
    if isinstance(value, Missing):
        return value.value in accepted
    if "*" in accepted:
        return True
    if ">0" in accepted and isinstance(value, Decimal | int):
        return value > 0
    return any(code in accepted for code in several(value))


_BY_KIND: dict[str, Callable[..., Iterator[Finding]]] = {
    "order": _order,
    "within_year": _within_year,
    "required_when": _required_when,
    "empty_when": _empty_when,
    "one_of": _one_of,
    "shares": _shares,
    "referred": _referred,
}
