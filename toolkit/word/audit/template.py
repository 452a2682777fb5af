"""What a restyled template lacks for the report to come out whole: styles by name, numbering, page
numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import R, wn
from toolkit.word.ooxml.package import MAIN, NUMBERING, SETTINGS, STYLES, WordPackage
from toolkit.word.write.styles import NEEDED

_KINDS = {"Tabell": "table", "footnote reference": "character", "Hyperlink": "character"}
_NUMBERED = {"heading 1": "decimal", "heading 2": "decimal", "List Bullet": "bullet"}
_TABBED = ("footer", "toc 1", "toc 2")
_PLAIN = "Rubrik utan nummer"
_PARTS = (MAIN, STYLES)
_RIGHT = {"right", "end"}  # `end` is what Strict Open XML says
_NUMBERS = {"PAGE", "NUMPAGES"}
_UNNUMBERED = {"", "none"}  # formats of a style that does not number
_NO_NUMBER = "0"  # takes away the number that a style would inherit (ECMA-376 part 1 §17.9.18)
_RELATIONS = "word/_rels/document.xml.rels"


@dataclass(frozen=True, slots=True)
class Lack:
    """What is wrong, and with which style."""

    rule: str
    name: str = ""


def lacking(template: bytes) -> list[Lack]:
    """Everything that a template lacks; a file that is no template at all lacks everything in
    one."""
    try:
        # What is missing in an empty or foreign file is not told style by style.
        opened = WordPackage.read(template)
        if any(part not in opened.roots for part in _PARTS):
            return [Lack("olasbar")]
    except (zipfile.BadZipFile, etree.XMLSyntaxError):
        return [Lack("olasbar")]
    named = {value(style.find(wn("name"))).casefold(): style for style in opened.styles.values()}
    return [*_styles(named), *_numbers(opened, named), *_tabs(opened, named), *_body(opened)]


def _styles(named: Mapping[str, Element]) -> Iterator[Lack]:
    for name in NEEDED:
        style, kind = named.get(name.casefold()), _KINDS.get(name, "paragraph")
        if style is None:
            yield Lack("formatmall", name)
        elif style.get(wn("type")) != kind:
            yield Lack(f"slag.{kind}", name)


def _numbers(opened: WordPackage, named: Mapping[str, Element]) -> Iterator[Lack]:
    """Chapters and sections are numbered by their styles, bullets come from theirs, and the plain
    heading has none."""
    for name, wanted in _NUMBERED.items():
        style = named.get(name.casefold())
        if style is not None and _format(opened, style) in _UNNUMBERED:
            yield Lack(f"numrering.{wanted}", name)
    plain = named.get(_PLAIN.casefold())
    if plain is not None and _format(opened, plain) not in _UNNUMBERED:
        yield Lack("numrerad", _PLAIN)


def _format(opened: WordPackage, style: Element) -> str:
    """How a style numbers: `decimal`, `bullet`; empty when it does not."""
    for own in opened.based(style.get(wn("styleId"))):
        number = own.find(wn("pPr/numPr"))
        if number is not None and number.find(wn("numId")) is not None:
            level = value(number.find(wn("ilvl"))) or "0"
            return _level_format(opened, value(number.find(wn("numId"))), level)
    return ""


def _level_format(opened: WordPackage, number: str, level: str) -> str:
    root = opened.roots.get(NUMBERING)
    if root is None or number == _NO_NUMBER:
        return ""
    model = _model_of(root, number)
    for abstract in root.findall(wn("abstractNum")):
        if value(abstract, "abstractNumId") == model:
            return _format_in(abstract, level)
    return ""


def _model_of(numberings: Element, number: str) -> str:
    """The number of the list that a numbering follows; nothing where it is not there."""
    model = ""
    for own in numberings.findall(wn("num")):
        if value(own, "numId") == number:
            model = value(own.find(wn("abstractNumId")))
    return model


def _format_in(model: Element, level: str) -> str:
    """How a list counts on a level."""
    for own in model.findall(wn("lvl")):
        if value(own, "ilvl") == level:
            return value(own.find(wn("numFmt")))
    return ""


def _tabs(opened: WordPackage, named: Mapping[str, Element]) -> Iterator[Lack]:
    """What stands after a tab stands to the right: the page number in the footer and in the
    contents."""
    for name in _TABBED:
        style = named.get(name)
        if style is not None and not _RIGHT & _stops(opened, style):
            yield Lack("tabb", name)


def _stops(opened: WordPackage, style: Element) -> set[str]:
    """Where the tabs of a style align."""
    found: set[str] = set()
    for own in opened.based(value(style, "styleId")):
        found |= {value(stop) for stop in own.iter(wn("tab"))}
    return found


def _body(opened: WordPackage) -> Iterator[Lack]:
    if text_in(opened.body).strip():
        yield Lack("text")
    if len(list(opened.body.iter(wn("sectPr")))) > 1:
        yield Lack("avsnitt")


def unframed(document: bytes) -> list[Lack]:
    """Which of a finished document's running headers and footers are empty or without page numbers.
    The cover's own are left out."""
    opened = WordPackage.read(document)
    section = next(opened.body.iter(wn("sectPr")))
    # A header for even pages stands in the file, but counts only when the settings say so.
    even = opened.roots[SETTINGS].find(wn("evenAndOddHeaders")) is not None
    kinds = ("default", "even") if even else ("default",)
    found = []
    for place in ("header", "footer"):
        for kind in kinds:
            part = _part_of(opened, section, place, kind)
            if part is None or not _is_whole(part, place):
                found.append(Lack(f"{place}.{kind}"))
    return found


def _part_of(opened: WordPackage, section: Element, place: str, kind: str) -> Element | None:
    """A section's header or footer of a kind."""
    for mark in section.findall(wn(f"{place}Reference")):
        if value(mark, "type") == kind:
            for relation in opened.roots[_RELATIONS]:
                if relation.get("Id") == mark.get(f"{{{R}}}id"):
                    return opened.roots[f"word/{relation.get('Target')}"]
    return None


def _is_whole(part: Element, place: str) -> bool:
    if not text_in(part).strip():
        return False
    return place == "header" or _fields_in(part) >= _NUMBERS


def _fields_in(part: Element) -> set[str]:
    """The kinds of a story's fields: `PAGE`."""
    codes = [(code.text or "").split() for code in part.iter(wn("instrText"))]
    return {code[0] for code in codes if code}
