"""The report is compared with tests/report/oracle.py: for so many of the example's counties, and for generated years. More years
by `python -m tests.report.oracle 200`."""

from __future__ import annotations

import pytest

from tests.conftest import money_of
from tests.report.oracle import (
    Year,
    contradictions,
    number,
    with_names,
    word_of,
    wrong_heading,
    wrong_sentence,
    wrong_set,
)
from tests.report.oracle_rest import wrong_figure, wrong_note
from tests.report.years import held_back_year, made_year
from toolkit.analysis.merge import merge
from toolkit.report import write_report
from toolkit.report.blocks import Chart, TileMap


@pytest.mark.parametrize("count", [21, 19, 5, 2, 1, 0])
def it_says_nothing_that_the_rows_do_not(year, example_returns, count):
    left = sorted(example_returns, key=lambda found: found.submission.county in {"09", "10"})
    data = merge(year, left[:count])
    assert contradictions(write_report(money_of(data)), data) == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def it_says_nothing_false_of_a_generated_year(year, example_returns, seed):
    results, extracts = made_year(seed, example_returns, year)
    assert contradictions(write_report(results), results.data, extracts) == []


@pytest.mark.parametrize("seed", [1000, 1001, 1010, 1013])
def it_says_nothing_false_of_what_is_held_back(year, example_returns, seed):
    results = held_back_year(seed, example_returns, year)
    assert contradictions(write_report(results), results.data) == []


class DescribeTheOracle:
    def it_sees_what_is_false(self, year, example):
        rows = Year(example)
        base = rows.base("lagesbild")
        ten = set(sorted(base)[:10])
        assert wrong_set("flera länsstyrelser (10 av 21)", ten, base, rows) == ""
        assert wrong_set("flera länsstyrelser (9 av 21)", ten, base, rows)
        assert wrong_set("majoriteten av länsstyrelserna (10 av 21)", ten, base, rows)
        assert wrong_set("ingen länsstyrelse", ten, base, rows)
        assert wrong_set("ingen länsstyrelse", set(), base, rows) == ""
        assert wrong_set("ingen länsstyrelse", set(), ten, rows)
        assert (
            wrong_set("hälften av länsstyrelserna (5 av 10)", set(sorted(ten)[:5]), ten, rows) == ""
        )
        assert [word_of(*of) for of in ((10, 20), (11, 21), (2, 21), (3, 5))] == [
            "hälften",
            "majoriteten",
            "ett fåtal",
            "majoriteten",
        ]

    def it_sees_what_is_false_of_money_and_of_shared_texts(self, example):
        rows = Year(example)
        right = "På den egna koden står sammanlagt 1 688 957 kr i utgifter och 6 755 855 kr i kostnader, vilket är 9,3 % av utgifterna och 9,3 % av kostnaderna."
        assert wrong_sentence(right, rows) == []
        for true, false in (
            ("1 688 957", "11 688 957"),
            ("6 755 855", "16 755 855"),
            ("9,3", "9,4"),
            ("utgifter och", "kostnader och"),
        ):
            assert len(wrong_sentence(right.replace(true, false), rows)) >= 1
        reason = "Ett skäl återkommer hos några länsstyrelser (Jämtland, {}): ”Uppgiften har inte gått att få fram från kommunerna.”"
        assert wrong_sentence(reason.format("Kronoberg och Stockholm"), rows) == []
        assert len(wrong_sentence(reason.format("Kronoberg och Skåne"), rows)) == 1
        stands = "Länsstyrelsen {} har nått sitt målvärde för indikatorn Utbildningstillfällen, och {} (10 av 19) redovisar ett högre värde än året före."
        assert wrong_sentence(stands.format("Jämtland", "majoriteten"), rows) == []
        assert len(wrong_sentence(stands.format("Skåne", "majoriteten"), rows)) == 1
        assert len(wrong_sentence(stands.format("Jämtland", "merparten"), rows)) == 1
        assert wrong_sentence("Redovisning saknas från länsstyrelsen Skåne.", rows)
        assert wrong_sentence(
            "Beloppen har jämförts med huvudboksutdrag från länsstyrelsen Skåne.", rows
        )

    def it_gives_a_county_its_name_back_where_it_is_not_named_again(self, example):
        rows = Year(example)
        said = "Länsstyrelsen Skåne nämner åklagare. Till exempel uppger länsstyrelsen att den har mött åklagare."
        assert with_names(said, rows) == said.replace(
            "länsstyrelsen att", "länsstyrelsen Skåne att"
        )

    def it_knows_every_sentence_and_heading(self, example):
        rows = Year(example)
        assert wrong_sentence("Mycket är bra.", rows) == ["okänd mening: Mycket är bra."]
        assert wrong_heading("Mycket är bra", rows) == ["okänd rubrik: Mycket är bra"]
        assert wrong_heading("Skolan och beslutsfattare nås", rows)
        assert wrong_sentence("Alla är nådda.", rows) == ["Alla är nådda.: är inte så"]

    def it_sees_what_is_false_in_a_footnote(self, example):
        rows = Year(example)
        told = "Uppgifterna om {} från länsstyrelsen {} innehåller fel som inte har rättats, och ingår därför inte."
        assert wrong_note(told.format("aktiviteter", "Blekinge"), rows, number) == ""
        assert wrong_note(told.format("lägesbild", "Blekinge"), rows, number)
        assert wrong_note(told.format("aktiviteter", "Skåne"), rows, number)
        assert wrong_note("Redovisning saknas från två av de 21 länsstyrelserna.", rows, number)
        assert wrong_note("Blekinge: aktiviteter, mål.", rows, number)

    def it_sees_what_is_false_of_a_figure(self, example, example_report):
        rows = Year(example, report=example_report)
        shown = {
            b.id: b.alternative for b in example_report.blocks if isinstance(b, Chart | TileMap)
        }
        assert shown.keys() == {
            "anslag",
            "malsattningar",
            "lan_koder",
            "sarredovisning",
            "sammanhang",
        }
        for id_, false in (
            ("anslag", ("75,1", "57,1")),
            ("malsattningar", ("132", "123")),
            ("lan_koder", ("Stockholm", "Skåne")),
            ("sarredovisning", ("17 län", "18 län")),
            ("sammanhang", ("Gotland", "Blekinge")),
        ):
            assert wrong_figure(id_, shown[id_], rows) == ""
            assert false[0] in shown[id_]
            assert wrong_figure(id_, shown[id_].replace(*false), rows)
