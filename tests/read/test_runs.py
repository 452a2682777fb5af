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
from toolkit.read.formats.ods import second_view
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


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "table", "text")
)


def styled(name, looks):
    return (
        f'<style:style style:name="{name}" style:family="text">'
        f"<style:text-properties {looks}/></style:style>"
    )


def open_document(*texts):
    """A content.xml with each text in a cell of its own, below each other."""
    styles = (
        styled("T1", 'style:text-line-through-style="solid"')
        + styled("T2", 'style:text-position="super 58%"')
        + styled("T3", 'style:text-position="-33% 58%"')
        + styled("T5", 'style:text-line-through-type="single"')
        + styled("T4", 'style:text-position="0% 100%" style:text-line-through-style="none"')
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell></table:table-row>"
        for text in texts
    )
    return (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def span(style, text):
    return f'<text:span text:style-name="{style}">{text}</text:span>'


class DescribeATextWithPartsInOpenDocument:
    def it_is_known_by_the_styles_of_its_parts(self):
        texts = [
            span("T1", "84") + " 45",
            span("T1", "8") + span("T1", "4"),
            "84" + span("T2", "1"),
            "84" + span("T3", "1") + " kr",
            span("T2", "84"),
            "84" + span("T4", "5"),
            "84" + span("T9", "5"),
            "84" + span("T1", " "),
            "84",
            "84" + span("T5", "5"),
        ]
        found = second_view({"content.xml": open_document(*texts)}).cells["Blad"].parts
        kinds = ["struck", "all_struck", "raised", "raised", None, None, None, None, None, "struck"]
        assert found == {(row, 1): kind for row, kind in enumerate(kinds, 1) if kind}

    @pytest.mark.libreoffice
    def it_is_seen_in_what_libreoffice_saves(self, convert):
        book, target = openpyxl.Workbook(), io.BytesIO()
        sheet = book.active
        sheet["A1"] = CellRichText(struck("84"), " 45")
        sheet["A2"] = CellRichText("84", raised("1"))
        sheet["A3"] = CellRichText(struck("8"), struck("4"))
        sheet["A4"] = "84"
        book.save(target)
        read = read_raw(convert(target.getvalue(), "bok.xlsx", "ods")).sheets[0]
        assert read.parts == {(1, 1): "struck", (2, 1): "raised", (3, 1): "all_struck"}
