"""What the county says yes to on Återkoppling, through whole runs: xlsx, ods, and the refilled copy."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from tests.conftest import CLEAN, ROOT
from tests.year.test_sent_again import merged, send, sent_back, state
from toolkit.annotate import Supplement, mark_workbook
from toolkit.annotate.ods.parts import qn
from toolkit.export.merged import write_csv, write_merged
from toolkit.findings.finding import Cure
from toolkit.returns.submission import Correction
from toolkit.words.cells import read_cell
from toolkit.year.workspace import Workspace

WRONG, PROPER = "PN – Prostitution och människohandel", "PM – Prostitution och människohandel"
XLSX = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture
def space(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


@pytest.fixture(scope="module")
def wrong(small_workbook, edited):
    return edited(
        small_workbook(deepcopy(CLEAN)), lambda book: book["Ekonomi"].__setitem__("C6", WRONG)
    )


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def agreed(data):
    """The marked copy with a yes in the one cell that takes it."""
    book = opened(data)
    sheet = book["Återkoppling"]
    (offer,) = sheet.data_validations.dataValidation
    sheet[str(offer.sqref)].value = offer.formula1.strip('"')
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def codes(space):
    return [line.code for line in merged(space).spend if line.county == "12"]


def told(space):
    """What is said of the file, but that there are several."""
    said = [(one.code, one.cell) for one in state(space).findings]
    return [one for one in said if one[0] != "FIL-DUBBEL"]


class DescribeARun:
    def it_merges_what_was_agreed_and_gives_back_the_corrected_value(self, space, wrong):
        send(space, "Skåne.xlsx", wrong)
        assert (codes(space), told(space)) == ([], [("FALT-KODLISTA", "C6")])
        answer = agreed(sent_back(space)["12-Skåne.xlsx"])
        send(space, "Skåne igen.xlsx", answer)
        assert (codes(space), told(space)) == (["PM"], [("FALT-RATTAD", "C6")])
        told_in_merge = opened(write_merged(merged(space)))
        spend, work = told_in_merge["Ekonomi"], told_in_merge["Aktiviteter"]
        assert [spend.cell(row, spend.max_column).value for row in (4, 5)] == [
            "Rättat med länets ja, i filen stod", f"Verksamhetskod: {WRONG}"
        ]  # fmt: skip
        assert "Rättat med länets ja, i filen stod" not in [cell.value for cell in work[4]]
        lines = write_csv(merged(space), "ekonomi").decode("utf-8-sig").split("\r\n")
        assert [line.rpartition(";")[2] for line in lines[:2]] == [
            "rattat", f"Verksamhetskod: {WRONG}"
        ]  # fmt: skip
        assert "rattat" not in write_csv(merged(space), "aktiviteter").decode("utf-8-sig")
        again = sent_back(space)["12-Skåne.xlsx"]
        assert opened(again)["Ekonomi"]["C6"].value == PROPER
        assert opened(answer)["Ekonomi"]["C6"].value == WRONG
        sent = (space.inputs / "submissions" / "Skåne igen.xlsx").read_bytes()
        assert sent == answer

    def it_is_done_when_that_copy_comes_back(self, space, wrong):
        send(space, "Skåne.xlsx", wrong)
        send(space, "Skåne 2.xlsx", agreed(sent_back(space)["12-Skåne.xlsx"]))
        send(space, "a.xlsx", sent_back(space)["12-Skåne.xlsx"])
        assert (codes(space), told(space), state(space).file) == (["PM"], [], "a.xlsx")

    def it_tells_in_the_letter_what_was_changed_from_what(self, space, wrong):
        send(space, "Skåne.xlsx", wrong)
        send(space, "Skåne 2.xlsx", agreed(sent_back(space)["12-Skåne.xlsx"]))
        sent_back(space)
        letter = space.letter("12-Skåne").read_text("utf-8-sig")
        assert f"C6: ”{WRONG}” → ”{PROPER}”" in letter
        assert "Redovisningen är klar. Inget behöver göras." in letter


@pytest.mark.libreoffice
class DescribeAnOds:
    def it_is_corrected_in_its_own_format(self, space, wrong, convert):
        ods = convert(wrong, "in.xlsx", "ods")
        send(space, "Skåne.ods", ods)
        marked = sent_back(space)["12-Skåne.ods"]
        send(space, "Skåne 2.ods", with_yes(marked))
        assert (codes(space), told(space)) == (["PM"], [("FALT-RATTAD", "C6")])
        again = convert(sent_back(space)["12-Skåne.ods"], "again.ods", XLSX)
        assert opened(again)["Ekonomi"]["C6"].value == PROPER


def with_yes(ods):
    """An ods with a yes in its cell for it, as an editor of its XML would write it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            new.writestr(item, _said_yes(part) if item.filename == "content.xml" else part)
    return target.getvalue()


def _said_yes(part):
    root = etree.fromstring(part)
    table = root.find(f".//{qn('table:table')}")
    row = next(
        r for r in table.iter(qn("table:table-row")) if "FALT-KODLISTA" in "".join(r.itertext())
    )
    cell = row[9]
    cell.set(qn("office:value-type"), "string")
    etree.SubElement(cell, qn("text:p")).text = "ja"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class DescribeAShareThatIsStoredAsAPartOfOne:
    """Excel stores 0,5 for 50 % in a cell that shows per cent."""

    @pytest.fixture
    def shown(self, rows, small_workbook, edited):
        def make(style):
            def change(book):
                book["Ekonomi"]["L6"], book["Ekonomi"]["M6"] = 0.5, "TID – Arbetad tid"
                book["Ekonomi"]["L6"].number_format = style

            return edited(small_workbook(rows), change)

        return make

    def shares(self, space):
        (row,) = (row for row in merged(space).rows("ekonomi") if row.record.columns)
        return row.record.get("andel")

    @pytest.mark.parametrize(
        ("style", "code", "written"),
        [("0%", "FALT-CELLFORMAT", "50 %"), ("General", "FALT-ANDEL", 50)],
    )
    def it_is_what_was_meant_after_a_yes(self, space, shown, style, code, written):
        send(space, "Skåne.xlsx", shown(style))
        assert told(space) == [(code, "L6")]
        marked = sent_back(space)["12-Skåne.xlsx"]
        assert opened(marked)["Återkoppling"]["H7"].value == "50"
        send(space, "Skåne igen.xlsx", agreed(marked))
        assert ("FALT-RATTAD", "L6") in told(space)
        assert code not in [one for one, _ in told(space)]
        assert self.shares(space) == Decimal(50)
        again = sent_back(space)["12-Skåne.xlsx"]
        assert opened(again)["Ekonomi"]["L6"].value == written
        send(space, "Skåne sist.xlsx", again)
        assert {one for one, _ in told(space)} <= {"NOT-TAL"}
        assert self.shares(space) == Decimal(50)

    @pytest.mark.parametrize(("value", "offered"), [(0.004, "0,4"), (1, "100"), (50, "")])
    def it_offers_no_more_than_all(self, space, shown, edited, value, offered):
        data = edited(shown("0%"), lambda book: book["Ekonomi"].__setitem__("L6", value))
        send(space, "Skåne.xlsx", data)
        assert opened(sent_back(space)["12-Skåne.xlsx"])["Återkoppling"]["H7"].value == offered


class DescribeTheRefilledCopy:
    def it_holds_the_corrected_value(self, space, wrong, saved_by_sheetjs):
        send(space, "Skåne.xls", saved_by_sheetjs(wrong, "xls"))
        marked = sent_back(space)["12-Skåne.xlsx"]
        send(space, "Skåne 2.xls", saved_by_sheetjs(agreed(marked), "xls"))
        assert (codes(space), told(space)) == (["PM"], [("FALT-RATTAD", "C6")])
        assert opened(sent_back(space)["12-Skåne.xlsx"])["Ekonomi"]["C6"].value == PROPER


class DescribeAValueWrittenIntoACell:
    """In each kind of cell that may be there: the others stay as they were."""

    @pytest.fixture
    def book(self, small_workbook):
        return small_workbook(deepcopy(CLEAN))

    @pytest.mark.parametrize(
        ("cell", "value", "shown"),
        [
            ("Ekonomi!K6", Decimal("84500.50"), 84500.5),
            ("Ekonomi!K6", Decimal("-1000000"), -1000000),
            ("Ekonomi!K7", Decimal(0), 0),
            ("Ekonomi!C9", "PM", "PM"),
            ("Ekonomi!AA3000", " <&> ", " <&> "),
            ("Avstämning!D29", Decimal("1.1"), 1.1),
        ],
    )
    def it_stands_there_and_nowhere_else(self, year, book, cell, value, shown):
        ref = read_cell(*cell.split("!"))
        done = Supplement(corrections=(Correction(Cure(ref, value), ""),))
        marked = opened(mark_workbook(book, [], year.texts("aterkoppling"), done))
        before = opened(book)
        assert marked[ref.sheet][ref.cell].value == shown
        for sheet in before:
            for row in sheet.iter_rows():
                for one in row:
                    if (sheet.title, one.coordinate) != (ref.sheet, ref.cell):
                        assert plain(marked[sheet.title][one.coordinate]) == plain(one)


def plain(cell):
    """A cell's value; of a formula over several cells its words."""
    return getattr(cell.value, "text", cell.value)
