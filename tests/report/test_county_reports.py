"""One county by itself: its own report, its page in the appendix, and nothing that gives a person away."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from tests.conftest import ROOT, money_of
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.merge import merge
from toolkit.analysis.printed import PrintedIndicator, SecrecyState
from toolkit.analysis.work_tables import indicator_table
from toolkit.report.blocks import Figure, Heading, Paragraph
from toolkit.report.county import write_county
from toolkit.report.countyfacts import fact_table
from toolkit.report.countytables import counties_of, indicator_tables
from toolkit.report.facts import Facts
from toolkit.report.rows import ChapterRows
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.ooxml.names import W

TEMPLATE = ROOT / "templates/2020/rapport.docx"
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


def tables_of(report):
    return {block.table.id: block.table for block in report.blocks if isinstance(block, Figure)}


def plain(rows):
    return [tuple(cell.replace(NBSP, " ") for cell in row) for row in rows]


def said_in(report):
    return [
        "".join(run.text for run in block.runs)
        for block in report.blocks
        if isinstance(block, Paragraph)
    ]


class DescribeACountysOwnReport:
    def it_has_facts_activities_indicators_spend_and_verdict(self, money):
        report = write_county(money, "12")
        headings = [block.text for block in report.blocks if isinstance(block, Heading)]
        assert headings == [
            "I korthet", "Lägesbild", "Mål", "Aktiviteter", "Resultat", "Indikatorer", "Ekonomi",
            "Särredovisning",
        ]  # fmt: skip
        assert list(tables_of(report)) == ["lan_12", "aktiviteter", "indikatorer", "koder"]
        assert report.texts("titel") == "Länsstyrelsen Skåne"

    def it_counts_what_the_county_has_sent(self, year, rows, workbook, look):
        one = money_of(merge(year, [look(workbook(rows))]))
        tables = tables_of(write_county(one, "12"))
        assert plain(tables["lan_12"].rows) == [
            ("Redovisningen", "Klar", "."),
            ("Lägesbilder", "1", "1 (1)"),
            ("Mål", "1", "1 (1)"),
            ("Aktiviteter", "1", "1 (1)"),
            ("Aktiviteter om prostitution och människohandel", "1", "1 (1)"),
            ("Avslutade aktiviteter om prostitution och människohandel", "1", "1 (1)"),
            ("Rader med indikatorer", "1", "1 (1)"),
            ("Utgifter (kr)", "–", "– (1)"),
            ("Kostnader (kr)", "84 501", "84 501 (1)"),
            ("Utgifter på den egna koden (kr)", "–", "– (1)"),
            ("Kostnader på den egna koden (kr)", "84 501", "84 501 (1)"),
            ("Utgifter, den egna kodens andel", "–", "– (1)"),
            ("Kostnader, den egna kodens andel", "100,0 %", "100,0 % (1)"),
            ("Särredovisning", "Särredovisat", "."),
        ]
        assert plain(tables["aktiviteter"].rows) == [
            ("Utbildning om upptäckt", "Föreläsning eller utbildning",
             "Prostitution och människohandel för sexuella ändamål", "Klar"),
        ]  # fmt: skip
        assert plain(tables["indikatorer"].rows) == [
            ("2 Utbildade personer", "personer", "..", "84", "100", "84 (1)")
        ]
        assert plain(tables["koder"].rows)[-1] == ("Summa", "–", "–", "84 501", "100,0 %")

    def it_tells_what_the_county_has_seen_wants_and_has_reached(self, year, rows, workbook, look):
        one = money_of(merge(year, [look(workbook(rows))]))
        said = said_in(write_county(one, "12"))
        assert said[:3] == [
            "Kontakter tas främst på internet och få fall upptäcks.",
            "Alla kommuner i länet ska ha en rutin före målåret. Målår 2021.",
            "Utbildning om upptäckt. Deltagarna har tagit fram en rutin.",
        ]

    @pytest.mark.parametrize(
        ("written", "told"),
        [
            ("har nått skolor i hela länet", "länsstyrelsen Skåne har nått skolor i hela länet."),
            ("Länsstyrelsen i Skåne län har nått skolor", "länsstyrelsen Skåne har nått skolor."),
            ("Vi har nått skolor.", "länsstyrelsen Skåne har nått skolor."),
            ("I skolor nåddes alla elever.", "”I skolor nåddes alla elever.”"),
        ],
    )
    def it_names_the_county_once_before_an_example(self, year, rows, workbook, look, written, told):
        rows["aktiviteter"][0] |= {"gott_exempel": "JA", "exempeltext": written}
        one = money_of(merge(year, [look(workbook(rows))]))
        assert f"Ett gott exempel: {told}" in said_in(write_county(one, "12"))

    def it_says_what_is_not_there(self, year, rows, workbook, look):
        one = money_of(merge(year, [look(workbook(rows))]))
        report = write_county(one, "01")
        assert said_in(report) == [
            *["Redovisningen har inte kommit in."] * 5,
            "Redovisningen har inte kommit in. Det går inte att säga om utgifterna för prostitution och människohandel för "
            "sexuella ändamål hålls isär.",
        ]  # fmt: skip
        facts = {name: own for name, own, _ in tables_of(report)["lan_01"].rows}
        assert facts["Redovisningen"] == "Inte inkommen"
        assert facts["Aktiviteter"] == facts["Kostnader (kr)"] == ".."

    def it_can_be_written_for_every_county_and_is_sound(self, money):
        for county in money.data.counties:
            assert audit(render_report(write_county(money, county.code), TEMPLATE)) == [], (
                county.name
            )

    def it_has_no_names_of_persons(self, money):
        state = next(county for county in money.data.counties if county.code == "12")
        record = state.counts.submission.records("uppgifter")[0]
        text = zipfile.ZipFile(io.BytesIO(render_report(write_county(money, "12"), TEMPLATE))).read(
            "word/document.xml"
        )
        assert record.get("kontakt_namn") not in text.decode()
        assert record.get("godkand_av") not in text.decode()


class DescribeSecrecy:
    def counted(self, rows, workbook, look, values, *, indicator="2"):
        returns = []
        for code, value in values.items():
            rows["indikatorer"][0] |= {"varde": value, "foregaende": 90, "indikator": indicator}
            returns.append(look(workbook(rows, code), f"{code}.xlsx"))
        return returns

    def printed(self, results, codes):
        """`Året före`, `I år` and `Mål` in the counties' own reports, where there is such a table."""
        found = {}
        for code in codes:
            tables = tables_of(write_county(results, code))
            if "indikatorer" in tables:
                found[code] = plain(tables["indikatorer"].rows)[0][2:5]
        return found

    def it_prints_low_counts_of_other_things(self, year, rows, workbook, look):
        rows["indikatorer"][0] |= {"indikator": "1", "varde": 3, "foregaende": 4}
        one = money_of(merge(year, [look(workbook(rows))]))
        assert plain(tables_of(write_county(one, "12"))["indikatorer"].rows)[0][2:] == (
            "4",
            "3",
            "100",
            "3 (1)",
        )

    def it_hides_two_others_with_a_low_count_and_their_targets(self, year, rows, workbook, look):
        values = {"12": 3, "01": 40, "13": 20}
        three = money_of(merge(year, self.counted(rows, workbook, look, values)))
        assert self.printed(three, values) == dict.fromkeys(values, ("..", "..", ".."))
        assert Facts(three, year.texts("rapport")).total_of("2") == "63"
        table = indicator_table(three, year.texts("rapport"))
        assert plain(table.rows)[0][2:] == ("3", "63", "–")

    def it_hides_the_target_of_a_count_that_is_not_known(self, year, rows, workbook, look):
        values = {"12": 3, "01": 40, "13": 20, "14": 50, "05": "u.s."}
        five = money_of(merge(year, self.counted(rows, workbook, look, values)))
        printed = self.printed(five, values)
        assert printed["05"][1:] == printed["12"][1:] == ("..", "..")
        hidden = [code for code, told in printed.items() if told[1] == ".."]
        assert {printed[code][2] for code in hidden} == {".."}

    def it_leaves_the_indicator_out_where_the_sum_would_tell(self, year, rows, workbook, look):
        values = {"12": 3, "01": 40, "13": 0}
        two = money_of(merge(year, self.counted(rows, workbook, look, values)))
        assert self.printed(two, values) == {}
        assert year.texts("lansrapport")("saknas.undantagen") in said_in(write_county(two, "13"))
        assert Facts(two, year.texts("rapport")).total_of("2") == ""
        table = indicator_table(two, year.texts("rapport"))
        assert (plain(table.rows)[0][2:], len(table.notes)) == (("..", "..", ".."), 1)
        every = list(counties_of(two, year.texts("rapport")))
        (wide,) = indicator_tables(every, year.texts("rapport"))
        assert {row[1] for row in wide.rows} == {".."}
        facts = Facts(two, year.texts("rapport"))
        assert ChapterRows(facts).rows("indikatorer") == []

    def it_does_not_say_whose_the_withheld_counts_are(self, year, rows, workbook, look):
        """Neither by a number of rows, nor by other words than of those that have none, nor by a name in a chapter."""
        data = merge(year, self.counted(rows, workbook, look, {"12": 3, "01": 40, "13": 9}))
        own = [mapping_of(data, "indikatorer", row) for row in data.rows("indikatorer")]
        data = with_tables(data, indikatorer=[row for row in own if row["lan"] != "13"])
        two = money_of(data)
        neutral = year.texts("lansrapport")("saknas.undantagen")
        for code in ("12", "01", "13"):
            report = write_county(two, code)
            assert neutral in said_in(report)
            facts = dict(row[:2] for row in plain(tables_of(report)[f"lan_{code}"].rows))
            assert facts["Rader med indikatorer"] == "0"
        assert (
            Facts(two, year.texts("rapport")).counties("indikatorer", indikator="2") == frozenset()
        )

    def it_prints_last_years_number_where_last_years_report_did(self, year, rows, workbook, look):
        values = {"12": 10, "01": 40, "13": 20}
        three = money_of(merge(year, self.counted(rows, workbook, look, values)))
        ninety, other = Decimal(90), Decimal(91)
        before = {"2": PrintedIndicator({"12": ninety, "01": other}, {"13": ninety})}
        later = replace(three, secrecy=SecrecyState(before=before))
        assert self.printed(later, values) == {
            "12": ("90", "10", "100"),
            "01": ("..", "40", "100"),
            "13": ("..", "20", "100"),
        }
        assert {row[0] for row in self.printed(three, values).values()} == {".."}

    def it_prints_no_part_of_a_count(self, year, rows, workbook, look):
        first = rows["indikatorer"][0] | {"varde": 30}
        rows["indikatorer"] = [first, first | {"id": "I2", "kon": "K", "varde": 28}]
        one = money_of(merge(year, [look(workbook(rows))]))
        found = ChapterRows(Facts(one, year.texts("rapport"))).rows("indikatorer")
        assert [str(row.varde) for row in found] == ["30", ".."]


class DescribeTheAppendix:
    def it_has_a_table_for_every_county(self, money, example_report, example_document):
        report = example_report
        start = next(
            n
            for n, b in enumerate(report.blocks)
            if isinstance(b, Heading) and b.text.startswith("Bilaga")
        )
        first = next(
            n
            for n, b in enumerate(report.blocks)
            if isinstance(b, Heading) and b.text == "Stockholm"
        )
        before = ["Från lägesbild till resultat", "Indikatorer län för län", "Län för län"]
        assert [b.text for b in report.blocks[start:first] if isinstance(b, Heading)][1:] == before
        blocks = report.blocks[first:]
        headings = [n for n, block in enumerate(blocks) if isinstance(block, Heading)]
        assert [blocks[n].text for n in headings] == [county.name for county in money.data.counties]
        assert [blocks[n + 1].table.id for n in headings] == [
            f"lan_{county.code}" for county in money.data.counties
        ]
        body = etree.fromstring(
            zipfile.ZipFile(io.BytesIO(example_document)).read("word/document.xml")
        )

        def in_style(name):
            style = f"{{{W}}}pPr/{{{W}}}pStyle[@{{{W}}}val='{name}']"
            return [
                "".join(node.text for node in paragraph.iter(f"{{{W}}}t"))
                for paragraph in body.iter(f"{{{W}}}p")
                if paragraph.find(style) is not None
            ]

        assert in_style("Avsnittutannummer") == before
        assert in_style("Heading3") == [county.name for county in money.data.counties]

    def it_agrees_with_the_table_of_the_earmark(self, money, example_report):
        report = example_report
        printed = {row[0]: row for row in tables_of(report)["sarredovisning"].rows}
        for county in counties_of(money, money.data.year.texts("rapport")):
            if county.known("ekonomi"):
                facts = dict(fact_table(county).rows)
                names = ("Utgifter på den egna koden (kr)", "Utgifter, den egna kodens andel",
                         "Kostnader på den egna koden (kr)", "Kostnader, den egna kodens andel")  # fmt: skip
                assert tuple(facts[name] for name in names) == printed[county.state.name][2:]


class DescribeACountyBesideTheCountry:
    """Reckoned from the merged rows, apart from the tables."""

    @pytest.fixture
    def skane(self, example_money):
        report = write_county(example_money, "12")
        return {one.table.id: one.table for one in report.blocks if isinstance(one, Figure)}

    def it_has_the_sum_of_all_counties_beside_each_fact(self, skane, example):
        table = skane["lan_12"]
        assert [column.heading for column in table.columns] == ["Uppgift", "Länet", "Alla län"]
        country = {row[0]: row[2].replace("\u00a0", "").split("(")[0] for row in table.rows}
        of = {row[0]: row[2].rpartition("(")[2].rstrip(")") for row in table.rows}
        # The activities of Blekinge are held back, and so is its answer: nothing on its code is not known to be 0.
        assert (of["Lägesbilder"], of["Aktiviteter"]) == ("21", "20")
        assert (of["Kostnader (kr)"], of["Kostnader på den egna koden (kr)"]) == ("21", "20")
        acts = example.rows("aktiviteter")
        about = [row for row in acts if row["valdsform"] == "PMH"]
        assert country["Redovisningen"] == country["Särredovisning"] == "."
        assert country["Lägesbilder"] == str(len(example.rows("lagesbild")))
        assert country["Aktiviteter"] == str(len(acts))
        assert country["Aktiviteter om prostitution och människohandel"] == str(len(about))
        for nature, said in (("U", "Utgifter"), ("K", "Kostnader")):
            rows = [row for row in example.rows("ekonomi") if row["slag"] == nature]
            own = sum(row["utfall"] for row in rows if row["verksamhetskod"] == "PM")
            total = sum(row["utfall"] for row in rows)
            assert country[f"{said} (kr)"] == str(total)
            assert country[f"{said} på den egna koden (kr)"] == str(own)
            share = f"{own / total * 100:.1f}%".replace(".", ",")
            assert country[f"{said}, den egna kodens andel"] == share

    def it_has_what_the_national_report_prints_beside_each_indicator(self, skane, example_report):
        national = next(
            one.table
            for one in example_report.blocks
            if isinstance(one, Figure) and one.table.id == "indikatorer"
        )
        sums = {
            row[0]: f"{row[3]}\u00a0({row[2]})" if row[3] != ".." else ".." for row in national.rows
        }
        table = skane["indikatorer"]
        assert [column.heading for column in table.columns][-2:] == ["Mål", "Alla län"]
        assert len(table.rows) > 5
        assert all(sums[row[0]] == row[-1] for row in table.rows)
