"""Acceptance: the whole chain on the example year, as a fresh installation would run it."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.sampled import in_all

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[1]
NATIONAL_SPEND = Decimal(90_600_545)


def lansrapport(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *arguments, "--root", str(root)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=root
    )


def digests(folder: Path) -> dict[str, str]:
    every = sorted(folder.rglob("*"))
    files = (path for path in every if path.is_file() and ".minne" not in path.parts)
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hela-kedjan")
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def run(root: Path) -> subprocess.CompletedProcess[str]:
    return lansrapport(root, "run", "2020")


class DescribeTheWholeChain:
    def it_ends_with_findings_that_block_since_one_county_has_errors(self, run):
        assert run.returncode == 1, run.stdout + run.stderr
        assert "Traceback" not in run.stdout + run.stderr

    def it_names_the_three_things_worth_opening_first(self, run):
        for name in ("rapport.docx", "ekonomi.xlsx", "sammanstallning.xlsx"):
            assert name in run.stdout

    def it_makes_a_template_and_a_marked_return_for_each_of_the_21_counties(self, root, run):
        assert len(list((root / "outputs/2020/templates").glob("*.xlsx"))) == 21
        assert len(list((root / "outputs/2020/returns").glob("*.xlsx"))) == 21

    def it_merges_spend_that_sums_to_the_national_figure(self, root, run):
        with (root / "outputs/2020/internt/data/ekonomi.csv").open(
            encoding="utf-8-sig", newline=""
        ) as source:
            rows = list(csv.DictReader(source, delimiter=";"))
        assert sum(Decimal(row["utfall"].replace(",", ".")) for row in rows) == NATIONAL_SPEND
        assert len({row["lan"] for row in rows}) == 20
        assert all(row["fil"] and row["blad"] and row["rad"] for row in rows)

    def it_opens_the_workbooks_that_people_work_in(self, root, run):
        for name in ("sammanstallning.xlsx", "ekonomi.xlsx"):
            book = openpyxl.load_workbook(root / "outputs/2020/internt" / name)
            assert len(book.sheetnames) >= 3

    def it_prints_the_appropriation_table_with_a_real_footnote(self, root, run):
        with zipfile.ZipFile(
            io.BytesIO((root / "outputs/2020/publicering/rapport.docx").read_bytes())
        ) as package:
            document = package.read("word/document.xml").decode()
            footnotes = package.read("word/footnotes.xml").decode()
        for figure in ("75 080 595", "85 531 674", "102 596 630", "90 600 545", "60 000 000"):
            assert figure.replace(" ", "\u00a0") in document
        assert "Tabell" in document
        assert "skiljer sig" in footnotes
        assert "w:footnoteReference" in document

    @in_all  # `.ci/run` makes the whole report twice as well
    def it_gives_the_same_bytes_the_second_time(self, root, run):
        first = digests(root / "outputs")
        shutil.rmtree(root / "outputs")
        lansrapport(root, "run", "2020")
        assert digests(root / "outputs") == first

    def it_leaves_what_came_in_untouched(self, root, run):
        found, came_in = digests(root / "inputs"), digests(ROOT / "inputs")
        # The key by which counts are drawn to be hidden is made once, and kept with what came in.
        key = found.pop("2020/sekretess-nyckel.txt")
        assert came_in.pop("2020/sekretess-nyckel.txt", key) == key
        assert found == came_in
