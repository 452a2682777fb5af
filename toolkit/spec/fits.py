"""Whether what a spec asks for has room in Excel: a sheet's rows and columns, a cell's text, and
headings that Excel takes for text (Excel's own help, "Excel specifications and limits")."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.files.yaml import Path_
from toolkit.spec.faults import SpecFault, fault, fields_of, tables_of
from toolkit.spec.model import Field, SheetSpec, Spec, TableSpec

_ROWS, _COLUMNS, _CHARACTERS = 1_048_576, 16_384, 32_767
_FORMULA = ("=", "+", "-", "@")  # what begins so is a formula as soon as somebody edits the cell
_ABOVE_ROWS = {"list": 5, "fixed": 4, "form": 4}  # keys, title, intro, example, headings
_BETWEEN = 2
_FIRST_COLUMN = 2


def without_room(spec: Spec) -> Iterator[SpecFault]:
    """What in a spec has no room in Excel."""
    for number, sheet in enumerate(spec.sheets):
        yield from _sheet(spec, sheet, ("sheets", number))
    for table in tables_of(spec):
        label, where = table.table.label, (*table.place, "label")
        yield from _heading(label, where)
        if len(label) > LONGEST_HEADING:
            yield fault(where, "grans.rubrik", langd=len(label), flest=LONGEST_HEADING)
    for one in fields_of(spec):
        label, where = one.field.heading, (*one.place, "label")
        yield from _heading(one.field.label, where)
        if len(label) > LONGEST_HEADING:
            yield fault(where, "grans.rubrik", langd=len(label), flest=LONGEST_HEADING)
        yield from _text(one.field, one.name, one.place)


LONGEST_HEADING = 255
"""Characters of a heading: a text within a formula of Excel's has no more."""


def last_row(spec: Spec, sheet: SheetSpec) -> int:
    """The last row of a sheet's tables, which stand one below the other; 0 without tables. The
    template's own layout is held against it by a test."""
    last = -_BETWEEN
    for table in sheet.tables:
        last += _BETWEEN + _ABOVE_ROWS[table.kind] + _rows(spec, table)
    return max(last, 0)


def _rows(spec: Spec, table: TableSpec) -> int:
    if table.kind == "form":
        return len(table.fields)
    if table.rows_from is None:
        return table.capacity
    given = spec.lists.get(table.rows_from)
    return len(given.valid_in(spec.year)) if given else 0


def _sheet(spec: Spec, sheet: SheetSpec, place: Path_) -> Iterator[SpecFault]:
    last = last_row(spec, sheet)
    if last > _ROWS:
        room = [table.capacity for table in sheet.tables]
        where = (*place, "tables", room.index(max(room)), "capacity")
        yield fault(where, "ryms.rader", blad=sheet.label, rader=last, hogst=_ROWS)
    for number, table in enumerate(sheet.tables):
        if table.kind != "form":
            yield from _columns(table, (*place, "tables", number))


def _columns(table: TableSpec, place: Path_) -> Iterator[SpecFault]:
    choices = [field.choices for field in table.fields]
    columns = _FIRST_COLUMN - 1 + sum(choices)
    if columns > _COLUMNS:
        where = (*place, "fields", choices.index(max(choices)))
        values = {"tabell": table.id, "kolumner": columns, "hogst": _COLUMNS}
        yield fault(where, "ryms.kolumner", **values)


def _heading(label: str, place: Path_) -> Iterator[SpecFault]:
    if label.startswith(_FORMULA):
        yield fault(place, "ryms.formel", label=label, tecken=label[0])
    if label.rstrip().endswith("*"):
        yield fault(place, "ryms.stjarna", label=label)


def _text(field: Field, name: str, place: Path_) -> Iterator[SpecFault]:
    for key, length in (("min_length", field.min_length), ("max_length", field.max_length)):
        if length is not None and length > _CHARACTERS:
            values = {"plats": name, "langd": length, "hogst": _CHARACTERS}
            yield fault((*place, key), "ryms.tecken", **values)
