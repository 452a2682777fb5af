"""Rules on one cell: required, unique, range, pattern, length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.amounts import format_number
from toolkit.cells import CellRef
from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.personal import mask
from toolkit.rawtext import shown
from toolkit.spec import Field, TableSpec
from toolkit.submission import Missing, Record

Fields = Iterator[tuple[TableSpec, Field, Record]]


def check_required(case: Case) -> Iterator[Finding]:
    """A required cell is empty. In a row of a fixed table whose code is gone, only the code is asked for."""
    for table, field, record in _cells(case):
        if table.kind == "fixed" and field is not table.fields[0] and record.typed[0] is Missing.BLANK:
            continue
        if field.required and record.get(field.id) is Missing.BLANK and record.columns.places[_at(record, field)]:
            yield case.say("FALT-SAKNAS", table, field, record.ref(field.id))


def check_unique(case: Case) -> Iterator[Finding]:
    """The same id (or a fixed table's code) on several rows: one finding for each row after the first."""
    for table, records in case.tables():
        for field in (item for item in table.fields if item.unique or (table.rows_from and item is table.fields[0])):
            seen: dict[object, Record] = {}
            for record in records:
                value = record.get(field.id)
                if isinstance(value, Missing):
                    continue
                first = seen.setdefault(value, record)
                if first is not record:
                    refs = (record.ref(field.id), first.ref(field.id))
                    yield case.say("FALT-UNIK", table, field, *refs, value=value, first=first.ref(field.id).cell)


def check_range(case: Case) -> Iterator[Finding]:
    """A number or date outside the field's bounds."""
    for table, field, record in _cells(case):
        value = record.get(field.id)
        if field.minimum is None and field.maximum is None:
            continue
        number = _as_number(value)
        if number is None or _inside(field, number):
            continue
        raw = shown(record.value(field.id).raw)
        yield case.say("FALT-INTERVALL", table, field, record.ref(field.id), value=raw, bounds=_bounds(case, field))


def check_pattern(case: Case) -> Iterator[Finding]:
    """A text or id that is not written in the field's form."""
    for table, field, record in _cells(case):
        value = record.get(field.id)
        if field.pattern and isinstance(value, str) and value and not re.fullmatch(field.pattern, value):
            yield case.say(
                "FALT-MONSTER", table, field, record.ref(field.id), value=shown(value), form=field.pattern_help
            )


def check_length(case: Case) -> Iterator[Finding]:
    """A text too short to say anything, or longer than can be used."""
    for table, field, record in _cells(case):
        value = record.get(field.id)
        if not isinstance(value, str) or field.type != "text" or not value:
            continue
        if field.max_length is not None and len(value) > field.max_length:
            ref = record.ref(field.id)
            yield case.say("FALT-LANG", table, field, ref, length=len(value), limit=field.max_length)
        if field.min_length is not None and len(value) < field.min_length:
            yield case.say("FALT-KORT", table, field, record.ref(field.id), value=mask(value), limit=field.min_length)


def check_scope(case: Case) -> Iterator[Finding]:
    """A code that exists but belongs to another county, such as a municipality elsewhere."""
    for table, field, record in _cells(case):
        value = record.get(field.id)
        if field.scope == "county" and isinstance(value, str) and not value.startswith(case.submission.county):
            code = case.spec.lists[field.list or ""].by_code[value]
            yield case.say("FALT-ANNAT-LAN", table, field, record.ref(field.id), value=code.shown)


def check_indicator_bounds(case: Case) -> Iterator[Finding]:
    """An indicator's own highest value and decimals, as its code declares them."""
    table = case.spec.tables["indikatorer"]
    for record in case.submission.records(table.id):
        code = case.spec.lists["indikator"].by_code.get(record.text("indikator"))
        value = record.get("varde")
        if code is None or not isinstance(value, Decimal):
            continue
        highest = Decimal(code.attributes.get("hogst", "Infinity"))
        whole = code.attributes.get("decimaler") == "0" and value != value.to_integral_value()
        if value > highest or whole:
            ref = record.ref("varde")
            yield case.say("IND-VARDE", table, table.by_id["varde"], ref, value=shown(value), indicator=code.label,
                           unit=code.attributes.get("enhet", ""))  # fmt: skip


def check_same_indicator(case: Case) -> Iterator[Finding]:
    """The same indicator twice for the same activity, place, sex and age."""
    table = case.spec.tables["indikatorer"]
    names = ("indikator", "aktivitet_id", "mal_id", "niva", "kommun", "kon", "alder")
    groups: dict[tuple[object, ...], list[CellRef]] = defaultdict(list)
    for record in case.submission.records(table.id):
        groups[tuple(record.get(name) for name in names)].append(record.ref("indikator"))
    for refs in groups.values():
        if len(refs) > 1:
            yield case.say("DUBBLETT-INDIKATOR", table, table.by_id["indikator"], *reversed(refs), first=refs[0].cell)


def _cells(case: Case) -> Fields:
    for table, records in case.tables():
        for record in records:
            for field in table.fields:
                if field.computed is None:
                    yield table, field, record


def _at(record: Record, field: Field) -> int:
    return record.columns.index[field.id]


def _as_number(value: object) -> Decimal | None:
    if isinstance(value, date):
        return Decimal(value.strftime("%Y%m%d"))
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _inside(field: Field, number: Decimal) -> bool:
    low, high = field.minimum, field.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _bounds(case: Case, field: Field) -> str:
    low, high = (_bound(field, value) for value in (field.minimum, field.maximum))
    if low and high:
        return low if low == high else case.catalogue.word("mellan", low=low, high=high)
    return case.catalogue.word("minst", low=low) if low else case.catalogue.word("hogst", high=high)


def _bound(field: Field, value: Decimal | None) -> str:
    if value is None:
        return ""
    if field.type == "date":
        return f"{str(value)[:4]}-{str(value)[4:6]}-{str(value)[6:8]}"
    return str(value) if field.type == "year" else format_number(value)
