"""Pages that lie down for wide tables: a section of their own, and the pages after it upright
again."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from toolkit.word.ooxml.elements import Element, docx_element, inside, value, w
from toolkit.word.ooxml.names import wn
from toolkit.word.write.tables import WIDE

_SECTION, _SIZE, _TABLE, _PARAGRAPH = wn("sectPr"), wn("pgSz"), wn("tbl"), wn("p")
_LOW = (4, 5)  # the room above and below a lying page, as a part of that at its sides


def lay_down(body: Element, openers: Collection[str]) -> None:
    """A section for each wide table with its caption and source, and with the heading and the text
    above it where the heading begins a page (`openers` are the styles that do). The paragraph above
    ends the section before, the source ends the table's own: Word keeps a section's properties in
    its last paragraph, and those of the last section at the end of the body (ECMA-376 part 1
    §17.6.17 and §17.6.18)."""
    end = body.find(_SECTION)
    for table in body.findall(_TABLE):
        if value(table.find(wn("tblPr/tblW")), "w") != str(WIDE):
            continue
        first, source = _first(table.getprevious(), openers), table.getnext()
        _close(_paragraph_above(first), end)
        # Where nothing follows, the table's section is the last one, which the body itself ends.
        own = end if source.getnext() is end else _close(source, end)
        _turn(own)


def _first(caption: Element, openers: Collection[str]) -> Element:
    """What the lying pages begin with: a heading that begins a page, if only text stands between;
    else the caption."""
    above = caption.getprevious()
    while above is not None and above.tag == _PARAGRAPH and not _ends_section(above):
        if value(above.find(wn("pPr/pStyle"))) in openers:
            return above
        above = above.getprevious()
    return caption


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(wn("pPr/sectPr")) is not None


def _paragraph_above(first: Element) -> Element:
    """What ends the section before: an empty paragraph only where a table stands straight above."""
    above = first.getprevious()
    if above.tag == _TABLE:
        above = docx_element(inside(w("p"), w("pPr")))
        first.addprevious(above)
    return above


def _close(above: Element, model: Element) -> Element:
    """Let a paragraph end a section, unless it does already."""
    properties = above.find(wn("pPr"))
    own = properties.find(_SECTION)
    if own is None:
        # A copy of the last section's: paper, margins, and the distance of header and footer.
        own = deepcopy(model)
        properties.append(own)
    return own


def _turn(section: Element) -> None:
    """Let a section's pages lie down, with less room above and below: the pages are low. `orient`
    alone turns nothing but the paper in the printer, so width and height change places too."""
    size = section.find(_SIZE)
    long, short = value(size, "h"), value(size, "w")
    for name, said in (("w", long), ("h", short), ("orient", "landscape")):
        size.set(wn(name), said)
    margins = section.find(wn("pgMar"))
    most = int(value(margins, "left")) * _LOW[0] // _LOW[1]
    for name in ("top", "bottom"):
        margins.set(wn(name), str(min(int(value(margins, name)), most)))


def lies(section: Element) -> bool:
    """Whether a section's pages lie down."""
    return value(section.find(_SIZE), "orient") == "landscape"
