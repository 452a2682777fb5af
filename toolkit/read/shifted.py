"""Cells that were pasted one or two columns beside their place: the values fit clearly better in
that column.

Nothing is read as moved. What stands in such a block counts as not understood, and is told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain

from toolkit.read.locate import Located
from toolkit.read.values import is_unlisted, read_value
from toolkit.returns.submission import Missing, TableData, Typed
from toolkit.spec.model import Field, Limits, Spec
from toolkit.words.celltext import text

STEPS = (
    1,
    -1,
    2,
    -2,
)  # columns to the right, or to the left; of two explanations the shorter one holds
_SEED = 2  # values in one row that fit beside alone: where a block begins to be looked for
Fits = Callable[[Field, object], bool | None]
"""Whether a value could stand in a field; None when that cannot be told: the cell is empty, or says
`u.s.`."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A block of a list's cells in which the values stand one or two steps beside their place.

    `step` is how many columns to the right; negative to the left. `lines` are its records, counted
    from 0; `columns` the sheet's columns from the first to the last of the table in which a value
    is missing or wrong. `begins` is the first one's field; under the heading of `odd` stands
    `value`, which belongs to the field `home`."""

    step: int
    lines: range
    columns: range
    begins: Field
    odd: Field
    home: Field
    value: object


def find_shifts(spec: Spec, place: Located, data: TableData, *, epoch_1904: bool) -> list[Shift]:
    """The shifted blocks of a list, from the top; none without as much evidence as the spec's
    limits want."""
    spots = sorted(
        ((c, field) for field in place.table.fields for c in place.places[field.id]),
        key=lambda s: s[0],
    )
    columns, fields = [column for column, _ in spots], [field for _, field in spots]
    values = [_column(place, column, data.rows) for column in columns]
    fits = partial(_fits, spec, epoch_1904=epoch_1904)
    grids = (
        _Grid(
            spec.limits, step, columns, fields, values, _marks(columns, fields, values, fits, step)
        )
        for step in STEPS
    )
    found = sorted(
        chain.from_iterable(map(_blocks, grids)),
        key=lambda shift: (shift.lines.start, -len(shift.lines)),
    )
    return [
        shift
        for number, shift in enumerate(found)
        if not any(_overlap(shift, one) for one in found[:number])
    ]


def not_understood(data: TableData, shift: Shift) -> TableData:
    """The table with nothing understood in the block; what stands there is kept as it was
    written."""
    inside = set(shift.columns)
    typed = tuple(
        _without(column, shift.lines) if inside & set(places) else column
        for column, places in zip(data.typed, data.columns.places, strict=True)
    )
    return replace(data, typed=typed)


def _without(column: Sequence[Typed], lines: range) -> Sequence[Typed]:
    return [*column[: lines.start], *[Missing.UNREADABLE] * len(lines), *column[lines.stop :]]


def _overlap(one: Shift, other: Shift) -> bool:
    return one.lines.start < other.lines.stop and other.lines.start < one.lines.stop


def _column(place: Located, number: int, rows: Sequence[int]) -> list[object]:
    columns = place.sheet.columns
    column = columns[number - 1] if number <= len(columns) else ()
    return [column[row - 1] if row <= len(column) else "" for row in rows]


# --------------------------------------------------------------------------------------------------- what fits
def _fits(spec: Spec, field: Field, raw: object, *, epoch_1904: bool) -> bool | None:
    pieces = [piece.strip() for piece in text(raw).split(";")] if field.choices > 1 else [raw]
    told = [_fits_once(spec, field, piece, epoch_1904) for piece in pieces if text(piece)]
    return None if None in told or not told else all(told)


def _fits_once(spec: Spec, field: Field, raw: object, epoch_1904: bool) -> bool | None:
    if is_unlisted(spec, field, raw):
        return False
    reading = read_value(spec, field, raw, epoch_1904=epoch_1904)
    if reading.typed is Missing.UNREADABLE and reading.code != "FALT-EJ-SPECIAL":
        return False
    return None if isinstance(reading.typed, Missing) else _is_of_form(spec, field, reading.typed)


def _is_of_form(spec: Spec, field: Field, value: Typed) -> bool:
    """Pattern (of the field, or of the ids that it refers to), length and bounds."""
    if isinstance(value, str):
        table, _, name = (field.ref or "").partition(".")
        pattern = spec.tables[table].by_id[name].pattern if field.ref else field.pattern
        long_enough = (field.min_length or 0) <= len(value) <= (field.max_length or len(value))
        return long_enough and (pattern is None or re.fullmatch(pattern, value) is not None)
    number = Decimal(value.strftime("%Y%m%d")) if isinstance(value, date) else value
    if not isinstance(number, int | Decimal):
        return True
    return (field.minimum is None or number >= field.minimum) and (
        field.maximum is None or number <= field.maximum
    )


def _marks(
    columns: Sequence[int],
    fields: Sequence[Field],
    values: Sequence[Sequence[object]],
    fits: Fits,
    step: int,
) -> list[list[int]]:
    by_column = dict(zip(columns, fields, strict=True))
    marks = []
    for column, field, cells in zip(columns, fields, values, strict=True):
        home = by_column.get(column - step)
        known = {value: _mark(field, home, value, fits) for value in set(cells)}
        marks.append([known[value] for value in cells])
    return marks


def _mark(field: Field, home: Field | None, value: object, fits: Fits) -> int:
    own = fits(field, value)
    beside = fits(home, value) if home is not None else False
    if own is None or beside is None or (own and beside):
        return 0
    return 1 if beside else -1


# ------------------------------------------------------------------------------------------------- the evidence
@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's columns from left to right. `marks[p][l]` says of the value in line `l` of the p:th
    column: 1 that it fits beside and not where it stands, -1 that it does not fit beside, 0 that it
    tells nothing."""

    limits: Limits
    step: int
    columns: Sequence[int]
    fields: Sequence[Field]
    values: Sequence[Sequence[object]]
    marks: Sequence[Sequence[int]]

    def total(self, place: int, lines: range) -> int:
        """How much more in a column fits beside than does not."""
        return sum(self.marks[place][lines.start : lines.stop])

    def of_line(self, line: int, places: range) -> int:
        """The same of a line."""
        return sum(self.marks[place][line] for place in places)

    def is_blank(self, place: int, lines: range) -> bool:
        """Whether nothing stands in the lines of a column."""
        return not any(map(text, self.values[place][lines.start : lines.stop]))

    def is_seed(self, line: int) -> bool:
        """Whether a line has several values that fit beside, and next to nothing between them that
        does not."""
        return _best([column[line] for column in self.marks])[0] >= _SEED


def _blocks(grid: _Grid) -> Iterator[Shift]:
    line, count, before = 0, len(grid.marks[0]) if grid.marks else 0, 0
    while line < count:
        if grid.is_seed(line):
            lines, places = _grown(grid, line, before)
            if shift := _as_shift(grid, lines, places):
                yield shift
            before = lines.stop
        line = max(line + 1, before)


def _grown(grid: _Grid, seed: int, lowest: int) -> tuple[range, range]:
    """The lines and columns of the block that a seed is in: the seeds below it, and lines that tell
    little but say nothing against it."""
    count, end = len(grid.marks[0]), seed + 1
    while end < count and grid.is_seed(end):
        end += 1
    _, first, last = _best(
        [grid.total(place, range(seed, end)) for place in range(len(grid.marks))]
    )
    places, further = range(first, last + 1), end
    while further < count and (told := grid.of_line(further, places)) >= 0:
        further += 1
        end = further if told else end
    while seed > lowest and grid.of_line(seed - 1, places) > 0:
        seed -= 1
    return range(seed, end), places


def _as_shift(grid: _Grid, lines: range, places: range) -> Shift | None:
    """The block, when there is enough to say that it is one: rows, columns, and next to nothing
    against it."""
    marks = [mark for place in places for mark in grid.marks[place][lines.start : lines.stop]]
    odd = [place for place in places if grid.total(place, lines) > 0]
    first, last = _beginning(grid, lines, places.start), _ending(grid, lines, places.stop - 1)
    empty = first if grid.step > 0 else last  # what the move left behind
    columns = len(odd) + (grid.fields[empty].required and grid.is_blank(empty, lines))
    share = 100 * marks.count(1) / (marks.count(1) + marks.count(-1))
    limits = grid.limits
    if (
        len(lines) < limits.shift_rows
        or columns < limits.shift_columns
        or share < limits.shift_percent
    ):
        return None
    line = next(line for line in lines if grid.marks[odd[0]][line] == 1)
    home = grid.columns.index(grid.columns[odd[0]] - grid.step)
    return Shift(
        grid.step, lines, range(grid.columns[first], grid.columns[last] + 1), grid.fields[first],
        grid.fields[odd[0]], grid.fields[home], grid.values[odd[0]][line],
    )  # fmt: skip


def _beginning(grid: _Grid, lines: range, first: int) -> int:
    """A move to the right begins at the column that it left empty: the nearest one, or a required
    one past columns that tell nothing. A move to the left may begin with texts that are also codes,
    dates or numbers."""
    place = first - 1
    while place >= 0 and _adjoin(grid, place) and not grid.total(place, lines):
        blank = grid.is_blank(place, lines)
        if grid.step < 0 and (blank or not _is_text_of_a_kind(grid, place)):
            break
        if grid.step > 0 and blank and (place == first - 1 or grid.fields[place].required):
            return _left_behind(grid, lines, place)
        place -= 1
    return place + 1 if grid.step < 0 else first


def _left_behind(grid: _Grid, lines: range, last: int) -> int:
    """The first of as many empty columns as the block was moved, of which the last is known."""
    first = last
    while (
        first > 0
        and last - first + 1 < grid.step
        and _adjoin(grid, first - 1)
        and grid.is_blank(first - 1, lines)
    ):
        first -= 1
    return first


def _is_text_of_a_kind(grid: _Grid, place: int) -> bool:
    """Whether what fits in a column and beside it fits as text here, and as something narrower
    there."""
    return grid.fields[place].type == "text" != grid.fields[place + 1].type


def _ending(grid: _Grid, lines: range, last: int) -> int:
    """A block reaches to the table's last column, or to one whose values clearly stand in their
    place."""
    while last + 1 < len(grid.columns) and _adjoin(grid, last) and grid.total(last + 1, lines) >= 0:
        last += 1
    return last


def _adjoin(grid: _Grid, place: int) -> bool:
    """Whether a column stands right before the next one of the table."""
    return grid.columns[place] + 1 == grid.columns[place + 1]


def _best(totals: Sequence[int]) -> tuple[int, int, int]:
    """The stretch with the greatest sum: the sum, and its first and last place."""
    best, total, start = (0, 0, 0), 0, 0
    for place, value in enumerate(totals):
        if total <= 0:
            total, start = 0, place
        total += value
        best = max(best, (total, start, place), key=lambda found: found[0])
    return best
