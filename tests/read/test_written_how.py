"""Formulas that a county has typed in, values from another workbook, what is struck out: the files are as
programs save them, with stored results beside the formulas."""

from __future__ import annotations

import struct
from copy import deepcopy
from decimal import Decimal

import pytest
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook

from tests.conftest import CLEAN
from tests.errors.make_gallery import stored
from toolkit.files.biff8 import Biff8Record
from toolkit.files.biff12 import Biff12Record, write_record
from toolkit.read.formats import xls_strikes, xlsb_units
from toolkit.read.formats.shape import XmlShape
from toolkit.read.formats.written import formulas_in, struck_formats
from toolkit.read.joined import joined_text
from toolkit.read.reckoned import NOT_KNOWN, referred_to, result_of

CELLS = {(1, 1): 2.0, (2, 1): 3, (3, 1): "", (4, 1): "text", (1, 2): 0.5, (2, 2): True}
LOOKED_AT = {"RAD-STRUKEN", "FALT-FORMELVARDE", "FALT-ANNAN-BOK"}


def at(row, column):
    return CELLS.get((row, column))


def looking_at(cells):
    return lambda row, column: cells.get((row, column))


SHEETS = {
    "Blad2": looking_at({(2, 2): 1.5, (9, 1): NOT_KNOWN}),
    "Mitt blad": looking_at({(1, 1): 7}),
}


class DescribeWhatAFormulaGives:
    @pytest.mark.parametrize(
        ("formula", "given"),
        [
            ("500000+1", "500001"), ("-2+3*4", "10"), ("(1+2)*3", "9"), ("10/4", "2.5"), ("2-3-4", "-5"), ("8/2/2", "2"),
            ("50%", "0.5"), ("--3", "3"), ("1.5E3+1", "1501"), ("A1*2", "4"), ("$A$1+A$2", "5"), ("A3+1", "1"),
            ("SUM(A1:A4)", "5"), ("SUM(A1,A2,10)", "15"), ("PRODUCT(A1:A2)", "6"), ("SUM(A1:A2)*B1", "2.5"),
            (" 1 + 2 ", "3"), ("of:=[.A1]*3", "6"), ("of:=SUM([.A1:.A2];4)", "9"), ("SUM(Z1:Z9)", "0"),
            ("2^3", "8"), ("-2^2", "4"), ("2^3^2", "64"), ("ROUND(2.5,0)", "3"), ("ROUND(-2.5,0)", "-3"), ("ROUND(125,-1)", "130"),
            ("AVERAGE(A1:A2)", "2.5"), ("MIN(A1:A2,1)", "1"), ("MAX(A1:A4)", "3"), ("ABS(0-A1)", "2"), ("ROUND(SUM(A1:A2)/3,2)", "1.67"),
            ("Blad2!B2+1", "2.5"), ("'Mitt blad'!A1*2", "14"), ("SUM('Mitt blad'!A1:A2)", "7"), ("SUM(A1,Blad2!B2)", "3.5"),
        ],
    )  # fmt: skip
    def it_reckons_numbers_and_cells(self, formula, given):
        assert result_of(formula, at, SHEETS.get) == Decimal(given)

    @pytest.mark.parametrize(
        "formula",
        [
            "IF(A1>1,2,3)", "A4+1", "B2+1", "Blad3!A1+1", "'Vårt blad'!A1", "[1]Blad!A1", "'[1]Mitt blad'!A1", "1/0", "A1:A2",
            "SUM(A1", "1+", "", "Pris*2", '"a"', "#REF!+1", "A1 A2", "SUM(A1:XFD1048576)", "1+" * 300 + "1",
            "Tabell1[Utfall]", "ROUND(A1)", "ROUND(1,99)", "ABS(1,2)", "AVERAGE(Z1:Z9)", "9^9^9^9", "0^(0-1)", "(0-8)^0.5",
            "Blad2!A9+1", "SUM(Blad2!A8:A9)", "MEDIAN(A1:A2)",
        ],
    )  # fmt: skip
    def it_says_nothing_of_others(self, formula):
        assert result_of(formula, at, SHEETS.get) is None


class DescribeAReference:
    @pytest.mark.parametrize(
        ("formula", "stands"),
        [("A4", "text"), ("=+$A$4", "text"), ("of:=[.A4]", "text"), ("'Mitt blad'!A1", 7), ("A1+1", None), ("Borta!A1", None)],
    )  # fmt: skip
    def it_gives_what_stands_there(self, formula, stands):
        assert referred_to(formula, at, SHEETS.get) == stands


class DescribeTheFormulasOfASheet:
    def it_finds_those_of_the_columns_asked_for(self):
        part = (
            b'<c r="A1"><f>1+1</f><v>2</v></c><c r="K7" s="4"><f>5&amp;"&lt;"</f><v>5</v></c><c r="L7"/>'
            b'<c r="K8"><f t="shared" ref="K8:K9" si="3">[1]Blad!A1</f><v>1</v></c>'
            b'<c r="K9"><f t="shared" si="3"/><v>2</v></c><c r="K10"><f t="shared" si="4"/><v>2</v></c>'
        )
        assert formulas_in(part, {11}) == {
            (7, 11): '5&"<"', (8, 11): "[1]Blad!A1", (9, 11): "[1]Blad!A1"
        }  # fmt: skip
        assert formulas_in(part, set()) == {}

    def it_knows_the_formats_that_strike_out(self):
        styles = (
            b'<fonts count="3"><font/><font><b/><strike/></font><font><strike val="0"/></font></fonts>'
            b'<cellXfs><xf fontId="0"/><xf numFmtId="0" fontId="1"/><xf fontId="2"/></cellXfs>'
        )
        assert struck_formats(styles) == {b"1"}
        assert struck_formats(b"<fonts><font/></fonts>") == frozenset()


def put(book, **cells):
    for name, formula in cells.items():
        book["Ekonomi"][name].value = formula


def link_to(target):
    """A link to another workbook, as a package holds it."""
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(
        type="externalLinkPath", Target=target, TargetMode="External", Id="rId1"
    )
    return link


def strike(book, row, columns):
    for cell in book["Ekonomi"][row]:
        if cell.column_letter in columns:
            cell.font = Font(strike=True)


@pytest.fixture(scope="module")
def clean(small_workbook):
    return small_workbook(deepcopy(CLEAN))


def said(found):
    return [(one.code, one.cell) for one in found.findings if one.code in LOOKED_AT]


class DescribeAFile:
    @pytest.mark.parametrize(
        ("formula", "result", "told"),
        [
            ("=80000+4500.5", 84500.5, []), ("=80000+4501", 84500.5, ["FALT-FORMELVARDE"]),
            ("=J6*1", 84500.504, []), ("=SUM(J6:J6)-1", 84500.5, ["FALT-FORMELVARDE"]), ("=IF(J6>0,1,2)", 84500.5, []),
            ("=Avstämning!C22", 84500.5, []), ("='Avstämning'!C22*2", 84500.5, ["FALT-FORMELVARDE"]),
            ("=[1]Blad1!$A$1", 84500.5, ["FALT-ANNAN-BOK"]), ("=[2]Bok!A1+1", 84500.5, ["FALT-ANNAN-BOK"]),
        ],
    )  # fmt: skip
    def it_is_asked_about_a_result_that_its_formula_does_not_give(
        self, clean, edited, look, formula, result, told
    ):
        data = edited(clean, lambda book: put(book, J6=84500.5, K6=formula))
        found = look(stored(data, {"Ekonomi!K6": result}))
        assert said(found) == [(code, "K6") for code in told]

    def it_tells_of_other_workbooks_once(self, clean, edited, look):
        """In the cells that take values from them, with the files' names."""

        def change(book):
            put(book, J6="=[1]Blad1!$A$1", K6="=[1]Blad1!$A$2")
            book["Indikatorer"]["J6"] = "=[1]Blad1!$A$3"
            book._external_links.append(link_to("file:///G:/Ekonomi/Utfall%202020.xlsx"))

        results = {"Ekonomi!J6": 90000, "Ekonomi!K6": 84500.5, "Indikatorer!J6": 84}
        (told,) = look(stored(edited(clean, change), results)).findings
        assert (told.code, [str(ref) for ref in told.refs]) == (
            "FALT-ANNAN-BOK", ["Ekonomi!J6", "Ekonomi!K6", "Indikatorer!J6"],
        )  # fmt: skip
        assert told.message == (
            "Värde (J6) hämtas med en formel ur en annan arbetsbok (Utfall 2020.xlsx), som vi inte har. Vi har läst det "
            "värde som var sparat. Så är det också i Budget (Ekonomi J6) och Utfall (Ekonomi K6)."
        )

    def it_is_asked_about_a_code_that_is_not_the_one_it_refers_to(self, clean, edited, look):
        data = edited(clean, lambda book: put(book, C6="=Aktiviteter!V6"))
        stale = look(stored(data, {"Ekonomi!C6": "VN – Våld i nära relationer"}))
        right = look(stored(data, {"Ekonomi!C6": "PM – Prostitution och människohandel"}))
        assert (said(stale), said(right)) == ([("FALT-FORMELVARDE", "C6")], [])
        assert "=Aktiviteter!V6 ger PM – Prostitution" in stale.findings[0].message

    def it_says_nothing_of_what_was_never_worked_out(self, clean, edited, look):
        data = edited(clean, lambda book: put(book, K6="=Avstämning!D22*1"))
        assert said(look(stored(data, {"Ekonomi!K6": 84500.5}))) == []

    def it_says_what_stands_there_and_what_the_formula_gives(self, clean, edited, look):
        data = edited(clean, lambda book: put(book, K6="=500000+1"))
        (told,) = look(stored(data, {"Ekonomi!K6": 84500.5})).findings
        assert told.message.replace("\xa0", " ") == (
            "I Utfall (K6) är det sparade värdet ett annat än formeln ger. I K6 står 84 500,50, men =500000+1 ger "
            "500 001. Vi har läst det sparade värdet."
        )

    @pytest.mark.parametrize(
        ("columns", "told"),
        [("BCDEFGHIJKLMN", ["RAD-STRUKEN"]), ("K", ["RAD-STRUKEN"]), ("", []), ("P", [])],
    )
    def it_is_asked_about_what_is_struck_out(self, clean, edited, look, columns, told):
        found = look(edited(clean, lambda book: strike(book, 6, columns)))
        assert [code for code, _ in said(found)] == told
        assert all(one.severity.name == "QUERY" for one in found.findings)

    def it_is_silent_about_empty_cells_that_are_struck_out(self, clean, edited, look):
        assert said(look(edited(clean, lambda book: strike(book, 9, "BCDEFGHIJK")))) == []


class DescribeASecondView:
    def it_holds_what_an_ods_strikes_out_and_reckons(self):
        from toolkit.read.formats.ods import second_view

        names = {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        }
        spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
        style = (
            '<style:style style:name="{}" style:family="table-cell"><style:text-properties '
            'style:text-line-through-style="{}"/></style:style>'
        )
        cell = '<table:table-cell table:style-name="{}" office:value-type="float" office:value="3" {}><text:p>3</text:p></table:table-cell>'
        content = (
            f"<office:document-content {spaces}><office:automatic-styles>{style.format('s', 'solid')}"
            f"{style.format('n', 'none')}</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="Ekonomi"><table:table-row>{cell.format("s", "")}'
            f"{cell.format('n', 'table:formula=&quot;of:=1+1&quot;'.replace('&quot;', chr(34)))}"
            "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
        )
        shape = second_view({"content.xml": content.encode()}).looks.of("Ekonomi")
        assert (shape.struck, shape.typed_formulas({2})) == ({(1, 1)}, {(1, 2): "of:=1+1"})

    @pytest.mark.parametrize(
        ("columns", "row", "cell", "struck"),
        [
            ("s", "", "", {(1, 2), (2, 2)}),
            ("", "s", "", {(1, 1), (1, 2)}),
            ("s", "n", "", {(2, 2)}),
            ("s", "", "n", set()),
            ("based", "", "", {(1, 2), (2, 2)}),
            ("based_not", "", "", set()),
            ("itself", "", "", set()),
            ("", "named", "", {(1, 1), (1, 2)}),
        ],
    )
    def it_sees_in_an_ods_a_column_or_a_row_that_is_struck_out_as_a_whole(
        self, columns, row, cell, struck
    ):
        from toolkit.read.formats.ods import second_view

        line = "<style:text-properties style:text-line-through-style='{}'/>"
        styles = [
            ("s", "", line.format("solid")), ("n", "", line.format("none")), ("based", "named", ""),
            ("based_not", "named", line.format("none")), ("itself", "itself", ""),
        ]  # fmt: skip
        styled = f" table:style-name='{cell}'" if cell else ""
        cells = (
            f"<table:table-cell office:value-type='float' office:value='3'{styled}><text:p>3</text:p></table:table-cell>"
            * 2
        )
        defaults = [
            f" table:default-cell-style-name='{one}'" if one else "" for one in (columns, row)
        ]
        rows = f"<table:table-row{defaults[1]}>{cells}</table:table-row><table:table-row>{cells}<table:table-cell/></table:table-row>"
        body = f"<table:table table:name='A'><table:table-column/><table:table-column{defaults[0]}/>{rows}</table:table>"
        shape = second_view({
            "content.xml": _ods(_styles(styles, "automatic-styles")
                                + f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"),
            "styles.xml": _ods(_styles([("named", "", line.format("solid"))], "styles")),
        }).looks.of("A")  # fmt: skip
        assert shape.struck == struck


def _ods(inside: str) -> bytes:
    names = ("office", "table", "style", "text")
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names
    )
    return f"<office:document {spaces}>{inside}</office:document>".encode()


def _styles(styles: list[tuple[str, str, str]], place: str) -> str:
    made = (
        f"<style:style style:name='{name}' style:family='table-cell' style:parent-style-name='{above}'>{said}</style:style>"
        for name, above, said in styles
    )
    return f"<office:{place}>{''.join(made)}</office:{place}>"


@pytest.mark.libreoffice
class DescribeWhatIsStruckOutInOtherFormats:
    @pytest.mark.parametrize("ending", ["xls", "ods"])
    def it_is_asked_about_as_in_xlsx(self, clean, edited, convert, look, ending):
        data = edited(clean, lambda book: strike(book, 6, "CDEK"))
        assert said(look(data)) == [("RAD-STRUKEN", "K6")]
        found = look(convert(data, "a.xlsx", ending))
        assert [one for one in said(found) if one[0] == "RAD-STRUKEN"] == [("RAD-STRUKEN", "K6")]


class DescribeWhatIsStruckOutInRecords:
    def it_is_seen_in_an_xls_by_the_font_of_the_cells_format(self):
        fonts = [Biff8Record(0x31, bytes((0, 0, flags, 0))) for flags in (0, 0, 0, 0, 8, 2)]
        # The fifth font has the number 5: no font has the number 4.
        looks = [Biff8Record(0xE0, struct.pack("<H", font)) for font in (0, 5, 6)]
        struck = xls_strikes.struck_formats([*fonts, *looks])
        cells = [
            Biff8Record(0xFD, struct.pack("<HHHI", 0, 0, 1, 7)),
            Biff8Record(0xFD, struct.pack("<HHHI", 0, 1, 2, 7)),
            Biff8Record(0x27E, struct.pack("<HHHI", 4, 2, 1, 7)),
            Biff8Record(0x201, struct.pack("<HHH", 5, 2, 1)),
        ]
        assert struck == {1}
        assert xls_strikes.struck_cells(cells, struck) == {(1, 1), (5, 3)}
        assert xls_strikes.struck_cells(cells, frozenset()) == frozenset()

    def it_is_seen_in_an_xlsb_by_the_font_of_the_cells_format(self):
        fonts = [(43, struct.pack("<HH", 220, flags)) for flags in (0, 8)]
        looks = [(47, struct.pack("<HHH", 0, 0, font)) for font in (1, 0, 1)]
        # Formats before the first mark are those of named styles, which no cell names.
        records = [*fonts, looks[0], (617, b""), *looks[1:], (618, b"")]
        styles = b"".join(write_record(Biff12Record(*one)) for one in records)
        assert xlsb_units.struck_formats(styles) == {1}
        assert xlsb_units.struck_formats(styles[:-3]) == {1}
        assert xlsb_units.struck_formats(write_record(Biff12Record(43, b""))) == frozenset()
        long, short = struct.pack("<II", 9, 1 | 1 << 24), struct.pack("<I", 1)
        assert [xlsb_units.look_of_cell(2, long), xlsb_units.look_of_cell(13, short)] == [1, 1]


class DescribeAJoinedText:
    @pytest.mark.parametrize(
        ("formula", "given"),
        [
            ('A4&" är klar"', "text är klar"), ('="A"&" "&6', "A 6"), ("A4&A4", "texttext"), ("A4 & A3", "text"), ('"a""b"&A2', 'a"b3'),
            ('CONCATENATE("A"," ","6")', "A 6"), ("_xlfn.CONCAT(A4,A2)", "text3"), ('of:=[.A4]&"; x"', "text; x"),
            ('of:=CONCATENATE([.A4];", ";[.A2])', "text, 3"), ("$A$4&'Mitt blad'!A1", "text7"), ('"bara"', "bara"),
        ],
    )  # fmt: skip
    def it_joins_texts_whole_numbers_and_cells(self, formula, given):
        assert joined_text(formula, at, SHEETS.get) == given

    @pytest.mark.parametrize(
        "formula",
        ["A4&B1", "A4&B2", 'TEXT(A1,"0")&A4', "A4+1", "A4&A1:A2", "of:=[.A4]&[.A1:.A2]", "Borta!A1&A4", "Blad2!A9&A4", "A4&", '"a', "", "A4&1.5", 'A4&"x"&' * 200],
    )  # fmt: skip
    def it_says_nothing_of_others(self, formula):
        assert joined_text(formula, at, SHEETS.get) is None

    def it_is_asked_of_where_another_is_stored(self, clean, edited, look):
        data = edited(clean, lambda book: put(book, P6='=B6&" förklaras"'))
        stale = look(stored(data, {"Ekonomi!P6": "E 1 förklaras"}))
        right = look(stored(data, {"Ekonomi!P6": "E1 förklaras"}))
        assert (said(stale), said(right)) == ([("FALT-FORMELVARDE", "P6")], [])
        (told,) = stale.findings
        assert "men =B6&” förklaras” ger" in told.message.replace('"', "”")


class DescribeABlockThatOneFormulaFills:
    @pytest.mark.parametrize(
        ("tag", "blocks"),
        [
            (b'<f t="array" ref="N14:O15">1</f>', [(14, 14, 15, 15)]),
            (b'<x:f ca="1" ref="N14:N15" t="array">1</x:f>', [(14, 14, 15, 14)]),
            (b'<f t="dataTable" ref="B2:B9" r1="A1"/>', [(2, 2, 9, 2)]),
            (b'<f t="array" ref="N14">1</f>', []),
            (b'<f t="array" ref="N14:N14">1</f>', []),
            (b'<f t="shared" ref="N14:N15" si="0">1</f>', []),
        ],
    )
    def it_is_seen_with_its_first_and_last_cell(self, tag, blocks):
        found = XmlShape(b'<c r="N14">' + tag + b"</c>").arrays
        assert [(one.top, one.left, one.bottom, one.right) for one in found] == blocks
