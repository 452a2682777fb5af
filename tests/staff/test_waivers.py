"""Deviations of a year and waivers of a county: what the agency has decided holds, is shown, and ends on its day."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.test_cli import lansrapport
from tests.conftest import ROOT
from toolkit.annotate import mark_workbook
from toolkit.export.waiver_form import write_waiver_form
from toolkit.files.yaml import SpecError
from toolkit.findings.finding import Severity, Waiver
from toolkit.spec.load import load_year
from toolkit.spec.marks import NOTE_END
from toolkit.staff.waivers import WaiverFile, read_waivers, tell_waivers, waive
from toolkit.words.cells import CellRef
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.money import examine_money
from toolkit.year.report import write_report
from toolkit.year.submissions import check_files, found_in, told_of_waivers
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
ROW = {
    "A5": "Skåne", "B5": "REF-SAKNAS", "E5": "Anna Ek", "F5": "Lägesbilden kommer i mars.", "G5": date(2021, 12, 31),
}  # fmt: skip
DECISION = "Avsteg beslutat av Anna Ek, gäller till och med 31 december 2021. Skäl: Lägesbilden kommer i mars."


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


def listed(*rows, clear=()):
    """The agency's list with cells filled in, as somebody else's program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(write_waiver_form(YEAR, "inputs/2020/avsteg.xlsx")))
    for cells in rows:
        for place, value in cells.items():
            book["Avsteg"][place] = value
    for place in clear:
        book["Avsteg"][place] = None
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(data):
    return read_waivers(data, "avsteg.xlsx", YEAR)


def faults(file):
    return [(f.code, f"{f.sheet}!{f.cell}" if f.refs else None) for f in file.findings]


@pytest.fixture
def spoiled(rows, workbook):
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["ekonomi"][0]["budget"] = 40000
    return workbook(rows)


@pytest.fixture
def space(tmp_path):
    """A working folder; `space.waivers` is not there until a test writes it."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    shutil.copy(ROOT / "inputs/2020/anslagsserie.csv", tmp_path / "inputs/2020")
    return Workspace(tmp_path, 2020)


def sent(space, data, *rows):
    """The year's data after the county has sent a file and the agency has written its list."""
    (space.inputs / "submissions/fil.xlsx").write_bytes(data)
    if rows:
        space.waivers.write_bytes(listed(*rows))
    return merge_all(YEAR, found_in(check_files(Inputs(space), space.submissions(), lambda: None)))


def skane(data):
    return next(county for county in data.counties if county.code == "12")


class DescribeTheList:
    def it_is_empty_when_nothing_is_written_in_it(self):
        assert read(listed()) == WaiverFile("avsteg.xlsx")

    def it_reads_a_waiver_as_it_was_chosen_and_typed(self):
        assert read(listed(ROW)).waivers == (
            Waiver("12", "REF-SAKNAS", "Anna Ek", "Lägesbilden kommer i mars.", date(2021, 12, 31), CellRef("Avsteg", 5, 2)),
        )  # fmt: skip

    @pytest.mark.parametrize(
        "written",
        [
            12,
            "12",
            "12 Skåne",
            "skåne",
            "Skåne län",
            "M",
            "12 – Skåne län",
            "Länsstyrelsen i Skåne län",
        ],
    )
    def it_knows_a_county_however_it_is_written(self, written):
        assert [waiver.county for waiver in read(listed(ROW, {"A5": written})).waivers] == ["12"]

    def it_puts_back_the_zero_that_excel_drops(self):
        assert [waiver.county for waiver in read(listed(ROW, {"A5": 1})).waivers] == ["01"]

    @pytest.mark.parametrize(
        "written", ["2021-12-31", "31 december 2021", 44561, "211231", "31/12-21"]
    )
    def it_reads_a_last_day_as_people_write_it(self, written):
        assert [waiver.last for waiver in read(listed(ROW, {"G5": written})).waivers] == [
            date(2021, 12, 31)
        ]

    def it_narrows_a_waiver_to_a_sheet_and_a_column(self):
        (waiver,) = read(listed(ROW, {"C5": "Ekonomi", "D5": "Utfall (kr)"})).waivers
        assert (waiver.tables, waiver.fields) == ({"ekonomi"}, {"ekonomi.utfall"})

    @pytest.mark.parametrize(
        ("cells", "fault"),
        [
            ({"A5": "Småland"}, ("AVSTEG-LAN", "Avsteg!A5")),
            ({"B5": "REF-SAKNADES"}, ("AVSTEG-KOD", "Avsteg!B5")),
            ({"B5": "FIL-SKADAD"}, ("AVSTEG-FAST", "Avsteg!B5")),
            ({"C5": "Budget"}, ("AVSTEG-PLATS", "Avsteg!C5")),
            ({"D5": "Påhittat"}, ("AVSTEG-PLATS", "Avsteg!D5")),
            ({"C5": "Mål", "D5": "Utfall"}, ("AVSTEG-PLATS", "Avsteg!D5")),
            ({"E5": None}, ("AVSTEG-SAKNAS", "Avsteg!E5")),
            ({"F5": " "}, ("AVSTEG-SAKNAS", "Avsteg!F5")),
            ({"F5": "-"}, ("AVSTEG-SAKNAS", "Avsteg!F5")),
            ({"E5": "?"}, ("AVSTEG-SAKNAS", "Avsteg!E5")),
            ({"B5": "PERSON-NUMMER"}, ("AVSTEG-FAST", "Avsteg!B5")),
            ({"G5": None}, ("AVSTEG-SAKNAS", "Avsteg!G5")),
            ({"G5": "snart"}, ("AVSTEG-DATUM", "Avsteg!G5")),
            ({"G5": "#REF!"}, ("AVSTEG-DATUM", "Avsteg!G5")),
        ],
    )
    def it_says_in_which_cell_a_row_is_wrong_and_keeps_the_others(self, cells, fault):
        other = {f"{place[0]}6": value for place, value in ROW.items()}
        file = read(listed(ROW, cells, other))
        assert (faults(file), [waiver.ref.row for waiver in file.waivers]) == ([fault], [6])

    def it_says_which_heading_is_gone(self):
        file = read(listed(ROW, clear=["G4"]))
        assert (faults(file), file.waivers) == ([("AVSTEG-KOLUMN", "Avsteg!A4")], ())
        assert "”Sista dag”" in file.findings[0].message

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "FIL-TOM-FIL"),
            (b"inte en arbetsbok", "FIL-FORMAT"),
            (b"PK\x03\x04 trasig", "FIL-SKADAD"),
        ],
    )
    def it_refuses_what_is_no_workbook(self, data, code):
        assert faults(read(data)) == [(code, None)]

    def it_refuses_another_workbook(self, rows, workbook):
        assert faults(read(workbook(rows))) == [("AVSTEG-EJ-LISTA", None)]

    @given(st.binary(max_size=200))
    def it_never_raises_on_bytes(self, data):
        assert len(read(data).findings) == 1

    def it_shows_no_personal_number_from_the_reason(self):
        (waiver,) = read(listed(ROW, {"F5": "Gäller 850709-9805."})).waivers
        assert "9805" not in waiver.reason


class DescribeAWaivedFinding:
    def it_does_not_block_and_the_others_do(self, spoiled, look):
        found = look(spoiled)
        waived = waive(found.findings, read(listed(ROW)).waivers, date(2021, 2, 15))
        assert [(f.code, f.closed, f.blocks) for f in waived] == [
            ("REF-SAKNAS", True, False),
            ("EKON-BUDGET", False, False),
        ]

    def it_lets_the_countys_table_be_merged(self, space, spoiled):
        assert skane(sent(space, spoiled)).tables["mal"] == "blocked"
        county = skane(sent(space, spoiled, ROW))
        assert (county.tables["mal"], county.errors, county.questions) == ("merged", 0, 1)

    def it_asks_nothing_when_it_is_a_question(self, space, spoiled):
        county = skane(
            sent(space, spoiled, {**ROW, "B5": "EKON-BUDGET", "C5": "Ekonomi", "D5": "Utfall"})
        )
        assert [(f.code, f.waiver is not None) for f in county.findings] == [
            ("REF-SAKNAS", False),
            ("EKON-BUDGET", True),
        ]
        assert county.questions == 0

    @pytest.mark.parametrize(
        "cells", [{"A5": "Uppsala"}, {"B5": "IND-VARDE"}, {"C5": "Ekonomi"}, {"D5": "Målår"}]
    )
    def it_is_of_that_county_code_sheet_and_field_alone(self, spoiled, look, cells):
        waived = waive(look(spoiled).findings, read(listed(ROW, cells)).waivers, date(2021, 2, 15))
        assert [f.code for f in waived if f.waiver] == []

    def it_keeps_what_follows_from_it_silent(self, rows, workbook, space):
        rows["ekonomi"][0]["utfall"] = "många"
        data = sent(space, workbook(rows), {**ROW, "B5": "FALT-TAL"})
        assert [(f.code, f.cell, f.blocks) for f in skane(data).findings] == [
            ("FALT-TAL", "K6", False)
        ]

    @pytest.mark.parametrize(("day", "holds"), [((2021, 12, 31), True), ((2022, 1, 1), False)])
    def it_ends_after_its_last_day(self, spoiled, look, day, holds):
        waived = waive(look(spoiled).findings, read(listed(ROW)).waivers, date(*day))
        assert (waived[0].waiver is not None) == holds

    def it_is_measured_against_the_day_of_approval_unless_a_day_is_given(self, space, spoiled):
        row = {**ROW, "G5": date(2021, 2, 14)}  # the return was approved on 15 February
        assert skane(sent(space, spoiled, row)).errors == 1
        earlier = Workspace(space.root, 2020, date(2021, 2, 14))
        assert skane(sent(earlier, spoiled, row)).errors == 0


@pytest.mark.whole
class DescribeWhereItIsShown:
    def it_is_marked_in_its_cell_and_on_the_feedback_sheet(self, spoiled, look):
        waived = waive(look(spoiled).findings, read(listed(ROW)).waivers, None)
        book = openpyxl.load_workbook(
            io.BytesIO(mark_workbook(spoiled, waived, YEAR.texts("aterkoppling")))
        )
        note = book["Mål"]["C6"].comment.text
        assert note.partition("\n")[2].startswith(
            "Fel, avsteg: Hänvisning till något som inte finns\nLägesbild-id är L9"
        ) and note.removesuffix(f"\n{NOTE_END}").endswith(DECISION)
        line = [book["Återkoppling"].cell(7, column).value for column in (2, 4, 5, 6, 7)]
        assert line == [
            "Fel, avsteg", "Mål", "C6", f"Lägesbild-id är L9, men ingen rad i Lägesbild har det id:t. {DECISION}",
            "Inget behöver göras så länge avsteget gäller.",
        ]  # fmt: skip
        assert book["Återkoppling"]["B3"].value == (
            "Redovisningen är med i sammanställningen. Svara på 1 fråga i den gula kolumnen."
        )

    def it_closes_a_return_in_which_all_is_waived(self, rows, workbook, look):
        rows["mal"][0]["lagesbild_id"] = "L9"
        data = workbook(rows)
        waived = waive(look(data).findings, read(listed(ROW)).waivers, None)
        book = openpyxl.load_workbook(
            io.BytesIO(mark_workbook(data, waived, YEAR.texts("aterkoppling")))
        )
        assert book["Återkoppling"]["B3"].value == (
            "Redovisningen är klar. Myndigheten har beslutat om avsteg för det som är markerat."
        )

    def it_stands_in_the_merged_workbook(self, space, spoiled):
        write_merge(space, sent(space, spoiled, ROW))
        book = openpyxl.load_workbook(space.merged)
        assert [book["Fynd"].cell(row, 10).value for row in (4, 5, 6)] == ["Avsteg", DECISION, ""]
        with space.table("mal").open(encoding="utf-8-sig") as source:
            assert [row["lan"] for row in csv.DictReader(source, delimiter=";")] == ["12"]

    def it_stands_in_a_footnote_of_the_report(self, space, spoiled):
        from docx import Document

        finance, _ = examine_money(Inputs(space), sent(space, spoiled, ROW))
        [path] = write_report(space, finance).paths
        text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        assert (
            "Jämställdhetsmyndigheten har beslutat om avsteg från kontrollen för länsstyrelsen Skåne."
            in text
        )
        notes = next(
            p
            for p in Document(str(path)).part.package.parts
            if p.partname.endswith("footnotes.xml")
        )
        assert (
            "Skåne: Hänvisning till något som inte finns (Mål C6). Avsteget är beslutat av Anna Ek och gäller till och "
            "med 31 december 2021. Skäl: Lägesbilden kommer i mars."
        ) in re.sub(r"<[^>]+>", "", notes.blob.decode())

    def it_is_told_on_the_terminal_and_in_json(self, space, rows, workbook):
        rows["mal"][0]["lagesbild_id"] = "L9"
        sent(space, workbook(rows), ROW)
        done = lansrapport("check", "inputs/2020/submissions", cwd=space.root)
        assert (
            done.returncode,
            "  Fel, avsteg Mål C6: Hänvisning till något som inte finns (REF-SAKNAS)"
            in done.stdout,
        ) == (0, True)
        assert DECISION in done.stdout
        done = lansrapport("check", "inputs/2020/submissions", "--json", cwd=space.root)
        (told,) = [json.loads(line) for line in done.stdout.splitlines()]
        assert (told["code"], told["severity"], told["cell"]) == ("REF-SAKNAS", "ERROR", "C6")
        assert told["waiver"] == {
            "owner": "Anna Ek",
            "reason": "Lägesbilden kommer i mars.",
            "last": "2021-12-31",
        }
        done = lansrapport(
            "check", "inputs/2020/submissions", "--json", "--datum", "2022-01-01", cwd=space.root
        )
        assert done.returncode == 1
        assert [json.loads(line)["code"] for line in done.stdout.splitlines()] == [
            "REF-SAKNAS",
            "AVSTEG-UTGANGET",
        ]

    def it_takes_only_a_date_as_the_day(self, space):
        done = lansrapport("status", "2020", "--datum", "snart", cwd=space.root)
        assert (done.returncode, done.stderr) == (
            2,
            "Det gick inte: ”snart” är inget datum. Skriv det som åååå-mm-dd.\n",
        )


class DescribeWhatTheAgencyIsTold:
    def told(self, space, data):
        return [
            (f.code, f"{f.sheet}!{f.cell}")
            for f in told_of_waivers(Inputs(space), YEAR, data.counties)
        ]

    def it_is_nothing_while_a_waiver_is_used(self, space, spoiled):
        assert self.told(space, sent(space, spoiled, ROW)) == []

    def it_is_that_one_has_expired(self, space, spoiled):
        data = sent(space, spoiled, {**ROW, "G5": date(2021, 2, 14)})
        assert self.told(space, data) == [("AVSTEG-UTGANGET", "Avsteg!B5")]
        (note,) = told_of_waivers(Inputs(space), YEAR, data.counties)
        assert (note.severity, note.message) == (
            Severity.NOTE,
            "Avsteget från REF-SAKNAS för Skåne län gällde till och med 14 februari 2021. Det har inte använts, för "
            "redovisningen prövas per den 15 februari 2021.",
        )

    def it_is_that_one_is_about_nothing(self, space, rows, workbook):
        assert self.told(space, sent(space, workbook(rows), ROW)) == [
            ("AVSTEG-UTAN-FYND", "Avsteg!B5")
        ]

    def it_is_not_about_counties_that_were_not_looked_at(self, space, spoiled):
        assert self.told(space, sent(space, spoiled, {**ROW, "A5": "Uppsala"})) == []

    def it_waives_a_question_about_a_ledger_in_the_finance_check(self, space, rows, workbook):
        data = sent(space, workbook(rows), {**ROW, "B5": "HUVUDBOK-RADER"})
        assert self.told(space, data) == []
        assert [f.code for f in examine_money(Inputs(space), data)[1]] == ["AVSTEG-UTAN-FYND"]
        (space.inputs / "ledgers").mkdir()
        (space.inputs / "ledgers/12 Skåne.csv").write_text(
            "Konto;Belopp;Verksamhetskod\n5400;84500,50;PM\n5400;okänt;PM\n", encoding="utf-8"
        )
        assert [(f.code, f.closed) for f in examine_money(Inputs(space), data)[1]] == [
            ("HUVUDBOK-RADER", True)
        ]

    def it_speaks_of_no_file_when_there_is_none(self):
        assert tell_waivers(WaiverFile(), YEAR, [], {"12": None}) == []


class DescribeASwitchedSeverity:
    def switched(self, space, text, year=2020):
        (space.templates / str(year) / "avsteg.yaml").write_text(text, encoding="utf-8")
        return load_year(space.templates, year)

    def it_holds_for_the_year_that_says_so_and_for_no_other(self, space, spoiled, look):
        year = self.switched(space, "severities: {REF-SAKNAS: QUERY, EKON-BUDGET: ERROR}\n")
        assert [year.catalogue.entries[c].severity.name for c in ("REF-SAKNAS", "EKON-BUDGET")] == [
            "QUERY",
            "ERROR",
        ]
        later = load_year(space.templates, 2021)
        assert [
            later.catalogue.entries[c].severity.name for c in ("REF-SAKNAS", "EKON-BUDGET")
        ] == ["ERROR", "QUERY"]

    def it_changes_what_blocks(self, space, spoiled):
        self.switched(space, "severities: {REF-SAKNAS: QUERY, EKON-BUDGET: ERROR}\n")
        county = skane(sent(space, spoiled))
        assert [(f.code, f.severity.name, f.cell) for f in county.findings] == [
            ("EKON-BUDGET", "ERROR", "K6"),
            ("REF-SAKNAS", "QUERY", "C6"),
        ]
        assert (county.tables["ekonomi"], county.tables["mal"]) == ("blocked", "merged")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (
                "severities:\n  FIL-SKADAD: NOTE\n",
                "rad 2: ”FIL-SKADAD” betyder att en fil inte kan läsas",
            ),
            (
                "severities:\n  FALT-TAL: NOTE\n  PÅHITTAD: NOTE\n",
                "rad 3: Koden ”PÅHITTAD” finns inte",
            ),
            (
                "severities:\n  FALT-TAL: FATAL\n",
                "rad 2: ”FATAL” är inget av det som kan stå för ”FALT-TAL” i ”severities”: ERROR, QUERY",
            ),
            ("severity: {}\n", "rad 1: ”severity” är inget som kan stå här."),
        ],
    )
    def it_names_the_line_of_what_cannot_be(self, space, text, told):
        with pytest.raises(SpecError, match="templates/2020/avsteg.yaml, ") as error:
            self.switched(space, text)
        assert told in str(error.value)

    def it_is_nothing_without_the_file(self, space):
        (space.templates / "2020/avsteg.yaml").unlink()
        assert load_year(space.templates, 2020).catalogue == YEAR.catalogue


class DescribeTheForm:
    def it_lets_one_choose_counties_and_the_codes_that_can_be_waived(self):
        book = openpyxl.load_workbook(io.BytesIO(listed()))
        assert [cell.value for cell in book["Avsteg"][4]] == [
            "Län", "Kod", "Blad", "Fält", "Ansvarig", "Skäl", "Sista dag",
        ]  # fmt: skip
        lists = {
            str(rule.sqref): rule.formula1
            for rule in book["Avsteg"].data_validations.dataValidation
        }
        codes = [row[0].value for row in book["Koder"].iter_rows(min_row=5)]
        assert lists["B5:B204"] == f"'Koder'!$A$5:$A${4 + len(codes)}"
        assert lists["A5:A204"].startswith('"Stockholm,Uppsala,')
        assert set(codes) == {
            code for code, entry in YEAR.catalogue.entries.items() if not entry.fixed
        }

    def it_is_the_same_bytes_every_time(self):
        assert write_waiver_form(YEAR, "x") == write_waiver_form(YEAR, "x")

    @pytest.mark.libreoffice
    def it_comes_back_from_libreoffice_with_its_waiver(self, convert):
        assert len(read(convert(listed(ROW), "avsteg.xlsx", "xlsx")).waivers) == 1
