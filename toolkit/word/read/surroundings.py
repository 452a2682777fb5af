"""What stands around the tables and the drawings of a Word file: captions, alternative texts, the
text below, notes that are referred to, and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from toolkit.disclosure.published import PublishedNote
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import WP, wn
from toolkit.word.ooxml.package import NUMBERING, STYLES, WordPackage
from toolkit.word.read.wordstyles import WordStyles

_CAPTION = re.compile(r"(?:tabell|figur|diagram|karta|bild|kartogram)\b", re.IGNORECASE)
_BELOW = 2  # paragraphs below a table or a drawing that may be notes to it
_SPOKEN = ("descr", "title")
_TABLE_SPOKEN = ("tblCaption", "tblDescription")
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_DRAWN = {wn("drawing"), wn("pict"), wn("object")}


@dataclass(frozen=True, slots=True)
class Surrounded:
    """A paragraph or a table of the body with what stands around it. `is_shown` where it is a
    table, or holds a drawing."""

    element: Element
    is_shown: bool
    captions: Sequence[str]
    spoken: Sequence[str]
    headings: Sequence[str]
    below: Sequence[str]
    notes: Sequence[str]

    @property
    def around(self) -> list[Sequence[str]]:
        """Its caption, its alternative text, its headings."""
        return [self.captions, self.spoken, *([one] for one in self.headings)]

    def told(self) -> Iterator[PublishedNote]:
        """All texts that belong to it, each with what stands around it."""
        headings = [[one] for one in self.headings]
        if self.is_shown:
            yield from (PublishedNote(text, headings) for text in self.captions)
            own = (*self.spoken, *self.below, *self.notes)
        else:
            own = tuple(self.notes)
        around = self.around if self.is_shown else [[text_of(self.element)], *headings]
        yield from (PublishedNote(text, around) for text in own)


def surrounded(package: WordPackage) -> list[Surrounded]:
    """The paragraphs and tables of the body, in its order."""
    styles = WordStyles(package.roots.get(STYLES), package.roots.get(NUMBERING))
    elements = [one for one in package.body.iter(wn("p"), wn("tbl")) if _is_outermost(one)]
    notes = {kind: _notes(package, kind) for kind in _NOTES}
    chapters: list[tuple[int, str]] = []
    found: list[Surrounded] = []
    for place, element in enumerate(elements):
        level = styles.heading_level(element) if element.tag == wn("p") else 0
        if level:
            chapters = [one for one in chapters if one[0] < level]
            chapters.append((level, text_of(element)))
        headings = [text for _, text in reversed(chapters)]
        found.append(_placed(elements, place, headings, notes))
    return found


def text_of(element: Element) -> str:
    """The texts of a paragraph or a cell, its paragraphs parted by blanks."""
    paragraphs = list(element.iter(wn("p"))) or [element]
    return " ".join(filter(None, map(_line, paragraphs)))


def _line(paragraph: Element) -> str:
    runs = paragraph.iter(wn("t"), wn("br"), wn("tab"))
    own = (one for one in runs if _stands_in(one, paragraph))
    return "".join(one.text or "" if one.tag == wn("t") else " " for one in own)


def _stands_in(run: Element, paragraph: Element) -> bool:
    """Whether a run stands in a paragraph itself, and not in a box that is anchored there."""
    return next(run.iterancestors(wn("p")), None) is paragraph


def _is_outermost(element: Element) -> bool:
    return next(element.iterancestors(wn("tbl"), wn("txbxContent")), None) is None


def _placed(
    elements: Sequence[Element],
    place: int,
    headings: Sequence[str],
    notes: Mapping[str, Mapping[str, str]],
) -> Surrounded:
    element = elements[place]
    is_shown = element.tag == wn("tbl") or next(element.iter(*_DRAWN), None) is not None
    above = _nearest(reversed(elements[:place])) if is_shown else []
    below = _nearest(elements[place + 1 :]) if is_shown else []
    captions = [*above[:1], *filter(_CAPTION.match, below[:_BELOW])]
    own = [text_of(element)] if is_shown and element.tag == wn("p") else []
    called = _called(element, notes) + _called_by(elements, place, captions, notes)
    spoken = list(_spoken(element))
    return Surrounded(
        element, is_shown, [*captions, *filter(None, own)], spoken, headings, below[:_BELOW], called
    )


def _nearest(elements: Iterable[Element]) -> list[str]:
    """The next paragraphs with a text, as far as the next table or drawing, and at most some."""
    found: list[str] = []
    for one in elements:
        if one.tag == wn("tbl") or len(found) == _BELOW:
            break
        text = text_of(one)
        found += [text] if text.strip() else []
    return found


def _called_by(
    elements: Sequence[Element],
    place: int,
    texts: Sequence[str],
    notes: Mapping[str, Mapping[str, str]],
) -> list[str]:
    """The notes that the captions beside an element refer to."""
    near = [*elements[max(place - _BELOW, 0) : place], *elements[place + 1 : place + 1 + _BELOW]]
    captions = (one for one in near if text_of(one) in texts)
    return list(chain.from_iterable(_called(one, notes) for one in captions))


def _called(element: Element, notes: Mapping[str, Mapping[str, str]]) -> list[str]:
    found: list[str] = []
    for kind, texts in notes.items():
        ids = (one.get(wn("id"), "") for one in element.iter(wn(f"{kind}Reference")))
        found += [texts[one] for one in ids if one in texts]
    return found


def _notes(package: WordPackage, kind: str) -> dict[str, str]:
    root = package.roots.get(_NOTES[kind])
    found = () if root is None else root.iter(wn(kind))
    return {one.get(wn("id"), ""): text_of(one) for one in found}


def _spoken(element: Element) -> Iterator[str]:
    """What a program that reads aloud says of it."""
    for picture in element.iter(f"{{{WP}}}docPr"):
        yield from filter(None, (picture.get(name) for name in _SPOKEN))
    for name in _TABLE_SPOKEN:
        found = (one.get(wn("val")) for one in element.iter(wn(name)))
        yield from filter(None, found)
