"""What a paragraph looks like, from its style and the styles that this is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import HALF_POINTS, LINE, OFF, TWIPS, wn


@dataclass(frozen=True, slots=True)
class TextLook:
    """Measures in points; `lines` is the line spacing as a multiple of single. `keep` ties a
    paragraph to the next, `breaks` begins a page, `contextual` takes away the distance to a
    paragraph in the same style."""

    font: str = ""
    size: float = 10  # what Word takes where nothing is said
    bold: bool = False
    caps: bool = False
    before: float = 0
    after: float = 0
    lines: float = 1
    left: float = 0
    right: float = 0
    first: float = 0
    keep: bool = False
    breaks: bool = False
    contextual: bool = False


def read_looks(styles: Element, numbering: Element | None) -> dict[str, TextLook]:
    """The look of every paragraph style by its id; indents of numbered styles come from the
    numbering."""
    base = TextLook()
    for defaults in styles.findall(wn("docDefaults")):
        for properties in defaults.iter(wn("rPr"), wn("pPr")):
            base = changed(base, properties)
    known = {value(style, "styleId"): style for style in styles.findall(wn("style"))}
    known.pop("", None)  # what says no style by its id finds none
    # A numbered heading is indented by its numbering, unless its style says otherwise.
    levels = _indents(numbering) if numbering is not None else {}
    return {name: _resolve(style, known, base, levels) for name, style in known.items()}


def _resolve(
    style: Element, known: Mapping[str, Element], base: TextLook, levels: Mapping[str, Element]
) -> TextLook:
    """A style over the one that it is based on, over the defaults. What the style itself says wins
    over its numbering (ECMA-376 part 1 §17.7.2)."""
    look = base
    for own in reversed(_based(style, known)):
        indent = levels.get(value(own, "styleId"))
        for properties in (indent, own.find(wn("pPr")), own.find(wn("rPr"))):
            if properties is not None:
                look = changed(look, properties)
    return look


def _based(style: Element, known: Mapping[str, Element]) -> list[Element]:
    """A style and those that it is based on, nearest first. A damaged file may have a style that
    is based on itself."""
    found: dict[str, Element] = {}
    name = value(style, "styleId")
    while name in known and name not in found:
        found[name] = known[name]
        name = value(known[name].find(wn("basedOn")))
    return list(found.values())


def _indents(numbering: Element) -> dict[str, Element]:
    """Paragraph properties of the numbering levels, by the style that each belongs to."""
    found = {}
    for level in numbering.iter(wn("lvl")):
        style, properties = level.find(wn("pStyle")), level.find(wn("pPr"))
        if style is not None and properties is not None:
            found[value(style)] = properties
    return found


def changed(look: TextLook, properties: Element) -> TextLook:
    """A look after paragraph or run properties (`w:pPr`, `w:rPr`). What moves no lines does not
    count."""
    for item in properties:
        look = _after(look, item)
    return look


def _after(look: TextLook, item: Element) -> TextLook:
    """A look after one property."""
    match etree.QName(item).localname:
        case "spacing":
            return _spaced(look, item)
        case "ind":
            return _indented(look, item)
        case "rFonts":
            return replace(look, font=value(item, "ascii") or look.font)
        case "sz":
            return replace(look, size=int(value(item)) / HALF_POINTS)
    return _switched(look, item)


def _spaced(look: TextLook, item: Element) -> TextLook:
    """Distances, and the line spacing where it is a multiple: one in points (`exact`, `atLeast`) is
    not used here."""
    before, after, line = value(item, "before"), value(item, "after"), value(item, "line")
    if before:
        look = replace(look, before=_points(before))
    if after:
        look = replace(look, after=_points(after))
    if line and value(item, "lineRule") in {"", "auto"}:
        look = replace(look, lines=int(line) / LINE)
    return look


def _indented(look: TextLook, item: Element) -> TextLook:
    """A hanging first line wins over one that is moved in (§17.3.1.12)."""
    left, right = value(item, "left"), value(item, "right")
    first, hanging = value(item, "firstLine"), value(item, "hanging")
    if left:
        look = replace(look, left=_points(left))
    if right:
        look = replace(look, right=_points(right))
    if hanging:
        return replace(look, first=-_points(hanging))
    return replace(look, first=_points(first)) if first else look


def _switched(look: TextLook, item: Element) -> TextLook:
    said = value(item) not in OFF
    match etree.QName(item).localname:
        case "b":
            return replace(look, bold=said)
        case "caps":
            return replace(look, caps=said)
        case "keepNext":
            return replace(look, keep=said)
        case "pageBreakBefore":
            return replace(look, breaks=said)
        case "contextualSpacing":
            return replace(look, contextual=said)
    return look


def _points(twips: str) -> float:
    return int(twips) / TWIPS
