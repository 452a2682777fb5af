"""A paragraph that somebody's program has saved, as runs; its style and its list."""

from __future__ import annotations

import pytest

from tests.word.small import element
from toolkit.report.blocks import Note, Text
from toolkit.report.editorial.manuscript import ManuscriptPlace
from toolkit.word.read.runs import ReadNotes, RunReader
from toolkit.word.read.wordstyles import WordStyles

STYLES = """<w:styles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:styleId="Rubrik2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik2"/></w:style>
<w:style w:styleId="Citat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="Punkt"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""
NUMBERING = """<w:numbering>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
NOTES = """<w:footnotes><w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t> Ett.</w:t></w:r></w:p><w:p><w:r><w:t>Två.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
PLACE = ManuscriptPlace("Samverkan", 2)


@pytest.fixture
def styles():
    return WordStyles(element(STYLES), element(NUMBERING))


@pytest.fixture
def read(styles):
    """The runs of a paragraph, and what is told of it."""
    links = {"rId1": "https://exempel.se", "rId2": "file:///c:/hemligt"}
    reader = RunReader(ReadNotes(element(NOTES), {}, styles), links, styles)

    def look(inner):
        runs, faults = reader.read(element(f"<w:p>{inner}</w:p>"), PLACE)
        return list(runs), [(fault.code, *dict(fault.values).values()) for fault in faults]

    return look


def run(text, look=""):
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


class DescribeRuns:
    @pytest.mark.parametrize(
        ("inner", "runs"),
        [
            (run("Sam") + "<w:proofErr/>" + run("verkan"), [Text("Samverkan")]),
            (run("ett ") + run("två", "<w:b/>"), [Text("ett "), Text("två", bold=True)]),
            (run("ett", '<w:b w:val="0"/>'), [Text("ett")]),
            (run("ett", '<w:rStyle w:val="Stark"/>'), [Text("ett", bold=True)]),
            (run("") + run("ett", "<w:i/>"), [Text("ett", italic=True)]),
            ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", [Text("a b c")]),
            ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", [Text("a\u2011b")]),
            (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('ett')}</w:sdtContent></w:sdt>", [Text("ett")]),
            (f'<w:hyperlink r:id="rId1">{run("hit")}</w:hyperlink>', [Text("hit", link="https://exempel.se")]),
            ('<w:r><w:footnoteReference w:id="3"/></w:r>', [Note((Text("Ett."), Text(" "), Text("Två.")))]),
        ],
    )  # fmt: skip
    def it_reads_what_is_written(self, read, inner, runs):
        assert read(inner) == (runs, [])

    @pytest.mark.parametrize(
        ("inner", "fault"),
        [
            (f'<w:hyperlink r:id="rId2">{run("hit")}</w:hyperlink>', ("TEXTER-INNEHALL", "texter_lank")),
            (run("ett", "<w:dstrike/>"), ("TEXTER-INNEHALL", "texter_struken")),
            ("<w:r><w:pict><w:txbxContent/></w:pict></w:r>", ("TEXTER-INNEHALL", "texter_textruta")),
            (f"<w:ins>{run('ett')}</w:ins>", ("TEXTER-ANDRINGAR",)),
            ('<w:r><w:commentReference w:id="0"/></w:r>', ("TEXTER-KOMMENTAR",)),
            ("<w:r><w:ruby/></w:r><w:r><w:ruby/></w:r>", ("TEXTER-INNEHALL", "texter_okant")),
        ],
    )  # fmt: skip
    def it_tells_what_it_cannot_take_in_once(self, read, inner, fault):
        assert read(inner)[1] == [fault]

    def it_overlooks_the_number_that_word_gives_a_caption(self, read):
        mark = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        assert read(f"{mark}<w:r><w:instrText> SEQ Tabell</w:instrText></w:r>{run('3')}") == ([Text("3")], [])  # fmt: skip
        assert read(f"{mark}<w:r><w:instrText> DATE</w:instrText></w:r>")[1] == [
            ("TEXTER-INNEHALL", "texter_falt")
        ]

    def it_ends_at_a_note_that_is_not_there(self, read):
        assert read('<w:r><w:footnoteReference w:id="9"/></w:r>') == ([Note(())], [])


class DescribeStylesOfSomebodyElse:
    @pytest.mark.parametrize(
        ("properties", "level"),
        [
            ("", 0),
            ('<w:pStyle w:val="Rubrik2"/>', 2),
            ('<w:pStyle w:val="Egen"/>', 2),
            ('<w:pStyle w:val="Egen"/><w:outlineLvl w:val="0"/>', 1),
            ('<w:outlineLvl w:val="9"/>', 0),
            ('<w:pStyle w:val="finns-inte"/>', 0),
        ],
    )
    def it_knows_a_heading_by_outline_or_by_name(self, styles, properties, level):
        block = element(f"<w:p><w:pPr>{properties}</w:pPr></w:p>")
        assert styles.heading_level(block) == level

    @pytest.mark.parametrize(
        ("properties", "kind"),
        [
            ("", ("body", 0)),
            ('<w:pStyle w:val="Citat"/>', ("quote", 0)),
            ('<w:pStyle w:val="Punkt"/>', ("bullet", 0)),
            ('<w:pStyle w:val="Punkt"/><w:numPr><w:ilvl w:val="1"/></w:numPr>', ("number", 1)),
            ('<w:pStyle w:val="Punkt"/><w:numPr><w:numId w:val="0"/></w:numPr>', ("body", 0)),
            ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4711"/></w:numPr>', ("body", 0)),
        ],
    )
    def it_knows_a_list_by_its_numbering(self, styles, properties, kind):
        assert styles.kind(element(f"<w:p><w:pPr>{properties}</w:pPr></w:p>")) == kind
