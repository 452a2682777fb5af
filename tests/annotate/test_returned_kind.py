"""What a return says of itself: whatever it came as (template, add-in), it comes back as the workbook that its name says."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.attacks.recipes import ods
from tests.conftest import CLEAN
from toolkit.annotate import mark_workbook
from toolkit.files.zip import ending_of, read_package, write_package

OPEN = "application/vnd.openxmlformats-officedocument.spreadsheetml.%s.main+xml"
MACROS = "application/vnd.ms-excel.%s.macroEnabled.main+xml"
TYPES, KIND, MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
OOXML = {
    OPEN % "sheet": ".xlsx",
    OPEN % "template": ".xlsx",
    MACROS % "sheet": ".xlsm",
    MACROS % "template": ".xlsm",
    MACROS % "addin": ".xlsm",
    (MACROS % "AddIn").replace("vnd", "VND"): ".xlsm",
}
SHEETS, TEMPLATE = (f"application/vnd.oasis.opendocument.spreadsheet{end}" for end in ("", "-template"))  # fmt: skip


def said_by(package, part):
    """The content type of a part, however it is written."""
    tag = re.search(rb'<[^>]*PartName="/%s"[^>]*>' % part.encode(), package[TYPES])
    return re.search(rb'ContentType="([^"]*)"', tag[0])[1].decode()


class DescribeAWorkbookOfAnotherKind:
    @pytest.mark.parametrize("kind", OOXML)
    def it_comes_back_as_a_workbook(self, small_workbook, look, year, kind):
        parts = read_package(small_workbook(CLEAN))
        own = said_by(parts, "xl/workbook.xml").encode()
        parts[TYPES] = parts[TYPES].replace(own, kind.encode())
        data = write_package(parts.items())
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        ending = ending_of(marked)
        wanted = (MACROS if ending == ".xlsm" else OPEN) % "sheet"
        assert (ending, said_by(read_package(marked), "xl/workbook.xml")) == (OOXML[kind], wanted)

    @pytest.mark.parametrize(
        ("kind", "listed"), list(itertools.product([SHEETS, TEMPLATE, f"{TEMPLATE}\n"], [SHEETS, TEMPLATE]))
    )  # fmt: skip
    @pytest.mark.parametrize("quote", "\"'")
    def it_comes_back_as_a_spreadsheet(self, look, year, kind, listed, quote):
        parts = read_package(ods(b"<table:table-row><table:table-cell/></table:table-row>"))
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        entry = '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="%s"/>'
        rest = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        parts[KIND] = kind.encode()
        parts[MANIFEST] = (manifest + entry.replace('"', quote) % listed + rest).encode()
        parts["styles.xml"] = (
            b'<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
        )
        data = write_package(parts.items())
        marked = read_package(mark_workbook(data, look(data).findings, year.texts("aterkoppling")))
        expected = (manifest + entry.replace('"', quote) % SHEETS + rest).encode()
        assert (marked[KIND].strip(), marked[MANIFEST]) == (SHEETS.encode(), expected)
        assert next(iter(marked)) == KIND
        assert "Återkoppling".encode() in marked["content.xml"]
