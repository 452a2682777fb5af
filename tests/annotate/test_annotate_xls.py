"""An old Excel file (xls) back: marked in its own cells, and otherwise its own."""

from __future__ import annotations

import io
import struct
import time
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, said
from toolkit.annotate import mark_workbook
from toolkit.annotate.marks import HEADLINE
from toolkit.files import biff8
from toolkit.files.biff8 import Biff8Record, records_of, substreams, written
from toolkit.files.compound import open_compound
from toolkit.files.zip import ending_of
from toolkit.words.cells import CellRef

NOTE, OBJ, TXO, CONDFMT, WINDOW2, BOUNDSHEET = 0x1C, 0x5D, 0x1B6, 0x1B0, 0x23E, 0x85
STRUCTURE = {NOTE, OBJ, TXO, CONDFMT, 0x1B1, WINDOW2, BOUNDSHEET, 0xEC, 0xEB, 0x3C, 0xFC, 0xFF, 0x17, 0x18, 0x1AE, 0x13D, 0x3D, 0x92,
             0x31, 0xE0, 0x7D, 0x208}  # fmt: skip
ODD = ROOT / "tests/workbooks"

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture(scope="module")
def as_xls(convert):
    """A workbook as LibreOffice saves it in the old format."""
    return lambda data: convert(data, "in.xlsx", "xls:MS Excel 97", recalculate=False)


@pytest.fixture(scope="module")
def as_xlsx(convert):
    """An xls as LibreOffice shows it."""

    def opened(data):
        return openpyxl.load_workbook(
            io.BytesIO(convert(data, "in.xls", "xlsx:Calc MS Excel 2007 XML"))
        )

    return opened


@pytest.fixture(scope="module")
def content():
    from copy import deepcopy

    from tests.conftest import CLEAN

    rows = deepcopy(CLEAN)
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["ekonomi"][0]["budget"] = 40000
    return rows


@pytest.fixture(scope="module")
def spoiled(content, small_workbook, as_xls):
    return as_xls(small_workbook(content))


@pytest.fixture(scope="module")
def noted(content, small_workbook, edited, as_xls):
    """With notes of the county's own, one on a sheet that gets marks and one on a sheet that gets none."""

    def write(book):
        book["Mål"]["D6"].comment = openpyxl.comments.Comment("Vår egen på Mål", "Anna")
        book["Aktiviteter"]["D6"].comment = openpyxl.comments.Comment(
            "Vår egen på Aktiviteter", "Anna"
        )

    return as_xls(edited(small_workbook(content), write))


@pytest.fixture(scope="module")
def marked(spoiled, look, texts):
    return mark_workbook(spoiled, look(spoiled).findings, texts)


@pytest.fixture(scope="module")
def shown(marked, as_xlsx):
    return as_xlsx(marked)


@pytest.fixture(scope="module")
def findings(spoiled, look):
    return look(spoiled).findings


def workbook_of(data):
    return open_compound(data).stream("Workbook")


def sheets_of(data):
    """The records of each sheet by name."""
    whole, *rest = substreams(records_of(workbook_of(data)))
    names = [record.data[8:].decode("utf-16-le" if record.data[7] else "latin-1")
             for record in whole if record.kind == BOUNDSHEET]  # fmt: skip
    return dict(zip(names, rest, strict=True))


def look_of(cell):
    colour = cell.font.color and cell.font.color.rgb
    value = getattr(cell.value, "text", cell.value)
    return (
        cell.fill.fgColor.rgb,
        colour,
        cell.font.name,
        cell.font.sz,
        cell.number_format,
        cell.border.left.style,
        value,
    )


def notes_of(records):
    return [record for record in records if record.kind == NOTE]


class DescribeAMarkedXls:
    def it_comes_back_in_its_own_format(self, marked):
        assert ending_of(marked) == ".xls"

    def it_opens_on_the_feedback_sheet_with_a_verdict(self, shown):
        assert shown.sheetnames[:2] == ["Återkoppling", "Läs mig"]
        assert shown.active.title == "Återkoppling"
        sheet = shown["Återkoppling"]
        assert (
            sheet["B3"].value
            == "Redovisningen behöver rättas innan den kan sammanställas: 1 fel och 1 fråga."
        )
        lines = [[sheet.cell(row, column).value for column in (2, 4, 5)] for row in (7, 8)]
        assert lines == [["Fel", "Mål", "C6"], ["Fråga", "Ekonomi", "K6"]]

    def it_leads_from_each_finding_to_its_cell(self, shown):
        sheet = shown["Återkoppling"]
        assert [sheet[cell].hyperlink.location.replace("'", "") for cell in ("E7", "E8")] == [
            "Mål!C6",
            "Ekonomi!K6",
        ]

    def it_can_only_be_written_in_where_an_answer_is_asked_for(self, shown):
        sheet = shown["Återkoppling"]
        assert sheet.protection.sheet
        unlocked = [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        ]
        assert unlocked == ["I8"]

    def it_is_laid_out_to_be_read(self, shown):
        sheet = shown["Återkoppling"]
        assert sheet.freeze_panes == "A7"
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[1].hidden
        assert {str(area) for area in sheet.merged_cells.ranges} == {"B2:J2", "B3:J3", "B4:J4"}
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            True,
        )
        assert sheet["B6"].fill.fgColor.rgb == "FF17475E"

    def it_colours_exactly_the_cells_that_are_wrong(self, shown):
        found = {
            (name, str(area.sqref)): rule.dxf.fill.bgColor.rgb
            for name in shown.sheetnames
            for area in shown[name].conditional_formatting
            for rule in area.rules
            if any("länsrapport" in formula for formula in rule.formula)
        }
        assert found == {("Mål", "C6"): "FFF8C9C4", ("Ekonomi", "K6"): "FFFFE3B3"}

    def it_leaves_the_cells_own_format(self, spoiled, shown, as_xlsx):
        before = as_xlsx(spoiled)
        for name in before.sheetnames:
            for row in before[name].iter_rows():
                for own in row:
                    cell = shown[name][own.coordinate]
                    assert look_of(cell) == look_of(own), f"{name}!{own.coordinate}"

    def it_puts_a_note_in_exactly_those_cells(self, shown):
        notes = {
            (name, cell.coordinate): cell.comment.text
            for name in shown.sheetnames
            for row in shown[name].iter_rows()
            for cell in row
            if cell.comment
        }
        assert sorted(notes) == [("Ekonomi", "K6"), ("Mål", "C6")]
        assert "ingen rad i Lägesbild har det id:t" in notes["Mål", "C6"]

    def it_keeps_every_other_stream_and_the_directory(self, spoiled, marked):
        before, after = open_compound(spoiled), open_compound(marked)
        book = before.find("Workbook")
        assert [entry.raw[:116] for entry in before.entries] == [
            entry.raw[:116] for entry in after.entries
        ]
        assert {n: s for n, s in before.streams.items() if n != book} == {
            n: s for n, s in after.streams.items() if n != book
        }

    def it_keeps_every_record_that_need_not_change(self, spoiled, marked):
        before, after = sheets_of(spoiled), sheets_of(marked)
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {
            "Läs mig",
            "Mål",
            "Ekonomi",
        }  # the first is no longer the one that is shown
        assert {r.kind for r in before["Läs mig"] if r not in after["Läs mig"]} == {WINDOW2}
        for name in ("Mål", "Ekonomi"):
            kinds = {record.kind for record in set(before[name]) - set(after[name])}
            assert kinds <= {0xEC}, name  # the drawing's lengths
        globals_before, globals_after = (
            next(iter(substreams(records_of(workbook_of(d))))) for d in (spoiled, marked)
        )
        kinds = {record.kind for record in set(globals_before) - set(globals_after)}
        # places of sheets, names and references by number, tab ids, the drawings' group, colours, shared strings
        assert kinds <= {BOUNDSHEET, 0x18, 0x17, 0x1AE, 0x13D, 0xEB, 0x92, 0xFC, 0xFF}

    def it_is_the_same_when_marked_twice(self, marked, look, texts):
        assert mark_workbook(marked, look(marked).findings, texts) == marked

    def it_says_the_same_when_sent_in_again(self, spoiled, marked, look):
        assert said(look(marked)) == said(look(spoiled))

    def it_keeps_the_countys_own_notes(self, noted, look, texts, as_xlsx):
        marked = mark_workbook(noted, look(noted).findings, texts)
        book = as_xlsx(marked)
        assert book["Mål"]["D6"].comment.text == "Vår egen på Mål"
        assert book["Aktiviteter"]["D6"].comment.text == "Vår egen på Aktiviteter"
        assert "ingen rad i Lägesbild" in book["Mål"]["C6"].comment.text
        assert sheets_of(noted)["Aktiviteter"] == sheets_of(marked)["Aktiviteter"]
        assert mark_workbook(marked, look(marked).findings, texts) == marked

    def it_writes_below_the_countys_own_note_in_a_cell_and_gives_it_back(
        self, content, small_workbook, edited, look, texts, as_xls, as_xlsx
    ):
        def write(book):
            book["Mål"]["C6"].comment = openpyxl.comments.Comment("Fråga Anna om L9.", "Bo")

        own = as_xls(edited(small_workbook(content), write))
        marked = mark_workbook(own, look(own).findings, texts)
        lines = as_xlsx(marked)["Mål"]["C6"].comment.text.split("\n")
        assert [line for line in lines if line][:2] == ["Fråga Anna om L9.", HEADLINE]
        assert len(notes_of(sheets_of(marked)["Mål"])) == 1
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        stripped = mark_workbook(marked, [], texts)
        assert sheets_of(stripped)["Mål"] == sheets_of(own)["Mål"]


class DescribeAnAnsweredXls:
    @pytest.fixture
    def answered(self, marked, as_xlsx, as_xls):
        """Opened, answered and saved in the old format again by LibreOffice."""
        book = as_xlsx(marked)
        book["Återkoppling"]["I8"] = "Priset steg när utbildningen blev digital."
        target = io.BytesIO()
        book.save(target)
        return as_xls(target.getvalue())

    def it_closes_the_question(self, answered, look):
        question = next(
            finding for finding in look(answered).findings if finding.code == "EKON-BUDGET"
        )
        assert question.explanation == "Priset steg när utbildningen blev digital."
        assert question.closed

    def it_keeps_the_answer_and_has_one_note_in_each_cell(self, answered, look, texts, as_xlsx):
        again = mark_workbook(answered, look(answered).findings, texts)
        book = as_xlsx(again)
        assert book["Återkoppling"]["I8"].value == "Priset steg när utbildningen blev digital."
        assert book.sheetnames.count("Återkoppling") == 1
        assert {name: len(notes_of(records)) for name, records in sheets_of(again).items() if notes_of(records)} == {
            "Mål": 1, "Ekonomi": 1,
        }  # fmt: skip
        assert mark_workbook(again, look(again).findings, texts) == again

    def it_loses_its_marks_when_all_is_mended(self, noted, look, texts, as_xlsx, as_xls):
        book = as_xlsx(mark_workbook(noted, look(noted).findings, texts))
        book["Mål"]["C6"] = "L1"
        book["Ekonomi"]["J6"] = 90000
        target = io.BytesIO()
        book.save(target)
        mended = as_xls(target.getvalue())
        found = look(mended)
        assert said(found) == []
        clean = as_xlsx(mark_workbook(mended, found.findings, texts))
        assert clean["Återkoppling"]["B3"].value == "Redovisningen är klar. Inget behöver göras."
        assert clean["Mål"]["C6"].comment is None
        assert clean["Mål"]["D6"].comment.text == "Vår egen på Mål"
        rules = [
            rule
            for name in clean.sheetnames
            for area in clean[name].conditional_formatting
            for rule in area.rules
        ]
        assert rules
        assert not any("länsrapport" in formula for rule in rules for formula in rule.formula)
        assert clean["Ekonomi"].data_validations.dataValidation


class DescribeAnXlsWithDrawings:
    @pytest.fixture
    def drawn(self, content, small_workbook, edited, as_xls):
        """With a chart and a picture of the county's own beside a table that gets marks."""

        def draw(book):
            sheet = book["Ekonomi"]
            chart = openpyxl.chart.BarChart()
            chart.add_data(openpyxl.chart.Reference(sheet, min_col=10, min_row=6, max_row=8))
            sheet.add_chart(chart, "R8")
            target = io.BytesIO()
            pictures.new("RGB", (40, 20), (200, 30, 30)).save(target, "PNG")
            sheet.add_image(openpyxl.drawing.image.Image(target), "R30")
            sheet["D6"].comment = openpyxl.comments.Comment("Vår egen", "Anna")

        pictures = pytest.importorskip("PIL.Image")
        return as_xls(edited(small_workbook(content), draw))

    def it_keeps_charts_pictures_and_notes(self, drawn, look, texts, as_xlsx):
        marked = mark_workbook(drawn, look(drawn).findings, texts)
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        sheet = as_xlsx(marked)["Ekonomi"]
        assert (len(sheet._charts), len(sheet._images)) == (1, 1)
        assert sheet["D6"].comment.text == "Vår egen"
        assert "Utfallet är högre än budgeten" in sheet["K6"].comment.text


class DescribeAnXlsWithMuchToSay:
    def it_is_marked_soon_and_the_same_twice(self, noted, look, texts, year, as_xlsx):
        """A note in each of 1,500 cells is more than the first 1,024 identifiers of a drawing, and texts that go over
        many records."""
        one = look(noted).findings[0]
        many = [replace(one, refs=(CellRef("Mål", row, 3),), message=f"{one.message} {row} " + "Å" * row)
                for row in range(6, 1506)]  # fmt: skip
        start = time.monotonic()
        marked = mark_workbook(noted, many, texts)
        assert time.monotonic() - start < 3
        assert ending_of(marked) == ".xls"
        assert mark_workbook(marked, many, texts) == marked
        sheet = as_xlsx(marked)["Mål"]
        assert sum(sheet.cell(row, 3).comment is not None for row in range(6, 1506)) == 1500
        assert sheet["C1505"].comment.text.count("Å") == 1505
        assert as_xlsx(marked)["Återkoppling"]["F1506"].value.count("Å") == 1505


class DescribeAnXlsThatSheetJSSaved:
    """It has one font, no palette, no list of shared strings, and no drawings."""

    @pytest.fixture
    def saved(self, content, small_workbook, saved_by_sheetjs):
        return saved_by_sheetjs(small_workbook(content), "xls")

    def it_is_marked(self, saved, look, texts, as_xlsx):
        marked = mark_workbook(saved, look(saved).findings, texts)
        assert mark_workbook(marked, look(marked).findings, texts) == marked
        assert (
            said(look(marked))
            == said(look(saved))
            == [("REF-SAKNAS", "Mål!C6"), ("EKON-BUDGET", "Ekonomi!K6")]
        )
        book = as_xlsx(marked)
        assert book.sheetnames[0] == "Återkoppling"
        assert "ingen rad i Lägesbild" in book["Mål"]["C6"].comment.text
        assert [str(area.sqref) for area in book["Mål"].conditional_formatting] == ["C6"]

    def it_closes_a_question_that_was_answered_in_sheetjs(
        self, saved, look, texts, saved_by_sheetjs
    ):
        marked = mark_workbook(saved, look(saved).findings, texts)
        answer = ("Återkoppling", "I8", "Priset steg när utbildningen blev digital.")
        answered = saved_by_sheetjs(marked, "xls", [answer], given="xls")
        question = next(
            finding for finding in look(answered).findings if finding.code == "EKON-BUDGET"
        )
        assert question.closed
        again = mark_workbook(answered, look(answered).findings, texts)
        assert list(sheets_of(again)).count("Återkoppling") == 1
        assert mark_workbook(again, look(again).findings, texts) == again


class DescribeAnXlsThatExcelSaved:
    """A form with notes, theme colours, and places of rows and strings
    in it (see tests/workbooks)."""

    @pytest.fixture
    def saved(self):
        return (ODD / "sheet-name-with-spaces.xls").read_bytes()

    @pytest.fixture
    def told(self, findings):
        own = "New Call Off Contracts"
        return [
            replace(f, refs=tuple(CellRef(own, ref.row, ref.column) for ref in f.refs))
            for f in findings
        ]

    @pytest.fixture
    def returned(self, saved, told, texts):
        return mark_workbook(saved, told, texts)

    def it_is_marked_beside_its_own_notes(self, saved, returned, told, texts, as_xlsx):
        before, after = (
            list(biff8.notes_of(sheets_of(data)["New Call Off Contracts"]))
            for data in (saved, returned)
        )
        assert after[: len(before)] == before
        assert [(note.row, note.column, note.author) for note in after[len(before) :]] == [
            (5, 2, "Länsrapport"), (5, 10, "Länsrapport"),
        ]  # fmt: skip
        assert mark_workbook(returned, told, texts) == returned
        sheet = as_xlsx(returned)["New Call Off Contracts"]
        assert HEADLINE in sheet["C6"].comment.text

    def it_keeps_what_later_versions_of_excel_added_to_its_cell_formats(self, saved, returned):
        """The sum of all cell formats is right: Excel forgets the additions where it is not."""
        assert [formats_sum(saved)[1]] == [sum_of(formats_sum(saved)[0])]
        assert [formats_sum(returned)[1]] == [sum_of(formats_sum(returned)[0])]
        assert len(formats_sum(returned)[0]) > len(formats_sum(saved)[0])

    def it_gives_back_what_was_there_when_nothing_is_left_to_say(self, saved, returned, texts):
        clean = mark_workbook(returned, [], texts)
        own = "New Call Off Contracts"
        changed = [
            (a.kind, b.kind)
            for a, b in zip(sheets_of(saved)[own], sheets_of(clean)[own], strict=True)
            if a != b
        ]
        assert [kind for kind, _ in changed] == [
            0x20B,
            0xEC,
            WINDOW2,
        ]  # places of rows, the last identifier, not shown

    @pytest.mark.parametrize("file", ["saved", "returned"])
    def it_says_rightly_where_sheets_rows_and_strings_stand(self, file, request):
        data = request.getfixturevalue(file)
        assert list(misplaced(workbook_of(data))) == []


def formats_sum(data):
    """All cell formats of a workbook, and the sum of them that it holds."""
    records = records_of(workbook_of(data))
    told = next(record.data for record in records if record.kind == 0x87C)
    return b"".join(record.data for record in records if record.kind == 0xE0), struct.unpack_from(
        "<I", told, 16
    )[0]


def sum_of(data):
    """Bit by bit, as MS-OSHARED 2.4.3 describes it."""
    value = 0
    for byte in data:
        part = (value >> 24 ^ byte) << 24
        for _ in range(8):
            part = (part << 1 & 0xFFFFFFFF) ^ (0xAF if part & 0x80000000 else 0)
        value = (value << 8 & 0xFFFFFFFF) ^ (part & 0xFFFF)
    return value


def misplaced(stream):
    """Every place that a record gives and where something else stands than it says."""
    at, place = {}, 0
    for record in records_of(stream):
        at[place] = record
        place += 4 + len(record.data)
    for place, (kind, content) in at.items():
        for target, wanted in pointed_at(place, kind, content):
            if target not in at or at[target].kind not in wanted:
                yield hex(kind), place, target


def pointed_at(place, kind, content):
    if kind == BOUNDSHEET:
        yield struct.unpack_from("<I", content)[0], {0x809}
    elif kind == 0x20B:
        columns, *blocks = struct.unpack_from(f"<{(len(content) - 12) // 4}I", content, 12)
        yield columns, {0x55}
        yield from ((block, {0xD7}) for block in blocks)
    elif kind == 0xD7:
        first = place - struct.unpack_from("<I", content)[0]
        yield first, {0x208}
        at = first + 20
        for step in struct.unpack_from(f"<{(len(content) - 4) // 2}H", content, 4):
            at += step
            yield at, {0x06, 0xBD, 0xBE, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E}
    elif kind == 0xFF:
        for number in range((len(content) - 2) // 8):
            at, within = struct.unpack_from("<IH", content, 2 + 8 * number)
            yield at - within, {0xFC, 0x3C}


class DescribeADamagedXls:
    """The county gets the sheet alone, or its file marked; never a traceback, never a hang."""

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def it_ends_well_when_cut_or_spoiled_anywhere(self, noted, findings, texts, data):
        spoilt = bytearray(noted[: data.draw(st.integers(600, len(noted)))])
        for place in data.draw(st.lists(st.integers(0, len(spoilt) - 1), max_size=20)):
            spoilt[place] = data.draw(st.integers(0, 255))
        start = time.monotonic()
        result = mark_workbook(bytes(spoilt), findings, texts)
        assert time.monotonic() - start < 5
        assert ending_of(result) in {".xls", ".xlsx"}

    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def it_ends_well_when_its_records_are_spoiled(self, marked, findings, texts, data):
        file = open_compound(marked)
        stream = bytearray(file.stream("Workbook"))
        for place in data.draw(st.lists(st.integers(0, len(stream) - 1), min_size=1, max_size=6)):
            stream[place] = data.draw(st.integers(0, 255))
        start = time.monotonic()
        result = mark_workbook(
            file.replaced(file.find("Workbook"), bytes(stream)).save(), findings, texts
        )
        assert time.monotonic() - start < 5
        assert ending_of(result) in {".xls", ".xlsx"}

    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def it_ends_well_when_a_record_of_structure_is_spoiled(self, marked, findings, texts, data):
        """Among those that are looked into; most bytes of a file are in cells, which are not."""
        file = open_compound(marked)
        records = records_of(file.stream("Workbook"))
        places = [n for n, record in enumerate(records) if record.kind in STRUCTURE and record.data]
        number = data.draw(st.sampled_from(places))
        kind, content = records[number]
        at = data.draw(st.integers(0, len(content) - 1))
        content = content[:at] + bytes((data.draw(st.integers(0, 255)),)) + content[at + 1 :]
        records[number] = Biff8Record(
            kind,
            content[: data.draw(st.integers(0, len(content)))]
            if data.draw(st.booleans())
            else content,
        )
        result = mark_workbook(
            file.replaced(file.find("Workbook"), written(records)).save(), findings, texts
        )
        assert ending_of(result) in {".xls", ".xlsx"}

    def it_gives_the_sheet_alone_for_a_loop_in_the_container(self, noted, look, texts):
        sector = struct.unpack_from("<I", noted, 48)[
            0
        ]  # of the directory; its table is made to lead to itself
        spoilt = bytearray(noted)
        fat = 512 * (struct.unpack_from("<I", noted, 76 + 4 * (sector // 128))[0] + 1)
        struct.pack_into("<I", spoilt, fat + 4 * (sector % 128), sector)
        assert ending_of(mark_workbook(bytes(spoilt), look(noted).findings, texts)) == ".xlsx"

    @pytest.mark.parametrize("path", sorted(ODD.glob("*.xls")), ids=lambda path: path.name)
    def it_marks_other_peoples_files_or_gives_the_sheet_alone(self, path, look, noted, texts):
        result = mark_workbook(path.read_bytes(), look(noted).findings, texts)
        assert ending_of(result) in {".xls", ".xlsx"}
