"""Leaks of every kind, planted in files as they are published, and the files without them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
import xlsxwriter

from tests.conftest import ROOT
from toolkit.disclosure.audit import Leak, audit_counts
from toolkit.disclosure.facts import facts_of
from toolkit.disclosure.published import Headings, House, Publication, PublishedTable
from toolkit.disclosure.toldfacts import FactKind, ToldFact
from toolkit.word.read.pages import publication_of

COUNTS = {"01": 3, "05": 31, "25": 23, "12": 0}
BEFORE = {"01": 2, "05": 40, "25": 22}
HOUSE = House(
    {(2020, "23"): COUNTS, (2019, "23"): BEFORE},
    {"01": "Stockholm", "05": "Östergötland", "12": "Skåne", "25": "Norrbotten"},
    {"23": "Mika: personer i kontakt", "24": "KAST: nya personer"},
    5,
    Headings("Summa", "Antal län", "Året före", "I år"),
)
PICTURE = ROOT / "docs/bilder/rapport-karta.png"
CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart>
<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Mika: personer i kontakt</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Skåne</c:v></c:pt><c:pt idx="2"><c:v>Östergötland</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:numCache><c:pt idx="2"><c:v>31.0</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
</c:barChart></c:plotArea></c:chart></c:chartSpace>"""
SUMS = (
    ("Indikator", "Enhet", "Antal län", "Summa", "Uppgift saknas"),
    ("23\u00a0Mika: personer i kontakt", "personer", "4", "57", "1"),
)
HIDDEN = {"Stockholm": "..", "Östergötland": "..", "Norrbotten": "..", "Skåne": "0"}


def by_county(**shown):
    rows = [(name, shown.get(name, text)) for name, text in HIDDEN.items()]
    return (("Län", "23 Mika: personer i kontakt"), *rows)


def page(*tables, county="", paragraphs=()):
    shown = [PublishedTable(table) for table in tables]
    return Publication(2020, county, "rapport.docx", paragraphs, shown)


def report(*paragraphs, sums=SUMS, counties=None, more=()):
    tables = [sums, counties or by_county(), *more]
    return page(*tables, paragraphs=paragraphs)


def of_county(code, before="..", value="..", *paragraphs, year=2020):
    own = ("Indikator", "Enhet", "Året före", "I år", "Mål")
    table = (own, ("23 Mika: personer i kontakt", "personer", before, value, ".."))
    shown = [PublishedTable(table)]
    return Publication(year, code, f"{code}-rapport.docx", paragraphs, shown)


def found(*files):
    return {(leak.year, leak.county, leak.reader) for leak in audit_counts(files, HOUSE)}


class DescribeTheAudit:
    def it_finds_nothing_in_what_is_planned(self):
        pages = [of_county(code) for code in COUNTS]
        text = "Mottagningarna har haft kontakt med sammanlagt 57 personer genom Mika."
        assert found(report(text), *pages) == set()

    @pytest.mark.parametrize(
        ("files", "leak"),
        [
            # The sum less what is printed less one's own.
            ([report(counties=by_county(Östergötland="31"))], (2020, "01", "25")),
            # The sum in a sentence, not in the table.
            ([report("Sammanlagt 57 personer fick stöd genom Mika.", sums=(), counties=by_county(Östergötland="31"))],
             (2020, "01", "25")),
            # A county's own report prints what the table hides; so does a chart's workbook.
            ([report(), of_county("05", value="31")], (2020, "01", "25")),
            ([report(more=[(("", "Mika: personer i kontakt"), ("Östergötland", "31"))])], (2020, "01", "25")),
            ([report(more=[(("", "Östergötland"), ("Mika: personer i kontakt", "31"))])], (2020, "01", "25")),
            # The low count itself, in a table, in the county's own words, in digits.
            ([report(counties=by_county(Stockholm="3"))], (2020, "01", "")),
            ([report("I Stockholms län fick tre personer stöd genom Mika.")], (2020, "01", "")),
            ([report(), of_county("01", "..", "..", "Tre personer fick under året stöd genom Mika.")], (2020, "01", "")),
            ([report(), of_county("01", "..", "..", "Stödet genom Mika nådde 3 nya kvinnor.")], (2020, "01", "")),
            # Behind the word, in parts, in words of a table.
            ([report("Antal personer i Stockholm genom Mika: 3.")], (2020, "01", "")),
            ([report("Mika i Stockholm: antal personer (3).")], (2020, "01", "")),
            ([report("Genom Mika fick två kvinnor och en man stöd i Stockholm.")], (2020, "01", "")),
            ([report("I Stockholm nådde Mika en kvinna, en man och ett barn.")], (2020, "01", "")),
            ([report(more=[(("Län", "Mika"), ("Stockholm", "3"))])], (2020, "01", "")),
            ([report(more=[(("Län", "Mika 2020"), ("Stockholms län", "3"))])], (2020, "01", "")),
            # Below the county's own heading its name is not said again.
            ([replace(report(), sections=[("4.1 Stockholm", ["Tre personer fick stöd genom Mika."])])], (2020, "01", "")),
            # A year later: last year's numbers are printed of those who were hidden.
            ([report(), of_county("25", before="23", year=2021)], (2020, "01", "05")),
            ([report(), of_county("25", before="23", year=2021), of_county("05", before="31", year=2021)],
             (2020, "01", "")),
            # Last year's own row: two are told, and the rule says that the third is low.
            ([report(), of_county("05", before="40"), of_county("25", before="22")], (2019, "01", "")),
        ],
    )  # fmt: skip
    def it_finds_every_kind_of_leak(self, files, leak):
        assert leak in found(*files)

    def it_is_silent_below_another_heading(self):
        said = ["Tre personer fick stöd genom Mika."]
        for heading in ("4.2 Norrbotten", "Stockholm och Norrbotten", "Stödet i länen"):
            assert found(replace(report(), sections=[(heading, said)])) == set()

    def it_says_what_the_count_can_be(self):
        leaks = audit_counts([report(counties=by_county(Östergötland="31"))], HOUSE)
        assert Leak(2020, "23", "01", "25", (3,)) in leaks

    @pytest.mark.parametrize(
        "text",
        [
            "I Stockholm fick två personer stöd genom Mika.",  # not how many it is
            "I Stockholm fick tre personer stöd.",  # of what?
            "Stockholm har tre aktiviteter om Mika.",  # not persons
            "Tre personer fick stöd genom Mika.",  # whose?
        ],
    )
    def it_is_silent_about_other_sentences(self, text):
        assert found(report(text)) == set()

    def it_knows_that_nobody_knows_where_nothing_is_told(self):
        house = House({(2020, "23"): {"01": 3}}, HOUSE.counties | {f"x{n}": f"L{n}" for n in range(9)},
                      HOUSE.indicators, 5, HOUSE.headings)  # fmt: skip
        silent = (SUMS[0], (SUMS[1][0], "personer", "..", "..", ".."))
        assert audit_counts([report(sums=silent)], house) == []
        telling = (SUMS[0], (SUMS[1][0], "personer", "1", "..", ".."))
        assert audit_counts([report(sums=telling)], house) == [Leak(2020, "23", "01", "", (1, 2, 3, 4))]  # fmt: skip


class DescribeWhatAReaderSees:
    def it_reads_alternative_texts_charts_and_what_stands_below_a_heading(self):
        document = docx.Document()
        document.add_heading("Stockholm", 2)
        document.add_paragraph("Tre personer fick stöd genom Mika.")
        document.add_heading("Norrbotten", 2)
        document.add_paragraph("Se figuren.").add_run().add_picture(str(PICTURE))
        saved = io.BytesIO()
        document.save(saved)
        package = zipfile.ZipFile(saved)
        parts = {name: package.read(name) for name in package.namelist()}
        told = 'descr="I Norrbotten fick 23 personer stöd genom Mika."'.encode()
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            b"<wp:docPr ", b"<wp:docPr " + told + b" ", 1
        )
        parts["word/charts/chart1.xml"] = CHART.encode()
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w") as made:
            for name, data in parts.items():
                made.writestr(name, data)
        seen = publication_of(again.getvalue(), 2020, "", "rapport.docx")
        assert set(facts_of(seen, HOUSE)) == {
            ToldFact(2020, "23", FactKind.COUNT, "01", 3),
            ToldFact(2020, "23", FactKind.COUNT, "25", 23),
            ToldFact(2020, "23", FactKind.COUNT, "05", 31),
        }

    def it_reads_tables_sentences_and_the_numbers_behind_charts(self):
        document = docx.Document()
        document.add_paragraph("I Stockholm fick tre personer stöd genom Mika.")
        table = document.add_table(2, 2)
        cells = [("Län", "23\u00a0Mika: personer i kontakt"), ("Östergötland", "31")]
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        book = io.BytesIO()
        with xlsxwriter.Workbook(book) as made:
            sheet = made.add_worksheet()
            sheet.write_row(0, 0, ["", "Mika: personer i kontakt"])
            sheet.write_row(1, 0, ["Norrbotten", 23])
        saved = io.BytesIO()
        document.save(saved)
        with zipfile.ZipFile(saved, "a") as package:
            package.writestr("word/embeddings/diagram1.xlsx", book.getvalue())
        seen = publication_of(saved.getvalue(), 2020, "", "rapport.docx")
        assert set(facts_of(seen, HOUSE)) == {
            ToldFact(2020, "23", FactKind.COUNT, "01", 3),
            ToldFact(2020, "23", FactKind.COUNT, "05", 31),
            ToldFact(2020, "23", FactKind.COUNT, "25", 23),
        }


class DescribeAReportOverSeveralYears:
    """Its columns are years, and each sum has the number of its counties in brackets."""

    TABLE = (
        ("Indikator", "2019", "2020"),
        ("23\u00a0Mika: personer i kontakt", "64 (3)", "57 (4)"),
        ("24\u00a0KAST: nya personer (2019–2020)", "..", "1\u00a0150 (2)"),
    )

    def it_tells_the_sum_of_each_year_and_of_how_many_it_is(self):
        told = list(facts_of(page(self.TABLE), HOUSE))
        assert told == [
            ToldFact(2019, "23", FactKind.TOTAL, "", 64),
            ToldFact(2019, "23", FactKind.COUNTIES, "", 3),
            ToldFact(2020, "23", FactKind.TOTAL, "", 57),
            ToldFact(2020, "23", FactKind.COUNTIES, "", 4),
            ToldFact(2020, "24", FactKind.TOTAL, "", 1150),
            ToldFact(2020, "24", FactKind.COUNTIES, "", 2),
        ]

    def it_tells_what_a_chart_over_the_years_shows(self):
        series = (("", "Mika: personer i kontakt"), ("2019", "64.0"), ("2020", "57.0"))
        told = facts_of(page(series), HOUSE)
        assert [(one.year, one.kind, one.value) for one in told] == [
            (2019, FactKind.TOTAL, 64), (2020, FactKind.TOTAL, 57),
        ]  # fmt: skip

    def it_gives_away_what_another_report_leaves_open(self):
        """Of two counties with one person each nothing is told, until their sum is."""
        house = replace(HOUSE, counts={(2020, "23"): {"01": 1, "05": 1}})
        shown = report(sums=SUMS[:1])
        assert audit_counts([shown], house) == []
        table = (self.TABLE[0], ("23\u00a0Mika: personer i kontakt", "..", "2 (2)"))
        years = page(table)
        leaks = audit_counts([shown, years], house)
        assert {(leak.county, leak.values) for leak in leaks} == {("01", (1,)), ("05", (1,))}

    def it_tells_the_sum_that_stands_beside_a_county(self):
        house = replace(HOUSE, headings=replace(HOUSE.headings, country="Alla län"))
        own = ("Indikator", "Enhet", "I år", "Alla län")
        table = (own, ("23\u00a0Mika: personer i kontakt", "personer", "31", "57"))
        told = facts_of(page(table, county="05"), house)
        assert [(one.kind, one.county, one.value) for one in told] == [
            (FactKind.COUNT, "05", 31), (FactKind.TOTAL, "", 57),
        ]  # fmt: skip
