"""Zip packages (xlsx, docx) that come out the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")
"""Of the workbooks that are read."""
FIXED = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def write_package(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the parts in the given order, with fixed dates and settings."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in parts:
            package.writestr(_entry(name), data)
    return target.getvalue()


def read_package(data: bytes) -> dict[str, bytes]:
    """All parts of a package in their order. Raises zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            entry.filename: read_part(package, entry)
            for entry in package.infolist()
            if not entry.is_dir()
        }


def read_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part of a package, without more of it being unpacked than it says that it holds: Python's
    own `read` unpacks all that there is before it looks. Raises zipfile.BadZipFile for one that
    holds something else, and what unpacking raises."""
    with package.open(entry) as source:
        return source.read(entry.file_size + 1)


def ending_of(workbook: bytes) -> str:
    """The ending that a workbook's content asks for: .xlsx, .xlsm (Excel opens one with macros by
    no other name), .xlsb, .ods or .xls; nothing for what is none of them."""
    if workbook.startswith(_COMPOUND):
        return ".xls"
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as package:
            return _ending_of_zip(package)
    except zipfile.BadZipFile:
        return ""


def _ending_of_zip(package: zipfile.ZipFile) -> str:
    # A part's name is the same in capital and small letters, and some programs part it by `\`.
    names = {name.replace("\\", "/").casefold(): name for name in package.namelist()}
    if "xl/workbook.bin" in names:
        return ".xlsb"
    if "[content_types].xml" in names:
        types = read_part(package, package.getinfo(names["[content_types].xml"]))
        return ".xlsm" if b"sheet.macroEnabled.main" in types else ".xlsx"
    return ".ods" if "content.xml" in names else ""


def repack(data: bytes, stamp: str = "2021-01-01T00:00:00Z") -> bytes:
    """The same package with fixed dates: in the zip, and in the core properties (`stamp`, ISO
    8601)."""
    return write_package(
        (name, _stamped(name, part, stamp)) for name, part in read_package(data).items()
    )


def _stamped(name: str, part: bytes, stamp: str) -> bytes:
    if name != "docProps/core.xml":
        return part
    return _STAMP.sub(lambda match: match[1] + stamp.encode() + match[3], part)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED)
    # OpenDocument, part 2, 3.3: programs look for the type at a fixed place in the file.
    entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    # Python would note here on which system it runs: other bytes on Windows.
    entry.create_system = 0
    entry.external_attr = 0o600 << 16
    return entry
