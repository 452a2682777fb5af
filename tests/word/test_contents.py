"""The contents carry page numbers before anyone has opened the file, the same ones everywhere."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from tests.conftest import ROOT
from toolkit.analysis.appropriations import read_series
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.report.guide import write_guide
from toolkit.word import render_report
from toolkit.word.measure.looks import read_looks
from toolkit.word.measure.metrics import width_of
from toolkit.word.measure.pages import TextArea, find_pages
from toolkit.word.ooxml.elements import inside, paragraph, run, w
from toolkit.word.ooxml.names import W

TEMPLATE = ROOT / "templates/2020/rapport.docx"
SERIES = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
SHEET = TextArea(width=100, height=50)


@pytest.fixture(scope="module")
def report(example_report):
    return example_report


@pytest.fixture(scope="module")
def document(example_document):
    return example_document


def body_of(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def lines_of(document):
    """The lines of the contents: label and heading, page number, and the bookmark that they lead to."""
    lines = []
    for line in body_of(document).iter(f"{{{W}}}p"):
        if line.find(f"{{{W}}}pPr/{{{W}}}pStyle[@{{{W}}}val='toc1']") is None and (
            line.find(f"{{{W}}}pPr/{{{W}}}pStyle[@{{{W}}}val='toc2']") is None
        ):
            continue
        *words, page = [node.text for node in line.iter(f"{{{W}}}t")]
        lines.append(
            ("".join(words), int(page), line.find(f"{{{W}}}hyperlink").get(f"{{{W}}}anchor"))
        )
    return lines


class DescribeTheContents:
    def it_has_a_line_for_every_heading(self, document, report):
        lines = [text for text, _, _ in lines_of(document)]
        assert [re.sub(r"^[\d.]+ ", "", text) for text in lines] == [
            block.text
            for block in report.blocks
            if isinstance(block, Heading) and block.level <= 2 and block.listed
        ]
        assert lines[:6] == [
            "Förord",
            "Sammanfattning",
            "Inledning",
            "1. Genomförande",
            "2. Uppdrag, mål och resurser",
            "2.1. En kort tillbakablick",
        ]

    def it_is_one_field_that_word_can_renew_without_being_asked_to(self, document):
        body = body_of(document)
        codes = [code.text.strip() for code in body.iter(f"{{{W}}}instrText")]
        assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
        pages = [code.split()[1] for code in codes if code.startswith("PAGEREF")]
        assert pages == [anchor for _, _, anchor in lines_of(document)]
        kinds = [mark.get(f"{{{W}}}fldCharType") for mark in body.iter(f"{{{W}}}fldChar")]
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")

    def it_rises_from_the_first_chapter_to_the_last(self, document):
        pages = [page for _, page, _ in lines_of(document)]
        assert pages == sorted(pages)
        assert pages[0] == 4  # cover, imprint, one page of contents
        chapters = [page for text, page, _ in lines_of(document) if re.match(r"\d\. ", text)]
        assert len(set(chapters)) == len(chapters)

    def it_says_how_many_pages_there_are(self, report):
        """Of a report that ends with the last chapter of its contents."""
        ends = next(
            number
            for number, block in enumerate(report.blocks)
            if isinstance(block, Heading) and not block.listed
        )
        document = render_report(replace(report, blocks=report.blocks[:ends]), TEMPLATE)
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            footer = next(
                etree.fromstring(package.read(name))
                for name in package.namelist()
                if "footer" in name and b"NUMPAGES" in package.read(name)
            )
        count = [node.text for node in footer.iter(f"{{{W}}}t")][-2]
        assert int(count) == lines_of(document)[-1][1]


@pytest.fixture
def looks():
    styles = f"""<w:styles xmlns:w="{W}">
      <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri"/><w:sz w:val="20"/></w:rPr></w:rPrDefault>
        <w:pPrDefault/></w:docDefaults>
      <w:style w:styleId="body"/>
      <w:style w:styleId="spaced"><w:basedOn w:val="body"/><w:pPr><w:spacing w:before="100" w:after="200"/></w:pPr></w:style>
      <w:style w:styleId="chapter"><w:basedOn w:val="spaced"/><w:pPr><w:pageBreakBefore/></w:pPr></w:style>
      <w:style w:styleId="caption"><w:basedOn w:val="body"/><w:pPr><w:keepNext/></w:pPr></w:style></w:styles>"""
    return read_looks(etree.fromstring(styles), None)


def marked(style, name, text="x", *more):
    return paragraph(style, w("bookmarkStart", id="1", name=name), run(text), *more)


class DescribeTheEstimate:
    """A line of ten points in Calibri is 12.2 high: four of them on a page of 50."""

    def it_fills_a_page_before_the_next(self, looks):
        pages, count = find_pages([marked("body", str(n)) for n in range(9)], [], looks, SHEET)
        assert [pages[str(n)] for n in range(9)] == [1, 1, 1, 1, 2, 2, 2, 2, 3]
        assert count == 3

    def it_counts_the_lines_of_a_long_paragraph(self, looks):
        words = " ".join(["ordet"] * 16)
        assert 3 * SHEET.width < width_of(words, "Calibri", 10) < 4 * SHEET.width
        pages, _ = find_pages([marked("body", "a", words), marked("body", "b")], [], looks, SHEET)
        assert pages == {"a": 1, "b": 2}

    def it_begins_a_page_where_the_style_says_so(self, looks):
        pages, _ = find_pages(
            [marked("body", "a"), marked("chapter", "b"), marked("body", "c")], [], looks, SHEET
        )
        assert pages == {"a": 1, "b": 2, "c": 2}

    def it_keeps_a_caption_with_what_follows(self, looks):
        before = [marked("body", str(n)) for n in range(3)]
        pages, _ = find_pages(
            [*before, marked("caption", "a"), marked("body", "b")], [], looks, SHEET
        )
        assert (pages["2"], pages["a"], pages["b"]) == (1, 2, 2)

    def it_takes_the_larger_of_two_distances(self, looks):
        three = [
            marked("spaced", str(n)) for n in range(3)
        ]  # 12.2 + 10 + 12.2 + 10 + 12.2, the first at the top
        assert find_pages(three, [], looks, TextArea(100, 57))[1] == 1
        assert find_pages(three, [], looks, TextArea(100, 56))[1] == 2

    def it_makes_room_for_the_notes_of_a_page(self, looks):
        note = inside(w("footnote", id="7"), paragraph("body", run("noten")))
        call = inside(w("r"), w("footnoteReference", id="7"))
        elements = [marked("body", "a", "x", call), marked("body", "b"), marked("body", "c")]
        assert find_pages(elements, [note], looks, SHEET)[0] == {"a": 1, "b": 1, "c": 2}

    def it_never_leaves_one_line_of_a_paragraph_alone(self, looks):
        words = " ".join(["ordet"] * 8)  # two lines
        before = [marked("body", str(n)) for n in range(3)]
        assert find_pages([*before, marked("body", "a", words)], [], looks, SHEET)[0]["a"] == 2

    def it_goes_on_after_what_is_higher_than_a_page(self, looks):
        drawn = etree.fromstring(
            '<wp:extent xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            f'cx="1" cy="{120 * 12700}"/>'
        )
        tall = paragraph("body", inside(w("r"), drawn))
        assert find_pages([tall, marked("body", "a")], [], looks, SHEET)[0] == {"a": 3}

    def it_moves_the_numbers_when_the_report_grows(self, report):
        more = (Heading(1, "Nytt"), *(Paragraph((Text("Ett ord till. " * 200),)) for _ in range(3)))
        first = {text: page for text, page, _ in lines_of(render_report(report, TEMPLATE))}
        longer = type(report)(report.year, (*more, *report.blocks), report.texts)
        second = {text: page for text, page, _ in lines_of(render_report(longer, TEMPLATE))}
        assert second["Inledning"] > first["Inledning"]


@pytest.mark.libreoffice
class DescribeTheContentsInLibreOffice:
    """LibreOffice lays out the pages itself; its fonts may differ from Word's, so a page to and fro is allowed."""

    @pytest.mark.parametrize("kind", ["report", "guide"])
    def it_says_the_page_where_the_heading_stands(self, printed, document, year, kind):
        file = document if kind == "report" else render_report(write_guide(year), TEMPLATE)
        real = [re.sub(r"\s", "", page).casefold() for page in printed(file).split("\f")]
        leader = (
            "." * 20
        )  # between a heading and its page in the contents; tables write “..” for what is not known
        off = []
        for words, page, _ in lines_of(file):
            wanted = re.sub(r"\s", "", words).casefold()
            found = [
                n for n, there in enumerate(real, 1) if wanted in there and leader not in there
            ]
            off.append(min((abs(n - page) for n in found if n > 2), default=99))
        assert max(off) <= 1
        assert off.count(0) >= 0.9 * len(off)

    @pytest.mark.parametrize("kind", ["report", "guide"])
    def it_prints_the_page_at_the_end_of_every_line(self, printed, document, year, kind):
        file = document if kind == "report" else render_report(write_guide(year), TEMPLATE)
        told = re.findall(r"^\s*(\S.*?)\s*\.{5,}\s*(\d*)$", printed(file), re.MULTILINE)
        wanted = [(words.split()[-1], str(page)) for words, page, _ in lines_of(file)]
        assert [(words.split()[-1], page) for words, page in told] == wanted
