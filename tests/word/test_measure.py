"""Widths of known texts, lines and their breaks, looks from styles."""

from __future__ import annotations

import pytest

from tests.word.small import element
from toolkit.word.measure.lines import Gauge
from toolkit.word.measure.looks import TextLook, changed, read_looks
from toolkit.word.measure.metrics import family, leading, width_of
from toolkit.word.measure.pages import TextArea, text_area
from toolkit.word.ooxml.elements import inside, paragraph, run, w

LOOKS = {
    "body": TextLook("Calibri", 10),
    "list": TextLook("Calibri", 10, left=20, first=-20),
    "head": TextLook("Calibri", 10, caps=True, keep=True, breaks=True),
}


def lines(text, width, style="body", *more):
    block = paragraph(style, run(text), *more)
    return list(Gauge(LOOKS).pieces([block], {"1": 30.0, "2": 5.0}, width))


class DescribeWidths:
    @pytest.mark.parametrize(
        ("text", "font", "bold", "thousandths"),
        [
            ("a", "Calibri", False, 479),
            ("a", "Calibri", True, 494),
            ("W", "Cambria", False, 889),
            ("Å", "Calibri", False, 579),
            (" ", "Calibri", False, 226),
            ("\u00a0", "Calibri", False, 226),
            ("-\u2011", "Calibri", False, 612),
            ("文", "Calibri", False, 520),
        ],
    )
    def it_knows_the_letters(self, text, font, bold, thousandths):
        assert width_of(text, font, 10, bold=bold) == pytest.approx(thousandths / 100)

    def it_takes_an_unknown_font_for_its_kin(self):
        assert (family("Times New Roman"), family("Arial")) == ("serif", "sans")
        assert (leading("Cambria"), leading("Calibri")) == (1.15, 1.22)


class DescribeLines:
    """“ordet ” is 24.6 points wide in ten points of Calibri, “ordet” 22.3."""

    @pytest.mark.parametrize(
        ("width", "count"), [(80, 1), (72, 1), (71, 2), (47, 2), (46, 3), (10, 3)]
    )
    def it_breaks_where_the_next_word_finds_no_room(self, width, count):
        assert len(lines("ordet ordet ordet", width)) == count

    def it_breaks_after_a_hyphen_but_not_after_one_that_does_not_break(self):
        assert len(lines("mellan-rum", 45)) == 2
        assert len(lines("mellan\u2011rum", 45)) == 1

    def it_counts_capitals_where_the_style_writes_them(self):
        assert len(lines("ordet ordet", 55)) == 1
        assert len(lines("ordet ordet", 55, "head")) == 2

    def it_gives_a_line_its_height_and_keeps_the_first_two_together(self):
        first, second, third = lines("ordet ordet ordet", 30)
        assert first.height == pytest.approx(12.2)
        assert (first.keep, second.keep, third.keep) == (True, True, False)

    def it_begins_a_page_and_stays_with_the_next_where_the_style_says_so(self):
        first, second = lines("ordet ordet", 55, "head")
        assert (first.breaks, second.breaks) == (True, False)
        assert second.keep

    def it_calls_a_note_on_the_line_where_its_mark_stands(self):
        call = inside(w("r"), w("footnoteReference", id="1"))
        more = (call, run(" ordet ordet"), inside(w("r"), w("footnoteReference", id="2")))
        assert [line.notes for line in lines("ordet", 55, "body", *more)] == [30.0, 5.0]

    def it_makes_a_row_as_high_as_its_highest_cell(self):
        def cells(*texts):
            return inside(w("tr"), *(inside(w("tc"), paragraph("body", run(t))) for t in texts))

        grid = inside(w("tblGrid"), w("gridCol", w="740"), w("gridCol", w="2000"))
        table = inside(w("tbl"), grid, cells("a", "b"), cells("ordet ordet", "b"))
        head, row = Gauge(LOOKS).pieces([table], {}, 200)
        assert (head.height, row.height) == pytest.approx((12.7, 24.9))
        assert (head.keep, row.keep, row.head) == (True, False, head.height)


class DescribeLooks:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ('<w:spacing w:before="100" w:line="360"/>', TextLook(before=5, lines=1.5)),
            ('<w:spacing w:line="360" w:lineRule="exact"/>', TextLook()),
            ('<w:ind w:left="400" w:hanging="200"/>', TextLook(left=20, first=-10)),
            ('<w:sz w:val="19"/>', TextLook(size=9.5)),
            ("<w:b/>", TextLook(bold=True)),
            ('<w:b w:val="0"/>', TextLook()),
            ("<w:keepNext/>", TextLook(keep=True)),
            ('<w:rFonts w:ascii="Cambria"/>', TextLook(font="Cambria")),
            ('<w:color w:val="FF0000"/>', TextLook()),
        ],
    )
    def it_reads_a_property(self, said, expected):
        assert changed(TextLook(), element(f"<w:pPr>{said}</w:pPr>")) == expected

    def it_takes_the_indent_from_the_numbering_unless_the_style_says_its_own(self):
        styles = element(
            '<w:styles><w:style w:styleId="A"/><w:style w:styleId="B"><w:basedOn w:val="A"/>'
            '<w:pPr><w:ind w:left="40"/></w:pPr></w:style></w:styles>'
        )
        levels = "".join(
            f'<w:lvl><w:pStyle w:val="{name}"/><w:pPr><w:ind w:left="200"/></w:pPr></w:lvl>'
            for name in "AB"
        )
        looks = read_looks(styles, element(f"<w:numbering>{levels}</w:numbering>"))
        assert (looks["A"].left, looks["B"].left) == (10, 2)

    def it_comes_to_an_end_where_styles_are_based_on_each_other(self):
        based = [("A", "A", 20), ("B", "C", 40), ("C", "B", 60)]
        styles = element(
            "<w:styles>" + "".join(
                f'<w:style w:styleId="{name}"><w:basedOn w:val="{above}"/><w:rPr><w:sz w:val="{size}"/></w:rPr></w:style>'
                for name, above, size in based
            ) + "</w:styles>"
        )  # fmt: skip
        looks = read_looks(styles, None)
        assert (looks["A"].size, looks["B"].size, looks["C"].size) == (10, 20, 30)

    def it_knows_the_room_between_the_margins(self):
        section = element(
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:left="1400" w:right="1406" w:top="1000" w:bottom="838"/></w:sectPr>'
        )
        assert text_area(section) == TextArea(455, 750)
