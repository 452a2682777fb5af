"""What stands around the text of an edited report in words: captions, sources, references, and
headings that the data choose. It is told where it says another thing."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.word.verify.disagreement import HEADING, OTHER, REMOVED, Disagreement
from toolkit.word.verify.reading import ReadParagraph, ReadReport, named, plain
from toolkit.words.counting import all_counts_in

CAPTION, SOURCE, REFERENCE = "caption", "source", "reference"
_COUNT = "#"  # stands for what says how many: that is told by itself


def of_apparatus(
    written: ReadReport, edited: ReadReport, chosen: Sequence[str] = ()
) -> Iterator[Disagreement]:
    """What says another thing in words. `chosen` are the headings that the data choose."""
    yield from _Apparatus(written, edited, frozenset(map(plain, chosen))).disagreements()


@dataclass
class _Apparatus:
    written: ReadReport
    edited: ReadReport
    chosen: frozenset[str]

    def disagreements(self) -> Iterator[Disagreement]:
        """Each that is in other words, then those that are not there."""
        lacking = self._lacking
        if not lacking:
            return
        for ours, theirs in self._pairs():
            if lacking[worded(ours)]:
                lacking[worded(ours)] -= 1
                if theirs is not None and _uncounted(ours.text) == _uncounted(theirs.text):
                    continue  # No more than what is told as a number.
                if theirs is not None:
                    kind = HEADING if ours.is_heading else OTHER
                    place = theirs.plain if ours.is_heading else self._place(ours)
                    yield Disagreement(kind, place, ours.plain, theirs.plain, "", theirs.number)
                elif self._is_missed(ours):
                    place = self._place(ours)
                    yield Disagreement(REMOVED, place, ours.plain, "", "", self._after(ours))

    @property
    def _lacking(self) -> Counter[str]:
        """The words that the edited report does not have, or not so often; wherever they stand."""
        told = Counter(worded(one) for one in self._ours if self._kind(one))
        return told - Counter(map(worded, self._theirs))

    @cached_property
    def _ours(self) -> list[ReadParagraph]:
        return [one for one in self.written.paragraphs if one.plain and not one.is_contents]

    @cached_property
    def _theirs(self) -> list[ReadParagraph]:
        return [one for one in self.edited.paragraphs if one.plain and not one.is_contents]

    def _kind(self, one: ReadParagraph) -> str:
        """What a paragraph is, if it is any of these."""
        return "heading" if one.is_heading and one.plain in self.chosen else one.style

    def _pairs(self) -> Iterator[tuple[ReadParagraph, ReadParagraph | None]]:
        """Those that have others in their places, with these, or with nothing."""
        ours, theirs = ([worded(one) for one in both] for both in (self._ours, self._theirs))
        matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
        for kind, begins, ends, first, last in matcher.get_opcodes():
            if kind in {"replace", "delete"}:
                left = self._theirs[first:last]
                for own in filter(self._kind, self._ours[begins:ends]):
                    there = next((one for one in left if self._may_be(own, one)), None)
                    left = left[left.index(there) + 1 :] if there else left
                    yield own, there

    @staticmethod
    def _may_be(ours: ReadParagraph, theirs: ReadParagraph) -> bool:
        return (ours.style, ours.is_heading) == (theirs.style, theirs.is_heading)

    def _is_missed(self, ours: ReadParagraph) -> bool:
        """Whether what is not there should be: a source or a caption where its table still is."""
        if ours.style == REFERENCE:
            return True
        caption = self._caption_of(ours)
        if ours.style == SOURCE and caption and worded(caption) in map(worded, self._theirs):
            return True
        own = (one for one in self.written.tables if caption and one.caption == caption.text)
        return any(one.tags & self.edited.spans.keys() for one in own)

    def _caption_of(self, ours: ReadParagraph) -> ReadParagraph | None:
        above = (one for one in reversed(self._ours) if one.number <= ours.number)
        return next((one for one in above if one.style == CAPTION), None)

    def _place(self, ours: ReadParagraph) -> str:
        caption = None if ours.style == REFERENCE else self._caption_of(ours)
        return named(caption.text) if caption else plain(ours.heading)

    def _after(self, ours: ReadParagraph) -> int:
        """The paragraph of the edited report that stands before the place."""
        known = {worded(one): one.number for one in self._theirs}
        before = (one for one in reversed(self._ours) if one.number < ours.number)
        return next((known[worded(one)] for one in before if worded(one) in known), 0)


def worded(paragraph: ReadParagraph) -> str:
    """A paragraph's words without what is printed of the data, what fields count, and what else
    says how many."""
    tagged = [(one.start, one.end) for one in paragraph.spans if not one.is_note]
    return _uncounted(paragraph.text, [*tagged, *paragraph.fields])


def _uncounted(text: str, besides: Sequence[tuple[int, int]] = ()) -> str:
    """A text without what says how many, and without some parts besides.

    >>> _uncounted("Tabell 3. Utfall 2020.", [(0, 8)])
    '#. Utfall #.'
    """
    counts = [(one.start, one.end) for one in all_counts_in(text)]
    said, begins = "", 0
    for start, end in sorted([*counts, *besides]):
        if end > begins:
            said += text[begins : max(start, begins)] + (_COUNT if start >= begins else "")
            begins = end
    return plain(said + text[begins:])
