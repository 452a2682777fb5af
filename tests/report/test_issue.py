"""What a printing says of its own data: invented only where they are, sources only where they are used."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT, money_of
from toolkit.analysis.appropriations import Series, SeriesError, read_series
from toolkit.report import write_report
from toolkit.report.blocks import Chart, Figure, Note, Paragraph, Text, TileMap
from toolkit.report.county import write_county
from toolkit.report.issue import FORM, Invented, Issue
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.ooxml.elements import text_in
from toolkit.word.ooxml.package import WordPackage

TEMPLATE = ROOT / "templates/2020/rapport.docx"
WORDS = {"omslag": "OMSLAG PÅHITTAT", "sidfot": "FOT PÅHITTAD {year}", "kalla": "RADER PÅHITTADE.",
         "lan": "LÄN PÅHITTAT", "brev": "BREV PÅHITTAT"}  # fmt: skip
SERIES = """ar;post;belopp;kalla;anmarkning
2024;anslag;100000000;Regleringsbrev 2024;
2026;anslag;120000000;Regleringsbrev 2026;
2024;utgifter;98000000;Länsstyrelsen Örebro 2027;
2026;utgifter;117500000;Länsstyrelsen Örebro 2027;
"""


def series_of(text):
    return read_series(text.encode(), "anslagsserie.csv")


def sources_of(report):
    """What stands below each table and figure, by its name."""
    found = {}
    for block in report.blocks:
        if isinstance(block, Figure):
            found[f"tabell {block.table.id}"] = block.table.source
        elif isinstance(block, Chart | TileMap):
            found[f"figur {block.id}"] = block.source
    return found


def references_of(report):
    return [
        "".join(run.text for run in block.runs if isinstance(run, Text))
        for block in report.blocks
        if isinstance(block, Paragraph) and block.style == "reference"
    ]


def prose_of(report):
    said = []
    for block in report.blocks:
        if isinstance(block, Paragraph) and block.style != "reference":
            for run in block.runs:
                parts = run.runs if isinstance(run, Note) else [run]
                said += [part.text for part in parts if isinstance(part, Text)]
    return "".join(said)


def stories_of(document):
    opened = WordPackage.read(document)
    return {name: text_in(root) for name, root in opened.stories.items()}


class DescribeInventedData:
    def it_is_said_on_the_cover_in_the_footer_and_at_tables_of_marked_files_alone(
        self, example_money
    ):
        report = write_report(example_money, issue=Issue(Invented(("*",), (), WORDS)))
        assert (report.remark, report.texts("sidfot", year=2020)) == (
            "OMSLAG PÅHITTAT",
            "FOT PÅHITTAD 2020",
        )
        marked = {
            name
            for name, source in sources_of(report).items()
            if source.endswith("RADER PÅHITTADE.")
        }
        assert set(sources_of(report)) - marked == {
            "tabell anslag",
            "figur anslag",
            "tabell forbrukning",
        }

    @pytest.mark.parametrize("row", ["2020 utgifter", "* anslag", "2017 *"])
    def it_is_said_of_a_series_where_its_rows_are_shown(self, example_money, row):
        report = write_report(example_money, issue=Issue(Invented(words=WORDS, series=(row,))))
        assert report.remark == "OMSLAG PÅHITTAT"
        said = [
            name for name, one in sources_of(report).items() if one.endswith("RADER PÅHITTADE.")
        ]
        assert sorted(said) == ["figur anslag", "tabell anslag", "tabell forbrukning"]

    def it_is_not_said_of_rows_that_no_series_has(self, example_money):
        issue = Issue(Invented(words=WORDS, series=("1999 utgifter", "utgifter")))
        report = write_report(example_money, issue=issue)
        assert (report.remark, "PÅHITT" in "".join(sources_of(report).values())) == ("", False)

    def it_is_said_nowhere_without_a_mark(self, example_money):
        report = write_report(example_money)
        everything = " ".join(
            [
                *sources_of(report).values(),
                prose_of(report),
                *map(str, report.texts.entries.values()),
            ]
        )
        assert not re.search("påhitt|exempelrapport", everything, re.IGNORECASE)
        assert (
            "Exempel" not in stories_of(render_report(report, TEMPLATE))["word/document.xml"][:400]
        )

    def it_follows_the_files_that_count(self, example_money):
        skane = example_money.states["12"].file
        issue = Issue(Invented((skane,), (), WORDS))
        pages = {
            name: one
            for name, one in sources_of(write_report(example_money, issue=issue)).items()
            if re.search(r"lan_\d", name)
        }
        assert [
            name
            for name, said in pages.items()
            if "PÅHITT" in said and not name.startswith("tabell indikator")
        ] == ["tabell lan_12"]
        own, other = (
            write_county(example_money, "12", issue),
            write_county(example_money, "01", issue),
        )
        assert (own.remark, other.remark) == ("LÄN PÅHITTAT", "")
        assert "PÅHITT" not in "".join(sources_of(other).values())

    def it_is_not_said_of_a_file_that_is_not_there(self):
        marks = Invented(("*",), ("*",), WORDS)
        assert marks.said("brev", [""]) == ""
        assert marks.said("brev", [""], ["huvudbok.csv"]) == "BREV PÅHITTAT"
        assert (
            Invented(("a*.xlsx",), (), WORDS).said("brev", ["b.xlsx", "a1.xlsx"]) == "BREV PÅHITTAT"
        )


@pytest.fixture(scope="module")
def report(example):
    return write_report(money_of(example, series_of(SERIES)))


class DescribeSources:
    def it_names_those_of_the_rows_below_the_table_and_the_figure(self, report):
        said = "Regleringsbrev 2024; 2026 och Länsstyrelsen Örebro 2027."
        found = sources_of(report)
        assert (found["tabell anslag"], found["figur anslag"]) == (said, said)

    def it_cites_them_in_the_prose(self, report):
        assert "jämfört med 100 mnkr 2024.Regleringsbrev, 2024; Regleringsbrev, 2026" in prose_of(
            report
        ).replace("\u00a0", " ")

    def it_lists_them_and_none_that_nothing_cites(self, report):
        listed = references_of(report)
        assert {
            "Regleringsbrev (2024).",
            "Regleringsbrev (2026).",
            "Länsstyrelsen Örebro (2027).",
        } <= set(listed)
        assert listed[0].startswith("Arbetsmarknadsdepartementet (2020)")
        gone = ("Arbetsmarknadsdepartementet (2019)", "Socialdepartementet (2016)", "Socialdepartementet (2017).",
                "Socialdepartementet (2018)", "Länsstyrelsen Örebro (2021")  # fmt: skip
        assert [line for line in listed if line.startswith(gone)] == []
        assert any(line.startswith("Socialdepartementet (2017a)") for line in listed)

    def it_stops_where_a_figure_has_none(self):
        with pytest.raises(SeriesError, match="anslagsserie.csv, rad 3: källan saknas"):
            series_of(
                "ar;post;belopp;kalla;anmarkning\n2026;anslag;1;A 2026;\n2026;utgifter;1; ;\n"
            )

    def it_says_nothing_of_a_series_that_is_not_there(self, example):
        report = write_report(money_of(example, Series(())))
        assert not {"tabell anslag", "figur anslag", "tabell forbrukning"} & set(sources_of(report))
        said = prose_of(report)
        assert not re.search(
            r"anslag uppgick|visar anslag|förbrukade|av anslaget|anslag saknas", said
        )
        assert "Regleringsbrev" not in " ".join(references_of(report)).replace(
            "Regleringsbrev för budgetåret 2017 avseende länsstyrelserna", ""
        ).replace("Regleringsbrev för budgetåret 2018 avseende länsstyrelserna", "")

    def it_leaves_the_use_out_where_no_year_has_both_figures(self, example):
        text = "".join(line for line in SERIES.splitlines(keepends=True) if "utgifter" not in line)
        found = sources_of(write_report(money_of(example, series_of(text))))
        assert "tabell anslag" in found
        assert "tabell forbrukning" not in found


@pytest.fixture(scope="module")
def document(example_money):
    filled = {"tryckort.nummer": "Rapport 2027:5", "forord.namn": "Karin *Ek*"}
    report = write_report(example_money, issue=Issue(filled=filled, draft=True))
    return render_report(report, TEMPLATE)


class DescribeAPrinting:
    """A draft with some of the form filled in: it is rendered once, for it takes seconds."""

    def it_says_on_every_page_and_on_the_cover_that_it_is_a_draft(self, document):
        stories = stories_of(document)
        heads = [said for name, said in stories.items() if "header" in name and said]
        assert len(heads) >= 3
        assert [said for said in heads if not said.startswith("UTKAST")] == []
        assert "UTKAST" in stories["word/document.xml"][:400]
        assert audit(document) == []

    def it_has_what_is_filled_in_and_brackets_for_the_rest(self, document):
        said = stories_of(document)["word/document.xml"]
        assert "Rapport 2027:5" in said
        assert "Karin *Ek*" in said
        assert "[nummer fylls i]" not in said
        assert "[diarienummer fylls i]" in said

    def it_knows_what_is_not_filled_in(self):
        filled = dict.fromkeys(FORM[1:], "x")
        assert Issue(filled=filled).lacking == ("tryckort.ort",)

    def it_is_no_draft_unless_it_is_said(self, example_money):
        county = render_report(write_county(example_money, "12"), TEMPLATE)
        assert "UTKAST" not in "".join(stories_of(county).values())
