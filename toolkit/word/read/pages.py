"""What a reader sees of a finished Word file: its sentences, its tables, the alternative texts of
its pictures, and the numbers behind its charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree

from toolkit.disclosure.published import Publication
from toolkit.files.zip import read_package
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import WP, C, wn
from toolkit.word.ooxml.package import NUMBERING, PARSER, STYLES, WordPackage
from toolkit.word.read.wordstyles import WordStyles
from toolkit.words.cells import column_number

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A chart's numbers lie in a workbook in the package, which anyone can open from Word.
_BOOKS = "word/embeddings/"
_STRINGS = "xl/sharedStrings.xml"
_CHARTS = "word/charts/"
_CHART = f"{{{C}}}"
_SPOKEN = ("descr", "title")


def publication_of(document: bytes, year: int, county: str, file: str) -> Publication:
    """A Word file as it is published. Raises zipfile.BadZipFile."""
    package = WordPackage.read(document)
    stories = package.stories.values()
    tables = [_rows(table) for table in _all(stories, "tbl")]
    paragraphs = [_text(paragraph) for paragraph in _all(stories, "p")]
    paragraphs += chain.from_iterable(map(_spoken, stories))
    books = [part for name, part in package.parts.items() if _is_book(name)]
    tables += chain.from_iterable(map(sheets_of, books))
    # The chart's part holds the numbers once more, as they were when it was drawn.
    charts = [part for name, part in package.parts.items() if _is_chart(name)]
    tables += chain.from_iterable(map(_series, charts))
    return Publication(year, county, file, paragraphs, tables, _sections(package))


def _sections(package: WordPackage) -> list[tuple[str, list[str]]]:
    """The headings, with the paragraphs below each up to the next."""
    found: list[tuple[str, list[str]]] = []
    roots = package.roots
    styles = WordStyles(roots.get(STYLES), roots.get(NUMBERING))
    for paragraph in package.body.iterchildren(wn("p")):
        if styles.heading_level(paragraph):
            found.append((_text(paragraph), []))
        elif found:
            found[-1][1].append(_text(paragraph))
    return found


def _spoken(root: Element) -> Iterator[str]:
    """What a program that reads aloud says of the pictures."""
    for picture in root.iter(f"{{{WP}}}docPr"):
        yield from (picture.get(name, "") for name in _SPOKEN)


def _is_chart(name: str) -> bool:
    return name.startswith(_CHARTS) and name.endswith(".xml") and "/" not in name[len(_CHARTS) :]


def _series(part: bytes) -> Iterator[list[list[str]]]:
    """A table for each series of a chart: its name, and its numbers by category."""
    for series in etree.fromstring(part, PARSER).iter(f"{_CHART}ser"):
        name = " ".join(_points(series, "tx").values())
        names, numbers = _points(series, "cat"), _points(series, "val")
        rows = [[names.get(place, ""), number] for place, number in numbers.items()]
        yield [["", name], *rows]


def _points(series: Element, part: str) -> dict[str, str]:
    """The texts of a part of a series, by their places."""
    found = series.findall(f"{_CHART}{part}")
    points = chain.from_iterable(one.iter(f"{_CHART}pt") for one in found)
    return {point.get("idx", ""): point.findtext(f"{_CHART}v") or "" for point in points}


def _all(stories: Iterable[Element], tag: str) -> Iterator[Element]:
    for root in stories:
        yield from root.iter(wn(tag))


def _is_book(name: str) -> bool:
    return name.startswith(_BOOKS) and name.endswith(".xlsx")


def _rows(table: Element) -> list[list[str]]:
    rows = table.iter(wn("tr"))
    return [[_text(cell) for cell in row.iter(wn("tc"))] for row in rows]


def _text(element: Element) -> str:
    return "".join(found.text or "" for found in element.iter(wn("t")))


def sheets_of(book: bytes) -> Iterator[list[list[str]]]:
    """The sheets of a workbook that anyone can open, as rows of texts."""
    parts = read_package(book)
    texts = _strings(parts[_STRINGS]) if _STRINGS in parts else []
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield _grid(etree.fromstring(part, PARSER), texts)


def _strings(part: bytes) -> list[str]:
    items = etree.fromstring(part, PARSER).iter(f"{_SHEET}si")
    return ["".join(found.text or "" for found in item.iter(f"{_SHEET}t")) for item in items]


def _grid(sheet: Element, texts: list[str]) -> list[list[str]]:
    return [_placed(row, texts) for row in sheet.iter(f"{_SHEET}row")]


def _placed(row: Element, texts: list[str]) -> list[str]:
    """A row's texts, each in its column: a cell that is empty is not in the file."""
    found: list[str] = []
    for cell in row.iter(f"{_SHEET}c"):
        column = column_number(cell.get("r").rstrip("0123456789"))
        found += [""] * (column - 1 - len(found))
        found.append(_shown(cell, texts))
    return found


def _shown(cell: Element, texts: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        return texts[int(value)]
    return value or "".join(found.text or "" for found in cell.iter(f"{_SHEET}t"))
