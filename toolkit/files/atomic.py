"""Outputs appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

PREFIX = ".lansrapport-"
_WAITS = (0.1, 0.3, 0.6)  # seconds, while Excel, antivirus or a sync client holds the file


def publish(path: Path, data: bytes) -> Path:
    """Write a file by way of a temporary one in the same folder. Returns the path written.

    When the target is held open by another program (Windows), the new file is left beside it under
    `<name> (ny)<ext>` and that path is returned, so that the caller can say so. A file that already
    holds the same bytes is left alone. Raises OSError when the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        return path
    # In the same folder: a rename is one step only within a file system.
    temporary = path.parent / f"{PREFIX}{os.getpid()}-{path.name}"
    _write(temporary, data)
    target = _replace(temporary, path)
    # The name too is on the disk only when the folder is.
    _sync_folder(path.parent)
    return target


def sweep(folder: Path) -> int:
    """Remove temporaries that a killed run left behind. Returns how many."""
    left = [path for path in folder.rglob(f"{PREFIX}*") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


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
            if wait is not None:
                time.sleep(wait)
    beside = path.with_name(f"{path.stem} (ny){path.suffix}")
    temporary.replace(beside)
    return beside


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
