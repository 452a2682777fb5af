"""texter.docx as it is offered: every section of the report with its present text, to be written on
in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.findings.texts import Texts
from toolkit.report.blocks import Heading, Inline, Note, Paragraph, Text
from toolkit.report.editorial.manuscript import ManuscriptBlock, ManuscriptSection, ManuscriptTable
from toolkit.word.ooxml.elements import Element, inside, paragraph, run, w
from toolkit.word.ooxml.names import wn
from toolkit.word.write.blocks import bookmarked
from toolkit.word.write.links import Links, links_of
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.numbertags import NumberTags
from toolkit.word.write.opening import open_template
from toolkit.word.write.render import saved, set_properties
from toolkit.word.write.styles import heading_style
from toolkit.word.write.tables import WIDTH, cell, header_row
from toolkit.words.cleantext import clean_text

_HELP = 9  # the most texts that stand above the sections
_NO_ITEM = Heading(3, "")  # what ends a list
# As in tables.py: 0x20 is the first row, 0x400 no bands of columns.
_LOOK = {"val": "0420", "firstRow": "1", "lastRow": "0", "firstColumn": "0", "noVBand": "1"}


@dataclass(frozen=True, slots=True)
class _OutlinePen:
    """What is at hand where a section is written."""

    styles: dict[str, str]
    notes: Footnotes
    links: Links
    lists: Lists
    tags: NumberTags


def help_texts(texts: Texts) -> list[str]:
    """What stands above the sections: the title, and how the file is used."""
    names = ["texter.titel", *(f"texter.om_{number}" for number in range(1, _HELP + 1))]
    return [texts(name) for name in names if name in texts.entries]


def write_outline(sections: Sequence[ManuscriptSection], texts: Texts, template: Path) -> bytes:
    """The file as bytes, the same every time, in the styles of the report's template. Raises
    TemplateError, OSError."""
    document, styles = open_template(template)
    notes = Footnotes(styles["note"], styles["mark"], styles["link"])
    pen = _OutlinePen(
        styles, notes, links_of(document, styles["link"]), Lists(document), NumberTags()
    )
    title, *helps = help_texts(texts)
    end = document.element.body.find(wn("sectPr"))
    for element in (*_top(title, helps, styles), *_sections(sections, pen)):
        end.addprevious(element)
    notes.attach(document)
    set_properties(document, title, "")
    return saved(document)


def _top(title: str, helps: Sequence[str], styles: dict[str, str]) -> Iterator[Element]:
    high = (w("spacing", before="0"),)
    yield paragraph(styles["subtitle"], run(title, bold=True), properties=high)
    for text in helps:
        yield paragraph(styles["body"], run(text))


def _sections(sections: Sequence[ManuscriptSection], pen: _OutlinePen) -> Iterator[Element]:
    for number, section in enumerate(sections, 1):
        yield _heading(section, number, pen)
        for piece in section.pieces:
            yield _piece(piece, pen)


def _heading(section: ManuscriptSection, number: int, pen: _OutlinePen) -> Element:
    """The heading, its mark a bookmark around it: Word, LibreOffice and others keep bookmarks when
    the text in them is changed. No heading begins a page, to make the file short."""
    style = pen.styles[heading_style(section.level, numbered=section.numbered)]
    here = (w("pageBreakBefore", val="0"),)
    return bookmarked(style, str(section.mark), number, section.heading, here)


def _piece(piece: ManuscriptBlock, pen: _OutlinePen) -> Element:
    # Asked of every piece, since what is no item ends the list before it.
    place = pen.lists.place(piece if isinstance(piece, Paragraph) else _NO_ITEM)
    if isinstance(piece, ManuscriptTable):
        return _table(piece, pen)
    if isinstance(piece, Heading):
        return paragraph(pen.styles["h3"], run(clean_text(piece.text)))
    return paragraph(pen.styles[piece.style], *_runs(piece.runs, pen), properties=place)


def _runs(runs: Sequence[Inline], pen: _OutlinePen) -> Iterator[Element]:
    for item in runs:
        if isinstance(item, Note):
            yield pen.notes.call(item.runs)
        elif isinstance(item, Text):
            yield from pen.tags.tagged(item.tag, item.text, pen.links.run(item))


def _table(grid: ManuscriptTable, pen: _OutlinePen) -> Element:
    """A table that a person has written, as it may be written on: its columns are as wide as each
    other, and Word may change them."""
    columns = len(grid.rows[0])
    width = WIDTH // columns
    properties = inside(
        w("tblPr"),
        w("tblStyle", val=pen.styles["table"]),
        w("tblW", w=str(WIDTH), type="dxa"),
        w("tblLook", **_LOOK),
    )
    widths = inside(w("tblGrid"), *(w("gridCol", w=str(width)) for _ in range(columns)))
    rows = [_row(row, number, width, pen) for number, row in enumerate(grid.rows)]
    return inside(w("tbl"), properties, widths, *rows)


def _row(cells: Sequence[Sequence[Inline]], number: int, width: int, pen: _OutlinePen) -> Element:
    row = w("tr") if number else header_row()
    for runs in cells:
        row.append(cell(width, paragraph(pen.styles["table text"], *_runs(runs, pen))))
    return row
