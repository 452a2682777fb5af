"""A table's cells → values, a column at a time: what stands in many cells of a column is understood
once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeVar

from toolkit.read.locate import Located
from toolkit.read.remarks import Phrase, Remark
from toolkit.read.values import Reading, read_value
from toolkit.returns.submission import Missing, Typed
from toolkit.spec.answers import split_answers, split_ids
from toolkit.spec.model import NUMERIC, Field, Spec
from toolkit.words.amounts import BEYOND, format_as_is, read_number
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text

Item = TypeVar("Item")
_NO_NUMBER, _TOO_LARGE = "FALT-TAL", "FALT-INTERVALL"
_NO_DAY = "FALT-DATUM"
_OTHER_FORMAT = "FALT-CELLFORMAT"
_TEXTS = {"text", "id", "ref", "refs", "code", "codes"}
_FIGURES = {*NUMERIC, "date", *_TEXTS} - {"text"}
_OTHER_FORM = "FALT-MONSTER"
_WITHOUT = {"struck": "form_utan_struket", "raised": "form_utan_upphojt"}
"""How an answer is to be written of which a part is struck out, or raised or lowered."""
_EXAMPLES = {"amount": "1234,50", "share": "12,5", "year": "2020"}
_UNCALCULATED = Reading(Missing.UNREADABLE, "FALT-OBERAKNAD", (("value", ""),))


class ReadColumn(NamedTuple):
    """One field of all records. `remarks` are on its cells, each with its record (counted from
    0)."""

    raw: Sequence[object]
    typed: Sequence[Typed]
    remarks: Sequence[tuple[int, Remark]] = ()


class _Answers(NamedTuple):
    """One record's answers in a field with several, and what is odd among them: the column's part
    (counted from 0), the piece of its text, how it was read."""

    typed: Typed
    odd: Sequence[tuple[int, str, Reading]]


@dataclass(frozen=True, slots=True)
class _TableReading:
    """A table that is being read. `odd` holds, by column and row, the cells with an error value, an
    uncalculated formula or a text of which a part looks otherwise."""

    spec: Spec
    place: Located
    odd: Mapping[int, Mapping[int, Reading]]
    epoch_1904: bool

    def column(self, number: int, rows: Sequence[int]) -> Sequence[object]:
        """What stands in the rows of a sheet's column; nothing beyond the last column or row."""
        columns = self.place.sheet.columns
        if number > len(columns):
            return [None] * len(rows)
        column = columns[number - 1]
        if _are_unbroken(rows) and rows[-1] <= len(column):
            return column[rows[0] - 1 : rows[-1]]
        return [column[row - 1] if row <= len(column) else None for row in rows]

    def odd_lines(self, column: int, rows: Sequence[int]) -> Mapping[int, Reading]:
        """The odd cells of a column, by record (counted from 0)."""
        odd = self.odd.get(column)
        return {line: odd[row] for line, row in enumerate(rows) if row in odd} if odd else {}

    def reader(self, field: Field) -> Callable[[object], Reading]:
        """What a value means in a field."""
        return partial(read_value, self.spec, field, epoch_1904=self.epoch_1904)

    def remark(self, field: Field, row: int, column: int, raw: object, reading: Reading) -> Remark:
        """What is told of a cell that was read with a code."""
        ref = CellRef(self.place.sheet.name, row, column)
        told: dict[str, object] = {"label": field.label, "value": shown(raw), "cell": ref}
        told |= dict(reading.parameters)
        if reading.code == _TOO_LARGE:
            told["bounds"] = _bounds(field)
        if reading.code == _NO_NUMBER:
            told |= _on_number(field, in_days="format" in told)
        if reading.code == _OTHER_FORM:
            told["form"] = Phrase(str(told["form"]))
        if reading.code == _OTHER_FORMAT:
            seen = Phrase("citat", {"text": told["shown"]})
            told |= {"table": self.place.table.label, "unit": seen, "cells": ref.cell}
            told["many"] = Phrase("cellformat_alla")
        if reading.code == _NO_DAY:
            told |= {"day": f"{self.spec.year}-03-15", "special": Phrase(field.special_word)}
            told["blank"] = Phrase("svar_inte" if field.required else "svar_tom")
            told["what"] = Phrase(_why_no_day(raw, reading), dict(told))
        return Remark(
            reading.code or "",
            reading.concern,
            told,
            self.place.table.id,
            field.id,
            (ref,),
            reading.suggestion,
        )


def _are_unbroken(rows: Sequence[int]) -> bool:
    """Rows without a gap, as most tables have them: a slice is much faster than cell by cell."""
    return bool(rows) and len(rows) == rows[-1] - rows[0] + 1


def _bounds(field: Field) -> Phrase | str:
    """Between which numbers an answer lies: the field's own, or all that are counted."""
    last = Decimal(BEYOND - 1)
    low, high = (
        own if limit is None else limit
        for own, limit in ((-last, field.minimum), (last, field.maximum))
    )
    as_said = str if field.type == "year" else format_as_is
    between = Phrase("mellan", {"low": as_said(low), "high": as_said(high)})
    return as_said(low) if low == high else between


def _on_number(field: Field, *, in_days: bool) -> dict[str, object]:
    """How a number is written, and what is wrong with a cell that shows it as a day."""
    return {
        "example": _example(field),
        "special": Phrase(field.special_word),
        "zero": Phrase("svar_inte" if field.type == "year" else "svar_noll"),
        "cause": Phrase("tal_datumformat" if in_days else "tal_inget"),
        "how": Phrase("tal_byt_format" if in_days else "tal_siffror"),
    }


def _why_no_day(raw: object, reading: Reading) -> str:
    """The phrase for what is wrong with what should be a day: a day long ago is one."""
    told = dict(reading.parameters)
    if "typed" in told or "meant" in told:
        return "dag_artal" if "typed" in told else "dag_manad_forst"
    return "dag_langesedan" if isinstance(raw, date) else "dag_ingen"


def _example(field: Field) -> str:
    """A number as it may be written in a field: the template's own example where it is one."""
    number = read_number(field.example)
    if number is not None and number.value:  # that 0 may be written is said beside it
        return field.example
    return _EXAMPLES.get(field.type, "12")


def read_columns(
    spec: Spec, place: Located, rows: Sequence[int], *, epoch_1904: bool
) -> tuple[list[ReadColumn], list[Remark]]:
    """A column for each of the table's fields, and what is to be told of their cells, row by row.
    `rows` are the records' rows on the sheet, counted from 1; a form has its own."""
    table = _TableReading(spec, place, _odd_cells(place), epoch_1904)
    read = [_read_field(table, field, rows) for field in place.table.fields]
    told: list[tuple[int, Remark]] = []
    for field, column in zip(place.table.fields, read, strict=True):
        if field.computed is None:  # what stands in a computed cell is not used
            told += column.remarks
    told.sort(key=itemgetter(0))
    return read, [remark for _, remark in told]


def _odd_cells(place: Located) -> dict[int, dict[int, Reading]]:
    """In the columns that the county fills in."""
    odd: dict[int, dict[int, Reading]] = {column: {} for column in place.asked}
    for row, column in place.sheet.uncalculated:
        if column in odd:
            odd[column][row] = _UNCALCULATED
    for row, column in _in_fields(place, _TEXTS, place.sheet.noughts):
        odd[column][row] = _UNCALCULATED
    for row, column in _in_fields(place, _FIGURES, _in_parts(place)):
        told = (("form", _WITHOUT[place.sheet.parts[row, column]]),)
        odd[column][row] = Reading(Missing.UNREADABLE, _OTHER_FORM, told)
    for (row, column), value in place.sheet.errors.items():
        if column in odd:
            told = (("value", shown(value)),)
            odd[column][row] = Reading(Missing.UNREADABLE, "FALT-FELVARDE", told)
    return odd


def _in_parts(place: Located) -> list[tuple[int, int]]:
    """The cells with a text of which a part is struck out or raised."""
    return [at for at, kind in place.sheet.parts.items() if kind in _WITHOUT]


def _in_fields(
    place: Located, types: Collection[str], cells: Collection[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Those of some cells that are answers in fields of some types."""
    fields = [field for field in place.table.asked if cells and field.type in types]
    for field in fields:
        own = place.rows.get(field.id)  # of a form, whose answers all stand in one column
        for row, column in cells:
            if column in place.places[field.id] and (own or row) == row:
                yield row, column


def _read_field(table: _TableReading, field: Field, rows: Sequence[int]) -> ReadColumn:
    places, own_rows = table.place.places[field.id], table.place.rows
    if own_rows:
        rows = [own_rows.get(field.id, table.place.header_row)]
    if field.choices > 1:
        return _read_several(table, field, rows)
    if not places or (own_rows and field.id not in own_rows):
        return ReadColumn([None] * len(rows), [Missing.BLANK] * len(rows))
    return _read_one(table, field, rows, places[0])


# --------------------------------------------------------------------------- one value in each cell
def _read_one(table: _TableReading, field: Field, rows: Sequence[int], place: int) -> ReadColumn:
    keys, values = _distinct(table.column(place, rows))
    known = dict(zip(values, map(table.reader(field), values.values()), strict=True))
    raw = [values[key] for key in keys]  # held once, however many cells it stands in
    typed = [known[key].typed for key in keys]
    told = []
    for line, reading in {**_flagged(keys, known), **table.odd_lines(place, rows)}.items():
        typed[line] = reading.typed
        told.append((line, table.remark(field, rows[line], place, raw[line], reading)))
    return ReadColumn(raw, typed, told)


def _flagged(keys: Sequence[object], known: Mapping[object, Reading]) -> dict[int, Reading]:
    """The cells of a column that were read with a code, by record."""
    flagged = {key for key, reading in known.items() if reading.code is not None}
    if not flagged:
        return {}
    return {line: known[key] for line, key in enumerate(keys) if key in flagged}


def _distinct(column: Sequence[object]) -> tuple[Sequence[object], dict[object, object]]:
    """A key for each cell, and each key's value. To Python `True` and `1` are the same key; here
    they are not."""
    values = dict(zip(column, column, strict=True))
    if values.keys().isdisjoint((0, 1)) or not any(isinstance(value, bool) for value in column):
        return column, values
    keys = [(type(value), value) for value in column]
    return keys, dict(zip(keys, column, strict=True))


# ------------------------------------------------------------------------------- several in a field
def _read_several(table: _TableReading, field: Field, rows: Sequence[int]) -> ReadColumn:
    """A field with several columns; each may itself hold several answers with semicolons."""
    places = table.place.places[field.id]
    columns = [table.column(place, rows) for place in places]
    texts = _lines([_texts(column) for column in columns], rows)
    found = _answers_of_lines(table, field, texts, _odd_parts(table, places, rows))
    told = []
    for line, answers in enumerate(found):
        for part, piece, reading in answers.odd:
            remark = table.remark(field, rows[line], places[part], piece, reading)
            told.append((line, remark))
    return ReadColumn(_lines(columns, rows), [answers.typed for answers in found], told)


def _answers_of_lines(
    table: _TableReading,
    field: Field,
    texts: Sequence[tuple[str, ...]],
    odd: Mapping[int, Mapping[int, Reading]],
) -> list[_Answers]:
    """The answers of each record by its texts; the same texts are understood once. `odd` as from
    `_odd_parts`."""
    codelist = table.spec.list_for(field)
    apart = partial(split_answers, codelist) if codelist else split_ids
    answers = partial(_answers, table.reader(field), apart)
    known = {values: answers(values, {}) for values in set(texts)}
    found = [known[values] for values in texts]
    for line, parts in odd.items():
        found[line] = answers(texts[line], parts)
    return found


def _odd_parts(
    table: _TableReading, places: Sequence[int], rows: Sequence[int]
) -> dict[int, dict[int, Reading]]:
    """The odd cells of several columns, by record and then by the column's part."""
    odd: dict[int, dict[int, Reading]] = {}
    for part, place in enumerate(places):
        for line, reading in table.odd_lines(place, rows).items():
            odd.setdefault(line, {})[part] = reading
    return odd


def _lines(columns: Sequence[Sequence[Item]], rows: Sequence[int]) -> list[tuple[Item, ...]]:
    return list(zip(*columns, strict=True)) if columns else [()] * len(rows)


def _texts(column: Sequence[object]) -> list[str]:
    keys, values = _distinct(column)
    known = {key: text(value) for key, value in values.items()}
    return [known[key] for key in keys]


def _answers(
    read: Callable[[object], Reading],
    apart: Callable[[str], Sequence[str]],
    texts: Iterable[str],
    odd: Mapping[int, Reading],
) -> _Answers:
    """The answers in one record's columns, each once, in their order. `apart` takes several answers
    in a cell apart; `odd` are the columns' parts whose text is not what stands there."""
    found = [(part, said, odd.get(part) or read(said)) for part, said in _pieces(apart, texts)]
    told = [one for one in found if one[2].code is not None]
    return _Answers(_together([reading.typed for _, _, reading in found]), told)


def _together(typed: Sequence[Typed]) -> Typed:
    """Several answers as one value: the answers, or else the last reason why there are none."""
    answers = dict.fromkeys(one for one in typed if isinstance(one, str))
    return tuple(answers) or _last_reason(typed)


def _last_reason(typed: Sequence[Typed]) -> Missing:
    """The last one that says why there is no answer: a blank cell does not."""
    reason = Missing.BLANK
    for one in typed:
        if isinstance(one, Missing) and one is not Missing.BLANK:
            reason = one
    return reason


def _pieces(
    apart: Callable[[str], Sequence[str]], texts: Iterable[str]
) -> Iterable[tuple[int, str]]:
    for part, whole in enumerate(texts):
        for piece in apart(whole) or [""]:
            yield part, piece
