"""What a restyled template lacks for the report to come out whole: styles by name, numbering, page
numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.word.read.opened import Opened, text_in, value
from toolkit.word.write.charts import R
from toolkit.word.write.styles import NEEDED
from toolkit.word.write.xml import Element, W

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
        opened = Opened.read(template)
        if any(part not in opened.roots for part in _PARTS):
            return [Lack("olasbar")]
    except (zipfile.BadZipFile, etree.XMLSyntaxError):
        return [Lack("olasbar")]
    named = {
        value(style.find(f"{{{W}}}name")).casefold(): style for style in opened.styles.values()
    }
    return [*_styles(named), *_numbers(opened, named), *_tabs(opened, named), *_body(opened)]


def _styles(named: dict[str, Element]) -> Iterator[Lack]:
    for name in NEEDED:
        style, kind = named.get(name.casefold()), _KINDS.get(name, "paragraph")
        if style is None:
            yield Lack("formatmall", name)
        elif style.get(f"{{{W}}}type") != kind:
            yield Lack(f"slag.{kind}", name)


def _numbers(opened: Opened, named: dict[str, Element]) -> Iterator[Lack]:
    """Chapters and sections are numbered by their styles, bullets come from theirs, and the plain
    heading has none."""
    for name, wanted in _NUMBERED.items():
        style = named.get(name.casefold())
        if style is not None and (_format(opened, style) or "none") == "none":
            yield Lack(f"numrering.{wanted}", name)
    plain = named.get(_PLAIN.casefold())
    if plain is not None and _format(opened, plain) not in {"", "none"}:
        yield Lack("numrerad", _PLAIN)


def _format(opened: Opened, style: Element) -> str:
    """How a style numbers: `decimal`, `bullet`; empty when it does not."""
    for own in opened.based(style.get(f"{{{W}}}styleId")):
        number = own.find(f"{{{W}}}pPr/{{{W}}}numPr")
        if number is not None and number.find(f"{{{W}}}numId") is not None:
            level = value(number.find(f"{{{W}}}ilvl")) or "0"
            return _level_format(opened, value(number.find(f"{{{W}}}numId")), level)
    return ""


def _level_format(opened: Opened, number: str, level: str) -> str:
    root = opened.roots.get("word/numbering.xml")
    if root is None or number == "0":
        return ""
    lists = {
        n.get(f"{{{W}}}numId"): value(n.find(f"{{{W}}}abstractNumId"))
        for n in root.findall(f"{{{W}}}num")
    }
    for model in root.findall(f"{{{W}}}abstractNum"):
        if model.get(f"{{{W}}}abstractNumId") == lists.get(number):
            levels = {one.get(f"{{{W}}}ilvl"): one for one in model.findall(f"{{{W}}}lvl")}
            return value(levels[level].find(f"{{{W}}}numFmt")) if level in levels else ""
    return ""


def _tabs(opened: Opened, named: dict[str, Element]) -> Iterator[Lack]:
    """What stands after a tab stands to the right: the page number in the footer and in the
    contents."""
    for name in _TABBED:
        style = named.get(name)
        if style is not None and not any(
            value(stop) in {"right", "end"}
            for own in opened.based(style.get(f"{{{W}}}styleId"))
            for stop in own.iter(f"{{{W}}}tab")
        ):
            yield Lack("tabb", name)


def _body(opened: Opened) -> Iterator[Lack]:
    if text_in(opened.body).strip():
        yield Lack("text")
    if len(list(opened.body.iter(f"{{{W}}}sectPr"))) != 1:
        yield Lack("avsnitt")


def unframed(document: bytes) -> list[Lack]:
    """Which of a finished document's running headers and footers are empty or without page numbers.
    The cover's own are left out."""
    opened = Opened.read(document)
    targets = {one.get("Id"): f"word/{one.get('Target')}" for one in opened.roots[_RELATIONS]}
    even = opened.roots["word/settings.xml"].find(f"{{{W}}}evenAndOddHeaders") is not None
    kinds = ["default", *(["even"] if even else [])]
    found = []
    section = next(opened.body.iter(f"{{{W}}}sectPr"))
    for place in ("header", "footer"):
        marks = {
            one.get(f"{{{W}}}type"): one for one in section.findall(f"{{{W}}}{place}Reference")
        }
        for kind in kinds:
            part = opened.roots[targets[marks[kind].get(f"{{{R}}}id")]] if kind in marks else None
            found += [] if part is not None and _whole(part, place) else [Lack(f"{place}.{kind}")]
    return found


def _whole(part: Element, place: str) -> bool:
    codes = {
        (code.text or "").split()[0]
        for code in part.iter(f"{{{W}}}instrText")
        if (code.text or "").strip()
    }
    return bool(text_in(part).strip()) and (place == "header" or {"PAGE", "NUMPAGES"} <= codes)
