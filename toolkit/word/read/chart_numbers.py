"""The numbers in a chart's part, as they were when it was drawn, and the texts that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import A, C
from toolkit.word.ooxml.package import PARSER

_CHART = f"{{{C}}}"
_NAMES, _NUMBERS = ("cat", "xVal"), ("val", "yVal", "bubbleSize")


def chart_texts(part: bytes) -> list[str]:
    """Its titles, those of its axes, and what somebody has written on it."""
    found = etree.fromstring(part, PARSER).iter(f"{{{A}}}p")
    texts = ("".join(run.text or "" for run in one.iter(f"{{{A}}}t")) for one in found)
    return [text for text in texts if text.strip()]


def chart_rows(part: bytes) -> Iterator[list[list[str]]]:
    """A table for each series of a chart: its name, and its numbers by category."""
    for series in etree.fromstring(part, PARSER).iter(f"{_CHART}ser"):
        name = " ".join(_points(series, "tx").values())
        names: dict[str, str] = {}
        for kind in _NAMES:
            names |= _points(series, kind)
        for kind in _NUMBERS:
            numbers = _points(series, kind)
            rows = [[names.get(place, ""), number] for place, number in numbers.items()]
            if rows:
                yield [["", name], *rows]


def _points(series: Element, part: str) -> dict[str, str]:
    """The texts of a part of a series, by their places; of names in several levels, all."""
    found: dict[str, str] = {}
    for one in series.findall(f"{_CHART}{part}"):
        levels = list(one.iter(f"{_CHART}lvl"))
        if len(levels) > 1:
            return _of_levels(levels)
        found |= _texts(one)
    return found


def _texts(parent: Element) -> dict[str, str]:
    points = parent.iter(f"{_CHART}pt")
    return {point.get("idx", ""): point.findtext(f"{_CHART}v") or "" for point in points}


def _of_levels(levels: list[Element]) -> dict[str, str]:
    """The lowest level stands first; a name of a higher one goes on to the next."""
    lowest, *higher = map(_texts, levels)
    found = dict(lowest)
    for level in higher:
        name = ""
        for place in lowest:
            name = level.get(place, name)
            found[place] = f"{name}, {found[place]}"
    return found
