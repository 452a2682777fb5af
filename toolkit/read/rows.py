"""Which of a table's rows are its records. Headings that were pasted along, sums, and rows with
next to nothing in them are none: each kind is told once, instead of every cell that they leave
empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, chain, takewhile
from typing import NamedTuple

from toolkit.read.heading_rows import Reordered, heading_rows, is_header
from toolkit.read.locate import Located
from toolkit.read.table_cells import TableCells
from toolkit.read.values import read_value
from toolkit.returns.submission import Missing
from toolkit.spec.model import Field, Spec
from toolkit.words.amounts import read_number
from toolkit.words.celltext import text
from toolkit.words.periods import read_date
from toolkit.words.swedish import fold

_EXAMPLE = "exempel"
_NO_WORD = re.compile(r"[\s.:\d]+$|(?<=\w)[.:](?=\s|$)")
_FEW = 2  # cells; a row with no more may be a note, or an id written in beforehand
_ABOVE = 4  # rows above the headings in which the example stands
_MUCH = 4  # required cells that are empty in such a row: told one by one, nobody would see why


class RowNumbers(NamedTuple):
    """The numbers of a table's rows: its records, and by kind what stands between and below them.
    `examples` are example rows in which something else stands than the template's example, `above`
    the records that stand above the headings, `reordered` headings in another order."""

    records: list[int]
    headings: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    stumps: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    reordered: tuple[Reordered, ...] = ()


def find_rows(spec: Spec, place: Located) -> RowNumbers:
    """The rows of a list or a fixed table. A fixed table's rows are those that name a code."""
    cells = TableCells(place)
    wanted = list(place.places[cells.own[0].id]) if place.table.kind == "fixed" else cells.wanted
    counts = _counts(cells, wanted)
    for row in _key_rows(spec, cells):
        counts.pop(row, None)
    told = heading_rows(cells, counts)
    headings = told.all
    short = _short(counts, max(_FEW, len(wanted) // 3))
    blank, totals, stumps = _told_apart(spec, cells, sorted(short - headings), counts)
    sheet = spec.sheet_of[place.table.id]
    above = (
        list(_above(spec, cells, (sheet.label, sheet.intro))) if place.table.kind == "list" else []
    )
    return RowNumbers(
        records=[*above, *sorted(counts.keys() - headings - blank - totals - stumps)],
        above=tuple(above),
        headings=told.plain,
        reordered=told.reordered,
        totals=tuple(sorted(totals)),
        stumps=tuple(sorted(stumps)),
        examples=tuple(sorted(_own_examples(spec, cells))),
    )


def _short(counts: Mapping[int, int], enough: int) -> set[int]:
    """Rows that are looked at closer: those with no more cells than are `enough`, and the last one,
    since a table's sum stands below it."""
    last = max(counts, default=0)
    return {row for row, count in counts.items() if count <= enough or row == last}


def _counts(cells: TableCells, wanted: Sequence[int]) -> dict[int, int]:
    """By row how many of the wanted cells hold something; the example is left out."""
    columns = cells.columns(wanted)
    blank = ("",) * len(columns)
    counts = {
        row: len(values) - values.count("")
        for row, values in enumerate(zip(*columns, strict=True), cells.first)
        if values != blank
    }
    for row, odd in cells.odd.items():
        if not odd.isdisjoint(wanted):
            counts[row] = counts.get(row, 0) + len(odd)
    for row in chain(_example_rows(cells, cells.first), _moved_examples(cells)):
        counts.pop(row, None)
    return counts


def _key_rows(spec: Spec, cells: TableCells) -> set[int]:
    """Rows that hold nothing but the template's own keys, of another table whose mark is gone."""
    fields = chain.from_iterable(table.fields for table in spec.tables.values())
    ids = set(chain.from_iterable(field.keys for field in fields))
    hits = Counter(chain.from_iterable(cells.with_any(ids)))
    return {row for row, count in hits.items() if _FEW <= count == len(cells.filled(row))}


# --------------------------------------------------------------------------------------- an example
def _example_rows(cells: TableCells, first: int) -> list[int]:
    """The rows, from a first one on, whose cell below the table's mark says that they hold the
    template's example."""
    columns, place = cells.sheet.columns, cells.place.left
    if place > len(columns):
        return []
    marks = columns[place - 1][first - 1 : cells.last]
    examples = set(filter(_is_example_mark, set(marks)))
    return [row for row, mark in enumerate(marks, first) if mark in examples] if examples else []


def _is_example_mark(value: object) -> bool:
    return isinstance(value, str) and fold(value) == _EXAMPLE


def _above(spec: Spec, cells: TableCells, titles: Iterable[str]) -> Iterator[int]:
    """The rows between the table's keys and its headings that are neither title nor example, as
    when the headings were sorted along with the rows. A title and its introduction fill one cell
    each; where they were changed, and something written beside them, nothing there answers what
    only a record can."""
    place = cells.place
    examples = set(_example_rows(cells, place.top))
    first = place.top + 1 if place.by_keys else place.top  # the keys fill a row of their own
    own = {fold(place.table.label), fold(place.table.intro), *map(fold, titles)} - {""}
    for row in sorted(set(range(first, place.header_row)) - examples):
        filled = cells.filled(row)
        # A note beside the title makes no record of it.
        is_title = not own.isdisjoint(map(fold, map(text, cells.row(row))))
        if len(filled) > 1 and not is_title and _is_like_a_record(spec, cells, filled):
            yield row


def _is_like_a_record(spec: Spec, cells: TableCells, filled: Mapping[int, object]) -> bool:
    return _fits_any(spec, cells, filled) and not _is_all_example(cells, filled)


def _fits_any(spec: Spec, cells: TableCells, filled: Mapping[int, object]) -> bool:
    """Whether any cell holds an id in its column's form, or a code of its column's list."""
    for field in cells.own:
        values = (filled.get(column) for column in cells.place.places[field.id])
        typed = (read_value(spec, field, value).typed for value in values)
        if any(_fits(field, one) for one in typed):
            return True
    return False


def _fits(field: Field, typed: object) -> bool:
    if field.pattern:
        return isinstance(typed, str) and re.fullmatch(field.pattern, typed) is not None
    return field.list is not None and not isinstance(typed, Missing)


def _is_all_example(cells: TableCells, filled: Mapping[int, object]) -> bool:
    """Whether nothing stands there but the template's example, its mark in the margin gone."""
    examples = set(map(fold, _examples(cells)))
    return all(not examples.isdisjoint(_written(value)) for value in filled.values())


def _examples(cells: TableCells) -> list[str]:
    """The answers of the template's example."""
    return [field.example for field in cells.own if field.example]


def _moved_examples(cells: TableCells) -> Iterator[int]:
    """The rows below the headings that hold the template's example without its mark, as when the
    rows were sorted along with it and the column of the mark was not. Where the example stands at
    its mark, a row that is the same is the county's."""
    if _is_at_its_mark(cells):
        return
    examples = _examples(cells)
    hits = Counter(chain.from_iterable(cells.with_any(examples)))
    for row, _ in takewhile(_is_more_than_one, hits.most_common()):
        filled = {**cells.filled(row), **dict(_beside(cells, row))}
        # Short answers may well be the example's: only all of them together are the example.
        if len(filled) >= len(examples) and _is_all_example(cells, filled):
            yield row


def _is_at_its_mark(cells: TableCells) -> bool:
    marked = _example_rows(cells, max(1, cells.place.header_row - _ABOVE))
    given = (cells.filled(row) for row in marked)
    return any(filled and _is_all_example(cells, filled) for filled in given)


def _is_more_than_one(counted: tuple[int, int]) -> bool:
    return counted[1] >= _FEW


def _beside(cells: TableCells, row: int) -> Iterator[tuple[int, object]]:
    """What stands in a row below headings that are none of the table's, or no longer are."""
    for column, value in enumerate(cells.row(row), 1):
        if text(value) and any(column == unknown for unknown, _ in cells.place.unknown):
            yield column, value


def _own_examples(spec: Spec, cells: TableCells) -> Iterator[int]:
    """The example rows, above or below the headings, in which a county has written anything of its
    own: it may have taken the example for the first row to answer in."""
    fields = _fields_by_first_column(cells)
    for row in _example_rows(cells, max(1, cells.place.header_row - _ABOVE)):
        if is_header(cells, row):
            continue
        other = _other_than_example(cells, row).items()
        if any(not _is_example(spec, fields.get(column), value) for column, value in other):
            yield row


def _fields_by_first_column(cells: TableCells) -> dict[int, Field]:
    found: dict[int, Field] = {}
    for field in cells.own:
        found.update(dict.fromkeys(cells.place.places[field.id][:1], field))
    return found


def _other_than_example(cells: TableCells, row: int) -> dict[int, object]:
    """What stands in a row that is not in the example: the headings may have been moved and the
    example left, so that it stands anywhere will do."""
    examples, filled = set(map(fold, _examples(cells))), cells.filled(row)
    return {at: value for at, value in filled.items() if examples.isdisjoint(_written(value))}


def _is_example(spec: Spec, field: Field | None, value: object) -> bool:
    """Whether a cell holds the template's example, also written in another way: a code without its
    name, a number with another format. Further columns of a field hold none."""
    if field is None:
        return False
    typed, given = (read_value(spec, field, one).typed for one in (value, field.example))
    return not isinstance(given, Missing) and typed == given


def _written(value: object) -> set[str]:
    """How a value may be written in the template's example: a day also where only its number is
    left of it."""
    ways = {fold(value.strftime("%Y-%m-%d") if isinstance(value, date) else text(value))}
    day = read_date(value) if isinstance(value, int | float) else None
    return ways | {day.value.isoformat()} if day else ways


# ------------------------------------------------------------------------------- sums, and stumps
def _told_apart(
    spec: Spec, cells: TableCells, short: Sequence[int], counts: Mapping[int, int]
) -> tuple[set[int], set[int], set[int]]:
    """Of the rows with few cells: those with nothing but spaces or a remark, the sums, and those
    with next to nothing."""
    blank: set[int] = set()
    totals: set[int] = set()
    stumps: set[int] = set()
    for row in short:
        filled = cells.filled(row)
        if not filled or _is_remark(spec, cells, filled):
            blank.add(row)
        elif _is_total(spec, cells, row, sorted(counts.keys() - totals)):
            totals.add(row)
        elif _is_stump(cells, filled):
            stumps.add(row)
    return blank, totals, stumps


def _is_total(spec: Spec, cells: TableCells, row: int, rows: Sequence[int]) -> bool:
    """`rows` are all rows that are no sums themselves, in their order."""
    filled = cells.filled(row)
    if _says_so(spec, cells, row, filled):
        above = [one for one in rows if one < row]
        return _says_so_alone(spec, cells, row) or _is_sum_of(cells, filled, above)
    return _adds_up(cells, row, filled, rows)


def _is_remark(spec: Spec, cells: TableCells, filled: Mapping[int, object]) -> bool:
    """Words below given rows, with nothing beside them: no code that a row could be for. It is told
    with what else stands beside the tables."""
    if cells.place.table.kind != "fixed":
        return False
    first = cells.place.places[cells.own[0].id]
    alone = filled.keys() <= set(first)
    return (
        alone
        and all(isinstance(one, str) for one in filled.values())
        and not _has_key(spec, cells, filled)
    )


def _is_stump(cells: TableCells, filled: Collection[int]) -> bool:
    """One or two cells of a list, and so many required ones empty that it can be no record that was
    begun."""
    if cells.place.table.kind != "list" or len(filled) > _FEW:
        return False
    required = [field for field in cells.own if field.required]
    return sum(_is_empty(cells, field, filled) for field in required) >= _MUCH


def _is_empty(cells: TableCells, field: Field, filled: Collection[int]) -> bool:
    columns = cells.place.places[field.id]
    return bool(columns) and not any(column in filled for column in columns)


def _says_so(spec: Spec, cells: TableCells, row: int, filled: Mapping[int, object]) -> bool:
    """Numbers and a word such as `Summa`, here or beside the table, but no code or id of a
    record."""
    texts = [value for value in filled.values() if not _is_number(value)]
    if len(texts) > 1 or len(texts) == len(filled):
        return False
    return _says_total(spec, cells.row(row)) and not _has_key(spec, cells, filled)


def _says_total(spec: Spec, values: Sequence[object]) -> bool:
    """`Summa`, `Summa:`, `Summa 2020` or `Totalt OH`."""
    said = (fold(value).strip(" .:") for value in values if isinstance(value, str) and value)
    words = spec.total_words
    return any(one in words or _first_word(one) in words for one in said)


def _first_word(said: str) -> str:
    return said.split(" ")[0].strip(":")


def _says_so_alone(spec: Spec, cells: TableCells, row: int) -> bool:
    """Whether nothing but the word for a sum, perhaps with a year, stands where a record has its
    id, or beside the table."""
    last = max(cells.place.places[cells.own[0].id], default=0)
    said = [fold(one) for one in cells.row(row)[:last] if isinstance(one, str) and one]
    words = (_NO_WORD.sub("", one) for one in said)
    return any(one in spec.total_words for one in words)


def _is_sum_of(cells: TableCells, filled: Mapping[int, object], above: Sequence[int]) -> bool:
    """Whether each number in a row is the sum of the rows right above it; a formula without a value
    may be."""
    numbers = [at for at, value in filled.items() if value is not None and _is_number(value)]
    return all(_sums_up(cells, column, above, _number(filled[column])) for column in numbers)


def _sums_up(cells: TableCells, column: int, above: Sequence[int], total: Decimal) -> bool:
    values = cells.sheet.columns[column - 1]
    sums = list(accumulate(_number(values[row - 1]) for row in reversed(above)))
    # The row above alone is no sum, unless it is the only one.
    return total in (sums[1:] or sums)


def _has_key(spec: Spec, cells: TableCells, filled: Mapping[int, object]) -> bool:
    """Whether the row's first field holds a code or an id, as a record's does."""
    first = cells.own[0]
    values = [filled[column] for column in cells.place.places[first.id] if column in filled]
    typed = read_value(spec, first, values[0]).typed if values else None
    if not isinstance(typed, str):
        return False
    return first.pattern is None or re.fullmatch(first.pattern, typed) is not None


def _adds_up(
    cells: TableCells, row: int, filled: Mapping[int, object], rows: Sequence[int]
) -> bool:
    """The last row, with nothing but amounts that are the sums of two rows or more above them."""
    if row < rows[-1]:
        return False
    above = rows[:-1]
    if len(above) < 2 or not filled.keys() <= _amount_columns(cells):
        return False
    return all(_is_sum(cells, column, above, filled[column]) for column in filled)


def _amount_columns(cells: TableCells) -> set[int]:
    amounts = [field for field in cells.own if field.type == "amount"]
    return set(chain.from_iterable(cells.place.places[field.id] for field in amounts))


def _is_sum(cells: TableCells, column: int, rows: Iterable[int], value: object) -> bool:
    values = cells.sheet.columns[column - 1]
    return value is not None and _number(value) == sum(_number(values[row - 1]) for row in rows)


def _is_number(value: object) -> bool:
    """A formula without a value counts as one: most sums are formulas."""
    return value is None or read_number(value) is not None


def _number(value: object) -> Decimal:
    number = read_number(value)
    return number.value if number else Decimal(0)
