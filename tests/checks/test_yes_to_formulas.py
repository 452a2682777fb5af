"""A yes to a cell in which a formula stood: what stood there is told, and no other cell loses its formula."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from tests.checks.test_cures import correcting
from tests.conftest import CLEAN
from toolkit.annotate import mark_workbook
from toolkit.files.zip import read_package, write_package

ROWS = 4
WRONG = "A 1"
SHEET = "xl/worksheets/sheet7.xml"  # Ekonomi


@pytest.fixture(scope="module")
def economy(small_workbook):
    """A return with four lines of spending, all of the activity A1."""
    line = CLEAN["ekonomi"][0]
    lines = [
        {**line, "id": f"E{number + 1}", "kommentar": f"Rad {number}"} for number in range(ROWS)
    ]
    return small_workbook({**CLEAN, "ekonomi": lines})


def with_cells(data, **cells):
    """With other cells in the column of activities, by their names: a formula's tag and the value that is stored."""
    parts, name = read_package(data), SHEET
    for ref, (formula, value) in cells.items():
        cell = f'<c r="{ref}" t="str">{formula}<v>{value}</v></c>'
        parts[name], count = re.subn(rf'<c r="{ref}"[^>]*?(/>|>.*?</c>)'.encode(), lambda _, cell=cell: cell.encode(), parts[name])  # fmt: skip
        assert count == 1, ref
    return write_package(parts.items())


def answered(data, look, year, edited):
    """The marked file with a yes to all that is offered, read again, with the file that comes back for it."""
    texts = year.texts("aterkoppling")

    def say(book):
        sheet = book["Återkoppling"]
        for row in range(7, 30):
            if sheet.cell(row, 11).value == "REF-SAKNAS":
                sheet.cell(row, 10).value = "Ja"

    marked = mark_workbook(data, look(data).findings, texts)
    sent = with_yes_only(marked, edited(marked, say))
    found = look(sent)
    return found, read_package(mark_workbook(sent, found.findings, texts, correcting(found)))


def with_yes_only(marked, saved):
    """The marked file as it was, with the feedback sheet of the saved one: openpyxl drops what it does not know."""
    parts = read_package(marked)
    sheet = openpyxl.load_workbook(io.BytesIO(saved))["Återkoppling"]
    name = next(name for name, part in parts.items() if b"lr:key" in part)
    for row in range(7, 30):
        if sheet.cell(row, 10).value == "Ja":
            cell = f'<c r="J{row}" t="inlineStr"><is><t>Ja</t></is></c>'.encode()
            parts[name] = re.sub(rb'<c r="J%d"[^>]*?(/>|>.*?</c>)' % row, lambda _, cell=cell: cell, parts[name])  # fmt: skip
    return write_package(parts.items())


def told(found):
    return [one.message for one in found.findings if one.code == "FALT-RATTAD"]


def cell_of(parts, ref):
    """A cell as it is written in the file that comes back."""
    part = parts[SHEET].decode()
    return re.search(rf'<c r="{ref}"[^>]*?(?:/>|>.*?</c>)', part)[0]


class DescribeAYesToAFormula:
    def it_is_told_with_the_formula_that_stood_there(self, economy, look, year, edited):
        data = with_cells(economy, N6=('<f>"A"&amp;" "&amp;1</f>', WRONG))
        found, parts = answered(data, look, year, edited)
        assert 'N6: ”A 1” (stod som formel ="A"&" "&1) → ”A1”.' in told(found)[0]
        assert "<f>" not in cell_of(parts, "N6")

    def it_is_told_without_one_where_none_stood(self, economy, look, year, edited):
        found, _ = answered(with_cells(economy, N6=("", WRONG)), look, year, edited)
        assert "N6: ”A 1” → ”A1”." in told(found)[0]

    def it_tells_of_each_of_those_that_were_dragged(self, economy, look, year, edited):
        data = with_cells(
            economy,
            N6=('<f t="shared" ref="N6:N7" si="0">R6</f>', WRONG),
            N7=('<f t="shared" si="0"/>', WRONG),
        )
        found, _ = answered(data, look, year, edited)
        said = " ".join(told(found))
        assert "N6: ”A 1” (stod som formel =R6)" in said
        assert "N7: ”A 1” (stod som formel =R7)" in said

    def it_leaves_the_formulas_of_those_that_got_no_yes(self, economy, look, year, edited):
        data = with_cells(
            economy,
            N6=('<f t="shared" ref="N6:N8" si="0">R6</f>', WRONG),
            N7=('<f t="shared" si="0"/>', "A1"),
            N8=('<f t="shared" si="0"/>', "A1"),
        )
        _, parts = answered(data, look, year, edited)
        assert "<f>R7</f>" in cell_of(parts, "N7")
        assert "<f>R8</f>" in cell_of(parts, "N8")


class DescribeAFormulaThatFillsSeveralCells:
    @pytest.mark.parametrize("kind", ['t="array" ref="N6:N7"', 'ref="N6:N7" aca="1" t="array"'])
    def it_is_left_alone_and_no_yes_is_offered(self, economy, look, year, edited, kind):
        data = with_cells(
            economy, N6=(f'<f {kind}>"A"&amp;" "&amp;1</f>', WRONG), N7=("", WRONG), N8=("", WRONG)
        )
        found = look(data)
        (wrong,) = (one for one in found.findings if one.code == "REF-SAKNAS")
        assert (wrong.cell, [one.ref.cell for one in wrong.cures]) == ("N6:N8", ["N8"])
        assert wrong.hint.startswith("I N6:N7 kan vi inte rätta med ett ja")
        _, parts = answered(data, look, year, edited)
        assert 'N6:N7"' in cell_of(parts, "N6")
        assert WRONG in cell_of(parts, "N7")
        assert "A1" in cell_of(parts, "N8")

    def it_says_why_a_yes_from_before_is_not_used(self, economy, look, year, edited):
        """An earlier version offered it."""
        plain = with_cells(economy, N6=("", WRONG), N7=("", WRONG))
        marked = mark_workbook(plain, look(plain).findings, year.texts("aterkoppling"))

        def say(book):
            sheet = book["Återkoppling"]
            for row in range(7, 20):
                if sheet.cell(row, 11).value == "REF-SAKNAS":
                    sheet.cell(row, 10).value = "Ja"

        sent = with_cells(
            with_yes_only(marked, edited(marked, say)),
            N6=('<f t="array" ref="N6:N7">"A"&amp;" "&amp;1</f>', WRONG),
            N7=("", WRONG),
        )
        found = look(sent)
        assert told(found) == []
        unread = [one.message for one in found.findings if one.code == "SVAR-OLAST"]
        assert unread
        assert all("det förslaget kan vi inte föra in åt er" in one for one in unread)

    def it_is_no_such_one_where_it_fills_its_own_cell_alone(self, economy, look):
        data = with_cells(economy, N6=('<f t="array" ref="N6:N6">"A"&amp;" "&amp;1</f>', WRONG))
        assert [one.cures != () for one in look(data).findings if one.code == "REF-SAKNAS"] == [
            True
        ]
