"""filer.xlsx: the agency sets a file aside, or says which of a county's counts; no file is taken
away, and every decision is told with who, when and why."""

from __future__ import annotations

import hashlib
import io
from copy import deepcopy
from datetime import date
from decimal import Decimal
from itertools import permutations

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT
from tests.year.test_sent_again import checked, corrected, found_on_the_sheet, send, sent_back
from toolkit.cli.closing import tell_files_in_doubt
from toolkit.cli.collecting import status
from toolkit.export.files_form import write_files_form
from toolkit.staff.chosen import COLUMNS, choice_labels, read_choices
from toolkit.staff.registers import Arrival, read_arrivals, write_arrivals
from toolkit.year.inputs import Inputs
from toolkit.year.merging import write_merge
from toolkit.year.run import merged_data
from toolkit.year.submissions import told_of_waivers
from toolkit.year.workspace import Workspace

WHO = ("Anna Ek", "Länet har bett oss om det.", "2021-03-01")


@pytest.fixture
def space(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


@pytest.fixture(scope="module")
def returns(small_workbook):
    """Three returns of one county, approved the same day, that say different amounts."""
    made = {}
    for name, amount in (("A.xlsx", 1000), ("B.xlsx", 2000), ("C.xlsx", 3000)):
        rows = deepcopy(CLEAN)
        rows["ekonomi"][0]["utfall"] = Decimal(amount)
        made[name] = small_workbook(rows)
    return made


def decide(space, year, *rows):
    """The list that is offered, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(write_files_form(year, "x", ["A.xlsx"])))
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            book["Beslut"].cell(number, column).value = value
    book.save(space.choices)


def state(space, code="12"):
    return next(one for one in merged_data(Inputs(space)).counties if one.code == code)


def lines(space):
    inputs = Inputs(space)
    data = merged_data(inputs)
    return [
        (one.code, one.cell, one.message)
        for one in told_of_waivers(inputs, inputs.year, data.counties)
    ]


class DescribeADecision:
    @pytest.mark.parametrize("wanted", ["A.xlsx", "B.xlsx", "C.xlsx"])
    @pytest.mark.parametrize("sent", list(permutations(("A.xlsx", "B.xlsx"))))
    def it_says_which_file_counts(self, space, year, returns, wanted, sent):
        for name in {*sent, wanted}:
            send(space, name, returns[name])
        decide(space, year, ("Skåne", wanted, "Gäller", *WHO))
        assert state(space).file == wanted
        assert state(space).others == ()
        assert state(space).doubtful == ()

    def it_sets_aside_one_and_the_rules_settle_the_others(self, space, year, returns):
        for name, data in returns.items():
            send(space, name, data)
        decide(space, year, ("Skåne", "c.XLSX", "Gäller inte", *WHO))
        assert (state(space).file, state(space).others) == ("B.xlsx", ("A.xlsx",))

    def it_is_told_in_the_file_instead_of_all_else(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        send(space, "B.xlsx", returns["B.xlsx"])
        decide(space, year, ("Skåne", "A.xlsx", "Gäller inte", *WHO))
        said = {item.found.file: item.found.findings for item in checked(space)[1]}
        (told,) = said["A.xlsx"]
        assert (told.code, told.county) == ("FIL-UNDANTAGEN", "12")
        assert told.message == (
            "Myndigheten har beslutat att A.xlsx inte gäller (Anna Ek, 1 mars 2021). "
            "Skäl: Länet har bett oss om det."
        )
        assert {"FIL-DUBBEL", "FIL-VILKEN"}.isdisjoint(one.code for one in said["B.xlsx"])

    def it_gives_nothing_back_for_a_file_that_does_not_count(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        send(space, "B.xlsx", returns["B.xlsx"])
        decide(space, year, ("Skåne", "A.xlsx", "Gäller inte", *WHO))
        assert list(sent_back(space)) == ["12-Skåne.xlsx"]

    def it_leaves_nothing_of_a_county_whose_only_file_is_set_aside(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        decide(space, year, ("Skåne", "A.xlsx", "Gäller inte", *WHO))
        data = merged_data(Inputs(space))
        assert (state(space).counts, data.spend) == (None, ())
        assert found_on_the_sheet(data) == [("A.xlsx", "FIL-UNDANTAGEN")]

    def it_is_no_decision_about_another_county(self, space, year, returns, small_workbook):
        send(space, "A.xlsx", returns["A.xlsx"])
        send(space, "Kalmar.xlsx", small_workbook(deepcopy(CLEAN), "08"))
        decide(space, year, ("Skåne", "A.xlsx", "Gäller", *WHO))
        assert (state(space).file, state(space, "08").file) == ("A.xlsx", "Kalmar.xlsx")

    def it_is_told_with_who_when_and_why(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        decide(
            space, year, ("Skåne", "A.xlsx", "Gäller", *WHO), ("12", "Z.xlsx", "gäller inte", *WHO)
        )
        assert lines(space) == [
            ("FILER-BESLUT", "B5", "A.xlsx gäller (Anna Ek, 1 mars 2021). Skäl: Länet har bett oss om det."),
            ("FILER-OKAND", "B6", "Bland de inskickade filerna finns ingen som heter ”Z.xlsx”. Raden används inte. Enligt listan: gäller inte (Anna Ek, 1 mars 2021). Skäl: Länet har bett oss om det."),
        ]  # fmt: skip

    @pytest.mark.parametrize("wanted", ["Skane.xlsx", "Kalmar.xlsx"])
    def it_sets_nothing_aside_for_a_file_that_the_county_has_not_sent(
        self, space, year, returns, small_workbook, wanted
    ):
        for name in ("A.xlsx", "B.xlsx"):
            send(space, name, returns[name])
        send(space, "Kalmar.xlsx", small_workbook(deepcopy(CLEAN), "08"))
        undecided = (state(space).file, state(space, "08").file)
        decide(
            space, year, ("Skåne", wanted, "Gäller", *WHO), ("Skåne", "A.xlsx", "Gäller inte", *WHO)
        )
        assert (
            (state(space).file, state(space, "08").file) == undecided == ("B.xlsx", "Kalmar.xlsx")
        )
        code, cell, message = lines(space)[0]
        told = {
            "Skane.xlsx": ("FILER-OKAND", "Bland de inskickade filerna finns ingen som heter ”Skane.xlsx”. Raden används inte."),
            "Kalmar.xlsx": ("FILER-LAN", "Kalmar.xlsx är en fil från Kalmar, men raden gäller Skåne. Raden används inte."),
        }  # fmt: skip
        assert (code, cell) == (told[wanted][0], "B5")
        assert message.startswith(told[wanted][1])
        assert [one[0] for one in lines(space)][1:] == ["FILER-BESLUT"]

    def it_sets_no_file_aside_by_a_row_about_another_county(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        decide(space, year, ("Kalmar", "A.xlsx", "Gäller inte", *WHO))
        assert state(space).file == "A.xlsx"
        assert [one[0] for one in lines(space)] == ["FILER-LAN"]


class DescribeANameInTheList:
    @pytest.mark.parametrize(
        "written", ["skåne rättad", "SKÅNE RÄTTAD.XLSX", "Ska\u030ane ra\u0308ttad.xlsx "]
    )
    def it_is_understood_when_it_can_be_no_other_files(self, space, year, returns, written):
        send(space, "Skåne rättad.xlsx", returns["A.xlsx"])
        send(space, "Ö.xlsx", returns["B.xlsx"])
        decide(space, year, ("Skåne", written, "Gäller", *WHO))
        assert state(space).file == "Skåne rättad.xlsx"

    def it_is_not_guessed_between_two(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        send(space, "A.xlsm", returns["B.xlsx"])
        decide(space, year, ("Skåne", "A", "Gäller inte", *WHO))
        assert [one[0] for one in lines(space)] == ["FILER-OKAND"]

    def it_is_answered_with_the_nearest_one(self, space, year, returns):
        send(space, "Skåne rättad.xlsx", returns["A.xlsx"])
        send(space, "Ö.xlsx", returns["B.xlsx"])
        decide(space, year, ("Skåne", "Skane rattad", "Gäller", *WHO))
        ((code, _, told),) = lines(space)
        assert code == "FILER-OKAND"
        assert "”Skane rattad” (närmast är Skåne rättad.xlsx). Raden används inte." in told


class DescribeTheList:
    def it_says_that_a_cell_is_empty(self, space, year):
        decide(space, year, ("Skåne", "A.xlsx", "Gäller", None, *WHO[1:]))
        (told,) = read_choices(space.choices.read_bytes(), "filer.xlsx", year).findings
        said = "I kolumnen Ansvarig står ingenting. Beslutet på raden gäller inte."
        assert told.message == said

    @pytest.mark.parametrize(("column", "value"), [
        (1, "Atlantis"), (1, None), (2, None), (2, "-"), (3, "Kanske"), (3, None), (4, None),
        (5, "xxx"), (6, "snart"), (6, None),
    ])  # fmt: skip
    def it_says_which_cell_cannot_be_used(self, space, year, column, value):
        row = ["Skåne", "A.xlsx", "Gäller", *WHO]
        row[column - 1] = value
        decide(space, year, row)
        read = read_choices(space.choices.read_bytes(), "filer.xlsx", year)
        assert read.choices == ()
        (told,) = read.findings
        assert (told.code, told.cell) == ("FILER-RAD", f"{'ABCDEF'[column - 1]}5")

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([("Skåne", "A.xlsx", "Gäller", *WHO), ("12", "B.xlsx", "gäller", *WHO)],
             "Rad 5 och 6 säger emot varandra: A.xlsx gäller och B.xlsx gäller."),
            ([("Skåne", "A.xlsx", "Gäller", *WHO), ("Skåne", "a.XLSX", "Gäller inte", *WHO)],
             "Rad 5 och 6 säger emot varandra: A.xlsx gäller och a.XLSX gäller inte."),
        ],
    )  # fmt: skip
    def it_uses_none_of_two_decisions_that_contradict_each_other(
        self, space, year, returns, rows, told
    ):
        for name in ("A.xlsx", "B.xlsx"):
            send(space, name, returns[name])
        undecided = (state(space).file, state(space).others)
        decide(space, year, *rows)
        assert (state(space).file, state(space).others) == undecided == ("B.xlsx", ("A.xlsx",))
        assert lines(space) == [("FILER-MOTSAGT", "B5:B6", f"{told} Inget av besluten gäller.")]

    def it_uses_the_other_decisions_of_the_list(self, space, year, returns, small_workbook):
        for name, data in returns.items():
            send(space, name, data)
        send(space, "Kalmar.xlsx", small_workbook(deepcopy(CLEAN), "08"))
        decide(
            space, year, ("Skåne", "A.xlsx", "Gäller", *WHO), ("Skåne", "B.xlsx", "Gäller", *WHO),
            ("Skåne", "C.xlsx", "Gäller inte", *WHO), ("Kalmar", "Kalmar.xlsx", "Gäller", *WHO),
        )  # fmt: skip
        assert (state(space).file, state(space, "08").file) == ("B.xlsx", "Kalmar.xlsx")
        assert [code for code, *_ in lines(space)] == [
            "FILER-MOTSAGT", "FILER-BESLUT", "FILER-BESLUT",
        ]  # fmt: skip

    def it_takes_the_same_decision_twice_for_one(self, space, year, returns):
        for name in ("A.xlsx", "B.xlsx"):
            send(space, name, returns[name])
        decide(
            space, year, ("Skåne", "A.xlsx", "Gäller", *WHO), ("12", "a.xlsx", "Gäller", *WHO),
            ("Skåne", "B.xlsx", "Gäller inte", *WHO),
        )  # fmt: skip
        assert (state(space).file, [code for code, *_ in lines(space)]) == (
            "A.xlsx",
            ["FILER-BESLUT"] * 3,
        )

    def it_is_offered_with_the_files_that_were_sent(self, space, year, returns):
        send(space, "A.xlsx", returns["A.xlsx"])
        write_merge(space, merged_data(Inputs(space)))
        book = openpyxl.load_workbook(space.choice_form)
        assert [book["Inskickade filer"].cell(5, 1).value] == ["A.xlsx"]
        head = [book["Beslut"].cell(4, column).value for column in range(1, 7)]
        assert head == list(choice_labels(year.texts("filer")).values())
        assert len(head) == len(COLUMNS)


LATER = "2021-03-05"  # after the decision, which is of 1 March


def came(space, days):
    """The register of when files came; a file that is not in it came when it was saved."""
    prints = {
        name: hashlib.sha256((space.inputs / "submissions" / name).read_bytes()).hexdigest()
        for name in days
    }
    noted = [Arrival(name, prints[name], date.fromisoformat(day)) for name, day in days.items()]
    known = read_arrivals(space.arrivals.read_bytes(), "") if space.arrivals.is_file() else []
    space.arrivals.write_bytes(write_arrivals([*known, *noted]))


def said_of(space):
    return {item.found.file: item.found.findings for item in checked(space)[1]}


@pytest.fixture(scope="module")
def back(returns, tmp_path_factory):
    """What each of the returns came back as, when it lay alone there."""
    found = {}
    for name, data in returns.items():
        root = tmp_path_factory.mktemp("back")
        (root / "templates").symlink_to(ROOT / "templates")
        (root / "inputs/2020/submissions").mkdir(parents=True)
        own = Workspace(root, 2020)
        send(own, name, data)
        found[name] = sent_back(own)["12-Skåne.xlsx"]
    return found


class DescribeWhatComesAfterADecision:
    """A decision chose between the files that were there."""

    @pytest.fixture
    def decided(self, space, year, returns):
        for name in ("A.xlsx", "B.xlsx"):
            send(space, name, returns[name])
        came(space, {"A.xlsx": "2021-02-20", "B.xlsx": "2021-02-21"})
        decide(space, year, ("Skåne", "A.xlsx", "Gäller", *WHO))
        return space

    @pytest.mark.parametrize("approved", [None, date(2021, 3, 5)])
    @pytest.mark.parametrize("day", ["2021-03-01", LATER])
    def it_is_followed_by_a_later_round_of_the_file_that_counts(self, decided, back, approved, day):
        send(decided, "Rättad.xlsx", corrected(back["A.xlsx"], 1500, approved))
        came(decided, {"Rättad.xlsx": day})
        assert (state(decided).file, state(decided).others) == ("Rättad.xlsx", ("A.xlsx",))
        assert state(decided).doubtful == ()
        assert [one.code for one in said_of(decided)["B.xlsx"]] == ["FIL-UNDANTAGEN"]

    def it_is_followed_by_the_round_after_that(self, decided, back, returns):
        send(decided, "Rättad.xlsx", corrected(back["A.xlsx"], 1500, date(2021, 3, 5)))
        again = sent_back(decided)["12-Skåne.xlsx"]
        send(decided, "a.xlsx ny.xlsx", corrected(again, 1600, date(2021, 3, 9)))
        assert state(decided).file == "a.xlsx ny.xlsx"

    def it_goes_before_a_round_that_surely_was_there(self, decided, back):
        send(decided, "Rättad.xlsx", corrected(back["A.xlsx"], 1500))
        came(decided, {"Rättad.xlsx": "2021-02-27"})
        assert (state(decided).file, state(decided).others) == ("A.xlsx", ())

    @pytest.mark.parametrize("of", ["its own", "the one that was set aside"])
    @pytest.mark.parametrize("witness", ["approved", "came"])
    def it_asks_which_counts_of_a_file_that_is_no_later_round(
        self, decided, returns, back, of, witness
    ):
        data = returns["C.xlsx"] if of == "its own" else corrected(back["B.xlsx"], 2500)
        if witness == "approved":
            data = corrected(data, 2600, date(2021, 3, 5))
        send(decided, "C.xlsx", data)
        came(decided, {"C.xlsx": LATER if witness == "came" else "2021-02-22"})
        found = state(decided)
        assert (found.file, found.doubtful, found.after_choice) == ("A.xlsx", ("C.xlsx",), True)
        said = {name: [one.code for one in all_] for name, all_ in said_of(decided).items()}
        assert "FIL-VILKEN" in said["A.xlsx"] and "FIL-VILKEN" in said["C.xlsx"]
        assert said["B.xlsx"] == ["FIL-UNDANTAGEN"]

    def it_has_been_made_of_what_was_there(self, decided, returns):
        send(decided, "C.xlsx", returns["C.xlsx"])
        came(decided, {"C.xlsx": "2021-03-01"})
        assert (state(decided).file, state(decided).doubtful) == ("A.xlsx", ())
        assert [one.code for one in said_of(decided)["C.xlsx"]] == ["FIL-UNDANTAGEN"]

    def it_is_no_question_that_the_same_is_sent_again(self, decided, returns):
        send(decided, "A igen.xlsx", returns["A.xlsx"] + b"")
        send(decided, "A senare.xlsx", corrected(returns["A.xlsx"], 1000))
        came(decided, {"A senare.xlsx": LATER})
        assert state(decided).doubtful == ()

    def it_says_why_it_asks(self, decided, returns, capsys):
        send(decided, "C.xlsx", returns["C.xlsx"])
        came(decided, {"C.xlsx": LATER})
        (told,) = [one for one in said_of(decided)["A.xlsx"] if one.code == "FIL-VILKEN"]
        assert told.message == (
            "Flera filer från länet säger olika saker, och någon av dem har kommit efter "
            "myndighetens beslut om vilken som gäller: A.xlsx och C.xlsx. Tills vidare gäller "
            "A.xlsx."
        )
        status(2020, day="2021-03-10", root=decided.root)
        printed = capsys.readouterr().out
        assert "Fråga vilken fil" in printed
        assert "sedan har det kommit något annat: C.xlsx" in printed
        book = openpyxl.load_workbook(decided.status)
        named = [row[0].value for row in book["Andra filer"].iter_rows(min_row=5)]
        assert sorted(named) == ["B.xlsx", "C.xlsx"]

    def it_names_on_the_screen_what_it_sets_aside(self, decided, capsys):
        tell_files_in_doubt(decided, merged_data(Inputs(decided)))
        printed = capsys.readouterr().out
        assert "B.xlsx: Myndigheten har beslutat att B.xlsx inte gäller (Anna Ek" in printed

    @pytest.mark.parametrize("witness", ["approved", "came"])
    def it_is_not_about_what_later_took_the_name_of_a_file(self, space, year, returns, witness):
        send(space, "A.xlsx", returns["A.xlsx"])
        send(space, "B.xlsx", returns["B.xlsx"])
        came(space, {"A.xlsx": "2021-02-20", "B.xlsx": "2021-02-21"})
        decide(space, year, ("Skåne", "B.xlsx", "Gäller inte", *WHO))
        assert state(space).file == "A.xlsx"
        day = date(2021, 3, 5) if witness == "approved" else None
        send(space, "B.xlsx", corrected(returns["C.xlsx"], 2600, day))
        came(space, {"B.xlsx": LATER if witness == "came" else "2021-02-22"})
        assert (state(space).file, state(space).others) == ("B.xlsx", ("A.xlsx",))
        assert lines(space) == [
            ("FILER-OKAND", "B5", "Bland de inskickade filerna finns ingen som heter ”B.xlsx” och hade kommit den 1 mars 2021. Raden används inte. Enligt listan: gäller inte (Anna Ek, 1 mars 2021). Skäl: Länet har bett oss om det."),
        ]  # fmt: skip

    def it_does_not_hinder_what_is_made_from_a_file_that_was_set_aside(
        self, space, year, returns, back
    ):
        for name in ("A.xlsx", "B.xlsx"):
            send(space, name, returns[name])
        decide(space, year, ("Skåne", "B.xlsx", "Gäller inte", *WHO))
        send(space, "B rättad.xlsx", corrected(back["B.xlsx"], 2500, date(2021, 3, 5)))
        assert (state(space).file, state(space).others) == ("B rättad.xlsx", ("A.xlsx",))
