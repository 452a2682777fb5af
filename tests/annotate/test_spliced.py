"""Marking by splicing says what marking by trees says, and leaves every other byte as it was."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import pytest
from lxml import etree

from tests.annotate.by_tree import mark_by_tree, parts_said
from tests.annotate.test_values_xlsx import workbook_with
from tests.conftest import ROOT
from tests.errors.make_gallery import cases
from tests.sampled import sampled
from toolkit.annotate.mark import _MALFORMED as MALFORMED
from toolkit.annotate.page import Supplement
from toolkit.annotate.xlsx import mark
from toolkit.files.zip import ending_of, read_package, write_package
from toolkit.findings.finding import Cure, Finding, Severity
from toolkit.words.cells import CellRef

EXAMPLE = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
GALLERY = [case for case in cases() if case.inputs_are_returns and "fails" not in case.recipe]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture
def by_tree(monkeypatch, texts):
    """Marks a file by trees."""
    return lambda data, findings, *more: mark_by_tree(monkeypatch, data, findings, texts, *more)


def finding(*refs, severity=Severity.ERROR):
    return Finding("FALT-TYP", severity, "Så står det: <&>.", "Rätta.", title="Fel", refs=refs)


def corrections(*cures):
    return Supplement(corrections=tuple(SimpleNamespace(cure=cure) for cure in cures))


class DescribeWhatSplicingSays:
    @pytest.mark.parametrize("path", sampled(EXAMPLE, 4), ids=lambda path: path.stem)
    def it_is_what_trees_say_of_the_example_year(self, path, example_returns, texts, by_tree):
        found = next(one for one in example_returns if one.file == path.name)
        data = path.read_bytes()
        marked = mark(data, found.findings, texts)
        assert parts_said(marked) == parts_said(by_tree(data, found.findings))
        assert mark(marked, found.findings, texts) == marked

    @pytest.mark.parametrize("case", sampled(GALLERY, 25), ids=lambda case: case.code)
    def it_is_what_trees_say_of_the_gallery(self, case, look, texts, by_tree):
        for data in case.inputs().values():
            if ending_of(data) in {".xlsx", ".xlsm"}:
                findings = look(data).findings
                marked = mark(data, findings, texts)
                assert parts_said(marked) == parts_said(by_tree(data, findings))
                assert mark(marked, findings, texts) == marked

    @pytest.mark.parametrize("seed", range(60))
    def it_is_what_trees_say_of_odd_sheets(self, seed, texts, by_tree):
        chance = random.Random(seed)
        data = odd_workbook(chance)
        findings = [finding(*places(chance)), finding(*places(chance), severity=Severity.QUERY)]
        more = corrections(*cures(chance)) if has_cells(data) else None
        order = (findings, texts, more or Supplement())
        marked = mark(data, *order)
        assert parts_said(marked) == parts_said(by_tree(data, findings, order[2]))
        assert mark(marked, findings, texts) == marked


class DescribeADamagedPart:
    @pytest.mark.parametrize("seed", range(60))
    def it_ends_as_any_damage_does_or_says_what_trees_say(self, seed, texts, by_tree):
        chance = random.Random(3000 + seed)
        package = read_package(odd_workbook(chance))
        for _ in range(2):
            name = chance.choice([SHEET, SHEET, SHEET, "xl/styles.xml", "xl/workbook.xml"])
            package[name] = harmed(chance, package[name])
        data, findings = write_package(package.items()), [finding(*places(chance))]
        try:
            marked = mark(data, findings, texts)
        except MALFORMED:
            return
        try:
            expected = by_tree(data, findings)
        except etree.XMLSyntaxError as error:
            assert "is not a valid URI" in str(error)  # of a namespace: Expat does not ask
            return
        assert parts_said(marked) == parts_said(expected)


class DescribeTheOtherBytes:
    @pytest.mark.parametrize("seed", range(30))
    def it_leaves_them_as_they_were(self, seed, texts):
        """What is marked, and loses its marks again, is the sheet that it was."""
        chance = random.Random(1000 + seed)
        data = odd_workbook(chance)
        marked = mark(data, [finding(*places(chance))], texts)
        assert read_package(marked)[SHEET] != read_package(data)[SHEET]
        assert read_package(mark(marked, [], texts))[SHEET] == read_package(data)[SHEET]

    @pytest.mark.parametrize("seed", range(30))
    def it_changes_nothing_but_the_rows_that_are_written_in(self, seed, texts):
        chance = random.Random(2000 + seed)
        rows = [
            f'<row r="{n}" spans=\'1:9\'><c  r="B{n}"><v>{n}</v></c ></row >'
            for n in range(2, 30, 2)
        ]
        data = in_sheet(
            f"<x:sheetData>{''.join(rows)}</x:sheetData>".replace("<x:", "<").replace("</x:", "</")
        )
        written = chance.sample(range(1, 33), 5)
        given = [Cure(CellRef("Ekonomi", row, 3), Decimal(row)) for row in written]
        part = read_package(mark(data, [], texts, corrections(*given)))[SHEET].decode()
        kept = [row for n, row in zip(range(2, 30, 2), rows, strict=True) if n not in written]
        assert [row for row in rows if row in part] == kept
        numbers = list(map(int, re.findall(r'<row r="(\d+)"', part)))
        assert numbers == sorted({*range(2, 30, 2), *written})

    def it_reads_no_cell_of_a_sheet_that_is_only_marked(self, texts, monkeypatch):
        monkeypatch.setattr("toolkit.annotate.markup.scan.unfold", None)
        monkeypatch.setattr("toolkit.annotate.xlsx.rows.shallow", None)
        data = in_sheet("<sheetData><row><c><v>1</v></c></row></sheetData>")
        assert (
            b"conditionalFormatting"
            in read_package(mark(data, [finding(CellRef("Ekonomi", 1, 1))], texts))[SHEET]
        )


class DescribeASheetInAnotherEncoding:
    def it_is_marked_in_utf_8(self, texts):
        package = read_package(in_sheet("<sheetData/>"))
        types = package["[Content_Types].xml"].decode()
        package["[Content_Types].xml"] = re.sub(r"<\?xml.*?\?>", "", types).encode("utf-16")
        marked = mark(write_package(package.items()), [finding(CellRef("Ekonomi", 1, 1))], texts)
        assert "/xl/comments1.xml" in str(parts_said(marked)["[Content_Types].xml"])


class DescribeALargeSheet:
    def it_is_marked_in_memory_for_its_bytes_alone(self, texts):
        import tracemalloc

        rows = "".join(
            f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>'
            for n in range(1, 40001)
        )
        data = in_sheet(f"<sheetData>{rows}</sheetData>")
        tracemalloc.start()
        mark(data, [finding(CellRef("Ekonomi", 7, 1))], texts)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 5 * len(rows)


def harmed(chance, part):
    """A part with something put in, taken out or doubled."""
    at, other, length = (
        chance.randrange(len(part)),
        chance.randrange(len(part)),
        chance.randint(1, 30),
    )
    put = [b"<", b'"', b"&", b"&#xE5;", b"<!--x-->", b"<![CDATA[<row>]]>", b"<?a b?>", b"<row/>", b"</c>",
           b' r="2"', b' xmlns="u"', b"\xff", b"\x00", b"x:", b" ", b"\n", part[other : other + length]]  # fmt: skip
    end = chance.choice([at, at, at + length])
    return part[:at] + chance.choice(put) + part[end:]


def in_sheet(inner, head=f'<worksheet xmlns="{MAIN}">', foot="</worksheet>"):
    package = read_package(workbook_with(""))
    package[SHEET] = f"{head}{inner}{foot}".encode()
    return write_package(package.items())


def has_cells(data):
    return re.search(rb"<(x:)?sheetData[ \n]", read_package(data)[SHEET]) is not None


def places(chance):
    return tuple(
        sorted({CellRef("Ekonomi", chance.randint(1, 12), chance.randint(1, 6)) for _ in range(4)})
    )


def cures(chance):
    cells = chance.sample(list(product(range(1, 14), range(1, 7))), 5)
    said = ["text", " <&>\"' ]]>\n å", Decimal("12.50"), Decimal(-3)]
    return [Cure(CellRef("Ekonomi", row, column), chance.choice(said)) for row, column in cells]


def odd_workbook(chance):
    """A workbook whose sheet is written as no program of ours writes it, but well."""
    p = chance.choice(["", "", "x:"])
    declared = f'xmlns:x="{MAIN}"' if p else f'xmlns="{MAIN}"'
    more = chance.choice(
        [
            "",
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="q" xmlns:q="u:q"',
        ]
    )
    head = (
        f"{chance.choice(['', '<!-- <worksheet> -->', chr(0xFEFF)])}<{p}worksheet {declared}{more}>"
    )
    parts = [
        f"<{p}sheetViews><{p}sheetView workbookViewId='0'/></{p}sheetViews>",
        chance.choice(GAPS),
    ]
    if chance.random() < 0.9:
        parts += [sheet_data(chance, p)]
    parts += [chance.choice(GAPS), after_cells(chance, p)]
    return in_sheet(
        "".join(parts),
        head,
        f"</{p}worksheet{chance.choice(['', ' '])}>{chance.choice(['', '<!-- > -->'])}",
    )


GAPS = ["", "\n  ", "<!-- <sheetData> </x:sheetData> -->", "<?pi <row> ?>"]


def sheet_data(chance, p):
    if chance.random() < 0.1:
        return f"<{p}sheetData />"
    rows, number = [], 0
    for _ in range(chance.randint(0, 9)):
        number += chance.randint(1, 2)
        rows += [row(chance, p, number), chance.choice(GAPS)]
    return f"<{p}sheetData\n>{''.join(rows)}</{p}sheetData\n>"


def row(chance, p, number):
    """A row that says its number, or one that follows the one before it: those count on."""
    said = f""" r={chance.choice(['"%d"', "'%d'"]) % number}"""
    if chance.random() < 0.15:
        return f"<{p}row{said} />"
    cells, column = [], 0
    for _ in range(chance.randint(0, 5)):
        step = chance.randint(1, 2)
        column += step
        named = step > 1 or chance.random() < 0.6
        place = f' r="{"ABCDEFGHIJKL"[column - 1]}{number}"' if named else ""
        cells += [cell(chance, p, place, number), chance.choice(GAPS)]
    return f"<{p}row{said}>{''.join(cells)}</{p}row>"


def cell(chance, p, place, number):
    return chance.choice(
        [
            f"<{p}c{place} s='0'/>",
            f"<{p}c{place}><{p}v>{number}</{p}v></{p}c>",
            f'<{p}c{place} t="inlineStr"><{p}is><{p}t><![CDATA[</row><c>]]> &amp; &#229;</{p}t></{p}is></{p}c>',
            f'<{p}c{place}><{p}f t="shared" ref="A1:J20" si="0">K20+$B$2</{p}f><{p}v>3</{p}v></{p}c>',
            f"<{p}c{place}><{p}f t='shared' si='0'/><{p}v>3</{p}v></{p}c>",
            f"<{p}c{place} cm='1' vm='1'><{p}f>SUM(A1:A2)</{p}f><{p}v/><{p}extLst><{p}ext uri='a>b'><q:row xmlns:q='{MAIN}'/></{p}ext></{p}extLst></{p}c>",
        ]
    )


def after_cells(chance, p):
    rule = f"<{p}cfRule type='expression' priority='{chance.randint(1, 5)}'><{p}formula>A1&gt;1</{p}formula></{p}cfRule>"
    either = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return "".join(
        part for part in [
            f"<{p}mergeCells count='1'><{p}mergeCell ref='A1:B2'/></{p}mergeCells>",
            f"<{p}conditionalFormatting sqref='A1:C9'>{rule}</{p}conditionalFormatting>",
            "<!-- här -->",
            f"<{p}dataValidations count='1'><{p}dataValidation sqref='A1'><{p}formula1>\"å\"</{p}formula1></{p}dataValidation></{p}dataValidations>",
            f"<{p}pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/>",
            f"<m:AlternateContent xmlns:m='{either}'><m:Choice Requires='q' xmlns:q='u:q'><{p}controls/></m:Choice></m:AlternateContent>",
            f"<{p}extLst><{p}ext uri='u'/></{p}extLst>",
        ] if chance.random() < 0.5
    )  # fmt: skip
