"""Personal numbers where no table is: in comments, properties, names, text boxes, and cells that nobody reads.

Only the place is kept, never the number. Parts of the package are read only when they are there."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.cells import CellRef, read_cell
from toolkit.keys import FEEDBACK_SHEET
from toolkit.personal import mask, personal_number_in
from toolkit.rawtext import text
from toolkit.read.locate import Located
from toolkit.read.raw import RawBook, RawSheet, sheet_paths
from toolkit.submission import Aside

_NOTES = re.compile(r"xl/(?:threadedComments/|comments)[^.]*\.xml")
_FIGURES = re.compile(r"xl/(?:drawings|charts|diagrams)/[^/]+\.xml")
_PROPERTIES = re.compile(r"(?:docProps/[^/]+|meta)\.xml")
_NOTE = re.compile(
    r'<(?:\w+:)?(?:threadedC|c)omment\s[^>]*?\bref="([A-Z]{1,3}\d+)"[^>]*>(.*?)</(?:\w+:)?(?:threadedC|c)omment>',
    re.DOTALL,
)
_NAME = re.compile(r"<(?:\w+:)?definedName\s[^>]*>[^<]*")
_RELATED = re.compile(r'Target="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r'"([^"]*)"')
_UNIQUE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SHORTEST, _SMALLEST = 10, 10**9  # characters as text, and as a number: no personal number is less


def asides_in_package(data: bytes) -> tuple[Aside, ...]:
    """What stands in the package's own texts; nothing for formats other than zip packages."""
    if not data.startswith(b"PK"):
        return ()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        return (
            *_notes(package, names),
            *_figures(package, names),
            *_properties(package, names),
            *_names(package, names),
        )


def without_numbers(book: RawBook) -> tuple[RawBook, tuple[Aside, ...]]:
    """The workbook with no personal number in the name of a sheet, since findings name sheets."""
    kinds = [(number, _kind(sheet.name)) for number, sheet in enumerate(book.sheets, 1)]
    found = tuple(Aside("bladnamn", kind, (), str(number)) for number, kind in kinds if kind)
    if not found:
        return book, ()
    sheets = tuple(replace(sheet, name=mask(sheet.name)) if _kind(sheet.name) else sheet for sheet in book.sheets)
    return replace(book, sheets=sheets), found


def asides_in_cells(book: RawBook, located: Iterable[Located]) -> Iterator[Aside]:
    """What stands in cells that no table reads: extra and hidden sheets, extra columns, beside the tables."""
    places = list(located)
    for sheet in book.sheets:
        own = [place for place in places if place.sheet is sheet]
        found = list(_cells(sheet, own))
        word = "svar" if sheet.name == FEEDBACK_SHEET else "utanfor" if own else "extrablad"
        for wanted in ("strict", "loose"):
            refs = tuple(ref for ref, kind in found if kind == wanted)
            if refs:
                yield Aside(word, wanted, refs)


def _cells(sheet: RawSheet, own: list[Located]) -> Iterator[tuple[CellRef, str]]:
    width = max((len(row) for row in sheet.rows), default=0)
    everything = range(1, width + 1)
    read = [(place, _not_read(place, width)) for place in own]
    for number, row in enumerate(sheet.rows, 1):
        for column in next((columns for place, columns in read if _reads(place, number)), everything):
            value = row[column - 1] if column <= len(row) else None
            if _may_hold(value) and (kind := personal_number_in(text(value))):
                yield CellRef(sheet.name, number, column), kind


def _not_read(place: Located, width: int) -> list[int]:
    read = {column for several in place.places.values() for column in several}
    return [column for column in range(1, width + 1) if column not in read]


def _may_hold(value: object) -> bool:
    if isinstance(value, str):
        return len(value) >= _SHORTEST
    return isinstance(value, int | float) and value >= _SMALLEST


def _reads(place: Located, row: int) -> bool:
    if place.rows:
        return row in place.rows.values()
    return place.header_row < row <= place.last_row


# ---------------------------------------------------------------------------------------------------- the package
def _notes(package: zipfile.ZipFile, names: list[str]) -> Iterator[Aside]:
    """Comments, old and new, each with its cell."""
    parts = {name for name in names if _NOTES.fullmatch(name)}
    for sheet, path in sheet_paths(package).items() if parts else ():
        for part in sorted(parts & set(_related(package, names, path))):
            for address, inner in _NOTE.findall(_text_of(package, part)):
                if kind := _kind(_plain(inner, between="")):
                    yield Aside("kommentar", kind, (read_cell(mask(sheet), address),))


def _figures(package: zipfile.ZipFile, names: list[str]) -> Iterator[Aside]:
    """Text boxes, shapes and charts."""
    kinds = [_kind(_plain(_text_of(package, name))) for name in names if _FIGURES.fullmatch(name)]
    if found := _strongest(kinds):
        yield Aside("figur", found)


def _related(package: zipfile.ZipFile, names: list[str], path: str) -> Iterator[str]:
    folder, _, name = path.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations in names:
        for target in _RELATED.findall(_text_of(package, relations)):
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _properties(package: zipfile.ZipFile, names: list[str]) -> Iterator[Aside]:
    kinds = [_kind(_plain(_text_of(package, name))) for name in names if _PROPERTIES.fullmatch(name)]
    if found := _strongest(kinds):
        yield Aside("egenskaper", found)


def _names(package: zipfile.ZipFile, names: list[str]) -> Iterator[Aside]:
    """Defined names: what they are called, what they stand for, and what is said of them."""
    if "xl/workbook.xml" in names:
        tags = _NAME.findall(_text_of(package, "xl/workbook.xml"))
        if found := _strongest([_kind(" ".join([*_QUOTED.findall(tag), _plain(tag)])) for tag in tags]):
            yield Aside("namn", found)


def _strongest(kinds: list[str | None]) -> str | None:
    return "strict" if "strict" in kinds else "loose" if "loose" in kinds else None


def _text_of(package: zipfile.ZipFile, name: str) -> str:
    return package.read(name).decode("utf-8", "replace")


def _plain(part: str, between: str = " ") -> str:
    """The texts between the tags. Unique identifiers are no numbers."""
    return _UNIQUE.sub(" ", html.unescape(_TAG.sub(between, part)))


def _kind(shown: str) -> str | None:
    return personal_number_in(shown) if len(shown) >= _SHORTEST else None
