"""What a yes changes where a share was meant in per cent and is stored as a part of one: Excel
stores 0,5 for 50 % in a cell that shows per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Cure, Finding
from toolkit.spec.model import Field
from toolkit.words.amounts import format_as_is
from toolkit.words.cells import CellRef

_LOW, _BY_FORMAT, _PERCENT = "FALT-ANDEL", "FALT-CELLFORMAT", "%"
_QUOTED = '”"'
_WHOLE = Decimal(100)


def with_share_cures(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those about shares below one with a hundred times as much as their cure."""
    return [_with_cures(case, one) if _is_of_shares(one) else one for one in findings]


def _is_of_shares(finding: Finding) -> bool:
    unit = dict(finding.parameters).get("unit", "").strip(_QUOTED)
    return finding.code == _LOW or (finding.code == _BY_FORMAT and unit == _PERCENT)


def _with_cures(case: Case, finding: Finding) -> Finding:
    table = case.spec.tables.get(finding.table or "")
    field = table.by_id.get(finding.field or "") if table else None
    if table is None or field is None or field.type != "share":
        return finding
    values = dict(_values_in(case, table.id, field, frozenset(finding.refs)))
    meant = {ref: value * _WHOLE for ref, value in values.items()}
    if set(meant) != set(finding.refs) or any(value > _WHOLE for value in meant.values()):
        return finding
    is_shown = finding.code == _BY_FORMAT
    cures = tuple(Cure(ref, _written(value, is_shown)) for ref, value in meant.items())
    return replace(finding, cures=cures, suggestion=_suggested(case, set(meant.values())))


def _values_in(
    case: Case, table: str, field: Field, refs: frozenset[CellRef]
) -> Iterator[tuple[CellRef, Decimal]]:
    for record in case.submission.records(table):
        value, ref = record.get(field.id), record.ref(field.id)
        if ref in refs and isinstance(value, Decimal):
            yield ref, value


def _written(value: Decimal, is_shown: bool) -> Decimal | str:
    """As a text where the cell's own format shows per cent: it would show a number a hundred times
    as large."""
    return f"{format_as_is(value)} %" if is_shown else value.normalize() + 0


def _suggested(case: Case, values: set[Decimal]) -> str:
    if len(values) == 1:
        return format_as_is(values.pop())
    return case.catalogue.word("andel_ganger")
