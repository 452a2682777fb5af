"""The charts of an edited report, and what is said of its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.word.verify.charts import ChartNumber, ReadChart, charts_of
from toolkit.word.verify.disagreement import CHART, HIDDEN, SPOKEN, Disagreement
from toolkit.word.verify.reading import ReadReport, named
from toolkit.words.counting import said_counts


def of_drawings(written: ReadReport, edited: ReadReport) -> Iterator[Disagreement]:
    """Charts with other numbers, and words about pictures that tell others."""
    charts = charts_of(edited.package)
    for chart in charts_of(written.package):
        name = _name(written, chart.paragraph)
        there = _mate(chart, charts)
        if there is None:
            yield Disagreement(CHART, name, "", "", "", 0)
        else:
            yield from _numbers(name, chart, there)
    yield from _spoken(written, edited)


def _mate(chart: ReadChart, charts: Sequence[ReadChart]) -> ReadChart | None:
    """The chart that has most of its series and categories."""

    def shared(one: ReadChart) -> int:
        return len(chart.numbers.keys() & one.numbers.keys())

    best = max(charts, key=shared, default=None)
    return best if best is not None and shared(best) else None


def _numbers(name: str, ours: ReadChart, theirs: ReadChart) -> Iterator[Disagreement]:
    for key in dict.fromkeys([*ours.numbers, *theirs.numbers]):
        expected, found = ours.numbers.get(key), theirs.numbers.get(key)
        if expected != found:
            place = f"{name}, {key.category}, {key.series}"
            told = (_plainly(expected), _plainly(found))
            yield Disagreement(_kind(ours, key, expected), place, *told, "", theirs.paragraph)


def _kind(ours: ReadChart, key: ChartNumber, expected: Decimal | None) -> str:
    """Whether a chart has another number, or one where the report draws none."""
    is_known = key.series in {one.series for one in ours.numbers}
    is_drawn = key.category in {one.category for one in ours.numbers}
    return HIDDEN if expected is None and is_known and is_drawn else CHART


def _plainly(number: Decimal | None) -> str:
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".").replace(".", ",")


def _name(written: ReadReport, paragraph: int) -> str:
    """What stands above a drawing: its caption."""
    above = [one for one in written.paragraphs if one.number < paragraph and one.text]
    return named(above[-1].text) if above else ""


def _spoken(written: ReadReport, edited: ReadReport) -> Iterator[Disagreement]:
    """What is said of pictures. LibreOffice drops it of charts: then there is nothing to tell."""
    pairs = zip(written.alternatives, edited.alternatives, strict=False)
    for (name, ours), (_, theirs) in pairs:
        if theirs and said_counts(ours) != said_counts(theirs):
            yield Disagreement(SPOKEN, name, ours, theirs, "", 0)
