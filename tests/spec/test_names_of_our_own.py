"""Names that the program itself writes, and that a year's own sheets and fields cannot have."""

from __future__ import annotations

import pytest

from tests.spec.edits import refusal
from toolkit.spec.marks import PROVENANCE


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
        assert refusal(templates, 2020) == [
            f"templates/2020/arbetsbok.yaml, rad {line}: Bladet kan inte heta ”{label}”. "
            "Så heter ett blad som programmet självt skriver."
        ]


class DescribeAField:
    @pytest.mark.parametrize("name", PROVENANCE)
    def it_is_not_called_as_a_column_that_every_table_gets(self, templates, name):
        path = templates / "2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        field = f"{{id: {name}, label: Eget, type: text, max_length: 10}}"
        change = f"  - add_field: ekonomi\n    after: id\n    field: {field}\n"
        path.write_text(text + change, encoding="utf-8")
        assert refusal(templates, 2021) == [
            f"templates/2021/arbetsbok.yaml, rad {text.count(chr(10)) + 1}: Fältet ”ekonomi.{name}” kan inte ha det id:t. "
            "Så heter en kolumn som programmet självt skriver i sammanställningen (lan, lansnamn, fil, blad, rad)."
        ]  # fmt: skip

    def it_may_be_whose_return_it_is_which_is_the_same_in_both(self, year):
        assert "lan" in year.spec.tables["uppgifter"].by_id
