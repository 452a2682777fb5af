"""Running headers, and footers with `6 (38)`, for every section of a document."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.parser import oxml_parser
from lxml import etree

from toolkit.report.prose import Report
from toolkit.word.write.grid import WIDE
from toolkit.word.write.sections import lies
from toolkit.word.write.xml import Element, W, field, inside, paragraph, run, tab, w

_REFERENCES = {f"{{{W}}}headerReference", f"{{{W}}}footerReference"}
_TYPE, _FOOTER = f"{{{W}}}type", f"{{{W}}}footerReference"


def set_frame(document: Any, report: Report, styles: dict[str, str], count: int) -> None:
    """The running header, and the footer with `6 (38)` as fields; none of them on the cover. In a
    report that is bound like a book the even pages have the subtitle above, and their number to the
    left."""
    first, *others = document.sections
    document.settings.odd_and_even_pages_header_footer = report.cover
    first.different_first_page_header_footer = True
    subtitle = report.texts("undertitel", year=report.year)
    _replace(first.header, paragraph(styles["header"], run(report.texts("sidhuvud"))))
    if report.cover:
        _replace(first.even_page_header, paragraph(styles["header"], run(subtitle)))
    _set_footers(first, report, styles["footer"], count)
    for blank in (first.first_page_header, first.first_page_footer):
        blank.is_linked_to_previous = False
    lying = [section for section in others if lies(section._sectPr)]
    if lying:
        tabs = _wide_tabs(document, styles["footer"])
        _set_footers(lying[0], report, styles["footer"], count, tabs)
    for section in others:
        _share(lying[0] if section in lying else first, first, section)


def _set_footers(section: Any, report: Report, style: str, count: int, *tabs: Element) -> None:
    words = run(report.texts("sidfot", year=report.year))
    _replace(section.footer, paragraph(style, words, tab(), *_page_of(count), properties=tabs))
    if report.cover:
        even = (*_page_of(count), tab(), deepcopy(words))
        _replace(section.even_page_footer, paragraph(style, *even, properties=deepcopy(tabs)))


def _page_of(count: int) -> list[Element]:
    """`6 (38)` as fields."""
    return [*field("PAGE", "2"), run(" ("), *field("NUMPAGES", str(count)), run(")")]


def _wide_tabs(document: Any, style: str) -> Element:
    """The footer's right end at the margin of a page that lies down, in place of those that its
    style has."""
    own = next(one for one in document.styles.element if one.get(f"{{{W}}}styleId") == style)
    places = [stop.get(f"{{{W}}}pos") for stop in own.iter(f"{{{W}}}tab")]
    cleared = (w("tab", val="clear", pos=place) for place in places)
    return inside(w("tabs"), *cleared, w("tab", val="right", pos=str(WIDE)))


def _share(footers: Any, headers: Any, section: Any) -> None:
    """Headers and footers of other sections, said again: what is not said is inherited from the
    section before."""
    said = [one for one in section._sectPr if one.tag in _REFERENCES]
    models = [one for one in headers._sectPr if one.tag != _FOOTER]
    models += [one for one in footers._sectPr if one.tag == _FOOTER]
    shared = [
        deepcopy(one) for one in models if one.tag in _REFERENCES and one.get(_TYPE) != "first"
    ]
    for old in said:
        section._sectPr.remove(old)
    for place, one in enumerate(shared):
        section._sectPr.insert(place, one)


def _replace(story: Any, content: Element) -> None:
    story.is_linked_to_previous = False
    for old in list(story._element):
        story._element.remove(old)
    story._element.append(etree.fromstring(etree.tostring(content), oxml_parser))
