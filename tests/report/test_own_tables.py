"""A table and a figure described in tabeller.yaml: the recipe of docs/rapporten.md carried out, and what is refused."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.returns.made import table_of
from toolkit.analysis.merge import TableState
from toolkit.analysis.own_tables import own_table
from toolkit.analysis.records import MergedRow
from toolkit.files.yaml import SpecError
from toolkit.report.blocks import Chart, Figure
from toolkit.report.chapters import chapter_faults
from toolkit.report.own_figures import own_of
from toolkit.report.prose import write_report
from toolkit.returns.submission import Missing
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
        assert table.columns[0].note == (
            "En aktivitet kan ha flera parter. Talen omfattar inte länsstyrelsen Blekinge, vars uppgifter har fel som ska rättas"
            " eller frågor som ska besvaras."
        )
        (chart,) = (
            one for one in report.blocks if isinstance(one, Chart) and one.id == "samverkan_med"
        )
        assert [str(value) for value in chart.series[0].values] == [
            str(len(counties[code.code])) for code in codes
        ]
        most = max(map(len, counties.values()))
        tops = [code.label for code in codes if len(counties[code.code]) == most]
        assert len(tops) == 2
        assert chart.alternative == (
            f"Liggande stapeldiagram. Flest län, {most}, samverkar med {tops[0]} och {tops[1]}."
        )

    def it_may_call_the_figure_otherwise_than_the_table(self, described, templates, example_money):
        file, chapter = recipe()
        head, figures = file.split("figures:")
        year = described(
            "figures:".join((head, figures.replace("id: samverkan_med", "id: parter", 1)))
        )
        path = templates / "2020/report/03-verksamhet.md.j2"
        text = path.read_text(encoding="utf-8")
        placed = chapter.replace("figur:samverkan_med", "figur:parter")
        path.write_text(
            text.replace("[[tabell:indikatorer]]\n", "[[tabell:indikatorer]]\n" + placed),
            encoding="utf-8",
        )
        assert chapter_faults(year) == []
        report = write_report(results_in(example_money, year))
        (chart,) = (one for one in report.blocks if isinstance(one, Chart) and one.id == "parter")
        assert chart.table == "samverkan_med"

    def it_is_read_and_found_sound(self, described):
        year = described(recipe()[0])
        assert list(_on_own_tables(year, 2020)) == []
        assert not [one for one in unread_files(year) if FILE in str(one)]


MONEY = """tables:
  - {id: pengar_lan, caption: Utfall., table: ekonomi, rows: respondent, stub: Län, columns: slag, measure: utfall, total: true, source: Länen.}
"""


class DescribeAFilterOnWhatTheTableIsToldApartBy:
    def it_has_no_rows_of_codes_that_the_filter_leaves_out(self, described, example_money):
        text = (
            "tables:\n  - {id: om_form, caption: Antal., table: aktiviteter, rows: valdsform, stub: Form,"
            " measure: rows, heading: Antal, filter: {valdsform: [PMH]}, source: Länen.}\n"
        )
        results = results_in(example_money, described(text))
        (table,) = own_of(results.data.year).tables
        made = own_table(table, results, results.data.year.texts("rapport"))
        rows = [row for row in raw(results.data, "aktiviteter") if row["valdsform"] == "PMH"]
        label = results.data.year.spec.lists["valdsform"].by_code["PMH"].label
        assert made.rows == ((label, str(len(rows))),)


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
    "a_sum_of_respondents": ("rows: typ", "rows: typ, measure: respondents, total: true", 2, "Antalet som redovisar kan inte summeras, för en och samma kan stå på flera rader. Ta bort total."),
    "a_measure_that_is_no_number": ("heading: Antal", "heading: Antal, measure: rubrik", 2, "Fältet ”aktiviteter.rubrik” är inget tal och kan inte summeras. Mått är rows, respondents eller ett talfält."),
    "indicators": ("table: aktiviteter, rows: typ", "table: indikatorer, rows: indikator", 2, "Tabellen ”indikatorer” visas inte i egna tabeller, för där kan låga antal personer stå. Placera rapportens tabell indikatorer."),
    "utgift_and_kostnad_together": ("table: aktiviteter, rows: typ", "table: ekonomi, rows: verksamhetskod, measure: utfall", 2, "Utgift och kostnad läggs aldrig ihop. Ta ”slag” som columns, eller välj ett av slagen i filter."),
    "rows_and_columns_alike": ("rows: typ, stub: Typ, heading: Antal", "rows: typ, columns: typ, stub: Typ", 2, "Både rows och columns är ”aktiviteter.typ”, så bara rutorna på snedden kan fyllas i. Ta bort columns, eller välj ett annat fält."),
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


COLUMN = "tables:\n  - {id: min, caption: A, table: ekonomi, rows: ROWS, stub: Typ, heading: Utfall, measure: utfall, filter: {slag: [K]}, total: true, source: B}\n"


def with_rows(money, year, table, rows, missing=()):
    """The example's results with these rows alone in a table: (county, values); `missing` have not sent it."""
    states = {state.code: state for state in money.data.counties}
    merged = []
    for county, values in rows:
        record = table_of(year.spec.tables[table], [values]).records[0]
        merged.append(MergedRow(county, states[county].name, "fil.xlsx", record))
    counties = []
    for code, state in states.items():
        kind = TableState.MISSING if code in missing else TableState.MERGED
        counties.append(replace(state, tables={**state.tables, table: kind}))
    data = replace(
        money.data, year=year, merged={**money.data.merged, table: merged}, counties=tuple(counties)
    )
    return replace(money, data=data)


def spent(county, code, amount):
    return county, {"verksamhetskod": code, "slag": "K", "utfall": amount}


US = Missing.UNKNOWN
# Two codes and the sum: of rows of three counties. A dash only where there is nothing, 0 where amounts even out.
UNKNOWN_PARTS = [
    ([("12", 5), ("12", US), ("14", 5)], "10", "–", "10"),
    ([("12", US), ("14", US)], "..", "–", ".."),
    ([("12", 0), ("14", 0)], "–", "–", "–"),
    ([("12", 0), ("14", US)], "..", "–", ".."),
    ([("12", 3), ("12", -3)], "0", "–", "0"),
    ([("12", 3), ("14", US), ("01", Missing.NOT_APPLICABLE)], "3", "–", "3"),
]


@pytest.fixture(scope="module")
def described_by(tmp_path_factory):
    def of(rows):
        templates = tmp_path_factory.mktemp("tabeller") / "templates"
        shutil.copytree(ROOT / "templates", templates)
        (templates / "2020" / FILE).write_text(COLUMN.replace("ROWS", rows), encoding="utf-8")
        return load_year(templates, 2020)

    return {rows: of(rows) for rows in ("verksamhetskod", "respondent")}


class DescribeWhatIsNotKnown:
    @pytest.mark.parametrize(("rows", "first", "other", "total"), UNKNOWN_PARTS)
    def it_is_in_no_sum_and_no_dash_by_code(
        self, rows, first, other, total, described_by, example_money
    ):
        year = described_by["verksamhetskod"]
        made = [spent(county, "PM", amount) for county, amount in rows]
        results = with_rows(example_money, year, "ekonomi", made)
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        cells = {row[0]: row[1] for row in table.rows}
        labels = {code.code: code.label for code in year.spec.lists["verksamhetskod"].codes}
        assert (cells[labels["PM"]], cells[labels["HR"]], cells["Summa"]) == (first, other, total)
        noted = {note.row for note in table.notes}
        partly = US in [amount for _, amount in rows] and first != ".."
        assert (len(table.rows) - 1 in noted) == partly

    @pytest.mark.parametrize(
        ("rows", "total"), [(rows, total) for rows, _, _, total in UNKNOWN_PARTS]
    )
    def it_agrees_by_county_and_with_the_chapters(self, rows, total, described_by, example_money):
        year = described_by["respondent"]
        made = [spent(county, "PM", amount) for county, amount in rows]
        results = with_rows(example_money, year, "ekonomi", made, missing=("03",))
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        assert table.rows[-1][1] == total
        assert ("Uppsala", "..") in table.rows
        known = sum(amount for _, amount in rows if isinstance(amount, int))
        assert total == (str(known) if known else total)
        printed = [
            int(row[1].replace("–", "0").replace("−", "-")) for row in table.rows if row[1] != ".."
        ]
        assert sum(printed[:-1] if total != ".." else printed) == known

    def it_says_who_has_not_told_all(self, described_by, example_money):
        year = described_by["respondent"]
        made = [spent("12", "PM", 5), spent("12", "PM", US), spent("14", "PM", 7)]
        results = with_rows(example_money, year, "ekonomi", made)
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        told = "Talet är summan av det som är känt. Skåne har inte uppgift om allt."
        place = [row[0] for row in table.rows].index("Skåne")
        assert [(note.row, note.column, note.text) for note in table.notes] == [
            (place, 1, told), (len(table.rows) - 1, 1, told)]  # fmt: skip

    def it_knows_nothing_where_nobody_has_reported(self, described_by, example_money):
        year = described_by["verksamhetskod"]
        every = tuple(state.code for state in example_money.data.counties)
        results = with_rows(example_money, year, "ekonomi", [], missing=every)
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        assert {row[1] for row in table.rows} == {".."}

    def it_tells_of_rows_that_no_row_of_the_table_counts(self, described_by, example_money):
        year = described_by["verksamhetskod"]
        made = [spent("12", "PM", 5), spent("12", US, 7)]
        results = with_rows(example_money, year, "ekonomi", made)
        table = own_table(own_of(year).tables[0], results, year.texts("rapport"))
        assert table.rows[-1] == ("Summa", "5")
        assert [note.text for note in table.notes] == [
            "Summan omfattar inte rader utan svar på det som tabellen delas in efter. Antal sådana rader: 1."
        ]
