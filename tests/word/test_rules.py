"""The rules of the audit on the smallest document that breaks each, and the contrast of known colours."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.word.small import element
from toolkit.word.audit.accessibility import blank_space, headless, leaps, merged, unsaid
from toolkit.word.audit.contrast import faint, ratio
from toolkit.word.audit.soundness import lost_anchors, lost_numbering, open_fields, twin_drawings
from toolkit.word.ooxml.package import MAIN, STYLES, WordPackage

HEADINGS = "".join(
    f'<w:style w:styleId="R{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2, 3)
)


def document(body, styles=HEADINGS):
    parts = {MAIN: f"<w:document><w:body>{body}</w:body></w:document>", STYLES: f"<w:styles>{styles}</w:styles>"}  # fmt: skip
    return WordPackage({name: etree.tostring(element(text)) for name, text in parts.items()})


def p(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def heading(level):
    return p(f"Rubrik {level}", f'<w:pStyle w:val="R{level}"/>')


def mark(kind):
    return f'<w:p><w:r><w:fldChar w:fldCharType="{kind}"/></w:r></w:p>'


class DescribeSoundness:
    @pytest.mark.parametrize(
        ("kinds", "places"),
        [
            (["begin", "separate", "end"], []),
            (["begin", "begin", "separate", "end", "separate", "end"], []),
            (["begin", "end"], []),
            (["begin", "separate"], ["1"]),
            (["begin", "begin"], ["2"]),
            (["end"], [""]),
            (["begin", "separate", "separate", "end"], [""]),
        ],
    )
    def it_sees_a_field_that_does_not_end(self, kinds, places):
        body = "".join(map(mark, kinds))
        assert [place for _, place in open_fields(document(body))] == places

    def it_sees_what_leads_nowhere(self):
        body = (
            '<w:p><w:bookmarkStart w:name="_ett"/><w:hyperlink w:anchor="_ett"/>'
            '<w:hyperlink w:anchor="_borta"/><w:r><w:instrText> REF _ett \\h</w:instrText></w:r>'
            "<w:r><w:instrText> PAGEREF _bortom \\h</w:instrText></w:r></w:p>"
        )
        assert list(lost_anchors(document(body))) == [(MAIN, "_borta"), (MAIN, "_bortom")]

    def it_sees_a_list_that_is_not_there(self):
        body = p("a", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        body += p("b", '<w:numPr><w:numId w:val="7"/></w:numPr>')
        assert list(lost_numbering(document(body))) == [(MAIN, "7")]

    def it_sees_twins_but_for_what_is_shown_instead(self):
        drawn = '<wp:docPr id="1"/>'
        choice = f"<mc:AlternateContent><mc:Choice>{drawn}</mc:Choice><mc:Fallback>{drawn}</mc:Fallback></mc:AlternateContent>"  # fmt: skip
        assert list(twin_drawings(document(choice))) == []
        assert list(twin_drawings(document(choice + drawn + drawn))) == [(MAIN, "1")]


class DescribeAccessibility:
    @pytest.mark.parametrize(
        ("levels", "told"),
        [([1, 2, 3, 1, 2], []), ([1, 3, 3], ["Rubrik 3"]), ([2], ["Rubrik 2"]), ([1, 2, 1, 3], ["Rubrik 3"])],
    )  # fmt: skip
    def it_goes_down_one_level_at_a_time(self, levels, told):
        found = leaps(document("".join(map(heading, levels))))
        assert [place for _, place in found] == told

    @pytest.mark.parametrize(
        ("properties", "told"),
        [("<w:tblHeader/>", []), ('<w:tblHeader w:val="0"/>', ["Län"]), ("", ["Län"])],
    )
    def it_wants_a_header_row(self, properties, told):
        row = f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{p('Län')}</w:tc></w:tr>"
        assert [place for _, place in headless(document(f"<w:tbl>{row}</w:tbl>"))] == told

    def it_wants_words_for_every_drawing(self):
        body = '<wp:docPr name="Figur 1" descr="En karta."/><wp:docPr name="Figur 2" descr=" "/>'
        assert list(unsaid(document(body))) == [(MAIN, "Figur 2")]

    def it_wants_no_empty_paragraph_but_where_a_section_ends(self):
        body = p("Före.") + p(" ") + p("", "<w:sectPr/>")
        assert list(blank_space(document(body))) == [(MAIN, "Före.")]

    def it_wants_no_cell_over_two(self):
        cells = ['<w:gridSpan w:val="1"/>', '<w:gridSpan w:val="2"/>', "<w:vMerge/>"]
        row = "".join(f"<w:tc><w:tcPr>{own}</w:tcPr>{p(str(n))}</w:tc>" for n, own in enumerate(cells))  # fmt: skip
        found = merged(document(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
        assert [place for _, place in found] == ["1", "2"]


class DescribeContrast:
    @pytest.mark.parametrize(
        ("ink", "paper", "expected"),
        [
            ("000000", "FFFFFF", 21.0),
            ("FFFFFF", "FFFFFF", 1.0),
            ("FF0000", "FFFFFF", 4.0),
            ("0000FF", "FFFFFF", 8.59),
            ("17475E", "FFFFFF", 10.0),
            ("595F69", "FFFFFF", 6.43),
            ("1F2A37", "E8F0F4", 12.6),
            ("0A0A0A", "000000", 1.06),
        ],
    )
    def it_measures_known_colours_either_way_round(self, ink, paper, expected):
        assert ratio(ink, paper) == pytest.approx(expected, abs=0.005)
        assert ratio(paper, ink) == ratio(ink, paper)

    @pytest.mark.parametrize(
        ("run", "paragraph", "cell", "told"),
        [
            ("", "", "", []),
            ('<w:color w:val="777777"/>', "", "", ["Skåne: 777777 / FFFFFF"]),
            ('<w:color w:val="auto"/>', "", "", []),
            ("", '<w:shd w:fill="444444"/>', "", ["Skåne: 000000 / 444444"]),
            ("", "", '<w:shd w:fill="444444"/>', ["Skåne: 000000 / 444444"]),
            ("", '<w:shd w:fill="FFFFFF"/>', '<w:shd w:fill="444444"/>', []),
            ('<w:shd w:fill="FFFFFF"/>', '<w:shd w:fill="444444"/>', "", []),
            ('<w:color w:val="FFFFFF"/>', "", '<w:shd w:fill="444444"/>', []),
        ],
    )
    def it_looks_for_what_is_nearest(self, run, paragraph, cell, told):
        words = (
            f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>Skåne</w:t></w:r></w:p>"
        )
        body = f"<w:tbl><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{words}</w:tc></w:tr></w:tbl>"
        assert [place for _, place in faint(document(body))] == told

    def it_takes_the_table_styles_first_row(self):
        styles = (
            '<w:style w:styleId="T"><w:name w:val="Tabell"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
            '<w:shd w:fill="444444"/></w:tcPr></w:tblStylePr></w:style>'
        )
        rows = "".join(f"<w:tr><w:tc>{p(text)}</w:tc></w:tr>" for text in ("Län", "Skåne"))
        body = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{rows}</w:tbl>'
        assert list(faint(document(body, styles))) == [(MAIN, "Län: 000000 / 444444")]
