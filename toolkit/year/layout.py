"""A working folder: a new one, with the shipped templates and room for what comes in and goes out,
one in which an earlier version has laid its files elsewhere, what an archive of it holds, and where
its memory lies."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from toolkit.files.atomic import (
    beside_of,
    copy_folder,
    make_folder,
    newest_of,
    place_of,
    publish,
    withdraw,
)
from toolkit.files.memory import Store, own_secret
from toolkit.files.prints import print_of_all, tree_prints
from toolkit.files.regular import everything_in, files_with, real
from toolkit.files.turn import NAME as AT_WORK
from toolkit.year.memory import Memory, memory_in
from toolkit.year.places import (
    MEMORY,
    YEAR_FOLDER,
    beside,
    commented_in,
    lock_beside,
    secret_of_the_user,
    seen_from,
    shipped_beside,
)
from toolkit.year.workspace import Workspace, year_made

_BEGUN = time.time()
_REPORTS = re.compile(r"(?:rapport(?:-\d{4}-\d{4})?|.+-rapport)\.(?:docx|pdf)")
"""The names of all reports that may leave the house."""


class LaidOut(NamedTuple):
    """A working folder that is there: the year that it is ready for, what was left alone since it
    was there already, and whether the year is one that comes with the program."""

    year: int
    left: list[Path]
    is_shipped: bool


def lay_out(folder: Path) -> LaidOut:
    """Lay out a working folder: the shipped templates, empty inputs for each of their years, and
    outputs. Nothing that exists is touched; the newest year is said. Raises NotWritten when the
    folder cannot be written."""
    space = Workspace(folder, 0)
    make_folder(space.outputs.parent)
    with as_file(files("toolkit")) as package:
        carried, checkout = shipped_beside(package)
        shipped = sorted((carried if carried.is_dir() else checkout).glob(YEAR_FOLDER))
        places = {path: space.of(int(path.name)).own_templates for path in shipped}
        left = [place for place in places.values() if place.exists()]
        for path, place in places.items():
            if place not in left:
                copy_folder(path, place)
    laid = sorted(int(path.name) for path in space.templates.glob(YEAR_FOLDER))
    for year in laid:
        for place in space.of(year).inputs_folders:
            make_folder(place)
    return LaidOut(laid[-1], left, any(path.name == str(laid[-1]) for path in shipped))


def put_in_place(space: Workspace) -> None:
    """What an earlier version wrote straight into outputs/YEAR, of every year there, is moved to
    the folder that it belongs in now: nothing stale stays behind, and the reports of earlier years
    are where the audit reads them. Raises NotWritten."""
    for year in space.years_made():
        one = space.of(year)
        for old, new in _moves(one):
            # What could not take its place since that was open in another program is the newest.
            data = newest_of(old).read_bytes()
            if not new.exists():
                publish(new, data)
            # A workbook in which decisions may have been saved is taken over first, if need be.
            if old != one.former_finance or new.read_bytes() == data:
                withdraw(old)
                withdraw(beside_of(old))
        _remove_empty(one.former_data)


def _moves(space: Workspace) -> Iterator[tuple[Path, Path]]:
    """Each place where a file lies and none lies any more, and where it belongs."""
    house = _names_of_the_house(space)
    here = {place_of(path) for path in space.outputs.iterdir() if path.is_file()}
    for old in sorted(here):
        if old.name in {space.guide.name, space.dictionary.name} or _REPORTS.fullmatch(old.name):
            yield old, space.now_public(old)
        elif old.name in house:
            yield old, space.now_internal(old)
    for old in files_with(space.former_data, {".csv"}):
        yield old, space.now_data(old)


def _names_of_the_house(space: Workspace) -> set[str]:
    books = (space.merged, space.status, space.finance, space.derivation)
    forms = (space.waiver_form, space.choice_form, space.edition_form, space.manuscript_form)
    reviewed = space.reviewed_report
    others = (reviewed, beside(reviewed, ".pdf"))
    return {path.name for path in (*books, *forms, *others)}


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


# What an archive of a year holds

_UNMADE = {".pdf"}  # made by another program, in its own way each time


def archived_inputs(space: Workspace, years: Iterable[int]) -> list[Path]:
    """All that some years are made from: their inputs, and the templates of all years, since one
    year's are laid on another's."""
    found = everything_in(space.templates)
    for year in years:
        found += everything_in(space.of(year).inputs)
    return [path for path in found if path.is_file()]


def outputs_made(space: Workspace) -> list[Path]:
    """What follows from the inputs alone among what has been made. A letter that reminds has a day
    in it, and what has been moved to another template was asked for by itself."""
    own = (space.internal, space.public, space.returns, space.blank_templates)
    found = chain.from_iterable(map(everything_in, own))
    made = (path for path in found if path != space.archive and path.suffix not in _UNMADE)
    return [path for path in made if path.is_file()]


def put_archived(root: Path, name: str, data: bytes) -> Path:
    """A file of an archive, in its place below a root. Its name has been looked at."""
    return publish(seen_from(root, name), data)


def lock_of_the_program() -> bytes | None:
    """The versions that the program is made with; None where it has been installed without
    them."""
    with as_file(files("toolkit")) as package:
        lock = lock_beside(package)
        return lock.read_bytes() if lock.is_file() else None


def parts_of_the_program() -> Iterator[tuple[str, bytes]]:
    """Every file of the program that decides what it makes, by name."""
    with as_file(files("toolkit")) as package:
        for path in _deciding(package):
            yield path.relative_to(package).as_posix(), path.read_bytes()


def _deciding(package: Path) -> Iterator[Path]:
    for path in everything_in(package):
        if path.suffix in {".py", ".yaml", ".json"} and "shipped" not in path.parts:
            yield path


def commented(space: Workspace, path: Path) -> Path:
    """The copy of a Word file with comments on what does not agree: beside it, but never among what
    may leave the house."""
    folder = space.internal if real(path).parent == real(space.public) else path.parent
    return commented_in(folder, path)


def year_of_report(root: Path, path: Path) -> int:
    """The year of a report: of the folder under outputs/ that it lies in, or else the last one that
    outputs have been made of; 0 where there is none."""
    made = Workspace(root, 0).years_made()
    return year_made(path) or max(made, default=0)


# What is remembered from one run to the next

_JUST = 2.0  # seconds, what clocks of file systems may be behind


def lying_in_inputs(space: Workspace) -> list[Path]:
    """What lies straight in the year's folder of what comes in, by name."""
    return sorted(space.inputs.iterdir()) if space.inputs.is_dir() else []


def memory_of(root: Path) -> Memory:
    """What earlier runs in a working folder have worked out, as far as this user's own have. It is
    asked for before anything in templates/ is read."""
    space = Workspace(root, 0)
    secret = own_secret(secret_of_the_user())
    store = Store(space.memory_folder, secret) if secret else None
    program = print_of_the_program() if store else None
    return memory_in(store, program, lambda: _print_of_folder(space.templates))


def folder_prints(space: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """Every file of inputs/ and of outputs/, of all years, by its print; without the memory and the
    sign that somebody is at work. Raises OSError."""
    outputs = space.outputs.parent
    return tree_prints(space.inputs.parent), tree_prints(outputs, {MEMORY, AT_WORK})


def _print_of_folder(folder: Path) -> str | None:
    try:
        return print_of_all(tree_prints(folder))
    except OSError:
        return None


def print_of_the_program() -> str | None:
    """The print of all that decides what the program makes: its own files, Python and libraries.
    None while its files are being exchanged: nobody knows what this process has loaded."""
    whole = hashlib.sha256("\n".join(_versions()).encode())
    with contextlib.suppress(OSError), as_file(files("toolkit")) as package:
        for path in _deciding(package):
            seen = path.stat()
            if max(seen.st_mtime, seen.st_ctime) > _BEGUN - _JUST:
                return None
            name, data = path.relative_to(package).as_posix(), path.read_bytes()
            whole.update(f"\n{name}\n{hashlib.sha256(data).hexdigest()}".encode())
        return whole.hexdigest()
    return None


def _versions() -> list[str]:
    found = [sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION]
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        found += sorted(path.name for path in folder.glob("*-info"))
    return found
