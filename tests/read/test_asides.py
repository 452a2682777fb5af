"""Personal numbers outside the tables are found where they hide, and never repeated."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from tests.conftest import said
from toolkit.analysis.merge import merge
from toolkit.annotate import mark_in_place, mark_workbook
from toolkit.cli.commands import app
from toolkit.files.zip import read_package, write_package
from toolkit.findings.feedback import write_letter
from toolkit.findings.finding import blocked_tables
from toolkit.words.names import told_name
from toolkit.year.layout import lay_out

STRICT, LOOSE = "19811228-9874", "8112289874"


def comment(book, number):
    book["Mål"]["E6"].comment = Comment(f"Gäller {number} i Malmö.", "Anna")


def title(book, number):
    book.properties.title = f"Ärende {number}"


def name(book, number):
    book.defined_names["Arende"] = DefinedName("Arende", attr_text=f'"{number}"')


def hidden_sheet(book, number):
    sheet = book.create_sheet("Underlag")
    sheet["B3"] = f"Samtal med {number}"
    sheet.sheet_state = "veryHidden"


def extra_column(book, number):
    book["Ekonomi"]["T6"] = f"Ersättning till {number}"


def above_the_table(book, number):
    book["Mål"]["G2"] = number


def number_as_number(book, number):
    book.create_sheet("Lista")["A1"] = int(number.replace("-", ""))


def author(book, number):
    book["Mål"]["E7"].comment = Comment("Se ovan.", f"Anna {number}")


def header(book, number):
    book["Mål"].oddHeader.right.text = f"Ärende {number}"


def footer(book, number):
    book["Ekonomi"].evenFooter.left.text = number
    book["Ekonomi"].evenFooter.left.size = 8


def validation(book, number):
    rule = DataValidation(
        type="whole", operator="between", formula1="0", formula2="9", showInputMessage=True
    )
    rule.prompt = f"Gäller {number}"
    book["Mål"].add_data_validation(rule)
    rule.add("AZ3")


def choices(book, number):
    rule = DataValidation(type="list", formula1=f'"ja,{number},nej"')
    book["Ekonomi"].add_data_validation(rule)
    rule.add("AZ3")


def link(book, number):
    book["Mål"]["A1"].hyperlink = f"https://exempel.se/akt?id={number}"
    book["Mål"]["A1"].value = None


def tooltip(book, number):
    book["Ekonomi"]["A1"].hyperlink = Hyperlink(ref="A1", location="'Mål'!A1", tooltip=number)


def number_format(book, number):
    book["Ekonomi"]["AZ1"].number_format = f'0" {number}"'


def condition(book, number):
    rule = FormulaRule(formula=[f'A1="{number}"'], font=Font(bold=True))
    book["Mål"].conditional_formatting.add("A1:A9", rule)


def formula(book, number):
    book.create_sheet("Lista")["A1"] = f'="{number}"'


PLACES = [
    (author, "Mål!E7", "en kommentar till cellen", "mal"),
    (header, None, "ett sidhuvud eller en sidfot på blad 4", None),
    (footer, None, "ett sidhuvud eller en sidfot på blad 7", None),
    (validation, None, "en regel för vad en cell får innehålla (Data, Dataverifiering) på blad 4", None),
    (choices, None, "en regel för vad en cell får innehålla (Data, Dataverifiering) på blad 7", None),
    (link, None, "en länk på blad 4", None),
    (tooltip, None, "en länk på blad 7", None),
    (number_format, None, "ett talformat", None),
    (condition, None, "en regel för villkorsstyrd formatering på blad 4", None),
    (formula, None, "en formel som inte har räknats ut på blad 12", None),
    (comment, "Mål!E6", "en kommentar till cellen", "mal"),
    (title, None, "filens egenskaper (Arkiv, Info)", None),
    (name, None, "ett definierat namn (Formler, Namnhanteraren)", None),
    (hidden_sheet, "Underlag!B3", "text på ett blad som inte läses in", None),
    (extra_column, "Ekonomi!T6", "text utanför tabellernas kolumner", "ekonomi"),
    (above_the_table, "Mål!G2", "text utanför tabellernas kolumner", "mal"),
    (number_as_number, "Lista!A1", "text på ett blad som inte läses in", None),
]  # fmt: skip


NO_CELLS = ["B0", "XFD99999999", "XFD1048577", "XFE1", "ZZZ9999999", "B\u0666", "", "hej", "A1:B2", "$B$6", "ZZZZZZZ6",
            "R6C2", "B-1", "6", "B6 B7"]  # fmt: skip


class DescribePersonalNumbersElsewhere:
    @pytest.mark.parametrize(
        ("put", "cell", "place", "table"), PLACES, ids=lambda part: getattr(part, "__name__", "")
    )
    def it_is_an_error_that_names_only_the_place(
        self, rows, workbook, look, edited, put, cell, place, table
    ):
        found = look(edited(workbook(rows), lambda book: put(book, STRICT)))
        assert said(found) == [("PERSON-NUMMER", cell)]
        assert (
            found.findings[0].message == f"I {place} står ett personnummer eller samordningsnummer."
        )
        assert blocked_tables(found.findings) == {table}

    @pytest.mark.parametrize(("put", "cell"), [(put, cell) for put, cell, *_ in PLACES])
    def it_is_a_question_when_it_may_be_something_else(
        self, rows, workbook, look, edited, put, cell
    ):
        found = look(edited(workbook(rows), lambda book: put(book, LOOSE)))
        assert said(found) == [("PERSON-MISSTANKE", cell)]

    def it_hides_a_number_in_the_name_of_a_sheet(self, rows, workbook, look, edited, year):
        found = look(edited(workbook(rows), lambda book: book.create_sheet(STRICT)))
        assert [f.message for f in found.findings] == [
            "I namnet på blad 12 står ett personnummer eller samordningsnummer."
        ]

    def it_finds_a_text_box_and_leaves_identifiers_alone(self, rows, workbook, look):
        parts = dict(read_package(workbook(rows)))
        parts["xl/drawings/drawing9.xml"] = f"<a><t>{STRICT}</t></a>".encode()
        parts["docProps/custom.xml"] = b"<p><v>19811228-9874-4711-8899-446655440000</v></p>"
        found = look(write_package(parts.items()))
        assert [f.message for f in found.findings] == [
            "I en textruta, en figur eller ett diagram står ett personnummer eller samordningsnummer."
        ]

    @pytest.mark.parametrize("ref", NO_CELLS)
    def it_passes_over_a_comment_to_no_cell(self, rows, small_workbook, look, edited, year, ref):
        """A program may write anything there; what is in the cells is read all the same."""
        rows["ekonomi"][0]["aktivitet_id"] = "A 1"
        parts = read_package(edited(small_workbook(rows), lambda book: comment(book, "ingen")))
        (notes,) = (one for one in parts if "comment" in one and one.endswith(".xml"))
        parts[notes] = parts[notes].replace(b'ref="E6"', f'ref="{ref}"'.encode())
        assert f'ref="{ref}"'.encode() in parts[notes]
        data = write_package(parts.items())
        found = look(data)
        assert found.fault is None
        assert said(found)[:1] == [("REF-SAKNAS", "Ekonomi!N6")]
        marked = mark_in_place(data, found.findings, year.texts("aterkoppling"))
        assert marked is not None
        assert said(look(marked)) == said(found)

    def it_never_repeats_the_number_in_what_is_said(self, rows, workbook, look, edited, year):
        def change(book):
            for put, *_ in PLACES:
                put(book, STRICT)

        found = look(edited(workbook(rows), change))
        letter = write_letter(
            found.findings, year.texts("aterkoppling"), "", "fil.xlsx", "12-Skåne.xlsx"
        )
        assert len([one for one in found.findings if one.code == "PERSON-NUMMER"]) == len(PLACES)
        assert "9874" not in letter + "".join(str(finding.as_json()) for finding in found.findings)

    def it_takes_a_number_out_of_an_answer(self, rows, workbook, look, edited, year):
        rows["lagesbild"][0]["underlag"] = "se ovan"
        data = workbook(rows)
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))

        def answer(book):
            book["Återkoppling"]["I7"] = f"Gäller {STRICT}."

        found = look(edited(marked, answer))
        assert said(found) == [("PERSON-NUMMER", "Återkoppling!I7"), ("TEXT-INTET", "Lägesbild!O6")]
        assert found.findings[1].explanation == "Gäller ▪▪▪▪▪▪."
        again = mark_workbook(edited(marked, answer), found.findings, year.texts("aterkoppling"))
        sheets = zipfile.ZipFile(io.BytesIO(again))
        assert not any(b"9874" in sheets.read(part) for part in sheets.namelist())

    def it_asks_about_one_in_the_name_of_the_file(self, rows, small_workbook, look):
        found = look(small_workbook(rows), told_name(f"Kronoberg {STRICT} Anna.xlsx"))
        assert [(one.code, one.message) for one in found.findings] == [
            ("PERSON-MISSTANKE", "I filens namn står en siffergrupp som kan vara ett personnummer.")
        ]
        assert look(small_workbook(rows), told_name("Kronoberg 801-3809-2020.xlsx")).findings == ()

    def it_says_nothing_of_the_example(self, example_returns):
        codes = {f.code for found in example_returns for f in found.findings}
        assert not {code for code in codes if code.startswith("PERSON-")}


class DescribeANumberThatWasFound:
    @pytest.mark.parametrize(
        ("table", "field", "value"),
        [("indikatorer", "aktivitet_id", STRICT), ("ekonomi", "aktivitet_id", f"A1 {STRICT}"),
         ("mal", "formulering", f"se ovan {STRICT}"), ("indikatorer", "varde", f"{STRICT} st")],
    )  # fmt: skip
    def it_stands_in_no_message(self, rows, workbook, look, table, field, value):
        rows[table][0][field] = value
        found = look(workbook(rows))
        assert "PERSON-NUMMER" in {code for code, _ in said(found)}
        assert not any("9874" in str(finding.as_json()) for finding in found.findings)

    def it_stands_in_no_message_about_an_id_that_is_there_twice(self, rows, workbook, look):
        rows["lagesbild"] = [{**rows["lagesbild"][0], "id": STRICT}] * 2
        assert not any(
            "9874" in str(finding.as_json()) for finding in look(workbook(rows)).findings
        )

    @pytest.mark.parametrize("answer", [None, "Det är ett fakturanummer."])
    def it_is_merged_only_when_the_county_has_said_that_it_is_another_number(
        self, year, rows, workbook, look, edited, answer
    ):
        rows["aktiviteter"][0]["beskrivning"] += f" Faktura {LOOSE}."
        data = workbook(rows)
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        found = look(edited(marked, lambda book: book["Återkoppling"].__setitem__("I7", answer)))
        (told,) = merge(year, [found]).rows("aktiviteter")
        assert told["beskrivning"].endswith(f"Faktura {LOOSE if answer else '▪▪▪▪▪▪'}.")

    def it_stands_in_nothing_that_is_written_or_said_also_when_a_file_is_called_so(
        self, rows, workbook, tmp_path, capsys
    ):
        lay_out(tmp_path)
        folder = tmp_path / "inputs/2020/submissions"
        rows["aktiviteter"][0]["beskrivning"] += f" Faktura {LOOSE}."
        (folder / f"Skåne {STRICT}.xlsx").write_bytes(workbook(rows))
        (folder / f"Annat {STRICT}.xlsx").write_bytes(b"")
        for command in (
            ["check", str(folder)],
            ["check", str(folder), "--json"],
            ["merge", "2020"],
            ["status", "2020"],
        ):
            app([*command, "--root", str(tmp_path)], standalone_mode=False)
        assert "9874" not in "".join(capsys.readouterr())
        made = [path for path in (tmp_path / "outputs").rglob("*") if path.is_file()]
        assert not any("9874" in path.name for path in made)
        holds = {path.name for path in made if any(b"9874" in part for part in _parts(path))}
        assert holds <= {"12-Skåne.xlsx"}  # the county's own file, in its own cell


def _parts(path):
    if path.suffix != ".xlsx":
        return [path.read_bytes()]
    package = zipfile.ZipFile(path)
    return [package.read(name) for name in package.namelist()]
