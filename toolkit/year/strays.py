"""Files that lie beside a year's inputs and that nothing reads: one that was saved under another
name than the one that is read is otherwise passed over without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from toolkit.files.formats import in_other_formats
from toolkit.files.regular import is_a_programs_own
from toolkit.words.swedish import fold, suggest
from toolkit.year.layout import lying_in_inputs
from toolkit.year.workspace import SPREADSHEETS, Workspace

_PROGRAMS = {".py", ".pyc"}  # what makes the example year lies there too
_ENDING = re.compile(r"\.[a-z]{2,4}$")
# What Windows, macOS and browsers put after the name of a second copy, and people after a last one.
_COPY = re.compile(
    r"(?:[\s_.-]*(?:\(\w+\)|(?:kopia|copy|ny|nya|slutlig|slutgiltig|v?\d{1,2}))|[\s_.-]+)$"
)


class Stray(NamedTuple):
    """A file or folder that nothing reads, and the name that was most likely meant; empty where
    none was."""

    path: Path
    meant: str


def strays_in(space: Workspace) -> list[Stray]:
    """What lies straight in the year's folder and is not read, by name; of folders only those whose
    names are much like the name of one that is. What programs lay there is left out."""
    return list(_strays(space, lying_in_inputs(space)))


def _strays(space: Workspace, there: list[Path]) -> Iterator[Stray]:
    files, folders = _names(space), {path.name: path.name for path in space.inputs_folders}
    read = [*_read_files(space), *space.inputs_folders]
    # One in another format beside the one that counts is compared with it, and told of there.
    read += in_other_formats(space.decisions, SPREADSHEETS)
    for path in there:
        if _is_left_aside(path) or any(_is_same(path, one) for one in read):
            continue
        likely = _meant(path.name, folders if path.is_dir() else files)
        if likely or not path.is_dir():
            yield Stray(path, likely)


def _is_left_aside(path: Path) -> bool:
    return is_a_programs_own(path.name) or path.suffix.lower() in _PROGRAMS


def _is_same(path: Path, read: Path) -> bool:
    """Windows and macOS take two names that differ in their capitals for one. A link that leads to
    nothing, or to itself, is no other file than its own."""
    return path == read or (path.exists() and read.exists() and path.samefile(read))


def _read_files(space: Workspace) -> tuple[Path, ...]:
    """The files that are read where they are there."""
    return (
        space.series, space.decisions, space.edition, space.manuscript, space.waivers,
        space.choices, space.secrecy_key, space.printed, space.invented, space.issue, space.read_me,
        space.arrivals, space.written_to, space.addresses,
    )  # fmt: skip


def _names(space: Workspace) -> dict[str, str]:
    """The names of what is read, by those under which they may be meant."""
    own = {path.name: path.name for path in _read_files(space)}
    # The workbook in which she decides may have been copied from what goes out as it is called.
    return own | {space.finance.name: space.decisions.name}


def _meant(name: str, known: Mapping[str, str]) -> str:
    """The name that is read, where another is one with something before or after it, with another
    ending, or much like it."""
    stems = {_stem(one): wanted for one, wanted in known.items()}
    own = _stem(name)
    within = (one for stem, one in stems.items() if own.startswith(stem) or own.endswith(stem))
    likely = stems.get(own) or next(within, None) or stems.get(suggest(own, list(stems)) or "")
    return likely or ""


def _stem(name: str) -> str:
    """A name without its endings, without what marks a copy, and with spaces for what joins its
    words.

    >>> _stem("finance-decisions (1).xlsx"), _stem("Finance_Decisions.xlsx.xlsx")
    ('finance decisions', 'finance decisions')
    """
    stem, before = fold(PurePath(name).name), ""
    while stem != before:
        before = stem
        stem = _COPY.sub("", _ENDING.sub("", stem))
    return " ".join(re.split(r"[\s_.-]+", stem)).strip()
