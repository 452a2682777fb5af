"""What lies beside a year's inputs and is read by nothing is named, with the name that was meant."""

from __future__ import annotations

import os

import pytest

from toolkit.cli.closing import is_any_astray
from toolkit.year.strays import strays_in
from toolkit.year.workspace import Workspace

DECISIONS = "finance-decisions.xlsx"
MEANT = {
    "finance-decisions (1).xlsx": DECISIONS,
    "finance-decisions.csv": DECISIONS,
    "Finance-Decisions.xlsx": DECISIONS,
    "finance-decisions.xlsx.xlsx": DECISIONS,
    "finance_decisions.xlsx": DECISIONS,
    "FinanceDecisions.ods": DECISIONS,
    "finance-decisions 2020.xlsx": DECISIONS,
    "Kopia av finance-decisions.xlsx": DECISIONS,
    "finance-decisions - kopia.xlsx": DECISIONS,
    "ekonomi.xlsx": DECISIONS,
    "ekonomi (2).ods": DECISIONS,
    "avsteg (1).xlsx": "avsteg.xlsx",
    "avsteg.ods": "avsteg.xlsx",
    "filer (1).xlsx": "filer.xlsx",
    "filer.csv": "filer.xlsx",
    "redaktion ny.xlsx": "redaktion.xlsx",
    "redaktion (ny).xlsx": "redaktion.xlsx",
    "texter.odt": "texter.docx",
    "texter.docx.docx": "texter.docx",
    "utgivning.yml": "utgivning.yaml",
    "anslagserie.csv": "anslagsserie.csv",
    "inkommet.xlsx": "inkommet.csv",
    "adress.csv": "adresser.csv",
    "påhittat.yaml": "pahittat.yaml",
}
NO_NAME = ["anteckningar.docx", "Skåne.xlsx", "protokoll.pdf"]
READ = [
    "finance-decisions.ods", "redaktion.xlsx", "texter.docx", "avsteg.xlsx", "filer.xlsx",
    "anslagsserie.csv", "inkommet.csv", "paminnelser.csv", "adresser.csv", "utgivning.yaml",
    "pahittat.yaml", "tryckt.json", "sekretess-nyckel.txt", "LÄS MIG.txt",
    "~$avsteg.xlsx", ".DS_Store", "Thumbs.db", ".~lock.filer.xlsx#", "make_example.py",
]  # fmt: skip


@pytest.fixture
def space(tmp_path):
    for folder in ("submissions", "ledgers", "bilder"):
        (tmp_path / "inputs/2020" / folder).mkdir(parents=True)
    return Workspace(tmp_path, 2020)


def lay(space, *names):
    for name in names:
        (space.inputs / name).write_bytes(b"x")


class DescribeAFileBesideTheInputs:
    @pytest.mark.parametrize("name", MEANT)
    def it_is_named_with_the_name_that_was_meant(self, space, name):
        lay(space, name)
        assert [(one.path.name, one.meant) for one in strays_in(space)] == [(name, MEANT[name])]
        assert is_any_astray(space)

    @pytest.mark.parametrize("name", MEANT)
    def it_is_named_beside_the_one_that_is_read_too(self, space, name):
        lay(space, name, MEANT[name])
        assert [one.path.name for one in strays_in(space)] == [name]

    @pytest.mark.parametrize("name", NO_NAME)
    def it_is_named_also_where_nobody_knows_what_it_is(self, space, name):
        lay(space, name)
        assert [(one.path.name, one.meant) for one in strays_in(space)] == [(name, "")]
        assert not is_any_astray(space)

    def it_is_not_told_of_what_is_read_or_left_by_programs(self, space):
        lay(space, *READ)
        assert strays_in(space) == []

    @pytest.mark.skipif(os.name == "nt", reason="Windows lets few make links")
    @pytest.mark.parametrize("leads_to", ["avsteg.xlsx", "borta.xlsx"])
    def it_is_not_told_of_a_link_that_leads_nowhere_by_a_name_that_is_read(self, space, leads_to):
        """It is told of where it is opened, and cannot be."""
        (space.inputs / "avsteg.xlsx").symlink_to(leads_to)
        assert strays_in(space) == []

    def it_is_not_told_twice_of_decisions_in_two_formats(self, space):
        lay(space, "finance-decisions.xlsx", "finance-decisions.ods")
        assert strays_in(space) == []

    @pytest.mark.parametrize(
        ("name", "meant"), [("submission", "submissions"), ("ledger", "ledgers")]
    )
    def it_names_a_folder_that_is_much_like_one_that_is_read(self, space, name, meant):
        (space.inputs / name).mkdir()
        assert [(one.path.name, one.meant) for one in strays_in(space)] == [(name, meant)]

    def it_has_nothing_to_say_of_a_year_without_a_folder(self, tmp_path):
        assert strays_in(Workspace(tmp_path, 2031)) == []
