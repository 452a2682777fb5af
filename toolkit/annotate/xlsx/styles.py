"""What a marked file needs in its stylesheet: appended, so that every existing style keeps its
number."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import Package
from toolkit.annotate.page import LOOKS, CellLook
from toolkit.annotate.xlsx.parts import qn

STYLES = "xl/styles.xml"
# The children of a stylesheet stand in one order too (ECMA-376-1, 18.8.39).
_BEFORE_DXFS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")


def add_looks(package: Package) -> dict[str, int]:
    """Cell formats for the feedback sheet, by role."""
    return {role: _add_look(package.tree(STYLES), look) for role, look in LOOKS.items()}


def _add_look(styles: Node, look: CellLook) -> int:
    font = append_once(styles, "fonts", _font(look))
    fill = append_once(styles, "fills", _fill(look.fill)) if look.fill else 0
    return append_once(styles, "cellXfs", _format(font, fill, locked=look.locked))


def add_marks(package: Package) -> dict[str, int]:
    """Differential formats that lie over a cell's own format, by severity."""
    styles = package.tree(STYLES)
    return {name: append_once(styles, "dxfs", _overlay(colour)) for name, colour in COLOURS.items()}


def append_once(styles: Node, group: str, item: Node) -> int:
    """Append an item unless an equal one is there already; its number."""
    found = styles.find(qn(group))
    if found is None:
        found = made(qn(group))
        before = [styles.find(qn(name)) for name in _BEFORE_DXFS]
        styles.insert_after([element for element in before if element is not None][-1], found)
    number = -1
    for number, element in enumerate(found):
        if _same(element, item):
            return number
    found.append(item)
    found.set("count", str(number + 2))
    return number + 1


def _same(one: Node, other: Node) -> bool:
    """Equal in content, however they are written."""
    if one.tag != other.tag or one.attributes != other.attributes:
        return False
    mine, others = list(one), list(other)
    return len(mine) == len(others) and all(map(_same, mine, others))


def _font(look: CellLook) -> Node:
    font = made(qn("font"))
    if look.bold:
        font.append(made(qn("b")))
    if look.underlined:
        font.append(made(qn("u"), {"val": "single"}))
    font.append(made(qn("sz"), {"val": str(look.size)}))
    font.append(made(qn("color"), {"rgb": f"FF{look.colour}"}))
    font.append(made(qn("name"), {"val": "Calibri"}))
    return font


def _fill(colour: str) -> Node:
    # Of a solid fill of a cell only fgColor shows (18.8.32); Excel writes bgColor as here.
    return _solid(colour, {"indexed": "64"})


def _solid(colour: str, behind: Mapping[str, str]) -> Node:
    fill = made(qn("fill"))
    pattern = fill.append(made(qn("patternFill"), {"patternType": "solid"}))
    pattern.append(made(qn("fgColor"), {"rgb": f"FF{colour}"}))
    pattern.append(made(qn("bgColor"), behind))
    return fill


def _format(font: int, fill: int, *, locked: bool) -> Node:
    said = {
        "numFmtId": "49",  # text, so that an answer that begins with = or - is no formula
        "fontId": str(font),
        "fillId": str(fill),
        "borderId": "0",
        "xfId": "0",
        "applyNumberFormat": "1",
        "applyFont": "1",
        "applyFill": "1",
        "applyAlignment": "1",
        "applyProtection": "1",
    }
    xf = made(qn("xf"), said)
    xf.append(made(qn("alignment"), {"vertical": "top", "wrapText": "1"}))
    xf.append(made(qn("protection"), {"locked": "1" if locked else "0"}))
    return xf


def _overlay(colour: str) -> Node:
    # In a differential format Excel takes a solid fill's colour from bgColor, other programs from
    # fgColor: both are said.
    dxf = made(qn("dxf"))
    dxf.append(_solid(colour, {"rgb": f"FF{colour}"}))
    return dxf
