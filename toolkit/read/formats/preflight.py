"""Looks at a file before any reader does: what could abort, hang or fill the memory is refused.

The limits refuse only hostile files; legitimate returns stay far below them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise

from toolkit.files.biff12 import BrokenRecord
from toolkit.files.errors import ContentError
from toolkit.files.zip import METHODS, open_zip, read_part
from toolkit.read.formats.encodings import as_utf8
from toolkit.read.formats.far_in_ods import extents_in
from toolkit.read.formats.far_in_xlsb import extent_of_records
from toolkit.read.formats.ods_names import CONTENT
from toolkit.words.cells import LAST_ROW, column_number

# Measured on 102 attacks and 2,887 workbooks from public test suites: these limits refused every
# file that aborted, hung or filled a reader. Legitimate returns reach 1,033 entries and 57 MB
# unpacked.
FILE_LIMIT = 25 << 20
ENTRY_LIMIT, TOTAL_LIMIT, PART_LIMIT = 2_000, 128 << 20, 100 << 20
RATIO_LIMIT, RATIO_FROM = 200, 1 << 20
# calamine allocates the whole area between a sheet's first and last cell: with A1 and XFD1048576, a
# file of 1 kB asks for 512 GiB, and the process is aborted.
_LONGEST_ROW = 9  # digits, more than any row has
ROWS, AREA_LIMIT, CELL_LIMIT = LAST_ROW, 5_000_000, 1_000_000
WIDE = 1_000_000  # from here on a sheet is looked through for stray cells far out
REPEATS = 20_000
# For what is streamed, never held.
LARGE_FILE, LARGE_TOTAL, LARGE_STRINGS = 400 << 20, 4 << 30, 400 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2, Header Signature
_SMALLEST_OLE = 4096  # one of 612 bytes aborts calamine; none with a workbook is as small as this
# [MS-XLS] 2.4.21 BOF of a BIFF8 workbook: number, length (16), version (0x0600), kind (5: globals).
_XLS_START, _BOF_BYTES = b"\x09\x08\x10\x00\x00\x06\x05\x00", 20
_FILE_PASS, _WRITE_PROTECT = b"\x2f\x00", b"\x86\x00"  # 2.4.117 and 2.4.350
# Encrypted, patched, or with a directory that is: APPNOTE.TXT 4.4.4, bits 0, 5, 6 and 13.
_UNREAD_FLAGS = 0x1 | 0x20 | 0x40 | 0x2000
_BINARY_BOOK, _XML_BOOK = "xl/workbook.bin", "xl/workbook.xml"
_TYPES = "[content_types].xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHEET_ID = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\br:id="([^"]*)"')
_TARGET = re.compile(rb'\bTarget="([^"]*worksheets/[^"]*)"')
_ENCRYPTED_ODS = b":encryption-data"
# No workbook needs a document type; entities in one can grow without end.
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL_AT = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"')
_ROW_AT = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_FAR_OUT = re.compile(rb'r="[A-Z]{0,2}+(?:[A-Z]|\d{5}|[7-9]\d{3})')
"""A column beyond ZZ or a row from 7,000 on: without one, a sheet cannot be larger than 702 × 6,999
cells, and need not be measured cell by cell."""


class Refused(ContentError):
    """A file that no reader is let loose on. `code` is the finding's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooWide(Refused):
    """A sheet whose first and last cell are so far apart that no reader can hold what lies between
    them."""


class OtherEncoding(Refused):
    """A part of a workbook in an encoding that XML allows and no reader takes: it would be read as
    empty."""


def look_over(data: bytes, area: int = AREA_LIMIT) -> dict[str, bytes]:
    """The XML parts of a package by name, of an xlsb its binary ones too; none of a compound file
    (xls). Raises Refused for everything that must not be read, and TooWide for a sheet that covers
    more cells than `area`."""
    if len(data) > FILE_LIMIT:
        raise Refused("FIL-STOR")
    if not data:
        raise Refused("FIL-TOM-FIL")
    if data.startswith(_OLE):
        _look_over_ole(data)
        return {}
    if not data.startswith(b"PK"):
        raise Refused("FIL-FORMAT")
    return _look_over_zip(data, area)


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
    if len(data) < _SMALLEST_OLE:
        raise Refused("FIL-SKADAD")


def _is_locked_xls(data: bytes) -> bool:
    """Whether the record FILEPASS comes first, or after WRITEPROTECT, in the workbook's stream."""
    start = data.find(_XLS_START)
    place = start + _BOF_BYTES
    if data[place : place + 2] == _WRITE_PROTECT:
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    return start >= 0 and data[place : place + 2] == _FILE_PASS


def _look_over_zip(data: bytes, area: int) -> dict[str, bytes]:
    try:
        package = open_zip(data)
    except zipfile.BadZipFile as error:
        raise Refused("FIL-SKADAD") from error
    with package:
        entries = package.infolist()
        _check_entries(entries)
        parts = {}
        names = package.namelist()
        binary = (".bin",) if _BINARY_BOOK in names else ()
        is_document = CONTENT in names and not any(map(_is_of_other_packages, names))
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels", *binary)):
                part = parts[entry.filename] = _read(package, entry)
                if not (is_document and _lies_in_a_folder(entry.filename)):
                    _check_part(entry.filename, part, area)
    if _are_read_again(parts):
        raise Refused("FIL-FARLIG")
    return parts


def _are_read_again(parts: dict[str, bytes]) -> bool:
    """Whether two sheets are one and the same part, as in no workbook: a reader would take it for
    each of a thousand sheets."""
    ids = _SHEET_ID.findall(parts.get(_XML_BOOK, b""))
    targets = _TARGET.findall(parts.get(_RELATIONS, b""))
    return len(set(ids)) < len(ids) or len(set(targets)) < len(targets)


def holds_workbook(parts: dict[str, bytes]) -> bool:
    """Whether a zip package is one that readers of workbooks are for: not a Word file, a Numbers
    file or a zip of workbooks, whatever they are called."""
    has_excels_folder = any(name.startswith("xl/") for name in parts)
    if "[Content_Types].xml" in parts and not has_excels_folder:
        # UTF-16 has a zero byte between its letters.
        types = parts["[Content_Types].xml"].replace(b"\0", b"")
        return b"spreadsheetml" in types or b"ms-excel" in types
    return has_excels_folder or b"office:spreadsheet" in parts.get("content.xml", b"")


def _check_entries(
    entries: list[zipfile.ZipInfo], total: int = TOTAL_LIMIT, part: int = PART_LIMIT
) -> None:
    """How many entries there are, how large, and whether one of them is not what it seems."""
    if _are_too_large(entries, total, part) or _are_misnamed(entries):
        raise Refused("FIL-FARLIG")
    if _overlap(entries) or any(map(_is_suspect, entries)):
        raise Refused("FIL-FARLIG")


def _are_too_large(entries: list[zipfile.ZipInfo], total: int, part: int) -> bool:
    """Whether entries are too many, or unpacked too large together or one by one."""
    sizes = [entry.file_size for entry in entries]
    return len(entries) > ENTRY_LIMIT or sum(sizes) > total or max(sizes, default=0) > part


def _are_misnamed(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries have the same name, or one has none or leads out of the folder."""
    # Names that differ in case or slash are one part to some programs, two parts to others.
    names = [_plain_name(entry.filename) for entry in entries]
    return len(set(names)) < len(names) or "" in names or any(map(_leads_out, names))


def _leads_out(name: str) -> bool:
    """Whether a name would be unpacked outside the folder."""
    return name.startswith("/") or ".." in name.split("/")


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether entries share bytes: Python reads such a file before 3.11.8 (CVE-2024-0450), and 38
    kB become 2.5 GB."""
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    return any(start + size > after for (start, size), (after, _) in pairwise(spans))


def _is_suspect(entry: zipfile.ZipInfo) -> bool:
    """Encrypted, packed in a way that no workbook is, or packed closer than any text can be."""
    if entry.flag_bits & _UNREAD_FLAGS or entry.compress_type not in METHODS:
        return True
    ratio = entry.file_size / max(1, entry.compress_size)
    return entry.file_size > RATIO_FROM and ratio > RATIO_LIMIT


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return read_part(package, entry)
    except zipfile.BadZipFile as error:
        raise Refused("FIL-SKADAD") from error


def _check_part(name: str, written: bytes, area: int) -> None:
    """Whether a part may be read, and is no sheet of more than so many cells. Raises Refused."""
    if not name.lower().endswith(".bin"):
        _check_content(name, _checked_xml(name, written), area)
    elif "worksheets/" in _plain_name(name):
        _check_binary_sheet(written, area)


def _checked_xml(name: str, written: bytes) -> bytes:
    """The part in UTF-8, as far as that is known."""
    part = as_utf8(written)
    if _has_entities(part or written.replace(b"\0", b"")):
        raise Refused("FIL-FARLIG")
    if part != written and is_of_workbook(name):
        raise Refused("FIL-SKADAD") if part is None else OtherEncoding("FIL-SKADAD")
    return part or written


def _check_content(name: str, part: bytes, area: int) -> None:
    if name == "META-INF/manifest.xml" and _ENCRYPTED_ODS in part:
        raise Refused("FIL-LOSENORD")
    if "worksheets/" in name and name.endswith(".xml"):
        _check_sheet(part, area)
    if name == CONTENT:
        _check_extent(extents_in(part), area)


def _lies_in_a_folder(name: str) -> bool:
    """Whether no reader looks at a part of an OpenDocument package: LibreOffice writes a document
    type into macros, dialogs and formulas, which lie in folders of their own."""
    folder, _, _ = _plain_name(name).rpartition("/")
    return folder not in {"", "meta-inf"}


def _is_of_other_packages(name: str) -> bool:
    """Whether a part shows that a package is no OpenDocument one: in others a relation may lead to
    any part."""
    plain = _plain_name(name)
    return plain == _TYPES or plain.startswith("xl/")


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").casefold()


def is_of_workbook(name: str) -> bool:
    """Whether readers of workbooks look at a part of a package."""
    # Power Query writes a part of its own (`customXml`) in UTF-16: no reader looks at that one.
    plain = _plain_name(name)
    return plain.startswith("xl/") or plain == "content.xml"


def _has_entities(part: bytes) -> bool:
    return bool(_ENTITY.search(part[:4096])) or b"<!ENTITY" in part


def _check_sheet(part: bytes, area: int) -> None:
    """The area that a reader would allocate, and how many cells and merges there are."""
    if part.count(b"<mergeCell ") > REPEATS or _has_too_many_cells(part):
        raise Refused("FIL-FARLIG")
    if not _FAR_OUT.search(part):
        return
    if max(map(_row_number, _ROW_AT.findall(part)), default=0) > ROWS:
        raise Refused("FIL-FARLIG")
    _check_extent([_extent(part)], area)


def _has_too_many_cells(part: bytes) -> bool:
    """Counted only in a part that has room for them, three characters a cell."""
    return len(part) > 3 * CELL_LIMIT and part.count(b"<c ") + part.count(b"<c>") > CELL_LIMIT


def _extent(part: bytes) -> tuple[int, int]:
    """How many rows and columns there are between the first cell and the last."""
    places = _CELL_AT.findall(part)
    if not places:
        return 0, 0
    columns = [column_number(letters.decode()) for letters, _ in places]
    rows = [_row_number(row) for _, row in places]
    return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def _row_number(written: bytes) -> int:
    """Python makes no number of more than 4,300 digits; so many are of no row."""
    return int(written[:_LONGEST_ROW])


def _check_extent(extents: Iterable[tuple[int, int]], area: int) -> None:
    if any(rows * columns > area for rows, columns in extents):
        raise TooWide("FIL-FARLIG")


def _check_binary_sheet(part: bytes, area: int) -> None:
    """The same of a sheet of records; what is no whole sheet ends as a damaged file later."""
    with suppress(BrokenRecord):
        rows, columns, cells = extent_of_records(part, CELL_LIMIT)
        if cells > CELL_LIMIT:
            raise Refused("FIL-FARLIG")
        _check_extent([(rows, columns)], area)
