"""A decision is laid on the row that she saw it beside, or on none: what can be seen of a row and the hidden key are
held against each other."""

from __future__ import annotations

import io
import random
from datetime import date

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.decisions import Decision, WrittenRow
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.results import YearResults
from toolkit.export.finance.workbook import write_finance
from toolkit.ledger.chart import read_chart
from toolkit.ledger.files import read_ledger
from toolkit.spec.load import load_year
from toolkit.staff.decisions import read_decisions

YEAR = load_year(ROOT / "templates", 2020)
TEXTS = YEAR.texts("export")
NAMES = {one.code: one.name for one in YEAR.spec.counties}
HIDDEN = ("Nyckel (ändra inte)", "Belopp vid beslutet")
KEY, WORD, COMMENT, BY, DAY = (
    "Nyckel (ändra inte)",
    "Ekonomens beslut",
    "Ekonomens kommentar",
    "Beslutat av",
    "Beslutat den",
)
VISIBLE = (WORD, COMMENT, BY, DAY)
HEAD = 4


@pytest.fixture(scope="module")
def written(example):
    path = ROOT / "inputs/2020/ledgers/19 Västmanland.se"
    ledgers = {
        "19": read_ledger(path.read_bytes(), path.name, read_chart(YEAR), YEAR.spec.counties)
    }
    verdicts = earmark_verdicts(example, YEAR.spec.earmarks[0])
    lines = reconcile(example, ledgers)
    return write_finance(YearResults(example, verdicts, Series(()), lines=lines, ledgers=ledgers))


class Page:
    """A sheet by its headings, without the code's own reading."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.columns = {cell.value: cell.column for cell in sheet[HEAD] if cell.value}
        last = self.columns[KEY]
        self.rows = [
            row for row in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(row, last).value
        ]

    def get(self, row, column):
        return self.sheet.cell(row, self.columns[column]).value

    def put(self, row, column, value):
        self.sheet.cell(row, self.columns[column]).value = value

    def row_of(self, key):
        return next(row for row in self.rows if self.get(row, KEY) == key)

    def shift(self, columns, order):
        """Lay the cells of some columns in another order of rows."""
        held = [[self.sheet.cell(row, column).value for column in columns] for row in self.rows]
        for row, source in zip(self.rows, order, strict=True):
            for column, value in zip(columns, held[source], strict=True):
                self.sheet.cell(row, column).value = value


def decide(page, key, word="Godkänd", comment="Sett"):
    row = page.row_of(key)
    for name, value in zip(VISIBLE, (word, comment, "Eva Ek", date(2021, 3, 1)), strict=True):
        page.put(row, name, value)


def saved(written, change):
    book = openpyxl.load_workbook(io.BytesIO(written))
    change({name: Page(book[name]) for name in ("Översikt", "Avstämning")})
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(data):
    return read_decisions(data, 2020, TEXTS, counties=NAMES)


def codes(file):
    return [fault.code for fault in file.faults]


def visible(page):
    """All columns before the hidden ones."""
    return range(1, page.columns[KEY])


def beyond(page):
    """The hidden ones of her decision."""
    return range(page.columns[KEY], page.columns[KEY] + 6)


class DescribeSeenAndHidden:
    def it_takes_nothing_when_only_what_is_seen_has_been_sorted(self, written):
        """The stranger's case: columns A to R by name, and the keys left where they were."""

        def change(pages):
            page = pages["Översikt"]
            decide(page, "2020:lan:12")
            order = sorted(range(len(page.rows)), key=lambda at: page.get(page.rows[at], "Län"))
            page.shift(visible(page), order)

        file = read(saved(written, change))
        assert file.decisions == ()
        assert codes(file) == ["BESLUT-RAD"]
        why = dict(file.faults[0].values)["why"]
        assert why.startswith("På raden står 12 Skåne, men den dolda nyckeln bredvid hör till ")
        (kept,) = file.unplaced
        assert isinstance(kept, WrittenRow)
        assert (kept.word, kept.comment, kept.by) == ("Godkänd", "Sett", "Eva Ek")
        assert "Skåne" in kept.key

    def it_takes_all_when_whole_rows_have_been_sorted(self, written):
        def change(pages):
            page = pages["Översikt"]
            decide(page, "2020:lan:12")
            order = sorted(range(len(page.rows)), key=lambda at: page.get(page.rows[at], "Län"))
            page.shift([*visible(page), *beyond(page)], order)

        file = read(saved(written, change))
        assert [one.key for one in file.decisions] == ["2020:lan:12"]
        assert codes(file) == []

    @pytest.mark.parametrize("seed", range(12))
    def it_lays_a_decision_on_the_row_that_was_seen_or_on_none(self, written, seed):
        """Rows in any order, with or without their keys, decided on at random; told apart by what the program wrote
        beside each key before anything was moved."""
        chance = random.Random(seed)
        seen, wanted, lost = {}, {}, 0

        def change(pages):
            nonlocal lost
            for name, page in pages.items():
                names = ("Länskod", "Län", "Indelning", "Kod")
                own = [one for one in names if one in page.columns]
                for row in page.rows:
                    said = tuple(page.get(row, one) for one in own)
                    seen[name, said] = page.get(row, KEY)
                for row in page.rows:
                    if chance.random() < 0.3:
                        decide(page, page.get(row, KEY), comment=page.get(row, KEY))
                order = list(range(len(page.rows)))
                chance.shuffle(order)
                moved = [*visible(page), *(beyond(page) if chance.random() < 0.4 else ())]
                page.shift(moved, order)
                for row in page.rows:
                    if not page.get(row, WORD):
                        continue
                    said = tuple(page.get(row, one) for one in own)
                    if seen[name, said] == page.get(row, KEY):
                        wanted[page.get(row, KEY)] = page.get(row, COMMENT)
                    else:
                        lost += 1

        file = read(saved(written, change))
        assert {one.key: one.comment for one in file.decisions} == wanted
        # She had written the row's own key as her comment: none stands on another's.
        assert all(one.key == one.comment for one in file.decisions)
        assert len(file.unplaced) == lost
        assert codes(file) == ["BESLUT-RAD"] * lost

    @pytest.mark.parametrize(
        ("sheet", "key", "column", "value"),
        [
            ("Översikt", "2020:lan:12", "Länskod", "13"),
            ("Översikt", "2020:lan:12", "Län", "Halland"),
            ("Översikt", "2020:lan:12", "Län", "Skaane"),
            ("Avstämning", "2020:verksamhetskod:19:801", "Länskod", "20"),
            ("Avstämning", "2020:verksamhetskod:19:801", "Län", "Dalarna"),
            ("Avstämning", "2020:verksamhetskod:19:801", "Indelning", "Kostnadsslag"),
            ("Avstämning", "2020:verksamhetskod:19:801", "Kod", "PM"),
            ("Avstämning", "2020:verksamhetskod:19:801", "Kod", None),
        ],
    )
    def it_asks_where_one_cell_says_another_row(self, written, sheet, key, column, value):
        def change(pages):
            decide(pages[sheet], key)
            pages[sheet].put(pages[sheet].row_of(key), column, value)

        file = read(saved(written, change))
        assert (file.decisions, codes(file)) == ((), ["BESLUT-RAD"])

    @pytest.mark.parametrize(
        ("column", "value"),
        [("Länskod", 6), ("Länskod", None), ("Län", " jönköping "), ("Län", None)],
    )
    def it_knows_the_row_by_what_is_left_of_it(self, written, column, value):
        """Excel takes the nought away; one of code and name is enough."""

        def change(pages):
            decide(pages["Översikt"], "2020:lan:06")
            pages["Översikt"].put(pages["Översikt"].row_of("2020:lan:06"), column, value)

        file = read(saved(written, change))
        assert [one.key for one in file.decisions] == ["2020:lan:06"]

    def it_asks_where_nothing_is_left_to_be_seen(self, written):
        def change(pages):
            decide(pages["Översikt"], "2020:lan:06")
            for column in ("Länskod", "Län"):
                pages["Översikt"].put(pages["Översikt"].row_of("2020:lan:06"), column, None)

        assert codes(read(saved(written, change))) == ["BESLUT-RAD"]

    def it_asks_where_a_rows_decision_and_key_were_copied_to_another(self, written):
        def change(pages):
            page = pages["Översikt"]
            decide(page, "2020:lan:12")
            decide(page, "2020:lan:13", word="Utreds")
            here, there = page.row_of("2020:lan:12"), page.row_of("2020:lan:13")
            for column in range(page.columns[WORD], page.columns[KEY] + 6):
                page.sheet.cell(there, column).value = page.sheet.cell(here, column).value

        file = read(saved(written, change))
        assert [one.key for one in file.decisions] == ["2020:lan:12"]
        assert codes(file) == ["BESLUT-RAD"]
        assert "13 Halland" in dict(file.faults[0].values)["why"]

    def it_asks_where_a_row_of_one_sheet_was_copied_to_another(self, written):
        def change(pages):
            page = pages["Översikt"]
            row = page.row_of("2020:lan:19")
            decide(page, "2020:lan:19")
            page.put(row, KEY, "2020:verksamhetskod:19:801")

        assert codes(read(saved(written, change))) == ["BESLUT-RAD"]

    def it_keeps_a_hidden_earlier_decision_with_its_key(self, written):
        """What is hidden moves together: it stays the key's, whatever is seen beside it."""

        def change(pages):
            page = pages["Översikt"]
            row = page.row_of("2020:lan:06")
            for offset, value in enumerate(("Godkänd", "egen=1", "Bo Berg", "2021-02-01"), 2):
                page.sheet.cell(row, page.columns[KEY] + offset).value = value
            decide(page, "2020:lan:12")
            order = sorted(range(len(page.rows)), key=lambda at: page.get(page.rows[at], "Län"))
            page.shift(visible(page), order)

        file = read(saved(written, change))
        (made,) = file.decisions
        assert isinstance(made, Decision)
        assert (made.key, made.word, made.by, made.comment) == (
            "2020:lan:06",
            "godkand",
            "Bo Berg",
            "",
        )
        assert [one.word for one in file.unplaced] == ["Godkänd"]
