"""Which column each field of a table stands in: by its hidden key, or else by its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from toolkit.read.formats.raw import RawSheet
from toolkit.read.header import headings_of
from toolkit.read.keys import own_columns
from toolkit.spec.model import Field, TableSpec
from toolkit.words.celltext import text
from toolkit.words.swedish import fold, likeness

_ALIKE = 0.85  # likeness of a heading that was rewritten a little


class Match(NamedTuple):
    """The column that a field (or one of its several choices) stands in; `rewritten` is what stands
    above it where that is another heading than its own."""

    column: int
    heading: str
    is_guess: bool = False
    rewritten: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """The columns of a table's fields. `written` are the headings of the columns that were looked
    through."""

    table: TableSpec
    found: Mapping[str, Sequence[Match]]
    written: Mapping[int, str]

    @property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Columns by field id; several for a field with several choices."""
        return {name: tuple(match.column for match in own) for name, own in self.found.items()}

    @property
    def guessed(self) -> tuple[tuple[int, str, str], ...]:
        """Headings that were understood by likeness, as (column, what is written, heading)."""
        matches = chain.from_iterable(self.found.values())
        return tuple(
            (one.column, self.written[one.column], one.heading) for one in matches if one.is_guess
        )

    @property
    def rewritten(self) -> tuple[tuple[int, str, str], ...]:
        """The same of headings that say something else than the key above them."""
        matches = chain.from_iterable(self.found.values())
        return tuple((one.column, one.rewritten, one.heading) for one in matches if one.rewritten)

    @property
    def lost(self) -> tuple[tuple[str, str], ...]:
        """Of fields with several columns those that are gone while others are left, as (field id,
        heading)."""
        return tuple(_lost(self.table, self.found))


@dataclass(frozen=True, slots=True)
class _Looked:
    """The folded headings of the columns that were looked through; which columns have `another`
    column's heading above them, and which are `empty` below it."""

    table: TableSpec
    texts: Mapping[int, str]
    another: set[int]
    empty: set[int]

    def has_gone(self, column: int, heading: str) -> bool:
        """Whether what stood in a column under a heading stands elsewhere now: the column has
        another's heading, or is empty, and the very heading stands above answers."""
        there = self._column_of(heading, otherwise=column)
        if there == column:
            return False
        is_bare = column in self.empty and column not in self.texts
        was_emptied = column in self.empty and there not in self.empty
        return column in self.another or is_bare or was_emptied

    def _column_of(self, heading: str, *, otherwise: int) -> int:
        return next((column for column, text in self.texts.items() if text == heading), otherwise)


def _lost(table: TableSpec, found: Mapping[str, Sequence[Match]]) -> Iterator[tuple[str, str]]:
    for item in table.fields:
        left = {match.heading for match in found[item.id]}
        if left:
            yield from ((item.id, one) for one in item.headings if one not in left)


def match_keys(
    sheet: RawSheet, table: TableSpec, keys: Mapping[str, int], rows: range, others: set[int]
) -> Matching:
    """Columns by their keys; one whose key is gone by its heading, among the columns without a key.
    So is one whose answers were dragged elsewhere, where the very heading stands, if the column
    below its key was left empty or has another's heading. `rows` go from the headings to the
    table's end; `others` are columns that are not the table's."""
    own, left = own_columns(table, keys), _misplaced(sheet, table, keys, rows[0])
    headed = dict(headed_columns(sheet, rows[0], others))
    empty = _empty(sheet, own.union(headed), rows[1:])
    written = dict(headed_columns(sheet, rows[0], others | (own - left - empty)))
    texts = _answered_first(written, empty)
    kept = _kept_keys(_Looked(table, texts, left, empty), keys)
    names = headings_of(table)
    found: dict[str, list[Match]] = {}
    for item in table.fields:
        found[item.id] = []
        for key, heading in zip(item.keys, item.headings, strict=True):
            keyed = _keyed(sheet, item, heading, (rows[0], kept[key])) if key in kept else None
            match = keyed or _by_heading(item, heading, texts, names)
            if match is not None:
                texts.pop(match.column, None)
                found[item.id].append(match)
    return Matching(table, found, written)


def _answered_first(written: Mapping[int, str], empty: set[int]) -> dict[int, str]:
    """Headings, folded, those above answers before those above nothing."""
    in_order = sorted(written, key=lambda column: column in empty)
    return {column: fold(written[column]) for column in in_order}


def _keyed(sheet: RawSheet, item: Field, heading: str, at: tuple[int, int]) -> Match:
    """A column by its key. Headings are compared without the mark of what must be filled in."""
    said = text(sheet.at(*at))
    own = {fold(one) for one in (heading, item.label, item.heading, *item.aliases)}
    is_own = not said or fold(said.rstrip(" *")) in own
    return Match(at[1], heading, rewritten="" if is_own else said)


def match_headings(sheet: RawSheet, table: TableSpec, header: int) -> Matching:
    """Columns by their headings alone."""
    written = dict(headed_columns(sheet, header, set()))
    texts, names = {column: fold(value) for column, value in written.items()}, headings_of(table)
    found: dict[str, list[Match]] = {}
    for item in table.fields:
        matches = [_by_heading(item, heading, texts, names) for heading in item.headings]
        found[item.id] = [match for match in matches if match is not None]
    return Matching(table, found, written)


def headed_columns(sheet: RawSheet, header: int, known: set[int]) -> tuple[tuple[int, str], ...]:
    """The headings in a row, but for the known columns, as (column, text)."""
    row = sheet.rows[header - 1] if header <= len(sheet.rows) else ()
    there = ((column, text(value)) for column, value in enumerate(row, 1) if column not in known)
    return tuple((column, value) for column, value in there if value)


def _empty(sheet: RawSheet, columns: Iterable[int], rows: range) -> set[int]:
    """The columns in which nothing stands in certain rows."""
    found = set()
    for column in columns:
        values = sheet.columns[column - 1][rows.start - 1 : rows.stop - 1]
        if all(value in ("", None) for value in values):
            found.add(column)
    return found


def _misplaced(sheet: RawSheet, table: TableSpec, keys: Mapping[str, int], header: int) -> set[int]:
    """The columns with a key below which another column's very heading stands. What one sees and
    drags in Excel are headings and answers; the row of keys is hidden and stays."""
    wanted, found = headings_of(table), set()
    for key, heading in _keys_and_headings(table):
        column = keys.get(key, 0)
        there = fold(text(sheet.at(header, column))) if column else ""
        if there in wanted - {fold(heading)}:
            found.add(column)
    return found


def _keys_and_headings(table: TableSpec) -> Iterator[tuple[str, str]]:
    """The key and the heading of each of a table's columns."""
    for item in table.fields:
        yield from zip(item.keys, item.headings, strict=True)


def _kept_keys(looked: _Looked, keys: Mapping[str, int]) -> dict[str, int]:
    """The keys whose columns are still below them, with their columns."""
    dragged = _dragged(looked, keys)
    taken = {column for column, said in looked.texts.items() if said in dragged.values()}
    return {
        key: column for key, column in keys.items() if key not in dragged and column not in taken
    }


def _dragged(looked: _Looked, keys: Mapping[str, int]) -> dict[str, str]:
    """The keys whose columns were dragged from below them, with their headings, folded."""
    dragged: dict[str, str] = {}
    for key, heading in _keys_and_headings(looked.table):
        if key in keys and looked.has_gone(keys[key], fold(heading)):
            dragged[key] = fold(heading)
    return dragged


def _by_heading(
    item: Field, heading: str, texts: Mapping[int, str], headings: set[str]
) -> Match | None:
    """The column (of those whose folded texts are given) that has a heading or one of the field's
    other names, or else the one that is most like it and is none of the table's other `headings`
    (folded)."""
    names = {fold(heading), *map(fold, item.aliases)}
    exact = next((column for column, value in texts.items() if value in names), None)
    return _most_alike(heading, texts, headings) if exact is None else Match(exact, heading)


def _most_alike(heading: str, texts: Mapping[int, str], headings: set[str]) -> Match | None:
    free = [column for column, value in texts.items() if value not in headings]
    alike = max(free, key=lambda column: likeness(texts[column], heading), default=None)
    if alike is not None and likeness(texts[alike], heading) >= _ALIKE:
        return Match(alike, heading, is_guess=True)
    return None
