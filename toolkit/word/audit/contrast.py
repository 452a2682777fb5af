"""How clearly text stands out from what lies behind it, by the definition of WCAG 2.1."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import WPS, A, wn
from toolkit.word.ooxml.package import WordPackage

ENOUGH = 4.5
INK, PAPER = "000000", "FFFFFF"
_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE = (wn(name) for name in ("r", "p", "tc", "tr", "tbl"))


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); colours as six hexadecimal digits."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faint(opened: WordPackage) -> Iterator[tuple[str, str]]:
    """Part and words of every text that stands out too little."""
    for part, root in opened.stories.items():
        for run in root.iter(_RUN):
            words = "".join(node.text or "" for node in run.findall(wn("t")))
            if words.strip():
                ink, paper = _ink(opened, run), _paper(opened, run)
                if ratio(ink, paper) < ENOUGH:
                    yield part, f"{words.strip()[:40]}: {ink} / {paper}"
    for part, root in opened.roots.items():
        if part.startswith("word/charts/chart"):
            yield from (
                (part, colour) for colour in _chart_inks(root) if ratio(colour, PAPER) < ENOUGH
            )


def _chart_inks(root: Element) -> Iterator[str]:
    """The colours of a chart's text."""
    for looks in root.iter(f"{{{A}}}defRPr", f"{{{A}}}rPr"):
        yield from (
            colour.get("val") for colour in looks.findall(f"{{{A}}}solidFill/{{{A}}}srgbClr")
        )


def _ink(opened: WordPackage, run: Element) -> str:
    """The nearest colour: the run's own, its style's, the paragraph style's, the table style's, the
    document's."""
    looks = run.find(wn("rPr"))
    paragraph = next(run.iterancestors(_PARAGRAPH), None)
    styles = [value(looks.find(wn("rStyle")))] if looks is not None else []
    styles += [_style_of(paragraph)] if paragraph is not None else []
    places = [looks, *(style.find(wn("rPr")) for name in styles for style in opened.based(name))]
    places += [look.find(wn("rPr")) for look in _table_looks(opened, run)]
    found = (_colour(place.find(wn("color")), "val") for place in places if place is not None)
    return next((colour for colour in found if colour), INK)


def _style_of(paragraph: Element) -> str:
    return value(paragraph.find(wn("pPr/pStyle")))


def _paper(opened: WordPackage, run: Element) -> str:
    """What lies behind: the nearest shading of run, paragraph, shape, cell or the table's style."""
    places = [run.find(wn("rPr/shd"))]
    for above in run.iterancestors(_PARAGRAPH, _CELL, f"{{{WPS}}}wsp"):
        if above.tag == _PARAGRAPH:
            places.append(above.find(wn("pPr/shd")))
            places += [style.find(wn("pPr/shd")) for style in opened.based(_style_of(above))]
        elif above.tag == _CELL:
            places.append(above.find(wn("tcPr/shd")))
        elif (fill := above.find(f"{{{WPS}}}spPr/{{{A}}}solidFill/{{{A}}}srgbClr")) is not None:
            return next(
                (colour for place in places if (colour := _colour(place, "fill"))), fill.get("val")
            )
    places += [look.find(wn("tcPr/shd")) for look in _table_looks(opened, run)]
    return next((colour for place in places if (colour := _colour(place, "fill"))), PAPER)


def _table_looks(opened: WordPackage, run: Element) -> Iterator[Element]:
    """What the table's style says of the row that the run stands in, nearest first."""
    row, table = next(run.iterancestors(_ROW), None), next(run.iterancestors(_TABLE), None)
    if row is None or table is None:
        return
    first = row.getprevious() is None or row.getprevious().tag != _ROW
    last = row.getnext() is None
    places = {"firstRow": first, "lastRow": last}
    for style in opened.based(value(table.find(wn("tblPr/tblStyle")))):
        for look in style.findall(wn("tblStylePr")):
            if places.get(look.get(wn("type"), ""), False):
                yield look
        yield style


def _colour(element: Element | None, name: str) -> str:
    """Six digits, or nothing for none and for `auto`."""
    found = "" if element is None else str(element.get(wn(name), ""))
    return found if len(found) == 6 else ""
