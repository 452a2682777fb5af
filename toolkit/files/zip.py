"""Zip packages (xlsx, docx) that come out the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import IO

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")
"""Of the workbooks that are read."""
FIXED = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How the parts of packages are packed. Python unpacks bzip2, LZMA and of late Zstandard too, all
that there is of them at once."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def write_package(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the parts in the given order, with fixed dates and settings."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in parts:
            package.writestr(_entry(name), data)
    return target.getvalue()


def open_zip(source: bytes | IO[bytes]) -> zipfile.ZipFile:
    """A package from outside, to look into. Raises zipfile.BadZipFile, and nothing else."""
    with _only_bad_zips():
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)


def read_package(data: bytes, names: Collection[str] = ()) -> dict[str, bytes]:
    """All parts of a package in their order, or of some `names` those that are there. Raises
    zipfile.BadZipFile, and nothing else."""
    with open_zip(data) as package:
        # Not `is_dir()`: before Python 3.12 it fails on a part without a name.
        entries = [one for one in package.infolist() if not one.filename.endswith("/")]
        wanted = [entry for entry in entries if not names or entry.filename in names]
        return {entry.filename: read_part(package, entry) for entry in wanted}


def read_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part of a package, without more of it being unpacked than it says that it holds: Python's
    own `read` unpacks all that there is before it looks. Raises zipfile.BadZipFile for one that
    holds something else or cannot be unpacked, and nothing else."""
    if entry.compress_type not in METHODS:
        raise zipfile.BadZipFile(f"method {entry.compress_type}")
    with _only_bad_zips(), package.open(entry) as source:
        return source.read(entry.file_size + 1)


@contextmanager
def _only_bad_zips() -> Iterator[None]:
    """What a package says of itself decides what zipfile raises, and each release of Python has its
    own: NotImplementedError (a version of zip, a method, bits that it does not know), RuntimeError
    (a password), UnicodeDecodeError (a name), OverflowError (a place), zlib.error, struct.error."""
    try:
        yield
    except (zipfile.BadZipFile, MemoryError):
        raise
    except Exception as error:
        raise zipfile.BadZipFile(type(error).__name__) from error


def ending_of(workbook: bytes) -> str:
    """The ending that a workbook's content asks for: .xlsx, .xlsm (Excel opens one with macros by
    no other name), .xlsb, .ods or .xls; nothing for what is none of them, or cannot be opened."""
    if workbook.startswith(_COMPOUND):
        return ".xls"
    try:
        with open_zip(workbook) as package:
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
