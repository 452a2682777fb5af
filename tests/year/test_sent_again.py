"""Sent, corrected, sent again: which file counts, what is told of every file, what lies among the returns."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import itertools
import json
import os
from copy import deepcopy
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.analysis.merge import merge
from toolkit.cli.collecting import remind, status
from toolkit.cli.commands import merge as merge_command
from toolkit.export.merged import write_merged
from toolkit.year.inputs import Inputs
from toolkit.year.run import merged_data
from toolkit.year.submissions import check_submissions, found_in, withdraw_returns, write_returns
from toolkit.year.workspace import Workspace

AMOUNT = "K6"


@pytest.fixture
def space(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


def send(space, name, data):
    (space.inputs / "submissions" / name).write_bytes(data)


def checked(space):
    inputs = Inputs(space)
    return inputs, check_submissions(inputs)


def sent_back(space):
    """The marked copies of what lies there, by name."""
    inputs, files = checked(space)
    written = write_returns(space, inputs.year, files)
    withdraw_returns(space, written)
    return {path.name: path.read_bytes() for path in written}


def merged(space):
    inputs, files = checked(space)
    return merge(inputs.year, found_in(files))


def state(space, code="12"):
    return next(one for one in merged(space).counties if one.code == code)


def corrected(data, amount, day=None):
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Ekonomi"][AMOUNT].value = amount
    if day:
        cell = next(
            c for row in book["Uppgifter"].iter_rows() for c in row if c.value == date_of(book)
        )
        cell.value = day
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def date_of(book):
    rows = book["Uppgifter"].iter_rows()
    return next(row[2].value for row in rows if row[0].value == "godkand_datum")


def amounts(space):
    return [line.outcome for line in merged(space).spend if line.county == "12"]


class DescribeACorrectedFile:
    @pytest.mark.parametrize("name", ["12-Skåne.xlsx", "a.xlsx", "Ö sist.xlsx"])
    @pytest.mark.parametrize("day", [None, date(2021, 1, 7), date(2021, 12, 1)])
    def it_counts_before_the_one_it_was_made_from_whatever_its_name_and_day(
        self, space, rows, small_workbook, name, day
    ):
        send(space, "Redovisning Skåne 2020.xlsx", small_workbook(rows))
        back = sent_back(space)["12-Skåne.xlsx"]
        send(space, name, corrected(back, 500, day))
        assert amounts(space) == [Decimal(500)]
        assert state(space).others == ("Redovisning Skåne 2020.xlsx",)

    def it_is_the_last_of_five_rounds_in_every_order_of_names(self, space, rows, small_workbook):
        rounds = [small_workbook(rows)]
        send(space, "0.xlsx", rounds[0])
        for number in range(1, 5):
            back = sent_back(space)["12-Skåne.xlsx"]
            rounds.append(corrected(back, number))
            send(space, f"{number}.xlsx", rounds[-1])
            assert amounts(space) == [Decimal(number)]
        for order in itertools.islice(itertools.permutations("abcde"), 0, 120, 70):
            for path in (space.inputs / "submissions").iterdir():
                path.unlink()
            for name, data in zip(order, rounds, strict=True):
                send(space, f"{name}.xlsx", data)
            assert amounts(space) == [Decimal(4)]
            assert state(space).doubtful == ()

    def it_counts_also_when_the_one_it_came_from_is_gone(self, space, rows, small_workbook):
        send(space, "b.xlsx", small_workbook(rows))
        back = sent_back(space)["12-Skåne.xlsx"]
        (space.inputs / "submissions/b.xlsx").unlink()
        send(space, "a.xlsx", corrected(back, 7))
        assert amounts(space) == [Decimal(7)]


class DescribeTheReceipt:
    def letter(self, space, name="12-Skåne"):
        return space.letter(name).read_text(encoding="utf-8-sig")

    def it_says_the_round_and_the_files_print(self, space, rows, small_workbook):
        data = small_workbook(rows)
        send(space, "a.xlsx", data)
        sent_back(space)
        print_ = hashlib.sha256(data).hexdigest()[:8]
        assert f"Omgång 1, fingeravtryck {print_}." in self.letter(space)

    def it_says_what_has_changed_since_the_file_that_it_was_made_from(
        self, space, rows, small_workbook
    ):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", corrected(sent_back(space)["12-Skåne.xlsx"], 500))
        sent_back(space)
        told = self.letter(space).replace("\xa0", " ")
        assert "Omgång 2" in told
        assert (
            "Sedan a.xlsx, som filen är gjord av: nya rader 0, borttagna rader 0, ändrade uppgifter 1."
            in told
        )
        assert "- Ekonomi E1, Utfall: 84 500,50 → 500 (Ekonomi!K6)" in told
        assert "- Summan av Utfall i Ekonomi: 84 500,50 kr → 500 kr" in told


class DescribeTwoFilesOfTheSameDay:
    def it_asks_which_counts_when_they_differ(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", corrected(small_workbook(rows), 500))
        found = state(space)
        assert (found.file, found.doubtful) == ("b.xlsx", ("a.xlsx",))
        _, files = checked(space)
        codes = [
            [f.code for f in item.found.findings if f.code.startswith("FIL-")] for item in files
        ]
        assert codes == [["FIL-VILKEN"], ["FIL-VILKEN"]]

    def it_asks_nothing_when_they_say_the_same(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", corrected(small_workbook(rows), 84500.50))
        assert state(space).doubtful == ()

    def it_asks_when_both_were_made_from_the_same_one(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(rows))
        back = sent_back(space)["12-Skåne.xlsx"]
        send(space, "b.xlsx", corrected(back, 1))
        send(space, "c.xlsx", corrected(back, 2))
        found = state(space)
        assert (found.file, found.doubtful, found.others) == (
            "c.xlsx",
            ("b.xlsx",),
            ("a.xlsx", "b.xlsx"),
        )


class DescribeAnImpossibleDayOfApproval:
    @pytest.mark.parametrize("day", [date(2019, 2, 20), date(2031, 1, 1)])
    def it_decides_nothing(self, space, rows, small_workbook, day):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", corrected(small_workbook(rows), 500, day))
        assert state(space).file == "a.xlsx"


class DescribeAnotherCountysTemplate:
    def moved(self, data, county):
        book = openpyxl.load_workbook(io.BytesIO(data))
        book["Uppgifter"]["C5"].value = county
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def it_replaces_nobody_and_is_merged_for_nobody(self, space, rows, small_workbook):
        rows["ekonomi"][0]["utfall"] = rows["huvudbok"][4]["huvudbok"] = Decimal(10)
        send(space, "Blekinge.xlsx", small_workbook(rows, "10"))
        rows["uppgifter"][0]["godkand_datum"] = date(2021, 3, 1)
        send(space, "z.xlsx", self.moved(small_workbook(rows, "12"), "10 – Blekinge län"))
        data = merged(space)
        assert {line.county for line in data.spend} == {"10"}
        assert state(space, "10").file == "Blekinge.xlsx"
        assert state(space, "12").verdict == "errors"

    def it_is_told_and_is_not_one_that_either_county_has_sent(self, space, rows, small_workbook):
        send(space, "Blekinge.xlsx", small_workbook(rows, "10"))
        send(space, "Skåne.xlsx", small_workbook(rows, "12"))
        send(space, "z.xlsx", self.moved(small_workbook(rows, "12"), "10 – Blekinge län"))
        data = merged_data(Inputs(space))
        assert [state(space, code).others for code in ("10", "12")] == [(), ()]
        assert [one.file for one in data.apart] == ["z.xlsx"]
        assert {one.code for county in data.counties for one in county.findings} == {"DUBBLETT-FIL"}
        assert found_on_the_sheet(data) == [("z.xlsx", "FIL-ANNAT-LAN")]

    def it_is_asked_of_the_agency_and_of_no_county(self, space, rows, small_workbook, capsys):
        send(space, "Skåne.xlsx", small_workbook(rows, "12"))
        send(space, "z.xlsx", self.moved(small_workbook(rows, "12"), "10 – Blekinge län"))
        remind(2020, county=["10", "12"], day="2021-02-20", root=space.root)
        told = " ".join(capsys.readouterr().out.split())
        assert "Inget brev till Blekinge: filen z.xlsx är gjord för en avsändare men anger" in told
        assert not list(space.letters.glob("*.eml"))

    def it_is_given_back_under_its_own_name(self, space, rows, small_workbook):
        send(space, "z.xlsx", self.moved(small_workbook(rows, "12"), "10 – Blekinge län"))
        assert list(sent_back(space)) == ["z.xlsx"]


class DescribeNames:
    def it_never_gives_one_countys_answers_under_anothers_name(self, space, rows, small_workbook):
        send(space, "08-Kalmar.xlsx", small_workbook(rows, "08"))
        rows["uppgifter"][0]["godkand_datum"] = date(2021, 1, 20)
        for name in ("12-Skåne.xlsx", "Redovisning Skåne 2020.xlsx", "12-skåne rättad.xlsx"):
            send(space, name, small_workbook(rows, "08"))
        assert sorted(sent_back(space)) == [
            "08-Kalmar (2).xlsx", "08-Kalmar (3).xlsx", "08-Kalmar (4).xlsx", "08-Kalmar.xlsx",
        ]  # fmt: skip


class DescribeAFileThatIsTakenAway:
    @pytest.mark.parametrize("command", [status, merge_command])
    def it_leaves_no_marked_copy_when_nothing_is_marked_anew(
        self, space, rows, small_workbook, command, capsys
    ):
        send(space, "a.xlsx", small_workbook(rows))
        sent_back(space)
        for name in ("12-Skåne-ny-mall.xlsx", "08-Kalmar-ekonomi.docx"):
            (space.returns / name).write_bytes(b"x")
        (space.inputs / "submissions/a.xlsx").unlink()
        command(2020, root=space.root)
        assert [path.name for path in space.returned()] == ["08-Kalmar-ekonomi.docx"]

    def it_takes_what_was_given_back_along(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", small_workbook(rows, "08"))
        sent_back(space)
        (space.inputs / "submissions/b.xlsx").unlink()
        sent_back(space)
        assert [path.name for path in space.returned()] == ["12-Skåne.txt", "12-Skåne.xlsx"]


def found_on_the_sheet(data):
    """The files on the sheet Fynd that count for nobody, with what is told of them."""
    sheet = openpyxl.load_workbook(io.BytesIO(write_merged(data)))["Fynd"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    counting = {state.file for state in data.counties}
    return [(row[10], row[3]) for row in rows if row[10] not in counting]


class DescribeEverythingInTheFolder:
    def it_tells_of_another_years_return(self, space, rows, small_workbook):
        later = Workspace(space.root, 2021)
        (later.inputs / "submissions").mkdir(parents=True)
        send(later, "gammal.xlsx", small_workbook(rows))
        data = merged_data(Inputs(later))
        assert [one.file for one in data.apart] == ["gammal.xlsx"]
        assert found_on_the_sheet(data) == [("gammal.xlsx", "FIL-ANNAT-AR")]

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("missiv.pdf", b"%PDF-1.4", "FIL-FORMAT"), ("Läs detta.txt", b"hej", "FIL-FORMAT"),
            ("tom.xlsx", b"", "FIL-TOM-FIL"), ("sönder.xlsx", b"PK\x03\x04" + b"x" * 90, "FIL-SKADAD"),
            ("djupt.xlsx", b"x" * (26 * 1024 * 1024), "FIL-STOR"),
        ],
    )  # fmt: skip
    def it_tells_of_what_is_no_return(self, space, rows, small_workbook, name, data, code):
        send(space, "12.xlsx", small_workbook(rows))
        send(space, name, data)
        found = merged(space)
        assert [(one.file, one.findings[0].code) for one in found.unread] == [(name, code)]
        assert found_on_the_sheet(found) == [(name, code)]
        assert state(space).file == "12.xlsx"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def it_waits_for_no_pipe_and_follows_no_link_to_a_device(self, space, rows, small_workbook):
        folder = space.inputs / "submissions"
        send(space, "12.xlsx", small_workbook(rows))
        os.mkfifo(folder / "rör.xlsx")
        (folder / "oändlig.xlsx").symlink_to("/dev/zero")
        (folder / "borta.xlsx").symlink_to(folder / "finns inte.xlsx")
        found = merged(space)
        assert [(one.file, one.findings[0].code) for one in found.unread] == [
            ("borta.xlsx", "FIL-EJ-FIL"), ("oändlig.xlsx", "FIL-EJ-FIL"), ("rör.xlsx", "FIL-EJ-FIL"),
        ]  # fmt: skip
        assert [line.county for line in found.spend] == ["12"]

    def it_leaves_out_what_programs_keep_for_themselves(self, space, rows, small_workbook):
        for name in ("~$12.xlsx", ".DS_Store"):
            send(space, name, b"x")
        assert merged(space).unread == ()


class DescribeAnAnswer:
    """An unlikely change is asked about (TREND-INDIKATOR), and answered in the marked file."""

    def asked(self, rows):
        rows["indikatorer"][0]["varde"] = 300
        return rows

    def answer(self, data, text="Fler digitala utbildningar."):
        book = openpyxl.load_workbook(io.BytesIO(data))
        for row in book["Återkoppling"].iter_rows():
            if row[10].value == "TREND-INDIKATOR":
                row[8].value = text
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def it_follows_the_row_wherever_it_goes(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(self.asked(rows)))
        book = openpyxl.load_workbook(io.BytesIO(self.answer(sent_back(space)["12-Skåne.xlsx"])))
        sheet = book["Indikatorer"]
        for cell in sheet[6][1:]:
            sheet.cell(9, cell.column).value, cell.value = cell.value, None
        target = io.BytesIO()
        book.save(target)
        send(space, "b.xlsx", target.getvalue())
        _, files = checked(space)
        told = {
            f.cell: f.explanation for f in files[1].found.findings if f.code == "TREND-INDIKATOR"
        }
        assert told == {"J9": "Fler digitala utbildningar."}

    def it_follows_the_county_into_a_file_without_the_sheet(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(self.asked(rows)))
        send(space, "b.xlsx", self.answer(sent_back(space)["12-Skåne.xlsx"]))
        rows["uppgifter"][0]["godkand_datum"] = date(2021, 3, 1)
        rows["mal"][0]["malar"] = 2022
        send(space, "c.xlsx", small_workbook(rows))
        found = state(space)
        told = [f.explanation for f in found.findings if f.code == "TREND-INDIKATOR"]
        assert (found.file, told) == ("c.xlsx", ["Fler digitala utbildningar."])

    def it_is_asked_again_when_the_figures_are_others(self, space, rows, small_workbook):
        send(space, "a.xlsx", small_workbook(self.asked(rows)))
        book = openpyxl.load_workbook(io.BytesIO(self.answer(sent_back(space)["12-Skåne.xlsx"])))
        book["Indikatorer"]["J6"].value = 400
        target = io.BytesIO()
        book.save(target)
        send(space, "b.xlsx", target.getvalue())
        _, files = checked(space)
        told = [f.explanation for f in files[1].found.findings if f.code == "TREND-INDIKATOR"]
        assert told == [None]


@pytest.mark.libreoffice
class DescribeACopyThatLibreOfficeSaved:
    @pytest.mark.parametrize(
        ("ending", "to"), [("xlsx", "xlsx:Calc MS Excel 2007 XML"), ("ods", "ods")]
    )
    def it_counts_before_the_one_it_was_made_from(
        self, space, rows, small_workbook, convert, ending, to
    ):
        send(space, "Ö.xlsx", small_workbook(rows))
        back = sent_back(space)["12-Skåne.xlsx"]
        send(space, f"a.{ending}", convert(corrected(back, 500), "a.xlsx", to))
        assert amounts(space) == [Decimal(500)]


class DescribeAnUnreadableFileWithTheNameOfACounty:
    def it_is_asked_about_in_the_status_and_in_no_reminder(self, space, capsys):
        send(space, "Redovisning Skåne 2020.xlsx", b"PK")
        status(2020, as_json=True, day="2021-02-20", root=space.root)
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        todo = {one["county"]: one["todo"] for one in told if one["county"]}
        assert (todo["12"], todo["08"]) == ("avsandare", "paminn")
        remind(2020, county=["12"], day="2021-02-20", root=space.root)
        printed = capsys.readouterr().out
        assert "Inget brev till Skåne: filen Redovisning Skåne 2020.xlsx" in printed
        assert not list(space.letters.glob("*.eml"))
        status(2020, day="2021-02-20", root=space.root)
        (line,) = [one for one in capsys.readouterr().out.splitlines() if "12 Skåne" in one]
        assert "Fråga" in line and "Påminn" not in line


class DescribeABlankWorkbook:
    def it_is_not_thanked_for_and_not_asked_for_again(self, space, small_workbook, capsys):
        send(space, "Skåne.xlsx", small_workbook({}))
        remind(2020, county=["12"], day="2021-02-20", root=space.root)
        (path,) = space.letters.glob("*.eml")
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        text = letter.get_body().get_content()
        assert letter["subject"] == "Redovisningen för 2020 är inte ifylld"
        assert "Filen som vi har fått från er är mallen utan några uppgifter: Skåne.xlsx." in text
        assert "Tack för redovisningen" not in text
        assert "samma fil igen" not in text


class DescribeWhyOneOfSeveralCounts:
    def it_is_the_day_where_a_correction_stands_beside_another_file(
        self, space, rows, small_workbook
    ):
        send(space, "a.xlsx", small_workbook(rows))
        send(space, "b.xlsx", corrected(sent_back(space)["12-Skåne.xlsx"], 1500, date(2021, 3, 5)))
        rows["ekonomi"][0]["utfall"] = Decimal(7)
        send(space, "c.xlsx", small_workbook(rows))
        (found,) = [item.found for item in checked(space)[1] if item.found.file == "b.xlsx"]
        (told,) = [one.message for one in found.findings if one.code == "FIL-DUBBEL"]
        assert "b.xlsx gäller, för den godkändes senast." in told


class DescribeAWholeReturnBesideItsParts:
    def it_is_not_one_of_them(self, space, rows, small_workbook):
        first, second = deepcopy(rows), deepcopy(rows)
        first["aktiviteter"], first["ekonomi"], first["indikatorer"] = [], [], []
        second["lagesbild"], second["mal"] = [], []
        for name, content in (("del 1", first), ("del 2", second), ("allt", rows)):
            send(space, f"{name}.xlsx", small_workbook(content))
        found = state(space)
        assert (bool(found.doubtful), found.halves) == (True, False)


class DescribeAReturnInTwoFiles:
    @pytest.fixture(params=[None, date(2021, 3, 5)])
    def halves(self, request, space, rows, small_workbook):
        other = deepcopy(rows)
        rows["aktiviteter"], rows["ekonomi"], rows["indikatorer"] = [], [], []
        other["lagesbild"], other["mal"] = [], []
        if request.param:
            other["uppgifter"][0]["godkand_datum"] = request.param
        send(space, "del 1.xlsx", small_workbook(rows))
        send(space, "del 2.xlsx", small_workbook(other))
        return space

    def it_is_told_as_that(self, halves, capsys):
        found = state(halves)
        assert (found.file, found.doubtful, found.halves) == ("del 2.xlsx", ("del 1.xlsx",), True)
        (told,) = [one for item in checked(halves)[1] if item.found.file == "del 1.xlsx"
                   for one in item.found.findings if one.code == "FIL-VILKEN"]  # fmt: skip
        assert "var sin del av redovisningen, som ska stå i en enda fil" in told.message
        remind(2020, county=["12"], day="2021-02-20", root=halves.root)
        assert "Be om en fil med allt." in capsys.readouterr().out
        (path,) = halves.letters.glob("*.eml")
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert "Hela redovisningen ska stå i en fil." in letter.get_body().get_content()
