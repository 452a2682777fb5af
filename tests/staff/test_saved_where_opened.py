"""The finance officer saves ekonomi.xlsx where she opened it: no decision is lost."""

from __future__ import annotations

import io
import shutil
import zipfile

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.ledger.layouts import _ods
from toolkit.spec.load import load_year
from toolkit.staff.decisions import mark_of, read_decisions, saved_book
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all
from toolkit.year.money import examine_money, write_money
from toolkit.year.progress import no_step
from toolkit.year.submissions import check_files, found_in
from toolkit.year.workspace import Workspace

TEXTS = load_year(ROOT / "templates", 2020).texts("export")


@pytest.fixture
def run(tmp_path):
    """A year with Västmanland alone: the workbook is written, and what is said of it comes back."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for kind in ("submissions", "ledgers"):
        folder = tmp_path / "inputs/2020" / kind
        folder.mkdir(parents=True)
        for path in (ROOT / "inputs/2020" / kind).glob("*Västmanland*"):
            shutil.copy(path, folder / path.name)
    space = Workspace(tmp_path, 2020)

    def go():
        inputs = Inputs(space)
        found = found_in(check_files(inputs, space.submissions(), no_step))
        finance, findings = examine_money(inputs, merge_all(inputs.year, found))
        write_money(inputs, finance)
        return [one.code for one in findings]

    return space, go


def decide(path, word, comment="c"):
    """What she does: opens the file, writes on Västmanland's row, and saves it where it is."""
    book = openpyxl.load_workbook(path)
    sheet = book["Översikt"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == "19")
    sheet.cell(row, heads[TEXTS("ekonomi.beslut")], word)
    sheet.cell(row, heads[TEXTS("ekonomi.kommentar")], comment)
    target = io.BytesIO()
    book.save(target)
    path.write_bytes(target.getvalue())


def shown_word(space):
    """What stands in the cell of the newly written workbook."""
    sheet = openpyxl.load_workbook(space.finance)["Översikt"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == "19")
    return sheet.cell(row, heads[TEXTS("ekonomi.beslut")]).value


def decided(space):
    read = read_decisions(space.finance.read_bytes(), 2020, TEXTS)
    return [(one.word, one.comment) for one in read.decisions]


class DescribeAWorkbookSavedWhereItWasOpened:
    def it_is_taken_over_before_it_is_written_over(self, run):
        space, go = run
        assert "BESLUT-HAMTADE" not in go()
        assert not saved_book(space.finance.read_bytes()).touched
        decide(space.finance, "Godkänd")
        assert "BESLUT-HAMTADE" in go()
        assert decided(space) == [("godkand", "c")]
        assert not saved_book(space.finance.read_bytes()).touched
        decide(space.finance, "Utreds")
        go()
        assert decided(space) == [("utreds", "c")]
        assert "BESLUT-HAMTADE" not in go()

    def it_is_left_alone_where_her_own_file_has_changed_too(self, run):
        space, go = run
        go()
        shutil.copy(space.finance, space.decisions)
        decide(space.decisions, "Godkänd", "a")
        decide(space.finance, "Utreds", "b")
        before = space.finance.read_bytes()
        assert "BESLUT-KROCK" in go()
        assert space.finance.read_bytes() == before

    def it_keeps_the_comment_beside_a_word_that_is_none(self, run):
        space, go = run
        go()
        decide(space.finance, "Ok", "ringde 3/3")
        assert "BESLUT-OKANT" in go()
        assert decided(space) == [("", "ringde 3/3")]
        assert shown_word(space) == "Ok"

    def it_tells_that_the_hidden_keys_of_a_sheet_are_gone(self, run):
        space, go = run
        go()
        decide(space.finance, "Godkänd")
        book = openpyxl.load_workbook(space.finance)
        sheet = book["Översikt"]
        key = next(cell for cell in sheet[4] if cell.value == TEXTS("ekonomi.nyckel"))
        whole = space.finance.read_bytes()
        sheet.delete_cols(key.column)
        book.save(space.finance)
        spoilt = space.finance.read_bytes()
        told = go()
        assert ("BESLUT-KOLUMN" in told, "BESLUT-RAD" in told) == (True, True)
        # Written over, it would be the only place where her decision stood.
        assert (space.finance.read_bytes(), space.decisions.is_file()) == (spoilt, False)
        space.finance.write_bytes(whole)
        assert "BESLUT-HAMTADE" in go()
        assert decided(space) == [("godkand", "c")]

    def it_takes_over_nothing_while_her_own_file_cannot_be_understood(self, run):
        space, go = run
        go()
        shutil.copy(space.finance, space.decisions)
        decide(space.decisions, "Godkänd")
        book = openpyxl.load_workbook(space.decisions)
        book["Översikt"].cell(
            4, 1 + [c.value for c in book["Översikt"][4]].index("Nyckel (ändra inte)")
        ).value = "?"
        book.save(space.decisions)
        assert "BESLUT-KOLUMN" in go()
        kept = space.decisions.read_bytes()
        decide(space.finance, "Utreds")
        saved = space.finance.read_bytes()
        assert "BESLUT-KROCK" in go()
        assert (space.decisions.read_bytes(), space.finance.read_bytes()) == (kept, saved)

    def it_has_a_mark_of_the_decisions_that_it_was_written_from(self, run):
        space, go = run
        go()
        assert saved_book(space.finance.read_bytes()).mark == mark_of(None)


def as_ods(data):
    """A workbook as an ods, with its values and the mark of the decisions that it was written
    from."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = [[[shown(value) for value in row] for row in sheet.values] for sheet in book]
    mark = f"<meta><user-defined>{saved_book(data).mark}</user-defined></meta>"
    target = io.BytesIO(_ods(sheets))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("meta.xml", mark)
    return target.getvalue()


def shown(value):
    return "" if value is None else str(value)


class DescribeAWorkbookSavedInAnotherFormat:
    def it_is_taken_over_from_where_it_was_saved(self, run):
        space, go = run
        go()
        untouched = space.finance.read_bytes()
        decide(space.finance, "Godkänd")
        saved = space.finance.with_suffix(".ods")
        saved.write_bytes(as_ods(space.finance.read_bytes()))
        space.finance.write_bytes(untouched)
        assert "BESLUT-HAMTADE" in go()
        assert decided(space) == [("godkand", "c")]
        assert (space.decisions.suffix, saved.exists()) == (".ods", False)
        assert not {"BESLUT-HAMTADE", "BESLUT-KROCK"} & {*go()}

    def it_goes_on_in_the_new_workbook(self, run):
        space, go = run
        go()
        decide(space.finance, "Godkänd")
        space.finance.with_suffix(".ods").write_bytes(as_ods(space.finance.read_bytes()))
        space.finance.unlink()
        go()
        decide(space.finance, "Utreds")
        assert "BESLUT-HAMTADE" in go()
        assert decided(space) == [("utreds", "c")]
        assert [path.suffix for path in space.inputs.glob("finance-decisions*")] == [".xlsx"]

    def it_is_read_where_it_lies_among_the_inputs(self, run):
        space, go = run
        go()
        decide(space.finance, "Godkänd")
        data = as_ods(space.finance.read_bytes())
        space.finance.unlink()
        space.decisions.with_suffix(".ods").write_bytes(data)
        go()
        assert decided(space) == [("godkand", "c")]

    def it_is_told_where_it_says_otherwise_than_the_one_that_counts(self, run):
        space, go = run
        go()
        untouched = space.finance.read_bytes()
        decide(space.finance, "Godkänd")
        space.decisions.with_suffix(".ods").write_bytes(as_ods(space.finance.read_bytes()))
        decide(space.finance, "Utreds")
        shutil.copy(space.finance, space.inputs / "finance-decisions.xlsx")
        space.finance.write_bytes(untouched)
        assert "BESLUT-KROCK" in go()
        assert decided(space) == [("utreds", "c")]

    def it_is_left_alone_and_told_where_both_have_changed(self, run):
        space, go = run
        go()
        decide(space.finance, "Godkänd", "a")
        saved = space.finance.with_suffix(".ods")
        saved.write_bytes(as_ods(space.finance.read_bytes()))
        decide(space.finance, "Utreds", "b")
        assert {"BESLUT-HAMTADE", "BESLUT-KROCK"} <= {*go()}
        assert saved.exists()
        assert decided(space) == [("utreds", "b")]
