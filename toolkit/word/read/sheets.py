"""The sheets of a workbook that anyone can open, as rows of texts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from toolkit.disclosure.published import PublishedTable
from toolkit.files.zip import read_package
from toolkit.word.ooxml.elements import Element
from toolkit.word.ooxml.package import PARSER, WordPackage
from toolkit.words.cells import column_number

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STRINGS, _BOOK, _ABOUT = "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/core.xml"


def sheets_of(book: bytes) -> Iterator[PublishedTable]:
    """Each sheet with its name, and with what the workbook is called. Raises
    zipfile.BadZipFile."""
    package = WordPackage(dict(read_package(book)))
    strings = package.parts.get(_STRINGS)
    texts = _strings(strings) if strings else []
    titles = _titles(package)
    named = _names(package)
    for name, part in package.parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            around = [[named.get(name, "")], titles]
            yield PublishedTable(_grid(etree.fromstring(part, PARSER), texts), around)


def _names(package: WordPackage) -> dict[str, str]:
    """What the sheets are called, by their parts."""
    if _BOOK not in package.parts:
        return {}
    targets = package.related(_BOOK)
    found: dict[str, str] = {}
    for sheet in package.roots[_BOOK].iter(f"{_SHEET}sheet"):
        ids = [value for key, value in sheet.items() if key.endswith("}id")]
        found |= {targets[one]: sheet.get("name", "") for one in ids if one in targets}
    return found


def _titles(package: WordPackage) -> list[str]:
    if _ABOUT not in package.parts:
        return []
    return [title.text or "" for title in package.roots[_ABOUT].iter(_TITLE)]


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
