"""Elements of DrawingML and of its charts."""

from __future__ import annotations

from lxml import etree

from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import A, C, R

_PREFIXES = {"c": C, "a": A, "r": R}


def c(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of a chart: `c("idx", val="0")`."""
    element = etree.Element(f"{{{C}}}{name}", attributes, nsmap=_PREFIXES)
    element.extend(children)
    return element


def a(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of DrawingML."""
    element = etree.Element(f"{{{A}}}{name}", attributes, nsmap=_PREFIXES)
    element.extend(children)
    return element


def settings(**values: str) -> list[Element]:
    """Elements of a chart that say only a value: `settings(delete="0", axPos="l")`."""
    return [c(name, val=value) for name, value in values.items()]


def solid(colour: str) -> Element:
    """A fill in one colour, six hexadecimal digits."""
    return a("solidFill", a("srgbClr", val=colour))


def unseen() -> list[Element]:
    """Neither fill nor edge."""
    return [a("noFill"), a("ln", a("noFill"))]
