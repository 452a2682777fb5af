"""Opening what somebody else has put in a folder: only regular files, size asked first. A pipe
would be waited for, a link to a device read for ever."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from enum import Enum
from errno import ELOOP, ENAMETOOLONG, ENODEV, ENOTDIR, ENXIO
from itertools import chain
from pathlib import Path, PurePath
from typing import IO

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


_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_FILE = {ELOOP, ENAMETOOLONG, ENODEV, ENOTDIR, ENXIO}
"""What the system says of a name that no file has, however much one may."""


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes | NotRead:
    """A file's bytes, or why they were not read. Raises nothing."""
    try:
        seen = path.stat()
        if stat.S_ISDIR(seen.st_mode):
            return NotRead.NO_FILE if os.access(path, os.R_OK | os.X_OK) else NotRead.CLOSED
        if not stat.S_ISREG(seen.st_mode):
            return NotRead.NO_FILE
        return NotRead.TOO_LARGE if seen.st_size > most else _bytes_of(path, most)
    except FileNotFoundError:
        return NotRead.NO_FILE
    except OSError as error:
        return NotRead.NO_FILE if error.errno in _NO_FILE else NotRead.CLOSED


def _bytes_of(path: Path, most: int) -> bytes | NotRead:
    """What stands behind the name may have been exchanged since it was looked at: it is opened
    without waiting, and never read further than it may be."""
    opened = open_regular(path)
    if isinstance(opened, NotRead):
        return opened
    with opened:
        data = opened.read(most + 1)
    return NotRead.TOO_LARGE if len(data) > most else data


def is_a_programs_own(name: str) -> bool:
    """Whether a program has laid a file beside another. A workbook with a full stop before its name
    is hidden by somebody: macOS writes `._name`, LibreOffice `.~lock.name#`."""
    if name.startswith(("~$", "._", ".~")) or name.casefold() in _OF_WINDOWS:
        return True
    return name.startswith(".") and PurePath(name).suffix.casefold() not in _WORKBOOKS


def real(path: Path) -> Path:
    """Where a path leads, whole; one that leads in a circle as it is written."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python says so of a link that leads to itself
        return as_written(path)


def as_written(path: Path) -> Path:
    """A path from the top, and no link in it followed."""
    return Path(os.path.normpath(path.absolute()))


def placed_below(path: Path, top: Path) -> str:
    """A path as seen from a folder above it; as it is where it does not lie there."""
    # As it is written first: what a link leads to has another name, and may lie elsewhere.
    for where in (as_written, real):
        below, above = where(path), where(top)
        if below.is_relative_to(above):
            return below.relative_to(above).as_posix()
    return str(path)


def is_there(path: Path) -> bool:
    """Whether anything has a name: a broken link too, but none that is too long to be one."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def own_bytes(path: Path, most: int = MOST_BYTES) -> bytes | NotRead | None:
    """The bytes of a file that may be there, or why they were not read; None where nothing has its
    name. Raises nothing."""
    return read_regular(path, most) if is_there(path) else None


def open_regular(path: Path) -> IO[bytes] | NotRead:
    """A file, opened, however large; or why it could not be. Raises nothing."""
    try:
        handle = os.open(path, os.O_RDONLY | _PLAIN)
    except FileNotFoundError:
        return NotRead.NO_FILE
    except OSError as error:
        return NotRead.NO_FILE if error.errno in _NO_FILE else NotRead.CLOSED
    opened = os.fdopen(handle, "rb")
    if stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        return opened
    opened.close()
    return NotRead.NO_FILE


@dataclass(slots=True)
class _Walk:
    """What lies below a folder, while it is looked through. `met` are the folders that links have
    led to: none is gone through twice."""

    top: Path
    found: list[Path] = field(default_factory=list)
    met: set[Path] = field(default_factory=set)

    def through(self, folder: Path) -> None:
        """Note what lies in a folder and below it; the folder itself where nobody may look into
        it."""
        try:
            with os.scandir(folder) as entries:
                own = list(entries)
        except OSError:
            self.found.append(folder)
            return
        for entry in own:
            self._note(entry)

    def _note(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        if not _is_folder(entry):
            if not is_a_programs_own(entry.name):
                self.found.append(path)
        elif entry.name.startswith("."):
            if _holds_a_workbook(path):
                self.found.append(path)
        elif not _leads_away(path) or self._is_new(path):
            self.through(path)
        else:
            self.found.append(path)

    def _is_new(self, link: Path) -> bool:
        """Whether a link leads to a folder that is gone through nowhere else."""
        aim = real(link)
        if aim in self.met or aim.is_relative_to(self.top) or self.top.is_relative_to(aim):
            return False
        self.met.add(aim)
        return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _leads_away(folder: Path) -> bool:
    """Whether a folder is a link, or a junction of Windows."""
    return real(folder.parent) / folder.name != real(folder)


def _holds_a_workbook(folder: Path) -> bool:
    """Whether somebody's workbook lies in a hidden folder; whatever else does is a program's."""
    names = chain.from_iterable(own for _, _, own in os.walk(folder))
    own = (name for name in names if not is_a_programs_own(name))
    return any(PurePath(name).suffix.casefold() in _WORKBOOKS for name in own)


def everything_in(folder: Path) -> list[Path]:
    """Every path below a folder that is no folder, by name, and the folders that are not looked
    into: those that nobody may open, hidden ones with workbooks in them, and links to folders that
    are gone through already. What programs keep for themselves is left out: Excel's lock files
    (`~$name.xlsx`) and hidden files that are no workbooks."""
    if not folder.is_dir():
        return [folder] if is_there(folder) else []
    walk = _Walk(real(folder))
    walk.through(folder)
    return sorted(walk.found)


def files_with(folder: Path, endings: set[str]) -> list[Path]:
    """The files below a folder with some endings, by name, without what programs keep for
    themselves."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings)
    own = (path for path in found if not is_a_programs_own(path.name))
    return sorted(path for path in own if path.is_file())
