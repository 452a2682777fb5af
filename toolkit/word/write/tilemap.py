"""A map of equal squares as one group of shapes. Every square says its verdict by a word, an edge
and a fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from toolkit.report.blocks import TileMap
from toolkit.word.write.charts import a
from toolkit.word.write.xml import Element, inside, paragraph, run, w
from toolkit.words.cleantext import clean_text

WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_CM = 360_000
_WIDTH = 16 * _CM
_STEP, _SIDE = 486_000, 450_000  # from square to square, and a square's side
_LEFT = int(7.2 * _CM)  # where the legend begins


@dataclass(frozen=True, slots=True)
class Shade:
    """How a verdict looks: fill, text, and an edge that differs without colour too."""

    fill: str
    ink: str
    dash: str
    weight: int


_OTHER = Shade("FFFFFF", "1F2A37", "sysDot", 9_525)
SHADES = {
    "sarredovisat": Shade("17475E", "FFFFFF", "solid", 9_525),
    "delvis": Shade("CFE0E8", "1F2A37", "solid", 28_575),
    "sammanslaget": Shade("F8DCC8", "1F2A37", "dash", 28_575),
    "ej_redovisat": Shade("FFFFFF", "1F2A37", "sysDot", 28_575),
    "noll": Shade("E6E8EB", "1F2A37", "solid", 9_525),
    "ej_mojligt": Shade("E6E8EB", "1F2A37", "lgDashDot", 9_525),
    "ej_inkommen": _OTHER,
}
WHOLE = {
    "hel": SHADES["sarredovisat"], "halften": SHADES["delvis"], "mindre": SHADES["sammanslaget"],
    "ingen": SHADES["ej_redovisat"], "inga": SHADES["noll"], "okant": _OTHER,
}  # fmt: skip
"""How much of a county's work hangs together: the same looks, for what is as good or as bad."""
_EDGE = "1F2A37"


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the drawing."""

    x: int
    y: int
    width: int
    height: int


def height(tiles: TileMap) -> int:
    """As many rows as the map or its legend needs."""
    rows = max((tile.row for tile in tiles.tiles), default=0) + 1
    return max(rows, len(tiles.legend)) * _STEP


def group(tiles: TileMap, style: str, number: int) -> Element:
    """All squares and the legend in one group; `style` is for the text in them, `number` the
    drawing's own."""
    frame = [a("off", x="0", y="0"), a("ext", cx=str(_WIDTH), cy=str(height(tiles)))]
    inner = [a("chOff", x="0", y="0"), a("chExt", cx=str(_WIDTH), cy=str(height(tiles)))]
    drawn = inside(_element(WPG, "wgp"), _element(WPG, "cNvGrpSpPr"))
    drawn.append(inside(_element(WPG, "grpSpPr"), a("xfrm", *frame, *inner)))
    for count, tile in enumerate(tiles.tiles):
        box = Box(tile.column * _STEP + 18_000, tile.row * _STEP + 18_000, _SIDE, _SIDE)
        ink = _shade(tile.verdict).ink
        lines = [_line(style, tile.letter, 20, ink, bold=True), _line(style, tile.word, 14, ink)]
        drawn.append(_shape(number * 1000 + count, tile.letter, box, tile.verdict, lines))
    for count, (verdict, said) in enumerate(tiles.legend):
        drawn.extend(_explained(style, number * 1000 + 500 + 2 * count, count, verdict, said))
    return drawn


def _explained(style: str, number: int, row: int, verdict: str, said: str) -> list[Element]:
    """One line of the legend: an empty square, and the words beside it."""
    side = 270_000
    top = row * 360_000 + 18_000
    words = [_line(style, said, 18, _EDGE, centred=False)]
    return [
        _shape(number, verdict, Box(_LEFT, top, side, side), verdict, []),
        _shape(
            number + 1,
            said,
            Box(_LEFT + side + 90_000, top, _WIDTH - _LEFT - side - 126_000, side),
            "",
            words,
        ),
    ]


def _shape(number: int, name: str, box: Box, verdict: str, lines: list[Element]) -> Element:
    """A rectangle with text; without a verdict it has neither fill nor edge."""
    place = a(
        "xfrm",
        a("off", x=str(box.x), y=str(box.y)),
        a("ext", cx=str(box.width), cy=str(box.height)),
    )
    look = _filled(_shade(verdict)) if verdict else [a("noFill"), a("ln", a("noFill"))]
    shape = inside(
        _element(WPS, "wsp"),
        _element(WPS, "cNvPr", id=str(number), name=clean_text(name)),
        _element(WPS, "cNvSpPr"),
        inside(_element(WPS, "spPr"), place, a("prstGeom", a("avLst"), prst="rect"), *look),
    )
    if lines:
        shape.append(inside(_element(WPS, "txbx"), inside(w("txbxContent"), *lines)))
    margins = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    shape.append(_element(WPS, "bodyPr", wrap="square", anchor="ctr", anchorCtr="0", **margins))
    return shape


def _shade(verdict: str) -> Shade:
    return SHADES.get(verdict) or WHOLE.get(verdict, _OTHER)


def _filled(shade: Shade) -> list[Element]:
    edge = a("ln", _solid(_EDGE), a("prstDash", val=shade.dash), w=str(shade.weight))
    return [_solid(shade.fill), edge]


def _solid(colour: str) -> Element:
    return a("solidFill", a("srgbClr", val=colour))


def _line(
    style: str, text: str, size: int, ink: str, *, bold: bool = False, centred: bool = True
) -> Element:
    """A line of text in a shape: `size` in half points."""
    looks = [*([w("b")] if bold else []), w("color", val=ink), w("sz", val=str(size))]
    spacing = w("spacing", before="0", after="0", line="240", lineRule="auto")
    place = (spacing, w("jc", val="center")) if centred else (spacing,)
    return paragraph(style, run(clean_text(text), *looks), properties=place)


def _element(namespace: str, name: str, /, **attributes: str) -> Any:
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap={"wpg": WPG, "wps": WPS})
