"""The report's blocks as a Word document in the agency's own styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.opc.pkgwriter import PackageWriter

from toolkit.files.zip import repack, write_package
from toolkit.report.blocks import Heading
from toolkit.report.prose import Report
from toolkit.word.measure.looks import TextLook, read_looks
from toolkit.word.measure.pages import find_pages, text_area
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import wn
from toolkit.word.write.blocks import Pen, write_blocks
from toolkit.word.write.captions import number_captions
from toolkit.word.write.contents import contents, fill_pages
from toolkit.word.write.cover import contents_heading, cover, imprint
from toolkit.word.write.drawings import Drawings
from toolkit.word.write.headers import set_headers
from toolkit.word.write.links import links_of
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.numbertags import NumberTags
from toolkit.word.write.opening import open_template
from toolkit.word.write.sections import lay_down

_WRITER: Any = PackageWriter
_BEGIN_PAGES = ("h1", "plain", "plain 2")  # the styles of headings that begin a page
_MADE = datetime(2021, 1, 1)  # fixed, so that two runs give the same bytes


def render_report(report: Report, template: Path) -> bytes:
    """The report as .docx bytes, the same every time. Raises TemplateError, OSError."""
    document, styles = open_template(template)
    pen = _pen(document, report, styles)
    pages = _fill(document, report, pen)
    # After all text: the part holds the notes that were called while it was written.
    pen.notes.attach(document)
    set_headers(document, report, pen.styles, pages)
    _set_properties(document, report)
    return saved(document)


def saved(document: Any) -> bytes:
    """A document's bytes, the same every time."""
    package, parts = document.part.package, _SavedParts()
    for part in package.parts:
        part.before_marshal()
    # As python-docx saves, but into no archive of its own: that would hold the time, which an
    # archive has no room for when the machine's clock stands before 1980.
    _WRITER._write_content_types_stream(parts, package.parts)
    _WRITER._write_pkg_rels(parts, package.rels)
    _WRITER._write_parts(parts, package.parts)
    return repack(write_package(parts.written))


@dataclass
class _SavedParts:
    """Takes the parts of a package as python-docx writes them."""

    written: list[tuple[str, bytes]] = field(default_factory=list)

    def write(self, name: Any, data: bytes) -> None:
        """One part, by its PackURI."""
        self.written.append((name.membername, data))


def set_properties(document: Any, title: str, author: str, subject: str | None = None) -> None:
    """Title, language and fixed dates; nothing of the machine or the person. Screen readers say the
    title, and choose their voice by the language."""
    properties = document.core_properties
    properties.title = title
    if subject is not None:
        properties.subject = subject
    properties.author = properties.last_modified_by = author
    properties.language = "sv-SE"
    properties.comments = ""
    properties.created = properties.modified = _MADE


def _pen(document: Any, report: Report, styles: dict[str, str]) -> Pen:
    tags = NumberTags()
    return Pen(
        styles,
        report.texts,
        Footnotes(styles["note"], styles["mark"], styles["link"], tags),
        number_captions(report.blocks, report.texts),
        Drawings(document),
        Lists(document),
        links_of(document, styles["link"]),
        tags,
    )


def _fill(document: Any, report: Report, pen: Pen) -> int:
    """Everything from cover to end, and the number of pages. The contents are written first, and
    get their pages when the rest stands in its place. A letter without a cover has no contents."""
    body = document.element.body
    end = body.find(wn("sectPr"))
    lines = _contents(report, pen)
    _append(end, cover(report, pen.styles))
    if report.imprint:
        _append(end, imprint(report, pen.styles))
    if report.cover:
        _append(end, [contents_heading(report.texts, pen.styles), *lines])
    _append(end, write_blocks(report.blocks, pen, bound=report.cover))
    # Before the pages are counted: a lying page holds fewer lines.
    lay_down(body, {pen.styles[role] for role in _BEGIN_PAGES})
    # Without the last section's properties, which end the body.
    pages, count = find_pages(list(body)[:-1], pen.notes.made, _looks(document), text_area(end))
    fill_pages(lines, pages)
    return count


def _append(end: Element, elements: Iterable[Element]) -> None:
    """Before the properties of the last section, which end the body. One at a time: a table's rows
    are made where it stands."""
    for element in elements:
        end.addprevious(element)


def _contents(report: Report, pen: Pen) -> list[Element]:
    if not report.cover:
        return []
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    return list(contents(headings, pen.styles))


def _looks(document: Any) -> dict[str, TextLook]:
    return read_looks(document.styles.element, document.part.numbering_part.element)


def _set_properties(document: Any, report: Report) -> None:
    subject = report.texts("undertitel", year=report.year)
    set_properties(document, report.texts("titel"), report.texts("avsandare"), subject)
