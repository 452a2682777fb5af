"""The report's blocks as elements of a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.findings.texts import Texts
from toolkit.report.blocks import (
    Block,
    Chart,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placed,
    Reference,
    Text,
    TileMap,
    place_of,
)
from toolkit.word.ooxml.elements import Element, paragraph, run, w
from toolkit.word.ooxml.names import LINE
from toolkit.word.write.captions import Captions
from toolkit.word.write.contents import anchor_of
from toolkit.word.write.drawings import Drawings
from toolkit.word.write.links import Links
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.numbertags import NumberTags
from toolkit.word.write.pagestart import PageStart
from toolkit.word.write.styles import heading_style
from toolkit.word.write.tables import table_elements
from toolkit.words.cleantext import clean_text

_LISTS = {"bullet", "number"}
# Twentieths of a point below what has no style of its own to keep its distance.
_BELOW_TABLE, _BELOW_LIST = "240", "120"


@dataclass(frozen=True, slots=True)
class Pen:
    """What is at hand where a block is written: the styles' ids, and what the document collects on
    the way."""

    styles: Mapping[str, str]
    texts: Texts
    notes: Footnotes
    captions: Captions
    drawings: Drawings
    lists: Lists
    links: Links
    tags: NumberTags


def write_blocks(blocks: Sequence[Block], pen: Pen, *, bound: bool) -> Iterator[Element]:
    """Everything from the first heading to the end. Chapters begin pages where the report is
    `bound` like a book, but for one that follows on what fills no half of its page."""
    number, page = 0, PageStart()
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Heading):
            number += 1
            begins = bound and not page.is_short
            page.open(block, begins=begins)
            yield _heading(block, number, pen.styles, own_page=begins)
        else:
            page.fill(block)
            yield from _content(block, pen, _distance(above, block))
        above = block


def bookmarked(
    style: str, name: str, number: int, text: str, properties: tuple[Element, ...]
) -> Element:
    """A heading inside a bookmark, to which links lead."""
    start = w("bookmarkStart", id=str(number), name=name)
    end = w("bookmarkEnd", id=str(number))
    return paragraph(style, start, run(clean_text(text)), end, properties=properties)


def _heading(
    heading: Heading, number: int, styles: Mapping[str, str], *, own_page: bool
) -> Element:
    # The third level has no numbers, begins no page, and is not in the contents.
    role = heading_style(heading.level, numbered=heading.numbered) if heading.listed else "h3"
    style = styles[role]
    place = () if own_page else (w("pageBreakBefore", val="0"),)
    return bookmarked(style, anchor_of(number), number, heading.text, place)


def _distance(above: Block | None, block: Block) -> str:
    """What running text keeps from a table without a source, or from a list, straight above it;
    empty when it is up to the styles. Word takes no distance below a table from any style."""
    if isinstance(above, Figure) and not above.table.source:
        return _BELOW_TABLE
    after_list = _is_item(above) and isinstance(block, Paragraph) and not _is_item(block)
    return _BELOW_LIST if after_list else ""


def _is_item(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style in _LISTS


def _content(block: Block, pen: Pen, before: str) -> Iterator[Element]:
    listed = pen.lists.place(block)
    if isinstance(block, Placed):
        yield from _placed(block, pen)
    elif isinstance(block, Paragraph):
        distance = (w("spacing", before=before),) if before else ()
        # In the order of the schema: list, distance, indent (ECMA-376 part 1 §17.3.1.26).
        place = (*listed[:1], *distance, *listed[1:])
        yield paragraph(pen.styles[block.style], *_runs(block.runs, pen), properties=place)


def _placed(block: Placed, pen: Pen) -> Iterator[Element]:
    """Caption, table or drawing, and source, kept together on one page."""
    shown = block.table if isinstance(block, Figure) else block
    yield pen.captions.caption(place_of(block), shown.caption, pen.styles["caption"])
    if isinstance(block, Figure):
        yield from table_elements(block.table, pen.notes, pen.styles)
    else:
        yield _drawn(block, pen)
    words = list(_source(block, shown.source, pen))
    if words:
        yield paragraph(pen.styles["source"], *words)


def _drawn(block: Chart | TileMap, pen: Pen) -> Element:
    """A drawing in a line of its own. Single spacing: with a multiple Word leaves that part of the
    drawing's height empty above it."""
    name = pen.captions.name(place_of(block))
    single = w("spacing", line=str(LINE), lineRule="auto")
    drawing = _drawing(block, name, pen)
    return paragraph(pen.styles["body"], drawing, properties=(w("keepNext"), single))


def _drawing(block: Chart | TileMap, name: str, pen: Pen) -> Element:
    if isinstance(block, TileMap):
        return pen.drawings.tile_map(block, name, pen.styles["table text"])
    return pen.drawings.chart(block, name)


def _source(block: Placed, source: str, pen: Pen) -> Iterator[Element]:
    """Where the numbers are from; below a drawing also the table that they stand in."""
    if source:
        yield run(pen.texts("kalla"), bold=True)
        yield run(clean_text(source))
    if not isinstance(block, Figure):
        # Who cannot see the drawing finds its numbers there, as does who wants to recount them.
        yield run(pen.texts("talen"))
        yield from pen.captions.reference(Reference("tabell", block.table))
        yield run(".")


def _runs(runs: Sequence[Inline], pen: Pen) -> Iterator[Element]:
    for item in runs:
        if isinstance(item, Note):
            yield from pen.notes.tagged(item.runs)
        elif isinstance(item, Reference):
            yield from pen.captions.reference(item)
        elif isinstance(item, Text):
            yield from pen.tags.tagged(item.tag, item.text, pen.links.run(item))
