"""Rules for those who do not see the page: what a screen reader says, and in which order. Swedish
law (2018:1937) asks it of what authorities publish, by EN 301 549 §10. Each rule yields a part and
a place."""

from __future__ import annotations

import re

from toolkit.word.audit.soundness import SHOWN, Found
from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import OFF, WP, wn
from toolkit.word.ooxml.package import CORE, MAIN, STYLES, WordPackage

LANGUAGE = "sv-SE"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3}-[A-Z]{2})?")
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_DEFAULT = wn("docDefaults/rPrDefault/rPr/lang")
_SEEN = ("drawing", "fldChar", "footnoteReference", "sectPr", "pict", "object")
"""What a paragraph without words may be there for."""
_TEXT_LEVEL = 9  # the outline level of running text (ECMA-376 part 1 §17.3.1.20)


def level_of(opened: WordPackage, paragraph: Element) -> int:
    """The heading level of a paragraph from its style, by outline or by name; 0 for running
    text."""
    for style in opened.based(value(paragraph.find(wn("pPr/pStyle")))):
        outline = value(style.find(wn("pPr/outlineLvl")))
        if outline:
            return 0 if int(outline) == _TEXT_LEVEL else int(outline) + 1
        if named := _HEADING.fullmatch(value(style.find(wn("name")))):
            return int(named[1])
    return 0


def leaps(opened: WordPackage) -> Found:
    """Headings go down one level at a time, from the first: one goes through a document by them."""
    before = 0
    for paragraph in opened.body.iter(wn("p")):
        level = level_of(opened, paragraph)
        if level > before + 1:
            yield MAIN, text_in(paragraph)[:SHOWN]
        before = level or before


def headless(opened: WordPackage) -> Found:
    """The first row of every table is a header row, so that cells are read out with their
    headings."""
    for table in opened.body.iter(wn("tbl")):
        row = table.find(wn("tr"))
        # The mark alone counts: that the row is bold says nothing to a screen reader.
        mark = row.find(wn("trPr/tblHeader"))
        if mark is None or value(mark) in OFF:
            yield MAIN, text_in(row)[:SHOWN]


def other_languages(opened: WordPackage) -> Found:
    """Swedish in the properties, as the document's default, and in every style that says a
    language; other languages only on marked words, said with language and country. A screen reader
    chooses its voice by it."""
    yield from _language_of_properties(opened)
    yield from _languages_of_styles(opened.roots[STYLES])
    for part, root in opened.stories.items():
        for mark in root.iter(wn("lang")):
            if not _LANGUAGE.fullmatch(value(mark)):
                yield part, value(mark)


def _language_of_properties(opened: WordPackage) -> Found:
    said = opened.roots[CORE].find(f"{_DUBLIN}language")
    if said is None or said.text != LANGUAGE:
        yield CORE, "" if said is None else str(said.text)


def _languages_of_styles(styles: Element) -> Found:
    if styles.find(_DEFAULT) is None:
        yield STYLES, ""
    for mark in styles.iter(wn("lang")):
        if value(mark) not in {"", LANGUAGE}:
            yield STYLES, value(mark)


def untitled(opened: WordPackage) -> Found:
    """The document has a title, which is said instead of the name of the file."""
    title = opened.roots[CORE].find(f"{_DUBLIN}title")
    if title is None or not (title.text or "").strip():
        yield CORE, ""


def unsaid(opened: WordPackage) -> Found:
    """Every drawing says in words what it shows."""
    for part, root in opened.stories.items():
        for shown in root.iter(f"{{{WP}}}docPr"):
            if not (shown.get("descr") or "").strip():
                yield part, shown.get("name", "")


def blank_space(opened: WordPackage) -> Found:
    """Distance is a style's business: no paragraph in the body is empty. Screen readers say
    "blank" at each."""
    seen = [wn(name) for name in _SEEN]
    before = ""
    for paragraph in opened.body.findall(wn("p")):
        if not text_in(paragraph).strip() and next(paragraph.iter(*seen), None) is None:
            yield MAIN, before
        before = text_in(paragraph)[:SHOWN]


def merged(opened: WordPackage) -> Found:
    """A cell is one row and one column: others are read out in the wrong place."""
    for cell in opened.body.iter(wn("tc")):
        if _is_merged(cell):
            yield MAIN, text_in(cell)[:SHOWN]


def _is_merged(cell: Element) -> bool:
    if value(cell.find(wn("tcPr/gridSpan"))) not in {"", "1"}:
        return True
    return any(cell.find(wn(f"tcPr/{name}")) is not None for name in ("vMerge", "hMerge"))
