"""The tables of an edited report: every number in its own row and column, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.report.tags import NOTE, proof_of
from toolkit.word.verify.columns import column_mates
from toolkit.word.verify.disagreement import (
    CHANGED,
    COLUMN_ADDED,
    COLUMN_NAME,
    COLUMN_REMOVED,
    HIDDEN,
    MOVED,
    NUMBER,
    OTHER,
    REMOVED,
    RETYPED,
    ROW_NAME,
    ROW_REMOVED,
    TABLE_REMOVED,
    Disagreement,
)
from toolkit.word.verify.reading import (
    ReadParagraph,
    ReadReport,
    ReadTable,
    TaggedSpan,
    named,
    plain,
)
from toolkit.words.counting import said_counts

_Row = list[ReadParagraph]


def of_tables(written: ReadReport, edited: ReadReport) -> Iterator[Disagreement]:
    """What does not agree, table by table."""
    left, last = list(edited.tables), 0
    for table in written.tables:
        there = _mate(table, left)
        if there is None:
            yield Disagreement(TABLE_REMOVED, named(table.caption), "", "", "", last)
            continue
        left.remove(there)
        last = there.rows[-1][-1].number
        yield from _Pair(table, there, written, edited).disagreements()
    for table in left:
        yield from _foreign(table, written)


def _mate(table: ReadTable, left: Sequence[ReadTable]) -> ReadTable | None:
    """The table that has most of its tags; of one without tags, the one with its caption."""
    own = table.tags
    best = max(left, key=lambda one: len(own & one.tags), default=None)
    if best is not None and own & best.tags:
        return best
    named = (one for one in left if plain(one.caption) == plain(table.caption))
    bare = (one for one in left if not one.tags)
    alike = (one for one in bare if _first_row(one) == _first_row(table))
    return next(named, None) or next(alike, None)


def _first_row(table: ReadTable) -> list[str]:
    return [one.plain for one in table.rows[0]] if table.rows else []


def _foreign(table: ReadTable, written: ReadReport) -> Iterator[Disagreement]:
    """A table that the program has not written: nothing supports its numbers there."""
    for row in table.rows[1:]:
        for cell in row[1:]:
            if said_counts(cell.text):
                place = f"{named(table.caption)}, {row[0].plain}"
                kind = written.kind_of(cell.text)
                yield Disagreement(kind, place, "", cell.plain, "", cell.number)


@dataclass
class _Pair:
    """A table as it is written and as it has been edited."""

    ours: ReadTable
    theirs: ReadTable
    written: ReadReport
    edited: ReadReport

    def disagreements(self) -> Iterator[Disagreement]:
        """Headings, rows, then what stands in rows that were not there."""
        yield from self._headings()
        rows = self._rows()
        for ours, theirs in rows:
            if theirs is None:
                place = f"{named(self.ours.caption)}, {ours[0].plain}"
                said = " | ".join(one.plain for one in ours[1:])
                yield Disagreement(ROW_REMOVED, place, said, "", "", self._end)
            else:
                yield from self._row(ours, theirs)
        known = [theirs for _, theirs in rows if theirs is not None]
        new = [row for row in self.theirs.rows[1:] if not any(row is one for one in known)]
        yield from _foreign(ReadTable(self.theirs.caption, [[], *new]), self.written)

    @property
    def _end(self) -> int:
        return self.theirs.rows[0][0].number

    @cached_property
    def _mates(self) -> list[int | None]:
        """For each column its place in the edited table."""
        return column_mates(self.ours, self.theirs)

    def _headings(self) -> Iterator[Disagreement]:
        place, heads = named(self.ours.caption), self.theirs.rows[0]
        for column, ours in enumerate(self.ours.rows[0]):
            theirs = self._there(column, heads)
            if theirs is None:
                yield Disagreement(COLUMN_REMOVED, place, ours.plain, "", "", self._end)
            elif ours.plain != theirs.plain:
                yield Disagreement(COLUMN_NAME, place, ours.plain, theirs.plain, "", theirs.number)
        for column, theirs in enumerate(heads):
            if column not in self._mates and self._has_numbers(column):
                yield Disagreement(COLUMN_ADDED, place, "", theirs.plain, "", theirs.number)
        yield from self._notes(self.ours.rows[0], heads)

    def _there(self, column: int, theirs: _Row) -> ReadParagraph | None:
        """The cell of an edited row that stands in one of the columns; None where there is none."""
        mate = self._mates[column] if column < len(self._mates) else None
        return theirs[mate] if mate is not None and mate < len(theirs) else None

    def _has_numbers(self, column: int) -> bool:
        below = (row[column] for row in self.theirs.rows[1:] if column < len(row))
        return any(said_counts(one.text) for one in below)

    def _rows(self) -> list[tuple[_Row, _Row | None]]:
        """Each row with the one that has most of its tags, or else its name."""
        left, found = list(self.theirs.rows[1:]), []
        for ours in self.ours.rows[1:]:
            there = self._row_of(ours, left)
            if there is not None:
                left = [row for row in left if row is not there]
            found.append((ours, there))
        return found

    def _row_of(self, ours: _Row, left: Sequence[_Row]) -> _Row | None:
        own = _number_tags(ours)
        shared = [len(own & _number_tags(row)) for row in left]
        if any(shared):
            return left[shared.index(max(shared))]
        if self._mates[0] is None:
            # Without names those that have no numbers follow in their order.
            return next((row for row in left if not own and not _number_tags(row)), None)
        stubs = ((self._there(0, row), row) for row in left)
        return next((row for one, row in stubs if one and one.plain == ours[0].plain), None)

    def _row(self, ours: _Row, theirs: _Row) -> Iterator[Disagreement]:
        place = f"{named(self.ours.caption)}, {ours[0].plain}"
        stub = self._there(0, theirs)
        if stub is not None and ours[0].plain != stub.plain:
            names = (ours[0].plain, stub.plain)
            yield Disagreement(ROW_NAME, place, *names, "", stub.number)
        yield from self._notes(ours, theirs)
        for column, own in enumerate(ours[1:], 1):
            there = self._there(column, theirs)
            where = f"{place}, {self._heading(column)}"
            if there is not None:
                yield from self._cell(where, own, there)
            elif own.plain and column < len(self._mates) and self._mates[column] is not None:
                tag = next(iter(_cell_tags(own)), "")
                yield Disagreement(REMOVED, where, own.plain, "", tag, theirs[0].number)

    def _heading(self, column: int) -> str:
        heads = self.ours.rows[0]
        return heads[column].plain if column < len(heads) else ""

    def _cell(
        self, place: str, ours: ReadParagraph, theirs: ReadParagraph
    ) -> Iterator[Disagreement]:
        if ours.plain == theirs.plain and _cell_tags(ours) == _cell_tags(theirs):
            return
        tag = next(iter(_cell_tags(ours)), "")
        told = (place, ours.plain, theirs.plain, tag, theirs.number)
        own = next((span for span in theirs.spans if span.tag == tag), None)
        if not tag:
            yield Disagreement(_kind_of_untagged(ours, theirs), *told)
        elif own is not None:
            unchanged = proof_of(own.text) == own.proof and own.text == theirs.text
            yield Disagreement(CHANGED if unchanged else RETYPED, *told)
        elif tag in self.edited.spans:
            yield Disagreement(MOVED, *told)
        else:
            yield Disagreement(RETYPED if theirs.plain else REMOVED, *told)

    def _notes(self, ours: _Row, theirs: _Row) -> Iterator[Disagreement]:
        """The notes that are called in a row."""
        there = {span.tag: span for span in _spans(theirs)}
        kept = [one for column, one in enumerate(ours) if self._there(column, theirs) is not None]
        notes = (span for span in _spans(kept) if span.tag.startswith(f"{NOTE}_"))
        for span in notes:
            own = there.get(span.tag)
            said = own.text if own else ""
            if plain(said) != plain(span.text):
                told = (named(self.ours.caption), span.text, said, span.tag, theirs[0].number)
                yield Disagreement(_kind_of_note(own), *told)


def _kind_of_note(own: TaggedSpan | None) -> str:
    if own is None or not own.text:
        return REMOVED
    return CHANGED if proof_of(own.text) == own.proof else RETYPED


def _kind_of_untagged(ours: ReadParagraph, theirs: ReadParagraph) -> str:
    """What it is that stands where the data give no number: what they gave before, a number where
    the report prints none, something typed, or other words."""
    whole = (one for one in theirs.spans if plain(one.text) == theirs.plain)
    if any(proof_of(one.text) == one.proof for one in whole):
        return CHANGED
    if ours.plain == NOT_AVAILABLE and _says_a_number(theirs.plain):
        return HIDDEN
    return NUMBER if said_counts(theirs.text) else OTHER


def _says_a_number(text: str) -> bool:
    is_one = text.casefold() in {"en", "ett", "noll"}
    return is_one or any(map(str.isnumeric, text)) or bool(said_counts(text))


def _cell_tags(cell: ReadParagraph) -> set[str]:
    return {span.tag for span in cell.spans if not span.tag.startswith(f"{NOTE}_")}


def _spans(row: _Row) -> Iterator[TaggedSpan]:
    return chain.from_iterable(cell.spans for cell in row)


def _number_tags(row: _Row) -> set[str]:
    return set(chain.from_iterable(map(_cell_tags, row)))
