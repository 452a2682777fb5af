"""Rules that the spec declares for rows: date order, what one answer requires or forbids,
shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from toolkit.checks.case import Case, Test, is_blank
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, TableData, Typed, several
from toolkit.spec.marks import SPECIAL_ANSWERS
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
from toolkit.words.amounts import format_number
from toolkit.words.celltext import shown, text
from toolkit.words.periods import Period
from toolkit.words.swedish import join_and

_MANY = 3  # rows that are beside the year, as one cause


def check_rules(case: Case) -> Iterator[Finding]:
    """Every rule that the spec declares, in its order."""
    for table, data in case.tables():
        for rule in table.rules:
            yield from _BY_KIND[rule.kind](case, table, data, rule)


def _order(case: Case, table: TableSpec, _data: TableData, rule: OrderRule) -> Iterator[Finding]:
    field, other = table.by_id[rule.then], table.by_id[rule.first].label
    for record in case.rows(table.id, (rule.first, rule.then), _reversed):
        if case.sure(record, rule.first, rule.then):
            refs = (record.ref(rule.then), record.ref(rule.first))
            first, then = record.get(rule.first), record.get(rule.then)
            yield case.say(rule.code, table, field, *refs, other=other, first=first, value=then)


def _reversed(first: Typed, then: Typed) -> bool:
    return isinstance(first, date) and isinstance(then, date) and then < first


def _within_year(
    case: Case, table: TableSpec, _data: TableData, rule: WithinYearRule
) -> Iterator[Finding]:
    period = Period(case.spec.year)

    def beside(first: Typed, then: Typed) -> bool:
        if not isinstance(first, date) or _reversed(first, then):
            return False
        end = then if isinstance(then, date) else None  # without an end it goes on
        return not period.overlaps(first, end)

    found = case.rows(table.id, (rule.first, rule.then), beside)
    rows = [record for record in found if case.sure(record, rule.first, rule.then)]
    if len(rows) >= _MANY:  # a year is wrong in all of them, and not a day in each
        yield _beside_together(case, table, rule, rows)
        return
    for record in rows:
        start, end = record.get(rule.first), record.get(rule.then)
        told = {"year": str(period.year), "start": str(start), "end": str(end)}
        yield case.say_of(rule.code, record, rule.first, **told)


def _beside_together(
    case: Case, table: TableSpec, rule: WithinYearRule, rows: Sequence[Record]
) -> Finding:
    refs = [record.ref(rule.first) for record in rows]
    days = "; ".join(f"{record.get(rule.first)}–{record.get(rule.then)}" for record in rows)
    told = {"year": str(case.spec.year), "days": days}
    field = table.by_id[rule.first]
    said = case.say(rule.code, table, field, *refs, **told)
    many = case.catalogue.word("lika_celler", count=format_number(len(rows)))
    return replace(said, message=f"{said.message} {many}")


def _required_when(
    case: Case, table: TableSpec, data: TableData, rule: RequiredWhenRule
) -> Iterator[Finding]:
    # A column that is gone is said once (KOL-SAKNAS), not once a row: elsewhere 3,000 such errors
    # hid 13 that were real.
    if not data.columns.places[data.columns.index[rule.field]]:
        return
    for record in _rows_when(case, table, rule, is_blank):
        reason = _reason(case, table, record, rule.when)
        yield case.say_of(rule.code, record, rule.field, reason=reason)


def _empty_when(
    case: Case, table: TableSpec, _data: TableData, rule: EmptyWhenRule
) -> Iterator[Finding]:
    for record in _rows_when(case, table, rule, lambda value: not isinstance(value, Missing)):
        reason, value = (
            _reason(case, table, record, rule.when),
            _as_written(record.value(rule.field).raw),
        )
        yield case.say_of(rule.code, record, rule.field, reason=reason, value=value)


def _one_of(case: Case, table: TableSpec, _data: TableData, rule: OneOfRule) -> Iterator[Finding]:
    for record in case.rows(table.id, rule.among, lambda *values: all(map(is_blank, values))):
        yield case.say_of(rule.code, record, rule.among[0])


def _rows_when(
    case: Case, table: TableSpec, rule: RequiredWhenRule | EmptyWhenRule, test: Test
) -> Iterator[Record]:
    """The rows in which the rule's field fails the test while the rule's conditions hold."""
    accepted = tuple(rule.when.values())

    def wrong(value: Typed, *given: Typed) -> bool:
        return bool(test(value)) and all(map(_holds, given, accepted))

    if not rule.when:
        return iter(())
    return _rows(case, table, (rule.field, *rule.when), wrong)


def _rows(
    case: Case, table: TableSpec, names: Sequence[str], test: Callable[..., object]
) -> Iterator[Record]:
    """The rows whose values fail the test; a computed field is reckoned, whatever the file has
    stored."""
    computed = [name for name in names if table.by_id[name].computed is not None]
    data = case.submission.tables.get(table.id)
    if not computed or data is None:
        yield from case.rows(table.id, names, test)
        return
    for record in data.records:
        values = {name: record.get(name) for name in names}
        values |= {name: _reckoned(case, record, name) for name in computed}
        if test(*(values[name] for name in names)):
            yield record


def _reckoned(case: Case, record: Record, name: str) -> Typed:
    if name in case.computed.unknown(record):
        return Missing.UNKNOWN
    return case.computed(record)[name]


def _shares(case: Case, table: TableSpec, data: TableData, rule: SharesRule) -> Iterator[Finding]:
    for members in _sharing(data, rule):
        total = sum((record.amount(rule.field) for record in members), Decimal(0))
        if total != 100:
            refs = [record.ref(rule.field) for record in members]
            yield case.say(rule.code, table, table.by_id[rule.field], *refs, total=total)


def _sharing(data: TableData, rule: SharesRule) -> Iterable[list[Record]]:
    """The rows that divide one whole among them. A row without a number is asked for by itself."""
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in data.records:
        if isinstance(record.get(rule.field), Decimal):
            groups[tuple(record.get(name) for name in rule.per)].append(record)
    return groups.values()


def _referred(
    case: Case, table: TableSpec, _data: TableData, rule: ReferredRule
) -> Iterator[Finding]:
    other, _, name = rule.by.partition(".")
    key = table.key_field
    if key is None or not _can_name(case, other, name):
        return
    named = set(chain.from_iterable(map(several, case.distinct(other, name))))
    accepted = tuple(rule.when.values())

    def unnamed(value: Typed, *given: Typed) -> bool:
        return isinstance(value, str) and value not in named and all(map(_holds, given, accepted))

    for record in _rows(case, table, (key.id, *rule.when), unnamed):
        label = case.spec.tables[other].label
        yield case.say_of(rule.code, record, key.id, value=record.get(key.id), other=label)


def _can_name(case: Case, table: str, field: str) -> bool:
    """Whether a table's references can be relied on: it is there, the county has not said that it
    has nothing to report in it, and none of them is doubtful. A row is not called unnamed when what
    should name it has yet to be mended."""
    data = case.submission.tables.get(table)
    return data is not None and data.nil_reason is None and case.all_sure(table, field)


def _reason(
    case: Case, table: TableSpec, record: Record, when: Mapping[str, tuple[str, ...]]
) -> str:
    """The conditions in words."""
    pieces = []
    for name, accepted in when.items():
        label = table.by_id[name].label
        value = _as_written(record.value(name).raw)
        word = "ifyllt" if "*" in accepted else "har_varde"
        pieces.append(case.catalogue.word(word, label=label, value=value))
    return case.catalogue.word("och").join(pieces)


def _as_written(raw: object) -> str:
    """What a field holds; of several cells those that hold anything."""
    if isinstance(raw, tuple):
        return join_and(shown(one) for one in raw if text(one))
    return shown(raw)


def _holds(value: Typed, accepted: tuple[str, ...]) -> bool:
    if isinstance(value, Missing):
        return value.value in accepted
    if "*" in accepted:
        return True
    if isinstance(value, Decimal | int):
        return any(_is_so(value, answer) for answer in accepted)
    return any(code in accepted for code in several(value))


def _is_so(number: Decimal | int, answer: str) -> bool:
    """Whether a number is what a condition says.

    >>> _is_so(Decimal("0.50"), "0.5"), _is_so(3, ">0"), _is_so(0, "u.s.")
    (True, True, False)
    """
    if answer == ">0":
        return number > 0
    return answer not in SPECIAL_ANSWERS.values() and number == Decimal(answer)


_BY_KIND: dict[str, Callable[..., Iterator[Finding]]] = {
    "order": _order,
    "within_year": _within_year,
    "required_when": _required_when,
    "empty_when": _empty_when,
    "one_of": _one_of,
    "shares": _shares,
    "referred": _referred,
}
