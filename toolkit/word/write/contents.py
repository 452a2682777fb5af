"""The table of contents as Word makes it, with the page numbers already in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.report.blocks import Heading
from toolkit.word.write.xml import Element, W, field, inside, opened, paragraph, run, tab, w
from toolkit.words.cleantext import clean_text

DEEPEST = 2  # heading levels that are listed
_FIELD = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'


def contents(headings: Sequence[Heading], styles: Mapping[str, str]) -> Iterator[Element]:
    """A line for each heading, linked to it; all of them are the result of one field, so that Word
    can renew it. The pages are not known before everything has its place."""
    listed = [
        (number, heading) for number, heading in enumerate(headings, 1) if heading.level <= DEEPEST
    ]
    for (number, heading), label in zip(
        listed, _labels([heading for _, heading in listed]), strict=True
    ):
        anchor = anchor_of(number)
        page = field(f"PAGEREF {anchor} \\h", "1")
        link = inside(
            w("hyperlink", anchor=anchor, history="1"),
            run(label + clean_text(heading.text)),
            tab(),
            *page,
        )
        line = paragraph(styles[f"toc{heading.level}"], link)
        if number == listed[0][0]:
            _begin(line)
        if number == listed[-1][0]:
            line.append(inside(w("r"), w("fldChar", fldCharType="end")))
        yield line


def fill_pages(lines: Iterable[Element], pages: Mapping[str, int]) -> None:
    """Write the page of each heading in its line."""
    for line in lines:
        link = line.find(f"{{{W}}}hyperlink")
        *_, page = link.iter(f"{{{W}}}t")
        page.text = str(pages[link.get(f"{{{W}}}anchor")])


def _begin(line: Element) -> None:
    """The field begins before the first line's text."""
    for place, part in enumerate(opened(_FIELD), 1):
        line.insert(place, part)


def anchor_of(number: int) -> str:
    """The bookmark of the report's nth heading; hidden in Word's list, as those of its own contents
    are."""
    return f"_avsnitt{number}"


def _labels(headings: Sequence[Heading]) -> Iterator[str]:
    """`2. ` and `2.1. ` as the headings are numbered."""
    chapter = section = 0
    for heading in headings:
        if not heading.numbered:
            yield ""
        elif heading.level == 1:
            chapter, section = chapter + 1, 0
            yield f"{chapter}. "
        else:
            section += 1
            yield f"{chapter}.{section}. "
