"""Prints of whole folders: two are alike when every file in them has the same name and bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

_OTHER = ""  # the print of what is no file: nothing is read of it


def tree_prints(folder: Path, but: Collection[str] = ()) -> dict[str, str]:
    """The SHA-256 of every file below a folder, hidden ones too, by path; without files and folders
    that have a name among `but`. What is neither file nor folder has a print of its own, and so has
    an empty folder. Raises OSError for what cannot be read."""
    found: dict[str, str] = {}
    if folder.is_dir():
        _add(folder, "", but, found)
    return found


def _add(folder: Path, above: str, but: Collection[str], found: dict[str, str]) -> None:
    with os.scandir(folder) as entries:
        own = sorted((one for one in entries if one.name not in but), key=lambda one: one.name)
    for entry in own:
        name = f"{above}{entry.name}"
        if entry.is_dir():
            found[f"{name}/"] = ""
            _add(Path(entry.path), f"{name}/", but, found)
        else:
            found[name] = file_print(Path(entry.path))


def file_print(path: Path) -> str:
    """The SHA-256 of a file; of what is no regular file a print that is empty. Raises OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        return _OTHER
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def print_of_all(prints: Mapping[str, str]) -> str:
    """One print of many."""
    whole = hashlib.sha256()
    for name, one in sorted(prints.items()):
        whole.update(f"{name}\0{one}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()
