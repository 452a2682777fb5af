"""Running headers, and footers with `6 (38)`, for every section of a document. What the template
has in its own headers and footers, words and pictures, stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import filterfalse
from typing import Any

from toolkit.report.prose import Report
from toolkit.word.ooxml.elements import (
    Element,
    docx_element,
    field,
    inside,
    paragraph,
    run,
    tab,
    text_in,
    value,
    w,
)
from toolkit.word.ooxml.names import wn
from toolkit.word.write.sections import lies
from toolkit.word.write.tables import WIDE

_HEADER, _FOOTER = wn("headerReference"), wn("footerReference")
_PICTURES = (wn("drawing"), wn("pict"))
_ANY_PAGE = "2"  # what the field of the page says until Word or LibreOffice lays out the pages


def set_headers(document: Any, report: Report, styles: Mapping[str, str], count: int) -> None:
    """The running header, and the footer with `6 (38)` as fields; none of them on the cover. In a
    report that is bound like a book the even pages have the subtitle above, and their number to the
    left."""
    first, *others = document.sections
    # A header that the template has for all pages would be missing on the even ones.
    bound = report.cover and not _has_own(first)
    document.settings.odd_and_even_pages_header_footer = bound
    first.different_first_page_header_footer = True
    _set_header(first, report, styles["header"])
    _set_footers(first, report, styles["footer"], count)
    _set_cover(first, report, styles["header"])
    lying = [section for section in others if lies(section._sectPr)]
    if lying:
        tabs = _wide_tabs(document, styles["footer"])
        _set_footers(lying[0], report, styles["footer"], count, tabs)
    for section in others:
        # A template whose first page is another has that only once: on the cover.
        section.different_first_page_header_footer = False
        _share(lying[0] if section in lying else first, first, section)


def _set_cover(section: Any, report: Report, style: str) -> None:
    """Nothing above and below the cover, but that a draft is one."""
    for blank in (section.first_page_header, section.first_page_footer):
        blank.is_linked_to_previous = False
    if report.draft:
        _write(section.first_page_header, paragraph(style, run(report.draft)))


def _has_own(section: Any) -> bool:
    """Whether the template has something in its header or footer, and nothing for even pages."""
    own = (section.header, section.footer)
    even = (section.even_page_header, section.even_page_footer)
    return any(map(_is_filled, own)) and not any(map(_is_filled, even))


def _is_filled(story: Any) -> bool:
    return not story.is_linked_to_previous and (_has_words(story) or _has_picture(story))


def _has_words(story: Any) -> bool:
    return bool(text_in(story._element).strip())


def _has_picture(story: Any) -> bool:
    return next(story._element.iter(*_PICTURES), None) is not None


def _set_header(section: Any, report: Report, style: str) -> None:
    """The running header; a draft says so first."""
    texts, draft = report.texts, f"{report.draft} " if report.draft else ""
    _write_header(section.header, report, style, draft + texts("sidhuvud"))
    if report.cover:
        subtitle = draft + texts("undertitel", year=report.year)
        _write_header(section.even_page_header, report, style, subtitle)


def _write_header(story: Any, report: Report, style: str, words: str) -> None:
    """The template's own words stand in place of the report's; that it is a draft is always
    said."""
    said = report.draft if _is_filled(story) and _has_words(story) else words
    if said:
        _write(story, paragraph(style, run(said)))


def _set_footers(section: Any, report: Report, style: str, count: int, *tabs: Element) -> None:
    words = run(report.texts("sidfot", year=report.year))
    line = paragraph(style, words, tab(), *_page_of(count), properties=tabs)
    _write_footer(section.footer, report, line)
    if report.cover:
        even = (*_page_of(count), tab(), deepcopy(words))
        line = paragraph(style, *even, properties=deepcopy(tabs))
        _write_footer(section.even_page_footer, report, line)


def _write_footer(story: Any, report: Report, line: Element) -> None:
    """Nothing where the template numbers the pages itself, but for what must be said on each: that
    it is a draft, or that its figures are invented."""
    if report.draft or report.remark or not _is_numbered(story):
        _write(story, line)


def _is_numbered(story: Any) -> bool:
    codes = " ".join(code.text or "" for code in story._element.iter(wn("instrText")))
    return not story.is_linked_to_previous and "PAGE" in codes.split()


def _page_of(count: int) -> list[Element]:
    """`6 (38)` as fields."""
    return [*field("PAGE", _ANY_PAGE), run(" ("), *field("NUMPAGES", str(count)), run(")")]


def _wide_tabs(document: Any, style: str) -> Element:
    """The footer's right end at the margin of a page that lies down, in place of those that its
    style has."""
    own = next(one for one in document.styles.element if value(one, "styleId") == style)
    places = [value(stop, "pos") for stop in own.iter(wn("tab"))]
    cleared = (w("tab", val="clear", pos=place) for place in places)
    return inside(w("tabs"), *cleared, w("tab", val="right", pos=str(WIDE)))


def _share(footers: Any, headers: Any, section: Any) -> None:
    """Headers and footers of other sections, said again: what is not said is inherited from the
    section before (ECMA-376 part 1 §17.10.5), and that one may lie down."""
    models = [*_references(headers, _HEADER), *_references(footers, _FOOTER)]
    for old in _references(section, _HEADER, _FOOTER):
        section._sectPr.remove(old)
    # They come first among a section's properties (§17.6.17).
    for place, one in enumerate(filterfalse(_is_of_cover, models)):
        section._sectPr.insert(place, deepcopy(one))


def _references(section: Any, *kinds: str) -> list[Element]:
    """What a section's properties say of its headers or footers."""
    return [one for one in section._sectPr if one.tag in kinds]


def _is_of_cover(reference: Element) -> bool:
    return value(reference, "type") == "first"


def _write(story: Any, content: Element) -> None:
    """A line below what the template has in its header or footer: a logotype, an address."""
    story.is_linked_to_previous = False
    for old in list(story._element):
        if not text_in(old).strip() and next(old.iter(*_PICTURES), None) is None:
            story._element.remove(old)
    story._element.append(docx_element(content))
