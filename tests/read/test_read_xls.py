"""The second view of an xls: what is told of it is what is told of the same workbook as xlsx."""

from __future__ import annotations

import struct

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.packaging.relationship import Relationship
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from tests.conftest import CLEAN, ROOT, said
from tests.read.left import left_beside
from tests.sampled import sampled
from toolkit.annotate import mark_workbook
from toolkit.files.compound import Malformed, open_compound
from toolkit.files.zip import ending_of
from toolkit.read.formats.second_view import SecondView
from toolkit.read.formats.xls import second_view

NUMBER = "19121212-1212"  # a test number


@pytest.fixture(scope="module")
def as_xls(convert):
    return lambda data: convert(data, "in.xlsx", "xls:MS Excel 97")


@pytest.fixture(scope="module")
def clean(small_workbook):
    return small_workbook(CLEAN)


def error_values(book):
    book["Ekonomi"]["J6"], book["Ekonomi"]["P6"], book["Aktiviteter"]["K6"] = (
        "=1/0",
        "=NA()",
        "#REF!",
    )


def hidden(book):
    book["Mål"].sheet_state = "hidden"
    book["Indikatorer"].row_dimensions[6].hidden = True
    book["Mål"].column_dimensions["D"].hidden = True


def merged(book):
    book["Ekonomi"].merge_cells("O6:P6")


def written_over(book):
    book["Avstämning"]["I6"], book["Avstämning"]["M6"] = 5, "84 500"


def commented(book):
    book["Mål"]["E6"].comment = openpyxl.comments.Comment(f"Gäller {NUMBER}, ring", "Anna")


def titled(book):
    book.properties.title = f"Ärende {NUMBER}"


def named(book):
    book.defined_names["mitt_namn"] = DefinedName("mitt_namn", attr_text=f'"{NUMBER}"')


@pytest.mark.libreoffice
class DescribeWhatIsToldOfAnXls:
    @pytest.mark.parametrize(
        ("change", "codes"),
        sampled([(error_values, {"FALT-FELVARDE"}), (hidden, {"BLAD-DOLT", "RAD-DOLD", "KOL-DOLD"}), (merged, {"FALT-SAMMANSLAGEN"}),
         (written_over, {"FALT-FORMEL"}), (commented, {"PERSON-NUMMER"}), (titled, {"PERSON-NUMMER"}),
         (named, {"PERSON-NUMMER"})], 3),
        ids=lambda value: getattr(value, "__name__", ""),
    )  # fmt: skip
    def it_is_the_same_as_of_the_xlsx(self, clean, edited, look, convert, as_xls, change, codes):
        data = edited(clean, change)
        calculated = look(convert(data, "in.xlsx", "xlsx:Calc MS Excel 2007 XML"))
        found = look(as_xls(data))
        assert {code for code, _ in said(found)} == codes
        assert said(found) == said(calculated)
        assert [f.message for f in found.findings] == [f.message for f in calculated.findings]

    def it_names_the_files_that_it_has_links_to(self, clean, edited, look, as_xls):
        def change(book):
            link = ExternalLink(externalBook=ExternalBook(sheetNames=None, id="rId1"))
            target = "file:///G:/Ekonomi/Utfall%202020.xlsx"
            link.file_link = Relationship(
                type="externalLinkPath", Target=target, TargetMode="External", Id="rId1"
            )
            book._external_links.append(link)
            book["Ekonomi"]["K6"] = "=[1]Blad1!A1"

        found = look(as_xls(edited(clean, change)))
        assert "FIL-LANKAR" in {code for code, _ in said(found)}
        assert (
            "Utfall 2020.xlsx" in next(f for f in found.findings if f.code == "FIL-LANKAR").message
        )

    def it_counts_days_from_1904(self, clean, edited, look, as_xls):
        def change(book):
            book.epoch = CALENDAR_MAC_1904

        data = as_xls(edited(clean, change))
        assert second_view(data).epoch_1904
        assert said(look(data)) == []

    def it_tells_of_the_countys_notes_when_a_return_is_moved_to_another_year(
        self, year, clean, edited, look, as_xls
    ):
        def change(book):
            book["Mål"]["E6"].comment = openpyxl.comments.Comment("hör efter", "Anna")

        data = as_xls(edited(clean, change))
        left = left_beside(
            data, look(data).submission, year.spec, year.texts("mall"), year.texts("aterkoppling")
        )
        assert [(str(item.ref), item.value) for item in left if item.why == "kommentar"] == [
            ("Mål!E6", "hör efter")
        ]


class DescribeAFormulaThatWasNotWorkedOut:
    def it_is_told_when_a_text_formula_has_the_number_zero(self):
        view = second_view(xls_with(formula(b"\x17\x01\x00A\x1e\x01\x00\x08")))
        assert view.cells["Blad"].uncalculated == {(1, 1)}

    @pytest.mark.parametrize(("tokens", "told"), [
        (b"\x44\x00\x00\x00\x00\x1e\x02\x00\x41\x73\x00", True),  # LEFT(A1,2)
        (b"\x44\x00\x00\x00\x00", False),  # A1
        (b"\x1e\x00\x08", False),  # 2048: the byte is a token's own, not the sign of joined texts
    ])  # fmt: skip
    def it_is_told_only_when_the_result_cannot_be_a_number(self, tokens, told):
        assert bool(second_view(xls_with(formula(tokens))).cells["Blad"].uncalculated) == told

    def it_may_be_a_text_that_was_not_worked_out_where_it_can_be_a_number(self):
        view = second_view(xls_with(formula(b"\x44\x00\x00\x00\x00"))).cells["Blad"]
        assert (view.uncalculated, view.noughts) == (frozenset(), {(1, 1)})

    def it_is_told_when_the_program_left_it_to_the_next(self):
        view = second_view(xls_with(formula(b"\x1e\x01\x00", flags=2)))
        assert view.cells["Blad"].uncalculated == {(1, 1)}


class DescribeAFileOlderThanExcel97:
    def it_has_no_second_view_and_gets_the_sheet_alone(self, clean, look, year):
        old = container(b"\x09\x08\x08\x00\x00\x05\x05\x00" + bytes(5000), 3, "Book")
        assert second_view(old).cells == {}
        assert (
            ending_of(mark_workbook(old, look(clean).findings, year.texts("aterkoppling")))
            == ".xlsx"
        )


class DescribeAContainer:
    @pytest.mark.parametrize("version", [3, 4])
    def it_is_read_with_sectors_of_both_sizes(self, version):
        content = bytes(range(256)) * 2_800
        file = open_compound(container(content, version))
        assert [entry.name for entry in file.entries[:2]] == ["Root Entry", "Workbook"]
        assert file.stream("Workbook") == content

    def it_is_read_when_its_table_of_sectors_needs_a_table(self):
        content = bytes(range(256)) * 40_000  # ten megabytes: more than 109 sectors of the table
        assert open_compound(container(content, 3)).stream("Workbook") == content

    def it_finds_a_small_stream_among_the_small_by_whatever_capitals(self):
        assert open_compound(container(b"x" * 100, 3)).stream("workbook") == b"x" * 100

    def it_is_malformed_when_its_directory_leads_to_itself(self):
        data = bytearray(container(b"x" * 100, 3))
        directory, table = (
            struct.unpack_from("<I", data, 48)[0],
            struct.unpack_from("<I", data, 76)[0],
        )
        struct.pack_into("<I", data, 512 * (table + 1) + 4 * directory, directory)
        with pytest.raises(Malformed):
            open_compound(bytes(data))

    @pytest.mark.parametrize(
        "path", sorted((ROOT / "tests/workbooks").glob("*.xls")), ids=lambda path: path.name
    )
    def it_is_whole_or_malformed(self, path):
        try:
            file = open_compound(path.read_bytes())
        except Malformed:
            return
        assert all(len(file.streams[n]) == file.entries[n].size for n in file.streams)


class DescribeADamagedXls:
    @settings(max_examples=200, deadline=None)
    @given(data=st.data())
    def it_has_a_second_view_or_is_malformed(self, data):
        spoilt = bytearray(WHOLE[: data.draw(st.integers(600, len(WHOLE)))])
        for place in data.draw(st.lists(st.integers(0, len(spoilt) - 1), max_size=12)):
            spoilt[place] = data.draw(st.integers(0, 255))
        try:
            assert isinstance(second_view(bytes(spoilt)), SecondView)
        except Malformed:
            return


# ------------------------------------------------------------------------------------------------- files made by hand
def container(content, version, name="Workbook"):
    """A compound file with one stream: its sectors, the directory, then the tables ([MS-CFB] 2)."""
    size = {3: 512, 4: 4096}[version]
    small = len(content) < 4096
    held = content.ljust(-(-len(content) // 64) * 64, b"\0") if small else content
    sectors, chains = [], []

    def lay(data, fill=b"\0"):
        first, count = len(sectors), -(-len(data) // size)
        sectors.extend(data[at * size : (at + 1) * size].ljust(size, fill) for at in range(count))
        chains.extend([*range(first + 1, first + count), END] if count else [])
        return first

    first = lay(held)
    mini = lay(chain(len(held) // 64), b"\xff") if small else END
    root = entry("Root Entry", 5, 1, first if small else END, len(held) if small else 0)
    own = entry(name, 2, NONE, 0 if small else first, len(content))
    directory = lay(root + own)
    tables, more = tables_for(len(sectors), size)
    start = len(sectors)
    chains += [0xFFFFFFFD] * tables + [0xFFFFFFFC] * more
    whole = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * size, b"\xff")
    sectors += [whole[at : at + size] for at in range(0, len(whole), size)]
    numbers = [*range(start, start + tables)]
    sectors += further_tables(numbers[109:], start + tables, size)
    listed = (numbers[:109] + [NONE] * 109)[:109]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6xI", 0x3E, version, 0xFFFE, {512: 9, 4096: 12}[size], 6, 0)
    header += struct.pack("<8I", tables, directory, 0, 4096, mini, int(small),
                          start + tables if more else END, more)  # fmt: skip
    header += struct.pack("<109I", *listed)
    return header.ljust(size, b"\0") + b"".join(sectors)


END, NONE = 0xFFFFFFFE, 0xFFFFFFFF


def chain(count):
    """The table of the small sectors: one chain."""
    return struct.pack(f"<{count}I", *range(1, count), END)


def tables_for(used, size):
    """How many sectors the table of all sectors takes, its own among them, and the table of that."""
    each, tables, more = size // 4, 0, 0
    while tables * each < used + tables + more:
        tables += 1
        more = -(-max(0, tables - 109) // (each - 1))
    return tables, more


def further_tables(numbers, start, size):
    """The sectors that name those of the table which the header has no room for."""
    each = size // 4 - 1
    for place in range(0, len(numbers), each):
        own = numbers[place : place + each]
        after = start + place // each + 1 if numbers[place + each :] else END
        yield struct.pack(f"<{each + 1}I", *own, *[NONE] * (each - len(own)), after)


def entry(name, kind, child, start, size):
    coded = (name + "\0").encode("utf-16-le")
    return coded.ljust(64, b"\0") + struct.pack(
        "<HBB3I36xIQ", len(coded), kind, 1, NONE, NONE, child, start, size
    )


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def formula(tokens, flags=0):
    return record(6, struct.pack("<3H8xHIH", 0, 0, 0, flags, 0, len(tokens)) + tokens)


def xls_with(cells):
    """A workbook with one sheet that holds some records."""
    begin = record(0x809, struct.pack("<HH12x", 0x600, 0x10))
    own = record(0x809, struct.pack("<HH12x", 0x600, 5))
    start = len(own) + len(record(0x85, bytes(8) + b"Blad")) + 4
    own += record(0x85, struct.pack("<IBBBB", start, 0, 0, 4, 0) + b"Blad") + record(0x0A)
    return container(own + begin + cells + record(0x0A), 3)


WHOLE = xls_with(formula(b"\x17\x01\x00A\x1e\x01\x00\x08") + record(0x201, bytes(6)) * 600)
