"""What is allowed in a year's spec and most likely not meant."""

from __future__ import annotations

import pytest

from toolkit.cli.sayings import TEXTS, tell_advice, words_of
from toolkit.spec.advice import advice, advise, stopping
from toolkit.spec.model import Spec


@pytest.fixture
def changed(year):
    """The year's spec after a change of its plain data."""

    def make(change):
        data = year.spec.model_dump()
        change(data)
        return Spec.model_validate(data)

    return make


def field(data, table, name):
    tables = [table for sheet in data["sheets"] for table in sheet["tables"]]
    fields = next(one["fields"] for one in tables if one["id"] == table)
    return next(one for one in fields if one["id"] == name)


def ended(data, name, *codes):
    listed = next(one for one in data["codelists"] if one["id"] == name)
    for code in listed["codes"]:
        if not codes or code["code"] in codes:
            code["valid_from"], code["valid_to"] = None, 2019


class DescribeAdviceOnASpec:
    def it_has_none_to_give_on_the_shipped_year(self, year):
        assert advise(year.spec, 2020) == []

    def it_sees_a_folder_of_another_year(self, year):
        assert advise(year.spec, 2026) == [advice("mapp", mapp=2026, ar=2020)]

    @pytest.mark.parametrize(("bound", "value"), [("minimum", 2019), ("maximum", 2021)])
    def it_sees_bounds_of_the_year_that_differ_from_it(self, changed, bound, value):
        spec = changed(lambda data: field(data, "uppgifter", "ar").update({bound: value}))
        told = advice("arsgrans", falt="Redovisningsår", grans=bound, varde=value, ar=2020)
        assert advise(spec, 2020) == [told]

    def it_sees_a_list_that_must_be_chosen_from_and_is_empty(self, changed):
        spec = changed(lambda data: ended(data, "kostnadsslag"))
        told = stopping("lista_tom", lista="kostnadsslag", falt="ekonomi.kostnadsslag", ar=2020)
        assert told in advise(spec, 2020)

    def it_sees_a_list_that_may_be_chosen_from_and_is_empty(self, changed):
        spec = changed(lambda data: ended(data, "belagg"))
        told = advice("lista_tom_frivillig", lista="belagg", falt="aktiviteter.belagg", ar=2020)
        assert told in advise(spec, 2020)

    def it_sees_a_table_that_has_no_rows(self, changed):
        spec = changed(lambda data: ended(data, "tabell"))
        assert stopping("rader_tomma", lista="tabell", tabell="inget", ar=2020) in advise(
            spec, 2020
        )

    def it_sees_codes_without_a_name_where_others_have_one(self, changed):
        def bare(data):
            listed = next(one for one in data["codelists"] if one["id"] == "kon")
            listed["codes"] = [*listed["codes"], {"code": "X", "label": "X"}]

        told = advice("namnlos", lista="kon", koder="X")
        assert advise(changed(bare), 2020) == [told]

    def it_sees_an_area_whose_code_has_expired(self, changed, year):
        area = year.spec.earmarks[0]
        spec = changed(lambda data: ended(data, "verksamhetskod", area.code))
        told = advice("omrade_kod", omrade=area.label, kod=area.code, ar=2020)
        assert told in advise(spec, 2020)

    def it_sees_an_area_that_begins_later_than_its_code(self, changed, year):
        def later(data):
            data["earmarks"][0]["valid_from"] = 2022

        area = year.spec.earmarks[0]
        told = advice("omrade_fran", omrade=area.label, kod=area.code, fran=2022, ar=2020)
        assert told in advise(changed(later), 2020)

    def it_sees_a_code_by_which_an_area_is_known_and_that_has_expired(self, changed, year):
        area = year.spec.earmarks[0]
        address, codes = next(iter(area.condition.items()))
        table, _, name = address.partition(".")
        listed = year.spec.tables[table].by_id[name].list
        spec = changed(lambda data: ended(data, listed, codes[0]))
        told = {"omrade": area.label, "falt": address, "kod": codes[0], "ar": 2020}
        assert advice("omrade_villkor", **told) in advise(spec, 2020)

    def it_only_tells_what_the_year_does_not_ask_for(self, changed):
        def without(data):
            for sheet in data["sheets"]:
                for table in sheet["tables"]:
                    if table["id"] == "lagesbild":
                        table["fields"] = [
                            one for one in table["fields"] if one["id"] != "valdsform"
                        ]

        found = advise(changed(without), 2020)
        assert found == [advice("roll", wrong=False, roll="situation.violence", id="valdsform")]

    def it_tells_nothing_of_what_stands_in_a_table_that_is_not_there(self, changed):
        def without(data):
            for sheet in data["sheets"]:
                sheet["tables"] = [one for one in sheet["tables"] if one["id"] != "huvudbok"]

        found = advise(changed(without), 2020)
        assert found == [advice("roll", wrong=False, roll="ledger", id="huvudbok")]


class DescribeWhatTheTerminalSaysOfIt:
    def it_has_words_for_every_kind(self, year, capsys):
        parts = dict.fromkeys(
            (
                "mapp",
                "ar",
                "falt",
                "grans",
                "varde",
                "lista",
                "tabell",
                "omrade",
                "kod",
                "koder",
                "saknas",
                "namn",
                "dag",
                "kallor",
                "licens",
                "rader",
                "annat",
                "eget",
                "plats",
                "text",
                "fil",
                "menade",
                "slut",
                "fran",
                "rader",
                "sista",
                "konton",
                "artal",
                "rad",
                "langd",
                "hogst",
                "belopp",
                "annan",
                "annat",
            ),
            "x",
        )
        kinds = {name for name in TEXTS.part("granska").entries if "." not in name}
        kinds -= {"rubrik", "utelamnat", "inget", "roll", "olasta", "fil_olast", "att_besluta"}
        kinds -= {"omskrivna", "text_visar", "olika", "omslag", "hindrar"}
        assert tell_advice(
            2020, [advice(kind, **parts) for kind in sorted(kinds)], words_of(year.spec)
        )
        assert len(capsys.readouterr().out.splitlines()) == 2 + len(kinds)  # two headings

    def it_does_not_count_what_is_only_told(self, year, capsys):
        found = [advice("roll", wrong=False, roll="spend.budget", id="budget")]
        assert not tell_advice(2020, found, words_of(year.spec))
        assert "spend.budget (brukar heta budget)" in capsys.readouterr().out

    def it_tells_how_much_is_left_out_and_each_of_it_when_asked(self, year, capsys):
        roll = advice("roll", wrong=False, roll="spend.budget", id="budget")
        table = advice("tabell", wrong=False, namn="x", saknas="ekonomi.budget")
        verdict = "Inget behöver rättas i templates/2020."
        counted = {
            (roll,): "En sak som programmet kan räkna på frågas det inte efter 2020; visa den med --alla.",
            (roll, roll): "2 saker som programmet kan räkna på frågas det inte efter 2020; visa dem med --alla.",
            (roll, table): "En regel, figur, tabell eller liknande utgår för att det som den bygger på inte frågas efter 2020; visa den med --alla.",
            (table, table, roll): "2 regler, figurer, tabeller och liknande utgår för att det som de bygger på inte frågas efter 2020; visa dem med --alla.",
        }  # fmt: skip
        for found, told in counted.items():
            assert not tell_advice(2020, found, words_of(year.spec), every=False)
            assert capsys.readouterr().out.splitlines() == [told, verdict]
        tell_advice(2020, [roll, table], words_of(year.spec), every=True)
        assert len(capsys.readouterr().out.splitlines()) == 4
        tell_advice(2020, [], words_of(year.spec), every=False)
        assert capsys.readouterr().out.splitlines() == [verdict]
