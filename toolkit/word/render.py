"""The report's blocks as a Word document in the agency's own styles."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.oxml.parser import oxml_parser
from lxml import etree

from toolkit.messages import Texts
from toolkit.package import repack
from toolkit.report.blocks import Block, Figure, Heading, Inline, Note, Paragraph, Text
from toolkit.report.prose import Report
from toolkit.textclean import clean_text
from toolkit.word.grid import table_element
from toolkit.word.notes import Footnotes
from toolkit.word.xml import Element, W, field, inside, paragraph, run, tab, w

_STYLES = {
    "body": "Normal", "title": "Title", "subtitle": "Subtitle", "h1": "heading 1", "h2": "heading 2", "h3": "heading 3",
    "plain": "Rubrik utan nummer", "bullet": "List Bullet", "quote": "Quote", "caption": "caption", "source": "Källa",
    "table text": "Tabelltext", "table": "Tabell", "note": "footnote text", "mark": "footnote reference",
    "header": "header", "footer": "footer", "toc1": "toc 1", "toc2": "toc 2",
    "link": "Hyperlink", "reference": "Referens",
}  # fmt: skip


class TemplateError(Exception):
    """The style template lacks a style; the text names it."""


def render_report(report: Report, template: Path) -> bytes:
    """The report as .docx bytes, the same every time. Raises TemplateError, OSError."""
    document = docx.Document(io.BytesIO(template.read_bytes()))
    styles = _style_ids(document, template.name)
    notes = Footnotes(styles["note"], styles["mark"])
    body = document.element.body
    section = body.find(f"{{{W}}}sectPr")
    for element in _document(report, notes, styles):
        section.addprevious(element)
    notes.attach(document)
    _set_frame(document, report, styles)
    _set_properties(document, report)
    target = io.BytesIO()
    document.save(target)
    return repack(target.getvalue())


def _style_ids(document: Any, name: str) -> dict[str, str]:
    """Ids by role, found by the styles' names: a Swedish Word gives its own ids but keeps the names."""
    known = {
        (style.find(f"{{{W}}}name").get(f"{{{W}}}val") or "").casefold(): style.get(f"{{{W}}}styleId")
        for style in document.styles.element.findall(f"{{{W}}}style")
    }
    for wanted in _STYLES.values():
        if wanted.casefold() not in known:
            raise TemplateError(f"{name}: formatmallen ”{wanted}” saknas")
    return {role: known[wanted.casefold()] for role, wanted in _STYLES.items()}


def _document(report: Report, notes: Footnotes, styles: dict[str, str]) -> Iterator[Element]:
    yield from _cover(report, styles)
    if report.cover:
        headings = [block for block in report.blocks if isinstance(block, Heading)]
        yield from _contents(headings, report.texts, styles)
    number = 0
    in_references = False
    for block in report.blocks:
        if isinstance(block, Heading):
            number += 1
            in_references = block.level == 1 and not block.numbered and number > 1
            yield _heading(block, number, styles, own_page=report.cover)
        else:
            yield from _content(block, notes, styles, report.texts, in_references=in_references)


def _cover(report: Report, styles: dict[str, str]) -> Iterator[Element]:
    """The titles; high on the page when the text follows below them."""
    texts = report.texts
    place = () if report.cover else (w("spacing", before="0"),)
    yield paragraph(styles["title"], run(texts("titel")), properties=place)
    yield paragraph(styles["subtitle"], run(texts("undertitel", year=report.year)))
    yield paragraph(styles["body"], run(texts("avsandare")))
    yield paragraph(styles["body"], run(texts("exempel"), bold=True))


def _contents(headings: Sequence[Heading], texts: Texts, styles: dict[str, str]) -> Iterator[Element]:
    """Links to the headings. Page numbers are left out rather than guessed."""
    properties = (w("pageBreakBefore"),)
    yield paragraph(styles["subtitle"], run(texts("innehall"), bold=True), properties=properties)
    chapter = section = 0
    for number, heading in enumerate(headings, 1):
        if heading.level > 2:
            continue
        if heading.numbered:
            chapter, section = (chapter + 1, 0) if heading.level == 1 else (chapter, section + 1)
        label = "" if not heading.numbered else f"{chapter}. " if heading.level == 1 else f"{chapter}.{section}. "
        link = inside(w("hyperlink", anchor=_anchor(number), history="1"), run(label + heading.text))
        yield paragraph(styles[f"toc{heading.level}"], link)


def _anchor(number: int) -> str:
    return f"_avsnitt{number}"


def _heading(heading: Heading, number: int, styles: dict[str, str], *, own_page: bool) -> Element:
    style = styles[f"h{heading.level}"] if heading.numbered else styles["plain"]
    place = () if own_page else (w("pageBreakBefore", val="0"),)
    start = w("bookmarkStart", id=str(number), name=_anchor(number))
    return paragraph(style, start, run(clean_text(heading.text)), w("bookmarkEnd", id=str(number)), properties=place)


def _content(
    block: Block, notes: Footnotes, styles: dict[str, str], texts: Texts, *, in_references: bool
) -> Iterator[Element]:
    if isinstance(block, Figure):
        table = block.table
        yield paragraph(styles["caption"], run(clean_text(table.caption)))
        yield table_element(table, notes, styles)
        words = [run(texts("kalla"), bold=True), run(clean_text(table.source))] if table.source else []
        yield paragraph(styles["source"], *words)
    elif isinstance(block, Paragraph):
        style = "reference" if in_references and block.style == "bullet" else block.style
        yield paragraph(styles[style], *_runs(block.runs, notes))


def _runs(runs: Sequence[Inline], notes: Footnotes) -> Iterator[Element]:
    for item in runs:
        if isinstance(item, Note):
            yield notes.call(item.runs)
        elif isinstance(item, Text):
            yield run(clean_text(item.text), bold=item.bold, italic=item.italic)


def _set_frame(document: Any, report: Report, styles: dict[str, str]) -> None:
    """The running header, and the footer with `6 (38)` as fields; none of them on the cover."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = paragraph(styles["header"], run(report.texts("sidhuvud")))
    left = run(report.texts("sidfot", year=report.year))
    pages = [*field("PAGE", "2"), run(" ("), *field("NUMPAGES", "20"), run(")")]
    footer = paragraph(styles["footer"], left, tab(), *pages)
    _replace(section.header, header)
    _replace(section.footer, footer)
    for blank in (section.first_page_header, section.first_page_footer):
        blank.is_linked_to_previous = False


def _replace(story: Any, content: Element) -> None:
    story.is_linked_to_previous = False
    for old in list(story._element):
        story._element.remove(old)
    story._element.append(etree.fromstring(etree.tostring(content), oxml_parser))


def _set_properties(document: Any, report: Report) -> None:
    """Title, language and fixed dates; nothing of the machine or the person."""
    properties = document.core_properties
    properties.title = report.texts("titel")
    properties.subject = report.texts("undertitel", year=report.year)
    properties.author = properties.last_modified_by = report.texts("avsandare")
    properties.language = "sv-SE"
    properties.comments = ""
    properties.created = properties.modified = datetime(2021, 1, 1)
