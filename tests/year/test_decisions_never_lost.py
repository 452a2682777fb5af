"""Sequences of what a finance officer does with her decisions, beside a model that knows nothing of the code: no
decision is lost or laid on another difference, and the letters follow from them."""

from __future__ import annotations

import io
import random
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all
from toolkit.year.money import examine_money, write_memos, write_money
from toolkit.year.progress import no_step
from toolkit.year.submissions import check_files, found_in
from toolkit.year.workspace import Workspace

TEXTS = load_year(ROOT / "templates", 2020).texts("export")
LEDGER = "19 Västmanland.se"
WHOLE, CODE, KIND = ("Översikt", "19"), ("Avstämning", "801"), ("Avstämning", "KÖP")
# A purchase of a thousand kronor more, and the balances of its two accounts.
DEARER = (("80615.33", "81615.33"), ("-3674607.00", "-3675607.00"), ("671678.00", "672678.00"))
NAMES = {WHOLE: "Västmanland", CODE: "Västmanland, 801", KIND: "Västmanland, KÖP"}
WORDS = ("Godkänd", "Länet ska rätta", "Utreds", "OK", "godkänd?")
DAYS = (date(2021, 3, 5), "i går", None)
RESTING = "Vilande beslut"


# ------------------------------------------------------------------------------------------------ the model
@dataclass(frozen=True)
class Said:
    """A word with who and when, and the ledger beside which it was said."""

    word: str | None
    by: str | None
    day: object
    ledger: str

    @property
    def is_choice(self):
        return self.word in WORDS[:3]

    @property
    def signed(self):
        return bool(self.by) and isinstance(self.day, date)


@dataclass(frozen=True)
class Row:
    """What stands on a row: what is said in its cells, the comment, and what had been decided before."""

    cell: Said | None = None
    comment: str | None = None
    earlier: Said | None = None

    @property
    def made(self):
        return self.cell if self.cell and self.cell.is_choice else self.earlier

    @property
    def misspelt(self):
        return self.cell if self.cell and not self.cell.is_choice else None

    def holds(self, word, ledger):
        made = self.made
        return bool(
            made
            and made.word == word
            and made.signed
            and made.ledger == ledger
            and not self.misspelt
        )


def is_shown(place, ledger):
    return place == WHOLE or ledger != "borta"


def after_run(rows, ledger):
    """What the new workbook is to hold of the rows of the old."""
    new = {}
    for place, row in rows.items():
        made, wrong = row.made, row.misspelt
        if wrong or not made:
            new[place] = Row(wrong, row.comment, made)
        elif made.ledger == ledger or not is_shown(place, ledger):
            new[place] = Row(made, row.comment)
        else:
            new[place] = Row(None, row.comment, made)
    return {place: row for place, row in new.items() if row != Row()}


def is_written_to(rows, ledger):
    whole, code, kind = (rows.get(place, Row()) for place in (WHOLE, CODE, KIND))
    if whole.holds("Länet ska rätta", ledger):
        return True
    if ledger == "borta":
        return False
    return not code.holds("Godkänd", ledger) or kind.holds("Länet ska rätta", ledger)


# ------------------------------------------------------------------------------------------------ the real thing
class Office:
    """A year with Västmanland alone, where the model is kept beside the files."""

    def __init__(self, root, data):
        self.root, self.data = root, data
        self.space = Workspace(root, 2020)
        self.ledger = "hel"
        self.saved, self.book, self.seen = {}, {}, "hel"
        self.saved_seen = None

    def lay_ledger(self, ledger):
        path = self.root / "inputs/2020/ledgers" / LEDGER
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = (ROOT / "inputs/2020/ledgers" / LEDGER).read_text(encoding="cp437")
        path.unlink(missing_ok=True)
        if ledger != "borta":
            changed = whole
            for was, now in DEARER if ledger == "andrad" else ():
                changed = changed.replace(was, now)
            path.write_text(changed, encoding="cp437", newline="")
        self.ledger = ledger

    def run(self):
        inputs = Inputs(self.space)
        finance, self.told = examine_money(inputs, self.data)
        write_money(inputs, finance)
        write_memos(self.space, finance)
        self.book, self.seen = after_run(self.saved, self.ledger), self.ledger

    def edit(self, source, target, edits):
        """She opens a file, writes on its rows, and saves it as `target`."""
        at_outputs = source == self.space.finance
        rows, seen = (self.book, self.seen) if at_outputs else (self.saved, self.saved_seen)
        book, rows = openpyxl.load_workbook(source), dict(rows)
        for place, cells in edits.items():
            if not is_shown(place, seen):
                continue
            sheet, heads, number = find(book, place)
            for name, value in zip(("beslut", "kommentar", "av", "dag"), cells, strict=True):
                sheet.cell(number, heads[TEXTS(f"ekonomi.{name}")]).value = value
            word, comment, by, day = cells
            said = Said(word, by, day, seen) if word else None
            # What stood in the cells is written over; what had been opened again lies beside them.
            rows[place] = Row(said, comment, rows.get(place, Row()).earlier)
            if rows[place].cell and rows[place].cell.is_choice:
                rows[place] = replace(rows[place], earlier=None)
        stream = io.BytesIO()
        book.save(stream)
        target.write_bytes(stream.getvalue())
        self.saved, self.saved_seen = rows, seen

    @property
    def letter(self):
        return any((self.root / "outputs/2020/returns").glob("19-*ekonomi.docx"))


def find(book, place):
    """The sheet, its headings and the number of a row of hers."""
    sheet = book[place[0]]
    heads = {cell.value: cell.column for cell in sheet[4] if cell.value}
    column = 1 if place == WHOLE else 4
    rows = range(5, sheet.max_row + 1)
    found = [
        n
        for n in rows
        if sheet.cell(n, 1).value == "19" and str(sheet.cell(n, column).value).startswith(place[1])
    ]
    return sheet, heads, found[0]


def shown_in(path, ledger):
    """What a workbook holds of decisions, as she sees it and in its hidden cells."""
    book, found = openpyxl.load_workbook(path), {}
    for place in NAMES:
        if is_shown(place, ledger):
            sheet, heads, number = find(book, place)
            found[place] = cells_of(sheet, heads, number)
    if RESTING in book.sheetnames:
        sheet = book[RESTING]
        heads = {cell.value: cell.column for cell in sheet[4] if cell.value}
        for number in range(5, sheet.max_row + 1):
            place = next(p for p, name in NAMES.items() if name == sheet.cell(number, 1).value)
            assert place not in found
            found[place] = cells_of(sheet, heads, number)
    return {place: cells for place, cells in found.items() if any(cells)}


def cells_of(sheet, heads, number):
    names = ("beslut", "kommentar", "av", "dag", "forra_beslut", "forra_av", "forra_dag")
    values = [sheet.cell(number, heads[TEXTS(f"ekonomi.{name}")]).value for name in names]
    plain = [value.date() if isinstance(value, datetime) else value for value in values]
    return tuple(value or None for value in plain)


def expected(row):
    cell, earlier = (said or Said(None, None, None, "") for said in (row.cell, row.earlier))
    return cell.word, row.comment, cell.by, cell.day, earlier.word, earlier.by, earlier.day


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    root = tmp_path_factory.mktemp("beslut")
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "inputs/2020/submissions").mkdir(parents=True)
    name = "Redovisning Västmanland 2020.xlsx"
    shutil.copy(ROOT / "inputs/2020/submissions" / name, root / "inputs/2020/submissions")
    inputs = Inputs(Workspace(root, 2020))
    found = found_in(check_files(inputs, inputs.space.submissions(), no_step))
    return root, merge_all(inputs.year, found)


@pytest.fixture
def office(base, tmp_path):
    root, data = base
    shutil.copytree(root, tmp_path / "ar")
    made = Office(tmp_path / "ar", data)
    made.lay_ledger("hel")
    made.run()
    return made


def one_edit(draw, number):
    if draw.random() < 0.15:
        return (None, None, None, None)
    day = draw.choice((DAYS[0], DAYS[0], *DAYS))
    by = draw.choice(("Anna Ek", "Bo Ask", "Bo Ask", None))
    return (draw.choice((*WORDS[:2], *WORDS)), f"Kommentar {number}", by, day)


def held(office):
    """Nothing is lost, nothing stands elsewhere, and the letter follows."""
    assert shown_in(office.space.finance, office.ledger) == {
        place: expected(row) for place, row in office.book.items()
    }
    assert office.letter == is_written_to(office.book, office.ledger)


@pytest.mark.whole
class DescribeDecisionsOverManyRuns:
    @pytest.mark.parametrize("seed", range(2))
    def it_loses_none_and_lays_none_on_another_difference(self, office, seed):
        draw = random.Random(seed)
        own, outputs = office.space.decisions, office.space.finance
        for number in range(5):
            if draw.random() < 0.45:
                office.lay_ledger(draw.choice(("hel", "hel", "andrad", "borta")))
            if draw.random() < 0.8:
                edits = {place: one_edit(draw, number) for place in NAMES if draw.random() < 0.6}
                places = [(outputs, outputs), (outputs, own)] + [(own, own)] * own.is_file()
                office.edit(*draw.choice(places), edits)
            office.run()
            held(office)

    def it_keeps_those_of_a_ledger_that_was_away_while_others_were_made(self, office):
        signed = ("Anna Ek", date(2021, 3, 5))
        outputs = office.space.finance
        edits = {
            CODE: ("Godkänd", "Periodisering", *signed),
            KIND: ("Länet ska rätta", "Rätta", *signed),
        }
        office.edit(outputs, outputs, edits)
        office.run()
        office.lay_ledger("borta")
        office.run()
        assert [one.code for one in office.told] == ["BESLUT-BORTA", "BESLUT-BORTA"]
        office.edit(outputs, outputs, {WHOLE: ("Godkänd", "på plats", *signed)})
        office.run()
        assert "BESLUT-HAMTADE" in [one.code for one in office.told]
        office.lay_ledger("hel")
        office.run()
        held(office)
        # The approval of the whole was of other figures; that of the two rows stands.
        assert office.book[KIND].cell.word == "Länet ska rätta"
        assert office.letter

    def it_says_of_two_opposite_decisions_on_one_difference_which_they_are(self, office):
        signed = ("Anna Ek", date(2021, 3, 5))
        edits = {CODE: ("Godkänd", "", *signed), KIND: ("Länet ska rätta", "", *signed)}
        office.edit(office.space.finance, office.space.finance, edits)
        office.run()
        book = openpyxl.load_workbook(office.space.finance)
        said = []
        for place in (CODE, KIND):
            sheet, heads, number = find(book, place)
            said.append(sheet.cell(number, heads["Sedan beslutet"]).value)
        assert "KÖP – Köpta tjänster har fått beslutet Länet ska rätta" in said[0]
        assert "har fått beslutet Godkänd" in said[1]
        assert office.letter
