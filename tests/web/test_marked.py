"""The marked copy that a tab gives: the command line's, but for what is only true of a file that has come in."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.files.zip import read_package
from toolkit.spec.load import load_year
from toolkit.web import tab as judging
from toolkit.web.carried import packed
from toolkit.web.tab import opened
from toolkit.year.refill import give_back
from toolkit.year.workspace import Workspace

SENT = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
ASKED = "Återkoppling"
SIGNED = "lr:godkand "


@pytest.fixture(scope="module")
def years():
    return {number: load_year(ROOT / "templates", number) for number in (2020, 2021)}


@pytest.fixture(scope="module")
def tab(years):
    return opened(packed(years.values()))


@pytest.fixture(scope="module")
def copies(tab, years, example_returns):
    """The copies of the example year: what is told of each file, the tab's copy and the command line's."""
    made = {}
    for path, found in zip(SENT, example_returns, strict=True):
        data = path.read_bytes()
        told, marked = tab.check_and_mark(path.name, data)
        given = give_back(Workspace(ROOT, 2020), years[2020], data, found, path.stem)
        made[path.stem.split()[1]] = json.loads(told), marked, given.workbook
    return made


def cells_of(data):
    """What stands on the sheet Återkoppling, by cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[ASKED]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}


def feedback_part(package):
    """The part that the sheet is in: the one where the approval is hidden."""
    return next(name for name, part in package.items() if SIGNED.encode() in part)


class DescribeTheMarkedCopy:
    def it_is_the_command_lines_but_for_what_was_approved_where_something_is_wrong(self, copies):
        wrong = {name: one for name, one in copies.items() if one[0]["state"] == "wrong"}
        assert list(wrong) == ["Blekinge"]
        ((_, mine, theirs),) = wrong.values()
        own, other = read_package(mine), read_package(theirs)
        assert [name for name in other if own[name] != other[name]] == [feedback_part(other)]
        assert {**cells_of(mine), "H1": SIGNED} == {**cells_of(theirs), "H1": SIGNED}
        assert (cells_of(mine)["H1"], cells_of(theirs)["H1"][:11]) == (None, SIGNED)

    def it_does_not_say_of_a_file_with_questions_alone_that_it_has_come_in(self, copies):
        asked = [one for one in copies.values() if one[0]["state"] == "asked"]
        for _, mine, theirs in asked:
            before, after = read_package(theirs), read_package(mine)
            differ = {name for name in before if before[name] != after[name]}
            assert len(differ) == 1
            said, meant = cells_of(mine), cells_of(theirs)
            # The verdict, what was approved, and the prints by which it is known as ours.
            assert {place for place in meant if said[place] != meant[place]} == {"B3", "H1", "K1"}
            assert said["B3"].startswith("Inget behöver rättas. Svara på ")
            assert meant["B3"].startswith("Redovisningen är med i sammanställningen.")
        assert len(asked) == 1

    def it_is_not_made_where_nothing_remains(self, copies):
        assert {one[1] for one in copies.values() if one[0]["state"] == "good"} == {None}
        assert "copy" not in copies["Skåne"][0]

    def it_is_named_after_the_countys_file(self, copies):
        assert copies["Blekinge"][0]["copy"] == "Redovisning Blekinge 2020-markerad.xlsx"

    def it_is_told_what_to_do_with_it(self, copies):
        assert copies["Blekinge"][0]["next"].startswith("Spara den markerade filen, rätta ")
        assert "Spara den markerade filen, rätta " in copies["Blekinge"][0]["letter"]

    def it_gives_the_answers_that_are_written_in_it(self, tab, copies):
        name = next(name for name, one in copies.items() if one[0]["state"] == "asked")
        book = openpyxl.load_workbook(io.BytesIO(copies[name][1]))
        rows = [row for row in book[ASKED].iter_rows(min_row=7) if row[1].value == "Fråga"]
        for row in rows:
            row[8].value = "Ja, det stämmer: vi har räknat om."
        target = io.BytesIO()
        book.save(target)
        told = json.loads(tab.check(f"{name}.xlsx", target.getvalue()))
        assert rows and told["state"] == "good"


class DescribeAFileThatIsNotMarkedThere:
    @pytest.mark.parametrize("ending", [".xls", ".xlsb"])
    def it_is_of_another_format(self, tab, ending, monkeypatch):
        monkeypatch.setattr("toolkit.web.marked.ending_of", lambda data: ending)
        told, marked = tab.check_and_mark(SENT[0].name, SENT[0].read_bytes())
        seen = json.loads(told)
        assert (marked, "copy" in seen) == (None, False)
        assert seen["next"].startswith("Rätta det som är fel direkt i bladen, och pröva igen.")

    def it_is_so_damaged_that_marks_would_mislead(self, tab, small_workbook, rows, edited):
        def without_sheet(book):
            del book["Mål"]

        told, marked = tab.check_and_mark("fil.xlsx", edited(small_workbook(rows), without_sheet))
        assert (json.loads(told)["state"], marked) == ("wrong", None)

    def it_is_told_of_where_our_code_fails(self, tab, monkeypatch):
        def faulty(*_):
            raise RuntimeError("".join(("hem", "ligt")))

        monkeypatch.setattr(judging, "marked_copy", faulty)
        told, marked = tab.check_and_mark(SENT[0].name, SENT[0].read_bytes())
        seen = json.loads(told)
        assert (seen["unmarked"], marked, "copy" in seen) == (True, None, False)
        assert "RuntimeError" in seen["fault"] and "hemligt" not in told
        assert len(seen["findings"]) == 10
