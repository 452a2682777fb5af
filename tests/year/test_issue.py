"""The forms of a printing: read with file and line, and no file is no word."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.files.yaml import SpecError
from toolkit.year.issue import issue_of
from toolkit.year.workspace import Workspace


@pytest.fixture
def space(tmp_path):
    space = Workspace(tmp_path, 2026)
    space.inputs.mkdir(parents=True)
    return space


class DescribeTheForms:
    def it_says_nothing_and_lacks_everything_without_them(self, space):
        issue = issue_of(space)
        assert issue.invented.said("omslag", ["a.xlsx"], ["b.csv"]) == ""
        assert len(issue.lacking) == 7

    def it_takes_no_brackets_and_no_blanks_for_an_answer(self, space):
        space.issue.write_text(
            'tryckort: {ort: "[Ort fylls i]", nummer: " ", dnr: 12, kontakt: K}\nforord:\n',
            encoding="utf-8",
        )
        with pytest.raises(SpecError, match=r"inputs/2026/utgivning.yaml, rad 1: .*dnr"):
            issue_of(space)
        space.issue.write_text(
            'tryckort: {ort: "[Ort fylls i]", nummer: " ", dnr: "12", kontakt: }\nforord:\n',
            encoding="utf-8",
        )
        assert dict(issue_of(space).filled) == {"tryckort.dnr": "12"}

    def it_names_what_is_misspelt(self, space):
        space.invented.write_text("redovisning: ['*']\n", encoding="utf-8")
        with pytest.raises(SpecError, match=r"inputs/2026/pahittat.yaml, rad 1: .*redovisningar"):
            issue_of(space)

    def it_marks_the_shipped_example(self):
        marks = issue_of(Workspace(ROOT, 2020)).invented
        assert marks.said("omslag", ["Redovisning Skåne 2020.xlsx"]).startswith(
            "Exempelrapport. Alla belopp per län"
        )
        assert marks.said("brev", [""], [""]) == ""
