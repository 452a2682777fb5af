"""The report's blocks as a Word document in the agency's own styles."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import docx
from docx.oxml.parser import oxml_parser
from lxml import etree

from toolkit.files.errors import LansrapportError
from toolkit.files.zip import repack
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
from toolkit.report.prose import Report
from toolkit.word.measure.looks import TextLook, read_looks
from toolkit.word.measure.pages import find_pages, sheet_of
from toolkit.word.write.captions import Captions, number_captions
from toolkit.word.write.contents import anchor_of, contents, fill_pages
from toolkit.word.write.drawings import Drawings
from toolkit.word.write.frame import set_frame
from toolkit.word.write.grid import table_elements
from toolkit.word.write.links import Links, links_of
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.sections import lay_down
from toolkit.word.write.xml import Element, W, inside, paragraph, run, w
from toolkit.words.cleantext import clean_text

_STYLES = {
    "body": "Normal",
    "title": "Title",
    "subtitle": "Subtitle",
    "h1": "heading 1",
    "h2": "heading 2",
    "h3": "heading 3",
    "plain": "Rubrik utan nummer",
    "bullet": "List Bullet",
    "quote": "Quote",
    "caption": "caption",
    "source": "Källa",
    "table text": "Tabelltext",
    "table": "Tabell",
    "note": "footnote text",
    "mark": "footnote reference",
    "number": "List Bullet",
    "header": "header",
    "footer": "footer",
    "toc1": "toc 1",
    "toc2": "toc 2",
    "link": "Hyperlink",
    "reference": "Referens",
}

_LISTS = {"bullet", "number"}
_IMPRINT = 9400  # twentieths of a point above the lines of the imprint page


class TemplateError(LansrapportError):
    """The style template lacks a style; the text names it."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What is at hand where a block is written: the styles' ids, and what the document collects on
    the way."""

    styles: dict[str, str]
    texts: Texts
    notes: Footnotes
    captions: Captions
    drawings: Drawings
    lists: Lists
    links: Links


def render_report(report: Report, template: Path) -> bytes:
    """The report as .docx bytes, the same every time. Raises TemplateError, OSError."""
    document = docx.Document(io.BytesIO(template.read_bytes()))
    styles = style_ids(document, template.name)
    styles["plain 2"] = unnumbered_section(document, styles)
    links = links_of(document, styles["link"])
    notes = Footnotes(styles["note"], styles["mark"], styles["link"])
    captions = number_captions(report.blocks, report.texts)
    pen = Pen(styles, report.texts, notes, captions, Drawings(document), Lists(document), links)
    pages = _fill(document, report, pen)
    notes.attach(document)
    set_frame(document, report, styles, pages)
    _set_properties(document, report)
    target = io.BytesIO()
    document.save(target)
    return repack(target.getvalue())


def _looks(document: Any) -> dict[str, TextLook]:
    return read_looks(document.styles.element, document.part.numbering_part.element)


def style_ids(document: Any, name: str) -> dict[str, str]:
    """Ids by role, found by the styles' names: a Swedish Word gives its own ids but keeps the
    names."""
    known = {
        (style.find(f"{{{W}}}name").get(f"{{{W}}}val") or "").casefold(): style.get(
            f"{{{W}}}styleId"
        )
        for style in document.styles.element.findall(f"{{{W}}}style")
    }
    for wanted in _STYLES.values():
        if wanted.casefold() not in known:
            raise TemplateError(f"{name}: formatmallen ”{wanted}” saknas")
    return {role: known[wanted.casefold()] for role, wanted in _STYLES.items()}


def unnumbered_section(document: Any, styles: dict[str, str]) -> str:
    """The id of a style for sections without a number, which begin a page: made from the template's
    own."""
    name = "Avsnittutannummer"
    look = (
        w("pageBreakBefore"),
        inside(w("numPr"), w("numId", val="0")),
        w("ind", left="0", firstLine="0"),
    )
    style = inside(
        w("style", type="paragraph", customStyle="1", styleId=name),
        w("name", val="Avsnitt utan nummer"),
        w("basedOn", val=styles["h2"]),
        w("next", val=styles["body"]),
        w("qFormat"),
        inside(w("pPr"), *look),
    )
    if all(known.get(f"{{{W}}}styleId") != name for known in document.styles.element):
        document.styles.element.append(etree.fromstring(etree.tostring(style), oxml_parser))
    return name


def _fill(document: Any, report: Report, pen: Pen) -> int:
    """Everything from cover to end, and the number of pages. The contents are written first, and
    get their pages when the rest stands in its place. A letter without a cover has no contents."""
    body = document.element.body
    end = body.find(f"{{{W}}}sectPr")
    lines = list(_contents(report, pen.styles)) if report.cover else []
    before = list(_imprint(report, pen.styles)) if report.imprint else []
    before += [_contents_heading(report.texts, pen.styles)] if report.cover else []
    for element in chain(_cover(report, pen.styles), before, lines, _chapters(report, pen)):
        end.addprevious(element)
    lay_down(body, {pen.styles[role] for role in ("h1", "plain", "plain 2")})
    pages, count = find_pages(list(body)[:-1], pen.notes.made, _looks(document), sheet_of(end))
    fill_pages(lines, pages)
    return count


def _contents(report: Report, styles: dict[str, str]) -> Iterator[Element]:
    return contents([block for block in report.blocks if isinstance(block, Heading)], styles)


def _chapters(report: Report, pen: Pen) -> Iterator[Element]:
    number = 0
    above: Block | None = None
    for block in report.blocks:
        if isinstance(block, Heading):
            number += 1
            yield _heading(block, number, pen.styles, own_page=report.cover)
        else:
            yield from _content(block, pen, _distance(above, block))
        above = block


def _distance(above: Block | None, block: Block) -> str:
    """What running text keeps from a table without a source, or from a list, straight above it;
    empty when it is up to the styles."""
    if isinstance(above, Figure) and not above.table.source:
        return "240"
    ends = isinstance(above, Paragraph) and above.style in _LISTS
    return "120" if ends and isinstance(block, Paragraph) and block.style not in _LISTS else ""


def _cover(report: Report, styles: dict[str, str]) -> Iterator[Element]:
    """The titles; high on the page when the text follows below them."""
    texts = report.texts
    place = () if report.cover else (w("spacing", before="0"),)
    yield paragraph(styles["title"], run(texts("titel")), properties=place)
    yield paragraph(styles["subtitle"], run(texts("undertitel", year=report.year)))
    yield paragraph(styles["body"], run(texts("avsandare")))
    yield paragraph(styles["body"], run(texts("exempel"), bold=True))


def _imprint(report: Report, styles: dict[str, str]) -> Iterator[Element]:
    """The page behind the cover, its lines at the foot: title, place and month, number, register,
    contact."""
    texts = report.texts
    low = (w("pageBreakBefore"), w("spacing", before=str(_IMPRINT)))
    yield paragraph(styles["body"], run(texts("titel"), bold=True), properties=low)
    yield paragraph(styles["body"], run(texts("undertitel", year=report.year)))
    yield paragraph(styles["body"], run(texts("avsandare")))
    for line in ("ort", "nummer", "dnr", "kontakt"):
        yield paragraph(styles["body"], run(texts(f"tryckort.{line}")))


def _contents_heading(texts: Texts, styles: dict[str, str]) -> Element:
    properties = (w("pageBreakBefore"),)
    return paragraph(styles["subtitle"], run(texts("innehall"), bold=True), properties=properties)


def _heading(heading: Heading, number: int, styles: dict[str, str], *, own_page: bool) -> Element:
    own = "" if heading.numbered else "plain" if heading.level == 1 else "plain 2"
    style = styles[own or f"h{heading.level}"]
    place = () if own_page else (w("pageBreakBefore", val="0"),)
    start = w("bookmarkStart", id=str(number), name=anchor_of(number))
    return paragraph(
        style,
        start,
        run(clean_text(heading.text)),
        w("bookmarkEnd", id=str(number)),
        properties=place,
    )


def _content(block: Block, pen: Pen, before: str) -> Iterator[Element]:
    numbers, indent = (*pen.lists.place(block), None, None)[:2]
    if isinstance(block, Placed):
        yield from _placed(block, pen)
    elif isinstance(block, Paragraph):
        distance = w("spacing", before=before) if before else None
        place = tuple(own for own in (numbers, distance, indent) if own is not None)
        yield paragraph(pen.styles[block.style], *_runs(block.runs, pen), properties=place)


def _placed(block: Placed, pen: Pen) -> Iterator[Element]:
    """Caption, table or drawing, and source, kept together on one page."""
    place = place_of(block)
    shown = block.table if isinstance(block, Figure) else block
    yield pen.captions.caption(place, shown.caption, pen.styles["caption"])
    if isinstance(block, Figure):
        yield from table_elements(block.table, pen.notes, pen.styles)
    else:
        name = pen.captions.name(place)
        single = w("spacing", line="240", lineRule="auto")
        yield paragraph(
            pen.styles["body"], _drawing(block, name, pen), properties=(w("keepNext"), single)
        )
    words = (
        [run(pen.texts("kalla"), bold=True), run(clean_text(shown.source))] if shown.source else []
    )
    if not isinstance(block, Figure):
        words += [
            run(pen.texts("talen")),
            *pen.captions.reference(Reference("tabell", block.table)),
            run("."),
        ]
    if words:
        yield paragraph(pen.styles["source"], *words)


def _drawing(block: Chart | TileMap, name: str, pen: Pen) -> Element:
    if isinstance(block, TileMap):
        return pen.drawings.tile_map(block, name, pen.styles["table text"])
    return pen.drawings.chart(block, name)


def _runs(runs: Sequence[Inline], pen: Pen) -> Iterator[Element]:
    for item in runs:
        if isinstance(item, Note):
            yield pen.notes.call(item.runs)
        elif isinstance(item, Reference):
            yield from pen.captions.reference(item)
        elif isinstance(item, Text):
            yield pen.links.run(item)


def _set_properties(document: Any, report: Report) -> None:
    """Title, language and fixed dates; nothing of the machine or the person."""
    properties = document.core_properties
    properties.title = report.texts("titel")
    properties.subject = report.texts("undertitel", year=report.year)
    properties.author = properties.last_modified_by = report.texts("avsandare")
    properties.language = "sv-SE"
    properties.comments = ""
    properties.created = properties.modified = datetime(2021, 1, 1)
