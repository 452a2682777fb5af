"""The axes of a chart. The order of their elements is the schema's (ECMA-376 part 1 §21.2.2.25 and
§21.2.2.226)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.report.blocks import Chart
from toolkit.word.ooxml.drawingml import a, c, settings, solid
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import HUNDREDTHS
from toolkit.words.cleantext import clean_text

INK, _RULE = "1F2A37", "B8C2CC"
TEXT_SIZE = 9  # points
EDGE = "9525"  # three quarters of a point in English Metric Units
_HAIRLINE = "6350"  # half a point
# Any numbers that differ and are positive: some programs draw ids at random, and Word takes a file
# with a negative one (the schema has unsigned integers) for damaged.
_CATEGORY_AXIS, _VALUE_AXIS = "111111111", "222222222"


def axis_ids() -> list[Element]:
    """By which a plot names its axes."""
    return [c("axId", val=_CATEGORY_AXIS), c("axId", val=_VALUE_AXIS)]


def category_axis(chart: Chart) -> Element:
    """Horizontal bars read from the top, as the table does: Word's own order is from the bottom.
    The labels stand low, so that bars below zero do not cover them."""
    lies = chart.kind == "bar"
    return c(
        "catAx",
        c("axId", val=_CATEGORY_AXIS),
        c("scaling", c("orientation", val="maxMin" if lies else "minMax")),
        *settings(delete="0", axPos="l" if lies else "b"),
        c("numFmt", formatCode="@", sourceLinked="0"),
        *settings(majorTickMark="none", minorTickMark="none", tickLblPos="low"),
        c("spPr", a("ln", solid(INK), w=EDGE)),
        text_look(),
        *settings(crossAx=_VALUE_AXIS, crosses="autoZero", auto="0", lblAlgn="ctr"),
        # Every category has its label: by itself Word leaves out those that are close.
        *settings(lblOffset="100", tickLblSkip="1", noMultiLvlLbl="1"),
    )


def value_axis(chart: Chart) -> Element:
    """Below horizontal bars: since their categories are turned, that is at the other axis' end."""
    lies = chart.kind == "bar"
    return c(
        "valAx",
        c("axId", val=_VALUE_AXIS),
        c("scaling", c("orientation", val="minMax"), *_floor(chart)),
        *settings(delete="0", axPos="b" if lies else "l"),
        c("majorGridlines", c("spPr", a("ln", solid(_RULE), w=_HAIRLINE))),
        _title(chart.unit),
        # Not linked to the source: its format would come back when someone edits the numbers.
        c("numFmt", formatCode="#,##0", sourceLinked="0"),
        *settings(majorTickMark="none", minorTickMark="none", tickLblPos="nextTo"),
        c("spPr", a("ln", a("noFill"))),
        text_look(),
        *settings(crossAx=_CATEGORY_AXIS, crosses="max" if lies else "autoZero"),
        c("crossBetween", val="between"),
    )


def text_look(colour: str = INK) -> Element:
    """How text in a chart looks. Its styles are not the document's: font and language are said."""
    size = str(TEXT_SIZE * HUNDREDTHS)
    look = a("defRPr", solid(colour), a("latin", typeface="Calibri"), sz=size)
    words = a("p", a("pPr", look), a("endParaRPr", lang="sv-SE"))
    return c("txPr", a("bodyPr"), a("lstStyle"), words)


def _floor(chart: Chart) -> list[Element]:
    """The axis starts at zero unless something is below it: Word would cut bars off at the lowest
    value, and small differences would look large."""
    below = any(value is not None and value < 0 for value in _values(chart))
    return [] if below else [c("min", val="0")]


def _values(chart: Chart) -> Iterator[Decimal | None]:
    for series in chart.series:
        yield from series.values


def _title(unit: str) -> Element:
    size = str(TEXT_SIZE * HUNDREDTHS)
    words = a("r", a("rPr", solid(INK), lang="sv-SE", sz=size, b="0"), a("t"))
    words[1].text = clean_text(unit)
    line = a("p", a("pPr", a("defRPr", sz=size, b="0")), words)
    rich = c("rich", a("bodyPr"), a("lstStyle"), line)
    return c("title", c("tx", rich), c("overlay", val="0"))
