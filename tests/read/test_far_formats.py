"""Stray cells far away, in every format: what is read of a sheet, and what is told to lie beyond, beside a second opinion."""

from __future__ import annotations

import io
import random
import re
import resource
import tracemalloc
from datetime import timedelta
from html import escape
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.attacks.recipes import ods
from tests.conftest import CLEAN, ROOT, said
from tests.read.binary_books import binary_book, sheets_of, worksheet
from toolkit.files.biff8 import records_of, shared_texts
from toolkit.files.compound import open_compound
from toolkit.files.zip import read_package, write_package
from toolkit.read import Unreadable, read_raw
from toolkit.read.formats.far_in_ods import extents_in, tables_in
from toolkit.read.formats.ods import second_view
from toolkit.words.cells import CellRef

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LOOK = object()
"""A cell with a look alone."""


def as_xlsx(cells):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "Blad"
    for (row, column), value in cells.items():
        cell = book.active.cell(row, column)
        if value is LOOK:
            cell.number_format = "0.00"
        else:
            cell.value = value
    book.save(target)
    return target.getvalue()


def as_xlsb(cells):
    own = {at: "" if value is LOOK else value for at, value in cells.items()}
    return binary_book([worksheet(1, "Blad", own)])


def as_ods(cells):
    """As LibreOffice writes it: what is empty between two cells is one cell, or row, that repeats itself."""
    rows, last = [], 0
    for row in sorted({row for row, _ in cells}):
        rows.append(_repeated("row", row - last - 1, "rows", "<table:table-cell/>"))
        own, column = [], 0
        for at in sorted(at for number, at in cells if number == row):
            own += [_repeated("cell", at - column - 1, "columns"), _cell(cells[row, at])]
            column = at
        own.append(_repeated("cell", LAST_COLUMN - column, "columns"))
        rows.append(f"<table:table-row>{''.join(own)}</table:table-row>")
        last = row
    rows.append(_repeated("row", LAST_ROW - last, "rows", "<table:table-cell/>"))
    told = ods("".join(rows).encode())
    parts = read_package(told)
    parts["content.xml"] = parts["content.xml"].replace(b'table:name="a"', b'table:name="Blad"')
    return write_package(parts.items())


def _repeated(kind, count, name, inner=""):
    return (
        f'<table:table-{kind} table:number-{name}-repeated="{count}">{inner}</table:table-{kind}>'
        if count
        else ""
    )


def _cell(value):
    if value is LOOK:
        return '<table:table-cell table:style-name="ce1"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


FORMATS = {"xlsx": as_xlsx, "xlsb": as_xlsb, "ods": as_ods}
DENSE = {(row, column): row * column for row in range(1, 40) for column in range(1, 9)}


def expected(cells):
    """What is far, by the words of the rule: more than 1 000 rows or 100 columns with no cell in them, and beyond them at
    most 50 cells in which something can be seen."""
    beyond = set()
    for axis, gap in ((0, 1_000), (1, 100)):
        numbers = sorted({at[axis] for at in cells})
        for one, following in pairwise(numbers):
            out = {at for at in cells if at[axis] > one}
            seen = [at for at in out if cells[at] is not LOOK and str(cells[at]).strip()]
            if following - one > gap and len(seen) <= 50:
                beyond |= out
                break
    told = (at for at in beyond if cells[at] is not LOOK and str(cells[at]).strip())
    return beyond, sorted(CellRef("Blad", *at) for at in told)


def values(book):
    found = {}
    for row, cells in enumerate(book.sheets[0].rows, 1):
        for column, value in enumerate(cells, 1):
            if value != "":
                found[row, column] = int(value) if isinstance(value, float) else value
    return found


class DescribeASheetWithStrayCells:
    @pytest.mark.parametrize("ending", FORMATS)
    @pytest.mark.parametrize("seed", range(25))
    def it_is_read_without_them_as_the_rule_has_it(self, ending, seed):
        dice, cells = random.Random(seed), dict(DENSE)
        # With one in the last row of a broad sheet, so that it is always too wide to be read as it is.
        cells[LAST_ROW, dice.choice([1, 9, 200, LAST_COLUMN])] = dice.choice(
            ["x", " ", "\u00a0", 7]
        )
        for _ in range(dice.randrange(0, 90)):
            row = dice.choice([dice.randrange(1, 60), dice.randrange(3_000, LAST_ROW)])
            column = dice.choice([dice.randrange(1, 12), dice.randrange(300, LAST_COLUMN)])
            cells[row, column] = dice.choice(
                ["x", " ", 5, LOOK] if ending != "ods" else ["x", " ", 5]
            )
        beyond, told = expected(cells)
        near = {at: value for at, value in cells.items() if at not in beyond and value is not LOOK}
        try:
            book = read_raw(FORMATS[ending](cells))
        except Unreadable as refused:
            rows, columns = (max(at[axis] for at in near) for axis in (0, 1))
            assert refused.code == "FIL-FARLIG"
            assert rows * columns > 1_000_000
        else:
            assert (sorted(book.far), values(book)) == (told, near)

    @pytest.mark.parametrize("ending", FORMATS)
    def it_is_refused_where_they_are_no_slip_of_the_hand(self, ending):
        far = {(LAST_ROW - row, LAST_COLUMN): "x" for row in range(51)}
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(FORMATS[ending]({**DENSE, **far}))

    @pytest.mark.parametrize("ending", FORMATS)
    def it_is_read_where_a_whole_column_far_away_has_a_look(self, ending):
        cells = {**DENSE, **{(row, LAST_COLUMN): LOOK for row in range(1, 4_000)}}
        book = read_raw(FORMATS[ending](cells))
        assert (book.far, values(book)) == ((), DENSE)

    def it_is_told_of_cells_that_repeat_one_by_the_first(self):
        content = read_package(as_ods({**DENSE, (LAST_ROW - 9, 3): "x"}))["content.xml"]
        twice = content.replace(b'<table:table-cell office:value-type="string">', b'<table:table-cell table:number-columns-repeated="20" office:value-type="string">')  # fmt: skip
        data = write_package({**read_package(as_ods(DENSE)), "content.xml": twice}.items())
        assert twice != content
        assert read_raw(data).far == (CellRef("Blad", LAST_ROW - 9, 3),)

    @pytest.mark.parametrize("said", ["rows", "columns"])
    def it_is_refused_where_too_many_repeat_one(self, said):
        content = read_package(as_ods({**DENSE, (900_000, 300): "x"}))["content.xml"]
        parts = {"columns": (b'<table:table-cell office:value-type="string"', b'<table:table-cell table:number-columns-repeated="2000" office:value-type="string"'),
                 "rows": (b"<table:table-row>", b'<table:table-row table:number-rows-repeated="100000">')}  # fmt: skip
        was, now = parts[said]
        head, found, tail = content.rpartition(was)
        data = write_package({**read_package(as_ods(DENSE)), "content.xml": head + now + tail}.items())  # fmt: skip
        assert found
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(data)

    def it_refuses_more_cells_than_any_return_has_in_records(self):
        part = worksheet(1, "Blad", dict.fromkeys(((1, n) for n in range(1, 5)), 1)).part
        row = part[part.index(b"\x05\x10") : part.rindex(b"\x92\x01")]
        many = part.replace(row, row * 260_000)
        data = binary_book([worksheet(1, "Blad", DENSE)._replace(part=many)])
        with pytest.raises(Unreadable, match="FIL-FARLIG"):
            read_raw(data)


class DescribeAnOdsWithoutTables:
    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00\xffencrypted", b"<office:text/>", b"<table:table", b"<a/>" * 400_000],
    )
    def it_has_none_and_no_extent(self, content):
        assert tables_in(content) == []
        assert list(extents_in(content)) == []

    def it_is_asked_for_its_password_where_it_has_one(self, look):
        found = look((ROOT / "tests/workbooks/losenord.ods").read_bytes(), "losenord.ods")
        assert said(found) == [("FIL-LOSENORD", None)]


class DescribeAReturnWithABlankFarAway:
    """The file of a county: nothing of it is lost, nothing is told, and little memory is asked for."""

    PLACES = ((LAST_ROW, 1), (LAST_ROW, LAST_COLUMN), (9, LAST_COLUMN), (200_000, 100))

    @pytest.mark.parametrize("place", PLACES)
    def it_is_read_in_records(self, small_workbook, look, place):
        sheets = sheets_of(small_workbook(CLEAN))
        book = openpyxl.load_workbook(io.BytesIO(small_workbook(CLEAN)))
        own = {at: cell.value for at, cell in book["Ekonomi"]._cells.items()}
        number = next(n for n, one in enumerate(sheets) if one.name == "Ekonomi")
        stray = worksheet(number + 1, "Ekonomi", {**own, place: " "})
        told = [*sheets[:number], stray, *sheets[number + 1 :]]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found, plain = (look(binary_book(one), "12.xlsb") for one in (told, sheets))
        assert said(found) == said(plain)
        assert found.submission.tables == plain.submission.tables
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("place", PLACES)
    def it_is_read_from_an_ods(self, small_workbook, look, convert, edited, place):
        def stray(book):
            book["Ekonomi"].cell(*place).value = " "

        clean = small_workbook(CLEAN)
        told, plain = (convert(one, "in.xlsx", "ods") for one in (edited(clean, stray), clean))
        assert re.search(rb"<text:p><text:s ?/></text:p>", read_package(told)["content.xml"])
        found, same = look(told, "12.ods"), look(plain, "12.ods")
        assert said(found) == said(same)
        assert found.submission.tables == same.submission.tables

    @pytest.mark.libreoffice
    @pytest.mark.parametrize(
        ("place", "value"), [((65_536, 256), " "), ((65_536, 1), "långt bort"), ((60_000, 40), 7)]
    )
    def it_is_read_from_an_xls(self, small_workbook, look, convert, edited, place, value):
        def stray(book):
            book["Ekonomi"].cell(*place).value = value
            book["Mål"].cell(30_000, 100).value = '="a"&"b"'

        clean = small_workbook(CLEAN)
        told, plain = (convert(one, "in.xlsx", XLS) for one in (edited(clean, stray), clean))
        before = read_raw(plain)
        found = read_raw(told)
        cells = [CellRef("Mål", 30_000, 100), CellRef("Ekonomi", *place)]
        assert list(found.far) == (cells if value != " " else cells[:1])
        assert [one.rows for one in found.sheets] == [one.rows for one in before.sheets]
        assert look(told, "12.xls").submission.tables == look(plain, "12.xls").submission.tables


XLS = "xls:MS Excel 97"


@pytest.mark.libreoffice
class DescribeTheSharedTextsOfAnXls:
    """Long ones go on in other records, in the middle of a text too."""

    def it_has_them_as_another_reader_does(self, convert):
        dice, book, target = random.Random(1), openpyxl.Workbook(), io.BytesIO()
        letters = "aåäö – Ωж  "
        written = {
            "".join(dice.choices(letters[: dice.choice([4, 11])], k=dice.randrange(1, 3_000)))
            for _ in range(120)
        }
        for row, one in enumerate(sorted(written), 1):
            book.active.cell(row, 1, one)
        book.active["B1"] = CellRichText("fet", TextBlock(InlineFont(b=True), "stil"))
        book.save(target)
        data = convert(target.getvalue(), "bok.xlsx", XLS)
        texts = shared_texts(records_of(open_compound(data).stream("Workbook")))
        values = [value for row in read_raw(data).sheets[0].rows for value in row if value]
        assert sorted(texts) == sorted(values)
        assert len(texts) > 100


class DescribeAGridThatRepeatsOneCell:
    """A file of one kB that says of one cell that it stands for a third of a thousand million."""

    GRID = (
        b'<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="%d" '
        b'table:formula="of:=1/0" calcext:value-type="error" office:value-type="time" office:time-value="PT48H">'
        b"<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    )

    @pytest.mark.parametrize(
        "times", [(20_000, 16_384), (1, 2**31), (2**31, 1), (1_048_576, 1_024)]
    )
    def it_is_refused_before_any_reader(self, times):
        tracemalloc.start()
        try:
            with pytest.raises(Unreadable, match="FIL-FARLIG"):
                read_raw(ods(self.GRID % times))
            assert tracemalloc.get_traced_memory()[1] < 2 << 20
        finally:
            tracemalloc.stop()

    @pytest.mark.parametrize("times", [(20_000, 250), (250, 16_384), (1, 16_384)])
    def it_is_seen_in_bounded_memory_where_it_is_read(self, times):
        content = read_package(ods(self.GRID % times))["content.xml"]
        content = content.replace(b"<office:document-content ", b'<office:document-content xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" ', 1)  # fmt: skip
        tracemalloc.start()
        try:
            seen = second_view({"content.xml": content}).cells["a"]
            assert (seen.errors[1, 1], seen.durations[1, 1]) == ("#DIV/0!", timedelta(days=2))
            assert len(seen.errors) <= 20_000
            assert tracemalloc.get_traced_memory()[1] < 40 << 20
        finally:
            tracemalloc.stop()
