"""Texts of which a part is struck out or raised: `84` with a raised 1 is no 841."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.read.small import FIRST, ROW, SPEC, located, purchases, said
from toolkit.read.columns import read_columns
from toolkit.read.formats.raw import read_raw
from toolkit.read.formats.runs import kinds_in_cells, kinds_of_strings
from toolkit.read.formats.shape import Shape
from toolkit.read.written_how import remarks_on_writing
from toolkit.returns.submission import Missing

PLAIN = b"<si><t>84</t></si>"
RAISED = b'<si><r><t>84</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>'
LOWERED = b'<x:si><x:r><x:t>84</x:t></x:r><x:r><x:rPr><x:vertAlign val="subscript"/></x:rPr><x:t>1</x:t></x:r></x:si>'
STRUCK = b'<si><r><rPr><strike/></rPr><t xml:space="preserve">100 </t></r><r><t>120</t></r></si>'
ALL_STRUCK = b"<si><r><rPr><b/><strike/></rPr><t>84</t></r><r><t> </t></r><r><rPr><strike val='1'/></rPr><t></t></r></si>"
NOT_STRUCK = b'<si><r><rPr><strike val="0"/></rPr><t>84</t></r><r><rPr><vertAlign val="baseline"/></rPr><t>5</t></r></si>'
ALL_RAISED = b'<si><r><rPr><vertAlign val="superscript"/></rPr><t>84</t></r></si>'


def struck(text):
    return TextBlock(InlineFont(strike=True), text)


def raised(text):
    return TextBlock(InlineFont(vertAlign="superscript"), text)


class DescribeATextWithParts:
    @pytest.mark.parametrize(
        ("item", "kind"),
        [(PLAIN, None), (RAISED, "raised"), (LOWERED, "raised"), (STRUCK, "struck"), (ALL_STRUCK, "all_struck"),
         (NOT_STRUCK, None), (ALL_RAISED, None)],
    )  # fmt: skip
    def it_is_known_by_its_number_among_the_shared_strings(self, item, kind):
        found = kinds_of_strings(b"<sst>" + PLAIN + b"<si/>" + item + PLAIN + b"</sst>")
        assert found == ({b"2": kind} if kind else {})

    def it_is_found_in_the_cells_that_name_it_and_in_those_that_hold_it(self):
        part = (b'<c r="B2" s="1" t="s"><v>2</v></c><c r="C2" t="s"><v>1</v></c><c r="D2"><v>2</v></c>'
                b'<c t="inlineStr" r="E2"><is>' + STRUCK[4:-5] + b"</is></c>")  # fmt: skip
        assert kinds_in_cells(part, {b"2": "raised"}) == {(2, 2): "raised", (2, 5): "struck"}

    def it_is_seen_in_a_workbook(self):
        book, target = openpyxl.Workbook(), io.BytesIO()
        sheet = book.active
        sheet["A1"], sheet["B1"], sheet["C1"] = (
            CellRichText("84", raised("1")),
            CellRichText(struck("100"), " 120"),
            "84",
        )
        sheet["A2"] = CellRichText(struck("8"), struck("4"))
        book.save(target)
        read = read_raw(target.getvalue()).sheets[0]
        assert read.parts == {(1, 1): "raised", (1, 2): "struck", (2, 1): "all_struck"}
        assert read.at(1, 1) == "841"


class DescribeAnAnswerWithParts:
    def it_is_read_as_no_number_code_or_day(self):
        sheet = purchases(["", "K1", "T", "841", "100 120", "2020-03-152", "N", "", 125])
        parts = {
            (FIRST, 2): "raised",
            (FIRST, 3): "struck",
            (FIRST, 4): "raised",
            (FIRST, 5): "struck",
            (FIRST, 6): "raised",
            (FIRST, 7): "raised",
        }
        place = located(replace(sheet, parts=parts))
        columns, remarks = read_columns(SPEC, place, [FIRST], epoch_1904=False)
        assert [one.typed[0] for one in columns[:6]] == [Missing.UNREADABLE] * 6
        assert said(remarks) == [("FALT-MONSTER", f"{letter}6") for letter in "BCDEFG"]
        forms = [one.parameters["form"].key for one in remarks]
        assert forms == ["form_utan_upphojt", "form_utan_struket"] * 2 + ["form_utan_upphojt"] * 2

    def it_is_read_and_told_where_all_of_it_is_struck_out(self):
        place = located(replace(purchases(ROW), parts={(FIRST, 4): "all_struck"}))
        columns, _ = read_columns(SPEC, place, [FIRST], epoch_1904=False)
        assert columns[2].typed == [Decimal(100)]
        assert said(remarks_on_writing(place, [FIRST], Shape())) == [("RAD-STRUKEN", "D6")]
