"""Blanks that a text in OOXML keeps because something around it says so: the parts of a text are not run together."""

from __future__ import annotations

import io
import itertools
import re
from xml.etree import ElementTree

import openpyxl
import pytest

from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.kept_spaces import with_kept_spaces
from toolkit.read.formats.raw import read_raw

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KEEP, LET = ' xml:space="preserve"', ' xml:space="default"'
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SHEET = "xl/worksheets/sheet1.xml"


def wanted(root, kept=False):
    """The texts in order, by an XML parser: with their blanks where they are kept."""
    own = root.get(SPACE)
    kept = kept if own is None else own == "preserve"
    if root.tag == f"{{{MAIN}}}t":
        yield (root.text or "") if kept else (root.text or "").strip()
    for child in root:
        yield from wanted(child, kept)


def workbook(sheet="", cell="", item="", runs=("", ""), texts=("", "")):
    """A workbook with a text in two runs in a cell, with something said at each of the elements around."""
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(target)
    parts = read_package(target.getvalue())
    said = "".join(
        f"<r{run}><t{text}>{letter} </t></r>"
        for run, text, letter in zip(runs, texts, "ab", strict=True)
    )
    row = f'<row r="1"><c r="A1" t="inlineStr"{cell}><is{item}>{said}</is></c></row>'
    written = re.sub(rb"<sheetData.*</sheetData>", f"<sheetData>{row}</sheetData>".encode(), parts[SHEET], flags=re.DOTALL)  # fmt: skip
    parts[SHEET] = written.replace(b"<worksheet ", f"<worksheet{sheet} ".encode(), 1)
    return write_package(parts.items())


def shared(strings):
    """A workbook with shared strings, each in a cell below the last."""
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    parts = read_package(target.getvalue())
    rows = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>'
        for n in range(strings.count("</si>"))
    )
    parts[SHEET] = re.sub(rb"<sheetData.*?(?:/>|</sheetData>)", f"<sheetData>{rows}</sheetData>".encode(), parts[SHEET])  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types, links = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    if "xl/sharedStrings.xml" not in parts:
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        parts[types] = parts[types].replace(b"</Types>", override.encode())
        link = ('<Relationship Id="rIdT" Target="sharedStrings.xml" '
                'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>')  # fmt: skip
        parts[links] = parts[links].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    parts["xl/sharedStrings.xml"] = strings.encode()
    return write_package(parts.items())


class DescribeATextThatKeepsItsBlanks:
    @pytest.mark.parametrize("place", ["sheet", "cell", "item"])
    @pytest.mark.parametrize("runs", list(itertools.product(["", KEEP, LET], repeat=2)))
    def it_is_read_as_an_xml_parser_has_it(self, place, runs):
        for texts in itertools.product(["", KEEP, LET], repeat=2):
            for around in ("", KEEP):
                data = workbook(**{place: around}, runs=runs, texts=texts)
                told = "".join(wanted(ElementTree.fromstring(read_package(data)[SHEET])))
                assert read_raw(data).sheets[0].at(1, 1) == told

    def it_is_the_same_among_the_shared_strings(self):
        data = shared(
            f'<sst{KEEP} xmlns="{MAIN}"><si><r><t>Deltagarna </t></r><r><rPr><b/></rPr><t>uppger</t></r>'
            f"<r><t> att</t></r></si><si{LET}><t> b </t></si><si/><si><t> c</t></si>"
            f"<si><t/></si><si{LET}><r{KEEP}><t>d </t></r><r><t>e </t></r></si></sst>".replace(
                "<si/>", "<si></si>"
            )
        )
        told = [row[0] for row in read_raw(data).sheets[0].rows]
        assert told == ["Deltagarna uppger att", "b", "", " c", "", "d e"]

    def it_changes_nothing_where_texts_say_it_themselves(self):
        part = b'<sst><si><t xml:space="preserve"> a</t></si><si><t>b</t></si></sst>'
        assert with_kept_spaces(part) is part

    def it_takes_nothing_for_a_tag_that_is_none(self):
        part = (
            b'<a xml:space="preserve"><!-- <t> --><![CDATA[</a><t>]]><b c="t>" d=\'>\'/><x:t>e </x:t></a>'
            b"<t> f</t>"
        )
        kept = part.replace(b"<x:t>", b'<x:t xml:space="preserve">')
        assert with_kept_spaces(part) == kept
