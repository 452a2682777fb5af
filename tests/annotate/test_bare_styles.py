"""A workbook of which the stylesheet says little or nothing: it is marked all the same, and its own cells look as
they did."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from tests.conftest import CLEAN
from toolkit.annotate import mark_in_place
from toolkit.files.zip import read_package, write_package

SHEETS = r"xl/worksheets/sheet\d+\.xml"


@pytest.fixture(scope="module")
def sent(small_workbook, edited):
    return edited(small_workbook(CLEAN), lambda book: book["Ekonomi"].__setitem__("N6", "A 1"))


def bare(data):
    """With no cell, row, column or rule that names a style."""
    parts = read_package(data)
    for name in filter(re.compile(SHEETS).fullmatch, parts):
        parts[name] = re.sub(rb' (s|style|customFormat|dxfId)="\d+"(?=[^<>]*>)', b"", parts[name])
    return parts


def without_part(parts):
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship) [^>]*styles[^>]*/>", b"", parts[name])
    return {name: part for name, part in parts.items() if name != "xl/styles.xml"}


def without(group):
    def change(parts):
        styles = re.sub(rb"<%s[ >].*?</%s>" % (group, group), b"", parts["xl/styles.xml"])
        return {**parts, "xl/styles.xml": styles}

    return change


WAYS = {
    "no part": without_part,
    "an empty one": lambda parts: {
        **parts, "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    },
    "no fonts": without(b"fonts"),
    "no fills": without(b"fills"),
    "no formats": without(b"cellXfs"),
    "no rules": without(b"dxfs"),
}  # fmt: skip


class DescribeAWorkbookWithFewStyles:
    @pytest.mark.parametrize("way", WAYS)
    def it_is_marked_and_its_own_cells_look_as_they_did(self, sent, look, year, way):
        data = write_package(WAYS[way](bare(sent)).items())
        found = look(data)
        marked = mark_in_place(data, found.findings, year.texts("aterkoppling"))
        book = openpyxl.load_workbook(io.BytesIO(marked))
        assert "ingen rad i Aktiviteter" in book["Ekonomi"]["N6"].comment.text
        own, ours = book["Ekonomi"]["K6"], book["Återkoppling"]["B2"]
        assert own.fill.fill_type is None
        assert (own.font.sz, bool(own.font.b)) == (11, False)
        assert (ours.font.sz, ours.font.b) == (18, True)
        assert book["Återkoppling"]["B3"].fill.fgColor.rgb == "FFE8F0F4"
        again = mark_in_place(marked, look(marked).findings, year.texts("aterkoppling"))
        assert again == marked

    @pytest.mark.parametrize("change", [without_part, without(b"cellXfs"), without(b"dxfs")])
    def it_is_not_marked_where_styles_are_named_that_are_not_there(self, sent, look, year, change):
        data = write_package(change(read_package(sent)).items())
        assert mark_in_place(data, look(data).findings, year.texts("aterkoppling")) is None
