"""What a paragraph looks like, from its style and the styles that this is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import wn

_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class TextLook:
    """Measures in points; `lines` is the line spacing as a multiple of single."""

    font: str = ""
    size: float = 10
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
    defaults = styles.find(wn("docDefaults"))
    base = TextLook()
    for properties in () if defaults is None else defaults.iter(wn("rPr"), wn("pPr")):
        base = changed(base, properties)
    known = {style.get(wn("styleId")): style for style in styles.findall(wn("style"))}
    levels = _indents(numbering) if numbering is not None else {}
    return {name: _resolve(style, known, base, levels) for name, style in known.items()}


def _resolve(
    style: Element, known: Mapping[str, Element], base: TextLook, levels: Mapping[str, Element]
) -> TextLook:
    parent = style.find(wn("basedOn"))
    above = known.get(parent.get(wn("val"))) if parent is not None else None
    look = base if above is None else _resolve(above, known, base, levels)
    if (indent := levels.get(style.get(wn("styleId")))) is not None:
        look = changed(look, indent)
    for name in ("pPr", "rPr"):
        if (properties := style.find(wn(name))) is not None:
            look = changed(look, properties)
    return look


def _indents(numbering: Element) -> dict[str, Element]:
    """Paragraph properties of the numbering levels, by the style that each belongs to."""
    found = {}
    for level in numbering.iter(wn("lvl")):
        style, properties = level.find(wn("pStyle")), level.find(wn("pPr"))
        if style is not None and properties is not None:
            found[style.get(wn("val"))] = properties
    return found


def changed(look: TextLook, properties: Element) -> TextLook:
    """A look after paragraph or run properties (`w:pPr`, `w:rPr`)."""
    new: dict[str, object] = {}
    for item in properties:
        name = item.tag.rpartition("}")[2]
        if name == "spacing":
            new |= _measures(item, {"before": "before", "after": "after"})
            line, rule = item.get(wn("line")), item.get(wn("lineRule"), "auto")
            new |= {"lines": int(line) / 240} if line and rule == "auto" else {}
        elif name == "ind":
            new |= _measures(item, {"left": "left", "right": "right", "firstLine": "first"})
            new |= {"first": -_points(hanging)} if (hanging := item.get(wn("hanging"))) else {}
        elif name == "rFonts" and (font := item.get(wn("ascii"))):
            new["font"] = font
        elif name == "sz":
            new["size"] = int(item.get(wn("val"))) / 2
        elif name in _SWITCHES:
            new[_SWITCHES[name]] = item.get(wn("val"), "1") not in _OFF
    return replace(look, **new)  # type: ignore[arg-type]


_SWITCHES = {
    "b": "bold",
    "caps": "caps",
    "keepNext": "keep",
    "pageBreakBefore": "breaks",
    "contextualSpacing": "contextual",
}


def _measures(item: Element, names: Mapping[str, str]) -> dict[str, object]:
    return {own: _points(value) for name, own in names.items() if (value := item.get(wn(name)))}


def _points(twentieths: str) -> float:
    return int(twentieths) / 20
