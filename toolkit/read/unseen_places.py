"""Where else in a workbook somebody may have written: in headers and footers, rules for what a cell
may hold, links, formats, formulas that nobody has worked out, and the titles of charts.

Only texts are given, by place: what stands in them is judged, and never told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from toolkit.read.formats.raw import RawBook
from toolkit.read.formats.relations import RawParts, related
from toolkit.read.formats.xlsx import BOOK, sheet_paths

CONTENT, STYLES = "content.xml", "xl/styles.xml"
_ODS_STYLES = "styles.xml"
_OBJECT = re.compile(r"Object[^/]*/(?:content|styles)\.xml")
_PERSONS = re.compile(r"xl/persons/[^/]+\.xml")
_CODE = re.compile(r'&(?:"[^"]*"|[A-Z]|\d{1,2}(?!\d))')  # of a header: fonts, sizes, sides
_FORMAT = re.compile(r'\bformatCode="([^"]*)"')
_VALUE = re.compile(r'="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_NO_VALUE = re.compile(
    r"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</(?:\w+:)?f>"
    r"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SECTIONS = {
    "sidhuvud": re.compile(r"<(?:\w+:)?headerFooter\b.*?</(?:\w+:)?headerFooter>", re.DOTALL),
    "urval": re.compile(
        r"<(?:\w+:)?dataValidation\s.*?(?:/>|</(?:\w+:)?dataValidation>)", re.DOTALL
    ),
    "lank": re.compile(r"<(?:\w+:)?hyperlink\s[^>]*>"),
    "villkor": re.compile(r"<(?:\w+:)?cfRule\s.*?(?:/>|</(?:\w+:)?cfRule>)", re.DOTALL),
}
"""What stands after the cells of a sheet in OOXML."""
_ODS_SECTIONS = {
    "urval": re.compile(r"<table:content-validation\s.*?</table:content-validation>", re.DOTALL),
    "lank": re.compile(r'\bxlink:href="[^"]*"'),
    "villkor": re.compile(r"<calcext:condition\s[^>]*>"),
    "kommentarsnamn": re.compile(r"<(?:dc:creator|office:author)>[^<]*"),
    "formel": re.compile(
        r"<table:(?:covered-)?table-cell\b(?![^>]*office:value-type)[^>]*table:formula=[^>]*>"
    ),
}
_ODS_OF_STYLES = {
    "sidhuvud": re.compile(
        r"<style:(?:header|footer)(?:-\w+)?\b[^>]*>.*?</style:(?:header|footer)(?:-\w+)?>",
        re.DOTALL,
    ),
    "talformat": re.compile(r"<number:text>[^<]*"),
}


class HiddenText(NamedTuple):
    """A text, the kind of place that it stands in, and the sheet's number; empty where it is the
    workbook's own."""

    place: str
    text: str
    number: str = ""


def texts_elsewhere(book: RawBook) -> Iterator[HiddenText]:
    """All of them."""
    parts = book.parts
    if BOOK in parts:
        yield from _of_ooxml(book)
    elif CONTENT in parts:
        yield from _of_ods(parts)


def _of_ooxml(book: RawBook) -> Iterator[HiddenText]:
    parts = book.parts
    for number, (name, path) in enumerate(sheet_paths(parts).items(), 1):
        if path not in parts:
            continue
        part, shown = parts[path], str(number)
        tail = part[max(part.rfind(b"sheetData"), 0) :].decode("utf-8", "replace")
        yield from (HiddenText(place, text, shown) for place, text in _sections(_SECTIONS, tail))
        for relation in related(parts, path).values():
            yield HiddenText("lank", unquote(relation.part), shown)
        if book.second.cells[name].uncalculated:
            for formula in _NO_VALUE.findall(part.decode("utf-8", "replace")):
                yield HiddenText("formel", html.unescape(formula), shown)
    for code in _FORMAT.findall(parts.get(STYLES, b"").decode("utf-8", "replace")):
        yield HiddenText("talformat", html.unescape(code).replace("\\", "").replace('"', " ; "))
    for name in filter(_PERSONS.fullmatch, parts):
        yield HiddenText("kommentarsnamn", _texts_of(parts[name].decode("utf-8", "replace")))


def _of_ods(parts: RawParts) -> Iterator[HiddenText]:
    content = parts[CONTENT].decode("utf-8", "replace")
    styles = parts.get(_ODS_STYLES, b"").decode("utf-8", "replace")
    for rules, part in (
        (_ODS_SECTIONS, content),
        (_ODS_OF_STYLES, content),
        (_ODS_OF_STYLES, styles),
    ):
        yield from (HiddenText(place, text) for place, text in _sections(rules, part))
    for name in filter(_OBJECT.fullmatch, parts):
        yield HiddenText("figur", _texts_of(parts[name].decode("utf-8", "replace")))


def _sections(rules: dict[str, re.Pattern[str]], part: str) -> Iterator[tuple[str, str]]:
    for place, section in rules.items():
        for match in section.finditer(part):
            text = _texts_of(match[0])
            # A header has codes in it, and the choices of a list have commas between them.
            yield place, _CODE.sub(" ", text) if place == "sidhuvud" else text.replace(",", " ; ")


@lru_cache(maxsize=4096)  # the template's own are the same on its sheets and in every file
def _texts_of(part: str) -> str:
    """The values of attributes, and what stands between the tags. Commas and colons part them, so
    that two of them are never taken for one number."""
    values = " ; ".join(_VALUE.findall(part))
    return unquote(html.unescape(f"{values} ; {_TAG.sub(' ; ', part)}"))
