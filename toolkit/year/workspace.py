"""The working folder: where every file lies that comes in or goes out.

This module alone builds paths, and `layout` lays out a new folder. The rest of the year room asks
it where a file is; every room below is given bytes, and the names that it is to tell of."""

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
from toolkit.spec.marks import WORKBOOK
from toolkit.words.visible import in_line
from toolkit.year.log import RunLog
from toolkit.year.memory import Memory, no_memory

if TYPE_CHECKING:
    from toolkit.files.cluster import Workers
    from toolkit.spec.codelists import Code

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_SUBMISSIONS, MEMO = "submissions", "-ekonomi.docx"  # how the name of a letter about money ends
SENT = SPREADSHEETS | {".xltx", ".xltm", ".fods", ".csv", ".numbers", ".gsheet", ".zip", ""}
"""What a county may have sent as its return: it is read, or refused by name."""
YEAR_FOLDER = "[0-9][0-9][0-9][0-9]"
LEDGERS = {".csv", ".txt", ".tsv", ".se", ".si", ".sie"} | SPREADSHEETS


@dataclass(frozen=True, slots=True)
class Workspace:
    """A root with templates/, inputs/ and outputs/, seen for one year.

    `day` is the day that the last days of waivers are measured against, else the day on which the
    county approved its return: no clock is asked here. `log` is the run's own, `memory` what
    earlier runs have worked out; `workers` do the work on files, else it is done here."""

    root: Path
    year: int
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

    # What comes in

    @property
    def templates(self) -> Path:
        """What the agency changes, all years."""
        return self.root / "templates"

    @property
    def own_workbook(self) -> Path:
        """What the year's workbook is, or how it differs from the year's before."""
        return self.templates / str(self.year) / WORKBOOK

    @property
    def inputs(self) -> Path:
        """What comes in."""
        return self.root / "inputs" / str(self.year)

    def submissions(self) -> list[Path]:
        """All that lies among the counties' files, by name: none is passed over in silence."""
        return everything_in(self.inputs / _SUBMISSIONS)

    def ledgers(self) -> list[Path]:
        """The ledger extracts, by name."""
        found = everything_in(self.inputs / "ledgers")
        own = (path for path in found if path.suffix.lower() in LEDGERS or path.is_dir())
        return [path for path in own if path != self.ledger_map]

    def other_ledgers(self) -> list[Path]:
        """What else lies among them, and is not read."""
        return [
            path
            for path in everything_in(self.inputs / "ledgers")
            if path.suffix.lower() not in LEDGERS and not path.is_dir() and path != self.ledger_map
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
        """The finance officer's own copy of ekonomi.xlsx, with her decisions, in any format."""
        return as_saved(self.inputs / "finance-decisions.xlsx", SPREADSHEETS)

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

    @property
    def secrecy_key(self) -> Path:
        """The key that decides which other counts are hidden too; it stays in the house."""
        return self.inputs / "sekretess-nyckel.txt"

    @property
    def printed(self) -> Path:
        """Which counts the year's final report printed and hid; it stays in the house."""
        return self.inputs / "tryckt.json"

    @property
    def invented(self) -> Path:
        """Which of the inputs somebody has made up, where any are."""
        return self.inputs / "pahittat.yaml"

    @property
    def issue(self) -> Path:
        """What stands on the report's imprint page and below its foreword."""
        return self.inputs / "utgivning.yaml"

    @property
    def read_me(self) -> Path:
        """What the files of the folder are for."""
        return self.inputs / "LÄS MIG.txt"

    @property
    def inputs_folders(self) -> list[Path]:
        """The folders of what comes in."""
        return [self.inputs / _SUBMISSIONS, self.inputs / "ledgers"]

    @property
    def choices(self) -> Path:
        """The agency's own list of which files count."""
        return self.inputs / "filer.xlsx"

    @property
    def arrivals(self) -> Path:
        """When each file came in, as first seen or as corrected by hand."""
        return self.inputs / "inkommet.csv"

    @property
    def written_to(self) -> Path:
        """Which counties have been written to, and when."""
        return self.inputs / "paminnelser.csv"

    @property
    def addresses(self) -> Path:
        """Where letters to each county go."""
        return self.inputs / "adresser.csv"

    # What goes out

    @property
    def outputs(self) -> Path:
        """What is made; all of it can be deleted and made again. What goes to one county each lies
        straight in it, by kind; all else in one of the next two."""
        return self.root / "outputs" / str(self.year)

    @property
    def internal(self) -> Path:
        """What is whole, and stays in the house."""
        return self.outputs / "internt"

    @property
    def public(self) -> Path:
        """What may leave the house: of low counts and of persons there is nothing in it."""
        return self.outputs / "publicering"

    def years_made(self) -> list[int]:
        """The years of which something lies among what goes out."""
        return sorted(int(folder.name) for folder in self.outputs.parent.glob(YEAR_FOLDER))

    @property
    def blank_templates(self) -> Path:
        """The folder of the counties' workbooks, to be filled in."""
        return self.outputs / "templates"

    def blank_template(self, county: Code) -> Path:
        """A county's workbook, to be filled in."""
        return self.blank_templates / county_file(county)

    def migrated(self, county: Code) -> Path:
        """A county's earlier return, moved into this year's workbook."""
        return self.outputs / "migrated" / county_file(county)

    def refilled(self, name: str) -> Path:
        """A return in a fresh copy of its own year's workbook. `name` is without its ending."""
        return self.outputs / "refilled" / f"{name}.xlsx"

    def refilled_copies(self) -> list[Path]:
        """The fresh copies that are there, in the order of their names."""
        return sorted(self.refilled("").parent.glob("*.xlsx"))

    @property
    def returns(self) -> Path:
        """The folder of what goes back to the counties: marked files, letters and memos."""
        return self.outputs / "returns"

    def returned(self) -> list[Path]:
        """What has gone, or is to go, back to the counties."""
        return files_with(self.returns, {*ENDINGS, ".txt", ".docx"})

    def marked(self, name: str, ending: str) -> Path:
        """A marked file. `name` is without its ending, and may hold full stops."""
        return self.returns / f"{name}{ending}"

    def fresh(self, name: str) -> Path:
        """A fresh copy of the year's workbook, offered beside the marked file of that name."""
        return self.returns / f"{name}-ny-mall.xlsx"

    def letter(self, name: str) -> Path:
        """The same feedback as text, for an e-mail."""
        return self.returns / f"{name}.txt"

    def memo(self, returned: str) -> Path:
        """The memo about the money, beside the marked file that is called `returned`."""
        return self.returns / f"{Path(returned).stem}{MEMO}"

    @property
    def merged(self) -> Path:
        """All counties' rows and findings."""
        return self.internal / "sammanstallning.xlsx"

    @property
    def status(self) -> Path:
        """How every county stands, and what is to be done."""
        return self.internal / "status.xlsx"

    @property
    def letters(self) -> Path:
        """The folder of the letters that remind, ready to be opened and sent."""
        return self.outputs / "paminnelser"

    def reminder(self, county: Code) -> Path:
        """A letter that reminds a county."""
        return self.letters / f"{county.file_stem}.eml"

    @property
    def data(self) -> Path:
        """The folder of the merged tables as CSV."""
        return self.internal / "data"

    def table(self, name: str) -> Path:
        """One merged table as CSV."""
        return self.data / f"{name}.csv"

    @property
    def waiver_form(self) -> Path:
        """An empty list of waivers, to be filled in and saved among what comes in."""
        return self.internal / self.waivers.name

    @property
    def choice_form(self) -> Path:
        """An empty list of which files count, likewise."""
        return self.internal / self.choices.name

    @property
    def finance(self) -> Path:
        """The finance officer's workbook."""
        return self.internal / "ekonomi.xlsx"

    @property
    def former_finance(self) -> Path:
        """Where it lay before there were two folders; somebody may still save it there."""
        return self.outputs / self.finance.name

    @property
    def report(self) -> Path:
        """The report."""
        return self.public / "rapport.docx"

    @property
    def derivation(self) -> Path:
        """Every table of the report, counted from the counties' rows; it stays in the house."""
        return self.internal / "underlag.xlsx"

    @property
    def reviewed_report(self) -> Path:
        """The report with comments on what is to be looked at before it is printed."""
        return self.internal / "rapport-granskning.docx"

    def reviewed_years_report(self, first: int) -> Path:
        """The same of the report over the years since another one."""
        return self.internal / f"rapport-{first}-{self.year}-granskning.docx"

    def years_report(self, first: int) -> Path:
        """The report over the years since another one: `rapport-2017-2020.docx`."""
        return self.public / f"rapport-{first}-{self.year}.docx"

    def county_report(self, county: Code) -> Path:
        """A county's own report."""
        return self.public / f"{county.file_stem}-rapport.docx"

    @property
    def edition_form(self) -> Path:
        """Everything that the editor can choose, to be saved among what comes in."""
        return self.internal / self.edition.name

    @property
    def manuscript_form(self) -> Path:
        """Every section that the editor can write, to be saved among what comes in."""
        return self.internal / self.manuscript.name

    @property
    def package(self) -> Path:
        """The folder of what is published as data."""
        return self.public / "data"

    def packaged(self, name: str) -> Path:
        """One file of it."""
        return self.package / name

    @property
    def guide(self) -> Path:
        """How the workbook is filled in."""
        return self.public / "ifyllnadsanvisning.docx"

    @property
    def dictionary(self) -> Path:
        """What every column of the workbook holds."""
        return self.public / "dataordbok.xlsx"

    @property
    def log_file(self) -> Path:
        """What the last run failed on that had a fault of ours."""
        return self.outputs / "logg.txt"

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


def spreadsheets_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and the folders below it, by name; among the submissions all that
    lies there."""
    if _SUBMISSIONS in real(folder).parts:
        return everything_in(folder)
    found = everything_in(folder)
    return [path for path in found if path.suffix.lower() in SPREADSHEETS or path.is_dir()]


def beside(path: Path, ending: str) -> Path:
    """The same file's other form, with another ending."""
    return path.with_suffix(ending)


def seen_from(root: Path, given: Path) -> Path:
    """A path that somebody has written, seen from the root."""
    return root / given


def found_at(root: Path, given: Path) -> Path | None:
    """A path that somebody has written: seen from where they stand, or else from the root. None
    when nothing is there."""
    return next(filter(is_there, (given, seen_from(root, given))), None)


def year_of(path: Path) -> int | None:
    """The year of the folder under inputs/ that a file lies in."""
    pairs = pairwise(real(path).parts)
    named = [after for before, after in pairs if before == "inputs" and after.isdigit()]
    return int(named[-1]) if named else None


def county_file(county: Code) -> str:
    """The name of a county's workbook: `12-Skåne.xlsx`."""
    return f"{county.file_stem}.xlsx"
