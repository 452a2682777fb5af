"""Drawings in their places: each with an id of its own in the document and a text that says what it
shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from toolkit.report.blocks import Chart, TileMap
from toolkit.word.ooxml.elements import Element, inside, w
from toolkit.word.ooxml.names import EMU_CM, MC, WP, WPG, A, C, R
from toolkit.word.write.chart_workbook import chart_workbook
from toolkit.word.write.charts import chart_part
from toolkit.word.write.tilemap import group, height
from toolkit.words.cleantext import clean_text

WIDTH = 16 * EMU_CM  # as wide as the text of a page that stands
_HEIGHT = 8 * EMU_CM  # of a chart whose categories stand side by side
_HIGHEST = 18 * EMU_CM
_FRAME, _GAP, _BAR = 3, 0.2, 0.3  # centimetres: axis and legend, between categories, for a bar


@dataclass
class Drawings:
    """The drawings of one document; their parts go straight into its package."""

    document: Any
    names: list[str] = field(default_factory=list)

    def chart(self, chart: Chart, name: str) -> Element:
        """Put a chart and its workbook into the package; the run that shows it."""
        package = self.document.part.package
        number = 1 + sum(isinstance(part, _ChartPart) for part in package.iter_parts())
        place = PackURI(f"/word/embeddings/chart{number}.xlsx")
        workbook = Part(place, CONTENT_TYPE.SML_SHEET, chart_workbook(chart), package)
        place = PackURI(f"/word/charts/chart{number}.xml")
        part = _ChartPart(place, CONTENT_TYPE.DML_CHART, b"", package)
        # The chart names its workbook by the relation, which only a part that is there can have.
        part._blob = chart_part(chart, part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
        shown = _element(C, "chart", {}, c=C, r=R)
        shown.set(f"{{{R}}}id", self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))
        return self.place(shown, C, name, chart.alternative, chart_height(chart))

    def tile_map(self, tiles: TileMap, name: str, style: str) -> Element:
        """A map of squares; a program that cannot draw it shows its text instead. Groups of shapes
        came with Word 2010 and are not in ECMA-376: without this choice the schema forbids them."""
        shapes = group(tiles, style, len(self.names) + 1)
        drawn = self.place(shapes, WPG, name, tiles.alternative, height(tiles))
        said = w("t")
        said.text = clean_text(tiles.alternative)
        choice = inside(_element(MC, "Choice", {"Requires": "wpg"}, mc=MC, wpg=WPG), *drawn)
        instead = inside(_element(MC, "Fallback", {}, mc=MC), said)
        both = inside(_element(MC, "AlternateContent", {}, mc=MC), choice, instead)
        return inside(w("r"), both)

    def place(
        self, content: Element, kind: str, name: str, alternative: str, height: int
    ) -> Element:
        """A drawing in the line of text, as wide as the text: one that floats has no place in the
        reading order."""
        # The number is the id: in the order of the document, and one for each (§20.4.2.5).
        self.names.append(name)
        data = inside(_element(A, "graphicData", {"uri": kind}, a=A), content)
        inline = inside(
            _wp("inline", **dict.fromkeys(("distT", "distB", "distL", "distR"), "0")),
            _wp("extent", cx=str(WIDTH), cy=str(height)),
            _wp("effectExtent", l="0", t="0", r="0", b="0"),
            _wp("docPr", id=str(len(self.names)), name=name, descr=clean_text(alternative)),
            _wp("cNvGraphicFramePr"),
            inside(_element(A, "graphic", {}, a=A), data),
        )
        return inside(w("r"), inside(w("drawing"), inline))


class _ChartPart(Part):
    """A chart's part, told from others by its class."""


def _wp(name: str, /, **attributes: str) -> Element:
    return _element(WP, name, attributes, wp=WP)


def _element(namespace: str, name: str, attributes: dict[str, str], **prefixes: str) -> Element:
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap=prefixes)


def chart_height(chart: Chart) -> int:
    """In English Metric Units. Lying bars need room for each category; other charts have one
    height."""
    if chart.height:
        return chart.height * EMU_CM
    if chart.kind != "bar":
        return _HEIGHT
    bars = 1 if chart.stacked else len(chart.series)
    needed = _FRAME + len(chart.categories) * (_GAP + _BAR * bars)
    return min(_HIGHEST, int(needed * EMU_CM))
