"""The second view of an ods, from its content.xml (OpenDocument 1.3, part 3: 9 Tables, 14.1
Annotations)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Protocol, Self, TypeVar
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring

from toolkit.read.formats.ods_durations import Duration, duration
from toolkit.read.formats.ods_runs import SpanStyles, kind_of_parts, line_through, span_styles
from toolkit.read.formats.runs import PartKind
from toolkit.read.formats.second_view import CellComment, CellView, SecondView, SheetFigure
from toolkit.read.formats.shape import MergedBlock, Position, Shape, SheetShapes
from toolkit.read.formats.shown_beside import format_beside
from toolkit.read.formats.shown_formats import CellFormat
from toolkit.words.cells import LAST_COLUMN, CellRef
from toolkit.words.digits import whole_number
from toolkit.words.personal import mask

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _DRAW, _STYLE = (
    _OASIS % name for name in ("table", "office", "text", "drawing", "style")
)
# LibreOffice's own, beside the standard's: it says that a value is an error.
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_DC, _XLINK = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xlink}"
COLUMNS_REPEATED, ROWS_REPEATED = (
    f"{_TABLE}number-{name}-repeated" for name in ("columns", "rows")
)
_COLUMNS_SPANNED, _ROWS_SPANNED = (f"{_TABLE}number-{name}-spanned" for name in ("columns", "rows"))
_COLUMNS_FILLED, _ROWS_FILLED = (
    f"{_TABLE}number-matrix-{name}-spanned" for name in ("columns", "rows")
)
_CELLS_STYLE = f"{_TABLE}default-cell-style-name"
ROW, COLUMN = f"{_TABLE}table-row", f"{_TABLE}table-column"
ROW_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")}
COLUMN_GROUPS = {
    f"{_TABLE}{name}" for name in ("table-header-columns", "table-column-group", "table-columns")
}
# A cell under a merged one (covered) takes up its column too, and may hold a value.
CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
# `Err:502` and its kin are LibreOffice's own, for what Excel has no error value for.
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}")
# Another file in a formula: `'file:///C:/b.ods'#$Blad.A1`.
_LINK = re.compile(r"'((?:file|https?):[^']+)'#")


class HasAttributes(Protocol):
    """An element, whoever has parsed it."""

    def get(self, key: str, /) -> str | None:
        """An attribute by its full name."""


class HasChildren(Protocol):
    """The same, with elements in it."""

    @property
    def tag(self) -> str:
        """Its full name."""

    def __iter__(self) -> Iterator[Self]: ...


Nested = TypeVar("Nested", bound=HasChildren)
_REPEATS = 20_000  # of rows or cells that are counted one by one: what is longer is empty


@dataclass(slots=True)
class _OdsSheet:
    """What is gathered of a sheet while its rows are walked through."""

    name: str
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    formulas: set[Position] = field(default_factory=set)
    arrays: list[MergedBlock] = field(default_factory=list)
    units: dict[Position, CellFormat] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[MergedBlock] = field(default_factory=list)
    notes: list[CellComment] = field(default_factory=list)
    figures: list[SheetFigure] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    written: dict[Position, str] = field(default_factory=dict)
    strikes: frozenset[str] = frozenset()
    struck_columns: frozenset[int] = frozenset()
    row_style: str = ""
    struck: set[Position] = field(default_factory=set)
    spans: SpanStyles = field(default_factory=SpanStyles)
    parts: dict[Position, PartKind] = field(default_factory=dict)
    durations: dict[Position, Duration] = field(default_factory=dict)


def second_view(parts: Mapping[str, bytes]) -> SecondView:
    """Of a package with `content.xml`; nothing of one that is no XML, which no reader takes."""
    try:
        root = fromstring(parts["content.xml"])  # entities were refused before
    except ParseError:
        return SecondView()
    return _view(root, _struck_styles(_named_styles(parts), root))


def _view(root: Element, strikes: frozenset[str]) -> SecondView:
    tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    unseen = _unseen_styles(root)
    spans = span_styles(root)
    read = [(table, _read(table, strikes, spans)) for table in tables]
    cells = {sheet.name: _seen_in(sheet) for _, sheet in read}
    shapes = {sheet.name: _shape(table, sheet, unseen) for table, sheet in read}
    sheets = [sheet for _, sheet in read]
    return SecondView(
        cells=cells,
        looks=SheetShapes(shapes, _linked_files(root, sheets)),
        epoch_1904=_counts_from_1904(root),
        notes=tuple(chain.from_iterable(sheet.notes for sheet in sheets)),
        texts={"namn": _names(root), "figur": _figures(root)},
        figures=tuple(chain.from_iterable(sheet.figures for sheet in sheets)),
    )


def _seen_in(sheet: _OdsSheet) -> CellView:
    uncalculated = frozenset(sheet.uncalculated)
    return CellView(sheet.errors, uncalculated, parts=sheet.parts, durations=sheet.durations)


def _linked_files(root: Element, sheets: Sequence[_OdsSheet]) -> tuple[str, ...]:
    """The names of the files that tables or formulas are fetched from, without their folders, each
    once."""
    links = [table.get(f"{_XLINK}href", "") for table in root.iter(f"{_TABLE}table-source")]
    links += chain.from_iterable(sheet.links for sheet in sheets)
    names = [re.split(r"[/\\]", unquote(link))[-1] for link in links if link]
    return tuple(dict.fromkeys(names))


def _counts_from_1904(root: Element) -> bool:
    """Whether a bare number of days counts from 1904 (`table:null-date`); days that are
    dates are written out. Without it OpenDocument counts from 1899-12-30, as Excel does in
    effect."""
    starts = root.iter(f"{_TABLE}null-date")
    return any(start.get(f"{_TABLE}date-value", "").startswith("1904") for start in starts)


def _unseen_styles(root: Element) -> frozenset[str]:
    """The styles of tables that are not shown: a sheet is hidden by its style, with
    `table:display`."""
    styles = root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return frozenset(style.get(f"{_STYLE}name", "") for style in styles if _is_unseen(style))


def _named_styles(parts: Mapping[str, bytes]) -> Element:
    """The part with the styles that have names to the user; an empty one where it is no XML."""
    try:
        return fromstring(parts.get("styles.xml", b"<none/>"))
    except ParseError:
        return Element("none")


def _struck_styles(*roots: Element) -> frozenset[str]:
    """The styles of cells that strike out what stands in them, themselves or by the style that they
    are based on."""
    styles = chain.from_iterable(root.iter(f"{_STYLE}style") for root in roots)
    cells = [style for style in styles if style.get(f"{_STYLE}family") == "table-cell"]
    by_name = {style.get(f"{_STYLE}name", ""): style for style in cells}
    return frozenset(name for name in by_name if _strikes(name, by_name))


def _strikes(name: str, by_name: Mapping[str, Element]) -> bool:
    """What the style nearest says counts. A damaged file may have one that is based on itself."""
    seen: set[str] = set()
    while name in by_name and name not in seen:
        seen.add(name)
        said = _line_of(by_name[name])
        if said:
            return said != "none"
        name = by_name[name].get(f"{_STYLE}parent-style-name", "")
    return False


def _line_of(style: Element) -> str:
    """The line through the text that a style itself asks for, or `none`; empty where it says
    nothing."""
    return next(map(line_through, style.iter(f"{_STYLE}text-properties")), "")


def _is_unseen(style: Element) -> bool:
    properties = style.iter(f"{_STYLE}table-properties")
    return any(one.get(f"{_TABLE}display") == "false" for one in properties)


def _shape(table: Element, sheet: _OdsSheet, unseen: frozenset[str]) -> Shape:
    return Shape(
        hidden=table.get(f"{_TABLE}style-name", "") in unseen,
        rows=frozenset(sheet.hidden_rows),
        columns=frozenset(_hidden_columns(table)),
        merged=tuple(sheet.merged),
        formulas=frozenset(sheet.formulas) or None,
        units=sheet.units,
        struck=frozenset(sheet.struck),
        written=sheet.written,
        arrays=tuple(sheet.arrays),
    )


def _hidden_columns(table: Element) -> Iterator[int]:
    column = 1
    for element in ungrouped(table, COLUMN_GROUPS, COLUMN):
        count = count_of(element, COLUMNS_REPEATED)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(column, min(column + count, LAST_COLUMN + 1))
        column += count


def _struck_columns(table: Element, strikes: frozenset[str]) -> Iterator[int]:
    """The columns that are struck out as a whole: their cells name no style of their own."""
    column = 1
    for element in ungrouped(table, COLUMN_GROUPS, COLUMN):
        count = count_of(element, COLUMNS_REPEATED)
        if element.get(_CELLS_STYLE) in strikes:
            yield from range(column, min(column + count, LAST_COLUMN + 1))
        column += count


def _read(table: Element, strikes: frozenset[str], spans: SpanStyles) -> _OdsSheet:
    columns, name = frozenset(_struck_columns(table, strikes)), table.get(f"{_TABLE}name", "")
    sheet = _OdsSheet(name, strikes=strikes, struck_columns=columns, spans=spans)
    for shapes in table.iterfind(f"{_TABLE}shapes"):
        sheet.figures += _drawn_in(shapes, CellRef(mask(name), 1, 1))
    row = 1
    for element in ungrouped(table, ROW_GROUPS, ROW):
        count = count_of(element, ROWS_REPEATED)
        rows = range(row, row + min(count, _REPEATS))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            sheet.hidden_rows.update(rows)
        _read_row(sheet, element, rows)
        row += count
    return sheet


def _read_row(sheet: _OdsSheet, row: Element, rows: range) -> None:
    column = 1
    sheet.row_style = row.get(_CELLS_STYLE, "")
    for cell in row:
        if cell.tag in CELLS:
            count = count_of(cell, COLUMNS_REPEATED)
            if cell.attrib.keys() - _PLAIN or len(cell):
                few = min(count, LAST_COLUMN, max(1, _REPEATS // len(rows)))
                _read_cell(sheet, cell, rows, range(column, column + few))
            column += count


_PLAIN = {f"{_TABLE}style-name", COLUMNS_REPEATED}
"""What is said of cells with nothing in them."""


def _read_cell(sheet: _OdsSheet, cell: Element, rows: range, columns: range) -> None:
    """A cell that says something, and those that repeat it."""
    formula = cell.get(f"{_TABLE}formula")
    if formula is not None:
        sheet.formulas.update(product(rows, columns))
        sheet.links += _LINK.findall(formula)
        sheet.written[rows[0], columns[0]] = formula
        _read_array(sheet, cell, rows[0], columns[0])
    _read_strike(sheet, cell, rows, columns)
    error = _error(cell, formula)
    if error:
        sheet.errors.update(dict.fromkeys(product(rows, columns), error))
    elif formula is not None and not _has_value(cell):
        sheet.uncalculated.add((rows[0], columns[0]))
    _read_unit(sheet, cell, rows, columns)
    length = duration(cell.get(f"{_OFFICE}time-value", ""))
    if length is not None:
        sheet.durations.update(dict.fromkeys(product(rows, columns), length))
    kind = kind_of_parts(cell, sheet.spans)
    if kind:
        sheet.parts.update(dict.fromkeys(product(rows, columns), kind))
    _read_block(sheet, cell, rows[0], columns[0])
    _read_note(sheet, cell, rows[0], columns[0])
    sheet.figures += _drawn_in(cell, CellRef(mask(sheet.name), rows[0], columns[0]))


def _read_strike(sheet: _OdsSheet, cell: Element, rows: range, columns: range) -> None:
    """By the cell's own style, else the row's, else the column's (OpenDocument 1.3, part 3,
    19.615)."""
    style = cell.get(f"{_TABLE}style-name") or sheet.row_style
    if style in sheet.strikes:
        sheet.struck.update(product(rows, columns))
    elif not style:
        sheet.struck.update(product(rows, sheet.struck_columns.intersection(columns)))


def _has_value(cell: Element) -> bool:
    """A formula that was calculated says what kind of value it gave, or at least shows it."""
    return cell.get(f"{_OFFICE}value-type") is not None or bool(_said(cell))


def _read_unit(sheet: _OdsSheet, cell: Element, rows: range, columns: range) -> None:
    value = cell.get(f"{_OFFICE}value")
    is_said = value is not None and cell.find(f"{_TEXT}p") is not None
    found = format_beside(_said(cell), value) if value is not None and is_said else None
    if found:
        sheet.units.update(dict.fromkeys(product(rows, columns), found))


def _read_block(sheet: _OdsSheet, cell: Element, row: int, column: int) -> None:
    down, right = count_of(cell, _ROWS_SPANNED), count_of(cell, _COLUMNS_SPANNED)
    if down > 1 or right > 1:
        sheet.merged.append(MergedBlock(row, column, row + down - 1, column + right - 1))


def _read_array(sheet: _OdsSheet, cell: Element, row: int, column: int) -> None:
    """A formula that fills several cells (OpenDocument 1.3, part 3, 19.684): these say nothing of
    it."""
    down, right = count_of(cell, _ROWS_FILLED), count_of(cell, _COLUMNS_FILLED)
    if down > 1 or right > 1:
        sheet.arrays.append(MergedBlock(row, column, row + down - 1, column + right - 1))


def _read_note(sheet: _OdsSheet, cell: Element, row: int, column: int) -> None:
    note = cell.find(f"{_OFFICE}annotation")
    if note is not None:
        ref = CellRef(mask(sheet.name), row, column)
        sheet.notes.append(CellComment(ref, note.findtext(f"{_DC}creator") or "", _said(note)))


def _drawn_in(place: Element, ref: CellRef) -> Iterator[SheetFigure]:
    """Text boxes and pictures that are anchored to a cell; those that are anchored to the page are
    said to lie on the first."""
    for drawn in place:
        if drawn.tag.startswith(_DRAW):
            said = "\n".join("".join(one.itertext()) for one in drawn.iter(f"{_TEXT}p"))
            if said or drawn.find(f".//{_DRAW}image") is not None:
                yield SheetFigure(ref, said)


def _error(cell: Element, formula: str | None) -> str:
    """LibreOffice says that a value is an error; others show one where a formula or a number
    stands."""
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return _said(cell) or "#"
    if formula is not None or cell.get(f"{_OFFICE}value-type") != "string":
        shown = _said(cell)
        return shown if _ERROR.fullmatch(shown) else ""
    return ""


def _said(element: Element) -> str:
    """Its own paragraphs, a line each."""
    return "\n".join("".join(paragraph.itertext()) for paragraph in element.iterfind(f"{_TEXT}p"))


def _names(root: Element) -> tuple[str, ...]:
    tags = {f"{_TABLE}named-range", f"{_TABLE}named-expression"}
    named = [element for element in root.iter() if element.tag in tags]
    return tuple(" ; ".join(element.attrib.values()) for element in named)


def _figures(root: Element) -> tuple[str, ...]:
    """The texts of shapes and text boxes."""
    drawn = (element for element in root.iter() if element.tag.startswith(_DRAW))
    return tuple(" ".join(element.itertext()) for element in drawn if len(element))


def ungrouped(element: Nested, groups: set[str], wanted: str) -> Iterator[Nested]:
    """Rows or columns in their order, however they are grouped. A group within groups is no deeper
    than a person can make it, and XML that is deeper than Python's stack ends as a damaged file."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in groups:
            yield from ungrouped(child, groups, wanted)


def count_of(element: HasAttributes, attribute: str) -> int:
    """A repetition or span; one where nothing is said, or nonsense."""
    return max(1, whole_number(element.get(attribute) or "") or 1)
