"""The numbers behind a report's charts, as Word keeps them beside the drawing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import WP, C, R, wn
from toolkit.word.ooxml.package import RELATION, WordPackage

_CHART = f"{{{C}}}"
_RELATIONS = "word/_rels/document.xml.rels"
_DIGITS = Decimal("0.000001")  # programs keep so many decimals of a chart's number


class ChartNumber(NamedTuple):
    """A number of a chart: its series and its category."""

    series: str
    category: str


class ReadChart(NamedTuple):
    """A chart's numbers, and the paragraph that it stands in, counted among all."""

    paragraph: int
    numbers: Mapping[ChartNumber, Decimal]


def charts_of(package: WordPackage) -> list[ReadChart]:
    """All charts of the body, in order."""
    targets = _targets(package)
    places = {one: number for number, one in enumerate(package.body.iter(wn("p")))}
    found = []
    for drawing in package.body.iter(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
        for chart in drawing.iter(f"{_CHART}chart"):
            part = targets.get(chart.get(f"{{{R}}}id", ""), "")
            if part in package.roots:
                place = places[next(drawing.iterancestors(wn("p")))]
                found.append(ReadChart(place, dict(_numbers(package.roots[part]))))
    return found


def _targets(package: WordPackage) -> dict[str, str]:
    root = package.roots.get(_RELATIONS)
    relations = () if root is None else root.iter(RELATION)
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("word", one.get("Target", "")))
        for one in relations
    }


def _numbers(root: Element) -> Iterator[tuple[ChartNumber, Decimal]]:
    for series in root.iter(f"{_CHART}ser"):
        name = " ".join(_points(series, "tx").values())
        categories = _points(series, "cat")
        for place, said in _points(series, "val").items():
            number = _number(said)
            if number is not None:
                yield ChartNumber(name, categories.get(place, place)), number


def _points(series: Element, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in series.findall(f"{_CHART}{part}"):
        for point in one.iter(f"{_CHART}pt"):
            found[point.get("idx", "")] = point.findtext(f"{_CHART}v") or ""
    return found


def _number(said: str) -> Decimal | None:
    try:
        return Decimal(said).quantize(_DIGITS)
    except InvalidOperation:
        return None
