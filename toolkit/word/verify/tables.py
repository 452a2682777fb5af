"""The tables of an edited report: every number in its own row and column, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from toolkit.report.tags import NOTE, proof_of
from toolkit.word.verify.disagreement import (
    CHANGED,
    COLUMN_NAME,
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
        yield from _foreign(table)


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


def _foreign(table: ReadTable) -> Iterator[Disagreement]:
    """A table that the program has not written: nothing supports its numbers."""
    for row in table.rows[1:]:
        for cell in row[1:]:
            if said_counts(cell.text):
                place = f"{named(table.caption)}, {row[0].plain}"
                yield Disagreement(NUMBER, place, "", cell.plain, "", cell.number)


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
        yield from _foreign(ReadTable(self.theirs.caption, [[], *new]))

    @property
    def _end(self) -> int:
        return self.theirs.rows[0][0].number

    def _headings(self) -> Iterator[Disagreement]:
        pairs = zip(self.ours.rows[0], self.theirs.rows[0], strict=False)
        for ours, theirs in pairs:
            if ours.plain != theirs.plain:
                place = named(self.ours.caption)
                yield Disagreement(COLUMN_NAME, place, ours.plain, theirs.plain, "", theirs.number)
        yield from self._notes(self.ours.rows[0], self.theirs.rows[0])

    def _rows(self) -> list[tuple[_Row, _Row | None]]:
        """Each row with the one that has most of its tags, or else its name."""
        left, found = list(self.theirs.rows[1:]), []
        for ours in self.ours.rows[1:]:
            there = _row_of(ours, left)
            if there is not None:
                left = [row for row in left if row is not there]
            found.append((ours, there))
        return found

    def _row(self, ours: _Row, theirs: _Row) -> Iterator[Disagreement]:
        place = f"{named(self.ours.caption)}, {ours[0].plain}"
        if ours[0].plain != theirs[0].plain:
            names = (ours[0].plain, theirs[0].plain)
            yield Disagreement(ROW_NAME, place, *names, "", theirs[0].number)
        yield from self._notes(ours, theirs)
        for column, (own, there) in enumerate(zip(ours[1:], theirs[1:], strict=False), 1):
            where = f"{place}, {self.ours.rows[0][column].plain}"
            yield from self._cell(where, own, there)

    def _cell(
        self, place: str, ours: ReadParagraph, theirs: ReadParagraph
    ) -> Iterator[Disagreement]:
        if ours.plain == theirs.plain and _cell_tags(ours) == _cell_tags(theirs):
            return
        tag = next(iter(_cell_tags(ours)), "")
        told = (place, ours.plain, theirs.plain, tag, theirs.number)
        own = next((span for span in theirs.spans if span.tag == tag), None)
        if not tag:
            yield Disagreement(_kind_of_untagged(theirs), *told)
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
        notes = (span for span in _spans(ours) if span.tag.startswith(f"{NOTE}_"))
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


def _kind_of_untagged(theirs: ReadParagraph) -> str:
    """What it is that stands where the data give no number: what they gave before, something typed,
    or other words."""
    whole = (one for one in theirs.spans if plain(one.text) == theirs.plain)
    if any(proof_of(one.text) == one.proof for one in whole):
        return CHANGED
    return NUMBER if said_counts(theirs.text) else OTHER


def _cell_tags(cell: ReadParagraph) -> set[str]:
    return {span.tag for span in cell.spans if not span.tag.startswith(f"{NOTE}_")}


def _spans(row: _Row) -> Iterator[TaggedSpan]:
    return chain.from_iterable(cell.spans for cell in row)


def _row_of(ours: _Row, left: Sequence[_Row]) -> _Row | None:
    own = _number_tags(ours)
    shared = [len(own & _number_tags(row)) for row in left]
    if any(shared):
        return left[shared.index(max(shared))]
    return next((row for row in left if row[0].plain == ours[0].plain), None)


def _number_tags(row: _Row) -> set[str]:
    return set(chain.from_iterable(map(_cell_tags, row)))
