"""Captions that Word numbers, and references that follow them: fields with their results already
in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Heading, Placed, Reference, place_of
from toolkit.word.ooxml.elements import Element, field, paragraph, run, w
from toolkit.words.amounts import NBSP
from toolkit.words.cleantext import clean_text

CaptionKey = tuple[str, str]  # ("tabell", "koder")
_LONGEST = 40  # characters of a bookmark's name, by Word


@dataclass(frozen=True, slots=True)
class Captions:
    """The numbers of all tables and figures, in the order in which they stand."""

    numbers: Mapping[CaptionKey, int]
    first_mark: int
    texts: Texts

    def name(self, place: CaptionKey) -> str:
        """`Tabell 3`."""
        return f"{self._label(place)}{NBSP}{self.numbers[place]}"

    def caption(self, place: CaptionKey, text: str, style: str) -> Element:
        """`Tabell 3. …`, its number a sequence field inside a bookmark. Word knows its captions by
        that field: from it come lists of tables, and the numbers when one is put in between."""
        label, mark = self._label(place), str(self.first_mark + list(self.numbers).index(place))
        # The bookmark is around the number alone, so that a reference can begin its own way:
        # "tabell 3" in a sentence, "Tabell 3" at its start.
        number = field(f"SEQ {label} \\* ARABIC", str(self.numbers[place]))
        start, end = w("bookmarkStart", id=mark, name=_bookmark(place)), w("bookmarkEnd", id=mark)
        words = run(f". {clean_text(text)}")
        return paragraph(style, run(label + NBSP), start, *number, end, words)

    def reference(self, reference: Reference) -> list[Element]:
        """`tabell 3`, its number a field that follows the bookmark and leads to it."""
        place = (reference.kind, reference.id)
        label = self._label(place) if reference.capital else self._label(place).lower()
        return [run(label + NBSP), *field(f"REF {_bookmark(place)} \\h", str(self.numbers[place]))]

    def _label(self, place: CaptionKey) -> str:
        return self.texts(f"etikett.{place[0]}")


def number_captions(blocks: Iterable[Block], texts: Texts) -> Captions:
    """Number every table and figure of a report, each kind by itself."""
    counts: Counter[str] = Counter()
    numbers: dict[CaptionKey, int] = {}
    headings = 0
    for block in blocks:
        if isinstance(block, Placed):
            place = place_of(block)
            counts[place[0]] += 1
            numbers[place] = counts[place[0]]
        headings += isinstance(block, Heading)
    return Captions(numbers, headings + 1, texts)


def _bookmark(place: CaptionKey) -> str:
    """Hidden in Word's list of bookmarks, as its own are."""
    return f"_{place[0]}_{place[1]}"[:_LONGEST]
