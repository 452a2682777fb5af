"""The table of contents as Word makes it, with the page numbers already in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.report.blocks import Heading
from toolkit.word.ooxml.elements import (
    Element,
    field,
    field_mark,
    inside,
    opened_field,
    paragraph,
    run,
    tab,
    value,
    w,
)
from toolkit.word.ooxml.names import wn
from toolkit.words.cleantext import clean_text

DEEPEST = 2  # heading levels that are listed
_FIELD = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'
"""Of headings (`\\o`) and outline levels (`\\u`), as links (`\\h`), without page numbers in Word's
web view (`\\z`): ECMA-376 part 1 §17.16.5.68."""


def contents(headings: Sequence[Heading], styles: Mapping[str, str]) -> Iterator[Element]:
    """A line for each heading, linked to it; all of them are the result of one field, so that Word
    can renew it. The pages are not known before everything has its place."""
    lines = list(_lines(headings, styles))
    if lines:
        _begin(lines[0])
        lines[-1].append(field_mark("end"))
    yield from lines


def _lines(headings: Sequence[Heading], styles: Mapping[str, str]) -> Iterator[Element]:
    for number, (heading, label) in enumerate(zip(headings, _labels(headings), strict=True), 1):
        if heading.level <= DEEPEST and heading.listed:
            anchor = anchor_of(number)
            words = run(label + clean_text(heading.text))
            # As each line of Word's own: a link around the words, the tab and the page.
            page = field(f"PAGEREF {anchor} \\h", "1")
            link = inside(w("hyperlink", anchor=anchor, history="1"), words, tab(), *page)
            yield paragraph(styles[f"toc{heading.level}"], link)


def fill_pages(lines: Iterable[Element], pages: Mapping[str, int]) -> None:
    """Write the page of each heading in its line."""
    for line in lines:
        link = line.find(wn("hyperlink"))
        *_, page = link.iter(wn("t"))
        page.text = str(pages[value(link, "anchor")])


def _begin(line: Element) -> None:
    """The field begins before the first line's text, after the paragraph's properties."""
    for place, part in enumerate(opened_field(_FIELD), 1):
        line.insert(place, part)


def anchor_of(number: int) -> str:
    """The bookmark of the report's nth heading; hidden in Word's list, as those of its own contents
    are: a name that begins with `_` is."""
    return f"_avsnitt{number}"


def _labels(headings: Sequence[Heading]) -> Iterator[str]:
    """`2. ` and `2.1. ` as the headings are numbered; nothing for those that are not listed."""
    chapter = section = 0
    for heading in headings:
        if not heading.numbered or heading.level > DEEPEST:
            yield ""
        elif heading.level == 1:
            chapter, section = chapter + 1, 0
            yield f"{chapter}. "
        else:
            section += 1
            yield f"{chapter}.{section}. "
