"""Last day, address and contact: on the template's first sheet and in the letter, and nowhere among what a county
has written."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT, shortened
from tests.year.test_sent_again import send
from toolkit.checks.file import judge
from toolkit.spec.collecting import Collecting
from toolkit.spec.handing_in import told_of_handing_in
from toolkit.template import write_template
from toolkit.year.inputs import Inputs
from toolkit.year.submissions import check_submissions, write_returns
from toolkit.year.workspace import Workspace

ADDRESS, CONTACT = "redovisning@myndigheten.se", "Eva Berg, 031-000 00 00"
SAID = [
    "Sista dag att lämna in är den 1 mars 2021.",
    f"Redovisningen skickas till {ADDRESS}.",
    f"Frågor om redovisningen besvaras av {CONTACT}.",
]


def decided(year, **changed):
    """The year with how its returns are collected."""
    known = {"sista_dag": date(2021, 3, 1), "skickas_till": ADDRESS, "kontakt": CONTACT, **changed}
    return year.spec.model_copy(update={"insamling": Collecting(**known)})


def first_sheet(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Läs mig"]
    return [cell.value for cell in sheet["B"] if cell.value]


def made(spec, year):
    return write_template(
        shortened(spec), spec.lists["lan"].by_code["12"], year.texts("mall"), CLEAN
    )


class DescribeTheTemplate:
    def it_says_them_last_on_its_first_sheet(self, year):
        assert first_sheet(made(decided(year), year))[-4:] == ["Lämna in", *SAID]

    def it_says_nothing_where_nothing_is_decided(self, year):
        assert "Lämna in" not in first_sheet(made(year.spec, year))

    @pytest.mark.parametrize("name", ["sista_dag", "skickas_till", "kontakt"])
    def it_leaves_out_what_is_not_decided(self, year, name):
        spec = decided(year, **{name: None})
        rest = [
            one
            for one, key in zip(SAID, ("sista_dag", "skickas_till", "kontakt"), strict=True)
            if key != name
        ]
        assert told_of_handing_in(spec.insamling, year.texts("mall")) == rest

    def it_is_nothing_that_the_county_has_written_also_when_the_day_was_moved(self, year):
        data = made(decided(year), year)
        assert judge(data, "fil.xlsx", {2020: year}).findings == ()


class DescribeTheLetter:
    def it_says_them(self, tmp_path, year):
        (tmp_path / "templates/2020").mkdir(parents=True)
        (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
        for path in (ROOT / "templates/2020").iterdir():
            if path.name != "arbetsbok.yaml":
                (tmp_path / "templates/2020" / path.name).symlink_to(path)
        own = (ROOT / "templates/2020/arbetsbok.yaml").read_text("utf-8")
        told = (
            f"insamling: {{sista_dag: 2021-03-01, skickas_till: {ADDRESS}, kontakt: '{CONTACT}'}}"
        )
        (tmp_path / "templates/2020/arbetsbok.yaml").write_text(f"{own}\n{told}\n", "utf-8")
        space = Workspace(tmp_path, 2020)
        send(space, "a.xlsx", made(year.spec, year))
        inputs = Inputs(space)
        write_returns(space, inputs.year, check_submissions(inputs))
        letter = space.letter("12-Skåne").read_text("utf-8-sig").replace("\r\n", "\n")
        assert "\n".join(SAID) in letter.replace("\xa0", " ")
