"""A map of equal squares as one group of shapes. Every square says its verdict by a word, an edge
and a fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from toolkit.report.blocks import Tile, TileMap
from toolkit.word.ooxml.drawingml import a, solid, unseen
from toolkit.word.ooxml.elements import Element, inside, paragraph, run, w
from toolkit.word.ooxml.names import EMU_CM, HALF_POINTS, LINE, WPG, WPS
from toolkit.words.cleantext import clean_text

# In English Metric Units.
_WIDTH = 16 * EMU_CM
_STEP, _SIDE, _INSET = 486_000, 450_000, 18_000  # square to square, a square's side, its margin
_LEFT = int(7.2 * EMU_CM)  # where the legend begins
_KEY, _KEY_STEP, _KEY_GAP = 270_000, 360_000, 90_000  # its squares, its rows, from square to words
_LETTER, _WORD, _SAID = 10, 7, 9  # sizes of text in points
_ROOM = 1_000  # ids that a drawing has for its shapes; its legend begins halfway


@dataclass(frozen=True, slots=True)
class Shade:
    """How a verdict looks: fill, text, and an edge that differs without colour too."""

    fill: str
    ink: str
    dash: str
    weight: int


_THIN, _THICK = 9_525, 28_575  # three quarters of a point, two and a quarter
_OTHER = Shade("FFFFFF", "1F2A37", "sysDot", _THIN)
SHADES = {
    "sarredovisat": Shade("17475E", "FFFFFF", "solid", _THIN),
    "delvis": Shade("CFE0E8", "1F2A37", "solid", _THICK),
    "sammanslaget": Shade("F8DCC8", "1F2A37", "dash", _THICK),
    "ej_redovisat": Shade("FFFFFF", "1F2A37", "sysDot", _THICK),
    "motsags": Shade("F8DCC8", "1F2A37", "sysDash", _THICK),
    "kan_inte_bedomas": Shade("FFFFFF", "1F2A37", "dash", _THIN),
    "ej_med_skal": Shade("F8DCC8", "1F2A37", "solid", _THIN),
    "noll": Shade("E6E8EB", "1F2A37", "solid", _THIN),
    "ej_mojligt": Shade("E6E8EB", "1F2A37", "lgDashDot", _THIN),
    "ej_inkommen": _OTHER,
    "ej_behandlat": Shade("FFFFFF", "1F2A37", "lgDash", _THIN),
}
WHOLE = {
    "hel": SHADES["sarredovisat"], "halften": SHADES["delvis"], "mindre": SHADES["sammanslaget"],
    "ingen": SHADES["ej_redovisat"], "inga": SHADES["noll"],
    "nil": SHADES["ej_mojligt"], "okant": _OTHER,
}  # fmt: skip
"""How much of a county's work hangs together: the same looks, for what is as good or as bad."""
_EDGE = "1F2A37"


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the drawing, in English Metric Units."""

    x: int
    y: int
    width: int
    height: int


class _Line(NamedTuple):
    """A line of text in a shape: its size in points."""

    text: str
    size: int
    ink: str
    bold: bool = False
    centred: bool = True


def height(tiles: TileMap) -> int:
    """As many rows as the map or its legend needs."""
    rows = max((tile.row for tile in tiles.tiles), default=0) + 1
    return max(rows, len(tiles.legend)) * _STEP


def group(tiles: TileMap, style: str, number: int) -> Element:
    """All squares and the legend in one group; `style` is for the text in them, `number` the
    drawing's own. The ids of the shapes follow from it: they must differ in the whole document."""
    first = number * _ROOM
    drawn = inside(_element(WPG, "wgp"), _element(WPG, "cNvGrpSpPr"))
    drawn.append(inside(_element(WPG, "grpSpPr"), _area(height(tiles))))
    for count, tile in enumerate(tiles.tiles):
        drawn.append(_square(first + count, tile, style))
    for row, (verdict, said) in enumerate(tiles.legend):
        drawn.extend(_explained(first + _ROOM // 2 + 2 * row, row, verdict, said, style))
    return drawn


def _area(high: int) -> Element:
    """The group's room, outside and inside the same: the shapes are not scaled."""
    size = {"cx": str(_WIDTH), "cy": str(high)}
    outer = [a("off", x="0", y="0"), a("ext", **size)]
    return a("xfrm", *outer, a("chOff", x="0", y="0"), a("chExt", **size))


def _square(number: int, tile: Tile, style: str) -> Element:
    """A county: its letter, and its verdict as a word."""
    box = Box(tile.column * _STEP + _INSET, tile.row * _STEP + _INSET, _SIDE, _SIDE)
    ink = _shade(tile.verdict).ink
    # The word says the verdict: colour alone would shut out who does not see it (WCAG 1.4.1).
    lines = [_Line(tile.letter, _LETTER, ink, bold=True), _Line(tile.word, _WORD, ink)]
    return _shape(number, tile.letter, box, _filled(_shade(tile.verdict)), _box_of(lines, style))


def _explained(number: int, row: int, verdict: str, said: str, style: str) -> list[Element]:
    """One line of the legend: an empty square, and the words beside it, in a shape without fill or
    edge."""
    top, left = row * _KEY_STEP + _INSET, _LEFT + _KEY + _KEY_GAP
    key = Box(_LEFT, top, _KEY, _KEY)
    beside = Box(left, top, _WIDTH - left - 2 * _INSET, _KEY)
    words = _box_of([_Line(said, _SAID, _EDGE, centred=False)], style)
    return [
        _shape(number, verdict, key, _filled(_shade(verdict)), []),
        _shape(number + 1, said, beside, unseen(), words),
    ]


def _shape(
    number: int, name: str, box: Box, look: Sequence[Element], text: Sequence[Element]
) -> Element:
    """A rectangle, with text or without."""
    size = a("ext", cx=str(box.width), cy=str(box.height))
    place = a("xfrm", a("off", x=str(box.x), y=str(box.y)), size)
    form = a("prstGeom", a("avLst"), prst="rect")
    # Without margins: a square is as wide as its longest word.
    margins = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    return inside(
        _element(WPS, "wsp"),
        _element(WPS, "cNvPr", id=str(number), name=clean_text(name)),
        _element(WPS, "cNvSpPr"),
        inside(_element(WPS, "spPr"), place, form, *look),
        *text,
        _element(WPS, "bodyPr", wrap="square", anchor="ctr", anchorCtr="0", **margins),
    )


def _shade(verdict: str) -> Shade:
    return SHADES.get(verdict) or WHOLE.get(verdict, _OTHER)


def _filled(shade: Shade) -> list[Element]:
    edge = a("ln", solid(_EDGE), a("prstDash", val=shade.dash), w=str(shade.weight))
    return [solid(shade.fill), edge]


def _box_of(lines: Sequence[_Line], style: str) -> list[Element]:
    content = inside(w("txbxContent"), *(_paragraph(line, style) for line in lines))
    return [inside(_element(WPS, "txbx"), content)]


def _paragraph(line: _Line, style: str) -> Element:
    size = w("sz", val=str(line.size * HALF_POINTS))
    looks = [*([w("b")] if line.bold else []), w("color", val=line.ink), size]
    spacing = w("spacing", before="0", after="0", line=str(LINE), lineRule="auto")
    place = (spacing, w("jc", val="center")) if line.centred else (spacing,)
    return paragraph(style, run(clean_text(line.text), *looks), properties=place)


def _element(namespace: str, name: str, /, **attributes: str) -> Element:
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap={"wpg": WPG, "wps": WPS})
