"""The parts of a document: a row, a note, a caption, a list, a link, a chart, as exact XML."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import docx
import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.word.small import element, xml
from toolkit.analysis.table import CellNote, Column, Table
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Chart, ChartSeries, Figure, Heading, Paragraph, Reference, Text
from toolkit.word.ooxml.elements import inside, paragraph, run, text_in, value, w
from toolkit.word.ooxml.names import C, wn
from toolkit.word.write.captions import number_captions
from toolkit.word.write.charts import chart_part
from toolkit.word.write.contents import contents, fill_pages
from toolkit.word.write.links import Links
from toolkit.word.write.lists import Lists
from toolkit.word.write.notes import Footnotes
from toolkit.word.write.sections import lay_down, lies
from toolkit.word.write.styles import TemplateError, heading_style, style_ids
from toolkit.word.write.tables import WIDE, WIDTH, table_elements

TEMPLATE = ROOT / "templates/2020/rapport.docx"
STYLES = {"table": "Tabell", "table text": "T", "toc1": "C1", "toc2": "C2"}
TEXTS = Texts("rapport", {"etikett.tabell": "Tabell", "etikett.figur": "Figur"})


@pytest.fixture
def notes():
    return Footnotes("Fotnotstext", "Fotnotsreferens", "Lnk")


@pytest.fixture
def document():
    return docx.Document(io.BytesIO(TEMPLATE.read_bytes()))


def table(*rows, source="", total=False, wide=False, notes=()):
    columns = (Column("Län"), Column("Antal", number=True))
    return Table("prov", "Prov.", columns, rows, source, total=total, wide=wide, notes=notes)


class DescribeNotes:
    def it_numbers_them_in_reading_order(self, notes):
        called = [notes.call((Text("Ett."),)), notes.call((Text("Två."),))]
        assert xml(called[1]) == (
            '<w:r><w:rPr><w:rStyle w:val="Fotnotsreferens"/></w:rPr>'
            '<w:footnoteReference w:id="2"/></w:r>'
        )
        assert xml(notes.made[0]) == (
            '<w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="Fotnotstext"/></w:pPr><w:r><w:rPr>'
            '<w:rStyle w:val="Fotnotsreferens"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
            '<w:r><w:t xml:space="preserve">Ett.</w:t></w:r></w:p></w:footnote>'
        )

    def it_gives_one_relation_to_each_address(self, notes):
        notes.call((Text("a", link="https://a.se"), Text("b", link="https://b.se")))
        notes.call((Text("a", link="https://a.se"),))
        assert notes.addresses == {"https://a.se": "rId1", "https://b.se": "rId2"}

    def it_brings_its_separators_and_declares_them_where_the_schema_wants(self, notes, document):
        notes.attach(document)
        target = io.BytesIO()
        document.save(target)
        with zipfile.ZipFile(target) as package:
            part = etree.fromstring(package.read("word/footnotes.xml"))
        assert [(value(n, "id"), value(n, "type")) for n in part] == [
            ("-1", "separator"),
            ("0", "continuationSeparator"),
        ]
        settings = [etree.QName(one).localname for one in document.settings.element]
        assert settings.index("footnotePr") == settings.index("compat") - 1


class DescribeTables:
    def it_writes_a_row_with_its_numbers_to_the_right(self, notes):
        (made,) = table_elements(
            table(("Skåne", "7"), ("Kalmar", "8"), source="Egen."), notes, STYLES
        )
        head, row, last = made.findall(wn("tr"))
        assert xml(row) == (
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            '<w:tc><w:tcPr><w:tcW w:w="4837" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            '<w:pStyle w:val="T"/><w:keepNext/></w:pPr><w:r><w:t xml:space="preserve">Skåne</w:t>'
            '</w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="4232" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            '<w:pStyle w:val="T"/><w:keepNext/><w:jc w:val="right"/></w:pPr>'
            '<w:bookmarkStart w:id="100000" w:name="_cell_prov_070d46_7db360_7902"/>'
            '<w:r><w:t xml:space="preserve">7</w:t></w:r><w:bookmarkEnd w:id="100000"/></w:p></w:tc></w:tr>'
        )
        assert xml(head.find(wn("trPr"))) == "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        assert last.find(f".//{wn('keepNext')}") is not None

    def it_lets_the_last_row_go_where_no_source_follows(self, notes):
        (made,) = table_elements(table(("Skåne", "7"), total=True), notes, STYLES)
        last = made.findall(wn("tr"))[-1]
        assert last.find(f".//{wn('keepNext')}") is None
        assert last.find(f".//{wn('b')}") is not None
        assert value(made.find(wn("tblPr/tblLook")), "lastRow") == "1"

    @pytest.mark.parametrize(
        ("total", "bits"), [(False, 0x0020 | 0x0400), (True, 0x0020 | 0x0040 | 0x0400)]
    )
    def it_says_the_same_of_the_style_in_bits_as_in_words(self, notes, total, bits):
        (made,) = table_elements(table(("Skåne", "7"), total=total), notes, STYLES)
        look = made.find(wn("tblPr/tblLook"))
        said = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "noVBand": 0x400}
        assert int(value(look, "val"), 16) == bits
        assert {name: value(look, name) for name in said} == {
            name: str(int(bool(bits & bit))) for name, bit in said.items()
        }

    def it_fills_the_page_that_stands_and_the_one_that_lies(self, notes):
        for wide, width in ((False, WIDTH), (True, WIDE)):
            (made,) = table_elements(table(("Skåne", "7"), wide=wide), notes, STYLES)
            columns = [int(value(one, "w")) for one in made.iter(wn("gridCol"))]
            assert width - len(columns) < sum(columns) <= width

    def it_calls_the_note_of_a_cell(self, notes):
        noted = table(("Skåne", "7"), notes=(CellNote(0, 1, "Ungefär."),))
        (made,) = table_elements(noted, notes, STYLES)
        cells = made.findall(wn("tr"))[-1].findall(wn("tc"))
        assert [len(list(cell.iter(wn("footnoteReference")))) for cell in cells] == [0, 1]
        assert text_in(notes.made[0]) == " Ungefär."


class DescribeCaptions:
    def it_numbers_tables_and_refers_to_them_by_fields(self):
        blocks = [Heading(1, "Kapitel"), Figure(table(("Skåne", "7")))]
        captions = number_captions(blocks, TEXTS)
        made = captions.caption(("tabell", "prov"), "Prov.", "Caption")
        assert xml(*made[1:3]) == (
            '<w:r><w:t xml:space="preserve">Tabell\u00a0</w:t></w:r>'
            '<w:bookmarkStart w:id="2" w:name="_tabell_prov"/>'
        )
        assert text_in(made) == "Tabell\u00a01. Prov."
        said = captions.reference(Reference("tabell", "prov"))
        assert "".join(map(text_in, said)) == "tabell\u00a01"
        assert [code.text for one in said for code in one.iter(wn("instrText"))] == [
            " REF _tabell_prov \\h "
        ]


class DescribeTheLinesOfTheContents:
    def it_numbers_what_is_numbered_and_lists_two_levels(self):
        headings = [
            Heading(1, "Förord", numbered=False),
            Heading(1, "Inledning"),
            Heading(2, "Syfte"),
            Heading(3, "Mer"),
            Heading(1, "Slut"),
        ]
        lines = list(contents(headings, STYLES))
        fill_pages(lines, {f"_avsnitt{number}": 10 + number for number in range(1, 6)})
        said = [(value(line.find(wn("pPr/pStyle"))), text_in(line)) for line in lines]
        assert said == [("C1", "Förord11"), ("C1", "1. Inledning12"), ("C2", "1.1. Syfte13"), ("C1", "2. Slut15")]  # fmt: skip
        kinds = [value(mark, "fldCharType") for line in lines for mark in line.iter(wn("fldChar"))]
        assert (kinds[:2], kinds[-1]) == (["begin", "separate"], "end")
        assert kinds.count("begin") == kinds.count("end") == 5

    def it_has_none_without_headings(self):
        assert list(contents([], STYLES)) == []


class DescribeLists:
    def it_begins_anew_after_what_is_no_item(self, document):
        lists = Lists(document)
        item = Paragraph((Text("ett"),), "number")
        first, second = lists.place(item), lists.place(item)
        assert lists.place(Paragraph((Text("mellan"),))) == ()
        third = lists.place(item)
        assert xml(*first) == xml(*second) != xml(*third)
        number = value(first[0].find(wn("numId")))
        assert xml(*first) == (
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            '<w:ind w:left="360" w:hanging="360"/>'
        )

    def it_leaves_bullets_to_their_style_but_for_those_further_in(self, document):
        lists = Lists(document)
        assert lists.place(Paragraph((Text("punkt"),), "bullet")) == ()
        numbered, indent = lists.place(Paragraph((Text("punkt"),), "bullet", 1))
        assert (value(numbered.find(wn("ilvl"))), value(indent, "left")) == ("1", "720")

    def it_puts_all_models_before_all_lists(self, document):
        Lists(document).place(Paragraph((Text("ett"),), "number"))
        kinds = [etree.QName(one).localname for one in document.part.numbering_part.element]
        assert kinds == sorted(kinds)


class DescribeLinks:
    def it_leads_out_of_the_document(self):
        made = Links(lambda address: f"id:{address}", "Lnk").run(Text("hit", link="https://a.se"))
        assert xml(made) == (
            '<w:hyperlink w:history="1" r:id="id:https://a.se"><w:r><w:rPr><w:rStyle w:val="Lnk"/>'
            '</w:rPr><w:t xml:space="preserve">hit</w:t></w:r></w:hyperlink>'
        )


class DescribeStyles:
    def it_finds_them_by_name_whatever_their_ids(self, document):
        for style in document.styles.element.iter(wn("style")):
            if value(style.find(wn("name"))) == "heading 1":
                style.set(wn("styleId"), "Rubrik1")
        assert style_ids(document, "rapport.docx")["h1"] == "Rubrik1"

    def it_names_the_one_that_lacks(self, document):
        styles = document.styles.element
        styles.remove(next(s for s in styles if value(s.find(wn("name"))) == "Källa"))
        with pytest.raises(TemplateError, match="rapport.docx: formatmallen ”Källa” saknas"):
            style_ids(document, "rapport.docx")

    def it_knows_the_style_of_a_heading(self):
        found = [heading_style(level, numbered=numbered) for level in (1, 2) for numbered in (True, False)]  # fmt: skip
        assert found == ["h1", "plain", "h2", "plain 2"]


class DescribeSections:
    def it_turns_the_pages_of_a_wide_table_and_turns_them_back(self):
        wide = inside(w("tbl"), inside(w("tblPr"), w("tblW", w=str(WIDE))))
        end = element(
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:left="1417" w:top="1701" w:bottom="1000"/></w:sectPr>'
        )
        texts = ("Före.", "Tabell 1.", "Källa:", "Efter.")
        before, caption, source, after = (paragraph("N", run(text)) for text in texts)
        body = inside(w("body"), before, caption, wide, source, after, end)
        lay_down(body, {"Rubrik1"})
        sections = list(body.iter(wn("sectPr")))
        assert [lies(section) for section in sections] == [False, True, False]
        assert [text_in(s.getparent().getparent()) for s in sections[:2]] == ["Före.", "Källa:"]
        assert xml(sections[1].find(wn("pgMar"))) == (
            '<w:pgMar w:left="1417" w:top="1133" w:bottom="1000"/>'
        )


class DescribeCharts:
    def it_leaves_a_gap_where_nothing_is_known(self):
        series = ChartSeries("PMH", (Decimal("1.50"), None, Decimal(-3)))
        chart = Chart("prov", "line", "Prov.", "", "Ord.", "prov", ("2018", "2019", "2020"), (series,), "kr")  # fmt: skip
        root = etree.fromstring(chart_part(chart, "rId1"))
        points = root.find(f".//{{{C}}}numCache").findall(f"{{{C}}}pt")
        assert [(point.get("idx"), point[0].text) for point in points] == [("0", "1.50"), ("2", "-3")]  # fmt: skip
        assert root.find(f".//{{{C}}}dispBlanksAs").get("val") == "gap"
        assert root.find(f".//{{{C}}}valAx/{{{C}}}scaling/{{{C}}}min") is None

    def it_names_its_axes_by_positive_numbers(self):
        series = ChartSeries("PMH", (Decimal(1),))
        chart = Chart("prov", "bar", "Prov.", "", "Ord.", "prov", ("2018",), (series,), "kr")
        root = etree.fromstring(chart_part(chart, "rId1"))
        ids = [int(one.get("val")) for one in root.iter(f"{{{C}}}axId")]
        assert ids[:2] == ids[2:]
        assert min(ids) > 0
        assert root.find(f".//{{{C}}}valAx/{{{C}}}scaling/{{{C}}}min").get("val") == "0"
