"""Rules for what Word calls damaged, or shows wrong: fields, links, parts, numbering, drawings.
Each yields a part and a place. Validators of the package were seen to miss all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import MC, WP, WPS, wn
from toolkit.word.ooxml.package import KINDS_PART, NUMBERING, STYLES, WordPackage

Found = Iterator[tuple[str, str]]
SHOWN = 60  # letters of a paragraph that are told
_POINTER = re.compile(r"\s*(?:PAGEREF|REF)\s+(\S+)")
_FORMAT = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    "officeDocument": f"{_FORMAT}wordprocessingml.document.main+xml",
    "styles": f"{_FORMAT}wordprocessingml.styles+xml",
    "settings": f"{_FORMAT}wordprocessingml.settings+xml",
    "numbering": f"{_FORMAT}wordprocessingml.numbering+xml",
    "footnotes": f"{_FORMAT}wordprocessingml.footnotes+xml",
    "header": f"{_FORMAT}wordprocessingml.header+xml",
    "footer": f"{_FORMAT}wordprocessingml.footer+xml",
    "chart": f"{_FORMAT}drawingml.chart+xml",
    "package": f"{_FORMAT}spreadsheetml.sheet",
}
_NO_NUMBER = "0"  # takes away the number that a style would give (ECMA-376 part 1 §17.9.18)


def open_fields(opened: WordPackage) -> Found:
    """Every field begins, may separate, and ends, within its story. In one that does not end,
    everything after it is the field's result, and goes when Word updates it."""
    for part, root in opened.stories.items():
        open_now: list[str] = []
        for mark in root.iter(wn("fldChar")):
            if not _fits(open_now, value(mark, "fldCharType")):
                yield part, _words_at(mark)
        if open_now:
            yield part, str(len(open_now))


def _fits(open_now: list[str], kind: str) -> bool:
    """Whether a mark may stand after those before it; what is open is changed by it."""
    if kind == "begin":
        open_now.append(kind)
        return True
    if not open_now or (kind == "separate" and open_now[-1] == "separate"):
        return False
    open_now.pop()
    if kind == "separate":
        open_now.append(kind)
    return True


def _words_at(element: Element) -> str:
    paragraph = next(element.iterancestors(wn("p")), None)
    return "" if paragraph is None else text_in(paragraph)[:SHOWN]


def lost_anchors(opened: WordPackage) -> Found:
    """What a link or a reference leads to is in the document: Word prints "Fel! Hittar inte
    referenskälla." in the place of a reference to nothing."""
    marks: set[str] = set()
    for root in opened.stories.values():
        marks |= {value(mark, "name") for mark in root.iter(wn("bookmarkStart"))}
    for part, root in opened.stories.items():
        yield from ((part, name) for name in _pointers(root) if name not in marks)


def _pointers(story: Element) -> Iterator[str]:
    """The bookmarks that are led to: those of links, then those of fields."""
    for link in story.iter(wn("hyperlink")):
        if anchor := value(link, "anchor"):
            yield anchor
    for code in story.iter(wn("instrText")):
        if found := _POINTER.match(code.text or ""):
            yield found[1]


def wrong_kinds(opened: WordPackage) -> Found:
    """Every part has a content type, and one that fits what it is related as: Word opens no file in
    which one lacks."""
    known = set(opened.parts) - {KINDS_PART}
    yield from ((part, "") for part in sorted(known) if not opened.kind(part))
    for relation, part in sorted(set(opened.relations())):
        kind = opened.kind(part)
        if part not in known:
            yield part, relation
        elif not _may_be(kind, relation):
            yield part, kind


def _may_be(kind: str, relation: str) -> bool:
    """Whether a part can be what it is related as. A kind that the table does not hold is somebody
    else's, and not judged."""
    return not kind or kind == _KINDS.get(relation, kind)


def lost_numbering(opened: WordPackage) -> Found:
    """A numbered paragraph or style names a numbering that exists; 0 means none."""
    known = {_NO_NUMBER, *_numberings(opened)}
    for part, root in {**opened.stories, STYLES: opened.roots[STYLES]}.items():
        for number in root.iter(wn("numId")):
            if value(number) not in known:
                yield part, value(number)


def _numberings(opened: WordPackage) -> Iterator[str]:
    """The numbers of the lists whose model exists."""
    root = opened.roots.get(NUMBERING)
    if root is None:
        return
    models = {value(model, "abstractNumId") for model in root.findall(wn("abstractNum"))}
    for number in root.findall(wn("num")):
        if value(number.find(wn("abstractNumId"))) in models:
            yield value(number, "numId")


def twin_drawings(opened: WordPackage) -> Found:
    """Drawings and the shapes in them have ids of their own, in the whole document. What is shown
    instead of another may repeat its id."""
    counts: Counter[str] = Counter()
    for part, root in opened.stories.items():
        for shown in root.iter(f"{{{WP}}}docPr", f"{{{WPS}}}cNvPr"):
            if next(shown.iterancestors(f"{{{MC}}}Fallback"), None) is not None:
                continue
            number = shown.get("id")
            counts[number] += 1
            if counts[number] == 2:
                yield part, number
