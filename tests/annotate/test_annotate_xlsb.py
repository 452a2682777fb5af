"""The county's own xlsb back, marked: as the xlsx, in records."""

from __future__ import annotations

import io
import struct
from copy import deepcopy
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.conftest import CLEAN, said
from toolkit.annotate import mark_workbook
from toolkit.annotate.marks import COLOURS, HEADLINE
from toolkit.annotate.xlsb.records import (
    BEGIN_RULE,
    BEGIN_RULES,
    BOOK,
    END_RULE,
    END_RULES,
    NAME,
    PLACES,
    SHEET,
)
from toolkit.annotate.xlsb.rules import add_marks
from toolkit.files.biff12 import Biff12Record, read_records, read_text, write_record, write_text
from toolkit.files.zip import ending_of, read_package, write_package
from toolkit.read import notes_in, read_raw
from toolkit.read.formats.second_view import SecondView
from toolkit.read.formats.xlsb import second_view
from toolkit.words.cells import CellRef

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
def spoiled(wrong, saved_by_sheetjs):
    return with_a_countys_own(saved_by_sheetjs(wrong, "xlsb"))


@pytest.fixture(scope="module")
def marked(spoiled, look, texts):
    return mark_workbook(spoiled, look(spoiled).findings, texts)


@pytest.fixture(scope="module")
def opened(convert):
    """As LibreOffice understands it; the same file is opened once."""
    return cache(lambda data: openpyxl.load_workbook(io.BytesIO(convert(data, "m.xlsb", XLSX))))


def records(data, part):
    return list(read_records(read_package(data)[part]))


def with_a_countys_own(data):
    """With what SheetJS writes none of: a conditional format on Mål, and a name of the sheet Ekonomi for its own K6."""
    package = read_package(data)
    mal = list(read_records(package["xl/worksheets/sheet4.bin"]))
    place = next(n for n, record in enumerate(mal) if record.kind == 476)  # before the margins
    rule = (
        struct.pack("<7iHiiii", 2, 1, 0, 1, 0, 0, 0, 0, 10, 0, 0, -1)
        + struct.pack("<i", 2)
        + b"\x1d\x01"
        + bytes(4)
    )
    own = [
        Biff12Record(BEGIN_RULES, struct.pack("<7i", 1, 0, 1, 5, 6, 1, 2)), Biff12Record(BEGIN_RULE, rule),
        Biff12Record(END_RULE, b""), Biff12Record(END_RULES, b""),
    ]  # fmt: skip
    package["xl/worksheets/sheet4.bin"] = b"".join(
        map(write_record, [*mal[:place], *own, *mal[place:]])
    )
    book = list(read_records(package[BOOK]))
    end = (
        next(n for n, record in enumerate(book) if record.kind == 144) + 1
    )  # behind the list of sheets
    formula = bytes([0x3A]) + struct.pack("<HIH", 0, 5, 10)  # PtgRef3d of the first place: K6
    name = (
        bytes(5)
        + struct.pack("<i", 6)
        + write_text("Utfallet")
        + struct.pack("<i", len(formula))
        + formula
    )
    links = [
        Biff12Record(353, b""), Biff12Record(357, b""), Biff12Record(PLACES, struct.pack("<4i", 1, 0, 6, 6)), Biff12Record(354, b""),
        Biff12Record(NAME, name + bytes(4) + struct.pack("<i", -1)),
    ]  # fmt: skip
    package[BOOK] = b"".join(map(write_record, [*book[:end], *links, *book[end:]]))
    return write_package(package.items())


def noted(data):
    """Every note: its cell, and of its lines the county's own and the one that begins ours."""
    return [
        (str(note.ref), [line for line in note.text.partition(HEADLINE)[0].split("\n") if line]
         + [HEADLINE] * note.text.count(HEADLINE))
        for note in notes_in(read_raw(data))
    ]  # fmt: skip


class DescribeAMarkedXlsb:
    def it_is_an_xlsb_with_every_other_part_byte_for_byte(self, spoiled, marked):
        before, after = read_package(spoiled), read_package(marked)
        changed = {name for name in before if before[name] != after[name]}
        assert ending_of(marked) == ".xlsb"
        assert changed == {
            "[Content_Types].xml", "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin",
            "xl/worksheets/sheet4.bin", "xl/worksheets/sheet7.bin",
        }  # fmt: skip
        assert set(after) - set(before) == {
            "xl/worksheets/lansrapport.bin", "xl/worksheets/_rels/sheet4.bin.rels", "xl/worksheets/_rels/sheet7.bin.rels",
            *(f"xl/lansrapport/{kind}{n}" for kind in ("comments", "vmlDrawing") for n in ()),
            "xl/lansrapport/comments1.bin", "xl/lansrapport/comments2.bin",
            "xl/lansrapport/vmlDrawing1.vml", "xl/lansrapport/vmlDrawing2.vml",
        }  # fmt: skip

    def it_keeps_every_record_that_need_not_change(self, spoiled, marked):
        before, after = (
            records(spoiled, "xl/worksheets/sheet7.bin"),
            records(marked, "xl/worksheets/sheet7.bin"),
        )
        added = [record.kind for record in after if record not in before]
        assert added == [
            461,
            463,
            464,
            462,
            551,
        ]  # the rule in its block, the link to the notes' boxes
        assert [record for record in after if record in before] == before

    def it_moves_what_counts_sheets_by_their_position(self, spoiled, marked):
        assert [read_text(r.content, read_text(r.content, 8)[1])[0] for r in records(marked, BOOK) if r.kind == SHEET][:2] == [
            "Återkoppling", "Läs mig",
        ]  # fmt: skip
        was, now = (
            {r.kind: r.content for r in records(data, BOOK) if r.kind in {NAME, PLACES}}
            for data in (spoiled, marked)
        )
        assert struct.unpack("<4i", was[PLACES])[1:] == (0, 6, 6)
        assert struct.unpack("<4i", now[PLACES])[1:] == (0, 7, 7)
        assert (was[NAME][5], now[NAME][5], was[NAME][9:] == now[NAME][9:]) == (6, 7, True)
        stripped = mark_workbook(mark_workbook(marked, [], texts_of(marked)), [], texts_of(marked))
        assert {
            r.kind: r.content for r in records(stripped, BOOK) if r.kind in {NAME, PLACES}
        } == now

    @pytest.mark.libreoffice
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
        assert (sheet["B2"].font.sz, sheet["B2"].font.b, sheet["B6"].fill.fgColor.rgb) == (
            18,
            True,
            "FF17475E",
        )
        assert (sheet.column_dimensions["F"].width > 50, sheet.page_setup.orientation) == (
            True,
            "landscape",
        )

    @pytest.mark.libreoffice
    def it_colours_the_cells_over_their_own_format(self, spoiled, marked, opened):
        before, after = opened(spoiled), opened(marked)
        for sheet, cell, tone in (("Mål", "C6", "ERROR"), ("Ekonomi", "K6", "QUERY")):
            one, other = before[sheet][cell], after[sheet][cell]
            assert (one.fill.fgColor.rgb, one.font.name, one.number_format, one.value) == (
                other.fill.fgColor.rgb, other.font.name, other.number_format, other.value,
            )  # fmt: skip
            rules = [
                (str(area.sqref), rule.dxf.fill.bgColor.rgb[2:])
                for area in after[sheet].conditional_formatting for rule in area.rules
                if "länsrapport" in str(rule.formula)
            ]  # fmt: skip
            assert rules == [(cell, COLOURS[tone])]
        rules = [
            r.content for r in records(marked, "xl/worksheets/sheet4.bin") if r.kind == BEGIN_RULE
        ]
        priorities = [
            (struct.unpack_from("<i", rule, 12)[0], "länsrapport".encode("utf-16-le") in rule)
            for rule in rules
        ]
        assert priorities == [(1, True), (2, False)]

    def it_puts_a_note_in_each_cell(self, marked):
        assert noted(marked) == [("Mål!C6", [HEADLINE]), ("Ekonomi!K6", [HEADLINE])]
        assert "ingen rad i Lägesbild har det id:t" in next(notes_in(read_raw(marked))).text

    @pytest.mark.libreoffice
    def it_shows_its_notes_in_libreoffice(self, marked, opened):
        book = opened(marked)
        shown = [
            (s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.comment
        ]
        assert shown == [("Mål", "C6"), ("Ekonomi", "K6")]

    def it_is_the_same_when_marked_twice_and_says_the_same_when_sent_in_again(
        self, spoiled, marked, look, texts
    ):
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        assert (
            said(look(marked))
            == said(look(spoiled))
            == [("REF-SAKNAS", "Mål!C6"), ("EKON-BUDGET", "Ekonomi!K6")]
        )

    def it_closes_a_question_that_was_answered(self, marked, look, saved_by_sheetjs):
        answer = [("Återkoppling", "I8", "Priset steg när utbildningen blev digital.")]
        found = look(saved_by_sheetjs(marked, "xlsb", answer, given="xlsb"))
        question = next(finding for finding in found.findings if finding.code == "EKON-BUDGET")
        assert question.explanation == "Priset steg när utbildningen blev digital."

    def it_loses_its_marks_and_keeps_the_countys_own_when_all_is_mended(
        self, wrong, edited, look, texts, saved_by_sheetjs
    ):
        def note(book):
            book["Mål"]["C6"].comment = Comment("Fråga Anna om L9.", "Bo")
            book["Mål"]["E6"].comment = Comment("Klart.", "Bo")

        own = with_a_countys_own(saved_by_sheetjs(edited(wrong, note), "xlsb"))
        marked = mark_workbook(own, look(own).findings, texts)
        assert noted(marked) == [
            ("Mål!C6", ["Fråga Anna om L9.", HEADLINE]), ("Mål!E6", ["Klart."]), ("Ekonomi!K6", [HEADLINE]),
        ]  # fmt: skip
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        stripped = mark_workbook(marked, [], texts)
        assert noted(stripped) == noted(own)
        for part in ("xl/worksheets/sheet4.bin", "xl/worksheets/sheet7.bin"):
            assert records(stripped, part) == records(own, part)


class DescribeAnXlsbWithMoreInIt:
    @pytest.mark.parametrize("place", [0, 3])
    def it_loses_no_name_of_an_earlier_feedback_sheet_wherever_that_stands(
        self, marked, look, texts, place
    ):
        package = read_package(marked)
        book = list(read_records(package[BOOK]))
        sheets = [record for record in book if record.kind == SHEET]
        first = book.index(sheets[0])
        sheets.insert(place, sheets.pop(0))
        book[first : first + len(sheets)] = sheets
        own = next(record for record in book if record.kind == NAME)
        area = Biff12Record(
            NAME, bytes(5) + struct.pack("<i", place) + own.content[9:].replace(b"U\0", b"V\0")
        )
        book.insert(book.index(own), area)
        package[BOOK] = b"".join(map(write_record, book))
        again = mark_workbook(write_package(package.items()), look(marked).findings, texts)
        names = [(read_text(r.content, 9)[0], struct.unpack_from("<i", r.content, 5)[0])
                 for r in records(again, BOOK) if r.kind == NAME]  # fmt: skip
        assert names == [("Vtfallet", 0), ("Utfallet", 7)]
        assert mark_workbook(again, look(marked).findings, texts) == again

    def it_marks_below_the_cells_and_custom_views(self):
        view = [
            Biff12Record(422, b""),
            Biff12Record(423, b""),
            Biff12Record(476, bytes(48)),
            Biff12Record(424, b""),
            Biff12Record(425, b""),
        ]
        cells = [
            Biff12Record(145, b""),
            Biff12Record(35, bytes(4)),
            Biff12Record(36, b""),
            Biff12Record(146, b""),
        ]
        sheet = [
            Biff12Record(129, b""),
            *cells,
            *view,
            Biff12Record(177, bytes(4)),
            Biff12Record(178, b""),
            Biff12Record(476, bytes(48)),
        ]
        found = [*sheet, Biff12Record(130, b"")]
        add_marks(found, {"ERROR": [CellRef("Mål", 6, 3)]}, {"ERROR": 0})
        kinds = [record.kind for record in found]
        assert kinds == [
            129,
            145,
            35,
            36,
            146,
            422,
            423,
            476,
            424,
            425,
            177,
            178,
            461,
            463,
            464,
            462,
            476,
            130,
        ]

    def it_keeps_its_notes_out_of_the_drawing_of_the_pages_header(self, spoiled, look, texts):
        package = with_header_picture(read_package(spoiled))
        marked = read_package(
            mark_workbook(write_package(package.items()), look(spoiled).findings, texts)
        )
        assert marked["xl/drawings/vmlDrawing9.vml"] == package["xl/drawings/vmlDrawing9.vml"]
        kinds = [record.kind for record in read_records(marked["xl/worksheets/sheet4.bin"])]
        assert kinds.count(551) == kinds.count(552) == 1
        assert kinds.index(551) < kinds.index(552)

    def it_has_no_second_view_of_records_that_are_too_short(self, spoiled):
        parts = read_package(spoiled)
        parts["xl/worksheets/sheet4.bin"] = write_record(Biff12Record(0, bytes(4)))
        assert second_view(parts) == SecondView()


def with_header_picture(package):
    """A sheet with a picture in the page's header: a drawing of the same kind as that of notes."""
    relations = "xl/worksheets/_rels/sheet4.bin.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"
    package[relations] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId7" Type="{kind}" Target="../drawings/vmlDrawing9.vml"/></Relationships>'
    ).encode()
    package["xl/drawings/vmlDrawing9.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"/>'
    sheet = list(read_records(package["xl/worksheets/sheet4.bin"]))
    sheet.insert(len(sheet) - 1, Biff12Record(552, write_text("rId7")))
    package["xl/worksheets/sheet4.bin"] = b"".join(map(write_record, sheet))
    return package


def texts_of(_):
    from tests.conftest import ROOT
    from toolkit.spec.load import load_year

    return load_year(ROOT / "templates", 2020).texts("aterkoppling")


class DescribeADamagedXlsb:
    @settings(
        max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.data())
    def it_gives_the_feedback_alone_or_a_workbook(self, whole, look, texts, data):
        name = data.draw(
            st.sampled_from(sorted(name for name in whole if name.endswith((".bin", ".rels"))))
        )
        part = whole[name]
        place = data.draw(st.integers(0, len(part) - 1))
        cut = (
            part[:place] if data.draw(st.booleans()) else part[:place] + b"\xff" + part[place + 1 :]
        )
        broken = write_package({**whole, name: cut}.items())
        findings = look(whole["whole"]).findings
        assert ending_of(mark_workbook(broken, findings, texts)) in {".xlsx", ".xlsb"}


@pytest.fixture(scope="module")
def whole(small_workbook, saved_by_sheetjs):
    content = {**CLEAN, "mal": [{**CLEAN["mal"][0], "lagesbild_id": "L9"}]}
    data = saved_by_sheetjs(small_workbook(content), "xlsb")
    return {**read_package(data), "whole": data}
