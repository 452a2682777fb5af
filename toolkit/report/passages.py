"""A report's passages as they are read once more before it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.report.blocks import Heading, Inline, Note, Paragraph, Reference, Text
from toolkit.report.editorial.manuscript import text_of
from toolkit.report.plainwords import letters_of, sentences_in
from toolkit.report.prose import Report
from toolkit.report.syntax import chapter_texts

_BEGINS, _ENDS = "\x03", "\x04"  # around what is printed of the data; no text holds them
_LIVE = re.compile(f"{_BEGINS}([^{_BEGINS}{_ENDS}]*){_ENDS}?|^([^{_BEGINS}{_ENDS}]*){_ENDS}")
_MARKS = re.compile(f"[{_BEGINS}{_ENDS}]")


@dataclass(frozen=True, slots=True)
class GateRemark:
    """Something to look at before the report is printed: the heading it stands under, the passage,
    and what is asked."""

    heading: str
    passage: str
    asked: str

    def __str__(self) -> str:
        return chapter_texts()("granskning.rad", rubrik=self.heading, fraga=self.asked)


@dataclass(frozen=True)
class ReadPassage:
    """A paragraph with the heading above it, or that heading itself; `first` when it is the first
    one there, and `is_own` when a person has written it."""

    heading: str
    block: Paragraph
    first: bool
    is_own: bool
    is_heading: bool = False

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.block.runs if isinstance(run, Text)).strip()

    @cached_property
    def live(self) -> str:
        """What is printed of the data."""
        return " ".join(run.text for run in self.block.runs if isinstance(run, Text) and run.tag)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, without what is quoted of counties."""
        return sentences_in(self.text)

    @cached_property
    def written(self) -> list[tuple[str, str]]:
        """Its sentences and those of its footnotes, each with what is printed of the data in it;
        tables and figures are called so."""
        found = list(_sentences_of(self.block.runs))
        for run in self.block.runs:
            if isinstance(run, Note):
                found += _sentences_of(run.runs)
        return found

    def written_out(self, plain: frozenset[str]) -> list[tuple[str, str]]:
        """Those of them that a person answers for: all that somebody has written in place of the
        report's own, and what stands written out in a chapter, by its letters."""
        if self.is_own:
            return self.written
        return [one for one in self.written if not one[1] and letters_of(one[0]) in plain]

    def asked(self, name: str, **values: object) -> GateRemark:
        told = chapter_texts()(f"granskning.{name}", **values)
        return GateRemark(self.heading, self.text, told)


def passages_of(report: Report) -> Iterator[ReadPassage]:
    """All paragraphs and headings of a report."""
    heading, first = "", True
    for block in report.blocks:
        if isinstance(block, Heading):
            heading, first = block.text, True
            own = Paragraph((Text(block.text),))
            yield ReadPassage(heading, own, False, block.text in report.own, True)
        elif isinstance(block, Paragraph):
            yield ReadPassage(heading, block, first, text_of(block.runs) in report.own)
            first = False


def chosen_headings(report: Report) -> Iterator[str]:
    """The headings that neither a person has written nor a chapter has written out."""
    told = (block.text for block in report.blocks if isinstance(block, Heading))
    for text in told:
        if text not in report.own and letters_of(text) not in report.plain:
            yield text


def _sentences_of(runs: Iterable[Inline]) -> Iterator[tuple[str, str]]:
    marked = "".join(map(_marked, runs)).strip()
    is_open = False
    for one in sentences_in(marked):
        whole = f"{_BEGINS}{one}" if is_open else one
        is_open = whole.rfind(_BEGINS) > whole.rfind(_ENDS)
        live = " ".join(inner for inner, _ in _LIVE.findall(whole) if inner)
        yield _MARKS.sub("", one), live


def _marked(run: Inline) -> str:
    if isinstance(run, Reference):
        return run.kind.capitalize() if run.capital else run.kind
    if not isinstance(run, Text):
        return ""
    return f"{_BEGINS}{run.text}{_ENDS}" if run.tag else run.text
