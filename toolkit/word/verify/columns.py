"""Which column of an edited table was which of the table as it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, product

from toolkit.word.verify.reading import ReadParagraph, ReadTable

_Row = Sequence[ReadParagraph]
_Column = list[ReadParagraph]
_Likeness = Callable[[_Column, _Column], int]


def column_mates(ours: ReadTable, theirs: ReadTable) -> list[int | None]:
    """For each column the place of what it is in the edited table: the one that has most of its
    tags, or else its heading, or else most of its words; of as many, the one that is left. None
    for a column that is not there."""
    own, there = _columns(ours), _columns(theirs)
    found: dict[int, int] = {}
    _pair(found, own, there, _shared_tags)
    _pair(found, own, there, _same_heading)
    _pair(found, own, there, _shared_words)
    if len(own) == len(there):
        left = (place for place in range(len(there)) if place not in found.values())
        found |= dict(zip([one for one in range(len(own)) if one not in found], left, strict=True))
    return [found.get(place) for place in range(len(own))]


def _columns(table: ReadTable) -> list[_Column]:
    width = len(table.rows[0]) if table.rows else 0
    return [[row[place] for row in table.rows if place < len(row)] for place in range(width)]


def _pair(
    found: dict[int, int], ours: Sequence[_Column], theirs: Sequence[_Column], likeness: _Likeness
) -> None:
    """Those that are most alike first; of equals the first ones."""
    places = product(range(len(ours)), range(len(theirs)))
    pairs = ((-likeness(ours[place], theirs[there]), place, there) for place, there in places)
    for likely, place, there in sorted(pairs):
        if likely and place not in found and there not in found.values():
            found[place] = there


def _shared_tags(ours: _Column, theirs: _Column) -> int:
    return len(_tags(ours) & _tags(theirs))


def _same_heading(ours: _Column, theirs: _Column) -> int:
    return int(ours[0].plain == theirs[0].plain != "")


def _shared_words(ours: _Column, theirs: _Column) -> int:
    return len({one.plain for one in ours} & {one.plain for one in theirs} - {""})


def _tags(column: _Column) -> set[str]:
    return {span.tag for span in chain.from_iterable(one.spans for one in column)}
