"""A number of the report, by its table, its tag or its sentence, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain

from toolkit.analysis.results import YearResults
from toolkit.report.blocks import Figure, Heading, Inline, Note, Paragraph, Placed, Text
from toolkit.report.derived.asked import (
    answer_of,
    cells_of_name,
    cells_of_question,
    cells_quoted,
    is_question,
    told,
)
from toolkit.report.derived.cells import SourceCell
from toolkit.report.derived.tables import cells_of_number
from toolkit.report.facts import Facts
from toolkit.report.prose import Report
from toolkit.report.tags import cell_tags, read_bookmark
from toolkit.report.tracing import TOLD, Live

_PLACED = re.compile(r"(tabell|figur)\s*(\d+)(?:\s*,\s*(.+))?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])")
_OF_THE_YEAR = frozenset({"ar", "minst", "malsattningar", "egen_fran", "alla", "redovisat", "lage"})
"""Names of what stands in the year's own description, or is who has reported."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where one number comes from: its tag, where it stands, what is printed, the line of the
    chapter that prints it (none for a table), what was asked of the data, each with its answer, and
    the cells."""

    tag: str
    place: str
    printed: str
    chapter: str
    asked: tuple[tuple[str, str], ...]
    cells: tuple[SourceCell, ...]

    def as_json(self) -> dict[str, object]:
        """Under Swedish names, as the terminal's other objects have them."""
        return {
            "tagg": self.tag, "plats": self.place, "tryckt": self.printed, "kapitel": self.chapter,
            "frågor": [{"fråga": one, "svar": answer} for one, answer in self.asked],
            "celler": [one.as_json() for one in self.cells],
        }  # fmt: skip


def explain(report: Report, results: YearResults, wanted: str) -> list[Derivation]:
    """What is asked for: `Tabell 3`, `Tabell 3, Skåne`, a tag, or a sentence or a part of one.
    Nothing where the report has no such number."""
    explained = _Explained(report, results)
    placed = _PLACED.fullmatch(wanted.strip())
    if placed:
        rows = (placed[3] or "").casefold()
        return list(explained.of_table(placed[1].lower(), int(placed[2]), rows))
    known = read_bookmark(wanted.strip())
    return list(explained.of_tag(known[0], wanted) if known else explained.of_sentence(wanted))


@dataclass(frozen=True)
class _Explained:
    report: Report
    results: YearResults

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.results, self.report.texts)

    @cached_property
    def _tables(self) -> list[Figure]:
        return [block for block in self.report.blocks if isinstance(block, Figure)]

    def of_table(self, kind: str, number: int, rows: str) -> Iterator[Derivation]:
        """Every number of a table, or of the table that a figure shows; of some of its rows where
        these are named."""
        placed = (block for block in self.report.blocks if isinstance(block, Placed))
        several = [block for block in placed if isinstance(block, Figure) == (kind == "tabell")]
        if not 0 < number <= len(several):
            return
        shown = several[number - 1]
        wanted = shown.table.id if isinstance(shown, Figure) else shown.table
        for place, figure in enumerate(self._tables, 1):
            if figure.table.id == wanted:
                yield from self._numbers(figure, place, rows)

    def _numbers(self, figure: Figure, number: int, rows: str) -> Iterator[Derivation]:
        table = figure.table
        name = f"{self.report.texts('etikett.tabell')} {number}"
        for (row, column), tag in cell_tags(table).items():
            stub = table.rows[row][0]
            if rows in stub.casefold():
                cells = cells_of_number(self.results, table, row, column)
                place = f"{name}, {stub}, {table.columns[column].heading}"
                yield Derivation(tag, place, table.rows[row][column], "", (), tuple(cells))

    def of_tag(self, tag: str, whole: str) -> Iterator[Derivation]:
        """One number by its tag. A name without its digest may end in what looks like one."""
        names = {tag, whole.strip().removeprefix("_")}
        for number, figure in enumerate(self._tables, 1):
            if names & set(cell_tags(figure.table).values()):
                found = self._numbers(figure, number, "")
                yield from (one for one in found if one.tag in names)
        for heading, paragraph in self._paragraphs():
            own = (one for one in _texts(paragraph) if one.tag in names)
            yield from (self._derived(heading, self.report.live[one.tag]) for one in own)

    def of_sentence(self, wanted: str) -> Iterator[Derivation]:
        """Every live number of the paragraphs that hold some words."""
        letters = _plain(wanted)
        for heading, paragraph in self._paragraphs() if letters else ():
            start = _plain(_text(paragraph)).find(letters)
            if start >= 0:
                own = _within(paragraph, start, start + len(letters))
                yield from self._live(heading, replace(paragraph, runs=own))

    def _paragraphs(self) -> Iterator[tuple[str, Paragraph]]:
        heading = ""
        for block in self.report.blocks:
            if isinstance(block, Heading):
                heading = block.text
            elif isinstance(block, Paragraph):
                yield heading, block

    def _live(self, heading: str, paragraph: Paragraph) -> Iterator[Derivation]:
        for text in _texts(paragraph):
            if text.tag in self.report.live:
                yield self._derived(heading, self.report.live[text.tag])

    def _derived(self, heading: str, live: Live) -> Derivation:
        questions = [one for one in live.asked if is_question(one)]
        every = (cells_of_question(self._facts, one) for one in questions)
        cells = dict.fromkeys(chain.from_iterable(every))
        for name in live.names:
            cells |= dict.fromkeys(cells_of_name(self._facts, name))
        if live.tag.startswith(TOLD):
            cells |= dict.fromkeys(cells_quoted(self._facts, live.printed))
        asked = tuple((told(one), answer_of(one)) for one in questions)
        asked = asked or tuple((name, live.printed) for name in live.names if name in _OF_THE_YEAR)
        chapter = f"{live.file}, rad {live.line}"
        return Derivation(live.tag, heading, live.printed, chapter, asked, tuple(cells))


def _texts(paragraph: Paragraph) -> Iterator[Text]:
    """The runs of a paragraph and of its notes."""
    for run in paragraph.runs:
        if isinstance(run, Note):
            yield from run.runs
        elif isinstance(run, Text):
            yield run


def _text(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs if isinstance(run, Text))


def _within(paragraph: Paragraph, start: int, end: int) -> tuple[Inline, ...]:
    """The runs of the sentences that a stretch of a paragraph's letters lies in, with the notes
    that are called there."""
    lengths = (len(_plain(sentence)) for sentence in _SENTENCE.split(_text(paragraph)))
    bounds = list(accumulate(lengths, initial=0))
    first = max(one for one in bounds if one <= start)
    last = min(one for one in bounds if one >= end)
    found: list[Inline] = []
    at = 0
    for run in paragraph.runs:
        length = _length(run)
        # A note's mark stands behind the words that it belongs to.
        if max(at, first) < min(at + length, last) or (not length and first < at <= last):
            found.append(run)
        at += length
    return tuple(found)


def _length(run: Inline) -> int:
    return len(_plain(run.text)) if isinstance(run, Text) else 0


def _plain(text: str) -> str:
    """Letters and digits alone: blanks and quotation marks are typed in many ways."""
    return "".join(filter(str.isalnum, text)).casefold()
