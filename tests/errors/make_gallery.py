"""Makes the error gallery: for every finding code the smallest input that gives it, and what is said of it.

    python -m tests.errors.make_gallery                 # expected.yaml of every case, and docs/felkoder.md
    python -m tests.errors.make_gallery --only CODE    # expected.yaml of one case, and its part of the page
    python -m tests.errors.make_gallery --inputs DIR    # also the workbooks themselves, to open and look at

`<CODE>/case.yaml` is the only part written by hand. Keys: `about` (for the reader); `base` (clean, blank, other),
`year`, `county`, then in this order `add_sheets` and `copy_sheets` (names), `copy_rows` (target: source), `clear_rows`, `cells`,
`remove_sheets`, `merge`, `formats` (cell: number format), `strike` (rows), `stored` (cell: the result beside its formula), `hide` (`Mål`, `Mål!6`, `Mål!E` or several) and `link` (a file's name); or instead
`file` (bytes that are no workbook), `folder` (several files, with `seconds` for each), `ledger` or `ledgers`, `decisions`
(a copy of ekonomi.xlsx for the clean submission, with `cells` changed; `saved` beside it is one in outputs) `edition`
(redaktion.xlsx, likewise), `texts` (the paragraphs of texter.docx, `# ` before a heading, `<` before Word's own
language) or `waivers` or `choices` (the lists of waivers and of which files count, filled in). `before` is the same county's workbook of the
year before. `fails` is the name of a function of ours that raises while the case is looked at."""

from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import docx
import openpyxl
import yaml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook

from tests.conftest import CLEAN, ROOT, Rows, shortened
from tests.errors.page import amiss, expectation, page
from toolkit.analysis.merge import Dataset, merge
from toolkit.checks.file import judge
from toolkit.export.files_form import write_files_form
from toolkit.export.finance.workbook import write_finance
from toolkit.export.waiver_form import write_waiver_form
from toolkit.files import sandbox
from toolkit.files.zip import read_package, write_package
from toolkit.findings.finding import Finding
from toolkit.spec.load import Year, load_year
from toolkit.template import write_template
from toolkit.year.inputs import Inputs
from toolkit.year.ledgers import read_ledgers
from toolkit.year.money import examine_money
from toolkit.year.report import write_report
from toolkit.year.submissions import check_files, in_company, told_of_waivers
from toolkit.year.workspace import Workspace

HERE = Path(__file__).parent
PAGE = ROOT / "docs/felkoder.md"
COUNTY = "12"
SERIES = {"anslagsserie.csv": (ROOT / "inputs/2020/anslagsserie.csv").read_bytes()}
NAME, NAME_BEFORE = "fil.xlsx", "förra årets fil.xlsx"
CLEAN_YEAR, YEARS = 2020, (2017, 2018, 2019, 2020, 2021)

_MADE: dict[str, dict[str, bytes]] = {}


@dataclass(frozen=True)
class Case:
    """A code and what brings it about."""

    code: str
    recipe: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where case.yaml and expected.yaml stand."""
        return HERE / self.code

    @property
    def inputs_are_returns(self) -> bool:
        """Whether a county's file by itself gives the code."""
        others = {
            "folder",
            "before",
            "ledger",
            "ledgers",
            "decisions",
            "edition",
            "texts",
            "waivers",
            "choices",
        }
        return not others & self.recipe.keys()

    def inputs(self) -> dict[str, bytes]:
        """The files of the case by name. Several tests look at the same: they are made once."""
        recipe = repr(self.recipe)
        if recipe not in _MADE:
            _MADE[recipe] = self._inputs()
        return dict(_MADE[recipe])

    def _inputs(self) -> dict[str, bytes]:
        if "folder" in self.recipe:
            return {part["name"]: build_workbook(part) for part in self.recipe["folder"]}
        if "decisions" in self.recipe:
            return self._decisions()
        if "edition" in self.recipe:
            return {"redaktion.xlsx": build_workbook({"base": "edition", **self.recipe["edition"]})}
        if "texts" in self.recipe:
            told = self.recipe["texts"]
            return {"texter.docx": told.encode() if isinstance(told, str) else build_document(told)}
        if "waivers" in self.recipe:
            return {"avsteg.xlsx": build_workbook({"base": "waivers", **self.recipe["waivers"]})}
        if "choices" in self.recipe:
            return {"filer.xlsx": build_workbook({"base": "choices", **self.recipe["choices"]})}
        parts = self.recipe.get("ledgers") or [
            self.recipe[key] for key in ("file", "ledger") if key in self.recipe
        ]
        return {part["name"]: build_bytes(part) for part in parts} or {
            NAME: build_workbook(self.recipe)
        }

    def _decisions(self) -> dict[str, bytes]:
        parts = {
            name: {"base": "finance", **self.recipe[key]}
            for key, name in (("decisions", "finance-decisions.xlsx"), ("saved", "ekonomi.xlsx"))
            if self.recipe.get(key)
        }
        return {name: build_workbook(part) for name, part in parts.items()}

    def inputs_before(self) -> dict[str, bytes]:
        """The files of the year before by name."""
        part = self.recipe.get("before")
        return {NAME_BEFORE: build_workbook(part)} if part else {}

    def write_files(self, target: Path) -> None:
        """The case's own files in a folder named for its code."""
        (target / self.code).mkdir(parents=True, exist_ok=True)
        for name, data in {**self.inputs(), **self.inputs_before()}.items():
            (target / self.code / name).write_bytes(data)

    def findings(self) -> list[Finding]:
        """What the toolkit says of the case's files."""
        with self.failing():
            return self._findings()

    def faults(self) -> list[str]:
        """The tracebacks of what our own code failed on while each file of the case was looked at by itself."""
        if not self.inputs_are_returns:
            return []
        with self.failing():
            found = [judge(data, name, years()) for name, data in self.inputs().items()]
        return [str(one.fault) for one in found if one.fault]

    def failing(self) -> AbstractContextManager[Any]:
        """The time in which the function of ours fails that the case is about; most are about
        none."""
        if "fails" in self.recipe:
            return mock.patch(self.recipe["fails"], fail)
        return nullcontext()

    def _findings(self) -> list[Finding]:
        if "ledger" in self.recipe or "ledgers" in self.recipe:
            return look_at_ledger(self.inputs())
        if "decisions" in self.recipe:
            return look_at_decisions(self.inputs())
        if "edition" in self.recipe or "texts" in self.recipe:
            return look_at_edition(self.inputs())
        if "waivers" in self.recipe:
            return look_at_waivers(self.inputs())
        if "choices" in self.recipe:
            return look_at_choices(self.inputs())
        if "folder" in self.recipe or "before" in self.recipe:
            year, limit = self.recipe.get("year", CLEAN_YEAR), self.recipe.get("seconds")
            return look_at_folder(self.inputs(), limit, year, self.inputs_before())
        return [
            finding
            for name, data in self.inputs().items()
            for finding in judge(data, name, years()).findings
        ]


def fail(*_: Any) -> None:
    """A function of ours with a fault. It stands here so that a child process can be told of it by name."""
    raise ZeroDivisionError


@cache
def years() -> dict[int, Year]:
    """The years that the gallery knows."""
    return {number: load_year(ROOT / "templates", number) for number in YEARS}


def cases() -> list[Case]:
    """Every case, by code."""
    return [
        Case(path.parent.name, yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(HERE.glob("*/case.yaml"))
    ]


# ------------------------------------------------------------------------------------------------ the inputs
def build_bytes(part: Mapping[str, Any]) -> bytes:
    """A file that is no workbook: as text (with a line many times after it), as hexadecimal digits, as so many zeros,
    or as a package."""
    if "zip" in part:
        return write_package([(name, text.encode()) for name, text in part["zip"].items()])
    if "zeros" in part:
        return bytes(part["zeros"])
    return bytes.fromhex(part["hex"]) if "hex" in part else _text(part).encode()


def build_document(lines: Sequence[str]) -> bytes:
    """A Word file as python-docx saves it, with one paragraph a line."""
    document = docx.Document()
    end = document.element.body[-1]
    for line in lines:
        if line.startswith("<"):
            end.addprevious(parse_xml(line.replace(">", f" {nsdecls('w')}>", 1)))
        else:
            document.add_paragraph(
                line.removeprefix("# "), "Heading 2" if line.startswith("# ") else None
            )
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _text(part: Mapping[str, Any]) -> str:
    return part["text"] + part.get("line", "") * part.get("times", 0)


def build_workbook(recipe: Mapping[str, Any]) -> bytes:
    """The base workbook with the recipe's few changes, as openpyxl saves it."""
    book = openpyxl.load_workbook(
        io.BytesIO(
            base_workbook(
                recipe.get("base", "clean"), recipe.get("year", 2020), recipe.get("county", COUNTY)
            )
        )
    )
    for name in recipe.get("add_sheets", ()):
        book.create_sheet(name)
    for name in recipe.get("copy_sheets", ()):
        book.copy_worksheet(book[name])
    for target, source in recipe.get("copy_rows", {}).items():
        _copy_row(book, source, target)
    for row in recipe.get("clear_rows", ()):
        for cell in _row(book, row):
            cell.value = None
    for place, value in recipe.get("cells", {}).items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
    for name in recipe.get("remove_sheets", ()):
        book.remove(book[name])
    _shape(book, recipe)
    return stored(_saved(book), recipe.get("stored", {}))


def stored(data: bytes, cells: Mapping[str, Any]) -> bytes:
    """The workbook with other stored results beside formulas (`Ekonomi!K7`: a number), as a program leaves them that
    does not reckon."""
    parts = read_package(data)
    names = openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        path = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        formula = re.compile(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?')
        text, count = formula.subn(rf"\g<1><v>{value}</v>", parts[path].decode())
        assert count == 1, place
        parts[path] = text.encode()
    return write_package(parts.items()) if cells else data


def _shape(book: Any, recipe: Mapping[str, Any]) -> None:
    """Merged cells, number formats, hidden sheets, rows and columns, and a link to another file."""
    for place, code in recipe.get("formats", {}).items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell].number_format = code
    for place in recipe.get("strike", ()):
        for cell in _row(book, place):
            cell.font = Font(name=cell.font.name, size=cell.font.size, strike=True)
    for place in recipe.get("merge", ()):
        sheet, _, cells = place.partition("!")
        book[sheet].merge_cells(cells)
    for place in recipe.get("hide", ()):
        sheet, _, name = place.partition("!")
        if not name:
            book[sheet].sheet_state = "hidden"
        elif name.isdigit():
            book[sheet].row_dimensions[int(name)].hidden = True
        else:
            book[sheet].column_dimensions[name].hidden = True
    if "link" in recipe:
        link = ExternalLink(externalBook=ExternalBook(id="rId1"))
        link.file_link = Relationship(
            type="externalLinkPath", Target=recipe["link"], TargetMode="External", Id="rId1"
        )
        book._external_links.append(link)


@cache
def base_workbook(base: str, year: int, code: str = COUNTY) -> bytes:
    """The clean submission, the blank template (both with few prepared rows), ekonomi.xlsx for the clean submission,
    the empty list of waivers, or another workbook."""
    if base == "other":
        return _saved(openpyxl.Workbook())
    if base in {"finance", "edition"}:
        return base_finance() if base == "finance" else base_edition()
    if base == "waivers":
        return write_waiver_form(years()[year], "")
    if base == "choices":
        return write_files_form(years()[year], "", [NAME])
    made = years()[year]
    county = made.spec.lists["lan"].by_code[code]
    spec = shortened(made.spec)
    return write_template(
        spec, county, made.texts("mall"), moved_to(year) if base == "clean" else None
    )


@cache
def clean_dataset() -> Dataset:
    """The clean submission as the only one of its year."""
    return merge(years()[CLEAN_YEAR], [judge(base_workbook("clean", CLEAN_YEAR), NAME, years())])


def base_finance() -> bytes:
    """ekonomi.xlsx with nothing decided."""
    with tempfile.TemporaryDirectory() as root:
        return write_finance(
            examine_money(Inputs(_lay_out(Path(root), "ledgers", {})), clean_dataset())[0]
        )


@cache
def dataset_with_example() -> Dataset:
    """The clean submission with a good example of a kind that no section of the report asks for."""
    told = "har ordnat en konferens där kommunerna delade sina erfarenheter av uppsökande arbete."
    cells = {"Aktiviteter!F6": "RES", "Aktiviteter!AB6": "JA", "Aktiviteter!AC6": told}
    return merge(
        years()[CLEAN_YEAR],
        [judge(build_workbook({"base": "clean", "cells": cells}), NAME, years())],
    )


def base_edition() -> bytes:
    """redaktion.xlsx with nothing chosen."""
    with tempfile.TemporaryDirectory() as root:
        space = _lay_out(Path(root), "", SERIES)
        write_report(space, examine_money(Inputs(space), dataset_with_example())[0])
        return space.edition_form.read_bytes()


def moved_to(year: int) -> Rows:
    """The clean rows with their dates as many years later."""
    later = year - CLEAN_YEAR
    return {
        name: [{key: _later(value, later) for key, value in row.items()} for row in rows]
        for name, rows in CLEAN.items()
    }


def _later(value: Any, count: int) -> Any:
    return value.replace(year=value.year + count) if isinstance(value, date) else value


def _row(book: Any, place: str) -> Iterator[Any]:
    """The cells of `Ekonomi!6`, without the hidden key column."""
    sheet, _, row = place.partition("!")
    return iter(book[sheet][int(row)][1:])


def _copy_row(book: Any, source: str, target: str) -> None:
    for old, new in zip(_row(book, source), _row(book, target), strict=True):
        new.value = old.value


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# ----------------------------------------------------------------------------------------------- what is said
def look_at_folder(
    files: Mapping[str, bytes], seconds: float | None, year: int, before: Mapping[str, bytes]
) -> list[Finding]:
    """Files together in a year's submissions, each read in a child process, beside those of the year before."""
    limit = sandbox.SECONDS if seconds is None else seconds
    with tempfile.TemporaryDirectory() as root, mock.patch.object(sandbox, "SECONDS", limit):
        _lay_out(Path(root), "submissions", before, year - 1)
        inputs = Inputs(_lay_out(Path(root), "submissions", files, year))
        one_by_one = check_files(inputs, inputs.space.submissions(), lambda: None)
        checked = in_company(inputs, years()[year], one_by_one)
        return [finding for item in checked for finding in item.found.findings]


def look_at_ledger(files: Mapping[str, bytes]) -> list[Finding]:
    """Ledger extracts in inputs/2020/ledgers."""
    with tempfile.TemporaryDirectory() as root:
        return read_ledgers(_lay_out(Path(root), "ledgers", files), years()[CLEAN_YEAR])[1]


def look_at_decisions(files: Mapping[str, bytes]) -> list[Finding]:
    """The finance officer's decisions in inputs/2020, or in the workbook in outputs/2020."""
    with tempfile.TemporaryDirectory() as root:
        space = _lay_out(Path(root), "", files)
        saved = space.inputs / space.finance.name
        if saved.is_file():
            space.finance.parent.mkdir(parents=True, exist_ok=True)
            saved.replace(space.finance)
        return examine_money(Inputs(space), clean_dataset())[1]


def look_at_edition(files: Mapping[str, bytes]) -> list[Finding]:
    """The editor's choices in inputs/2020."""
    with tempfile.TemporaryDirectory() as root:
        space = _lay_out(Path(root), "", {**SERIES, **files})
        return write_report(space, examine_money(Inputs(space), dataset_with_example())[0])[1]


def look_at_waivers(files: Mapping[str, bytes]) -> list[Finding]:
    """The agency's list of waivers in inputs/2020, beside the clean submission."""
    with tempfile.TemporaryDirectory() as root:
        return told_of_waivers(
            Inputs(_lay_out(Path(root), "", files)), years()[CLEAN_YEAR], clean_dataset().counties
        )


def look_at_choices(files: Mapping[str, bytes]) -> list[Finding]:
    """The agency's list of files in inputs/2020, beside the clean submission: what is said of that, or else of the
    list."""
    with tempfile.TemporaryDirectory() as root:
        space = _lay_out(Path(root), "submissions", {NAME: base_workbook("clean", CLEAN_YEAR)})
        inputs = Inputs(_lay_out(Path(root), "", files))
        checked = check_files(inputs, space.submissions(), lambda: None)
        said = [finding for item in checked for finding in item.found.findings]
        return said or told_of_waivers(inputs, years()[CLEAN_YEAR], ())


def _lay_out(
    root: Path, kind: str, files: Mapping[str, bytes], year: int = CLEAN_YEAR
) -> Workspace:
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    space = Workspace(root, year)
    (space.inputs / kind).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (space.inputs / kind / name).write_bytes(data)
    return space


# ------------------------------------------------------------------------------------------------- the command
def make(wanted: Sequence[Case], inputs: Path | None = None) -> list[str]:
    """Write expected.yaml of the cases that give what they should, and the page. Returns what is wrong with the
    others, whose expected.yaml stays as it is. The cases' own files go to `inputs` where it is given."""
    faults = []
    for case in wanted:
        found = case.findings()
        if inputs:
            case.write_files(inputs)
        fault = amiss(case.code, found)
        if fault:
            faults.append("\n".join([fault, *case.faults()]))
        else:
            text = expectation(found)
            (case.folder / "expected.yaml").write_text(text, "utf-8", newline="\n")
    if faults:
        return faults  # the page goes with all of them
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(whole_page(), "utf-8", newline="\n")
    return faults


def whole_page() -> str:
    """The page about all cases, as their expected.yaml say."""
    abouts = {case.code: case.recipe["about"] for case in cases()}
    return page(years()[CLEAN_YEAR].catalogue, abouts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write every expected.yaml, or one, and the page. Ends with what is wrong where a case is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="CODE", help="make this code's case alone")
    parser.add_argument(
        "--inputs", type=Path, metavar="DIR", help="write the cases' own files here too"
    )
    given = parser.parse_args(arguments)
    wanted = [case for case in cases() if given.only in (None, case.code)]
    if not wanted:
        parser.error(f"there is no {(HERE / given.only / 'case.yaml').relative_to(ROOT)}")
    faults = make(wanted, given.inputs)
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
