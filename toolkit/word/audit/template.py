"""What a restyled template lacks for the report to come out whole: styles by name, numbering, page
numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import R, wn
from toolkit.word.ooxml.package import WordPackage
from toolkit.word.write.styles import NEEDED

_KINDS = {"Tabell": "table", "footnote reference": "character", "Hyperlink": "character"}
_NUMBERED = {"heading 1": "decimal", "heading 2": "decimal", "List Bullet": "bullet"}
_TABBED = ("footer", "toc 1", "toc 2")
_PLAIN = "Rubrik utan nummer"
_PARTS = ("word/document.xml", "word/styles.xml")
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
        opened = WordPackage.read(template)
        if any(part not in opened.roots for part in _PARTS):
            return [Lack("olasbar")]
    except (zipfile.BadZipFile, etree.XMLSyntaxError):
        return [Lack("olasbar")]
    named = {value(style.find(wn("name"))).casefold(): style for style in opened.styles.values()}
    return [*_styles(named), *_numbers(opened, named), *_tabs(opened, named), *_body(opened)]


def _styles(named: dict[str, Element]) -> Iterator[Lack]:
    for name in NEEDED:
        style, kind = named.get(name.casefold()), _KINDS.get(name, "paragraph")
        if style is None:
            yield Lack("formatmall", name)
        elif style.get(wn("type")) != kind:
            yield Lack(f"slag.{kind}", name)


def _numbers(opened: WordPackage, named: dict[str, Element]) -> Iterator[Lack]:
    """Chapters and sections are numbered by their styles, bullets come from theirs, and the plain
    heading has none."""
    for name, wanted in _NUMBERED.items():
        style = named.get(name.casefold())
        if style is not None and (_format(opened, style) or "none") == "none":
            yield Lack(f"numrering.{wanted}", name)
    plain = named.get(_PLAIN.casefold())
    if plain is not None and _format(opened, plain) not in {"", "none"}:
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
    root = opened.roots.get("word/numbering.xml")
    if root is None or number == "0":
        return ""
    lists = {
        n.get(wn("numId")): value(n.find(wn("abstractNumId"))) for n in root.findall(wn("num"))
    }
    for model in root.findall(wn("abstractNum")):
        if model.get(wn("abstractNumId")) == lists.get(number):
            levels = {one.get(wn("ilvl")): one for one in model.findall(wn("lvl"))}
            return value(levels[level].find(wn("numFmt"))) if level in levels else ""
    return ""


def _tabs(opened: WordPackage, named: dict[str, Element]) -> Iterator[Lack]:
    """What stands after a tab stands to the right: the page number in the footer and in the
    contents."""
    for name in _TABBED:
        style = named.get(name)
        if style is not None and not any(
            value(stop) in {"right", "end"}
            for own in opened.based(style.get(wn("styleId")))
            for stop in own.iter(wn("tab"))
        ):
            yield Lack("tabb", name)


def _body(opened: WordPackage) -> Iterator[Lack]:
    if text_in(opened.body).strip():
        yield Lack("text")
    if len(list(opened.body.iter(wn("sectPr")))) != 1:
        yield Lack("avsnitt")


def unframed(document: bytes) -> list[Lack]:
    """Which of a finished document's running headers and footers are empty or without page numbers.
    The cover's own are left out."""
    opened = WordPackage.read(document)
    targets = {one.get("Id"): f"word/{one.get('Target')}" for one in opened.roots[_RELATIONS]}
    even = opened.roots["word/settings.xml"].find(wn("evenAndOddHeaders")) is not None
    kinds = ["default", *(["even"] if even else [])]
    found = []
    section = next(opened.body.iter(wn("sectPr")))
    for place in ("header", "footer"):
        marks = {one.get(wn("type")): one for one in section.findall(wn(f"{place}Reference"))}
        for kind in kinds:
            part = opened.roots[targets[marks[kind].get(f"{{{R}}}id")]] if kind in marks else None
            found += [] if part is not None and _whole(part, place) else [Lack(f"{place}.{kind}")]
    return found


def _whole(part: Element, place: str) -> bool:
    codes = {
        (code.text or "").split()[0]
        for code in part.iter(wn("instrText"))
        if (code.text or "").strip()
    }
    return bool(text_in(part).strip()) and (place == "header" or {"PAGE", "NUMPAGES"} <= codes)
