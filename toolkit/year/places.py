"""Where every file lies that comes in or goes out.

This module alone builds paths. The rest of the year room asks it where a file is; every room below
is given bytes, and the names that it is to tell of."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.spec.marks import WORKBOOK

if TYPE_CHECKING:
    from toolkit.spec.codelists import Code

YEAR_FOLDER = "[0-9][0-9][0-9][0-9]"
INPUTS, OUTPUTS, SUBMISSIONS = "inputs", "outputs", "submissions"
MEMO = "-ekonomi.docx"
"""How the name of a letter about money ends."""
MEMORY = ".minne"
"""The folder that a working folder's memory lies in. Its name begins as that of a hidden file, so
that nothing takes it for a county's."""
_LOCK = "requirements.lock"


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies in a root with templates/, inputs/ and outputs/, seen for one year."""

    root: Path
    year: int

    # What comes in

    @property
    def templates(self) -> Path:
        """What the agency changes, all years."""
        return self.root / "templates"

    @property
    def own_templates(self) -> Path:
        """What the agency changes for the year."""
        return self.templates / str(self.year)

    @property
    def own_workbook(self) -> Path:
        """What the year's workbook is, or how it differs from the year's before."""
        return self.own_templates / WORKBOOK

    @property
    def inputs(self) -> Path:
        """What comes in."""
        return self.root / INPUTS / str(self.year)

    @property
    def sent(self) -> Path:
        """The folder of the counties' files."""
        return self.inputs / SUBMISSIONS

    @property
    def extracts(self) -> Path:
        """The folder of the ledger extracts."""
        return self.inputs / "ledgers"

    @property
    def ledger_map(self) -> Path:
        """Whose each ledger extract is, where it has to be told."""
        return self.extracts / "lan.csv"

    @property
    def series(self) -> Path:
        """Appropriations and spend over the years."""
        return self.inputs / "anslagsserie.csv"

    @property
    def saved_decisions(self) -> Path:
        """Where the finance officer saves her own copy of ekonomi.xlsx, if as a workbook."""
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
        return [self.sent, self.extracts]

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
        return self.root / OUTPUTS / str(self.year)

    @property
    def internal(self) -> Path:
        """What is whole, and stays in the house."""
        return self.outputs / "internt"

    @property
    def public(self) -> Path:
        """What may leave the house: of low counts and of persons there is nothing in it."""
        return self.outputs / "publicering"

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

    @property
    def returns(self) -> Path:
        """The folder of what goes back to the counties: marked files, letters and memos."""
        return self.outputs / "returns"

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

    @property
    def archive(self) -> Path:
        """The year in one file."""
        return self.internal / "arkiv.zip"

    @property
    def memory_folder(self) -> Path:
        """What earlier runs have worked out, of all years."""
        return self.outputs.parent / MEMORY

    @property
    def former_data(self) -> Path:
        """Where the tables as CSV lay before there were two folders."""
        return self.outputs / self.data.name

    def now_public(self, former: Path) -> Path:
        """Where what lay straight in outputs/YEAR lies now, if it may leave the house."""
        return self.public / former.name

    def now_internal(self, former: Path) -> Path:
        """The same of what stays in the house."""
        return self.internal / former.name

    def now_data(self, former: Path) -> Path:
        """The same of a table as CSV."""
        return self.data / former.name


def beside(path: Path, ending: str) -> Path:
    """The same file's other form, with another ending."""
    return path.with_suffix(ending)


def seen_from(root: Path, given: Path | str) -> Path:
    """A path that somebody has written, or a file's in an archive, seen from the root."""
    return root / given


def county_file(county: Code) -> str:
    """The name of a county's workbook: `12-Skåne.xlsx`."""
    return f"{county.file_stem}.xlsx"


def commented_in(folder: Path, path: Path) -> Path:
    """The copy of a Word file with comments on what does not agree, in a folder."""
    return folder / f"{path.stem}-verifierad.docx"


def shipped_beside(package: Path) -> tuple[Path, Path]:
    """Where the templates lie that come with the program: in a wheel, and in a checkout, which has
    them beside the package."""
    return package / "shipped", package.parent / "templates"


def lock_beside(package: Path) -> Path:
    """The versions that the program is made with, in a checkout."""
    return package.parent / _LOCK


def secret_of_the_user() -> Path:
    """Outside the working folder, which may be copied, and in which others may write."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or Path.home()
    else:
        home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "lansrapport" / "minne-nyckel"
