"""A workbook that nobody could fill in is not made: the lists that lack codes are named instead."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest

from tests.collections.folder import run as run_in
from tests.conftest import ROOT, shortened
from toolkit.cli.sayings import TEXTS
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.newyear import make_year
from toolkit.year.workspace import Workspace

SAID = (
    "Mallarna för 2027 går inte att fylla i. Ingen kod gäller 2027 i malsattning (mal.malsattning, ekonomi.malsattning). "
    "Lägg till koderna i templates/2027/arbetsbok.yaml (add_code) och kör igen."
)  # fmt: skip


def run(root, *arguments):
    """The exit code, and all that was said."""
    done = run_in(root, *arguments)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for year in (2026, 2027):
        make_year(Workspace(tmp_path, year), TEXTS.part("nytt"))
    return tmp_path


class DescribeAYearWhoseWorkbookNobodyCouldFillIn:
    @pytest.mark.parametrize("command", ["templates", "run", "remind"])
    def it_stops_before_anything_is_sent_out(self, root, command):
        code, told = run(root, command, "2027")
        assert (code, SAID in told) == (2, True)
        assert not list((root / "outputs/2027").rglob("*.xlsx")) or command == "remind"
        assert not list((root / "outputs/2027/templates").glob("*"))

    def it_is_what_spec_check_stops_at_too(self, root):
        code, told = run(root, "spec", "check", "2027")
        assert (code, "Fältet mal.malsattning måste fyllas i, men ingen kod i listan malsattning gäller 2027." in told) == (2, True)  # fmt: skip

    def it_says_what_the_workbooks_leave_unsaid(self, root):
        code, told = run(root, "templates", "2026", "--county", "12")
        assert (code, "Mallarna säger inget om sista_dag, skickas_till och kontakt" in told) == (
            0,
            True,
        )
        code, told = run(root, "templates", "2020", "--county", "12")
        assert (code, "Mallarna säger inget om" in told) == (0, False)


def ended(spec, name):
    """The spec with a code list of which nothing is valid any more."""
    lists = [
        one if one.id != name else one.model_copy(update={"codes": tuple(code.model_copy(update={"valid_to": 2000}) for code in one.codes)})
        for one in spec.codelists
    ]  # fmt: skip
    parts = {key: getattr(spec, key) for key in type(spec).model_fields}
    return type(spec).model_construct(**{**parts, "codelists": tuple(lists)})


YEAR = load_year(ROOT / "templates", 2020)


@pytest.mark.parametrize("name", ["malsattning", "belagg", "indikator", "tabell", "kommun"])
def it_never_names_a_row_that_no_sheet_has(name, tmp_path):
    spec = ended(shortened(YEAR.spec), name)
    path = tmp_path / "mall.xlsx"
    path.write_bytes(write_template(spec, YEAR.spec.counties[0], YEAR.texts("mall"), None))
    with zipfile.ZipFile(path) as package:
        named = re.findall(
            r"<definedName[^>]*>([^<]*)</definedName>", package.read("xl/workbook.xml").decode()
        )
    assert len(named) > 10
    spans = [
        pair for area in named for pair in re.findall(r"\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)", area)
    ]
    assert [(first, last) for first, last in spans if not 0 < int(first) <= int(last)] == []
