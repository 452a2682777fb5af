"""Numbers that stay live in texter.docx. A number that the report counts is offered inside a
bookmark that is not seen; as long as nobody types over it, the report prints the number as it is
now. That holds while nothing but numbers has changed in the section: of other changes the person
is told, and what they wrote stands as they read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from toolkit.report.blocks import Block, Inline, Paragraph, Text
from toolkit.report.editorial.manuscript import (
    ManuscriptBlock,
    ManuscriptSection,
    ManuscriptTable,
    joined,
)
from toolkit.report.tracing import COUNTED

_B = TypeVar("_B", Block, ManuscriptBlock)

_DIGIT = re.compile(r"\d")
_TELLING = 12  # letters of what can only be that number: `länsstyrelsen Kalmar`

LiveNumbers = Mapping[str, str]
"""What each number is now, by its tag."""


def only_counts(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a section with the tags of numbers that can be live alone: each is one run,
    and is there once. What else is printed of data, a county's own words, hangs on what stands
    around it."""
    own = list(blocks)
    told = Counter(run.tag for run in _all_texts(own))
    lone = {tag for tag, times in told.items() if times == 1 and tag.startswith(f"{COUNTED}_")}
    for block in own:
        yield _each(block, lambda run: run if run.tag in lone else replace(run, tag=""))


def live_in(pieces: Iterable[ManuscriptBlock]) -> LiveNumbers:
    """The live numbers of a section, as they stand in it."""
    return {run.tag: run.text for run in _all_texts(pieces) if run.tag}


def with_numbers(section: ManuscriptSection, now: LiveNumbers) -> ManuscriptSection:
    """The section with its live numbers as they are now; one that is no more is plain text."""

    def renewed(run: Text) -> Text:
        told = now.get(run.tag)
        return replace(run, tag="") if told is None else replace(run, text=told)

    return _written_anew(section, renewed)


def without_numbers(section: ManuscriptSection) -> ManuscriptSection:
    """The section as it was written, all its numbers plain text."""
    return _written_anew(section, lambda run: replace(run, tag=""))


def _written_anew(section: ManuscriptSection, change: Callable[[Text], Text]) -> ManuscriptSection:
    pieces = tuple(
        _each(piece, lambda run: change(run) if run.tag else run) for piece in section.pieces
    )
    return replace(section, pieces=pieces)


def repeats_a_number(section: ManuscriptSection, now: LiveNumbers) -> bool:
    """Whether a number that has changed also stands in the section as plain text: it was copied,
    and a copy is not live."""
    plain = " ".join(run.text for run in _all_texts(section.pieces) if not run.tag)
    return any(
        _stands_in(plain, text)
        for tag, text in live_in(section.pieces).items()
        if now.get(tag) != text
    )


def _stands_in(plain: str, number: str) -> bool:
    """Whether a text has a number; a short one in words, `en` or `tre`, may be anything."""
    if not (_DIGIT.search(number) or len(number) >= _TELLING):
        return False
    return bool(re.search(rf"(?i)(?<!\w){re.escape(number)}(?!\w)", plain))


def _all_texts(blocks: Iterable[Block | ManuscriptBlock]) -> Iterator[Text]:
    for block in blocks:
        yield from _texts(block)


def _texts(block: Block | ManuscriptBlock) -> Iterator[Text]:
    """The runs of a paragraph's own text; in footnotes no number is live."""
    if isinstance(block, Paragraph):
        yield from _plain_texts(block.runs)
    elif isinstance(block, ManuscriptTable):
        for row in block.rows:
            for cell in row:
                yield from _plain_texts(cell)


def _plain_texts(runs: Iterable[Inline]) -> Iterator[Text]:
    yield from (run for run in runs if isinstance(run, Text))


def _each(block: _B, change: Callable[[Text], Text]) -> _B:
    if isinstance(block, ManuscriptTable):
        rows = (tuple(_changed(cell, change) for cell in row) for row in block.rows)
        return replace(block, rows=tuple(rows))
    if isinstance(block, Paragraph):
        return replace(block, runs=_changed(block.runs, change))
    return block


def _changed(runs: Iterable[Inline], change: Callable[[Text], Text]) -> tuple[Inline, ...]:
    return tuple(joined(change(run) if isinstance(run, Text) else run for run in runs))
