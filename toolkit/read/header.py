"""The row of a table's headings, and the row in which its block begins: what of the template's own
rows is left above the answers says where one table ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from toolkit.read.formats.raw import RawSheet
from toolkit.read.values import read_value
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_REACH = 12  # rows below a key row in which the headings are looked for
_BELOW = {"list": 4, "fixed": 3}  # rows from the keys to the headings in the template
_EXAMPLE = "exempel"


def header_row(
    spec: Spec, sheet: RawSheet, table: TableSpec, keys: Mapping[str, int], row: int, end: int
) -> int:
    """The row below the keys (which stand in `row`) that is most like the headings. Where none is
    like them they were rewritten, and stand where the template has them, or were deleted: then the
    row above the first answers does for them. A single word may be a title's. `keys` are the
    columns by their keys."""
    reach = range(row + 1, min(end, row + _REACH) + 1)
    wanted = headings_of(table)
    scores = {number: matches(sheet.rows[number - 1], wanted) for number in reach}
    best = max(scores, key=lambda number: scores[number], default=row)
    enough = 1 if len(wanted) == 1 else 2
    if scores.get(best, 0) >= enough:
        return best
    usual = min(row + _BELOW[table.kind], end)
    for number in range(row + 1, usual + 1):
        if _holds_answers(spec, table, keys, sheet.rows[number - 1]):
            return number - 1
    return usual


def _holds_answers(
    spec: Spec, table: TableSpec, keys: Mapping[str, int], row: Sequence[object]
) -> bool:
    """Whether anything in a row is an answer to its own column's question, and no text that might
    be a heading as well. The template's example answers in this way too, and is none."""
    if row and fold(text(row[0])) == _EXAMPLE:
        return False
    return any(_is_answer(spec, field, value) for field, value in _by_field(table, keys, row))


def _by_field(
    table: TableSpec, keys: Mapping[str, int], row: Sequence[object]
) -> Iterator[tuple[Field, object]]:
    """What stands in a row below each field's first key."""
    for field in table.fields:
        column = keys.get(field.keys[0])
        if column is not None and column <= len(row):
            yield field, row[column - 1]


def _is_answer(spec: Spec, field: Field, value: object) -> bool:
    if field.type == "text" or not text(value):
        return False
    if field.type == "id":
        return re.fullmatch(field.pattern or r"\D{0,3}\d+", text(value).upper()) is not None
    return not isinstance(read_value(spec, field, value).typed, Missing)


def first_row(sheet: RawSheet, table: TableSpec, header: int) -> int:
    """The row in which a table's block begins whose keys are gone: that of its title, or else
    its introduction, where they still stand above the headings."""
    top = max(1, header - _BELOW.get(table.kind, 0))
    known = {fold(table.label), fold(table.intro)} - {""}
    for number in range(top, header):
        if any(fold(text(value)) in known for value in sheet.rows[number - 1]):
            return number
    return header


def last_own_row(
    spec: Spec, sheet: RawSheet, rows: range, column: int, tables: tuple[TableSpec, TableSpec]
) -> int:
    """The last of a table's rows before those of another, whose own keys, title and headings are
    all gone: where the other's given codes begin to stand in the table's first `column`. `tables`
    are the two."""
    own, lost = tables
    given = spec.lists[lost.rows_from or ""]
    seen: set[str] = set()
    for number in rows:
        written = text(sheet.at(number, column))
        is_own = written not in seen and _is_code_of(spec, own.fields[0], written)
        if not is_own and _is_code_in(given, written):
            return number - 1
        seen.add(written)
    return rows.stop - 1


def _is_code_of(spec: Spec, field: Field, written: str) -> bool:
    return field.list is not None and _is_code_in(spec.lists[field.list], written)


def _is_code_in(codelist: CodeList, written: str) -> bool:
    return bool(written) and codelist.named(written) is not None


def headings_of(table: TableSpec) -> set[str]:
    """All headings of a table, folded."""
    return set(map(fold, chain.from_iterable(item.headings for item in table.fields)))


def matches(row: Sequence[object], wanted: set[str]) -> int:
    """How many cells of a row are one of the (folded) headings."""
    return sum(fold(text(value)) in wanted for value in row if value != "")
