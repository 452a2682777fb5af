"""What a marked file needs in its stylesheet: appended, so that every existing style keeps its
number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.markup import Node, made, parse
from toolkit.annotate.opc import Package
from toolkit.annotate.page import LOOKS, CellLook
from toolkit.annotate.xlsx.parts import MAIN, WORKBOOK, insert_in_order, packed, qn, sheet_parts

STYLES = "xl/styles.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# The children of a stylesheet stand in one order too (ECMA-376-1, 18.8.39).
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
# Excel takes the first two fills for none and gray125 whatever stands there (ECMA-376-1,
# 18.8.21), so both must be there before the first of ours.
BLANK_STYLES = f"""
<styleSheet xmlns="{MAIN}">
  <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
  <fills count="2">
    <fill><patternFill patternType="none"/></fill>
    <fill><patternFill patternType="gray125"/></fill>
  </fills>
  <borders count="1"><border/></borders>
  <cellStyleXfs count="1"><xf/></cellStyleXfs>
  <cellXfs count="1"><xf xfId="0"/></cellXfs>
  <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
_GROUPS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
"""What ours is appended to: were it the first of its group, all that says nothing would look so."""
_STYLED = re.compile(rb"<(?:\w+:)?(?:c|row|col)\s(?:[^>]*\s)?(?:s|style)=[\"'](?!0[\"'])")
_NAMED = (("cellXfs", _STYLED), ("dxfs", re.compile(rb"\sdxfId=")))
"""The groups of which cells and rules name items by number, and how."""


def settle_styles(package: Package) -> bool:
    """Give a package the stylesheet, or the groups of it, that it does without (18.8.39 makes all
    of them optional, and some programs write none). False where its cells name styles that are not
    there: they would get ours."""
    if STYLES not in package.raw:
        package.add(STYLES, made(qn("styleSheet")), _TYPE)
        package.relate(WORKBOOK, STYLES, "styles")
    styles = package.tree(STYLES)
    for name, names_one in _NAMED:
        if styles.find(qn(name)) is None and _is_in_sheets(package, names_one):
            return False
    for group in parse(packed(BLANK_STYLES), set()):
        if group.local in _GROUPS and styles.find(group.tag) is None:
            followers = _ORDER[_ORDER.index(group.local) + 1 :]
            insert_in_order(styles, _copy_of(group), followers)
    return True


def _is_in_sheets(package: Package, wanted: re.Pattern[bytes]) -> bool:
    parts = sheet_parts(package).values()
    return any(wanted.search(package.raw.get(part, b"")) for part in parts)


def _copy_of(node: Node) -> Node:
    """A node as if it was made for another part."""
    made_anew = made(node.tag, node.attributes)
    for child in node:
        made_anew.append(_copy_of(child))
    return made_anew


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
        insert_in_order(styles, found, _ORDER[_ORDER.index(group) + 1 :])
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
