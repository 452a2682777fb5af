"""The sums that a table has of another one: by fields that can be equal."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year

JOIN = "where: {verksamhetskod: verksamhetskod}"
# What is joined in the table huvudbok, and what is said of it.
WRONG = {
    "another_list": ("kostnadsslag: verksamhetskod",
        "Summan i ”huvudbok.ekonomi” kan inte gälla rader där ”ekonomi.kostnadsslag” är lika med ”huvudbok.verksamhetskod” (where): "
        "koden ”801” i listan ”verksamhetskod” finns inte i listan ”kostnadsslag”."),
    "a_code_and_a_text": ("mottagare: verksamhetskod",
        "Summan i ”huvudbok.ekonomi” kan inte gälla rader där ”ekonomi.mottagare” är lika med ”huvudbok.verksamhetskod” (where): "
        "fälten är av olika slag och blir aldrig lika."),
    "a_code_and_a_number": ("verksamhetskod: huvudbok",
        "Summan i ”huvudbok.ekonomi” kan inte gälla rader där ”ekonomi.verksamhetskod” är lika med ”huvudbok.huvudbok” (where): "
        "fälten är av olika slag och blir aldrig lika."),
    "a_text_and_a_number": ("mottagare: huvudbok",
        "Summan i ”huvudbok.ekonomi” kan inte gälla rader där ”ekonomi.mottagare” är lika med ”huvudbok.huvudbok” (where): "
        "fälten är av olika slag och blir aldrig lika."),
    "several_answers": ("malgrupp: verksamhetskod",
        "Summan i ”huvudbok.ekonomi” kan inte gälla rader där ”lagesbild.malgrupp” är lika med ”huvudbok.verksamhetskod” (where): "
        "ett fält med flera svar går inte att jämföra så."),
}  # fmt: skip


def joined(templates, where):
    """The line of a sum that is joined by something else."""
    return exchange(templates, JOIN, f"where: {{{where}}}")


class DescribeASumOfAnotherTable:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_where_its_rows_could_never_be_found(self, templates, name):
        where, reason = WRONG[name]
        line = joined(templates, where)
        if name == "several_answers":
            path = templates / "2020/arbetsbok.yaml"
            text = path.read_text(encoding="utf-8")
            path.write_text(
                text.replace("sum_of: ekonomi.utfall, where: {malgrupp", "sum_of: lagesbild.antal, where: {malgrupp")
                .replace("          - {id: arena,", "          - {id: antal, label: Antal, type: number}\n          - {id: arena,", 1),
                encoding="utf-8",
            )  # fmt: skip
            line += 1
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020)
        assert str(caught.value) == f"templates/2020/arbetsbok.yaml, rad {line}: {reason}"

    @pytest.mark.parametrize(
        "where",
        ["andel: huvudbok, verksamhetskod: verksamhetskod", "verksamhetskod: verksamhetskod"],
    )
    def it_may_be_joined_by_what_is_of_one_sort(self, templates, where):
        joined(templates, where)
        assert load_year(templates, 2020).spec.year == 2020

    def it_may_be_joined_by_a_list_that_holds_the_codes_of_the_other(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        old = "{id: belopp, label:"
        assert text.count(old) == 1
        before, _, after = text.partition(old)
        field, end = after.split("}\n", 1)
        sum_of = ", computed: {sum_of: ekonomi.utfall, where: {verksamhetskod: omrade}}}\n"
        field = field.replace("required: true, ", "").replace("minimum: 0, ", "")
        path.write_text(before + old + field + sum_of + end, encoding="utf-8")
        assert load_year(templates, 2020).spec.year == 2020


class DescribeASumOfItsRow:
    @pytest.mark.parametrize(
        "terms",
        [
            "plus: [utgifter, utgifter], minus: [ekonomi]",
            "plus: [utgifter], minus: [ekonomi, utgifter]",
            "plus: [ingaende], minus: [utgifter, ekonomi, utgifter]",
        ],
    )
    def it_takes_a_field_once(self, templates, terms):
        line = exchange(templates, "{plus: [utgifter], minus: [ekonomi]}", f"{{{terms}}}")
        said = "Fältet ”anslag.utgifter” står två gånger i plus och minus för ”anslag.differens”. Varje fält räknas in en gång."
        assert refusal(templates) == [f"templates/2020/arbetsbok.yaml, rad {line}: {said}"]

    @pytest.mark.parametrize("terms", ["", "plus: [utgifter], sum_of: ekonomi.utfall"])
    def it_is_reckoned_in_one_way(self, templates, terms):
        line = exchange(templates, "{plus: [utgifter], minus: [ekonomi]}", f"{{{terms}}}")
        said = "Fältet ”anslag.differens” ska räknas ut (computed) antingen med plus och minus eller med sum_of."
        assert refusal(templates) == [f"templates/2020/arbetsbok.yaml, rad {line}: {said}"]
