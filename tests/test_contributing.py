"""CONTRIBUTING.md, carried out: its changes are made to a copy of the code, and the new thing is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^(?P<how>Last in|In|A new file) `(?P<path>[^`]+)`(?:, (?P<where>after|instead of) `(?P<line>[^`]+)`)?:\n\n"
    r"```\w+\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
TWO_COUNTIES = ("Redovisning Halland 2020.xlsx", "Redovisning Skåne 2020.xlsx")
SAYS = """
import json
from tests.errors.make_gallery import cases
case = next(case for case in cases() if case.code == "EKON-OBUDGET")
print(json.dumps([(f.code, f"{f.sheet}!{f.cell}", f.message) for f in case.findings()]))
"""


@dataclass(frozen=True)
class Change:
    """One step of a recipe: a block of text, and where it goes."""

    how: str
    path: str
    where: str | None
    line: str | None
    block: str

    def make(self, root: Path) -> None:
        """Write it into the file."""
        path = root / self.path
        if self.how == "A new file":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.block, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        gap = "\n\n" if path.suffix == ".py" else ""
        path.write_text(
            f"{text}{gap}{self.block}" if self.how == "Last in" else self._placed(text), "utf-8"
        )

    def _placed(self, text: str) -> str:
        lines = text.splitlines(keepends=True)
        [number] = [n for n, line in enumerate(lines) if line.strip() == self.line]
        kept = number + 1 if self.where == "after" else number
        return "".join([*lines[:kept], self.block, *lines[number + 1 :]])


def recipe(heading: str) -> list[Change]:
    """The changes of one section."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [Change(**step.groupdict()) for step in STEP.finditer(section)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and the templates, with an empty folder for submissions."""
    unmade = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("toolkit", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unmade)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    shutil.copy(ROOT / "inputs/2020/anslagsserie.csv", tmp_path / "inputs/2020")
    return tmp_path


def follow(copy: Path, *headings: str) -> None:
    """Make the changes of some sections, and see that the code is as it should be."""
    for heading in headings:
        changes = recipe(heading)
        assert changes, heading
        for change in changes:
            change.make(copy)
    for command in (["check"], ["format", "--check", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "toolkit"],
            capture_output=True, text=True, check=False, cwd=copy,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def python(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run with the copy's code: the folder that a process starts in comes first on its path."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, cwd=copy
    )  # fmt: skip


def toolkit(copy: Path, *arguments: str, code: int = 0) -> str:
    """Run a command, and look at its exit code."""
    where = python(copy, "-c", "import toolkit; print(toolkit.__file__)").stdout
    assert Path(where).is_relative_to(copy)
    done = python(copy, "-m", "toolkit", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def heads(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    """The texts of the first rows, and their columns."""
    cells = (cell for row in sheet.iter_rows(max_row=8) for cell in row)
    return {cell.value.rstrip(" *"): cell.column for cell in cells if isinstance(cell.value, str)}


def drop_down(book: openpyxl.Workbook, sheet: str, heading: str) -> list[object]:
    """What can be chosen in a column: the range of its data validation, through its defined name."""
    column = heads(book[sheet])[heading]
    rules = book[sheet].data_validations.dataValidation
    [rule] = [
        r for r in rules if r.type == "list" and any(a.min_col == column for a in r.sqref.ranges)
    ]
    [(lists, area)] = book.defined_names[rule.formula1.lstrip("=")].destinations
    return [cell.value for (cell,) in book[lists][area]]


def codes(said: str) -> list[str]:
    """The codes that `check --json` gives, a finding a line."""
    return [json.loads(line)["code"] for line in said.splitlines()]


class DescribeContributing:
    def it_has_recipes_of_which_each_is_tried_here(self):
        headings = re.findall(r"^## (An? \w+)$", PAGE, re.MULTILINE)
        assert headings == [
            "A check", "A table", "A figure", "A column", "A list", "A year", "A format",
        ]  # fmt: skip
        assert len(list(STEP.finditer(PAGE))) == len(
            re.findall("^```(?!sh)\\w+$", PAGE, re.MULTILINE)
        )

    def it_names_make_targets_that_exist(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        for target in set(re.findall(r"\bmake (\w+)", PAGE)) - {"things"}:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

    def it_names_files_that_exist(self):
        for name in re.findall(r"\]\(([^)#]+)\)", PAGE):
            assert (ROOT / name).is_file(), name

    @pytest.mark.slow
    def it_adds_a_check(self, copy):
        for name in ("conftest.py", "__init__.py", "datasets.py", "sampled.py"):
            if (ROOT / "tests" / name).is_file():
                (copy / "tests").mkdir(exist_ok=True)
                shutil.copy(ROOT / "tests" / name, copy / "tests")
        shutil.copytree(ROOT / "tests/errors", copy / "tests/errors")
        follow(copy, "A check")
        done = python(copy, "-c", SAYS)
        assert json.loads(done.stdout or "null") == [
            ["EKON-OBUDGET", "Ekonomi!K6", "Utfallet är 84\xa0500,50\xa0kr, men raden har ingen budget."]
        ], done.stderr  # fmt: skip

    @pytest.mark.slow
    def it_adds_a_table_and_a_figure(self, copy):
        for name in TWO_COUNTIES:
            shutil.copy(ROOT / "inputs/2020/submissions" / name, copy / "inputs/2020/submissions")
        toolkit(copy, "report", "2020")
        before = _parts(copy / "outputs/2020/publicering/rapport.docx")
        follow(copy, "A table", "A figure")
        toolkit(copy, "report", "2020")
        after = _parts(copy / "outputs/2020/publicering/rapport.docx")
        text = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", after["word/document.xml"].decode()))
        assert text.count("Aktiviteter efter slag 2020.") >= 2
        assert "Slag av aktivitet" in text
        charts = [name for name in after if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
        assert len(charts) == 1 + sum(name in before for name in charts)
        assert "Liggande stapeldiagram. Vanligast är UTB" in after["word/document.xml"].decode()

    @pytest.mark.slow
    def it_adds_a_column(self, copy, year):
        follow(copy, "A column")
        toolkit(copy, "templates", "2021", "--county", "12")
        book = openpyxl.load_workbook(copy / "outputs/2021/templates/12-Skåne.xlsx")
        place = heads(book["Aktiviteter"])
        assert place["Språk"] == place["Rubrik"] + 1
        (copy / "inputs/2021/submissions").mkdir(parents=True)
        toolkit(copy, "merge", "2021")
        head = (
            (copy / "outputs/2021/internt/data/aktiviteter.csv")
            .read_text("utf-8-sig")
            .splitlines()[0]
        )
        assert "rubrik;sprak;" in head

    @pytest.mark.slow
    def it_adds_a_list(self, copy):
        follow(copy, "A list")
        toolkit(copy, "templates", "2021", "--county", "12")
        book = openpyxl.load_workbook(copy / "outputs/2021/templates/12-Skåne.xlsx")
        assert drop_down(book, "Aktiviteter", "Land") == ["NG – Nigeria", "RO – Rumänien"]

    @pytest.mark.slow
    def it_adds_a_year(self, copy):
        follow(copy, "A year")
        toolkit(copy, "templates", "2022", "--county", "12")
        book = openpyxl.load_workbook(copy / "outputs/2022/templates/12-Skåne.xlsx")
        assert 2022 in {cell.value for row in book["Uppgifter"].iter_rows() for cell in row}
        assert "Kommuner som nåtts" in heads(book["Aktiviteter"])

    @pytest.mark.slow
    @pytest.mark.libreoffice
    def it_adds_a_format(self, copy, small_workbook, look, convert):
        rows = deepcopy(CLEAN)
        rows["ekonomi"][0]["utfall"] = -5
        path = copy / "inputs/2020/submissions/Skåne.fods"
        workbook = small_workbook(rows)
        path.write_bytes(convert(workbook, "Skåne.xlsx", "fods"))
        refused = toolkit(copy, "check", str(path), "--json", code=1)
        follow(copy, "A format")
        read = toolkit(copy, "check", str(path), "--json", code=1)
        assert codes(refused) == ["FIL-FORMAT"]
        assert codes(read) == [finding.code for finding in look(workbook).findings]
        assert "EKON-MINUS" in codes(read)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
