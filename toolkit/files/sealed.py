"""A zip whose own list says what is in it: written the same every time, and opened without trust.

An archive may have lain for years, or be somebody else's: its size is looked at before anything is
unpacked, its names before anything is written, and each file against the list."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from toolkit.files.errors import LansrapportError
from toolkit.files.zip import open_zip, read_package, read_part, write_package

LIST = "manifest.json"
_MOST_BYTES, _MOST_FILES, _MOST_LIST = 4 * 1024**3, 50_000, 64 * 1024**2
_SMALL, _MOST_RATIO = 64 * 1024**2, 100
"""What is larger than small and so many times what it is packed into has been made to harm: text
takes a twentieth, workbooks are packed already."""
_FILES = "filer"


class SealFault(StrEnum):
    """What is wrong with an archive."""

    NO_ZIP = "ingen_zip"
    FOREIGN = "frammande"
    TOO_LARGE = "for_stort"
    BAD_NAME = "namn"
    DAMAGED = "skadat"


class SealBroken(LansrapportError):
    """An archive that cannot be used: why, and which of its files show it."""

    def __init__(self, fault: SealFault, files: Sequence[str] = ()) -> None:
        super().__init__(fault)
        self.fault, self.files = fault, files


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as a list says it: its path, its size, and the SHA-256 of its bytes. `content` is that
    of what a package holds, however tightly it is packed; empty where it is no package."""

    path: str
    size: int
    sha256: str
    content: str = ""

    @property
    def as_json(self) -> dict[str, object]:
        """As it stands in the list."""
        told: dict[str, object] = {"fil": self.path, "byte": self.size, "sha256": self.sha256}
        return {**told, "innehall": self.content} if self.content else told


def listed(path: str, data: bytes, *, packed: bool = False) -> ListedFile:
    """A file for a list; of one that is `packed` what it holds is noted too."""
    content = _content(data) if packed else ""
    return ListedFile(path, len(data), hashlib.sha256(data).hexdigest(), content)


def from_json(told: Mapping[str, Any]) -> ListedFile:
    """As it was listed. Raises KeyError, TypeError, ValueError."""
    return ListedFile(
        str(told["fil"]), int(told["byte"]), str(told["sha256"]), str(told.get("innehall", ""))
    )


def _content(data: bytes) -> str:
    """Programs that pack alike are not the same everywhere: what is packed is."""
    try:
        parts = read_package(data)
    except zipfile.BadZipFile:
        return ""
    whole = hashlib.sha256()
    for name, part in parts.items():
        whole.update(f"{name}\0{hashlib.sha256(part).hexdigest()}\n".encode())
    return whole.hexdigest()


def seal(
    files: Mapping[str, bytes], about: Mapping[str, Any], beside: Mapping[str, bytes]
) -> bytes:
    """An archive: the list first, then what stands `beside` the files for whoever opens it, then
    the files by name."""
    own = [listed(path, data).as_json for path, data in sorted(files.items())]
    written = json.dumps({**about, _FILES: own}, ensure_ascii=False, indent=1) + "\n"
    return write_package([(LIST, written.encode()), *beside.items(), *sorted(files.items())])


@dataclass(frozen=True, slots=True)
class Opened:
    """What an archive says of itself, and its files."""

    about: Mapping[str, Any]
    files: Mapping[str, bytes]


def open_seal(data: bytes, kind: str, beside: Sequence[str]) -> Opened:
    """An archive of some kind. Raises SealBroken."""
    try:
        package = open_zip(data)
    except zipfile.BadZipFile as error:
        raise SealBroken(SealFault.NO_ZIP) from error
    with package:
        entries = package.infolist()
        _refuse_size(entries, len(data))
        about = _about(package, kind)
        _refuse_names([entry.filename for entry in entries])
        own = _listed_in(about)
        files, broken = {}, []
        for entry in entries:
            if entry.filename in {LIST, *beside}:
                continue
            found = _bytes_of(package, entry)
            if found is None or own.get(entry.filename) != listed(entry.filename, found):
                broken.append(entry.filename)
            else:
                files[entry.filename] = found
    lacking = [path for path in own if path not in files and path not in broken]
    if broken or lacking:
        raise SealBroken(SealFault.DAMAGED, [*broken, *lacking])
    return Opened(about, files)


def _refuse_size(entries: Sequence[zipfile.ZipInfo], packed: int) -> None:
    """By what the archive says itself; no more than that is unpacked of any file."""
    size = sum(one.file_size for one in entries)
    is_bomb = size > max(_SMALL, packed * _MOST_RATIO)
    if is_bomb or size > _MOST_BYTES or len(entries) > _MOST_FILES:
        raise SealBroken(SealFault.TOO_LARGE)


def _refuse_names(names: Sequence[str]) -> None:
    """A name that leads out of the folder, or to a file that another name leads to."""
    folded = [name.casefold() for name in names]  # Windows takes A and a for one file
    bad = [name for name in names if not _is_inside(name) or folded.count(name.casefold()) > 1]
    if bad:
        raise SealBroken(SealFault.BAD_NAME, bad)


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = not any(sign in name for sign in "\\:\0") and not name.startswith("/")
    return bool(parts) and plain and ".." not in parts and not name.endswith("/")


def _about(package: zipfile.ZipFile, kind: str) -> Mapping[str, Any]:
    try:
        entry = package.getinfo(LIST)
        if entry.file_size > _MOST_LIST:
            raise SealBroken(SealFault.TOO_LARGE)
        told = json.loads(read_part(package, entry))
    except (KeyError, ValueError, RecursionError) as error:
        raise SealBroken(SealFault.FOREIGN) from error
    except zipfile.BadZipFile as error:
        raise SealBroken(SealFault.DAMAGED, [LIST]) from error
    if not isinstance(told, dict) or told.get("slag") != kind:
        raise SealBroken(SealFault.FOREIGN)
    return told


def _listed_in(about: Mapping[str, Any]) -> dict[str, ListedFile]:
    try:
        own = [from_json(one) for one in about[_FILES]]
    except (KeyError, TypeError, ValueError) as error:
        raise SealBroken(SealFault.DAMAGED, [LIST]) from error
    return {one.path: one for one in own}


def _bytes_of(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """A file's bytes; None where they cannot be unpacked."""
    try:
        return read_part(package, entry)
    except zipfile.BadZipFile:
        return None
