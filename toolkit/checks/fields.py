"""Rules on one cell: required, unique, range, pattern, length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from toolkit.checks.case import Case, Test, is_blank
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, Typed
from toolkit.spec.model import Field
from toolkit.words.amounts import format_number
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.personal import mask

_NO_LETTER = re.compile(r"\W")


def check_required(case: Case) -> Iterator[Finding]:
    """A required cell is empty. In a row of a fixed table whose code is gone, only the code is
    asked for."""
    for table, field, record, _ in case.cells(lambda field: is_blank if field.required else None):
        if (
            table.kind == "fixed"
            and field is not table.fields[0]
            and record.typed[0] is Missing.BLANK
        ):
            continue
        if record.columns.places[record.columns.index[field.id]]:
            yield case.say("FALT-SAKNAS", table, field, record.ref(field.id))


def check_unique(case: Case) -> Iterator[Finding]:
    """The same id (or a fixed table's code) on several rows: one finding for each row after the
    first."""
    for table, data in case.tables():
        keys = (
            item
            for item in table.fields
            if item.unique or (table.rows_from and item is table.fields[0])
        )
        for field in (item for item in keys if _has_twice(data.column(item.id))):
            seen: dict[object, Record] = {}
            for record in data.records:
                value = record.get(field.id)
                if isinstance(value, Missing):
                    continue
                first = seen.setdefault(value, record)
                if first is not record:
                    refs = (record.ref(field.id), first.ref(field.id))
                    yield case.say(
                        "FALT-UNIK",
                        table,
                        field,
                        *refs,
                        value=value,
                        first=first.ref(field.id).cell,
                    )


def _has_twice(column: Sequence[Typed]) -> bool:
    given = [value for value in column if not isinstance(value, Missing)]
    return len(set(given)) < len(given)


def check_range(case: Case) -> Iterator[Finding]:
    """A number or date outside the field's bounds."""
    for table, field, record, _ in case.cells(_outside):
        raw = shown(record.value(field.id).raw)
        yield case.say(
            "FALT-INTERVALL",
            table,
            field,
            record.ref(field.id),
            value=raw,
            bounds=_bounds(case, field),
        )


def check_pattern(case: Case) -> Iterator[Finding]:
    """A text or id that is not written in the field's form."""
    for table, field, record, value in case.cells(_unlike_pattern):
        written, meant = shown(record.value(field.id).raw), _likely_id(field, str(value))
        ref = record.ref(field.id)
        yield case.say(
            "FALT-MONSTER",
            table,
            field,
            ref,
            value=written,
            form=field.pattern_help,
            suggestion=meant,
        )


def _likely_id(field: Field, written: str) -> str | None:
    """The id without the signs in it, and with the letter that all of its kind have."""
    bare = _NO_LETTER.sub("", written)
    meant = field.example[:1] + bare if bare.isdigit() else bare
    return meant if field.type == "id" and re.fullmatch(field.pattern or "", meant) else None


def _unlike_pattern(field: Field) -> Test | None:
    like = re.compile(field.pattern).fullmatch if field.pattern else None
    return (lambda value: isinstance(value, str) and value and not like(value)) if like else None


def check_length(case: Case) -> Iterator[Finding]:
    """A text too short to say anything, or longer than can be used."""
    for table, field, record, value in case.cells(_too_long):
        ref = record.ref(field.id)
        yield case.say(
            "FALT-LANG", table, field, ref, length=len(str(value)), limit=field.max_length
        )
    for table, field, record, value in case.cells(_too_short):
        ref = record.ref(field.id)
        yield case.say(
            "FALT-KORT", table, field, ref, value=mask(str(value)), limit=field.min_length
        )


def _too_long(field: Field) -> Test | None:
    limit = field.max_length if field.type == "text" else None
    return (
        (lambda value: isinstance(value, str) and len(value) > limit) if limit is not None else None
    )


def _too_short(field: Field) -> Test | None:
    limit = field.min_length if field.type == "text" else None
    return (
        (lambda value: isinstance(value, str) and 0 < len(value) < limit)
        if limit is not None
        else None
    )


def check_scope(case: Case) -> Iterator[Finding]:
    """A code that exists but belongs to another county, such as a municipality elsewhere."""
    own = case.submission.county

    def elsewhere(value: Typed) -> bool:
        return isinstance(value, str) and not value.startswith(own)

    for table, field, record, value in case.cells(
        lambda field: elsewhere if field.scope == "county" else None
    ):
        code = case.spec.lists[field.list or ""].by_code[str(value)]
        yield case.say("FALT-ANNAT-LAN", table, field, record.ref(field.id), value=code.shown)


def check_indicator_bounds(case: Case) -> Iterator[Finding]:
    """An indicator's own highest value and decimals, as its code declares them."""
    table = case.spec.tables["indikatorer"]
    codes = case.spec.lists["indikator"].by_code

    def beyond(name: Typed, value: Typed) -> bool:
        code = codes.get(name) if isinstance(name, str) else None
        if code is None or not isinstance(value, Decimal):
            return False
        whole = code.attributes.get("decimaler") == "0" and value != value.to_integral_value()
        return whole or value > Decimal(code.attributes.get("hogst", "Infinity"))

    for record in case.rows(table.id, ("indikator", "varde"), beyond):
        code, ref = codes[record.text("indikator")], record.ref("varde")
        yield case.say(
            "IND-VARDE",
            table,
            table.by_id["varde"],
            ref,
            value=shown(record.get("varde")),
            indicator=code.label,
            unit=code.attributes.get("enhet", ""),
        )


def check_same_indicator(case: Case) -> Iterator[Finding]:
    """The same indicator twice for the same activity, place, sex and age."""
    table = case.spec.tables["indikatorer"]
    names = ("indikator", "aktivitet_id", "mal_id", "niva", "kommun", "kon", "alder")
    keys = list(zip(*(case.column(table.id, name) for name in names), strict=True))
    groups: dict[tuple[object, ...], list[CellRef]] = defaultdict(list)
    for key, record in (
        zip(keys, case.submission.records(table.id), strict=True)
        if len(set(keys)) < len(keys)
        else ()
    ):
        if Missing.UNREADABLE not in key:
            groups[key].append(record.ref("indikator"))
    for refs in groups.values():
        if len(refs) > 1:
            yield case.say(
                "DUBBLETT-INDIKATOR",
                table,
                table.by_id["indikator"],
                *reversed(refs),
                first=refs[0].cell,
            )


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
