"""Outputs appear whole or not at all: a temporary file, fsync, rename.

A file that another program holds is not lost: the new one lies beside it, under `<name> (ny)<ext>`,
until it can take its place. That it lies there is all that has to be known, by the run that is told
of it and by the next one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from toolkit.files.errors import NotWritten
from toolkit.files.temporary import temporary_for

BESIDE = " (ny)"
_WAITS = (0.1, 0.3, 0.6)  # seconds, while Excel, antivirus or a sync client holds the file


@dataclass(frozen=True, slots=True)
class Held:
    """A file that another program holds, and where the new one lies: nowhere (None) when it was to
    be taken away."""

    path: Path
    beside: Path | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What has been written, and what other programs held of it."""

    written: list[Path]
    held: list[Held]


_NOTED: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextlib.contextmanager
def noting() -> Iterator[Noted]:
    """All that is written while this is open."""
    found = Noted([], [])
    token = _NOTED.set(found)
    try:
        yield found
    finally:
        _NOTED.reset(token)


def publish(path: Path, data: bytes) -> Path:
    """Write a file by way of a temporary one in the same folder. Returns the path written.

    When the target is held open by another program (Windows), the new file is left beside it and
    that path is returned. A file that already holds the same bytes is left alone. Raises NotWritten
    when there is no room, or nobody may write there; the earlier file is whole then."""
    make_folder(path.parent)
    if not _holds(path, data):
        # In the same folder: a rename is one step only within a file system.
        temporary = temporary_for(path)
        try:
            _write(temporary, data)
            target = _replace(temporary, path)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise NotWritten(error.errno, error.strerror, str(path)) from error
        # The name too is on the disk only when the folder is.
        _sync_folder(path.parent)
        _note_written(target)
        if target != path:
            return target
    withdraw(beside_of(path))
    return path


def withdraw(path: Path) -> bool:
    """Take a file away; whether it is gone. One that another program holds is left, and noted."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        _note(Held(path, None))
        return False
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(error.errno, error.strerror, str(folder)) from error


def copy_folder(source: Path, target: Path) -> None:
    """A folder's copy, whole or not at all. Raises NotWritten."""
    make_folder(target.parent)
    temporary = temporary_for(target)
    try:
        shutil.copytree(source, temporary)
        temporary.rename(target)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        code = error.errno or _gathered(error)
        raise NotWritten(code, os.strerror(code), str(target)) from error


def _gathered(error: OSError) -> int:
    """The number of the first error that copytree has gathered: it keeps them as texts."""
    found = re.search(r"Errno (\d+)", str(error))
    return int(found[1]) if found else EACCES


def beside_of(path: Path) -> Path:
    """Where a new file lies while the one that it is to replace is held.

    >>> beside_of(Path("rapport.docx")).name
    'rapport (ny).docx'
    """
    return path.with_name(f"{path.stem}{BESIDE}{path.suffix}")


def place_of(path: Path) -> Path:
    """The place that a file written beside it is to take; its own for any other.

    >>> place_of(Path("rapport (ny).docx")).name
    'rapport.docx'
    """
    return path.with_name(f"{path.stem.removesuffix(BESIDE)}{path.suffix}")


def newest_of(path: Path) -> Path:
    """The file to open: the new one beside it, when it could not take its place."""
    beside = beside_of(path)
    return beside if beside.exists() else path


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has the same bytes already. One that nobody may read is written anew."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as target:
        target.write(data)
        target.flush()
        # Without it the name may reach the disk before the content: an empty file after a crash.
        os.fsync(target.fileno())


def _replace(temporary: Path, path: Path) -> Path:
    for wait in (*_WAITS, None):
        try:
            temporary.replace(path)
            return path
        except PermissionError:
            if path.is_dir():
                raise
            if wait is not None:
                time.sleep(wait)
    beside = beside_of(path)
    temporary.replace(beside)
    _note(Held(path, beside))
    return beside


def _note(held: Held) -> None:
    noted = _NOTED.get()
    if noted is not None and held not in noted.held:
        noted.held.append(held)


def _note_written(path: Path) -> None:
    noted = _NOTED.get()
    if noted is not None:
        noted.written.append(path)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
