"""The county's own ods back, marked: as the xlsx, in LibreOffice's own format."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment
from openxml_audit import OdfValidator, ValidationSeverity

from tests.conftest import CLEAN, said
from toolkit.annotate import mark_workbook
from toolkit.annotate.marks import COLOURS, HEADLINE
from toolkit.annotate.ods.parts import qn
from toolkit.files.zip import ending_of, read_package, write_package

pytestmark = pytest.mark.libreoffice
XLSX = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture(scope="module")
def wrong(small_workbook):
    """One error, at Mål!C6, and one question, at Ekonomi!K6."""
    rows = deepcopy(CLEAN)
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["ekonomi"][0]["budget"] = 40000
    return small_workbook(rows)


@pytest.fixture(scope="module")
def spoiled(wrong, convert):
    return convert(wrong, "in.xlsx", "ods")


@pytest.fixture(scope="module")
def marked(spoiled, look, texts):
    return mark_workbook(spoiled, look(spoiled).findings, texts)


@pytest.fixture(scope="module")
def opened(convert):
    """As LibreOffice understands it; the same file is opened once."""
    return cache(lambda data: openpyxl.load_workbook(io.BytesIO(convert(data, "m.ods", XLSX))))


def content_of(data):
    return etree.fromstring(read_package(data)["content.xml"])


def notes_in(data):
    """The notes of a document: each one's lines."""
    notes = content_of(data).iter(qn("office:annotation"))
    return [["".join(line.itertext()) for line in note.iterfind(qn("text:p"))] for note in notes]


class DescribeAMarkedOds:
    def it_is_an_ods_with_every_other_part_byte_for_byte(self, spoiled, marked):
        before, after = read_package(spoiled), read_package(marked)
        changed = {name for name in before if before[name] != after[name]}
        assert (ending_of(marked), list(before), changed) == (
            ".ods",
            list(after),
            {"content.xml", "styles.xml", "settings.xml"},
        )
        with zipfile.ZipFile(io.BytesIO(marked)) as package:
            first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)

    def it_opens_on_the_feedback_sheet_with_a_verdict_and_links(self, marked, opened):
        book = opened(marked)
        assert book.sheetnames[:2] == ["Återkoppling", "Läs mig"]
        assert book.active.title == "Återkoppling"
        sheet = book["Återkoppling"]
        assert (
            sheet["B3"].value
            == "Redovisningen behöver rättas innan den kan sammanställas: 1 fel och 1 fråga."
        )
        lines = [[sheet.cell(row, column).value for column in (2, 4, 5)] for row in (7, 8)]
        assert lines == [["Fel", "Mål", "C6"], ["Fråga", "Ekonomi", "K6"]]
        assert [sheet[cell].hyperlink.location.replace("'", "") for cell in ("E7", "E8")] == [
            "Mål!C6",
            "Ekonomi!K6",
        ]
        assert (
            sheet.protection.sheet,
            sheet["I8"].protection.locked,
            sheet["I7"].protection.locked,
        ) == (True, False, True)
        assert (sheet.column_dimensions["A"].hidden, sheet.row_dimensions[1].hidden) == (True, True)
        views = etree.fromstring(read_package(marked)["settings.xml"])
        said_of_view = {
            item.get(qn("config:name")): item.text for item in views.iter(qn("config:config-item"))
        }
        assert (said_of_view["ActiveTable"], said_of_view["VerticalSplitPosition"]) == (
            "Återkoppling",
            "6",
        )

    def it_colours_the_cells_over_their_own_format(self, spoiled, marked, opened):
        before, after = opened(spoiled), opened(marked)
        for sheet, cell, tone in (("Mål", "C6", "ERROR"), ("Ekonomi", "K6", "QUERY")):
            one, other = before[sheet][cell], after[sheet][cell]
            assert (one.fill.fgColor.rgb, one.font.name, one.number_format, one.border.left.style, one.value) == (
                other.fill.fgColor.rgb, other.font.name, other.number_format, other.border.left.style, other.value,
            )  # fmt: skip
            rules = [
                (str(area.sqref), rule.dxf.fill.bgColor.rgb[2:], rule.priority)
                for area in after[sheet].conditional_formatting for rule in area.rules
                if "länsrapport" in str(rule.formula)
            ]  # fmt: skip
            assert [rule[:2] for rule in rules] == [(cell, COLOURS[tone])]
            others = [
                r.priority for area in after[sheet].conditional_formatting for r in area.rules
            ]
            assert rules[0][2] == min(others)

    def it_says_in_a_mark_what_the_cells_own_style_says_since_libreoffice_would_lay_its_default_over_it(
        self, marked
    ):
        content, styles = (
            etree.fromstring(read_package(marked)[name]) for name in ("content.xml", "styles.xml")
        )
        own = {style.get(qn("style:name")): style for style in content.iter(qn("style:style"))}
        marks = {
            s.get(qn("style:name")): s
            for s in styles.iter(qn("style:style"))
            if "LansrapportError" in s.get(qn("style:name"))
        }
        assert len(marks) == 1
        ((name, mark),) = marks.items()
        properties = qn("style:table-cell-properties")
        expected = {
            **own[name.partition(".")[2]].find(properties).attrib,
            qn("fo:background-color"): "#f8c9c4",
        }
        assert dict(mark.find(properties).attrib) == expected
        assert expected[qn("style:vertical-align")] == "middle"

    def it_puts_a_note_in_each_cell(self, marked, opened):
        book = opened(marked)
        noted = [
            (s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.comment
        ]
        assert noted == [("Mål", "C6"), ("Ekonomi", "K6")]
        assert "ingen rad i Lägesbild har det id:t" in book["Mål"]["C6"].comment.text

    def it_is_the_same_when_marked_twice_and_says_the_same_when_sent_in_again(
        self, spoiled, marked, look, texts
    ):
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        assert (
            said(look(marked))
            == said(look(spoiled))
            == [("REF-SAKNAS", "Mål!C6"), ("EKON-BUDGET", "Ekonomi!K6")]
        )

    def it_is_the_same_when_libreoffice_has_saved_it_in_between(self, marked, look, texts, convert):
        saved = convert(marked, "m.ods", "ods")
        assert said(look(saved)) == said(look(marked))
        again = mark_workbook(saved, look(saved).findings, texts)
        assert [lines[0] for lines in notes_in(again)] == [HEADLINE, HEADLINE]
        values = [
            c.get(qn("calcext:value")) for c in content_of(again).iter(qn("calcext:condition"))
        ]
        assert sum("länsrapport" in value for value in values) == 2
        assert len(content_of(again).findall(f".//{qn('table:table')}")) == len(
            content_of(marked).findall(f".//{qn('table:table')}")
        )

    def it_closes_a_question_that_was_answered_in_libreoffice(self, marked, look, edited, convert):
        def answer(book):
            book["Återkoppling"]["I8"] = "Priset steg när utbildningen blev digital."

        found = look(convert(edited(convert(marked, "m.ods", XLSX), answer), "in.xlsx", "ods"))
        question = next(finding for finding in found.findings if finding.code == "EKON-BUDGET")
        assert question.explanation == "Priset steg när utbildningen blev digital."

    def it_loses_its_marks_and_keeps_the_countys_own_when_all_is_mended(
        self, wrong, edited, convert, look, texts
    ):
        def noted(book):
            book["Mål"]["C6"].comment = Comment("Fråga Anna om L9.", "Bo")
            book["Mål"]["E6"].comment = Comment("Klart.", "Bo")

        own = convert(edited(wrong, noted), "in.xlsx", "ods")
        marked = mark_workbook(own, look(own).findings, texts)
        assert [lines[:2] for lines in notes_in(marked)] == [
            ["Fråga Anna om L9.", HEADLINE],
            ["Klart."],
            [HEADLINE, notes_in(marked)[2][1]],
        ]
        stripped = mark_workbook(marked, [], texts)
        assert notes_in(stripped) == [["Fråga Anna om L9."], ["Klart."]]
        tables = [etree.tostring(table) for table in content_of(stripped).iter(qn("table:table"))]
        assert not any("länsrapport".encode() in table for table in tables)
        assert (
            tables[1:]
            == [
                etree.tostring(table)
                for table in content_of(mark_workbook(own, [], texts)).iter(qn("table:table"))
            ][1:]
        )

    def it_adds_no_fault_to_what_libreoffice_saved(self, spoiled, marked, tmp_path):
        validator, found = OdfValidator(), []
        for data in (spoiled, marked):
            path = tmp_path / "fil.ods"
            path.write_bytes(data)
            faults = validator.validate(path).errors
            found.append(
                {
                    (f.part_uri, f.description)
                    for f in faults
                    if f.severity is ValidationSeverity.ERROR
                }
            )
        assert found[1] <= found[0]


class DescribeAnOdsOfAnotherProgram:
    def it_is_marked_too(self, wrong, look, texts, saved_by_sheetjs, opened):
        spoiled = saved_by_sheetjs(wrong, "ods")
        marked = mark_workbook(spoiled, look(spoiled).findings, texts)
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        book = opened(marked)
        assert book.sheetnames[:2] == ["Återkoppling", "Läs mig"]
        assert HEADLINE in book["Mål"]["C6"].comment.text


class DescribeADamagedOds:
    @settings(
        max_examples=40, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.data())
    def it_gives_the_feedback_alone_or_a_document(self, spoiled_once, look, texts, data):
        content = spoiled_once["content.xml"]
        place = data.draw(st.integers(0, len(content) - 1))
        cut = (
            content[:place]
            if data.draw(st.booleans())
            else content[:place] + b"\x00" + content[place + 1 :]
        )
        broken = write_package({**spoiled_once, "content.xml": cut}.items())
        assert ending_of(mark_workbook(broken, look(broken).findings, texts)) in {".xlsx", ".ods"}


@pytest.fixture(scope="module")
def spoiled_once(look, small_workbook, convert):
    return read_package(convert(small_workbook(CLEAN), "in.xlsx", "ods"))
