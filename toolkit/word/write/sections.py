"""Pages that lie down for wide tables: a section of their own, and the pages after it upright
again."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from docx.oxml.parser import oxml_parser
from lxml import etree

from toolkit.word.write.grid import WIDE
from toolkit.word.write.xml import Element, W, inside, w

_SECTION, _SIZE, _TABLE, _PARAGRAPH = (f"{{{W}}}{name}" for name in ("sectPr", "pgSz", "tbl", "p"))


def lay_down(body: Element, openers: Collection[str]) -> None:
    """A section for each wide table with its caption and source, and with the heading and the text
    above it where the heading begins a page (`openers` are the styles that do). The paragraph above
    ends the section before, the source ends the table's own."""
    end = body.find(_SECTION)
    for table in body.findall(_TABLE):
        if table.find(f"{{{W}}}tblPr/{{{W}}}tblW").get(f"{{{W}}}w") != str(WIDE):
            continue
        first, source = _first(table.getprevious(), openers), table.getnext()
        _close(_paragraph_above(first), end)
        if source.getnext() is end:
            _turn(end)
        else:
            _turn(_close(source, end))


def _first(caption: Element, openers: Collection[str]) -> Element:
    """What the lying pages begin with: a heading that begins a page, if only text stands between;
    else the caption."""
    above = caption.getprevious()
    while (
        above is not None
        and above.tag == _PARAGRAPH
        and above.find(f"{{{W}}}pPr/{{{W}}}sectPr") is None
    ):
        if above.find(f"{{{W}}}pPr/{{{W}}}pStyle").get(f"{{{W}}}val") in openers:
            return above
        above = above.getprevious()
    return caption


def _paragraph_above(first: Element) -> Element:
    """What ends the section before: an empty paragraph only where a table stands straight above."""
    above = first.getprevious()
    if above.tag == _TABLE:
        above = etree.fromstring(etree.tostring(inside(w("p"), w("pPr"))), oxml_parser)
        first.addprevious(above)
    return above


def _close(above: Element, model: Element) -> Element:
    """Let a paragraph end a section, unless it does already."""
    properties = above.find(f"{{{W}}}pPr")
    own = properties.find(_SECTION)
    if own is None:
        own = deepcopy(model)
        properties.append(own)
    return own


def _turn(section: Element) -> None:
    """Let a section's pages lie down, with less room above and below: the pages are low."""
    size = section.find(_SIZE)
    long, short = size.get(f"{{{W}}}h"), size.get(f"{{{W}}}w")
    for name, value in (("w", long), ("h", short), ("orient", "landscape")):
        size.set(f"{{{W}}}{name}", value)
    margins = section.find(f"{{{W}}}pgMar")
    for name in ("top", "bottom"):
        margins.set(
            f"{{{W}}}{name}",
            min(
                margins.get(f"{{{W}}}{name}"),
                str(int(margins.get(f"{{{W}}}left")) * 4 // 5),
                key=int,
            ),
        )


def lies(section: Element) -> bool:
    """Whether a section's pages lie down."""
    return bool(section.find(_SIZE).get(f"{{{W}}}orient") == "landscape")
