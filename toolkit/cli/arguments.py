"""What is written after a command, as the rooms below want it: a year's inputs, counties, files, a
day. What cannot be understood is CannotBeDone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS
from toolkit.cli.stopped import stopped
from toolkit.files.errors import CannotBeDone
from toolkit.spec.roles import RESPONDENTS
from toolkit.year.workspace import Workspace, files_of, found_at

if TYPE_CHECKING:
    from toolkit.spec.codelists import Code
    from toolkit.spec.load import Year
    from toolkit.year.inputs import Inputs
    from toolkit.year.memory import Memory

HERE = Path()
_SPAN = re.compile(r"(\d{4})(?:\s?[-–]\s?(\d{4}))?")

Root = Annotated[Path, typer.Option("--root", help=TEXTS("hjalp.root"))]
YearSpan = Annotated[str, typer.Argument(help=TEXTS("hjalp.years"))]
YearNumber = Annotated[int, typer.Argument(help=TEXTS("hjalp.year"))]
Day = Annotated[str | None, typer.Option("--datum", metavar="DATUM", help=TEXTS("hjalp.day"))]
Today = Annotated[str | None, typer.Option("--datum", metavar="DATUM", help=TEXTS("hjalp.today"))]
AsJson = Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.as_json"))]
Every = Annotated[bool, typer.Option("--alla", help=TEXTS("hjalp.every"))]
CountyCodes = Annotated[list[str] | None, typer.Option("--county", help=TEXTS("hjalp.county"))]

_NOTHING = Path("\0")  # a path that no file can have


def given_path(written: str) -> Path:
    """A path, whatever lies there: what cannot be read is told of it, and of no other. One that is
    empty, as a variable of a shell may be, is not taken for the folder that somebody stands in."""
    return Path(written) if written else _NOTHING


GivenPaths = Annotated[list[Path], typer.Argument(parser=given_path, help=TEXTS("hjalp.path"))]
GivenFiles = Annotated[list[Path], typer.Argument(parser=given_path, help=TEXTS("hjalp.files"))]


def inputs_of(root: Path, year: int, day: str | None = None) -> Inputs:
    """The inputs of one year. A year that has no templates is told before anything is done."""
    from toolkit.year.inputs import Inputs

    inputs = Inputs(Workspace(root, year, read_day(day), memory=_memory(root)))
    inputs.require_year()
    JOURNAL.works_in(inputs.space)
    return inputs


def span_of(written: str) -> tuple[int, int]:
    """The first and the last year of `2017-2020`; of one year both are it. Raises CannotBeDone for
    what is no years, or whose last is before its first."""
    found = _SPAN.fullmatch(written)
    if found is None:
        raise CannotBeDone("fel.aren", value=written)
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise CannotBeDone("fel.aren", value=written)
    return first, last


def last_there(root: Path, first: int, last: int) -> int:
    """The last of some years that has returns; the year itself where it is the only one. Raises
    CannotBeDone when none of several has."""
    from toolkit.year.several import years_there

    return years_there(Workspace(root, last), first, last)[-1] if first < last else last


def newest_of(root: Path, day: str | None = None) -> Inputs:
    """The inputs of a command about files of any year."""
    from toolkit.year.inputs import newest_inputs

    inputs = newest_inputs(root, read_day(day), _memory(root))
    JOURNAL.works_in(inputs.space)
    return inputs


def _memory(root: Path) -> Memory:
    from toolkit.year.layout import memory_of
    from toolkit.year.memory import no_memory

    return no_memory() if JOURNAL.forgets else memory_of(root)


def read_day(written: str | None) -> date | None:
    """Raises CannotBeDone for what is no date."""
    from toolkit.words.periods import read_date

    found = read_date(written)
    if written and found is None:
        raise CannotBeDone("fel.datum", value=written)
    return found.value if found else None


def chosen_counties(year: Year, wanted: Sequence[str] | None) -> list[Code]:
    """The counties of some codes; all of them when none is given."""
    counties = year.spec.list_of(RESPONDENTS)
    known = {county.code: county for county in year.spec.counties}
    for code in wanted or ():
        if code not in known:
            raise CannotBeDone("fel.lan", code=code, list=counties.label, codes=", ".join(known))
    return [known[code] for code in wanted or known]


def files_in(root: Path, given: Sequence[Path]) -> list[Path]:
    """The files that are given, and the workbooks of the folders that are."""
    found: list[Path] = []
    for one in given:
        if one == _NOTHING:
            raise CannotBeDone("fel.tom")
        path = found_at(root, one)
        if path is None:
            raise CannotBeDone("fel.fil", path=one)
        files = files_of(path) if path.is_dir() else [path]
        if not files:
            raise CannotBeDone("fel.inga", path=one)
        found += files
    return found


def found_of(root: Path, given: Sequence[Path]) -> tuple[list[Path], bool]:
    """The files that are there; whether any was not, which has been told."""
    found: list[Path] = []
    failed = False
    for one in given:
        try:
            found += files_in(root, [one])
        except CannotBeDone as error:
            stopped(error)
            failed = True
    return list(dict.fromkeys(found)), failed


def need_known_part(chapter: str | None, county: Sequence[str] | None, *, final: bool) -> None:
    """A county's own report is the only part that can be written by itself, and only there can
    counties be chosen. What is printed for good is printed whole."""
    if chapter and final:
        raise CannotBeDone("fel.slutlig")
    if chapter not in {None, "county"} or (county and chapter is None):
        raise CannotBeDone("fel.kapitel")
