"""Looks at a file before any reader does: what could abort, hang or fill the memory is refused.

The limits refuse only hostile files; legitimate returns stay far below them."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

from toolkit.files.errors import ContentError

FILE_LIMIT = 25 << 20
ENTRY_LIMIT, TOTAL_LIMIT, PART_LIMIT = 2_000, 128 << 20, 100 << 20
RATIO_LIMIT, RATIO_FROM = 200, 1 << 20
ROWS, AREA_LIMIT, CELL_LIMIT = 1_048_576, 5_000_000, 1_000_000
REPEATS = 20_000
LARGE_FILE, LARGE_TOTAL, LARGE_STRINGS = (
    400 << 20,
    4 << 30,
    400 << 20,
)  # for what is streamed, never held
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS_START, _FILE_PASS, _WRITE_PROTECT = (
    b"\x09\x08\x10\x00\x00\x06\x05\x00",
    b"\x2f\x00",
    b"\x86\x00",
)
_BINARY_BOOK = "xl/workbook.bin"
_ENCRYPTED_ODS = b":encryption-data"
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL_AT = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"')
_ROW_AT = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_FAR_OUT = re.compile(rb'r="[A-Z]{0,2}+(?:[A-Z]|\d{5}|[7-9]\d{3})')
"""A column beyond ZZ or a row from 7,000 on: without one, a sheet cannot be larger than 702 × 6,999
cells, and need not be measured cell by cell."""


class Refused(ContentError):
    """A file that no reader is let loose on. `code` is the finding's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def look_over(data: bytes) -> dict[str, bytes]:
    """The XML parts of a package by name, of an xlsb its binary ones too; none of a compound file
    (xls). Raises Refused for everything that must not be read."""
    if len(data) > FILE_LIMIT:
        raise Refused("FIL-STOR")
    if not data:
        raise Refused("FIL-TOM-FIL")
    if data.startswith(_OLE):
        _look_over_ole(data)
        return {}
    if not data.startswith(b"PK"):
        raise Refused("FIL-FORMAT")
    return _look_over_zip(data)


def look_over_large(package: zipfile.ZipFile) -> None:
    """A package that is read as a stream: its sheets may be large, what must be held may not.
    Raises Refused."""
    entries = package.infolist()
    if sum(entry.compress_size for entry in entries) > LARGE_FILE:
        raise Refused("FIL-STOR")
    _check_entries(entries, LARGE_TOTAL, LARGE_TOTAL)
    held = [entry.file_size for entry in entries if "worksheets/" not in entry.filename]
    if max(held, default=0) > LARGE_STRINGS:
        raise Refused("FIL-FARLIG")


def _look_over_ole(data: bytes) -> None:
    """An encrypted xlsx is a compound file with a stream EncryptedPackage; an encrypted xls begins
    with FILEPASS."""
    if "EncryptedPackage".encode("utf-16-le") in data or _is_locked_xls(data):
        raise Refused("FIL-LOSENORD")
    if len(data) < 4096:
        raise Refused("FIL-SKADAD")


def _is_locked_xls(data: bytes) -> bool:
    """Whether the record FILEPASS comes first, or after WRITEPROTECT, in the workbook's stream."""
    start = data.find(_XLS_START)
    place = start + 20
    if data[place : place + 2] == _WRITE_PROTECT:
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    return start >= 0 and data[place : place + 2] == _FILE_PASS


def _look_over_zip(data: bytes) -> dict[str, bytes]:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise Refused("FIL-SKADAD") from error
    with package:
        entries = package.infolist()
        _check_entries(entries)
        parts = {}
        binary = (".bin",) if any(entry.filename == _BINARY_BOOK for entry in entries) else ()
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels", *binary)):
                part = parts[entry.filename] = _read(package, entry)
                _check_part(entry.filename, part)
    return parts


def holds_workbook(parts: dict[str, bytes]) -> bool:
    """Whether a zip package is one that readers of workbooks are for: not a Word file, a Numbers
    file or a zip of workbooks, whatever they are called."""
    if "[Content_Types].xml" in parts and not any(name.startswith("xl/") for name in parts):
        types = parts["[Content_Types].xml"].replace(
            b"\0", b""
        )  # which UTF-16 has between its letters
        return b"spreadsheetml" in types or b"ms-excel" in types
    return b"office:spreadsheet" in parts.get("content.xml", b"") or any(
        name.startswith("xl/") for name in parts
    )


def _check_entries(
    entries: list[zipfile.ZipInfo], total: int = TOTAL_LIMIT, part: int = PART_LIMIT
) -> None:
    names = [entry.filename.replace("\\", "/").casefold() for entry in entries]
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    overlapping = any(start + size > after for (start, size), (after, _) in pairwise(spans))
    sizes = [entry.file_size for entry in entries]
    if (
        len(entries) > ENTRY_LIMIT
        or sum(sizes) > total
        or max(sizes, default=0) > part
        or len(set(names)) < len(names)
        or any(".." in name.split("/") or name.startswith("/") for name in names)
        or overlapping
        or any(_is_suspect(entry) for entry in entries)
    ):
        raise Refused("FIL-FARLIG")


def _is_suspect(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(1, entry.compress_size)
    return (
        bool(entry.flag_bits & 1)
        or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        or (entry.file_size > RATIO_FROM and ratio > RATIO_LIMIT)
    )


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return package.read(entry)
    except (
        Exception
    ) as error:  # zlib.error, BadZipFile, NotImplementedError …: all mean a damaged part
        raise Refused("FIL-SKADAD") from error


def _check_part(name: str, part: bytes) -> None:
    if _ENTITY.search(part[:4096]) or (b"<!ENTITY" in part):
        raise Refused("FIL-FARLIG")
    if name == "META-INF/manifest.xml" and _ENCRYPTED_ODS in part:
        raise Refused("FIL-LOSENORD")
    if "worksheets/" in name and name.endswith(".xml"):
        _check_sheet(part)


def _check_sheet(part: bytes) -> None:
    """The area that a reader would allocate, and how many cells and merges there are."""
    if part.count(b"<mergeCell ") > REPEATS or _has_too_many_cells(part):
        raise Refused("FIL-FARLIG")
    if not _FAR_OUT.search(part):
        return
    rows = [int(row) for row in _ROW_AT.findall(part)]
    if rows and max(rows) > ROWS:
        raise Refused("FIL-FARLIG")
    places = [(_number(letters), int(row)) for letters, row in _CELL_AT.findall(part)]
    if places and _area(places) > AREA_LIMIT:
        raise Refused("FIL-FARLIG")


def _has_too_many_cells(part: bytes) -> bool:
    """Counted only in a part that has room for them, three characters a cell."""
    return len(part) > 3 * CELL_LIMIT and part.count(b"<c ") + part.count(b"<c>") > CELL_LIMIT


def _area(places: list[tuple[int, int]]) -> int:
    columns, rows = [column for column, _ in places], [row for _, row in places]
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
