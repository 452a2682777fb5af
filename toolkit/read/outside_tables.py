"""Personal numbers where no table is: in comments, properties, names, text boxes, and cells that
nobody reads.

Only the place is kept, never the number. Parts of the package are read only when they are there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.relations import RawParts, related
from toolkit.read.formats.second_view import CellComment
from toolkit.read.formats.xlsx import BOOK, sheet_paths
from toolkit.read.locate import Located
from toolkit.read.unseen_places import texts_elsewhere
from toolkit.returns.submission import Aside
from toolkit.spec.marks import FEEDBACK_SHEET
from toolkit.words.cells import CellRef, cell_if_any
from toolkit.words.celltext import text
from toolkit.words.personal import HIDDEN, mask, personal_number_in, strongest

_NOTES = re.compile(r"xl/(?:threadedComments/|comments)[^.]*\.xml")
_FIGURES = re.compile(r"xl/(?:drawings|charts|diagrams)/[^/]+\.xml")
_PROPERTIES = re.compile(r"(?:docProps/[^/]+|meta)\.xml")
# Excel keeps a conversation twice: whole as threadedComment, and as an old comment that says so.
_NOTE = re.compile(
    r'<(?:\w+:)?(?:threadedC|c)omment\s([^>]*?\bref="([A-Z]{1,3}[1-9][0-9]{0,6})"[^>]*)>'
    r"(.*?)</(?:\w+:)?(?:threadedC|c)omment>",
    re.DOTALL,
)
# LibreOffice says where the box of a note stands with numbers as the text of elements.
_LOOKS = re.compile(r"<(?:\w+:)?commentPr\b.*?</(?:\w+:)?commentPr>", re.DOTALL)
_AUTHORS = re.compile(r"<(?:\w+:)?author>([^<]*)</")
_AUTHOR = re.compile(r'authorId="([0-9]{1,9})"')
_NAME = re.compile(r"<(?:\w+:)?definedName\s[^>]*>[^<]*")
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r'"([^"]*)"')
_UNIQUE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SHORTEST, _SMALLEST = 10, 10**9  # characters as text, and as a number: no personal number is less


def asides_in_package(book: RawBook) -> tuple[Aside, ...]:
    """What stands in the file's own texts: notes, figures, properties, names."""
    parts = book.parts
    own = (*_notes(book), *_figures(parts), *_properties(parts), *_names(parts), *_texts(book))
    return (*own, *_elsewhere(book))


def without_numbers(book: RawBook) -> tuple[RawBook, tuple[Aside, ...]]:
    """The workbook with no personal number in the name of a sheet, since findings name sheets."""
    kinds = [(number, _kind(sheet.name)) for number, sheet in enumerate(book.sheets, 1)]
    found = tuple(Aside("bladnamn", kind, (), str(number)) for number, kind in kinds if kind)
    if not found:
        return book, ()
    return replace(book, sheets=tuple(map(_with_masked_name, book.sheets))), found


def _with_masked_name(sheet: RawSheet) -> RawSheet:
    return replace(sheet, name=mask(sheet.name)) if _kind(sheet.name) else sheet


def asides_in_cells(
    book: RawBook, located: Iterable[Located], rows: Mapping[str, Sequence[int]]
) -> Iterator[Aside]:
    """What stands in cells that no table reads: extra and hidden sheets, extra columns, beside the
    tables, and in rows that are not among the `rows` of their table."""
    taken = [(place, set(place.rows.values() or rows[place.table.id])) for place in located]
    for sheet in book.sheets:
        own = [(numbers, place.columns) for place, numbers in taken if place.sheet is sheet]
        yield from _asides_on(sheet, own)


def _asides_on(sheet: RawSheet, own: Sequence[tuple[set[int], set[int]]]) -> Iterator[Aside]:
    """By how sure it is that a number stands there; `own` as in `_cells`."""
    found = list(_cells(sheet, own))
    word = _where(sheet, is_read=bool(own))
    for wanted in ("strict", "loose"):
        refs = tuple(ref for ref, kind in found if kind == wanted)
        if refs:
            yield Aside(word, wanted, refs)


def _where(sheet: RawSheet, *, is_read: bool) -> str:
    """The name of the kind of place."""
    if sheet.name == FEEDBACK_SHEET:
        return "svar"
    return "utanfor" if is_read else "extrablad"


def _cells(
    sheet: RawSheet, own: Sequence[tuple[set[int], set[int]]]
) -> Iterator[tuple[CellRef, str]]:
    """Row by row. What stands in many cells of a column is looked at once. `own` are the rows and
    columns that each table takes."""
    found: dict[tuple[int, int], str] = {}
    for column, values in enumerate(sheet.columns, 1):
        for row, kind in _numbers_in(values):
            if not _is_read(own, row, column):
                found[row, column] = kind
    for place in sorted(found):
        yield CellRef(sheet.name, *place), found[place]


def _numbers_in(column: Sequence[object]) -> Iterator[tuple[int, str]]:
    """The rows in which a number stands, and how sure it is that it is one."""
    kinds = _kinds(column)
    if kinds:
        yield from ((row, kinds[value]) for row, value in enumerate(column, 1) if value in kinds)


def _kinds(values: Iterable[object]) -> dict[object, str]:
    """How sure it is of each value that it holds a number; those that hold none are left out."""
    held = {value: personal_number_in(text(value)) for value in set(values) if _may_hold(value)}
    return {value: kind for value, kind in held.items() if kind}


def _is_read(own: Sequence[tuple[set[int], set[int]]], row: int, column: int) -> bool:
    """Whether a cell is one of those that a table takes."""
    return any(row in rows and column in columns for rows, columns in own)


def _may_hold(value: object) -> bool:
    if isinstance(value, str):
        return len(value) >= _SHORTEST
    return isinstance(value, int | float) and value >= _SMALLEST


# -------------------------------------------------------------------------------------- the package
def notes_in(book: RawBook) -> Iterator[CellComment]:
    """Comments, old and new: each one's cell, its author where the file says it by name, and its
    text."""
    yield from book.second.notes
    yield from _notes_in_parts(book.parts)


def _notes_in_parts(parts: RawParts) -> Iterator[CellComment]:
    notes = {name for name in parts if _NOTES.fullmatch(name)}
    if not notes:
        return
    for sheet, path in sheet_paths(parts).items():
        for part in sorted(notes & _parts_of_sheet(parts, path)):
            yield from _notes_of(_text_of(parts, part), mask(sheet))


def _parts_of_sheet(parts: RawParts, path: str) -> set[str]:
    return {relation.part for relation in related(parts, path).values()}


def _notes_of(part: str, sheet: str) -> Iterator[CellComment]:
    authors = dict(enumerate(_AUTHORS.findall(part)))
    for tag, address, inner in _NOTE.findall(part):
        number = _AUTHOR.search(tag)
        author = authors.get(int(number[1]), "") if number else ""
        written = _plain(_LOOKS.sub("", inner), between="")
        if ref := cell_if_any(sheet, address):  # far beyond the sheet no program shows it
            yield CellComment(ref, html.unescape(author), written)


def _notes(book: RawBook) -> Iterator[Aside]:
    for ref, author, written in notes_in(book):
        if kind := strongest([_kind(written), _kind(author)]):
            yield Aside("kommentar", kind, (ref,))


def _texts(book: RawBook) -> Iterator[Aside]:
    for place, written in book.second.texts.items():
        if found := strongest([_kind(text) for text in written]):
            yield Aside(place, found)


def _elsewhere(book: RawBook) -> Iterator[Aside]:
    """One for each kind of place on each sheet."""
    kinds: dict[tuple[str, str], list[str | None]] = {}
    for one in texts_elsewhere(book):
        kinds.setdefault((one.place, one.number), []).append(_kind_elsewhere(one.text))
    for (place, number), own in kinds.items():
        if found := strongest(own):
            yield Aside(place, found, (), number)


@lru_cache(maxsize=4096)  # the template's own texts are the same on its sheets and in every file
def _kind_elsewhere(shown: str) -> str | None:
    return _kind(_UNIQUE.sub(" ", shown))


def aside_in_name(file: str) -> tuple[Aside, ...]:
    """What stands in the name of the file, which has been hidden there before anybody reads it."""
    return (Aside("filnamn", "loose", ()),) if HIDDEN in file else ()


def _figures(parts: RawParts) -> Iterator[Aside]:
    """Text boxes, shapes and charts."""
    kinds = [_kind(_plain(_text_of(parts, name))) for name in parts if _FIGURES.fullmatch(name)]
    if found := strongest(kinds):
        yield Aside("figur", found)


def _properties(parts: RawParts) -> Iterator[Aside]:
    kinds = [_kind(_plain(_text_of(parts, name))) for name in parts if _PROPERTIES.fullmatch(name)]
    if found := strongest(kinds):
        yield Aside("egenskaper", found)


def _names(parts: RawParts) -> Iterator[Aside]:
    """Defined names: what they are called, what they stand for, and what is said of them."""
    if BOOK in parts:
        tags = " ; ".join(_NAME.findall(_text_of(parts, BOOK)))
        if found := _kind(" ; ".join([*_QUOTED.findall(tags), _plain(tags)])):
            yield Aside("namn", found)


def _text_of(parts: RawParts, name: str) -> str:
    return parts[name].decode("utf-8", "replace")


def _plain(part: str, between: str = " ") -> str:
    """The texts between the tags. Unique identifiers are no numbers."""
    return _UNIQUE.sub(" ", html.unescape(_TAG.sub(between, part)))


def _kind(shown: str) -> str | None:
    return personal_number_in(shown) if len(shown) >= _SHORTEST else None
