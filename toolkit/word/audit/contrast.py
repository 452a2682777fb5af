"""How clearly text stands out from what lies behind it, by the definition of WCAG 2.1 (success
criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import WPS, A, wn
from toolkit.word.ooxml.package import WordPackage

ENOUGH = 4.5  # for text of usual size
INK, PAPER = "000000", "FFFFFF"  # where nothing is said
_SHOWN = 40  # letters that are told
_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE = map(wn, ("r", "p", "tc", "tr", "tbl"))
_SHAPE = f"{{{WPS}}}wsp"
_COLOUR = f"{{{A}}}solidFill/{{{A}}}srgbClr"
_FILL = f"{{{WPS}}}spPr/{_COLOUR}"
_CHART = "word/charts/chart"
_PARTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in how light a colour is
_FLARE = 0.05  # light that every screen throws back
_LINEAR = 0.03928  # below it the curve of sRGB is a line


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); colours as six hexadecimal digits."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + _FLARE) / (dark + _FLARE)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = map(_linear, channels)
    return sum(part * light for part, light in zip(_PARTS, linear, strict=True))


def _linear(channel: float) -> float:
    if channel <= _LINEAR:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def faint(opened: WordPackage) -> Iterator[tuple[str, str]]:
    """Part and words of every text that stands out too little."""
    for part, root in opened.stories.items():
        for run in root.iter(_RUN):
            words = _words_of(run)
            colours = _faint_colours(opened, run) if words else ""
            if colours:
                yield part, f"{words[:_SHOWN]}: {colours}"
    yield from _faint_in_charts(opened)


def _words_of(run: Element) -> str:
    return "".join(node.text or "" for node in run.findall(wn("t"))).strip()


def _faint_in_charts(opened: WordPackage) -> Iterator[tuple[str, str]]:
    for part, root in opened.roots.items():
        # A chart has no background of its own, so the page's shows.
        if part.startswith(_CHART):
            yield from ((part, ink) for ink in _faint_inks(root))


def _faint_inks(chart: Element) -> list[str]:
    return [ink for ink in _chart_inks(chart) if ratio(ink, PAPER) < ENOUGH]


def _faint_colours(opened: WordPackage, run: Element) -> str:
    """A run's colour and what lies behind it, where they are too near; else nothing."""
    ink, paper = _ink(opened, run), _paper(opened, run)
    return f"{ink} / {paper}" if ratio(ink, paper) < ENOUGH else ""


def _chart_inks(root: Element) -> Iterator[str]:
    """The colours of a chart's text."""
    for looks in root.iter(f"{{{A}}}defRPr", f"{{{A}}}rPr"):
        yield from (str(colour.get("val")) for colour in looks.findall(_COLOUR))


def _ink(opened: WordPackage, run: Element) -> str:
    """The nearest colour: the run's own, its style's, the paragraph style's, the table style's, the
    document's (ECMA-376 part 1 §17.7.2)."""
    for looks in _looks(opened, run):
        if colour := _colour(looks.find(wn("rPr/color")), "val"):
            return colour
    return INK


def _looks(opened: WordPackage, run: Element) -> Iterator[Element]:
    """What may say how a run looks, nearest first."""
    yield run
    yield from opened.based(value(run.find(wn("rPr/rStyle"))))
    for paragraph in run.iterancestors(_PARAGRAPH):
        yield from opened.based(_style_of(paragraph))
        break
    yield from _table_looks(opened, run)


def _style_of(paragraph: Element) -> str:
    return value(paragraph.find(wn("pPr/pStyle")))


def _paper(opened: WordPackage, run: Element) -> str:
    """What lies behind: the nearest shading of run, paragraph, shape, cell or the table's style."""
    return next((colour for colour in _papers(opened, run) if colour), PAPER)


def _papers(opened: WordPackage, run: Element) -> Iterator[str]:
    """The shading of everything around a run, nearest first, empty where there is none. Behind a
    shape that is filled nothing shows."""
    yield _colour(run.find(wn("rPr/shd")), "fill")
    for above in run.iterancestors(_PARAGRAPH, _CELL, _SHAPE):
        if above.tag == _PARAGRAPH:
            for place in (above, *opened.based(_style_of(above))):
                yield _colour(place.find(wn("pPr/shd")), "fill")
        elif above.tag == _CELL:
            yield _colour(above.find(wn("tcPr/shd")), "fill")
        else:
            yield _shape_fill(above)
    for look in _table_looks(opened, run):
        yield _colour(look.find(wn("tcPr/shd")), "fill")


def _shape_fill(shape: Element) -> str:
    fill = shape.find(_FILL)
    return "" if fill is None else str(fill.get("val"))


def _table_looks(opened: WordPackage, run: Element) -> Iterator[Element]:
    """What the table's style says of the row that the run stands in, nearest first."""
    row, table = next(run.iterancestors(_ROW), None), next(run.iterancestors(_TABLE), None)
    if row is None or table is None:
        return
    kinds = _kinds_of(row)
    for style in opened.based(value(table.find(wn("tblPr/tblStyle")))):
        for look in style.findall(wn("tblStylePr")):
            if value(look, "type") in kinds:
                yield look
        yield style


def _kinds_of(row: Element) -> set[str]:
    """Which of a table style's own looks count for a row (§17.18.89)."""
    before = row.getprevious()
    kinds = {"firstRow"} if before is None or before.tag != _ROW else set()
    return kinds | {"lastRow"} if row.getnext() is None else kinds


def _colour(element: Element | None, name: str) -> str:
    """Six digits, or nothing for none and for `auto`."""
    found = value(element, name)
    return found if len(found) == 6 else ""
