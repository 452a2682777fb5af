"""Opening what somebody else has put in a folder: only regular files, size asked first. A pipe
would be waited for, a link to a device read for ever."""

from __future__ import annotations

import os
import stat
from enum import Enum
from pathlib import Path, PurePath

MOST_BYTES = 25 * 1024 * 1024
"""No return is nearly as large; what is, is not read into memory to be refused there."""


_OF_WINDOWS = {"thumbs.db", "desktop.ini"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".xltm"}


class NotRead(Enum):
    """Why a path was not read: it is no file (a pipe, a device, a broken link), nobody may or can
    open it, or it is too large."""

    NO_FILE = "no_file"
    CLOSED = "closed"
    TOO_LARGE = "too_large"


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes | NotRead:
    """A file's bytes, or why they were not read. Raises nothing."""
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            return NotRead.CLOSED if stat.S_ISDIR(seen.st_mode) else NotRead.NO_FILE
        return NotRead.TOO_LARGE if seen.st_size > most else _bytes_of(path, most)
    except FileNotFoundError:
        return NotRead.NO_FILE
    except OSError:
        return NotRead.CLOSED


def _bytes_of(path: Path, most: int) -> bytes | NotRead:
    """What stands behind the name may have been exchanged since it was looked at: it is opened
    without waiting, and never read further than it may be."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            return NotRead.NO_FILE
        data = opened.read(most + 1)
    return NotRead.TOO_LARGE if len(data) > most else data


def is_a_programs_own(name: str) -> bool:
    """Whether a program has laid a file beside another. A workbook with a full stop before its name
    is hidden by somebody: macOS writes `._name`, LibreOffice `.~lock.name#`."""
    if name.startswith(("~$", "._", ".~")) or name.casefold() in _OF_WINDOWS:
        return True
    return name.startswith(".") and PurePath(name).suffix.casefold() not in _WORKBOOKS


def everything_in(folder: Path) -> list[Path]:
    """Every path below a folder that is no folder, and the folders that cannot be looked into, by
    name. What programs keep for themselves is left out: Excel's lock files (`~$name.xlsx`) and
    hidden files that are no workbooks."""
    found: list[Path] = []
    # os.walk passes over a folder that it may not open, and says nothing unless it is asked.
    closed: list[Path] = []
    if not folder.is_dir():
        return []

    def note(error: OSError) -> None:
        if isinstance(error.filename, str):
            closed.append(Path(error.filename))

    for above, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(above, name) for name in names if not is_a_programs_own(name)]
    return sorted([*found, *closed])


def files_with(folder: Path, endings: set[str]) -> list[Path]:
    """The files below a folder with some endings, by name, without what programs keep for
    themselves."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings)
    own = (path for path in found if not is_a_programs_own(path.name))
    return sorted(path for path in own if path.is_file())
