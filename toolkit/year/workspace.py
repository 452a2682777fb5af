"""The working folder: what lies in it, where `places` says, and what a run brings with it. `layout`
lays out a new one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.files.formats import as_saved
from toolkit.files.regular import everything_in, files_with, is_there, placed_below, real
from toolkit.files.zip import ENDINGS
from toolkit.words.visible import in_line
from toolkit.year.log import RunLog
from toolkit.year.memory import Memory, no_memory
from toolkit.year.places import INPUTS, OUTPUTS, SUBMISSIONS, YEAR_FOLDER, Places, seen_from

if TYPE_CHECKING:
    from toolkit.files.cluster import Workers

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
SENT = SPREADSHEETS | {".xltx", ".xltm", ".fods", ".csv", ".numbers", ".gsheet", ".zip", ""}
"""What a county may have sent as its return: it is read, or refused by name."""
LEDGERS = {".csv", ".txt", ".tsv", ".se", ".si", ".sie"} | SPREADSHEETS


@dataclass(frozen=True, slots=True)
class Workspace(Places):
    """A root with templates/, inputs/ and outputs/, seen for one year.

    `day` is the day that the last days of waivers are measured against, else the day on which the
    county approved its return: no clock is asked here. `log` is the run's own, `memory` what
    earlier runs have worked out; `workers` do the work on files, else it is done here."""

    day: date | None = None
    log: RunLog = field(default_factory=RunLog, repr=False, compare=False)
    memory: Memory = field(default_factory=no_memory, repr=False, compare=False)
    workers: Workers | None = field(default=None, repr=False, compare=False)

    @property
    def before(self) -> Workspace:
        """The same folder a year earlier. A day is given for one year's waivers alone."""
        return replace(self, year=self.year - 1, day=None)

    def of(self, year: int) -> Workspace:
        """The same folder and day for another year."""
        return replace(self, year=year)

    def submissions(self) -> list[Path]:
        """All that lies among the counties' files, by name: none is passed over in silence."""
        return everything_in(self.sent)

    def ledgers(self) -> list[Path]:
        """The ledger extracts, by name."""
        found = everything_in(self.extracts)
        own = (path for path in found if path.suffix.lower() in LEDGERS or path.is_dir())
        return [path for path in own if path != self.ledger_map]

    def other_ledgers(self) -> list[Path]:
        """What else lies among them, and is not read."""
        return [
            path
            for path in everything_in(self.extracts)
            if path.suffix.lower() not in LEDGERS and not path.is_dir() and path != self.ledger_map
        ]

    @property
    def decisions(self) -> Path:
        """The finance officer's own copy of ekonomi.xlsx, with her decisions, in any format."""
        return as_saved(self.saved_decisions, SPREADSHEETS)

    def years_made(self) -> list[int]:
        """The years of which something lies among what goes out."""
        return sorted(int(folder.name) for folder in self.outputs.parent.glob(YEAR_FOLDER))

    def refilled_copies(self) -> list[Path]:
        """The fresh copies that are there, in the order of their names."""
        return sorted(self.refilled("").parent.glob("*.xlsx"))

    def returned(self) -> list[Path]:
        """What has gone, or is to go, back to the counties."""
        return files_with(self.returns, {*ENDINGS, ".txt", ".docx"})

    def links_to(self, paths: Iterable[Path]) -> dict[str, str]:
        """Where files lie as seen from the books of the house, by name; without names that several
        of them have."""
        found = list(paths)
        names = [path.name for path in found]
        known = (path for path in found if names.count(path.name) == 1)
        # A link in a workbook is a URI: its strokes lean forward, on Windows too.
        return {path.name: Path(os.path.relpath(path, self.internal)).as_posix() for path in known}

    def shown(self, path: Path) -> str:
        """A path as short as it can be said."""
        return in_line(placed_below(path, self.root))


def files_of(folder: Path) -> list[Path]:
    """What is there to check in a folder and the folders below it, by name: among the submissions
    all that lies there, elsewhere the workbooks."""
    return everything_in(folder) if _is_of_submissions(folder) else _workbooks_in(folder)


def _is_of_submissions(folder: Path) -> bool:
    return SUBMISSIONS in real(folder).parts


def _workbooks_in(folder: Path) -> list[Path]:
    found = everything_in(folder)
    return [path for path in found if path.suffix.lower() in SPREADSHEETS or path.is_dir()]


def found_at(root: Path, given: Path) -> Path | None:
    """A path that somebody has written: seen from where they stand, or else from the root. None
    when nothing is there."""
    return next(filter(is_there, (given, seen_from(root, given))), None)


def year_of(path: Path) -> int | None:
    """The year of the folder under inputs/ that a file lies in."""
    return _year_below(INPUTS, path)


def year_made(path: Path) -> int | None:
    """The year of the folder under outputs/ that a file lies in."""
    return _year_below(OUTPUTS, path)


def _year_below(folder: str, path: Path) -> int | None:
    pairs = pairwise(real(path).parts)
    named = [after for before, after in pairs if before == folder and after.isdigit()]
    return int(named[-1]) if named else None
