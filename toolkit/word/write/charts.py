"""Charts that Word can edit, as DrawingML. The order of the elements is the schema's (ECMA-376 part
1 §21.2): Word takes a chart in another order for damaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from toolkit.report.blocks import Chart, ChartSeries
from toolkit.word.ooxml.drawingml import a, c, settings, solid, unseen
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import R
from toolkit.word.write.chart_axes import EDGE, axis_ids, category_axis, text_look, value_axis
from toolkit.word.write.chart_workbook import SHEET, number_format
from toolkit.words.cleantext import clean_text

_LINE = "28575"  # two and a quarter points in English Metric Units
_MARKER = "8"  # points
_GAP = "45"  # between categories, in per cent of a bar's width
_SHOWN = {
    "showLegendKey": "0", "showVal": "1", "showCatName": "0",
    "showSerName": "0", "showPercent": "0", "showBubbleSize": "0",
}  # fmt: skip
"""What a label says. Word wants all of them said, not only what is shown."""


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """How one series differs from the others: colour, and without colour by pattern, dash and
    marker."""

    colour: str
    pattern: str
    dash: str
    marker: str


LOOKS = (
    SeriesLook("17475E", "", "solid", "circle"),
    SeriesLook("B3470E", "wdUpDiag", "dash", "diamond"),
    SeriesLook("5E6670", "pct25", "sysDot", "square"),
    SeriesLook("7A2E6E", "dkHorz", "lgDash", "triangle"),
    SeriesLook("3F6B1E", "smGrid", "dashDot", "x"),
    SeriesLook("1F2A37", "dkDnDiag", "sysDash", "star"),
)
"""Every colour has a contrast of at least 3:1 to white. With more series the looks come again."""


def chart_part(chart: Chart, workbook: str) -> bytes:
    """The chart part; `workbook` is the id of its relationship to the workbook."""
    # After the text properties, by the schema (§21.2.2.63 and §21.2.2.29).
    external = c("externalData", c("autoUpdate", val="0"))
    external.set(f"{{{R}}}id", workbook)
    root = c(
        "chartSpace",
        # Dates from 1900; square corners, for where nothing is said Word draws round ones.
        *settings(date1904="0", lang="sv-SE", roundedCorners="0"),
        _drawn(chart),
        c("spPr", *unseen()),
        text_look(),
        external,
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drawn(chart: Chart) -> Element:
    """Without a title of its own, which Word makes of a single series: the caption says it. What is
    not known leaves a gap: zero would be a value."""
    return c(
        "chart",
        c("autoTitleDeleted", val="1"),
        _plot_area(chart),
        _legend(),
        *settings(plotVisOnly="1", dispBlanksAs="gap"),
    )


def _plot_area(chart: Chart) -> Element:
    plot = _lines(chart) if chart.kind == "line" else _bars(chart)
    return c("plotArea", c("layout"), plot, category_axis(chart), value_axis(chart))


def _legend() -> Element:
    return c("legend", *settings(legendPos="b", overlay="0"), text_look())


def _lines(chart: Chart) -> Element:
    # Where nothing is said of it, every point has a colour of its own.
    before = settings(grouping="standard", varyColors="0")
    return c("lineChart", *before, *_all_series(chart), c("marker", val="1"), *axis_ids())


def _bars(chart: Chart) -> Element:
    direction = "col" if chart.kind == "column" else "bar"
    grouping = "stacked" if chart.stacked else "clustered"
    # Stacked bars must be told to lie over each other; Word else puts them side by side.
    overlap = settings(overlap="100") if chart.stacked else []
    before = settings(barDir=direction, grouping=grouping, varyColors="0")
    after = [*settings(gapWidth=_GAP), *overlap, *axis_ids()]
    return c("barChart", *before, *_all_series(chart), *after)


def _all_series(chart: Chart) -> Iterator[Element]:
    for index, series in enumerate(chart.series):
        look = LOOKS[index % len(LOOKS)]
        lines = chart.kind == "line"
        # Where nothing is said of it, a bar below zero is drawn white.
        shape = _line_look(look) if lines else [_bar_look(look), *settings(invertIfNegative="0")]
        labels = [] if chart.stacked else [_labels(chart, index, look)]
        # Word smooths lines unless it is told not to: between the years nothing is known.
        smooth = settings(smooth="0") if lines else []
        data = _data(chart, index, series)
        yield c("ser", *_head(index, series), *shape, *labels, *data, *smooth)


def _head(index: int, series: ChartSeries) -> list[Element]:
    """Number, order and name."""
    name = _strings(f"${_column(index)}$1", [series.name])
    return [*settings(idx=str(index), order=str(index)), c("tx", name)]


def _data(chart: Chart, index: int, series: ChartSeries) -> list[Element]:
    """Categories and values, with the cells of the workbook that they stand in."""
    last, column = len(chart.categories) + 1, _column(index)
    categories = _strings(f"$A$2:$A${last}", chart.categories)
    values = _numbers(f"${column}$2:${column}${last}", series.values, number_format(chart))
    return [c("cat", categories), c("val", values)]


def _column(index: int) -> str:
    """Categories stand in A, the first series in B."""
    return chr(ord("B") + index)


def _bar_look(look: SeriesLook) -> Element:
    """Its colour, in a pattern where it has one, always with an edge of its colour."""
    fill = _pattern(look) if look.pattern else solid(look.colour)
    return c("spPr", fill, a("ln", solid(look.colour), w=EDGE))


def _pattern(look: SeriesLook) -> Element:
    front = a("fgClr", a("srgbClr", val=look.colour))
    back = a("bgClr", a("srgbClr", val="FFFFFF"))
    return a("pattFill", front, back, prst=look.pattern)


def _line_look(look: SeriesLook) -> list[Element]:
    dash = a("prstDash", val=look.dash)
    line = a("ln", solid(look.colour), dash, a("round"), w=_LINE, cap="rnd")
    edge = a("ln", solid(look.colour), w=EDGE)
    filled = c("spPr", solid(look.colour), edge)
    marker = c("marker", *settings(symbol=look.marker, size=_MARKER), filled)
    return [c("spPr", line), marker]


def _labels(chart: Chart, index: int, look: SeriesLook) -> Element:
    """The values beside their points or bars, so that nobody has to measure. Of several lines the
    highest has its labels above, the others below, so that they do not stand in each other."""
    if chart.kind != "line":
        return c("dLbls", *_label_body(chart, look, "outEnd"))
    single = []
    for point, value in enumerate(chart.series[index].values):
        if value is not None and not _tops(chart, index, point):
            single.append(c("dLbl", c("idx", val=str(point)), *_label_body(chart, look, "b")))
    return c("dLbls", *single, *_label_body(chart, look, "t"))


def _label_body(chart: Chart, look: SeriesLook, place: str) -> list[Element]:
    return [
        c("numFmt", formatCode=number_format(chart), sourceLinked="0"),
        c("spPr", *unseen()),
        text_look(look.colour),
        *settings(dLblPos=place, **_SHOWN),
    ]


def _tops(chart: Chart, index: int, point: int) -> bool:
    """Whether a series has the highest value of all at a point; the first of equals has."""
    values = [series.values[point] for series in chart.series]
    known = [value for value in values if value is not None]
    return values.index(max(known)) == index


def _strings(cells: str, texts: Sequence[str]) -> Element:
    """Texts of the workbook, and the copy of them that is drawn until someone edits them."""
    points = [_point(number, clean_text(text)) for number, text in enumerate(texts)]
    cache = c("strCache", c("ptCount", val=str(len(texts))), *points)
    return c("strRef", _saying("f", f"{SHEET}!{cells}"), cache)


def _numbers(cells: str, values: Sequence[Decimal | None], shown: str) -> Element:
    """Numbers in the same way; a point that is not there leaves a gap."""
    points = [_point(n, f"{value:f}") for n, value in enumerate(values) if value is not None]
    count = c("ptCount", val=str(len(values)))
    cache = c("numCache", _saying("formatCode", shown), count, *points)
    return c("numRef", _saying("f", f"{SHEET}!{cells}"), cache)


def _point(number: int, text: str) -> Element:
    return c("pt", _saying("v", text), idx=str(number))


def _saying(name: str, text: str) -> Element:
    element = c(name)
    element.text = text
    return element
