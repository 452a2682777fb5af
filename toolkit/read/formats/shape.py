"""What a workbook hides, merges, computes and fetches from elsewhere: python-calamine gives the
values alone.

Nothing of an xlsx or xlsm is looked at before it is asked for, and then by patterns: an XML tree of
a sheet with 20,000 rows takes 931 MB."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from toolkit.read.formats.shown_formats import CellFormat, formats_of
from toolkit.read.formats.written import formulas_in, struck_formats
from toolkit.words.cells import LAST_COLUMN, column_letter, column_number

_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,9})"')
_COL = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_SPAN = re.compile(rb'\b(min|max)="(\d{1,9})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d{1,9}):([A-Z]+)(\d{1,9})"')
# These begin with letters, which are found many times sooner than a tag of which they are a part.
# `[^>/]*>`: a cell that ends in its own tag holds no formula, the next one may.
_FORMULA = re.compile(rb'r="([A-Z]{1,3})(\d{1,9})"[^>/]*><(?:\w+:)?f[\s>/]')
_FORMULA_IN = rb'r="%s(\d{1,9})"[^>/]*><(?:\w+:)?f[\s>/]'
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f\s[^>]*>")
_KINDS_OF_BLOCK = (b"array", b"dataTable")
_OF_BLOCK = re.compile(rb"""\st=["'](?:array|dataTable)["']""")
_REF_OF_BLOCK = re.compile(rb"""\sref=["']([A-Z]+)(\d{1,9}):([A-Z]+)(\d{1,9})["']""")
_OF_FORMAT = rb's="(%s)"'
_BLOCK = re.compile(r"([A-Z]{1,3})(\d{1,9}):([A-Z]{1,3})(\d{1,9})")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,9})"')
_LINK = re.compile(rb'\bTarget="([^"]+)"')

_STYLES = "xl/styles.xml"

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MergedBlock:
    """Merged cells, first and last included."""

    top: int
    left: int
    bottom: int
    right: int


def merged_block(ref: str) -> list[MergedBlock]:
    """The cells of `A2:B9`; none of what is no such reference."""
    found = _BLOCK.fullmatch(ref)
    if found is None:
        return []
    left, top, right, bottom = found.groups()
    return [MergedBlock(int(top), column_number(left), int(bottom), column_number(right))]


@dataclass(frozen=True, slots=True)
class Shape:
    """One sheet's looks as far as they say how its values are to be understood: whether it is
    hidden, its hidden rows (filtered ones among them) and columns, its merged cells, and the cells
    with a formula (None: not known), the formats of cells that show something else than their
    numbers, the cells that are struck out, the formulas as they are written, where the file tells,
    and the blocks of several cells that one formula fills (`arrays`)."""

    hidden: bool = False
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    merged: tuple[MergedBlock, ...] = ()
    formulas: frozenset[Position] | None = None
    units: Mapping[Position, CellFormat] = field(default_factory=dict)
    struck: frozenset[Position] = frozenset()
    written: Mapping[Position, str] = field(default_factory=dict)
    arrays: tuple[MergedBlock, ...] = ()

    def typed_formulas(self, columns: Collection[int]) -> Mapping[Position, str]:
        """The formulas in some columns, as they are written."""
        return {at: formula for at, formula in self.written.items() if at[1] in columns}

    def plain_at(self, cells: frozenset[Position]) -> Shape:
        """The same, in which some cells show their numbers."""
        units = {at: one for at, one in self.units.items() if at not in cells}
        return replace(self, units=units)

    @property
    def has_formulas(self) -> bool:
        """Whether any cell has one, as far as that is known."""
        return self.formulas is not None

    def counted_in(self, column: int) -> frozenset[int]:
        """The rows of a column with a formula."""
        return frozenset(row for row, at in self.formulas or () if at == column)


@dataclass(frozen=True)
class XmlShape:
    """The same of a sheet in OOXML, looked for in `part`, its own XML, when it is asked for.
    `formats` are the workbook's cell formats that show something else than a number, by number;
    `strikes` the numbers of those that strike out; `plain` cells whose format is not looked at."""

    part: bytes
    hidden: bool = False
    formats: Mapping[bytes, CellFormat] = field(default_factory=dict)
    strikes: frozenset[bytes] = frozenset()
    plain: frozenset[Position] = frozenset()

    @cached_property
    def rows(self) -> frozenset[int]:
        """The hidden rows. Excel marks those that a filter leaves out like any others."""
        return frozenset(int(tag[1]) for tag in map(_ROW.match, self._hidden) if tag)

    @cached_property
    def columns(self) -> frozenset[int]:
        """The hidden columns."""
        tags = [tag[0] for tag in map(_COL.match, self._hidden) if tag]
        return frozenset(chain.from_iterable(_span(dict(_SPAN.findall(tag))) for tag in tags))

    @cached_property
    def _hidden(self) -> tuple[bytes, ...]:
        """The tags that say that they are hidden: they are few, so each is looked up from what it
        says."""
        part = self.part
        starts = [
            (part.rfind(b"<", 0, found.start()), found.end()) for found in _HIDDEN.finditer(part)
        ]
        return tuple(part[start : part.find(b">", end) + 1] for start, end in starts)

    @cached_property
    def merged(self) -> tuple[MergedBlock, ...]:
        """The merged cells, which stand after all others."""
        start = self.part.find(b"mergeCells")
        found = _MERGED.findall(self.part, start) if start >= 0 else ()
        return tuple(
            MergedBlock(int(top), _number(left), int(bottom), _number(right))
            for left, top, right, bottom in found
        )

    @cached_property
    def arrays(self) -> tuple[MergedBlock, ...]:
        """The blocks of several cells that one formula fills: matrices, what a formula spills over,
        tables of what would be (ECMA-376-1, 18.18.6)."""
        # A word is found ten times as fast as an expression that begins with any blank.
        if not any(kind in self.part for kind in _KINDS_OF_BLOCK):
            return ()
        tags = filter(_OF_BLOCK.search, _FORMULA_TAG.findall(self.part))
        found = (at.groups() for at in map(_REF_OF_BLOCK.search, tags) if at)
        return tuple(
            MergedBlock(int(top), _number(left), int(bottom), _number(right))
            for left, top, right, bottom in found
            if (left, top) != (right, bottom)
        )

    @cached_property
    def formulas(self) -> frozenset[Position] | None:
        """The cells with a formula; None when that is not known."""
        found = _FORMULA.findall(self.part)
        numbers = {letters: _number(letters) for letters in {letters for letters, _ in found}}
        return frozenset((int(row), numbers[letters]) for letters, row in found) or None

    @property
    def has_formulas(self) -> bool:
        """Whether any cell has one: the first is found much sooner than all."""
        return _FORMULA.search(self.part) is not None

    def counted_in(self, column: int) -> frozenset[int]:
        """The rows of a column with a formula: one column is looked through much faster than
        all, and only once."""
        if column not in self._counted:
            found = re.findall(_FORMULA_IN % column_letter(column).encode(), self.part)
            self._counted[column] = frozenset(map(int, found))
        return self._counted[column]

    @cached_property
    def _counted(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def units(self) -> Mapping[Position, CellFormat]:
        """The formats of the cells that may show something else than their numbers."""
        found = self._formatted(self.formats)
        return {at: self.formats[number] for at, number in found if at not in self.plain}

    def plain_at(self, cells: frozenset[Position]) -> XmlShape:
        """The same, in which some cells show their numbers."""
        return replace(self, plain=self.plain | cells)

    @cached_property
    def struck(self) -> frozenset[Position]:
        """The cells that are struck out as a whole."""
        return frozenset(at for at, _ in self._formatted(self.strikes))

    def _formatted(self, wanted: Collection[bytes]) -> Iterator[tuple[Position, bytes]]:
        """The cells that have one of the formats."""
        if not wanted:
            return
        # What a cell's tag says is found much sooner than all the tags that might say it.
        part = self.part
        for found in re.finditer(_OF_FORMAT % b"|".join(wanted), part):
            start = found.start()
            is_whole_name = part[start - 1 : start].isspace()
            cell = _CELL.match(part, part.rfind(b"<", 0, start)) if is_whole_name else None
            if cell:
                yield (int(cell[2]), _number(cell[1])), found[1]

    def typed_formulas(self, columns: Collection[int]) -> Mapping[Position, str]:
        """The formulas in some columns, as they are written."""
        return formulas_in(self.part, columns)


@dataclass(frozen=True, slots=True)
class SheetShapes:
    """The shapes of a workbook's sheets by name, and the files that it has links to."""

    sheets: Mapping[str, Shape | XmlShape] = field(default_factory=dict)
    links: tuple[str, ...] = ()

    def of(self, sheet: str) -> Shape | XmlShape:
        """A sheet's shape; one with nothing to remark on when it is not known."""
        return self.sheets.get(sheet) or Shape()

    def plain_at(self, cells: Mapping[str, frozenset[Position]]) -> SheetShapes:
        """The same, in which some cells of some sheets show their numbers."""
        changed = {name: self.of(name).plain_at(own) for name, own in cells.items()}
        return replace(self, sheets={**self.sheets, **changed})


def looks_of(
    parts: Mapping[str, bytes], paths: Mapping[str, str], hidden: frozenset[str]
) -> SheetShapes:
    """A package's looks. `paths` gives each sheet its part, `hidden` the sheets that are not
    shown."""
    styles = parts.get(_STYLES, b"")
    formats, strikes = formats_of(styles), struck_formats(styles)
    sheets = {
        name: XmlShape(parts[path], name in hidden, formats, strikes)
        for name, path in paths.items()
        if path in parts
    }
    return SheetShapes(sheets, tuple(dict.fromkeys(links_in(parts))))


def links_in(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The names of the linked files, without their folders."""
    for name, part in sorted(parts.items()):
        if name.startswith("xl/externalLinks/_rels/"):
            for target in _LINK.findall(part):
                yield re.split(r"[/\\]", unquote(target.decode("utf-8", "replace")))[-1]


def _span(ends: Mapping[bytes, bytes]) -> range:
    first, last = int(ends.get(b"min", b"1")), int(ends.get(b"max", b"0"))
    return range(first, min(last, LAST_COLUMN) + 1)


def _number(letters: bytes) -> int:
    return column_number(letters.decode())
