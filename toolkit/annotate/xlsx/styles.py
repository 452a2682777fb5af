"""What a marked file needs in its stylesheet: appended, so that every existing style keeps its
number."""

from __future__ import annotations

from lxml import etree

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.opc import Package
from toolkit.annotate.page import LOOKS, CellLook
from toolkit.annotate.parts import XmlElement
from toolkit.annotate.xlsx.parts import qn

STYLES = "xl/styles.xml"
# The children of a stylesheet stand in one order too (ECMA-376-1, 18.8.39).
_BEFORE_DXFS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")


def add_looks(package: Package) -> dict[str, int]:
    """Cell formats for the feedback sheet, by role."""
    return {role: _add_look(package.tree(STYLES), look) for role, look in LOOKS.items()}


def _add_look(styles: XmlElement, look: CellLook) -> int:
    font = _append(styles, "fonts", _font(look))
    fill = _append(styles, "fills", _fill(look.fill)) if look.fill else 0
    return _append(styles, "cellXfs", _format(font, fill, locked=look.locked))


def add_marks(package: Package) -> dict[str, int]:
    """Differential formats that lie over a cell's own format, by severity."""
    styles = package.tree(STYLES)
    return {name: _append(styles, "dxfs", _overlay(colour)) for name, colour in COLOURS.items()}


def _append(styles: XmlElement, group: str, item: XmlElement) -> int:
    """Append an item unless an equal one is there already; its number."""
    found = styles.find(qn(group))
    if found is None:
        found = etree.Element(qn(group))
        before = [styles.find(qn(name)) for name in _BEFORE_DXFS]
        last = [element for element in before if element is not None][-1]
        last.addnext(found)
    for number, element in enumerate(found):
        if _same(element, item):
            return number
    found.append(item)
    found.set("count", str(len(found)))
    return len(found) - 1


def _same(one: XmlElement, other: XmlElement) -> bool:
    """Equal in content, whatever namespaces are declared around them."""
    return (
        one.tag == other.tag
        and len(one) == len(other)
        and dict(one.items()) == dict(other.items())
        and all(_same(a, b) for a, b in zip(one, other, strict=True))
    )


def _font(look: CellLook) -> XmlElement:
    font = etree.Element(qn("font"), nsmap={None: qn("")[1:-1]})
    if look.bold:
        etree.SubElement(font, qn("b"))
    if look.underlined:
        etree.SubElement(font, qn("u"), val="single")
    etree.SubElement(font, qn("sz"), val=str(look.size))
    etree.SubElement(font, qn("color"), rgb=f"FF{look.colour}")
    etree.SubElement(font, qn("name"), val="Calibri")
    return font


def _fill(colour: str) -> XmlElement:
    fill = etree.Element(qn("fill"), nsmap={None: qn("")[1:-1]})
    pattern = etree.SubElement(fill, qn("patternFill"), patternType="solid")
    # Of a solid fill of a cell only fgColor shows (18.8.32); Excel writes bgColor as here.
    etree.SubElement(pattern, qn("fgColor"), rgb=f"FF{colour}")
    etree.SubElement(pattern, qn("bgColor"), indexed="64")
    return fill


def _format(font: int, fill: int, *, locked: bool) -> XmlElement:
    xf = etree.Element(
        qn("xf"),
        numFmtId="49",  # text, so that an answer that begins with = or - is no formula
        fontId=str(font),
        fillId=str(fill),
        borderId="0",
        xfId="0",
        applyNumberFormat="1",
        applyFont="1",
        applyFill="1",
        applyAlignment="1",
        applyProtection="1",
        nsmap={None: qn("")[1:-1]},
    )
    etree.SubElement(xf, qn("alignment"), vertical="top", wrapText="1")
    etree.SubElement(xf, qn("protection"), locked="1" if locked else "0")
    return xf


def _overlay(colour: str) -> XmlElement:
    dxf = etree.Element(qn("dxf"), nsmap={None: qn("")[1:-1]})
    fill = etree.SubElement(dxf, qn("fill"))
    pattern = etree.SubElement(fill, qn("patternFill"), patternType="solid")
    etree.SubElement(pattern, qn("fgColor"), rgb=f"FF{colour}")
    # In a differential format Excel takes a solid fill's colour from bgColor, other
    # programs from fgColor: both are said.
    etree.SubElement(pattern, qn("bgColor"), rgb=f"FF{colour}")
    return dxf
