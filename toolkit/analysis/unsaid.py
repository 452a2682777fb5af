"""What a row leaves open: a field that it was to answer and has not, with `u.s.`, with nothing, or
with something that nobody can read. What is not known may be a yes, and is never a no."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.analysis.records import MergedRow
from toolkit.returns.submission import Missing
from toolkit.spec.fields import NUMERIC
from toolkit.spec.marks import SPECIAL_WRITINGS
from toolkit.spec.model import Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_ANYTHING = {"*", ">0"}  # what a number is held against elsewhere: it may be
_LOST = (Missing.UNKNOWN, Missing.UNREADABLE)


def is_lost(value: object) -> bool:
    """Whether an answer that was to be given is not known; `e.t.` is an answer.

    >>> is_lost(Missing.UNKNOWN), is_lost(Missing.BLANK), is_lost(Missing.NOT_APPLICABLE)
    (True, True, False)
    """
    return value is Missing.BLANK or value in _LOST


def leaves_open(spec: Spec, row: MergedRow, field: str) -> bool:
    """Whether what a field was to say is not known, wholly or in part. A blank where the year's
    rules ask for nothing is no answer that is lost."""
    value = row[field]
    if isinstance(value, Missing):
        return value in _LOST or (value is Missing.BLANK and is_asked(spec, row, field))
    return isinstance(value, tuple) and _is_partly_unknown(row, field)


def is_asked(spec: Spec, row: MergedRow, field: str) -> bool:
    """Whether a row was to answer a field: where rules say when it must, one of them holds, or may
    hold."""
    table = spec.tables[row.record.columns.table]
    rules = [one for one in table.rules if one.kind == "required_when" and one.field == field]
    if table.by_id[field].required or not rules:
        return True
    return any(
        all(_may_be(spec, row, table, name, codes) for name, codes in rule.when.items())
        for rule in rules
    )


def may_be_given(spec: Spec, row: MergedRow, field: str) -> bool:
    """Whether a field that is asked whether it has been answered may have been: a number that is
    not known has not been given, and that is all that is asked of it."""
    asked = spec.tables[row.record.columns.table].by_id[field]
    return asked.type not in NUMERIC and leaves_open(spec, row, field)


def _may_be(
    spec: Spec, row: MergedRow, table: TableSpec, name: str, accepted: Sequence[str]
) -> bool:
    """Whether a field has one of a rule's answers, or may have: `*` is any."""
    value = row[name] if name in table.by_id and row.asks(name) else Missing.NOT_APPLICABLE
    if isinstance(value, Missing):
        return str(value.value) in accepted or leaves_open(spec, row, name)
    given = value if isinstance(value, tuple) else (value,)
    return any(str(one) in accepted for one in given) or not _ANYTHING.isdisjoint(accepted)


def _is_partly_unknown(row: MergedRow, field: str) -> bool:
    """Whether one of several cells says that it is not known, beside answers in the others."""
    written = row.record.raw[row.record.columns.index[field]]
    parts = written if isinstance(written, tuple) else (written,)
    said = ";".join(map(text, parts)).split(";")
    return any(fold(one) in SPECIAL_WRITINGS["unknown"] for one in said)
