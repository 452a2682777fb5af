"""texter.docx as it is offered: every section of the report with its present text, to be written on
in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import docx

from toolkit.files.zip import repack
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Heading, Inline, Note, Paragraph, Text
from toolkit.report.editorial.manuscript import Grid, ManuscriptBlock, ManuscriptSection
from toolkit.word.write.links import Links, links_of
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.render import style_ids, unnumbered_section
from toolkit.word.write.xml import Element, W, inside, paragraph, run, w
from toolkit.words.cleantext import clean_text

_WIDTH = 9070  # twentieths of a point
_HELP = 9  # the most texts that stand above the sections


@dataclass(frozen=True, slots=True)
class _Pen:
    styles: dict[str, str]
    notes: Footnotes
    links: Links
    lists: Lists


def help_texts(texts: Texts) -> list[str]:
    """What stands above the sections: the title, and how the file is used."""
    names = ["texter.titel", *(f"texter.om_{number}" for number in range(1, _HELP + 1))]
    return [texts(name) for name in names if name in texts.entries]


def write_outline(sections: Sequence[ManuscriptSection], texts: Texts, template: Path) -> bytes:
    """The file as bytes, the same every time, in the styles of the report's template."""
    document = docx.Document(io.BytesIO(template.read_bytes()))
    styles = style_ids(document, template.name)
    styles["plain 2"] = unnumbered_section(document, styles)
    notes = Footnotes(styles["note"], styles["mark"], styles["link"])
    pen = _Pen(styles, notes, links_of(document, styles["link"]), Lists(document))
    end = document.element.body.find(f"{{{W}}}sectPr")
    title, *helps = help_texts(texts)
    top = (w("spacing", before="0"),)
    elements = [paragraph(styles["subtitle"], run(title, bold=True), properties=top)]
    elements += [paragraph(styles["body"], run(text)) for text in helps]
    for number, section in enumerate(sections, 1):
        elements.append(_heading(section, number, pen))
        for piece in section.pieces:
            pen_place = (
                pen.lists.place(piece)
                if isinstance(piece, Paragraph)
                else pen.lists.place(Heading(3, ""))
            )
            elements.append(_piece(piece, pen, pen_place))
    for element in elements:
        end.addprevious(element)
    notes.attach(document)
    _set_properties(document, title)
    target = io.BytesIO()
    document.save(target)
    return repack(target.getvalue())


def _heading(section: ManuscriptSection, number: int, pen: _Pen) -> Element:
    """The heading, its mark a bookmark around it."""
    own = "" if section.numbered else "plain" if section.level == 1 else "plain 2"
    start = w("bookmarkStart", id=str(number), name=str(section.mark))
    here = (w("pageBreakBefore", val="0"),)
    words, end = run(clean_text(section.heading)), w("bookmarkEnd", id=str(number))
    return paragraph(pen.styles[own or f"h{section.level}"], start, words, end, properties=here)


def _piece(piece: ManuscriptBlock, pen: _Pen, place: tuple[Element, ...]) -> Element:
    if isinstance(piece, Grid):
        return _table(piece, pen)
    if isinstance(piece, Heading):
        return paragraph(pen.styles["h3"], run(clean_text(piece.text)))
    return paragraph(pen.styles[piece.style], *_runs(piece.runs, pen), properties=place)


def _runs(runs: Sequence[Inline], pen: _Pen) -> list[Element]:
    return [
        pen.notes.call(r.runs) if isinstance(r, Note) else pen.links.run(r)
        for r in runs
        if isinstance(r, Note | Text)
    ]


def _table(grid: Grid, pen: _Pen) -> Element:
    """A table that a person has written, as it may be written on."""
    width = str(_WIDTH // len(grid.rows[0]))
    look = w("tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", noVBand="1")
    properties = inside(
        w("tblPr"),
        w("tblStyle", val=pen.styles["table"]),
        w("tblW", w=str(_WIDTH), type="dxa"),
        look,
    )
    table = inside(
        w("tbl"), properties, inside(w("tblGrid"), *(w("gridCol", w=width) for _ in grid.rows[0]))
    )
    for number, row in enumerate(grid.rows):
        made = w("tr")
        if not number:
            made.append(inside(w("trPr"), w("cantSplit"), w("tblHeader")))
        for cell in row:
            words = paragraph(pen.styles["table text"], *_runs(cell, pen))
            made.append(inside(w("tc"), inside(w("tcPr"), w("tcW", w=width, type="dxa")), words))
        table.append(made)
    return table


def _set_properties(document: Any, title: str) -> None:
    """Title, language and fixed dates; nothing of the machine or the person."""
    properties = document.core_properties
    properties.title, properties.language, properties.comments = title, "sv-SE", ""
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(2021, 1, 1)
