"""What a report has beside its text: notes on cells, repeated citations, lying pages, the imprint page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest

from tests.conftest import ROOT, money_of
from toolkit.analysis.merge import merge
from toolkit.analysis.table import CellNote, Column, Table
from toolkit.analysis.tables import make_tables
from toolkit.findings.finding import Waiver
from toolkit.report import write_report
from toolkit.report.blocks import Figure, Heading, Note, Paragraph, Text
from toolkit.report.countytables import counties_of, indicator_tables
from toolkit.report.facts import Facts
from toolkit.report.markdown import read_markdown
from toolkit.report.prose import Report
from toolkit.report.remarks import with_remarks
from toolkit.report.repeats import say_ibid
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.audit.template import lacking
from toolkit.word.ooxml.elements import text_in, value
from toolkit.word.ooxml.names import W
from toolkit.word.ooxml.package import WordPackage
from toolkit.words.cells import CellRef

TEMPLATE = ROOT / "templates/2020/rapport.docx"


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("rapport")


@pytest.fixture(scope="module")
def report(example_report):
    return example_report


@pytest.fixture(scope="module")
def opened(example_document):
    return WordPackage.read(example_document)


def words(element):
    return text_in(element).replace("\u00a0", " ")


def notes_of(blocks):
    runs = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    return ["".join(text.text for text in run.runs) for run in runs if isinstance(run, Note)]


class DescribeNotesOnCells:
    def it_tells_of_a_table_with_errors_at_the_countys_name(self, money, texts):
        table = with_remarks(make_tables(money, texts)["sarredovisning"], money, texts)
        noted = {table.rows[note.row][note.column]: note.text for note in table.notes}
        assert noted["Blekinge"] == (
            "Uppgifterna om särredovisning innehåller fel som inte har rättats, och ingår därför inte."
        )
        assert noted["Gotland"].startswith("Länsstyrelsens skäl: ")
        assert noted["Kronoberg"] == "En fråga om uppgifterna är inte besvarad."

    def it_tells_what_was_explained_and_what_was_waived(self, example, texts):
        waiver = Waiver(
            "08",
            "EKON-BUDGET",
            "Anna Berg",
            "Beloppen är kända.",
            date(2021, 3, 1),
            CellRef("Avsteg", 5, 1),
        )
        asked = next(
            f
            for c in example.counties
            if c.name == "Kronoberg"
            for f in c.findings
            if f.code == "EKON-BUDGET"
        )
        changed = {
            "Kronoberg": (replace(asked, explanation="  Kostnaden kom i slutet av året."),),
            "Kalmar": (replace(asked, waiver=waiver),),
        }
        money = money_of(
            replace(example, counties=tuple(with_findings(c, changed) for c in example.counties))
        )
        table = with_remarks(make_tables(money, texts)["lan_koder"], money, texts)
        noted = {table.rows[note.row][note.column]: note.text for note in table.notes}
        assert noted["Kronoberg"] == (
            "Länsstyrelsens svar på frågan ”Utfallet är högre än budgeten”: Kostnaden kom i slutet av året."
        )
        assert noted["Kalmar"].startswith(
            "Utfallet är högre än budgeten. Avsteget är beslutat av Anna Berg och gäller"
        )
        told = notes_of(write_report(money).blocks)
        assert any("Kronoberg: Utfallet är högre än budgeten (Ekonomi " in note for note in told)

    def it_says_that_a_county_has_not_reported(self, year, rows, workbook, look, texts):
        money = money_of(merge(year, [look(workbook(rows))]))
        table = with_remarks(make_tables(money, texts)["sarredovisning"], money, texts)
        assert len([note for note in table.notes if note.text == "Redovisning saknas."]) == 20

    def it_explains_a_sum_that_is_too_low_to_print(self, year, rows, workbook, look, texts):
        rows["indikatorer"][0] |= {"varde": 3, "foregaende": 3}
        table = make_tables(money_of(merge(year, [look(workbook(rows))])), texts)["indikatorer"]
        said = "Uppgifterna trycks inte, eftersom de rör så få personer att någon skulle kunna kännas igen."
        assert table.notes == (CellNote(0, 3, said),)

    def it_stands_at_its_cell_in_word_in_reading_order(self, money):
        columns = (Column("Län", "Om länen."), Column("Antal", number=True))
        notes = (CellNote(0, 1, "Ett antal."), CellNote(1, 0, "Ett län."))
        table = Table(
            "prov", "Prov.", columns, (("Skåne", "7"), ("Kalmar", "8")), "Egen.", notes=notes
        )
        parts = WordPackage.read(
            render_report(
                Report(2020, (Figure(table),), money.data.year.texts("rapport")), TEMPLATE
            )
        )
        marked = [
            (words(cell), mark.get(f"{{{W}}}id"))
            for cell in parts.body.iter(f"{{{W}}}tc")
            for mark in cell.iter(f"{{{W}}}footnoteReference")
        ]
        assert marked == [("Län", "1"), ("7", "2"), ("Kalmar", "3")]
        made = [
            words(note).strip()
            for note in parts.roots["word/footnotes.xml"]
            if not note.get(f"{{{W}}}type")
        ]
        assert made == ["Om länen.", "Ett antal.", "Ett län."]


def with_findings(state, changed):
    if state.name not in changed:
        return state
    return replace(state, counts=replace(state.counts, findings=changed[state.name]))


class DescribeTheBaseOfACount:
    def it_says_in_a_footnote_who_is_not_in_it_and_why(self, money, texts):
        assert Facts(money, texts).left_out("aktiviteter") == (
            "^[Uppgifterna om aktiviteter från länsstyrelsen Blekinge innehåller fel som inte har rättats, och ingår "
            "därför inte.]"
        )
        assert Facts(money, texts).left_out("lagesbild") == ""

    def it_names_those_who_have_not_reported(self, year, example_returns, texts):
        chosen = [
            found
            for found in example_returns
            if found.submission.county not in {"08", "09", "10", "12"}
        ]
        said = Facts(money_of(merge(year, chosen)), texts).left_out("aktiviteter")
        assert (
            said
            == "^[Redovisning saknas från länsstyrelserna Blekinge, Gotland, Kalmar och Skåne.]"
        )


class DescribeCitations:
    @pytest.mark.parametrize(
        ("notes", "expected"),
        [
            (["A-dep, 2017a", "A-dep, 2017a"], ["A-dep, 2017a", "Ibid"]),
            (["A-dep, 2017a"] * 3, ["A-dep, 2017a", "Ibid", "Ibid"]),
            (["A-dep, 2017a", "A-dep, 2017a, s. 12"], ["A-dep, 2017a", "Ibid, s. 12"]),
            (["A-dep, 2017a", "A-dep, 2017b"], ["A-dep, 2017a", "A-dep, 2017b"]),
            (
                ["A-dep, 2017a", "En förklaring.", "A-dep, 2017a"],
                ["A-dep, 2017a", "En förklaring.", "A-dep, 2017a"],
            ),
            (["A, 2017; B, 2018", "A, 2017; B, 2018"], ["A, 2017; B, 2018", "A, 2017; B, 2018"]),
        ],
    )
    def it_says_ibid_for_the_one_source_just_cited(self, notes, expected):
        blocks = [Paragraph((Text("Text."), Note((Text(note),)))) for note in notes]
        assert notes_of(say_ibid(blocks)) == expected

    def it_begins_anew_after_the_notes_of_a_table(self):
        cited = Paragraph((Note((Text("A-dep, 2017a"),)),))
        table = Table("prov", "Prov.", (Column("Län", "En not."),), (("Skåne",),), "")
        assert notes_of(say_ibid([cited, Figure(table), cited])) == ["A-dep, 2017a"] * 2

    def it_is_so_in_the_report(self, report):
        said = notes_of(report.blocks)
        assert said[said.index("Ibid") - 1] == "Socialdepartementet, 2017b"

    def it_cites_nothing_that_is_not_among_the_references(self, report):
        at = next(
            n
            for n, b in enumerate(report.blocks)
            if isinstance(b, Heading) and b.name == "referenser"
        )
        listed = [
            "".join(r.text for r in b.runs if isinstance(r, Text))
            for b in references(report.blocks[at + 1 :])
        ]
        cited = [source for note in notes_of(report.blocks) for source in sources(note)]
        assert len(cited) >= 9
        [series] = [
            b.table for b in report.blocks if isinstance(b, Figure) and b.table.id == "anslag"
        ]
        named = series.source.partition(" Belopp och antal")[0]
        assert len(list(table_sources(named))) > 1
        for author, year in [*cited, *table_sources(named)]:
            assert any(line.startswith(f"{author} ({year})") for line in listed), (author, year)


def references(blocks):
    for block in blocks:
        if isinstance(block, Heading):
            return
        yield block


def sources(note):
    """`Socialdepartementet, 2017a; Finansdepartementet, 2016` as author and year; of an explanation, what it refers to."""
    note = note.rpartition("Se ")[2] if " Se " in note else note
    return (
        re.findall(r"([A-ZÅÄÖ][\w, ]+?),? (\d{4}[a-z]?)\b", note)
        if not note.startswith(("Uppgift", "Blek"))
        else []
    )


def table_sources(line):
    """`Socialdepartementet 2016; 2017, Länsstyrelsen Örebro 2021b; c.`"""
    author, year = "", ""
    for part in re.split(r"[;,]| och ", line.rstrip(".")):
        found = re.fullmatch(r"\s*(.*?)\s*(?:(\d{4})([a-z]?)|([a-z]))\s*", part)
        author, year = found[1] or author, found[2] or year
        yield author, year + (found[3] or found[4] or "")


class DescribeLyingPages:
    def it_gives_each_indicator_county_by_county(self, money, texts):
        tables = indicator_tables(list(counties_of(money, texts)), texts)
        assert [table.id for table in tables] == ["indikatorer_lan_1", "indikatorer_lan_2"]
        assert all(
            len(table.rows) == 21 and len(table.columns) <= 9 and table.wide for table in tables
        )
        national = make_tables(money, texts)["indikatorer"]
        heads = [column.heading for table in tables for column in table.columns[1:]]
        assert heads == [row[0].replace("\u00a0", " ") for row in national.rows]

    def it_adds_up_to_the_printed_sum_where_nothing_is_hidden(self, money, texts):
        tables = indicator_tables(list(counties_of(money, texts)), texts)
        national = {
            row[0].replace("\u00a0", " "): row
            for row in make_tables(money, texts)["indikatorer"].rows
        }
        compared = 0
        for table in tables:
            for number, column in enumerate(table.columns[1:], 1):
                values = [row[number] for row in table.rows]
                if not column.note:
                    known = [
                        Decimal(v.replace("\u00a0", "")) for v in values if v not in {"–", ".."}
                    ]
                    assert sum(known) == Decimal(national[column.heading][3].replace("\u00a0", ""))
                    compared += 1
        assert compared >= 12

    def it_turns_the_pages_and_turns_them_back(self, opened):
        sections = list(opened.body.iter(f"{{{W}}}sectPr"))
        turned = [
            section.find(f"{{{W}}}pgSz").get(f"{{{W}}}orient") == "landscape"
            for section in sections
        ]
        assert turned == [False, True, True, False]
        for section in sections:
            size = section.find(f"{{{W}}}pgSz")
            wide = int(size.get(f"{{{W}}}w")) > int(size.get(f"{{{W}}}h"))
            assert wide == (size.get(f"{{{W}}}orient") == "landscape")

    def it_begins_them_with_the_heading(self, opened):
        closing = [
            p
            for p in opened.body.iter(f"{{{W}}}p")
            if p.find(f"{{{W}}}pPr/{{{W}}}sectPr") is not None
        ]
        assert words(closing[0].getnext()) == "Indikatorer län för län"
        assert words(closing[2].getnext()) == "Län för län"

    def it_keeps_headers_and_footers_in_every_section(self, opened):
        kinds = {"headerReference", "footerReference"}
        for number, section in enumerate(opened.body.iter(f"{{{W}}}sectPr")):
            said = {(mark.tag.rpartition("}")[2], mark.get(f"{{{W}}}type")) for mark in section}
            wanted = {(kind, place) for kind in kinds for place in ("default", "even")}
            wanted |= {(kind, "first") for kind in kinds} if number == 0 else set()
            assert {one for one in said if one[0] in kinds} == wanted
            assert (section.find(f"{{{W}}}titlePg") is not None) == (number == 0)

    def it_has_the_first_page_of_a_template_once(self, report, tmp_path):
        document = docx.Document(TEMPLATE)
        document.sections[0].different_first_page_header_footer = True
        document.sections[0].first_page_header.paragraphs[0].text = "FÖRSTA HUVUD"
        document.save(tmp_path / "rapport.docx")
        made = render_report(report, tmp_path / "rapport.docx")
        sections = list(WordPackage.read(made).body.iter(f"{{{W}}}sectPr"))
        assert len(sections) == 4
        assert [one.find(f"{{{W}}}titlePg") is not None for one in sections] == [True, False, False, False]  # fmt: skip

    def it_takes_a4_where_the_template_says_nothing_of_its_page(self, report, tmp_path):
        document = docx.Document(TEMPLATE)
        body = document.element.body
        body.remove(body.sectPr)
        document.save(tmp_path / "rapport.docx")
        made = render_report(report, tmp_path / "rapport.docx")
        first, *_ = WordPackage.read(made).body.iter(f"{{{W}}}sectPr")
        size = first.find(f"{{{W}}}pgSz")
        assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
        assert audit(made) == []
        assert lacking((tmp_path / "rapport.docx").read_bytes()) == []

    def it_leaves_the_last_pages_lying_when_nothing_follows(self, texts):
        table = Table("prov", "Prov.", (Column("Län"),), (("Skåne",),), "Egen.", wide=True)
        blocks = (Heading(1, "Bilaga", numbered=False), Figure(table))
        made = render_report(Report(2020, blocks, texts), TEMPLATE)
        sections = list(WordPackage.read(made).body.iter(f"{{{W}}}sectPr"))
        assert [one.find(f"{{{W}}}pgSz").get(f"{{{W}}}orient") for one in sections] == [
            None,
            "landscape",
        ]
        assert audit(made) == []

    def it_has_no_such_tables_in_an_empty_year(self, year, texts):
        assert indicator_tables(list(counties_of(money_of(merge(year, [])), texts)), texts) == []


class DescribeTheImprintPage:
    def it_has_place_number_register_and_contact_after_the_cover(self, opened):
        shown = [words(p) for p in opened.body.iter(f"{{{W}}}p")]
        at = shown.index("[Ort och månad fylls i]")
        assert shown[at : at + 4] == [
            "[Ort och månad fylls i]", "Rapport [nummer fylls i]", "Dnr [diarienummer fylls i]",
            "Kontakt: [e-post och telefon fylls i]",
        ]  # fmt: skip
        assert shown[at + 4] == "Innehåll"

    def it_is_only_in_what_is_published(self, texts):
        made = WordPackage.read(
            render_report(Report(2020, (Heading(1, "Kapitel"),), texts), TEMPLATE)
        )
        assert "Dnr" not in words(made.body)


class DescribeForeignWords:
    def it_reads_their_language(self):
        blocks = read_markdown("Se *[Feminist Theory]{lang=en-GB}*, 9(1).", {}, "prov")
        assert blocks[0].runs == (
            Text("Se "),
            Text("Feminist Theory", italic=True, language="en-GB"),
            Text(", 9(1)."),
        )

    def it_marks_them_in_word(self, opened):
        marked = [
            (words(run), value(run.find(f"{{{W}}}rPr/{{{W}}}lang")))
            for run in opened.body.iter(f"{{{W}}}r")
            if run.find(f"{{{W}}}rPr/{{{W}}}lang") is not None
        ]
        assert marked == [("Intersectionality as buzzword", "en-GB"), ("Feminist Theory", "en-GB")]
