"""Document types: LibreOffice writes them into the macros, formulas and drawings of an ods, which nobody reads. In what
is read none is let through."""

from __future__ import annotations

import pytest

from tests.attacks.recipes import ods, packed
from toolkit.files.zip import read_package, write_package
from toolkit.read import Unreadable, read_raw

PLAIN = ods(b"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>")  # fmt: skip
BASIC = (b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument '
         b'1.0//EN" "module.dtd">\n<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"/>')  # fmt: skip
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
UNREAD = [
    "Basic/Standard/Module1.xml",
    "Basic/Standard/script-lb.xml",
    "Basic/script-lc.xml",
    "Dialogs/dialog-lc.xml",
    "Object 1/content.xml",
    "Object 1/styles.xml",
    "Object 1/Object 2/content.xml",
    "Pictures/a.svg",
    "Pictures/a.xml",
    "Configurations2/accelerator/current.xml",
]
READ = [
    "content.xml",
    "styles.xml",
    "settings.xml",
    "meta.xml",
    "META-INF/manifest.xml",
    "meta-inf/manifest.xml",
    "manifest.rdf.xml",
]


def with_part(data, name, part):
    return write_package({**read_package(data), name: part}.items())


class DescribeADocumentType:
    @pytest.mark.parametrize(
        "part", [BASIC, LAUGHS, b"\xff\xfe" + BASIC.decode().encode("utf-16-le")]
    )
    @pytest.mark.parametrize("name", UNREAD)
    def it_is_let_through_in_what_nobody_reads_of_an_ods(self, name, part):
        assert read_raw(with_part(PLAIN, name, part)).sheets == read_raw(PLAIN).sheets

    @pytest.mark.parametrize("name", READ)
    def it_is_refused_in_what_is_read_of_an_ods(self, name):
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(with_part(PLAIN, name, BASIC))

    @pytest.mark.parametrize("name", [*UNREAD[:5], "customXml/item1.xml", "docProps/app.xml"])
    def it_is_refused_in_any_part_of_an_xlsx(self, name):
        """A relation may lead to any of them."""
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(with_part(packed({}), name, LAUGHS))

    @pytest.mark.parametrize(
        "name",
        ["[Content_Types].xml", "[CONTENT_TYPES].XML", "xl/a.xml", "XL/workbook.xml", "xl\\a.xml"],
    )
    def it_is_refused_in_what_may_be_taken_for_either(self, name):
        both = with_part(PLAIN, name, b"<Types/>")
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(with_part(both, "Object 1/content.xml", LAUGHS))

    def it_is_refused_in_a_sheet_of_what_does_not_say_its_types(self):
        """And the sheet is measured: python-calamine reads it all the same."""
        own = read_package(packed({}))
        own.pop("[Content_Types].xml")
        data = with_part(
            write_package(own.items()), "content.xml", read_package(PLAIN)["content.xml"]
        )
        sheet = "xl/worksheets/sheet5.xml"
        row = b"".join(
            b'<c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c>' % (n, n) for n in range(1, 9000)
        )
        for part in (LAUGHS, b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"):
            with pytest.raises(Unreadable, match="FIL-FARLIG"):
                read_raw(with_part(data, sheet, part))
