"""What stands before the first chapter: the titles, the imprint page, the heading of the contents.
All words are those of texter/rapport.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.findings.texts import Texts
from toolkit.report.prose import Report
from toolkit.word.ooxml.elements import Element, paragraph, run, w

_LOW = 9400  # twentieths of a point above the lines of the imprint page
_LINES = ("ort", "nummer", "dnr", "kontakt")


def cover(report: Report, styles: Mapping[str, str]) -> Iterator[Element]:
    """The titles; high on the page when the text follows below them."""
    texts = report.texts
    place = () if report.cover else (w("spacing", before="0"),)
    yield paragraph(styles["title"], run(texts("titel")), properties=place)
    yield paragraph(styles["subtitle"], run(texts("undertitel", year=report.year)))
    yield paragraph(styles["body"], run(texts("avsandare")))
    for said in filter(None, (report.remark, report.draft)):
        yield paragraph(styles["body"], run(said, bold=True))


def imprint(report: Report, styles: Mapping[str, str]) -> Iterator[Element]:
    """The page behind the cover, its lines at the foot: title, place and month, number, register,
    contact."""
    texts = report.texts
    low = (w("pageBreakBefore"), w("spacing", before=str(_LOW)))
    yield paragraph(styles["body"], run(texts("titel"), bold=True), properties=low)
    yield paragraph(styles["body"], run(texts("undertitel", year=report.year)))
    yield paragraph(styles["body"], run(texts("avsandare")))
    for line in _LINES:
        yield paragraph(styles["body"], run(texts(f"tryckort.{line}")))


def contents_heading(texts: Texts, styles: Mapping[str, str]) -> Element:
    """Not in a style for headings: it would be listed in the contents that it stands above."""
    properties = (w("pageBreakBefore"),)
    return paragraph(styles["subtitle"], run(texts("innehall"), bold=True), properties=properties)
