"""The finance officer's decisions: what she wrote comes back beside the same row, or she is told why not."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.decisions import Decision, FigureChange, stand
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Verdict
from toolkit.export.finance.workbook import write_finance
from toolkit.files.yaml import read_yaml
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.files import read_ledger
from toolkit.spec.load import load_year, parse
from toolkit.staff.decisions import DecisionFile, pack, read_decisions, unpack
from toolkit.words.cells import CellRef
from toolkit.year.faults import fault_finding
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all
from toolkit.year.money import examine_money
from toolkit.year.submissions import check_files, found_in
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
TEXTS = YEAR.texts("export")
CHART = parse(
    read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"),
    AccountChart,
)
LINE = "2020:verksamhetskod:19:801"


@pytest.fixture(scope="module")
def finance(example):
    path = ROOT / "inputs/2020/ledgers/19 Västmanland.se"
    ledgers = {"19": read_ledger(path.read_bytes(), path.name, CHART, YEAR.spec.counties)}
    verdicts = earmark_verdicts(example, YEAR.spec.earmarks[0])
    return YearResults(
        example, verdicts, Series(()), lines=reconcile(example, ledgers), ledgers=ledgers
    )


@pytest.fixture(scope="module")
def written(finance):
    return write_finance(finance)


@pytest.fixture
def decided(written, edited):
    """ekonomi.xlsx as she saves it, after writing in cells: `decided({"Översikt!N5": "Godkänd"})`."""

    def write(cells, data=written):
        def change(book):
            for place, value in cells.items():
                sheet, _, cell = place.partition("!")
                book[sheet][cell] = value
            sign(book)

        return edited(data, change)

    return write


def sign(book):
    """Her name and the day beside every decision that has none."""
    for page in (book["Översikt"], book["Avstämning"]):
        heads = {cell.value: cell.column for cell in page[4]}
        word, by, day = (heads.get(TEXTS(f"ekonomi.{name}")) for name in ("beslut", "av", "dag"))
        for row in range(5, page.max_row + 1):
            if word and page.cell(row, word).value and not page.cell(row, by).value:
                page.cell(row, by).value, page.cell(row, day).value = "Anna Ek", date(2021, 3, 1)


def date_of(data):
    """The day as it stands in her file, beside the difference."""
    return row_of(data, "Avstämning", "19")["Beslutat den"]


def read(data):
    return read_decisions(data, 2020, TEXTS)


def found(data, finance):
    """The decisions of a file laid beside the rows, and the workbook with them."""
    standings, gone = stand(finance.subjects(), read(data).decisions)
    return standings, gone, write_finance(replace(finance, standings=standings))


def row_of(data, sheet, first):
    """The cells of the first row that begins so, by heading."""
    page = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    heads = [cell.value for cell in page[4]]
    return next(
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=5)
        if row[0].value == first
    )


def with_workbook_amount(finance, more):
    """The same year with another amount in the workbook on the line that does not tie."""
    lines = [
        replace(x, reported=x.reported + more) if (x.county, x.code) == ("19", "801") else x
        for x in finance.lines
    ]
    return replace(finance, lines=lines)


class DescribeDecisions:
    def it_is_empty_in_a_workbook_where_nothing_is_decided(self, written):
        assert read(written) == DecisionFile()

    def it_carries_decision_and_comment_to_the_same_row(self, decided, finance):
        data = decided({"Avstämning!M5": "Godkänd", "Avstämning!N5": "Periodisering, rättas 2021."})
        standings, gone, new = found(data, finance)
        assert (list(standings), gone) == ([LINE], [])
        row = row_of(new, "Avstämning", "19")
        assert row["Ekonomens beslut"] == "Godkänd"
        assert row["Ekonomens kommentar"] == "Periodisering, rättas 2021."
        assert row["Sedan beslutet"] == "Beslutet gäller. Beloppen är oförändrade."

    def it_has_a_name_and_a_day(self, decided, finance):
        standings, _, new = found(decided({"Avstämning!M5": "Godkänd"}), finance)
        assert (standings[LINE].decision.by, standings[LINE].decision.day) == (
            "Anna Ek",
            "2021-03-01",
        )
        row = row_of(new, "Avstämning", "19")
        assert (row["Beslutat av"], row["Beslutat den"]) == ("Anna Ek", datetime(2021, 3, 1))

    @pytest.mark.parametrize("gone", ["Beslutat av", "Beslutat den"])
    def it_closes_nothing_without_either_but_is_kept(self, decided, edited, finance, gone):
        def forget(book):
            page = book["Avstämning"]
            head = next(cell for cell in page[4] if cell.value == gone)
            page.cell(5, head.column).value = "någon gång" if gone == "Beslutat den" else None

        data = edited(decided({"Avstämning!M5": "Godkänd"}), forget)
        assert [(one.code, str(one.ref)) for one in read(data).faults] == [
            ("BESLUT-UNDERSKRIFT", "Avstämning!M5")
        ]
        standings, _, new = found(data, finance)
        assert (standings[LINE].word, standings[LINE].accepted) == ("godkand", False)
        row = row_of(new, "Avstämning", "19")
        assert row["Ekonomens beslut"] == "Godkänd"
        assert row["Sedan beslutet"].startswith("Skriv vem som har beslutat")

    @pytest.mark.parametrize(
        ("by", "day", "why"),
        [
            ("Anna Ek", date(2031, 1, 1), "för dagen 2031-01-01 har inte varit än."),
            (
                "Anna Ek",
                date(2019, 12, 31),
                "för dagen 2019-12-31 är före 2020, som beslutet gäller.",
            ),
            ("Anna Ek", "2021-03-01, 2021-03-02", "för ”2021-03-01, 2021-03-02” är inte en dag."),
            (
                "Anna Ek, Bo Al",
                "2021-03-01 och 2021-03-02",
                "”2021-03-01 och 2021-03-02” är inte en dag.",
            ),
            ("Anna Ek", "2021-02-30", "för ”2021-02-30” är inte en dag."),
            ("Anna Ek", "i våras", "för ”i våras” är inte en dag."),
            ("Anna Ek", None, "för det framgår inte vilken dag det fattades."),
            (None, date(2021, 3, 1), "för det framgår inte vem som har fattat det."),
            (None, None, "för det framgår inte vem som har fattat det och vilken dag."),
            (
                "Anna Ek",
                date(2019, 1, 1),
                "för dagen 2019-01-01 är före 2020, som beslutet gäller.",
            ),
        ],
    )
    def it_says_what_a_decision_lacks(self, decided, edited, finance, by, day, why):
        def write(book):
            page = book["Avstämning"]
            heads = {cell.value: cell.column for cell in page[4]}
            page.cell(5, heads["Beslutat av"]).value = by
            page.cell(5, heads["Beslutat den"]).value = day

        data = edited(decided({"Avstämning!M5": "Godkänd"}), write)
        file = read_decisions(data, 2020, TEXTS, date(2021, 6, 1))
        (fault,) = file.faults
        found = fault_finding(finance.data.year, fault, "finance-decisions.xlsx", row="")
        assert (fault.code, found.message.endswith(why)) == ("BESLUT-UNDERSKRIFT", True)
        standings, _ = stand(finance.subjects(), file.decisions)
        assert (standings[LINE].word, standings[LINE].accepted) == ("godkand", False)

    @pytest.mark.parametrize("day", [date(2020, 1, 1), date(2021, 6, 1), "1/3 2021"])
    def it_holds_on_every_day_from_the_year_on(self, decided, edited, finance, day):
        def write(book):
            page = book["Avstämning"]
            heads = {cell.value: cell.column for cell in page[4]}
            page.cell(5, heads["Beslutat den"]).value = day

        file = read_decisions(
            edited(decided({"Avstämning!M5": "Godkänd"}), write), 2020, TEXTS, date(2021, 6, 1)
        )
        assert file.faults == ()
        assert stand(finance.subjects(), file.decisions)[0][LINE].accepted

    def it_is_read_from_a_workbook_that_had_no_names_and_days(self, decided, edited):
        def older(book):
            for page in (book["Avstämning"], book["Översikt"]):
                for name in (
                    "Tidigare beslut den",
                    "Tidigare beslut av",
                    "Beslutat den",
                    "Beslutat av",
                ):
                    page.delete_cols(next(cell.column for cell in page[4] if cell.value == name))

        file = read(edited(decided({"Avstämning!M5": "Godkänd"}), older))
        assert [(one.key, one.word, one.by) for one in file.decisions] == [(LINE, "godkand", "")]
        assert [one.code for one in file.faults] == ["BESLUT-UNDERSKRIFT"]

    def it_keeps_the_name_and_day_of_the_earlier_decision_on_a_row_that_is_open_again(
        self, decided, finance
    ):
        later = with_workbook_amount(finance, Decimal(2500))
        _, _, new = found(decided({"Avstämning!M5": "Godkänd"}), later)
        row = row_of(new, "Avstämning", "19")
        assert (row["Beslutat av"], row["Tidigare beslut av"]) == ("", "Anna Ek")
        assert "Tidigare beslut: Godkänd, Anna Ek, 2021-03-01." in row["Sedan beslutet"]
        standings, _, _ = found(new, finance)
        assert (standings[LINE].decision.by, standings[LINE].accepted) == ("Anna Ek", True)

    def it_is_read_from_a_sheet_that_has_been_copied(self, decided, edited):
        def copy(book):
            book.copy_worksheet(book["Avstämning"])

        data = edited(decided({"Avstämning!M5": "Godkänd"}), copy)
        assert [(one.key, one.word) for one in read(data).decisions] == [(LINE, "godkand")]
        assert read(data).faults == ()

    def it_finds_the_row_by_its_key_when_rows_have_been_sorted(self, written, edited, finance):
        def swap(book):
            page = book["Översikt"]
            page["N5"] = "Utreds"
            for column in range(1, 25):
                one, other = page.cell(5, column), page.cell(9, column)
                one.value, other.value = other.value, one.value

        county = row_of(
            written, "Översikt", openpyxl.load_workbook(io.BytesIO(written))["Översikt"]["A5"].value
        )
        standings, _, _ = found(edited(written, swap), finance)
        assert list(standings) == [f"2020:lan:{county['Länskod']}"]

    def it_opens_a_decision_again_when_the_figures_have_changed_and_says_how(
        self, decided, finance
    ):
        later = with_workbook_amount(finance, Decimal(2500))
        standings, _, new = found(
            decided({"Avstämning!M5": "Godkänd", "Avstämning!N5": "Periodisering."}), later
        )
        reported = next(line.reported for line in later.off if line.code == "801")
        assert standings[LINE].changes == (
            FigureChange("redovisat", f"{reported - 2500:f}", f"{reported:f}"),
        )
        assert not standings[LINE].accepted
        row = row_of(new, "Avstämning", "19")
        assert (row["Ekonomens beslut"], row["Ekonomens kommentar"]) == ("", "Periodisering.")
        assert row["Sedan beslutet"] == (
            "Öppnat igen. Tidigare beslut: Godkänd, Anna Ek, 2021-03-01. Beloppet enligt Ekonomi var 1\u00a0135\u00a0256\u00a0kr och är nu 1\u00a0137\u00a0756\u00a0kr."
        )

    def it_opens_the_countys_decision_when_the_verdict_has_changed(self, decided, finance):
        data = decided({"Översikt!N5": "Länet ska rätta"})
        county = row_of(
            data, "Översikt", openpyxl.load_workbook(io.BytesIO(data))["Översikt"]["A5"].value
        )["Länskod"]
        verdicts = [
            replace(v, verdict=Verdict.ZERO) if v.county == county else v for v in finance.verdicts
        ]
        standings, _, _ = found(data, replace(finance, verdicts=verdicts))
        assert standings[f"2020:lan:{county}"].changes == (
            FigureChange("utslag", "ej_redovisat", "noll"),
        )

    def it_keeps_an_open_row_open_when_she_saves_the_new_workbook_without_deciding(
        self, decided, finance
    ):
        later = with_workbook_amount(finance, Decimal(2500))
        _, _, new = found(decided({"Avstämning!M5": "Godkänd"}), later)
        standings, _, newest = found(decided({"Översikt!N6": "Utreds"}, new), later)
        assert len(standings[LINE].changes) == 1
        assert row_of(newest, "Avstämning", "19")["Sedan beslutet"].startswith(
            "Öppnat igen. Tidigare beslut: Godkänd, Anna Ek, 2021-03-01."
        )

    def it_lets_the_old_decision_stand_again_when_the_figures_are_as_they_were(
        self, decided, finance
    ):
        _, _, new = found(
            decided({"Avstämning!M5": "Godkänd"}), with_workbook_amount(finance, Decimal(2500))
        )
        standings, _, newest = found(new, finance)
        assert standings[LINE].accepted
        assert row_of(newest, "Avstämning", "19")["Ekonomens beslut"] == "Godkänd"

    def it_closes_an_open_row_with_a_new_decision_on_the_new_figures(self, decided, finance):
        later = with_workbook_amount(finance, Decimal(2500))
        _, _, new = found(decided({"Avstämning!M5": "Godkänd"}), later)
        standings, _, _ = found(decided({"Avstämning!M5": "Länet ska rätta"}, new), later)
        assert (standings[LINE].word, standings[LINE].changes) == ("rattas", ())

    def it_carries_a_comment_that_decides_nothing(self, decided, finance):
        later = with_workbook_amount(finance, Decimal(2500))
        standings, _, new = found(decided({"Avstämning!N5": "Fråga länet."}), later)
        assert (standings[LINE].word, standings[LINE].changes) == ("", ())
        assert row_of(new, "Avstämning", "19")["Ekonomens kommentar"] == "Fråga länet."

    def it_gives_back_a_decision_whose_row_is_gone(self, decided, finance):
        lines = [
            replace(line, reported=line.ledger, stated=line.ledger) if line.ledger else line
            for line in finance.lines
        ]
        tied = replace(finance, lines=lines)
        standings, gone, _ = found(decided({"Avstämning!M5": "Godkänd"}), tied)
        assert (standings, [(decision.key, decision.word) for decision in gone]) == (
            {},
            [(LINE, "godkand")],
        )

    @pytest.mark.libreoffice
    def it_reads_a_file_that_libreoffice_has_saved(self, decided, convert, finance):
        saved = convert(
            decided({"Avstämning!M5": "Godkänd", "Avstämning!N5": "Åtgärdas."}),
            "beslut.xlsx",
            "xlsx",
        )
        file = read(saved)
        assert [(d.key, d.word, d.comment) for d in file.decisions] == [
            (LINE, "godkand", "Åtgärdas.")
        ]
        standings, _, _ = found(saved, finance)
        assert standings[LINE].accepted

    @pytest.mark.libreoffice
    def it_has_a_difference_that_a_spreadsheet_program_counts_to_the_same(
        self, written, convert, finance
    ):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(convert(written, "e.xlsx", "ods")))
        rows = book.get_sheet_by_name("Avstämning").to_python(skip_empty_area=False)
        assert [row[8] for row in rows[4:] if row[0]] == [
            float(line.difference) for line in finance.all_off
        ]

    def it_gives_the_same_bytes_for_the_same_decisions(self, decided, finance):
        data = decided({"Avstämning!M5": "Godkänd", "Översikt!O7": "Ring länet."})
        assert found(data, finance)[2] == found(data, finance)[2]

    @given(st.lists(st.tuples(st.sampled_from(["a", "redovisat"]), st.from_regex(r"-?\d{0,9}(\.\d\d)?", fullmatch=True)),
                    min_size=1, max_size=5))  # fmt: skip
    def it_reads_back_the_figures_that_it_hides(self, figures):
        assert unpack(pack(tuple(figures))) == tuple(figures)


class DescribeFilesThatCannotBeUsed:
    @pytest.mark.parametrize(
        ("cells", "faults"),
        [
            ({"Avstämning!M5": "Godkänd", "Avstämning!S5": "9 kronor"}, [("BESLUT-BELOPP", "Avstämning!M5")]),
            ({"Avstämning!M5": "Godkänd", "Avstämning!R5": None}, [("BESLUT-RAD", "Avstämning!M5")]),
            ({"Avstämning!M5": "Godkänd", "Avstämning!R5": "skräp"}, [("BESLUT-RAD", "Avstämning!M5")]),
            ({"Översikt!O26": "En kommentar på summaraden"}, [("BESLUT-RAD", "Översikt!N26")]),
            ({"Avstämning!M5": "Godkänd", "Avstämning!R5": "2019:lan:12"}, [("BESLUT-AR", "Avstämning!M5")]),
            ({"Avstämning!M4": "Mitt beslut"}, [("BESLUT-KOLUMN", "Avstämning!A4")]),
            ({"Avstämning!R4": None, "Avstämning!M5": "Godkänd", "Avstämning!N6": "Ring"},
             [("BESLUT-KOLUMN", "Avstämning!A4"), ("BESLUT-RAD", "Avstämning!M5"), ("BESLUT-RAD", "Avstämning!M6")]),
        ],
    )  # fmt: skip
    def it_names_the_cell_of_what_it_does_not_understand(self, decided, cells, faults):
        file = read(decided(cells))
        assert [(fault.code, str(fault.ref)) for fault in file.faults] == faults
        assert file.decisions == ()

    @pytest.mark.parametrize("word", ["Kanske", "#N/A", "OK"])
    def it_keeps_a_word_that_is_no_choice_in_its_cell(self, decided, finance, word):
        data = decided({"Avstämning!M5": word, "Avstämning!Q5": "i går"})
        file = read(data)
        assert [(one.code, str(one.ref)) for one in file.faults] == [
            ("BESLUT-OKANT", "Avstämning!M5")
        ]
        standings, _, new = found(data, finance)
        assert not standings[LINE].accepted
        row = row_of(new, "Avstämning", "19")
        assert (row["Ekonomens beslut"], row["Beslutat den"]) == (word, date_of(data))
        assert row["Sedan beslutet"].startswith(f"”{word}” finns inte i listan")

    @pytest.mark.parametrize(
        "cells",
        [
            {"Avstämning!M5": "Godkänd", "Avstämning!R5": None},
            {"Avstämning!M5": "Godkänd", "Avstämning!S5": "9 kronor"},
            {"Avstämning!P5": "Bo", "Avstämning!R5": "skräp"},
            {"Översikt!O26": "En kommentar på summaraden"},
        ],
    )
    def it_writes_a_row_that_nobody_can_place_on_a_sheet_of_its_own_until_it_is_taken_away(
        self, decided, finance, cells
    ):
        file = read(decided(cells))
        (kept,) = file.unplaced
        new = write_finance(replace(finance, resting=file.unplaced))
        again = read(new)
        assert again.unplaced == (kept,)
        assert [one.code for one in again.faults] == [one.code for one in file.faults]
        assert {one.ref.sheet for one in again.faults} == {"Vilande beslut"}

    def it_lets_a_new_decision_settle_what_was_kept_of_the_same_row(self, decided, finance):
        opposed = (
            Decision(LINE, "godkand", "a", (("redovisat", "1"),), "Bo", "2021-03-01"),
            Decision(LINE, "utreds", "b", (("redovisat", "1"),), "Bo", "2021-03-01"),
        )
        new = write_finance(replace(finance, resting=opposed))
        file = read(new)
        assert (file.unplaced, [one.code for one in file.faults]) == (opposed, ["BESLUT-DUBBEL"])
        settled = read(decided({"Avstämning!M5": "Utreds"}, new))
        assert [(one.word, one.by) for one in settled.decisions] == [("utreds", "Anna Ek")]
        assert (settled.unplaced, settled.faults) == ((), ())

    def it_takes_neither_of_two_different_decisions_on_one_row(self, written, edited):
        def copy(book):
            page = book["Avstämning"]
            for column in range(1, 24):
                page.cell(6, column).value = page.cell(5, column).value
            page["M5"], page["M6"] = "Godkänd", "Utreds"
            sign(book)

        file = read(edited(written, copy))
        assert (file.decisions, [(fault.code, dict(fault.values)) for fault in file.faults]) == (
            (), [("BESLUT-DUBBEL", {"key": LINE})],
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "FIL-TOM-FIL"),
            (b"inte en arbetsbok", "FIL-FORMAT"),
            (b"PK\x03\x04 trasig", "FIL-SKADAD"),
        ],
    )
    def it_refuses_what_is_no_workbook(self, data, code):
        assert [fault.code for fault in read(data).faults] == [code]

    def it_refuses_another_workbook(self, rows, workbook):
        assert [fault.code for fault in read(workbook(rows)).faults] == ["BESLUT-EJ-EKONOMI"]

    @given(st.binary(max_size=200))
    def it_never_raises_on_bytes(self, data):
        assert len(read(data).faults) == 1

    @given(key=st.text(max_size=40), word=st.text(max_size=20), figures=st.text(max_size=40))
    def it_never_raises_on_texts_in_the_cells(self, key, word, figures):
        from toolkit.staff.decisions import _DecisionReading, _read_row

        row = {
            "nyckel": key,
            "beslut": word,
            "kommentar": "x",
            "beslutat_pa": figures,
            "av": word,
            "dag": "",
            "forra_beslut": "",
            "forra_belopp": "",
            "forra_av": "",
            "forra_dag": "",
        }
        read = _read_row(
            row, CellRef("Översikt", 5, 10), _DecisionReading(2020, TEXTS, date(2021, 6, 1))
        )
        assert all(one.code.startswith("BESLUT-") for one in read.faults)
        # Kept, but for a row of another year, whose whole file is left alone.
        assert read.kept or [one.code for one in read.faults] == ["BESLUT-AR"]


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """A year with one county's return and its ledger, and nothing decided."""
    root = tmp_path_factory.mktemp("beslut")
    shutil.copytree(ROOT / "templates", root / "templates")
    for name in ("submissions/Redovisning Västmanland 2020.xlsx", "ledgers/19 Västmanland.se"):
        (root / "inputs/2020" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "inputs/2020" / name, root / "inputs/2020" / name)
    return Workspace(root, 2020)


@pytest.fixture(scope="module")
def data(space):
    return merge_all(YEAR, found_in(check_files(Inputs(space), space.submissions(), lambda: None)))


@pytest.mark.whole
class DescribeTheNextRun:
    def save(self, space, data):
        space.decisions.write_bytes(data)

    def it_reads_her_file_and_says_what_was_opened_again(self, space, data, decided):
        finance, none = examine_money(Inputs(space), data)
        assert none == []
        self.save(
            space,
            decided(
                {"Avstämning!M5": "Godkänd"},
                write_finance(with_workbook_amount(finance, Decimal(1))),
            ),
        )
        again, findings = examine_money(Inputs(space), data)
        assert list(again.standings) == [LINE]
        assert [(finding.code, finding.message) for finding in findings] == [
            (
                "BESLUT-OPPNAT",
                "Beslutet ”Godkänd” om Västmanland, 801 gällde andra belopp. Beloppet enligt Ekonomi var "
                "1\u00a0135\u00a0257\u00a0kr och är nu 1\u00a0135\u00a0256\u00a0kr.",
            )
        ]

    def it_says_that_a_row_is_gone(self, space, data, decided):
        finance, _ = examine_money(Inputs(space), data)
        other = decided(
            {
                "Avstämning!A5": "12",
                "Avstämning!B5": "Skåne",
                "Avstämning!D5": "PM – Prostitution och människohandel",
                "Avstämning!M5": "Godkänd",
                "Avstämning!R5": "2020:verksamhetskod:12:PM",
            },
            write_finance(finance),
        )
        self.save(space, other)
        _, findings = examine_money(Inputs(space), data)
        assert [(f.code, f.parameters) for f in findings] == [
            ("BESLUT-BORTA", (("decision", "Godkänd"), ("file", "finance-decisions.xlsx"), ("key", "2020:verksamhetskod:12:PM"),
                              ("row", "Skåne, PM"))),
        ]  # fmt: skip

    @pytest.mark.parametrize("content", [b"", b"skr\xe4p" * 50, b"PK\x03\x04" + bytes(500)])
    def it_ends_as_a_finding_when_the_file_is_garbled(self, space, data, content):
        self.save(space, content)
        finance, findings = examine_money(Inputs(space), data)
        assert ([finding.severity.name for finding in findings], finance.standings) == (
            ["ERROR"],
            {},
        )
