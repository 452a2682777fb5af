"""What differs between two returns, by the records' own keys and never by their rows: what was
added, taken away and changed, and the sums before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing, Record, Submission, Typed
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.amounts import format_kr, format_number
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown

ADDED, REMOVED, CHANGED = "ny", "borta", "andrad"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in a table: a record that was ADDED or REMOVED, or a field of one that was
    CHANGED from `before` to `after`. `ref` is its cell, in the newer file where it is there."""

    kind: str
    table: str
    key: str
    ref: CellRef
    field: str = ""
    before: str = ""
    after: str = ""

    def as_json(self) -> dict[str, str]:
        """The contract of `diff --json`."""
        return {
            "kind": self.kind,
            "table": self.table,
            "key": self.key,
            "sheet": self.ref.sheet,
            "cell": self.ref.cell,
            "field": self.field,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class SumChange:
    """A column of amounts whose sum is another: in kronor, before and after."""

    table: str
    field: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class ReturnDifference:
    """All that differs between two returns, table by table in the spec's order."""

    changes: tuple[Change, ...]
    sums: tuple[SumChange, ...]

    def count(self, kind: str) -> int:
        """How many changes are of a kind."""
        return sum(change.kind == kind for change in self.changes)


def difference(spec: Spec, old: Submission, new: Submission) -> ReturnDifference:
    """Two returns of the same year, whatever order their rows stand in."""
    changes: list[Change] = []
    sums: list[SumChange] = []
    for table in spec.tables.values():
        before, after = _by_key(table, old), _by_key(table, new)
        changes += _changes(spec, table, before, after)
        sums += _sums(table, before, after)
    return ReturnDifference(tuple(changes), tuple(sums))


def _by_key(table: TableSpec, sent: Submission) -> dict[str, Record]:
    """A table's records by their ids, given codes, or (of a form) by nothing. A key that stands
    twice is told apart by its number."""
    data = sent.tables.get(table.id)
    found: dict[str, Record] = {}
    for record in data.records if data else ():
        key = _key(table, record)
        number, one = 1, key
        while one in found:
            number += 1
            one = f"{key} ({number})"
        found[one] = record
    return found


def _key(table: TableSpec, record: Record) -> str:
    if table.kind == "form":
        return ""
    unique = next((field for field in table.fields if field.unique), None)
    field = unique or table.fields[0]
    return record.text(field.id) or _written(record.value(field.id).raw)


def _changes(
    spec: Spec, table: TableSpec, before: Mapping[str, Record], after: Mapping[str, Record]
) -> Iterator[Change]:
    for key, record in before.items():
        if key not in after:
            yield Change(REMOVED, table.label, key, record.ref(table.fields[0].id))
    for key, record in after.items():
        old = before.get(key)
        if old is None:
            yield Change(ADDED, table.label, key, record.ref(table.fields[0].id))
        else:
            yield from _changed_fields(spec, table, key, (old, record))


def _changed_fields(
    spec: Spec, table: TableSpec, key: str, both: tuple[Record, Record]
) -> Iterator[Change]:
    old, new = both
    for field in table.fields:
        if field.computed is not None or _value(old, field) == _value(new, field):
            continue
        said = (field.label, _said(spec, old, field), _said(spec, new, field))
        yield Change(CHANGED, table.label, key, new.ref(field.id), *said)


def _written(raw: object) -> str:
    """What stands in a field's cell, or in its several cells."""
    if isinstance(raw, tuple):
        return "; ".join(filter(None, map(shown, raw)))
    return shown(raw)


def _value(record: Record, field: Field) -> object:
    """What is compared: what was understood, and of what was not its words."""
    typed = record.get(field.id)
    return _written(record.value(field.id).raw) if typed is Missing.UNREADABLE else typed


def _said(spec: Spec, record: Record, field: Field) -> str:
    """A value as it is shown: a code with its name."""
    typed: Typed = record.get(field.id)
    if isinstance(typed, Decimal):
        decimals = max(0, -int(typed.as_tuple().exponent))
        return format_number(typed, 2 if decimals and field.type == "amount" else decimals)
    if isinstance(typed, tuple):
        return ", ".join(_with_name(spec, field, code) for code in typed)
    if typed is Missing.UNREADABLE:
        return _written(record.value(field.id).raw)
    if typed is Missing.BLANK:
        return ""
    if isinstance(typed, Missing):
        return str(typed.value)
    return _with_name(spec, field, typed) if isinstance(typed, str) else shown(typed)


def _with_name(spec: Spec, field: Field, value: str) -> str:
    code = spec.lists[field.list].by_code.get(value) if field.list else None
    return code.shown if code else shown(value)


def _sums(
    table: TableSpec, before: Mapping[str, Record], after: Mapping[str, Record]
) -> Iterator[SumChange]:
    for field in table.fields:
        if field.type == "amount" and field.computed is None:
            sums = [
                sum((record.amount(field.id) for record in records.values()), Decimal(0))
                for records in (before, after)
            ]
            if sums[0] != sums[1]:
                yield SumChange(table.label, field.label, sums[0], sums[1])


def change_lines(found: ReturnDifference, texts: Texts, most: int | None = None) -> Iterator[str]:
    """Each change in words, a line each, and the sums; of very many no more than `most`, and how
    many more there are."""
    blank = texts("tomt")
    for change in found.changes[:most]:
        yield texts(
            change.kind if change.key else "andrad_form",
            table=change.table,
            row=change.key,
            cell=change.ref,
            field=change.field,
            before=change.before or blank,
            after=change.after or blank,
        )
    more = len(found.changes) - len(found.changes[:most])
    if more:
        yield texts("fler", count=more)
    for one in found.sums:
        before, after = format_kr(one.before), format_kr(one.after)
        yield texts("summa", table=one.table, field=one.field, before=before, after=after)
