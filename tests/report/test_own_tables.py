"""A table and a figure described in tabeller.yaml: the recipe of docs/rapporten.md carried out, and what is refused."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from toolkit.analysis.own_tables import own_table
from toolkit.analysis.records import MergedRow
from toolkit.files.yaml import SpecError
from toolkit.report.blocks import Chart, Figure
from toolkit.report.own_figures import own_of
from toolkit.report.prose import write_report
from toolkit.spec.load import load_year
from toolkit.spec.own_tables import FILE
from toolkit.year.speccheck import _on_own_tables
from toolkit.year.unread import unread_files

BLOCK = re.compile(r"```(?:yaml|text)\n(.*?)```", re.S)


def recipe():
    """The file and the lines of the chapter, as docs/rapporten.md has them."""
    page = (ROOT / "docs/rapporten.md").read_text(encoding="utf-8")
    return BLOCK.findall(page.split("## En egen tabell")[1])[:2]


@pytest.fixture
def described(templates):
    """The year 2020 with a tabeller.yaml that holds this."""

    def of(text):
        (templates / "2020" / FILE).write_text(text, encoding="utf-8")
        return load_year(templates, 2020)

    return of


def results_in(money, year):
    """The example's results as those of a year with other templates."""
    return replace(money, data=replace(money.data, year=year))


def raw(data, table) -> list[MergedRow]:
    return list(data.merged[table])


class DescribeTheRecipe:
    @pytest.fixture
    def report(self, described, templates, example_money):
        file, chapter = recipe()
        year = described(file)
        path = templates / "2020/report/03-verksamhet.md.j2"
        text = path.read_text(encoding="utf-8")
        place = "[[tabell:indikatorer]]\n"
        assert place in text
        at = text.rindex(place) + len(place)
        path.write_text(text[:at] + chapter + text[at:], encoding="utf-8")
        return write_report(results_in(example_money, year))

    def it_prints_the_table_and_draws_the_figure(self, report, example_money):
        counties = defaultdict(set)
        for row in raw(example_money.data, "aktiviteter"):
            if row["valdsform"] == "PMH":
                for code in row["samverkan"]:
                    counties[code].add(row.county)
        codes = load_year(ROOT / "templates", 2020).spec.lists["samverkanspart"].codes
        expected = tuple((code.label, str(len(counties[code.code]) or "–")) for code in codes)
        tables = {one.table.id: one.table for one in report.blocks if isinstance(one, Figure)}
        table = tables["samverkan_med"]
        assert table.rows == expected
        assert (
            table.caption
            == "Länsstyrelsernas samverkan om prostitution och människohandel 2020, antal län."
        )
        assert [column.heading for column in table.columns] == ["Samverkanspart", "Antal län"]
        assert table.columns[0].note == "En aktivitet kan ha flera parter."
        (chart,) = (
            one for one in report.blocks if isinstance(one, Chart) and one.id == "samverkan_med"
        )
        assert [str(value) for value in chart.series[0].values] == [
            str(len(counties[code.code])) for code in codes
        ]
        most = max(codes, key=lambda code: len(counties[code.code]))
        assert chart.alternative == (
            f"Liggande stapeldiagram. Flest län, {len(counties[most.code])}, samverkar med {most.label}."
        )

    def it_is_read_and_found_sound(self, described):
        year = described(recipe()[0])
        assert list(_on_own_tables(year, 2020)) == []
        assert not [one for one in unread_files(year) if FILE in str(one)]


MONEY = """tables:
  - {id: pengar_lan, caption: Utfall., table: ekonomi, rows: respondent, stub: Län, columns: slag, measure: utfall, total: true, source: Länen.}
"""


class DescribeMoney:
    def it_sums_kronor_by_county_with_utgift_and_kostnad_apart(self, described, example_money):
        year = described(MONEY)
        results = results_in(example_money, year)
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        sums = defaultdict(Decimal)
        for row in raw(example_money.data, "ekonomi"):
            sums[row.county_name, row["slag"]] += row["utfall"]
        for name, *cells in table.rows[:-1]:
            for code, cell in zip(("U", "K"), cells, strict=True):
                known = sums.get((name, code), Decimal(0))
                assert cell in {f"{known:,.0f}".replace(",", "\u00a0"), "–" if not known else ""}
        totals = [
            sum((kr for (_, code), kr in sums.items() if code == one), Decimal(0))
            for one in ("U", "K")
        ]
        assert table.rows[-1] == ("Summa", *(f"{kr:,.0f}".replace(",", "\u00a0") for kr in totals))

    def it_does_not_know_a_county_whose_table_is_not_in(self, described, example_money):
        text = MONEY.replace("ekonomi", "aktiviteter").replace(
            "columns: slag, measure: utfall", "heading: Antal"
        )
        year = described(text)
        table = own_table(
            own_of(year).tables[0], results_in(example_money, year), year.texts("rapport")
        )
        assert ("Blekinge", "..") in table.rows
        assert ("Gotland", "–") in table.rows


SOUND = (
    "tables:\n  - {id: min, caption: A, table: aktiviteter, rows: typ, stub: Typ, heading: Antal, source: B}\n"
    "figures:\n  - {id: min, table: min, caption: A, alternative: Det här, unit: Antal}\n"
)
WRONG = {
    "a_table_that_is_not_there": ("table: aktiviteter", "table: aktivitter", 2, "Arbetsboken har ingen tabell ”aktivitter”. Menade ni ”aktiviteter”?"),
    "a_field_that_is_not_there": ("rows: typ", "rows: tyyp", 2, "Tabellen ”aktiviteter” har inget fält ”tyyp”. Menade ni ”typ”?"),
    "a_field_without_codes": ("rows: typ", "rows: rubrik", 2, "Fältet ”aktiviteter.rubrik” besvaras inte ur en kodlista. Rader, kolumner och urval följer koder."),
    "a_code_that_is_not_there": ("heading: Antal", "heading: Antal, filter: {valdsform: [PMX]}", 2, "Koden ”PMX” finns inte i listan ”valdsform” det året."),
    "a_sum_of_several_answers": ("rows: typ", "rows: samverkan, total: true", 2, "Fältet ”aktiviteter.samverkan” kan ha flera svar på en rad, så summan skulle räkna raden flera gånger. Ta bort total."),
    "a_sum_of_respondents": ("rows: typ", "rows: typ, measure: respondents, total: true", 2, "Antalet som redovisar kan inte summeras, för samma län kan stå på flera rader. Ta bort total."),
    "a_measure_that_is_no_number": ("heading: Antal", "heading: Antal, measure: rubrik", 2, "Fältet ”aktiviteter.rubrik” är inget tal och kan inte summeras. Mått är rows, respondents eller ett talfält."),
    "indicators": ("table: aktiviteter, rows: typ", "table: indikatorer, rows: indikator", 2, "Tabellen ”indikatorer” visas inte i egna tabeller, för där kan låga antal personer stå. Placera rapportens tabell indikatorer."),
    "utgift_and_kostnad_together": ("table: aktiviteter, rows: typ", "table: ekonomi, rows: verksamhetskod, measure: utfall", 2, "Utgift och kostnad läggs aldrig ihop. Ta ”slag” som columns, eller välj ett av slagen i filter."),
    "no_heading": ("heading: Antal, ", "", 2, "Tabellen ”min” har varken columns eller heading. Skriv kolumnens rubrik i heading."),
    "an_id_that_is_taken": ("id: min, caption: A, table: aktiviteter", "id: koder, caption: A, table: aktiviteter", 2, "Det finns redan en tabell som heter ”koder” i rapporten. Välj ett annat id."),
    "a_figure_of_no_table": ("table: min", "table: mn", 4, "Figuren visar tabellen ”mn”, som inte finns i filen. Menade ni ”min”?"),
    "a_place_that_cannot_be_filled": ("Det här", "'{storst}'", 4, "”{storst}” går inte att fylla i här. Det som går är {largest}, {largest_value}, {smallest}, {smallest_value}, {year}."),
    "a_brace_alone": ("caption: A, alternative", "caption: 'A {', alternative", 4, "En klammer saknar sin make. Det som går att fylla i här är {year}."),
}  # fmt: skip


class DescribeWhatIsRefused:
    @pytest.mark.parametrize("case", WRONG)
    def it_tells_file_line_and_reason(self, described, case):
        old, new, line, reason = WRONG[case]
        assert old in SOUND
        year = described(SOUND.replace(old, new, 1))
        with pytest.raises(SpecError) as raised:
            own_of(year)
        assert f"templates/2020/{FILE}, rad {line}: {reason}" in str(raised.value).split("\n")

    def it_is_told_by_spec_check_too(self, described):
        year = described(SOUND.replace("rows: typ", "rows: tyyp"))
        assert ["tyyp" in str(one) for one in _on_own_tables(year, 2020)] == [True]

    def it_takes_what_is_sound(self, described):
        assert [one.id for one in own_of(described(SOUND)).tables] == ["min"]

    def it_has_none_where_there_is_no_file(self, templates):
        assert own_of(load_year(templates, 2020)).tables == ()
