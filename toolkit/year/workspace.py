"""The working folder: where everything comes from and goes. Alone with the pipeline it knows the
folders."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

from toolkit.spec.codelists import Code

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
SENT = SPREADSHEETS | {".xltx", ".xltm", ".fods", ".csv", ".numbers", ".gsheet", ".zip", ""}
"""What a county may have sent as its return: among the submissions it is read, or refused by
name."""
LEDGERS = {".csv", ".txt", ".xlsx", ".se", ".si", ".sie"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A root with templates/, inputs/ and outputs/, seen for one year.

    `day` is the day that the last days of waivers are measured against; without one it is the day
    on which the county approved its return. The clock of the machine is never asked."""

    root: Path
    year: int
    day: date | None = None

    @property
    def templates(self) -> Path:
        """What the agency changes, all years."""
        return self.root / "templates"

    @property
    def inputs(self) -> Path:
        """What comes in."""
        return self.root / "inputs" / str(self.year)

    @property
    def outputs(self) -> Path:
        """What goes out; all of it can be deleted and made again."""
        return self.root / "outputs" / str(self.year)

    def submissions(self) -> list[Path]:
        """The counties' files, by name, whatever they are called; Excel's own lock files are no
        files."""
        return spreadsheets_in(self.inputs / "submissions")

    def ledgers(self) -> list[Path]:
        """The ledger extracts, by name."""
        return [
            path for path in _files_in(self.inputs / "ledgers", LEDGERS) if path != self.ledger_map
        ]

    @property
    def ledger_map(self) -> Path:
        """Whose each ledger extract is, where it has to be told."""
        return self.inputs / "ledgers" / "lan.csv"

    @property
    def series(self) -> Path:
        """Appropriations and spend over the years."""
        return self.inputs / "anslagsserie.csv"

    @property
    def decisions(self) -> Path:
        """The finance officer's own copy of ekonomi.xlsx, with her decisions."""
        return self.inputs / "finance-decisions.xlsx"

    @property
    def edition(self) -> Path:
        """The editor's own copy of redaktion.xlsx."""
        return self.inputs / "redaktion.xlsx"

    @property
    def manuscript(self) -> Path:
        """The sections of the report that the editor has written in Word."""
        return self.inputs / "texter.docx"

    @property
    def waivers(self) -> Path:
        """The agency's own list of waivers."""
        return self.inputs / "avsteg.xlsx"


def spreadsheets_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and the folders below it, by name; among the submissions also what
    was sent as one."""
    sent = [path for path in _files_in(folder, SENT) if "submissions" in path.resolve().parts]
    return sorted({*_files_in(folder, SPREADSHEETS), *sent})


def _files_in(folder: Path, endings: set[str]) -> list[Path]:
    found = (
        path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file()
    )
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))


def year_of(path: Path) -> int | None:
    """The year of the folder under inputs/ that a file lies in."""
    parts = path.resolve().parts
    named = [after for before, after in pairwise(parts) if before == "inputs" and after.isdigit()]
    return int(named[-1]) if named else None


def county_file(county: Code) -> str:
    """The name of a county's workbook: `12-Skåne.xlsx`."""
    return f"{county.code}-{county.attributes['namn']}.xlsx"


def lay_out(folder: Path, year: int) -> list[Path]:
    """Lay out a working folder: the shipped templates, empty inputs and outputs. Nothing that
    exists is touched; the paths left alone are returned. Raises OSError when the folder cannot be
    written."""
    left = []
    for name in ("submissions", "ledgers"):
        (folder / "inputs" / str(year) / name).mkdir(parents=True, exist_ok=True)
    (folder / "outputs").mkdir(parents=True, exist_ok=True)
    with as_file(files("toolkit")) as package:
        shipped = package / "shipped"
        source = shipped if shipped.is_dir() else package.parent / "templates"
        for path in sorted(source.glob("[0-9][0-9][0-9][0-9]")):
            target = folder / "templates" / path.name
            if target.exists():
                left.append(target)
            else:
                shutil.copytree(path, target)
    return left
