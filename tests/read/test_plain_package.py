"""Parts that are called, placed and written otherwise than readers look for them: what the standard allows is read
and seen as if it stood as Excel writes it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.conftest import CLEAN, said
from toolkit.files.zip import ending_of, read_package, write_package
from toolkit.read import read_raw
from toolkit.read.formats.ods_names import names_apart
from toolkit.read.formats.preflight import AREA_LIMIT
from toolkit.read.formats.raw import Unreadable

LINKS = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels")


@pytest.fixture(scope="module")
def sent(small_workbook, edited):
    """A return with something that only the second view sees: a formula over the template's own, a unit in a format."""

    def change(book):
        book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'
        book["Avstämning"]["D22"] = 0

    return edited(small_workbook(CLEAN), change)


def renamed(data, *pairs):
    """The package with parts of it called otherwise, and the relations to them too."""
    parts = {}
    for name, part in read_package(data).items():
        new = name
        for was, now in pairs:
            new = new.replace(was, now)
        parts[new] = part
        for was, now in pairs if name in LINKS else ():
            parts[new] = parts[new].replace(was.encode(), now.encode())
    return write_package(parts.items())


def zipped(parts):
    """A zip whose names stay as they are written: Python would part them by `/` again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return target.getvalue()


def in_utf16(data, wanted):
    declared = re.compile(rb"^\s*<\?xml.*?\?>")
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return write_package(
        (
            name,
            (head + declared.sub(b"", part).decode()).encode("utf-16")
            if re.fullmatch(wanted, name)
            else part,
        )
        for name, part in read_package(data).items()
    )


def slanted(data):
    """With backslashes in what parts say of each other."""
    parts = read_package(data)
    for name in (one for one in parts if one.endswith(".rels")):
        parts[name] = re.sub(
            rb'Target="[^"]*"', lambda said: said[0].replace(b"/", b"\\"), parts[name]
        )
    return write_package(parts.items())


WAYS = {
    "relations with backslashes": slanted,
    "with backslashes": lambda data: zipped(
        (name.replace("/", "\\"), part) for name, part in read_package(data).items()
    ),
    "a folder in capitals": lambda data: zipped(
        (name.replace("xl/worksheets", "XL/Worksheets"), part)
        for name, part in read_package(data).items()
    ),
    "all in small letters": lambda data: zipped(
        (name.lower(), part) for name, part in read_package(data).items()
    ),
    "a workbook of a web program": lambda data: renamed(data, ("workbook.xml", "workbook22.xml")),
    "styles called otherwise": lambda data: renamed(data, ("styles.xml", "styles2.xml")),
    "strings called otherwise": lambda data: renamed(data, ("sharedStrings.xml", "texts.xml")),
    "sheets elsewhere": lambda data: renamed(data, ("worksheets/sheet", "ws/blad")),
    "sheets in UTF-16": lambda data: in_utf16(data, r"xl/worksheets/[^/]+\.xml"),
    "all in UTF-16": lambda data: in_utf16(data, r"xl/.+\.xml"),
    "relations in UTF-16": lambda data: in_utf16(data, r"xl/.+\.rels"),
}


class DescribeAPackageInOtherWords:
    @pytest.mark.parametrize("way", WAYS)
    def it_is_read_and_seen_as_excel_writes_it(self, sent, look, way):
        other = WAYS[way](sent)
        assert other != sent
        assert ending_of(other) == ".xlsx"
        assert said(look(other)) == said(look(sent)) != []
        assert [(one.name, one.rows) for one in read_raw(other).sheets] == [
            (one.name, one.rows) for one in read_raw(sent).sheets
        ]

    @pytest.mark.parametrize("name", ["xl\\worksheets\\sheet7.xml", "xl/Worksheets/sheet7.xml"])
    def it_is_measured_as_a_sheet_by_any_name(self, sent, name):
        rows = AREA_LIMIT // 1000
        numbers = (1, *range(rows, rows + 60))  # too many to be a slip of the hand
        row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="ALM{0}"><v>1</v></c></row>'
        told = "".join(map(row.format, numbers))
        big = f"<worksheet><sheetData>{told}</sheetData></worksheet>"
        parts = read_package(sent)
        parts.pop("xl/worksheets/sheet7.xml")
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(zipped([*parts.items(), (name, big)]))

    def it_sees_an_entity_in_what_is_in_utf_16(self, sent):
        parts = read_package(sent)
        name = "xl/worksheets/sheet7.xml"
        head = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
        parts[name] = (head + parts[name].decode().partition("?>")[2]).encode("utf-16")
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(write_package(parts.items()))

    def it_leaves_links_to_other_files_as_they_are(self, sent):
        parts = read_package(slanted(sent))
        link = b'<Relationship Id="rId99" Type="x/hyperlink" Target="file:///\\\\s\\a.docx" TargetMode="External"/>'
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", link + b"</Relationships>")
        assert link in read_raw(write_package(parts.items())).parts[name]

    def it_leaves_an_ordinary_file_as_it_is(self, sent):
        from toolkit.read.formats.raw import _plain

        assert _plain(sent)[0] is sent


class DescribeTwoSheetsOfTheSameName:
    """LibreOffice writes none; a program that joins files may."""

    def content(self, *names):
        own = b"<table:table-row><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>"
        ours = own.replace(b"12", b"lr:ekonomi")
        first, second = (
            f'<table:table table:style-name="a" table:name="{name}">'.encode() for name in names
        )
        return first + own + b"</table:table>" + second + ours + b"</table:table>"

    def it_lets_the_templates_own_keep_the_name(self):
        told = names_apart(self.content("Ekonomi", "Ekonomi"))
        assert told == self.content("Ekonomi (2)", "Ekonomi")

    def it_changes_nothing_where_no_two_are_alike(self):
        content = self.content("Eget blad", "Ekonomi")
        assert names_apart(content) is content

    def it_takes_no_name_that_another_has(self):
        more = b'<table:table table:name="EKONOMI (2)"></table:table>'
        told = names_apart(self.content("Ekonomi", "Ekonomi") + more)
        assert told == self.content("Ekonomi (3)", "Ekonomi") + more
