"""The spec: one readable file, strictly validated, with file and line when something is wrong."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange
from toolkit.files.yaml import SpecError, read_yaml
from toolkit.spec.answers import one_code
from toolkit.spec.load import load_year, years_in


class DescribeTheSpec:
    def it_describes_all_tables_and_lists(self, year):
        names = [
            "uppgifter",
            "inget",
            "lagesbild",
            "mal",
            "aktiviteter",
            "indikatorer",
            "ekonomi",
            "anslag",
            "huvudbok",
        ]
        assert list(year.spec.tables) == [*names, "sarredovisning"]
        assert len(year.spec.counties) == 21
        assert len(year.spec.lists["kommun"].codes) == 290

    def it_has_as_many_municipalities_as_each_county_has(self, year):
        for county in year.spec.counties:
            own = [
                code
                for code in year.spec.lists["kommun"].codes
                if code.code.startswith(county.code)
            ]
            assert len(own) == int(county.attributes["kommuner"]), county.label

    def it_keeps_a_code_to_its_years(self, year):
        codes = year.spec.lists["verksamhetskod"]
        assert "PM" in [code.code for code in codes.valid_in(2020)]
        assert "PM" not in [code.code for code in codes.valid_in(2019)]

    @pytest.mark.parametrize("text", ["PM", "pm", "Prostitution och människohandel", "PM – Prostitution och människohandel",
                                      "PM - prostitution och  människohandel", "PM – prostitution o. människohandel"])  # fmt: skip
    def it_knows_a_code_by_code_label_or_both(self, year, text):
        assert one_code(year.spec.lists["verksamhetskod"], text).code == "PM"

    def it_puts_back_the_zero_that_excel_drops(self, year):
        assert one_code(year.spec.lists["lan"], "1").code == "01"

    def it_finds_the_years_that_have_a_folder(self, templates):
        assert years_in(templates) == (2017, 2018, 2019, 2020, 2021)

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("id: mal_id, label: Mål-id, type: ref, ref: mal.id, required", "id: mal_id, label: Mål-id, typ: ref, required", "typ"),
            ("{kind: order, first: start, then: slut", "{kind: order, first: start, then: stopp", "stopp"),
            ("type: code, list: valdsform, required: true, width: 30, help: Den våldsform som iakttagelsen",
             "type: kod, list: valdsform, required: true, width: 30, help: Den våldsform som iakttagelsen", "type"),
        ],
    )  # fmt: skip
    def it_names_file_and_line_of_a_mistake(self, templates, old, new, reason):
        line = exchange(templates, old, new)
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020)
        message = str(caught.value)
        assert "templates/2020/arbetsbok.yaml, rad " in message
        assert reason in message
        told = int(message.split("rad ")[1].split(":")[0])
        assert abs(told - line) <= 60  # a rule's fault is told where its table starts

    def it_refuses_a_list_that_does_not_exist(self, templates):
        exchange(templates, "list: kostnadsslag", "list: kostnadslag")
        with pytest.raises(SpecError, match="kostnadslag"):
            load_year(templates, 2020)

    def it_refuses_a_key_that_stands_twice(self):
        with pytest.raises(SpecError, match=r"prov\.yaml, rad 3: ”a” står redan på rad 1"):
            read_yaml("a: 1\nb: 2\na: 3\n", "prov.yaml")

    def it_names_the_line_of_broken_yaml(self):
        with pytest.raises(SpecError, match=r"prov\.yaml, rad [23]"):
            read_yaml("a: 1\nb: [1, 2\n", "prov.yaml")

    def it_names_the_message_that_lacks_a_part(self, templates):
        path = templates / "2020/meddelanden.yaml"
        path.write_text(
            path.read_text(encoding="utf-8") + "\nNY-KOD: {severity: ERROR, title: Ny}\n",
            encoding="utf-8",
        )
        with pytest.raises(SpecError, match="meddelanden.yaml, rad"):
            load_year(templates, 2020)
