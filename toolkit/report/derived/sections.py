"""What each section of a report has asked of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.report.blocks import Heading, Note, Paragraph, Text
from toolkit.report.derived.asked import answer_of, is_question, told
from toolkit.report.facts import Counties
from toolkit.report.prose import Report
from toolkit.report.tracing import Asked


class SectionQuestion(NamedTuple):
    """A question behind a printed piece of text: what is printed, the question in words, its parts,
    and the answer where it is a number, of how many."""

    printed: str
    said: str
    word: str
    given: Sequence[object]
    named: Mapping[str, object]
    number: Decimal | None
    base: int | None


def asked_by_section(report: Report) -> Iterator[tuple[str, list[SectionQuestion]]]:
    """The headings with the questions below each, in order; without those below which nothing is
    asked."""
    heading, found = "", list[SectionQuestion]()
    for block in report.blocks:
        if isinstance(block, Heading):
            if found:
                yield heading, found
            heading, found = block.text, []
        elif isinstance(block, Paragraph):
            found += _asked_in(report, block)
    if found:
        yield heading, found


def _asked_in(report: Report, paragraph: Paragraph) -> Iterator[SectionQuestion]:
    # A piece that holds a link or is in bold in part is several runs with one tag.
    tags = dict.fromkeys(text.tag for text in _texts(paragraph) if text.tag in report.live)
    for live in map(report.live.__getitem__, tags):
        for one in filter(is_question, live.asked):
            yield _question(live.printed, one)


def _texts(paragraph: Paragraph) -> Iterator[Text]:
    """The runs of a paragraph and of its notes."""
    for run in paragraph.runs:
        if isinstance(run, Note):
            yield from run.runs
        elif isinstance(run, Text):
            yield run


def _question(printed: str, asked: Asked) -> SectionQuestion:
    base = len(asked.answer.base) if isinstance(asked.answer, Counties) else None
    count = _count_of(asked)
    return SectionQuestion(printed, told(asked), asked.word, asked.given, asked.named, count, base)


def _count_of(asked: Asked) -> Decimal | None:
    if isinstance(asked.answer, Decimal):
        return asked.answer
    said = "".join(answer_of(asked).partition(" av ")[0].split()).replace(",", ".")
    return Decimal(said) if said.replace(".", "", 1).isdecimal() else None
