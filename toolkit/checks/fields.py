"""Rules on one cell: required, unique, range, pattern, length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date
from decimal import Decimal

from toolkit.checks.case import Case, Test, is_blank
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, Typed
from toolkit.spec.codelists import Code
from toolkit.spec.model import Field, TableSpec
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_ACTIVITY,
    INDICATOR_AGE,
    INDICATOR_CODE,
    INDICATOR_GOAL,
    INDICATOR_LEVEL,
    INDICATOR_MUNICIPALITY,
    INDICATOR_SEX,
    INDICATOR_VALUE,
)
from toolkit.words.amounts import format_as_is, read_number
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.personal import mask

_NO_LETTER = re.compile(r"\W")


def check_required(case: Case) -> Iterator[Finding]:
    """A required cell is empty. In a row of a fixed table whose code is gone, only the code is
    asked for, and the one that is nowhere else in the table is suggested; or where nothing else
    stands there either, it is the row that is gone."""
    gone: dict[str, list[str]] = {}
    # Blank is not zero: zero is an answer, and "u.s." is another.
    for table, field, record, _ in case.cells(lambda field: is_blank if field.required else None):
        if table.given_field not in (None, field) and record.typed[0] is Missing.BLANK:
            continue
        if record.columns.places[record.columns.index[field.id]]:
            special, suggestion = case.catalogue.word(field.special_word), None
            if field is table.given_field:
                left = gone.setdefault(table.id, _codes_gone(case, table, field))
                suggestion = left.pop(0) if left else None
            if suggestion and _is_bare(table, record):
                yield case.say_of("RAD-BORTA", record, field.id, row=suggestion)
                continue
            yield case.say_of(
                "FALT-SAKNAS", record, field.id, suggestion=suggestion, special=special
            )


def _is_bare(table: TableSpec, record: Record) -> bool:
    """Whether nothing stands in any cell of a row that the county fills in."""
    own = (field.id for field in table.fields if field.computed is None)
    return all(is_blank(record.get(name)) for name in own)


def _codes_gone(case: Case, table: TableSpec, field: Field) -> list[str]:
    """The given codes of a fixed table of which no row is left, as they stand in the template."""
    there = case.distinct(table.id, field.id)
    codes = case.spec.lists[table.rows_from or ""].valid_in(case.spec.year)
    return [code.shown for code in codes if code.code not in there]


def check_unique(case: Case) -> Iterator[Finding]:
    """The same id (or a fixed table's code) on several rows: one finding for each row after the
    first."""
    for table, data in case.tables():
        for field in table.fields:
            is_key = field.unique or field is table.given_field
            if is_key and _has_twice(data.column(field.id)):
                yield from _repeated(case, table, field, data.records)


def _has_twice(column: Sequence[Typed]) -> bool:
    given = [value for value in column if not isinstance(value, Missing)]
    return len(set(given)) < len(given)


def _repeated(
    case: Case, table: TableSpec, field: Field, records: Sequence[Record]
) -> Iterator[Finding]:
    """The rows whose value stands on a row above."""
    seen: dict[object, Record] = {}
    for record in records:
        value = record.get(field.id)
        if isinstance(value, Missing):
            continue
        first = seen.setdefault(value, record)
        if first is not record:
            own, other = record.ref(field.id), first.ref(field.id)
            yield case.say("FALT-UNIK", table, field, own, other, value=value, first=other.cell)


def check_range(case: Case) -> Iterator[Finding]:
    """A number or date outside the field's bounds."""
    for _, field, record, _ in case.cells(_outside):
        raw, bounds = shown(record.value(field.id).raw), _bounds(case, field)
        yield case.say_of("FALT-INTERVALL", record, field.id, value=raw, bounds=bounds)


def check_pattern(case: Case) -> Iterator[Finding]:
    """A text or id that is not written in the field's form."""
    for _, field, record, value in case.cells(_unlike_pattern):
        meant = _likely_id(field, str(value))
        told = {"value": shown(record.value(field.id).raw), "form": field.pattern_help}
        yield case.say_of("FALT-MONSTER", record, field.id, suggestion=meant, **told)


def _likely_id(field: Field, written: str) -> str | None:
    """The id without the signs in it, and with the letter that all of its kind have."""
    if field.type != "id":
        return None
    meant = _NO_LETTER.sub("", written)
    if meant.isdigit():
        meant = field.example[:1] + meant
    return meant if re.fullmatch(field.pattern or "", meant) else None


def _unlike_pattern(field: Field) -> Test | None:
    if not field.pattern:
        return None
    like = re.compile(field.pattern).fullmatch
    return lambda value: isinstance(value, str) and value and not like(value)


def check_length(case: Case) -> Iterator[Finding]:
    """A text too short to say anything, or longer than can be used."""
    for _, field, record, value in case.cells(_too_long):
        told = {"length": str(len(str(value))), "limit": str(field.max_length)}
        yield case.say_of("FALT-LANG", record, field.id, **told)
    for _, field, record, value in case.cells(_too_short):
        told = {"value": mask(str(value)), "limit": str(field.min_length)}
        yield case.say_of("FALT-KORT", record, field.id, **told)


def _too_long(field: Field) -> Test | None:
    limit = field.max_length
    if field.type != "text" or limit is None:
        return None
    return lambda value: isinstance(value, str) and len(value) > limit


def _too_short(field: Field) -> Test | None:
    """An empty cell is not a short text: whether it may be empty is another rule."""
    limit = field.min_length
    if field.type != "text" or limit is None:
        return None
    return lambda value: isinstance(value, str) and 0 < len(value) < limit


def check_scope(case: Case) -> Iterator[Finding]:
    """A code that exists but belongs to another county, such as a municipality elsewhere."""
    own = case.submission.county

    def elsewhere(value: Typed) -> bool:
        return isinstance(value, str) and not value.startswith(own)

    def test_of(field: Field) -> Test | None:
        return elsewhere if field.scope == "county" else None

    for _, field, record, value in case.cells(test_of):
        code = case.spec.lists[field.list or ""].by_code[str(value)]
        yield case.say_of("FALT-ANNAT-LAN", record, field.id, value=code.shown)


def check_indicator_bounds(case: Case) -> Iterator[Finding]:
    """An indicator's own highest value and decimals, as its code declares them."""
    codes = case.spec.answers_of(INDICATOR_CODE).by_code

    def beyond(name: Typed, value: Typed) -> bool:
        code = codes.get(name) if isinstance(name, str) else None
        return code is not None and isinstance(value, Decimal) and _is_beyond(code, value)

    for record in case.rows(INDICATOR, (INDICATOR_CODE, INDICATOR_VALUE), beyond):
        code, value = codes[record.text(INDICATOR_CODE)], shown(record.get(INDICATOR_VALUE))
        told = {"indicator": code.label, "unit": code.as_indicator.unit}
        yield case.say_of("IND-VARDE", record, INDICATOR_VALUE, value=value, **told)
    for _, field, record, written in case.raw_cells(_with_unit):
        counted = codes.get(record.text(INDICATOR_CODE)) if _is_of(case, record) else None
        if counted and _unit_in(written) != _unit_in(f"1 {counted.as_indicator.unit}"):
            told = {"indicator": counted.label, "unit": counted.as_indicator.unit}
            yield case.say_of("IND-VARDE", record, field.id, value=shown(written), **told)


def _with_unit(field: Field, _values: Set[object]) -> Callable[[object], str] | None:
    """`12 %` among numbers, whose unit is what their row's indicator is counted in."""
    return _unit_in if field.type == "number" else None


def _unit_in(value: object) -> str:
    """Per cent or kronor beside a number; an indicator's unit may say of what (`procent av…`)."""
    number = read_number(value) if isinstance(value, str) else None
    unit = number.unit if number else None
    return unit if unit in {"%", "kr"} else ""


def _is_of(case: Case, record: Record) -> bool:
    return record.columns.table == case.spec.table_of(INDICATOR).id


def _is_beyond(code: Code, value: Decimal) -> bool:
    """Whether an indicator counts whole things and the value is not whole, or is above its
    highest."""
    facts = code.as_indicator
    if facts.counts_whole and value != value.to_integral_value():
        return True
    return facts.highest is not None and value > facts.highest


_ONE_INDICATOR = (
    INDICATOR_CODE, INDICATOR_ACTIVITY, INDICATOR_GOAL, INDICATOR_LEVEL, INDICATOR_MUNICIPALITY,
    INDICATOR_SEX, INDICATOR_AGE,
)  # fmt: skip


def check_same_indicator(case: Case) -> Iterator[Finding]:
    """The same indicator twice for the same activity, place, sex and age, as far as they are asked
    for."""
    table, field = case.spec.table_of(INDICATOR), case.spec.field_of(INDICATOR_CODE)
    for refs in _cells_of_each_indicator(case).values():
        if len(refs) > 1:
            told = {"first": refs[0].cell}
            yield case.say("DUBBLETT-INDIKATOR", table, field, *reversed(refs), **told)


def _cells_of_each_indicator(case: Case) -> dict[tuple[Typed, ...], list[CellRef]]:
    """What a row is about → the cells where it is told; nothing when no two rows are about the
    same, as in most returns."""
    columns = [case.column(INDICATOR, role) for role in case.held(*_ONE_INDICATOR)]
    keys = list(zip(*columns, strict=True))
    groups: dict[tuple[Typed, ...], list[CellRef]] = defaultdict(list)
    if len(set(keys)) < len(keys):
        for key, record in zip(keys, case.submission.records(INDICATOR), strict=True):
            if Missing.UNREADABLE not in key:
                groups[key].append(record.ref(INDICATOR_CODE))
    return groups


def _outside(field: Field) -> Test | None:
    if field.minimum is None and field.maximum is None:
        return None

    def test(value: Typed) -> bool:
        number = _as_number(value)
        return number is not None and not _inside(field, number)

    return test


def _as_number(value: object) -> Decimal | None:
    if isinstance(value, date):
        return Decimal(value.strftime("%Y%m%d"))
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _inside(field: Field, number: Decimal) -> bool:
    low, high = field.minimum, field.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _bounds(case: Case, field: Field) -> str:
    """`mellan 0 och 100`, `minst 0`, `högst 100`, or the one value that is possible."""
    low, high = _bound(field, field.minimum), _bound(field, field.maximum)
    if low and low == high:
        return low
    if low and high:
        return case.catalogue.word("mellan", low=low, high=high)
    if low:
        return case.catalogue.word("minst", low=low)
    return case.catalogue.word("hogst", high=high)


def _bound(field: Field, value: Decimal | None) -> str:
    if value is None:
        return ""
    if field.type == "date":
        return f"{str(value)[:4]}-{str(value)[4:6]}-{str(value)[6:8]}"
    return str(value) if field.type == "year" else format_as_is(value)
