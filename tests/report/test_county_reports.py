"""One county by itself: its own report, its page in the appendix, and nothing that gives a person away."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from tests.conftest import ROOT, money_of
from toolkit.analysis.merge import merge
from toolkit.report.blocks import Figure, Heading, Paragraph
from toolkit.report.county import write_county
from toolkit.report.countyfacts import fact_table
from toolkit.report.countytables import counties_of, hidden
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
        assert headings == ["I korthet", "Aktiviteter", "Indikatorer", "Ekonomi", "Särredovisning"]
        assert list(tables_of(report)) == ["lan_12", "aktiviteter", "indikatorer", "koder"]
        assert report.texts("titel") == "Länsstyrelsen Skåne"

    def it_counts_what_the_county_has_sent(self, year, rows, workbook, look):
        one = money_of(merge(year, [look(workbook(rows))]))
        tables = tables_of(write_county(one, "12"))
        assert plain(tables["lan_12"].rows) == [
            ("Redovisningen", "Klar"),
            ("Lägesbilder", "1"),
            ("Mål", "1"),
            ("Aktiviteter", "1"),
            ("Aktiviteter om prostitution och människohandel", "1"),
            ("Avslutade aktiviteter om prostitution och människohandel", "1"),
            ("Rader med indikatorer", "1"),
            ("Utfall (kr)", "84 501"),
            ("Utfall på den egna koden (kr)", "84 501"),
            ("Den egna kodens andel", "100,0 %"),
            ("Särredovisning", "Särredovisat"),
        ]
        assert plain(tables["aktiviteter"].rows) == [
            ("Utbildning om upptäckt", "Föreläsning eller utbildning",
             "Prostitution och människohandel för sexuella ändamål", "Klar"),
        ]  # fmt: skip
        assert plain(tables["indikatorer"].rows) == [
            ("2 Utbildade personer", "personer", "80", "84", "100")
        ]
        assert plain(tables["koder"].rows)[-1] == ("Summa", "84 501", "100,0 %")

    def it_says_what_is_not_there(self, year, rows, workbook, look):
        one = money_of(merge(year, [look(workbook(rows))]))
        report = write_county(one, "01")
        assert said_in(report) == [
            "Redovisningen har inte kommit in.", "Redovisningen har inte kommit in.", "Redovisningen har inte kommit in.",
            "Redovisningen har inte kommit in. Det går inte att säga om utgifterna för prostitution och människohandel för "
            "sexuella ändamål hålls isär.",
        ]  # fmt: skip
        facts = dict(tables_of(report)["lan_01"].rows)
        assert facts["Redovisningen"] == "Inte inkommen"
        assert facts["Aktiviteter"] == facts["Utfall (kr)"] == ".."

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
    def it_hides_low_counts_of_persons_this_year_and_last(self, year, rows, workbook, look):
        rows["indikatorer"][0] |= {"varde": 3, "foregaende": 4}
        one = money_of(merge(year, [look(workbook(rows))]))
        assert plain(tables_of(write_county(one, "12"))["indikatorer"].rows) == [
            ("2 Utbildade personer", "personer", "..", "..", "100")
        ]

    def it_prints_low_counts_of_other_things(self, year, rows, workbook, look):
        rows["indikatorer"][0] |= {"indikator": "1", "varde": 3, "foregaende": 4}
        one = money_of(merge(year, [look(workbook(rows))]))
        assert plain(tables_of(write_county(one, "12"))["indikatorer"].rows)[0][2:] == (
            "4",
            "3",
            "100",
        )

    def it_hides_one_more_county_so_that_the_sum_tells_nothing(self, year, rows, workbook, look):
        returns = []
        for code, value in (("12", 3), ("01", 40), ("13", 20)):
            rows["indikatorer"][0] |= {"varde": value, "foregaende": 90}
            returns.append(look(workbook(rows, code), f"{code}.xlsx"))
        three = money_of(merge(year, returns))
        printed = {
            code: plain(tables_of(write_county(three, code))["indikatorer"].rows)[0][3]
            for code in ("12", "01", "13")
        }
        assert printed == {"12": "..", "01": "40", "13": ".."}

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, set()),
            ({"a": 0, "b": 5}, set()),
            ({"a": 4, "b": 5, "c": 6}, {"a", "b"}),
            ({"a": 1, "b": 2, "c": 9, "d": 7}, {"a", "b", "d"}),
            ({"a": 4, "b": 4, "c": 0}, {"a", "b", "c"}),
        ],
    )
    def it_hides_the_low_and_one_more(self, values, expected):
        assert hidden({name: Decimal(value) for name, value in values.items()}, 5) == expected


class DescribeTheAppendix:
    def it_has_a_page_with_a_table_for_every_county(self, money, example_report, example_document):
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
        before = ["Från lägesbild till resultat", "Indikatorer län för län"]
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
        own = [
            "".join(node.text for node in paragraph.iter(f"{{{W}}}t"))
            for paragraph in body.iter(f"{{{W}}}p")
            if paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle[@{{{W}}}val='Avsnittutannummer']")
            is not None
        ]
        assert own == [*before, *(county.name for county in money.data.counties)]

    def it_agrees_with_the_table_of_the_earmark(self, money, example_report):
        report = example_report
        printed = {row[0]: row for row in tables_of(report)["sarredovisning"].rows}
        for county in counties_of(money, money.data.year.texts("rapport")):
            if county.known("ekonomi"):
                facts = dict(fact_table(county).rows)
                assert (facts["Utfall på den egna koden (kr)"], facts["Utfall (kr)"]) == printed[
                    county.state.name
                ][2:4]
