"""Names that the program itself writes, and that a year's own sheets and fields cannot have."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year


@pytest.fixture
def templates(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path / "templates"


def refused(templates, year):
    with pytest.raises(SpecError) as caught:
        load_year(templates, year)
    return str(caught.value).split("\n")


class DescribeASheet:
    @pytest.mark.parametrize(
        "label", ["Återkoppling", "ÅTERKOPPLING", " återkoppling ", "_lansrapport", "_Lansrapport2"]
    )
    def it_is_not_called_as_one_that_the_program_writes(self, templates, label):
        path = templates / "2020/arbetsbok.yaml"
        old = "  - id: lagesbild\n    label: Lägesbild\n"
        text = path.read_text(encoding="utf-8")
        assert old in text
        line = text[: text.index(old)].count("\n") + 2
        path.write_text(text.replace(old, f'  - id: lagesbild\n    label: "{label}"\n'), "utf-8")
        assert refused(templates, 2020) == [
            f"templates/2020/arbetsbok.yaml, rad {line}: Bladet kan inte heta ”{label}”. "
            "Så heter ett blad som programmet självt skriver."
        ]
