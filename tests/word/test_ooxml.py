"""Elements as they are written, and a Word file as its parts."""

from __future__ import annotations

import pytest

from tests.word.small import element, xml
from toolkit.files.zip import write_package
from toolkit.word.ooxml.drawingml import c, settings, solid, unseen
from toolkit.word.ooxml.elements import field, paragraph, run, text_in, value, w
from toolkit.word.ooxml.names import wn
from toolkit.word.ooxml.package import WordPackage

KINDS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="XML" ContentType="application/xml"/>'
    '<Override PartName="/word/Document.xml" ContentType="main"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="x/styles" Target="styles.xml"/>'
    '<Relationship Id="b" Type="x/image" Target="../media/bild.png"/>'
    '<Relationship Id="c" Type="x/hyperlink" Target="https://exempel.se" TargetMode="External"/>'
    "</Relationships>"
)


class DescribeElements:
    def it_writes_a_run_with_its_looks_in_the_order_of_the_schema(self):
        assert xml(run(" Skåne ", bold=True, italic=True, language="en-GB")) == (
            '<w:r><w:rPr><w:b/><w:i/><w:lang w:val="en-GB"/></w:rPr>'
            '<w:t xml:space="preserve"> Skåne </w:t></w:r>'
        )

    def it_writes_no_properties_where_nothing_is_said(self):
        assert xml(run("ord")) == '<w:r><w:t xml:space="preserve">ord</w:t></w:r>'

    def it_writes_a_paragraph_with_its_style_first(self):
        made = paragraph("Brdtext", run("ord"), properties=(w("keepNext"),))
        assert xml(made) == (
            '<w:p><w:pPr><w:pStyle w:val="Brdtext"/><w:keepNext/></w:pPr>'
            '<w:r><w:t xml:space="preserve">ord</w:t></w:r></w:p>'
        )

    def it_writes_a_field_that_carries_its_result(self):
        assert xml(*field("PAGE", "6")) == (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t xml:space="preserve">6</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def it_writes_what_a_chart_says(self):
        said = c("ser", *settings(idx="0", order="1"), c("spPr", solid("17475E")))
        assert xml(said) == (
            '<c:ser><c:idx val="0"/><c:order val="1"/><c:spPr><a:solidFill>'
            '<a:srgbClr val="17475E"/></a:solidFill></c:spPr></c:ser>'
        )
        assert xml(*unseen()) == "<a:noFill/><a:ln><a:noFill/></a:ln>"

    def it_reads_what_is_said_and_what_is_not(self):
        block = element(
            '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:r><w:t>Ett</w:t></w:r></w:p>'
        )
        assert value(block.find(wn("pPr/pStyle"))) == "Rubrik1"
        assert value(block.find(wn("pPr/pStyle")), "other") == value(None) == ""
        assert text_in(block) == "Ett"


@pytest.fixture
def opened():
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    parts = {
        "[Content_Types].xml": KINDS,
        "word/_rels/document.xml.rels": RELATIONS,
        "word/document.xml": "<w:document><w:body/></w:document>",
        "word/header1.xml": "<w:hdr/>",
        "word/styles.xml": f"<w:styles>{styles}</w:styles>",
    }
    spaced = [(name, _part(text)) for name, text in parts.items()]
    return WordPackage.read(write_package(spaced))


def _part(text):
    from lxml import etree

    return etree.tostring(element(text)) if text.startswith("<w:") else text.encode()


class DescribeAPackage:
    def it_knows_the_stories(self, opened):
        assert sorted(opened.stories) == ["word/document.xml", "word/header1.xml"]

    def it_knows_a_parts_kind_whatever_the_case(self, opened):
        assert opened.kind("word/document.xml") == "main"
        assert opened.kind("word/header1.xml") == "application/xml"
        assert opened.kind("media/bild.png") == ""

    def it_follows_relations_inside_the_package(self, opened):
        assert list(opened.relations()) == [
            ("styles", "word/styles.xml"),
            ("image", "media/bild.png"),
        ]

    def it_ends_where_styles_are_based_on_each_other(self, opened):
        assert [value(style, "styleId") for style in opened.based("A")] == ["A", "B"]
        assert list(opened.based("C")) == []
