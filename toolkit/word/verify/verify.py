"""Everything in an edited report that does not agree with what the program would write."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from toolkit.read.formats.preflight import Refused, look_over
from toolkit.report.tags import proof_of
from toolkit.report.tracing import TOLD
from toolkit.word.verify.charts import charts_of
from toolkit.word.verify.matching import matched
from toolkit.word.verify.reading import ReadParagraph, ReadReport, Span, named, plain
from toolkit.word.verify.tables import of_tables
from toolkit.word.verify.told import (
    CHANGED,
    CHART,
    NUMBER,
    PAST,
    REMOVED,
    RETYPED,
    SPOKEN,
    WORD,
    Disagreement,
)
from toolkit.words.counting import Count, said_counts

_LAST_YEAR = 2199
_SHOWN = 60  # letters of a sentence that tell where something stands
_SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[A-ZÅÄÖ”])")
NO_TAGS, DAMAGED = "utan_taggar", "skadad"
"""Why a file cannot be verified: none of its numbers is tagged; it is no whole Word file."""


def disagreements(written: bytes, document: bytes) -> list[Disagreement]:
    """What does not agree in a `document` with the report as it is `written` of the data now, in
    the order of the document. Raises zipfile.BadZipFile and lxml.etree.XMLSyntaxError."""
    both = _Both(ReadReport(written), ReadReport(document))
    found = [*both.of_text(), *of_tables(both.written, both.edited)]
    found += [*both.of_charts(), *both.of_pictures()]
    return sorted(found, key=lambda one: one.paragraph)


def verified(written: bytes, document: bytes) -> list[Disagreement] | str:
    """The same of a file from outside, or why it cannot be read: the code of its pre-flight, or
    that none of its numbers is tagged."""
    try:
        look_over(document)
        if not ReadReport(document).spans:
            return NO_TAGS
        return disagreements(written, document)
    except Refused as error:
        return error.code
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, AttributeError):
        return DAMAGED


@dataclass
class _Both:
    written: ReadReport
    edited: ReadReport
    typed: dict[ReadParagraph, list[Count]] = field(default_factory=dict)

    @cached_property
    def _matches(self) -> dict[ReadParagraph, ReadParagraph]:
        return matched(self.written.paragraphs, self.edited.paragraphs)

    @cached_property
    def _years(self) -> frozenset[str]:
        """Years that the report speaks of: a new sentence may too."""
        counts = (one.said for own in self.written.paragraphs for one in own.loose)
        years = {one for one in counts if one.isdecimal() and 1900 <= int(one) <= _LAST_YEAR}
        tagged = (said_counts(span.text) for _, span in self.written.spans.values())
        return frozenset(years.union(*([one for one in own if len(one) == 4] for own in tagged)))

    def of_text(self) -> Iterator[Disagreement]:
        """What is tagged in running text, and what says how many without a tag."""
        typed = {one: self._unsupported(one) for one in self.edited.paragraphs}
        gone = [
            (paragraph, span)
            for paragraph in self.written.paragraphs
            for span in paragraph.spans
            if span.tag not in self.edited.spans
        ]
        yield from self._gone(gone, typed)
        yield from self._tagged()
        yield from self._past()
        for paragraph, counts in typed.items():
            for count in counts:
                said = paragraph.text[count.start : count.end]
                kind = WORD if count.is_quantifier else NUMBER
                yield Disagreement(
                    kind, _sentence(paragraph, count), "", said, "", paragraph.number
                )
        for paragraph in self.edited.paragraphs:
            yield from self._noted(paragraph)

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
        left = Counter(one for note in ours.notes for one in said_counts(note)) if ours else None
        for note in paragraph.notes:
            for one in said_counts(note):
                known = one in self._years if left is None else left[one] > 0
                if left is not None:
                    left[one] -= 1
                if not known:
                    yield _told(NUMBER, paragraph, "", one)

    def _past(self) -> Iterator[Disagreement]:
        """What the data gave when the report was written, and do not give now."""
        for paragraph in self.edited.paragraphs:
            for span in paragraph.spans:
                if span.tag not in self.written.spans:
                    yield _told(PAST, paragraph, "", span.text, span.tag)

    def _gone(
        self, gone: list[tuple[ReadParagraph, Span]], typed: dict[ReadParagraph, list[Count]]
    ) -> Iterator[Disagreement]:
        """Tagged numbers that are not there. What has been typed in their paragraph stands for
        them: Word takes a bookmark away with the text that fills it."""
        homes = {ours: theirs for theirs, ours in self._matches.items()}
        for paragraph, span in gone:
            there = homes.get(paragraph)
            if there is None:
                yield _told(REMOVED, self._near(paragraph), span.text, "", span.tag)
                continue
            said = "" if span.is_note else _taken(typed[there])
            past = any(one.tag not in self.written.spans for one in there.spans)
            kind = CHANGED if past else RETYPED
            yield _told(kind if said else REMOVED, there, span.text, said, span.tag)

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

    def of_charts(self) -> Iterator[Disagreement]:
        """Numbers of charts; one that is not there as a whole."""
        ours, theirs = charts_of(self.written.package), charts_of(self.edited.package)
        for own in ours:
            there = max(theirs, key=lambda one: len(own.numbers.keys() & one.numbers.keys()), default=None)  # fmt: skip
            name = self._figure(own.paragraph)
            if there is None or not own.numbers.keys() & there.numbers.keys():
                yield Disagreement(CHART, name, "", "", "", 0)
                continue
            for key in dict.fromkeys([*own.numbers, *there.numbers]):
                pair = own.numbers.get(key), there.numbers.get(key)
                if pair[0] != pair[1]:
                    place = f"{name}, {key.category}, {key.series}"
                    yield Disagreement(CHART, place, *map(_plainly, pair), "", there.paragraph)

    def _figure(self, paragraph: int) -> str:
        """What stands above a drawing: its caption."""
        above = [one for one in self.written.paragraphs if one.number < paragraph and one.text]
        return named(above[-1].text) if above else ""

    def of_pictures(self) -> Iterator[Disagreement]:
        """What is said of pictures, where it says other numbers."""
        pairs = zip(self.written.alternatives, self.edited.alternatives, strict=False)
        for (name, ours), (_, theirs) in pairs:
            if said_counts(ours) != said_counts(theirs) and theirs:
                yield Disagreement(SPOKEN, name, ours, theirs, "", 0)


def _agree(ours: Span, theirs: Span) -> bool:
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
    begins = max((found.end() for found in _SENTENCE.finditer(paragraph.text, 0, count.start)), default=0)  # fmt: skip
    words = plain(paragraph.text[begins:])
    short = f"{words[:_SHOWN].rsplit(' ', 1)[0]} …" if len(words) > _SHOWN else words
    return plain(f"{paragraph.heading} (”{short}”)")


def _told(
    kind: str, paragraph: ReadParagraph, expected: str, found: str, tag: str = ""
) -> Disagreement:
    return Disagreement(kind, plain(paragraph.heading), plain(expected), plain(found), tag, paragraph.number)  # fmt: skip


def _plainly(number: object) -> str:
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".").replace(".", ",")
