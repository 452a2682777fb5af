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
from toolkit.word.write.charts import A, C, R, chart_part, chart_workbook
from toolkit.word.write.tilemap import WPG, group, height
from toolkit.word.write.xml import Element, inside, w
from toolkit.words.cleantext import clean_text

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CM = 360_000  # English Metric Units
WIDTH = 16 * _CM


@dataclass
class Drawings:
    """The drawings of one document; their parts go straight into its package."""

    document: Any
    names: list[str] = field(default_factory=list)

    def chart(self, chart: Chart, name: str) -> Element:
        """Put a chart and its workbook into the package; the run that shows it."""
        package = self.document.part.package
        number = 1 + sum(isinstance(part, _ChartPart) for part in package.iter_parts())
        workbook = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            chart_workbook(chart),
            package,
        )
        part = _ChartPart(
            PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package
        )
        part._blob = chart_part(chart, part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
        shown = etree.Element(f"{{{C}}}chart", nsmap={"c": C, "r": R})
        shown.set(f"{{{R}}}id", self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))
        return self.place(shown, C, name, chart.alternative, chart_height(chart))

    def tile_map(self, tiles: TileMap, name: str, style: str) -> Element:
        """A map of squares; a program that cannot draw it shows its text instead."""
        drawn = self.place(
            group(tiles, style, len(self.names) + 1), WPG, name, tiles.alternative, height(tiles)
        )
        said = w("t")
        said.text = clean_text(tiles.alternative)
        choice = etree.Element(f"{{{MC}}}Choice", {"Requires": "wpg"}, nsmap={"mc": MC, "wpg": WPG})
        both = etree.Element(f"{{{MC}}}AlternateContent", nsmap={"mc": MC})
        inside(
            both,
            inside(choice, *drawn),
            inside(etree.Element(f"{{{MC}}}Fallback", nsmap={"mc": MC}), said),
        )
        return inside(w("r"), both)

    def place(
        self, content: Element, kind: str, name: str, alternative: str, height: int
    ) -> Element:
        """A drawing in the line of text, as wide as the text."""
        self.names.append(name)
        data = inside(etree.Element(f"{{{A}}}graphicData", {"uri": kind}, nsmap={"a": A}), content)
        inline = etree.Element(
            f"{{{WP}}}inline",
            dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
            nsmap={"wp": WP},
        )
        inside(
            inline,
            _wp("extent", cx=str(WIDTH), cy=str(height)),
            _wp("effectExtent", l="0", t="0", r="0", b="0"),
            _wp("docPr", id=str(len(self.names)), name=name, descr=clean_text(alternative)),
            _wp("cNvGraphicFramePr"),
            inside(etree.Element(f"{{{A}}}graphic", nsmap={"a": A}), data),
        )
        return inside(w("r"), inside(w("drawing"), inline))


class _ChartPart(Part):
    """A chart's part, told from others by its class."""


def _wp(name: str, /, **attributes: str) -> Element:
    return etree.Element(f"{{{WP}}}{name}", attributes, nsmap={"wp": WP})


def chart_height(chart: Chart) -> int:
    """Lying bars need room for each category; other charts have one height."""
    if chart.kind != "bar":
        return 8 * _CM
    bars = 1 if chart.stacked else len(chart.series)
    return min(18 * _CM, int((3 + len(chart.categories) * (0.25 + 0.33 * bars)) * _CM))
