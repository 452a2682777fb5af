"""Charts that Word can edit: the chart as DrawingML, and the workbook that its numbers stand in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from lxml import etree

from toolkit.files.zip import repack
from toolkit.report.blocks import Chart, ChartSeries
from toolkit.word.write.xml import Element
from toolkit.words.cleantext import cell_text, clean_text

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {"c": C, "a": A, "r": R}
_SHEET = "Data"
_INK, _RULE = "1F2A37", "B8C2CC"
_CATEGORY_AXIS, _VALUE_AXIS = "111111111", "222222222"


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


def c(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of a chart: `c("idx", val="0")`."""
    element = etree.Element(f"{{{C}}}{name}", attributes, nsmap=_NAMES)
    element.extend(children)
    return element


def a(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of DrawingML."""
    element = etree.Element(f"{{{A}}}{name}", attributes, nsmap=_NAMES)
    element.extend(children)
    return element


def chart_workbook(chart: Chart) -> bytes:
    """The workbook behind the chart: categories down, series across; the same bytes every time."""
    target = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": clean_text(chart.caption), "created": datetime(2021, 1, 1)})
    sheet = book.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, max(1, len(chart.series)), 18)
    number = book.add_format({"num_format": _number_format(chart)})
    sheet.write_string(0, 0, cell_text(chart.unit))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, cell_text(category))
    for column, series in enumerate(chart.series, 1):
        _write_series(sheet, column, series, number)
    book.close()
    return repack(target.getvalue())


def _write_series(sheet: Any, column: int, series: ChartSeries, number: Any) -> None:
    sheet.write_string(0, column, cell_text(series.name))
    for row, value in enumerate(series.values, 1):
        if value is not None:
            sheet.write_number(row, column, value, number)


def chart_part(chart: Chart, workbook: str) -> bytes:
    """The chart part; `workbook` is the id of its relationship to the workbook."""
    drawn = c(
        "chart",
        c("autoTitleDeleted", val="1"),
        _plot_area(chart),
        _legend(),
        c("plotVisOnly", val="1"),
        c("dispBlanksAs", val="gap"),
    )
    external = c("externalData", c("autoUpdate", val="0"))
    external.set(f"{{{R}}}id", workbook)
    root = c(
        "chartSpace",
        c("date1904", val="0"),
        c("lang", val="sv-SE"),
        c("roundedCorners", val="0"),
        drawn,
        c("spPr", a("noFill"), a("ln", a("noFill"))),
        _text(900),
        external,
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _plot_area(chart: Chart) -> Element:
    plot = _lines(chart) if chart.kind == "line" else _bars(chart)
    return c("plotArea", c("layout"), plot, _category_axis(chart), _value_axis(chart))


def _lines(chart: Chart) -> Element:
    return c(
        "lineChart", c("grouping", val="standard"), c("varyColors", val="0"), *_all_series(chart),
        c("marker", val="1"), *_axis_ids(),
    )  # fmt: skip


def _bars(chart: Chart) -> Element:
    direction = "col" if chart.kind == "column" else "bar"
    overlap = [c("overlap", val="100")] if chart.stacked else []
    return c(
        "barChart",
        c("barDir", val=direction),
        c("grouping", val="stacked" if chart.stacked else "clustered"),
        c("varyColors", val="0"),
        *_all_series(chart),
        c("gapWidth", val="45"),
        *overlap,
        *_axis_ids(),
    )


def _axis_ids() -> tuple[Element, Element]:
    return c("axId", val=_CATEGORY_AXIS), c("axId", val=_VALUE_AXIS)


def _all_series(chart: Chart) -> Iterator[Element]:
    for index, series in enumerate(chart.series):
        look = LOOKS[index % len(LOOKS)]
        column = chr(ord("B") + index)
        head = [
            c("idx", val=str(index)),
            c("order", val=str(index)),
            c("tx", _strings(f"${column}$1", [series.name])),
        ]
        shape = (
            _line_look(look)
            if chart.kind == "line"
            else [_bar_look(look), c("invertIfNegative", val="0")]
        )
        labels = [] if chart.stacked else [_labels(chart, index, look)]
        last = len(chart.categories) + 1
        data = [
            c("cat", _strings(f"$A$2:$A${last}", chart.categories)),
            c(
                "val",
                _numbers(f"${column}$2:${column}${last}", series.values, _number_format(chart)),
            ),
        ]
        smooth = [c("smooth", val="0")] if chart.kind == "line" else []
        yield c("ser", *head, *shape, *labels, *data, *smooth)


def _bar_look(look: SeriesLook) -> Element:
    """Its colour, in a pattern where it has one, always with an edge of its colour."""
    fill = _solid(look.colour)
    if look.pattern:
        front, back = (
            a("fgClr", a("srgbClr", val=look.colour)),
            a("bgClr", a("srgbClr", val="FFFFFF")),
        )
        fill = a("pattFill", front, back, prst=look.pattern)
    return c("spPr", fill, a("ln", _solid(look.colour), w="9525"))


def _line_look(look: SeriesLook) -> list[Element]:
    line = a(
        "ln", _solid(look.colour), a("prstDash", val=look.dash), a("round"), w="28575", cap="rnd"
    )
    edge = a("ln", _solid(look.colour), w="9525")
    marker = c(
        "marker",
        c("symbol", val=look.marker),
        c("size", val="8"),
        c("spPr", _solid(look.colour), edge),
    )
    return [c("spPr", line), marker]


def _labels(chart: Chart, index: int, look: SeriesLook) -> Element:
    """The values beside their points or bars, so that nobody has to measure."""
    if chart.kind != "line":
        return c("dLbls", *_label_body(chart, look, "outEnd"))
    below = [
        n
        for n, value in enumerate(chart.series[index].values)
        if value is not None and not _tops(chart, index, n)
    ]
    single = [c("dLbl", c("idx", val=str(n)), *_label_body(chart, look, "b")) for n in below]
    return c("dLbls", *single, *_label_body(chart, look, "t"))


def _label_body(chart: Chart, look: SeriesLook, place: str) -> list[Element]:
    shown = {
        "LegendKey": "0",
        "Val": "1",
        "CatName": "0",
        "SerName": "0",
        "Percent": "0",
        "BubbleSize": "0",
    }
    return [
        c("numFmt", formatCode=_number_format(chart), sourceLinked="0"),
        c("spPr", a("noFill"), a("ln", a("noFill"))),
        _text(900, look.colour),
        c("dLblPos", val=place),
        *(c(f"show{key}", val=val) for key, val in shown.items()),
    ]


def _tops(chart: Chart, index: int, point: int) -> bool:
    """Whether a series has the highest value of all at a point; the first of equals has."""
    values = [series.values[point] for series in chart.series]
    known = [value for value in values if value is not None]
    return values.index(max(known)) == index


def _category_axis(chart: Chart) -> Element:
    """Horizontal bars read from the top, as the table does."""
    order = "maxMin" if chart.kind == "bar" else "minMax"
    return c(
        "catAx",
        c("axId", val=_CATEGORY_AXIS),
        c("scaling", c("orientation", val=order)),
        c("delete", val="0"),
        c("axPos", val="l" if chart.kind == "bar" else "b"),
        c("numFmt", formatCode="@", sourceLinked="0"),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="low"),
        c("spPr", a("ln", _solid(_INK), w="9525")),
        _text(900),
        c("crossAx", val=_VALUE_AXIS),
        c("crosses", val="autoZero"),
        c("auto", val="0"),
        c("lblAlgn", val="ctr"),
        c("lblOffset", val="100"),
        c("tickLblSkip", val="1"),
        c("noMultiLvlLbl", val="1"),
    )


def _value_axis(chart: Chart) -> Element:
    lies = chart.kind == "bar"
    return c(
        "valAx",
        c("axId", val=_VALUE_AXIS),
        c("scaling", c("orientation", val="minMax"), *_floor(chart)),
        c("delete", val="0"),
        c("axPos", val="b" if lies else "l"),
        c("majorGridlines", c("spPr", a("ln", _solid(_RULE), w="6350"))),
        _axis_title(chart.unit),
        c("numFmt", formatCode="#,##0", sourceLinked="0"),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="nextTo"),
        c("spPr", a("ln", a("noFill"))),
        _text(900),
        c("crossAx", val=_CATEGORY_AXIS),
        c("crosses", val="max" if lies else "autoZero"),
        c("crossBetween", val="between"),
    )


def _floor(chart: Chart) -> list[Element]:
    """The axis starts at zero unless something is below it."""
    lowest = min(
        (v for series in chart.series for v in series.values if v is not None), default=Decimal(0)
    )
    return [c("min", val="0")] if lowest >= 0 else []


def _axis_title(unit: str) -> Element:
    words = a("r", a("rPr", _solid(_INK), lang="sv-SE", sz="900", b="0"), a("t"))
    words[1].text = clean_text(unit)
    rich = c(
        "rich", a("bodyPr"), a("lstStyle"), a("p", a("pPr", a("defRPr", sz="900", b="0")), words)
    )
    return c("title", c("tx", rich), c("overlay", val="0"))


def _legend() -> Element:
    return c("legend", c("legendPos", val="b"), c("overlay", val="0"), _text(900))


def _text(size: int, colour: str = _INK) -> Element:
    """Text properties: size in hundredths of a point."""
    look = a("defRPr", _solid(colour), a("latin", typeface="Calibri"), sz=str(size))
    return c(
        "txPr", a("bodyPr"), a("lstStyle"), a("p", a("pPr", look), a("endParaRPr", lang="sv-SE"))
    )


def _solid(colour: str) -> Element:
    return a("solidFill", a("srgbClr", val=colour))


def _strings(cells: str, texts: Sequence[str]) -> Element:
    points = [c("pt", _value(clean_text(text)), idx=str(n)) for n, text in enumerate(texts)]
    return c("strRef", _formula(cells), c("strCache", c("ptCount", val=str(len(texts))), *points))


def _numbers(cells: str, values: Sequence[Decimal | None], shown: str) -> Element:
    points = [c("pt", _value(f"{v:f}"), idx=str(n)) for n, v in enumerate(values) if v is not None]
    code = c("formatCode")
    code.text = shown
    return c(
        "numRef", _formula(cells), c("numCache", code, c("ptCount", val=str(len(values))), *points)
    )


def _value(text: str) -> Element:
    element = c("v")
    element.text = text
    return element


def _formula(cells: str) -> Element:
    element = c("f")
    element.text = f"{_SHEET}!{cells}"
    return element


def _number_format(chart: Chart) -> str:
    """Swedish by its language code: without it the decimal sign is the reader's own program's."""
    return "[$-41D]#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
