"""The rows of a very large xlsx, one at a time: memory does not grow with the number of rows.

For ledger extracts. Values are texts; a number that is not plain digits is a Decimal."""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import IO, NamedTuple
from xml.parsers import expat

from toolkit.files.zip import open_zip, read_part
from toolkit.read.formats.cell_formats import cell_formats
from toolkit.read.formats.encodings import as_utf8
from toolkit.read.formats.preflight import Refused, look_over_large
from toolkit.read.formats.raw import Unreadable
from toolkit.read.formats.shape import MergedBlock, merged_block
from toolkit.read.formats.xlsx import BOOK, RELATIONS, counts_from_1904, hidden_sheets, sheet_paths
from toolkit.words.cells import LAST_COLUMN, column_number
from toolkit.words.cleantext import decode_escapes
from toolkit.words.digits import whole_number

CHUNK = 1 << 15
# What Excel stores as it was typed; longer numbers may carry the tail of a binary fraction.
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_SHARED = "xl/sharedStrings.xml"
_DIGITS = Context(prec=15)  # as many as Excel shows
_LONGEST = 30  # digits before or after the decimal sign that a figure may have
_KEPT = 10_000  # decoded strings that are kept at hand

_STYLES = "xl/styles.xml"
# What is no letter of a format: literals, escaped signs, and colours and currencies in brackets.
_LITERAL = re.compile(rb"&quot;.*?&quot;|\\.|\[[^\]]*\]|_.")
# ECMA-376, 18.8.30: the formats of days and times that need not stand in the file.
_OWN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DAY_ZERO = date(1899, 12, 30)  # from which Excel counts days, after its leap day of 1900
_DAY_ZERO_1904 = date(1904, 1, 1)  # the same in a workbook with the date system of 1904
_LONGEST_TIME = 10**8  # days below nought
_MICROSECONDS = 24 * 60 * 60 * 1_000_000  # of a day
_LAST_DAY = date.max  # 9999-12-31, Excel's last one too

NumberedRow = tuple[int, Sequence[object]]


class LargeSheet(NamedTuple):
    """A sheet: its rows come one at a time. `merged` is known when all of them have come."""

    name: str
    hidden: bool
    rows: Iterator[NumberedRow]
    merged: list[MergedBlock]


def large_sheets(source: IO[bytes]) -> list[LargeSheet] | None:
    """The sheets of an xlsx in their order. None when the container is not an xlsx (ods, xlsb).
    Raises Unreadable, also while the rows are read."""
    package = _opened(source)
    parts = set(package.namelist())
    if BOOK not in parts:
        return None
    book = {name: _part(package, name) for name in (BOOK, RELATIONS) if name in parts}
    kinds = _cell_kinds(package, parts)
    hidden = hidden_sheets(book[BOOK].decode("utf-8", "replace"))
    return [
        _large_sheet(name, name in hidden, _SheetReader(kinds), package, part)
        for name, part in sheet_paths(book).items()
        if part in parts
    ]


def _large_sheet(
    name: str, hidden: bool, reader: _SheetReader, package: zipfile.ZipFile, part: str
) -> LargeSheet:
    return LargeSheet(name, hidden, _read_sheet(package, part, reader), reader.merged)


def _opened(source: IO[bytes]) -> zipfile.ZipFile:
    """A package that may be read. Raises Unreadable."""
    try:
        package = open_zip(source)
        look_over_large(package)
    except Refused as error:
        raise Unreadable(error.code) from error
    except zipfile.BadZipFile as error:
        raise Unreadable("FIL-SKADAD") from error
    return package


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """A small part, in UTF-8. Raises Unreadable for one that is damaged, or in an encoding that no
    workbook has."""
    try:
        part = as_utf8(read_part(package, package.getinfo(name)))
    except zipfile.BadZipFile as error:
        raise Unreadable("FIL-SKADAD") from error
    if part is None:
        raise Unreadable("FIL-SKADAD")
    return part


class _CellKinds(NamedTuple):
    """What a cell's number may stand for: a string, or a day where its format is one of `days`,
    counted from the day `zero`."""

    strings: Strings
    days: Collection[str]
    zero: date


def _cell_kinds(package: zipfile.ZipFile, parts: Collection[str]) -> _CellKinds:
    """The workbook's own strings and formats; it may have neither."""
    strings = _read_strings(package) if _SHARED in parts else Strings()
    days = _day_formats(_part(package, _STYLES)) if _STYLES in parts else frozenset()
    zero = _DAY_ZERO_1904 if counts_from_1904(_part(package, BOOK)) else _DAY_ZERO
    return _CellKinds(strings, days, zero)


def _day_formats(styles: bytes) -> frozenset[str]:
    """The numbers of the cell formats that show a number as a day or a time."""
    # The letters are English in the file, whatever language Excel shows them in.
    return frozenset(
        str(place)
        for place, (number, code) in enumerate(cell_formats(styles))
        if number in _OWN_DAYS or re.search(rb"[dmyhsDMYHS]", _LITERAL.sub(b"", code))
    )


class Strings:
    """The shared strings as one block of bytes: a few bytes a string instead of an object each."""

    def __init__(self) -> None:
        self.block = bytearray()
        self.ends = array("Q", [0])
        self.kept: dict[int, str] = {}

    def add(self, text: str) -> None:
        """The next string."""
        self.block += text.encode("utf-8", "surrogatepass")
        self.ends.append(len(self.block))

    def get(self, index: int) -> str:
        """The string of an index; empty for one that is not there."""
        found = self.kept.get(index)
        if found is None:
            known = 0 <= index < len(self.ends) - 1
            raw = self.block[self.ends[index] : self.ends[index + 1]] if known else b""
            found = decode_escapes(bytes(raw).decode("utf-8", "surrogatepass"))
            if len(self.kept) < _KEPT:
                self.kept[index] = found
        return found


def _parse(package: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Feeds a part to a parser and stops after every chunk."""
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with package.open(part) as source:
            while chunk := source.read(CHUNK):
                parser.Parse(chunk)
                yield
            parser.Parse(b"", True)
            yield
    except Unreadable:
        raise
    except Exception as error:  # zlib.error, BadZipFile, ExpatError …: all mean a damaged part
        raise Unreadable("FIL-SKADAD") from error


def _refuse(*_: object) -> None:
    raise Unreadable("FIL-FARLIG")


def _read_strings(package: zipfile.ZipFile) -> Strings:
    reader = _StringReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    for _ in _parse(package, _SHARED, parser):
        pass
    return reader.strings


class _StringReader:
    """Gathers the text of every string; phonetic guides are no text of the cell."""

    def __init__(self) -> None:
        self.strings = Strings()
        self.parts: list[str] = []
        self.inside = self.phonetic = False

    def start(self, name: str, _: object) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self.inside = not self.phonetic
        elif local == "rPh":
            self.phonetic = True

    def text(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self.inside = False
        elif local == "rPh":
            self.phonetic = False
        elif local == "si":
            self.strings.add("".join(self.parts))
            self.parts.clear()


def _read_sheet(package: zipfile.ZipFile, part: str, reader: _SheetReader) -> Iterator[NumberedRow]:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    for _ in _parse(package, part, parser):
        yield from reader.rows
        reader.rows.clear()


class _SheetReader:
    """Turns elements into rows; those that are complete wait in `rows`."""

    def __init__(self, cells: _CellKinds) -> None:
        self.strings, self.days, self.zero = cells
        self.day = False
        self.rows: list[NumberedRow] = []
        self.number = self.column = 0
        self.values: list[object] = []
        self.parts: list[str] = []
        self.kind = "n"
        self.inside = False
        self.columns: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.merged: list[MergedBlock] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name) or self.names.setdefault(name, name.rpartition(":")[2])
        if local == "c":
            self.kind = attributes.get("t", "n")
            self.day = attributes.get("s") in self.days
            self.column = self._column(attributes.get("r"))
            self.parts.clear()
        elif local in ("v", "t"):
            self.inside = True
        elif local == "row":
            given = whole_number(attributes.get("r", ""))
            self.number = self.number + 1 if given is None else given
            self.column, self.values = 0, []
        elif local == "mergeCell":
            self.merged += merged_block(attributes.get("ref", ""))

    def _column(self, place: str | None) -> int:
        if not place:
            return self.column + 1
        letters = place.rstrip("0123456789")
        return self.columns.get(letters) or self.columns.setdefault(letters, column_number(letters))

    def text(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "c":
            if self.parts and 0 < self.column <= LAST_COLUMN:
                self.values.extend([""] * (self.column - 1 - len(self.values)))
                self.values.append(self._value("".join(self.parts)))
        elif local in ("v", "t"):
            self.inside = False
        elif local == "row":
            self.rows.append((self.number, self.values))

    def _value(self, raw: str) -> object:
        if self.kind == "n":
            return _day(raw, self.zero) if self.day else _shown_number(raw)
        if self.kind == "s":
            return self._shared(raw)
        if self.kind == "b":
            return raw == "1"
        return decode_escapes(raw) if self.kind in ("str", "inlineStr") else raw

    def _shared(self, raw: str) -> str:
        number = whole_number(raw)
        return "" if number is None else self.strings.get(number)


def _day(raw: str, zero: date) -> object:
    """A number of days after `zero` as the day, without its time; less than a day as the time that
    its cell shows; what is neither as it stands."""
    number = _shown_number(raw)
    try:
        stored = Decimal(str(number))
    except InvalidOperation:
        return raw
    if not stored.is_finite():
        return raw
    if stored < 1:
        return _part_of_a_day(stored) if abs(stored) < _LONGEST_TIME else raw
    days = int(stored)
    return zero + timedelta(days) if days <= (_LAST_DAY - zero).days else raw


def _part_of_a_day(days: Decimal) -> timedelta:
    return timedelta(microseconds=round(days * _MICROSECONDS))


def _shown_number(raw: str) -> object:
    """A number that Excel has stored as `1234.5599999999999`, or with an exponent, as Excel shows
    it; most have plain digits, and are kept as the text that they are."""
    if _PLAIN.fullmatch(raw):
        return raw
    try:
        value = _DIGITS.create_decimal(raw)
    except InvalidOperation:
        return raw
    if value.is_finite() and abs(value.adjusted()) < _LONGEST:
        return Decimal(f"{value.normalize():f}")
    return raw
