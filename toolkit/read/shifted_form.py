"""A form that was answered one column too far to the right, over the template's explanations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.read.formats.raw import RawSheet
from toolkit.read.values import read_value
from toolkit.returns.submission import Missing
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold


def answered_beside(
    spec: Spec, sheet: RawSheet, table: TableSpec, rows: Mapping[str, int], answers: int
) -> tuple[str, ...]:
    """The fields whose answer stands in the column after the one for `answers`, written over what
    the template explains there. None where that is not sure: where the file's own explanations are
    not this template's, where an answer is none to its question, or where a single one stands there
    of which no answer has to be given, which may be a remark."""
    found = list(_written_over(sheet, table, rows, answers + 1))
    if any(text(sheet.at(rows[item.id], answers)) for item in found):
        return ()
    if _are_enough(found) and _are_answers(spec, sheet, found, rows, answers + 1):
        return tuple(item.id for item in found)
    return ()


def _written_over(
    sheet: RawSheet, table: TableSpec, rows: Mapping[str, int], column: int
) -> Iterator[Field]:
    """The fields where something else stands in the `column` of explanations than theirs."""
    for item in table.fields:
        said = text(sheet.at(rows[item.id], column)) if item.id in rows else ""
        if said and fold(said) != fold(item.help):
            yield item


def _are_enough(fields: Sequence[Field]) -> bool:
    """Whether fields with something beside them are too many, or too needed, for a remark."""
    return len(fields) > 1 or any(item.required for item in fields)


def _are_answers(
    spec: Spec, sheet: RawSheet, fields: Sequence[Field], rows: Mapping[str, int], column: int
) -> bool:
    """Whether each field of which not every text is an answer can be read."""
    for field in fields:
        typed = read_value(spec, field, sheet.at(rows[field.id], column)).typed
        if field.type != "text" and isinstance(typed, Missing):
            return False
    return True
