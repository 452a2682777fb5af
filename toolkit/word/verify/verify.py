"""Everything in an edited report that does not agree with what the program would write."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from lxml import etree

from toolkit.read.formats.preflight import Refused, look_over
from toolkit.report.editorial.manuscript import OutdatedSection
from toolkit.report.editorial.sections import SUBHEADING
from toolkit.report.tags import proof_of
from toolkit.report.tracing import TOLD
from toolkit.word.verify.apparatus import of_apparatus
from toolkit.word.verify.claimed import NewSentence, sentences_of
from toolkit.word.verify.disagreement import (
    CHANGED,
    NUMBER,
    OUTDATED,
    OUTDATED_NUMBERS,
    PAST,
    REMOVED,
    RETYPED,
    WORD,
    Disagreement,
)
from toolkit.word.verify.drawings import of_drawings
from toolkit.word.verify.matching import matched
from toolkit.word.verify.reading import ReadParagraph, ReadReport, TaggedSpan, plain
from toolkit.word.verify.tables import of_tables
from toolkit.words.counting import Count, said_counts
from toolkit.words.swedish import fold

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SHOWN = 60  # letters of a sentence that tell where something stands
_SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[A-ZÅÄÖ”])")
NO_TAGS, DAMAGED = "utan_taggar", "skadad"
"""Why a file cannot be verified: none of its numbers is tagged; it is no whole Word file."""


def disagreements(
    written: bytes,
    document: bytes,
    outdated: Sequence[OutdatedSection] = (),
    chosen: Sequence[str] = (),
) -> list[Disagreement]:
    """What does not agree in a `document` with the report as it is `written` of the data now, in
    the order of the document. `outdated` are the sections written by hand that replace a text
    which has changed since, `chosen` the headings that the data choose. Raises zipfile.BadZipFile
    and lxml.etree.XMLSyntaxError."""
    both = _Both(ReadReport(written), ReadReport(document), outdated)
    found = [*both.of_text(), *of_tables(both.written, both.edited)]
    found += of_apparatus(both.written, both.edited, chosen)
    found += of_drawings(both.written, both.edited)
    found += map(both.old, outdated)
    return sorted(found, key=lambda one: one.paragraph)


class SentencesSaid(NamedTuple):
    """The sentences of an edited report, and those of them that are not in it as it is written."""

    every: list[NewSentence]
    new: list[NewSentence]


def sentences_said(written: bytes, document: bytes) -> SentencesSaid:
    """The sentences of an edited report and of its footnotes. Raises zipfile.BadZipFile and
    lxml.etree.XMLSyntaxError."""
    ours, theirs = ReadReport(written), ReadReport(document)
    known = {told.text for told in chain.from_iterable(map(sentences_of, ours.paragraphs))}
    every = list(chain.from_iterable(map(sentences_of, theirs.paragraphs)))
    return SentencesSaid(every, [told for told in every if told.text not in known])


def unreadable(document: bytes) -> str:
    """Why a file from outside cannot be verified: the code of its pre-flight, or that none of its
    numbers is tagged; nothing where it can."""
    try:
        look_over(document)
        return "" if ReadReport(document).spans else NO_TAGS
    except Refused as error:
        return error.code
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, AttributeError):
        return DAMAGED


@dataclass
class _Both:
    written: ReadReport
    edited: ReadReport
    outdated: Sequence[OutdatedSection]

    def old(self, section: OutdatedSection) -> Disagreement:
        """A section that may say what was so then, told at its heading; first of all where it has
        another by now."""
        place = next((one.number for one in self._under(section.heading)), 0)
        before, now = ("”, ”".join(one[side] for one in section.changed) for side in (0, 1))
        kind = OUTDATED_NUMBERS if section.changed else OUTDATED
        return Disagreement(kind, plain(section.heading), plain(now), plain(before), "", place)

    def _under(self, heading: str) -> Iterator[ReadParagraph]:
        """A heading and what stands below it, up to the next of a section."""
        is_within = False
        for one in self.edited.paragraphs:
            if one.is_heading and one.level < SUBHEADING:
                is_within = fold(one.text) == fold(heading)
            if is_within:
                yield one

    @cached_property
    def _old_paragraphs(self) -> set[ReadParagraph]:
        own = (self._under(one.heading) for one in self.outdated)
        return set(chain.from_iterable(own))

    @cached_property
    def _matches(self) -> dict[ReadParagraph, ReadParagraph]:
        return matched(self.written.paragraphs, self.edited.paragraphs)

    @cached_property
    def _years(self) -> frozenset[str]:
        """Years that the report speaks of: a new sentence may too."""
        written = chain.from_iterable(own.loose for own in self.written.paragraphs)
        said = {one.said for one in written}
        for _, span in self.written.spans.values():
            said |= set(said_counts(span.text))
        return frozenset(filter(_is_year, said))

    def of_text(self) -> Iterator[Disagreement]:
        """What is tagged in running text, and what says how many without a tag."""
        typed = {one: self._unsupported(one) for one in self.edited.paragraphs}
        yield from self._gone(typed)
        yield from self._tagged()
        yield from self._past()
        for paragraph, counts in typed.items():
            for count in counts:
                said = paragraph.text[count.start : count.end]
                place = _sentence(paragraph, count)
                yield Disagreement(self._kind(count), place, "", said, "", paragraph.number)
        for paragraph in self.edited.paragraphs:
            yield from self._noted(paragraph)

    def _kind(self, count: Count) -> str:
        """A word, a number that the report has of the data at another place, or another number."""
        if count.is_quantifier:
            return WORD
        return self.written.kind_of(count.said)

    def _tagged(self) -> Iterator[Disagreement]:
        for ours in self.written.paragraphs:
            for span in ours.spans:
                if span.tag in self.edited.spans:
                    paragraph, there = self.edited.spans[span.tag]
                    if not _agree(span, there):
                        kind = CHANGED if proof_of(there.text) == there.proof else RETYPED
                        yield _told(kind, paragraph, span.text, there.text, span.tag)

    def _noted(self, paragraph: ReadParagraph) -> Iterator[Disagreement]:
        """What says how many in notes that are not tagged, and did not."""
        ours = self._matches.get(paragraph)
        left = Counter(_in_notes(ours)) if ours else Counter(self._years)
        for one in _in_notes(paragraph):
            if not left[one]:
                yield _told(NUMBER, paragraph, "", one)
            left[one] -= ours is not None

    def _past(self) -> Iterator[Disagreement]:
        """What the data gave when the report was written, and do not give now. A section written by
        hand that is older than the data has no tags now; it is told by itself."""
        for paragraph in self.edited.paragraphs:
            is_old = paragraph in self._old_paragraphs
            for span in paragraph.spans:
                if span.tag not in self.written.spans and not (is_old and _is_as_it_was(span)):
                    yield _told(PAST, paragraph, "", span.text, span.tag)

    def _gone(self, typed: Mapping[ReadParagraph, list[Count]]) -> Iterator[Disagreement]:
        """Tagged numbers that are not there. What has been typed in their paragraph stands for
        them: Word takes a bookmark away with the text that fills it."""
        homes = {ours: theirs for theirs, ours in self._matches.items()}
        for paragraph, span in self._missing():
            there = homes.get(paragraph)
            if there is None:
                yield _told(REMOVED, self._near(paragraph), span.text, "", span.tag)
                continue
            said = "" if span.is_note else _taken(typed[there])
            past = any(one.tag not in self.written.spans for one in there.spans)
            kind = CHANGED if past else RETYPED
            yield _told(kind if said else REMOVED, there, span.text, said, span.tag)

    def _missing(self) -> Iterator[tuple[ReadParagraph, TaggedSpan]]:
        for paragraph in self.written.paragraphs:
            for span in paragraph.spans:
                if span.tag not in self.edited.spans:
                    yield paragraph, span

    def _near(self, paragraph: ReadParagraph) -> ReadParagraph:
        """The paragraph of the edited file before the place where one has stood; its heading is
        that of the one that is gone."""
        homes = {ours: theirs for theirs, ours in self._matches.items()}
        before = [one for one in self.written.paragraphs if one.number < paragraph.number]
        near = next((homes[one] for one in reversed(before) if one in homes), None)
        place = (near or self.edited.paragraphs[0]).number
        return ReadParagraph(place, paragraph.heading, "", (), (), ())

    def _unsupported(self, paragraph: ReadParagraph) -> list[Count]:
        """What says how many in a paragraph, and does not in the one that it was."""
        if paragraph.is_contents:
            return []
        ours = self._matches.get(paragraph)
        if ours is None:
            return [one for one in paragraph.loose if one.said not in self._years]
        left = Counter(one.said for one in ours.loose)
        found = []
        for one in paragraph.loose:
            if left[one.said]:
                left[one.said] -= 1
            else:
                found.append(one)
        return found


def _is_as_it_was(span: TaggedSpan) -> bool:
    return proof_of(span.text) == span.proof


def _is_year(said: str) -> bool:
    return said.isdecimal() and _FIRST_YEAR <= int(said) <= _LAST_YEAR


def _in_notes(paragraph: ReadParagraph) -> Iterator[str]:
    return chain.from_iterable(map(said_counts, paragraph.notes))


def _agree(ours: TaggedSpan, theirs: TaggedSpan) -> bool:
    """Whether two texts of a tag say the same. A county's own words may be shortened; the numbers
    in them may not be others."""
    if plain(ours.text) == plain(theirs.text):
        return True
    told = ours.tag.startswith(TOLD) and not ours.is_note
    return told and said_counts(ours.text) == said_counts(theirs.text)


def _taken(typed: list[Count]) -> str:
    return typed.pop(0).said if typed else ""


def _sentence(paragraph: ReadParagraph, count: Count) -> str:
    """The heading, and how the sentence begins that something stands in."""
    ends = (found.end() for found in _SENTENCE.finditer(paragraph.text))
    begins = max((end for end in ends if end <= count.start), default=0)
    words = plain(paragraph.text[begins:])
    short = f"{words[:_SHOWN].rsplit(' ', 1)[0]} …" if len(words) > _SHOWN else words
    return plain(f"{paragraph.heading} (”{short}”)")


def _told(
    kind: str, paragraph: ReadParagraph, expected: str, found: str, tag: str = ""
) -> Disagreement:
    said = (plain(paragraph.heading), plain(expected), plain(found))
    return Disagreement(kind, *said, tag, paragraph.number)
