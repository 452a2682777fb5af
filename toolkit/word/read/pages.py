"""What a reader sees of a finished Word file: its sentences, its tables, and the numbers behind its
charts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree

from toolkit.disclosure.published import Publication
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.names import wn
from toolkit.word.ooxml.package import PARSER, WordPackage
from toolkit.words.cells import column_number

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A chart's numbers lie in a workbook in the package, which anyone can open from Word.
_BOOKS = "word/embeddings/"
_STRINGS = "xl/sharedStrings.xml"


def publication_of(document: bytes, year: int, county: str, file: str) -> Publication:
    """A Word file as it is published. Raises zipfile.BadZipFile."""
    package = WordPackage.read(document)
    stories = package.stories.values()
    tables = [_rows(table) for table in _all(stories, "tbl")]
    paragraphs = [_text(paragraph) for paragraph in _all(stories, "p")]
    books = [part for name, part in package.parts.items() if _is_book(name)]
    tables += chain.from_iterable(map(_sheets, books))
    return Publication(year, county, file, paragraphs, tables)


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


def _sheets(book: bytes) -> Iterator[list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        names = package.namelist()
        texts = _strings(package.read(_STRINGS)) if _STRINGS in names else []
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield _grid(etree.fromstring(package.read(name), PARSER), texts)


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
