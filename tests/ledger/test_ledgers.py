"""The finance check against an answer sheet calculated by hand, and what must hold for any rows at all."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tracemalloc
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, said
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import (
    Reconciliation,
    narrowed,
    reconcile,
    reconcile_parts,
    spent_by,
)
from toolkit.analysis.records import PROVENANCE
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Dimension, TableState
from toolkit.export.finance.workbook import write_finance
from toolkit.files.yaml import read_yaml
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.files import read_amount, read_ledger
from toolkit.read import Unreadable
from toolkit.spec.load import load_year, parse
from toolkit.words.amounts import read_number
from toolkit.year.ledgers import read_ledgers
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
CHART = parse(
    read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"),
    AccountChart,
)
COUNTIES = YEAR.spec.counties
HERE = ROOT / "tests/ledgers"
ACCOUNTS = {
    "PER": "4110",
    "LOK": "5010",
    "KÖP": "5410",
    "RES": "5510",
    "BID": "7310",
    "OH": "5990",
    "ÖVR": "5790",
}
CODES = ("801", "HR", "PM", "VF", "VN")
NAMES = {"12": "Skåne", "14": "Västra Götaland", "19": "Västmanland"}


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def kr(text):
    return Decimal(text.replace(",", "."))


@pytest.fixture(scope="module")
def gotland(workbook, look):
    """The county of the answer sheet, through template, reading, checks and merge."""
    from tests.conftest import CLEAN

    lines = []
    for row in table("redovisning.csv"):
        line = {
            **CLEAN["ekonomi"][0],
            **row,
            "utfall": kr(row["utfall"]),
            "budget": Decimal(200_000),
        }
        line |= {"BID": {"mottagare": "Jouren på Gotland", "slag": "U"}, "OH": {"grund": "ÅA"}}.get(
            row["kostnadsslag"], {}
        )
        lines.append(line)
    sums = {row["namn"]: kr(row["redovisat"]) for row in table("facit.csv")}
    post = {**CLEAN["anslag"][0], "tilldelning": Decimal(200_000)}
    content = {
        **CLEAN,
        "ekonomi": lines,
        "anslag": [
            {**post, "anslagspost": name, "utgifter": sums[name]} for name in ("ap.1", "ap.4")
        ],
        "huvudbok": [{"verksamhetskod": code, "huvudbok": sums[code]} for code in CODES],
        "sarredovisning": [{"omrade": "PM", "status": "SÄR", "belopp": sums["PM"]}],
    }
    return look(workbook(content, "09"), "Gotland.xlsx")


@pytest.fixture(scope="module")
def ledger():
    path = HERE / "09 Gotland huvudbok.csv"
    return read_ledger(path.read_bytes(), path.name, CHART, COUNTIES)


class DescribeTheAnswerSheet:
    def it_is_a_return_with_nothing_that_blocks(self, gotland):
        assert said(gotland) == [("SAR-ANNANKOD", "Ekonomi!C6:C8"), ("EKON-MINUS", "Ekonomi!K12")]
        assert not any(finding.keeps_out for finding in gotland.findings)

    def it_has_the_ledgers_sums_by_code_and_by_kind(self, ledger):
        by_kind: dict[str, Decimal] = {}
        for (_, kind), amount in ledger.sums.items():
            by_kind[kind] = by_kind.get(kind, Decimal(0)) + amount
        expected = {
            row["namn"]: kr(row["huvudbok"]) for row in table("facit.csv") if kr(row["huvudbok"])
        }
        found = {**ledger.by_code(), **by_kind}
        assert found == {
            name: amount for name, amount in expected.items() if not name.startswith("ap.")
        }

    def it_counts_every_line_of_the_ledger(self, ledger):
        assert (ledger.county, ledger.transactions, ledger.left_out) == ("09", 9, 1)
        assert (ledger.bad_lines, ledger.control) == (((11, "femhundra"),), Decimal("210000.25"))
        assert (ledger.total, ledger.stated, ledger.missing) == (0, 500, 500)

    def it_finds_the_difference_on_the_sheet_and_no_other(self, gotland, ledger):
        lines = reconcile(merge(YEAR, [gotland]), {"09": ledger})
        found = {line.code: (line.reported, line.ledger, line.difference) for line in lines}
        rows = [row for row in table("facit.csv") if row["del"] == "verksamhetskod"]
        assert found == {
            row["namn"]: tuple(kr(row[n]) for n in ("redovisat", "huvudbok", "differens"))
            for row in rows
        }
        assert [line.code for line in lines if not line.ties] == ["PM"]

    def it_finds_the_same_difference_by_kind_and_by_post_and_no_other(self, gotland, ledger):
        lines = reconcile_parts(merge(YEAR, [gotland]), {"09": ledger}, Series(()))
        found = {
            (line.dimension, line.code): (line.reported, line.ledger, line.difference)
            for line in lines
        }
        rows = [row for row in table("facit.csv") if row["del"] != "verksamhetskod"]
        names = ("redovisat", "huvudbok", "differens")
        assert found == {
            (row["del"], row["namn"]): tuple(kr(row[name]) for name in names) for row in rows
        }

    def it_compares_the_appropriation_account_where_there_is_no_ledger(self, gotland):
        data = merge(YEAR, [gotland])
        lines = reconcile_parts(
            data,
            {},
            Series((AppropriationFigure(2020, "utgifter", Decimal(209_000), "Källa", ""),)),
        )
        assert [(one.dimension, one.code, one.stated, one.ties) for one in lines] == [
            ("anslagspost", "ap.1", Decimal(30_000), True), ("anslagspost", "ap.4", Decimal("179000.25"), True),
            ("riket", "", Decimal(209_000), True),
        ]  # fmt: skip

    def it_gives_the_verdict_on_the_sheet_and_the_row_that_decides_it(self, gotland):
        verdicts = earmark_verdicts(merge(YEAR, [gotland]), YEAR.spec.earmarks[0])
        verdict = next(one for one in verdicts if one.county == "09")
        assert (verdict.verdict, verdict.own, verdict.traced, verdict.total) == (
            "delvis", Decimal("26499.75"), Decimal(30_000), Decimal("209000.25"),
        )  # fmt: skip
        assert [row.id for row in verdict.rows] == ["E6", "E4", "E5", "E7"]


def xlsx_of(rows, **options):
    """Rows as an xlsx, as XlsxWriter saves them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": not options, **options})
    sheet = book.add_worksheet("Transaktioner")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def rewritten(data, part, change):
    """The same package with one part changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return target.getvalue()


HEADS = ["Verifikationsnummer", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text"]
HEAD = ";".join(HEADS) + "\n"
SHEET = "xl/worksheets/sheet1.xml"


def read(data, name="08 Kalmar.csv"):
    return read_ledger(data if isinstance(data, bytes) else data.encode(), name, CHART, COUNTIES)


class DescribeReadingLineByLine:
    ROWS = (
        HEADS,
        ["1", "5410", "pm", "ap.4", 100.25, "a"],
        ["2", 5410, "PM", "ap.1", "1 000,50 kr", "b"],
        ["3", "1930", "", "", -5, ""],
    )

    @pytest.mark.parametrize(
        "options", [{}, {"constant_memory": True}], ids=["shared strings", "strings in cells"]
    )
    def it_reads_an_xlsx_with_strings_stored_in_either_way(self, options):
        ledger = read(xlsx_of(self.ROWS, **options))
        assert ledger.booked == {
            ("PM", "KÖP", "ap.4"): Decimal("100.25"),
            ("PM", "KÖP", "ap.1"): Decimal("1000.50"),
        }
        assert (ledger.transactions, ledger.left_out, ledger.total) == (3, 1, Decimal("1095.75"))

    def it_reads_an_xlsx_whose_elements_have_a_prefix_and_whose_cells_have_no_address(self):
        data = xlsx_of(self.ROWS[:3])
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            inner = re.search(rb"<sheetData>.*</sheetData>", package.read(SHEET), re.DOTALL)[
                0
            ].decode()
        bare = re.sub(r'(<c) r="[A-Z]+\d+"', r"\1", inner)
        bare = re.sub(r"<(/?)(sheetData|row|c|v)\b", r"<\1x:\2", bare)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        part = f'<x:worksheet xmlns:x="{space}">{bare}</x:worksheet>'.encode()
        assert read(rewritten(data, SHEET, lambda _: part)).sums == {
            ("PM", "KÖP"): Decimal("1100.75")
        }

    def it_takes_the_largest_sheet_that_has_the_headings(self):
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        for name, count in (("Översikt", 40), ("Transaktioner", 3)):
            sheet = book.add_worksheet(name)
            for number in range(count):
                row = ["1", "5410", "PM", "", 1, ""] if number else HEADS
                sheet.write_row(number, 0, row if name == "Transaktioner" else ["bara text"] * 6)
        book.close()
        assert read(target.getvalue()).control == 2

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda part: part[: len(part) // 2], "FIL-SKADAD"),
            (
                lambda part: part.replace(
                    b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1
                ),
                "FIL-FARLIG",
            ),
        ],
    )
    def it_refuses_a_sheet_that_is_damaged_or_dangerous(self, change, code):
        data = rewritten(
            xlsx_of([*self.ROWS, *([["9", "5410", "PM", "", 1, ""]] * 50)]), SHEET, change
        )
        with pytest.raises(Unreadable) as refused:
            read(data)
        assert refused.value.code == code

    def it_names_the_lines_of_the_file_even_when_a_text_has_several(self):
        text = (
            HEAD + '1;5410;PM;;1,00;"två\nrader"\n2;5410;PM;;x;\n3;5410;PM;;2,00;\n4;;PM;;5,00;\n'
        )
        ledger = read(text)
        assert (ledger.bad_lines, ledger.control) == (((4, "x"), (6, "")), Decimal(3))

    def it_lists_the_lines_that_an_unclosed_quotation_mark_has_swallowed(self):
        text = HEAD + '1;5410;PM;;1,00;"inte stängt\n2;5410;PM;;2,00;b\n3;5410;PM;;3,00;c\n'
        ledger = read(text)
        assert ([bad.line for bad in ledger.bad_lines], ledger.transactions) == ([2, 3, 4], 0)

    def it_lists_the_lines_that_the_csv_reader_gives_up_on(self):
        rest = "".join(f"{n};5410;PM;;1,00;{'x' * 90}\n" for n in range(2, 3000))
        ledger = read(HEAD + '1;5410;PM;;1,00;"inte stängt\n' + rest)
        assert ledger.transactions + len(ledger.bad_lines) == 2999
        assert [bad.line for bad in ledger.bad_lines[:3]] == [2, 3, 4]

    @pytest.mark.parametrize("amount", ["5 tkr", "12 %", "1.234", "1,234", "fem", "", "1e5", "NaN"])
    def it_lists_amounts_that_could_be_something_else(self, amount):
        assert read(HEAD + f"1;5410;PM;;{amount};t\n").bad_lines == ((2, amount),)

    @pytest.mark.parametrize(
        "text", [HEAD + "1;5410;PM;;811228-9874;t\n", "#FLAGGA 0\n#TRANS 5410 {} 811228-9874\n"]
    )
    def it_never_repeats_a_personal_number_from_a_bad_line(self, text):
        (bad,) = read(text).bad_lines
        assert (bad.line, "811228-9874" in bad.why, bool(bad.why)) == (2, False, True)

    def it_lists_a_line_whose_account_is_no_account(self):
        assert read(HEAD + "1;Delsumma 5410;PM;;5,00;t\n").bad_lines == ((2, "Delsumma 5410"),)

    def it_refuses_a_file_where_next_to_nothing_can_be_read(self):
        with pytest.raises(Unreadable) as refused:
            read(HEAD + "1;5410;PM;;x;t\n" * 10_001)
        assert refused.value.code == "HUVUDBOK-OLASBAR"

    @given(st.from_regex(r"-?[0-9]{1,15}([.,][0-9]{1,2})?", fullmatch=True))
    def it_reads_plain_amounts_as_the_careful_reader_does(self, written):
        assert read_amount(written) == read_number(written).value


@pytest.mark.whole
class DescribeTheControlSum:
    BODY = "1;5410;PM;;100,00;a\n2;1930;;;-40,00;b\n"

    @pytest.mark.parametrize(
        "last", ["Summa;;;;60,00;\n", ";Totalt;;;60,00;\n", ";;;;60,00;Kontrollsumma\n"]
    )
    def it_is_the_files_own_sum_of_all_accounts(self, last):
        ledger = read(HEAD + self.BODY + last)
        assert (ledger.total, ledger.stated, ledger.missing, ledger.bad_lines) == (60, 60, 0, ())

    def it_shows_what_was_not_read(self):
        ledger = read(HEAD + self.BODY + "3;5410;PM;;x;c\nSumma;;;;75,50;\n")
        assert (ledger.missing, ledger.bad_lines) == (Decimal("15.50"), ((4, "x"),))

    def it_is_nothing_where_the_file_has_none(self):
        assert (read(HEAD + self.BODY).stated, read(HEAD + self.BODY).missing) == (None, 0)

    def it_is_zero_in_sie_so_that_a_file_cut_short_is_seen(self):
        whole = '#FLAGGA 0\n#FNAMN "Kalmar"\n#VER A 1 20200101\n{\n#TRANS 5410 {7 "PM"} 10.00\n#TRANS 1930 {} -10.00\n}\n'
        assert read(whole, "x.se").missing == 0
        assert read(whole[:-26], "x.se").missing == -10

    @given(
        st.lists(st.integers(-(10**10), 10**10), max_size=40),
        st.sampled_from(["csv", "xlsx", "se"]),
    )
    def it_is_what_was_read_whatever_the_format(self, amounts, form):
        rows = [[n, "5410", "PM", "ap.4", ore, "t"] for n, ore in enumerate(amounts)]
        total = Decimal(sum(amounts)) / 100
        if form == "se":
            body = "".join(f'#TRANS 5410 {{7 "PM"}} {Decimal(ore) / 100:.2f}\n' for ore in amounts)
            ledger = read(f"#FLAGGA 0\n{body}#TRANS 1930 {{}} {-total:.2f}\n", "08 Kalmar.se")
        else:
            written = [
                [*row[:4], f"{Decimal(row[4]) / 100:.2f}".replace(".", ","), row[5]] for row in rows
            ]
            last = ["Summa", "", "", "", f"{total:.2f}".replace(".", ","), ""]
            table = [HEADS, *written, last]
            ledger = read(
                xlsx_of(table)
                if form == "xlsx"
                else "\n".join(";".join(map(str, row)) for row in table)
            )
        assert (ledger.control, ledger.missing, ledger.bad_lines) == (total, 0, ())

    @given(st.lists(st.one_of(st.just("x"), st.integers(0, 10**6).map(str)), max_size=60))
    def it_accounts_for_every_line(self, amounts):
        ledger = read(HEAD + "".join(f"1;5410;PM;;{amount};t\n" for amount in amounts))
        assert [bad.line for bad in ledger.bad_lines] == [
            n for n, amount in enumerate(amounts, 2) if amount == "x"
        ]
        assert ledger.transactions + len(ledger.bad_lines) == len(amounts)


class DescribeEveryLineOfTheExample:
    """Forty kronor too much in any one line of the example: it is told at that line's codes and nowhere else."""

    CUTS = ("verksamhetskod", "kostnadsslag", "anslagspost")

    @staticmethod
    def of_county(example, county, spend=None):
        """The example year with the rows of one county only."""
        own = {
            name: [
                mapping_of(example, name, row) for row in example.rows(name) if row.county == county
            ]
            for name in ("ekonomi", "huvudbok", "anslag")
        }
        counties = tuple(state for state in example.counties if state.code == county)
        tables = {**own, "ekonomi": own["ekonomi"] if spend is None else spend}
        return replace(with_tables(example, **tables), counties=counties)

    @staticmethod
    def off_of(data, ledger):
        ledgers = {ledger.county: ledger}
        lines = [*reconcile(data, ledgers), *reconcile_parts(data, ledgers, Series(()))]
        return {(one.dimension, one.code): one.difference for one in lines if not one.ties}

    @staticmethod
    def moved(before, now):
        found = {key: now.get(key, 0) - before.get(key, 0) for key in {*before, *now}}
        return {key: difference for key, difference in found.items() if difference}

    def it_is_found_in_the_ledger_as_csv(self, example):
        path, data = (
            ROOT / "inputs/2020/ledgers/12 Skåne huvudbok.csv",
            self.of_county(example, "12"),
        )
        lines = path.read_text(encoding="cp1252").splitlines()
        before = self.off_of(
            data, read_ledger("\n".join(lines).encode(), path.name, CHART, COUNTIES)
        )
        for number, line in enumerate(lines[1:], 1):
            voucher, day, account, code, post, amount, said = line.split(";")
            more = f"{kr(amount) + 40:.2f}".replace(".", ",")
            spoilt = [
                *lines[:number],
                ";".join([voucher, day, account, code, post, more, said]),
                *lines[number + 1 :],
            ]
            now = self.off_of(
                data, read_ledger("\n".join(spoilt).encode(), path.name, CHART, COUNTIES)
            )
            codes = zip(self.CUTS, (code, CHART.kind_of(account), post), strict=True)
            assert self.moved(before, now) == dict.fromkeys(codes, 40), line

    def it_is_found_in_the_ledger_as_sie(self, example):
        path, data = ROOT / "inputs/2020/ledgers/19 Västmanland.se", self.of_county(example, "19")
        lines = path.read_text(encoding="cp437").splitlines()
        before = self.off_of(
            data, read_ledger("\n".join(lines).encode("cp437"), path.name, CHART, COUNTIES)
        )
        planted = 0
        for number, line in enumerate(lines):
            found = re.match(r' *#TRANS (\d+) {7 "(\w+)"} (\S+)', line)
            if found is None:
                continue
            planted += 1
            spoilt = [
                *lines[:number],
                line.replace(found[3], str(Decimal(found[3]) + 40)),
                *lines[number + 1 :],
            ]
            now = self.off_of(
                data, read_ledger("\n".join(spoilt).encode("cp437"), path.name, CHART, COUNTIES)
            )
            expected = {
                ("verksamhetskod", found[2]): 40,
                ("kostnadsslag", CHART.kind_of(found[1])): 40,
            }
            assert self.moved(before, now) == expected, line
        assert planted == 105

    def it_is_found_in_the_workbook(self, example):
        path, data = (
            ROOT / "inputs/2020/ledgers/12 Skåne huvudbok.csv",
            self.of_county(example, "12"),
        )
        ledger = read_ledger(path.read_bytes(), path.name, CHART, COUNTIES)
        before = self.off_of(data, ledger)
        rows = [mapping_of(data, "ekonomi", row) for row in data.rows("ekonomi")]
        for number, row in enumerate(rows):
            spoilt = [
                {**one, "utfall": one["utfall"] + 40} if n == number else one
                for n, one in enumerate(rows)
            ]
            now = self.off_of(self.of_county(data, "12", spoilt), ledger)
            assert self.moved(before, now) == {(cut, row[cut]): -40 for cut in self.CUTS}, row["id"]


class DescribeWhatIsToldOfLedgers:
    @pytest.fixture
    def space(self, tmp_path):
        (tmp_path / "inputs/2020/ledgers").mkdir(parents=True)
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        return Workspace(tmp_path, 2020)

    @staticmethod
    def put(space, text):
        (space.inputs / "ledgers/08 Kalmar.csv").write_text(HEAD + text, encoding="utf-8")
        return read_ledgers(space, YEAR)

    def it_says_which_lines_were_not_read_and_what_the_files_sum_lacks(self, space):
        _, findings = self.put(space, "1;5410;PM;;1,00;a\n2;5410;PM;;x;b\nSumma;;;;11,50;\n")
        assert [finding.code for finding in findings] == ["HUVUDBOK-RADER", "HUVUDBOK-SUMMA"]
        assert (
            findings[0].message
            == "Rader i filen 08 Kalmar.csv som inte kunde läsas: 1 (rad 3). Ingenting har jämförts med filen."
        )
        assert (
            "summerar till 11,50\u00a0kr, men de rader som har lästs summerar till 1\u00a0kr."
            in findings[1].message
        )

    def it_is_silent_when_everything_was_read(self, space):
        ledgers, findings = self.put(space, "1;5410;PM;;1,00;a\nSumma;;;;1,00;\n")
        assert (findings, ledgers["08"].control) == ([], 1)

    def it_refuses_a_ledger_of_bad_lines(self, space):
        ledgers, findings = self.put(space, "1;5410;PM;;x;a\n" * 10_001)
        assert ([(f.code, f.blocks) for f in findings], ledgers) == (
            [("HUVUDBOK-OLASBAR", True)],
            {},
        )

    def it_lists_every_unread_line_in_ekonomi_xlsx(self, space, example):
        ledgers, _ = self.put(
            space, "".join(f"{n};5410;PM;;{'x' if n % 2 else 1};a\n" for n in range(60))
        )
        finance = YearResults(
            example, earmark_verdicts(example, YEAR.spec.earmarks[0]), Series(()), ledgers=ledgers
        )
        sheet = openpyxl.load_workbook(io.BytesIO(write_finance(finance)), data_only=True)[
            "Så lästes huvudboken"
        ]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        assert rows[0][:10] == [
            "08",
            "Kalmar",
            "08 Kalmar.csv",
            30,
            30,
            0,
            30,
            "Ingen summa i filen",
            "",
            30,
        ]
        assert [(row[3], row[4]) for row in rows if row[4] == "x"] == [
            (line, "x") for line in range(3, 62, 2)
        ]


class DescribeLinksToLedgers:
    def it_leads_from_every_unread_line_and_every_booked_sum_to_the_file(self, example):
        ledger = read(
            "\n".join(
                [HEAD.strip(), "1;5410;PM;ap.4;x;a", "2;5410;PM;ap.4;5,00;b", "3;1930;;;7,00;c"]
            )
        )
        verdicts = earmark_verdicts(example, YEAR.spec.earmarks[0])
        places = {"08 Kalmar.csv": "../../inputs/2020/ledgers/08 Kalmar.csv"}
        finance = YearResults(example, verdicts, Series(()), ledgers={"08": ledger}, places=places)
        book = openpyxl.load_workbook(io.BytesIO(write_finance(finance)))
        rows = [
            *book["Så lästes huvudboken"].iter_rows(min_row=5),
            *book["Bokfört"].iter_rows(min_row=5),
        ]
        found = [
            (row[2].value, row[2].hyperlink.target[-15:], row[6].value)
            for row in rows
            if row[0].value == "08"
        ]
        assert [where for where in found if where[:2] != ("08 Kalmar.csv", "08%20Kalmar.csv")] == []
        assert [amount for _, _, amount in found[2:]] == [5, 7]


class DescribeMemory:
    @staticmethod
    def peak(lines, form):
        rows = ([str(n), "5410", "PM", "ap.4", float(n), f"Text {n}"] for n in range(lines))
        if form == "csv":
            data = (
                HEAD + "".join(";".join([*row[:4], f"{row[4]:.2f}", row[5]]) + "\n" for row in rows)
            ).encode()
        elif form == "xlsx":
            data = xlsx_of([HEADS, *rows], constant_memory=True)
        else:
            data = (
                "#FLAGGA 0\n" + "".join(f'#TRANS 5410 {{7 "PM"}} {row[4]:.2f}\n' for row in rows)
            ).encode()
        tracemalloc.start()
        try:
            assert read(data).transactions == lines
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    @pytest.mark.slow
    @pytest.mark.parametrize("form", ["csv", "xlsx", "se"])
    def it_does_not_grow_with_the_number_of_lines(self, form):
        self.peak(2_000, form)
        small, large = self.peak(8_000, form), self.peak(24_000, form)
        assert large < 1.2 * small, (small, large)


line = st.fixed_dictionaries({
    "lan": st.sampled_from(sorted(NAMES)), "verksamhetskod": st.sampled_from(CODES),
    "kostnadsslag": st.sampled_from(sorted(ACCOUNTS)), "anslagspost": st.sampled_from(["ap.1", "ap.3", "ap.4"]),
    "ore": st.integers(-(10**11), 10**11),
})  # fmt: skip
some_lines = st.lists(line, min_size=1, max_size=25)
with_ore = st.integers(-(10**9), 10**9).flatmap(
    lambda kr: st.integers(1, 49).map(lambda ore: kr * 100 + ore)
)
lines_with_ore = st.lists(
    st.builds(lambda one, ore: {**one, "ore": ore}, line, with_ore), min_size=1, max_size=25
)
delta = st.integers(1400, 10**9).flatmap(lambda ore: st.sampled_from([ore, -ore]))
"""Beyond what the roundings of 25 lines in whole kronor may come to, 12,50 kr, and that of the sum itself."""


def year_of(example, lines):
    """A year whose sheets Ekonomi hold these lines, for the counties that ledgers come from."""
    names = [*PROVENANCE, *(field.id for field in YEAR.spec.tables["ekonomi"].fields)]
    rows = [
        {
            **dict.fromkeys(names),
            **line,
            "utfall": Decimal(line["ore"]) / 100,
            "lansnamn": NAMES[line["lan"]],
            "rad": n,
        }
        for n, line in enumerate(lines, 6)
    ]
    data = with_tables(
        example, ekonomi=pd.DataFrame(rows, columns=names, dtype=object), huvudbok=[], anslag=[]
    )
    return replace(data, counties=tuple(c for c in example.counties if c.code in NAMES))


def ledgers_of(lines):
    """The same lines as the counties' ledger extracts."""
    found = {}
    for code, name in NAMES.items():
        body = "".join(
            f"{n};2020-05-05;{ACCOUNTS[x['kostnadsslag']]};{x['verksamhetskod']};{x['anslagspost']};"
            f"{'-' if x['ore'] < 0 else ''}{abs(x['ore']) // 100},{abs(x['ore']) % 100:02d};text\n"
            for n, x in enumerate(lines)
            if x["lan"] == code
        )
        head = "Verifikationsnummer;Datum;Konto;Verksamhetskod;Anslagspost;Belopp;Text\n"
        found[code] = read_ledger((head + body).encode(), f"{code} {name}.csv", CHART, COUNTIES)
    return found


def rounded(ore):
    """Whole kronor, halves upwards."""
    return (ore + 50) // 100 * 100


def off(example, lines, booked):
    """What does not tie, and by how much."""
    found = reconcile(year_of(example, lines), ledgers_of(booked))
    return [(one.county, one.code, one.difference) for one in found if not one.ties]


def parts_off(example, lines, booked):
    """What does not tie by kind and by post."""
    found = reconcile_parts(year_of(example, lines), ledgers_of(booked), Series(()))
    return sorted(
        (one.county, one.dimension, one.code, one.difference) for one in found if not one.ties
    )


class DescribeThreeSides:
    @staticmethod
    def line(stated, ledger):
        sides = (None if side is None else Decimal(side) for side in (stated, ledger))
        return Reconciliation("12", "Skåne", "PM", Decimal(100), *sides)

    @pytest.mark.parametrize(
        ("stated", "ledger", "against", "difference"),
        [
            (None, None, None, 0), (100, None, "enligt_lanet", 0), (100, 100, "utdrag", 0), (100, 90, "utdrag", -10),
            (120, 100, "enligt_lanet", 20), (120, 90, "utdrag", -10), (120, None, "enligt_lanet", 20),
        ],
    )  # fmt: skip
    def it_tells_the_difference_against_the_side_that_is_off(
        self, stated, ledger, against, difference
    ):
        line = self.line(stated, ledger)
        assert (line.against, line.difference, line.ties) == (against, difference, difference == 0)

    def it_leaves_out_a_county_whose_sheet_ekonomi_has_errors(self, example):
        blocked = [
            replace(c, tables={**c.tables, "ekonomi": TableState.BLOCKED}) if c.code == "19" else c
            for c in example.counties
        ]
        lines = reconcile(replace(example, counties=tuple(blocked)), {})
        assert "19" not in {line.county for line in lines}

    @pytest.mark.parametrize("post", ["ap.4", "AP.4", "3:1 ap.4"])
    def it_knows_a_post_however_the_ledger_writes_it(self, example, post):
        one = {
            "lan": "12",
            "verksamhetskod": "PM",
            "kostnadsslag": "KÖP",
            "anslagspost": "ap.4",
            "ore": 10000,
        }
        assert parts_off(example, [one], [{**one, "anslagspost": post}]) == []

    def it_finds_what_the_ledger_has_on_no_post(self, example):
        one = {
            "lan": "12",
            "verksamhetskod": "PM",
            "kostnadsslag": "KÖP",
            "anslagspost": "ap.4",
            "ore": 10000,
        }
        assert parts_off(example, [one, one], [one, {**one, "anslagspost": ""}]) == [
            ("12", "anslagspost", "", 100), ("12", "anslagspost", "ap.4", -100),
        ]  # fmt: skip


class DescribeAnyRows:
    @settings(deadline=None)
    @given(lines=some_lines, more=delta, where=st.data())
    def it_finds_a_planted_difference_at_its_kind_and_its_post_and_nowhere_else(
        self, example, lines, more, where
    ):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit, amount = lines[place], Decimal(more) / 100
        assert parts_off(example, lines, spoilt) == [
            (hit["lan"], "anslagspost", hit["anslagspost"], amount),
            (hit["lan"], "kostnadsslag", hit["kostnadsslag"], amount),
        ]

    @settings(deadline=None)
    @given(lines=some_lines, more=delta, where=st.data(), in_ledger=st.booleans())
    def it_points_from_every_cut_at_the_line_where_a_difference_is_planted(
        self, example, lines, more, where, in_ledger
    ):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        data, ledgers = (year_of(example, lines), ledgers_of(spoilt)) if in_ledger else (year_of(example, spoilt), ledgers_of(lines))  # fmt: skip
        found = [*reconcile(data, ledgers), *reconcile_parts(data, ledgers, Series(()))]
        untied = [one for one in found if not one.ties]
        hit = {
            name: lines[place][name] for name in ("verksamhetskod", "kostnadsslag", "anslagspost")
        }
        assert [(one.county, narrowed(one, untied)) for one in untied] == [
            (lines[place]["lan"], hit)
        ] * 3

    def it_points_nowhere_further_when_two_codes_of_a_cut_show_the_difference(self, example):
        one = {
            "lan": "12",
            "verksamhetskod": "PM",
            "kostnadsslag": "KÖP",
            "anslagspost": "ap.4",
            "ore": 100_000,
        }
        two = {**one, "verksamhetskod": "HR"}
        spoilt = [{**one, "ore": 200_000}, {**two, "ore": 200_000}]
        untied = [
            x for x in reconcile(year_of(example, [one, two]), ledgers_of(spoilt)) if not x.ties
        ]
        assert [narrowed(x, untied) for x in untied] == [
            {"verksamhetskod": "HR"},
            {"verksamhetskod": "PM"},
        ]

    @settings(deadline=None)
    @given(lines=some_lines, chance=st.randoms(use_true_random=False))
    def it_gives_the_same_result_in_any_order(self, example, lines, chance):
        mixed, booked = list(lines), list(lines)
        chance.shuffle(mixed)
        chance.shuffle(booked)
        once = reconcile(year_of(example, lines), ledgers_of(lines))
        again = reconcile(year_of(example, mixed), ledgers_of(booked))
        assert once == again
        assert all(one.ties and not one.difference for one in again)

    @settings(deadline=None)
    @given(lines=some_lines)
    def it_loses_and_gains_no_krona(self, example, lines):
        total = Decimal(sum(one["ore"] for one in lines)) / 100
        data, ledgers = year_of(example, lines), ledgers_of(lines)
        found = reconcile(data, ledgers)
        assert sum(one.reported for one in found) == total
        assert sum(one.ledger for one in found) == total
        assert sum(spent_by(data, Dimension.CODE).values()) == total
        assert sum(one.control for one in ledgers.values()) == total
        assert sum(one.transactions for one in ledgers.values()) == len(lines)
        verdicts = earmark_verdicts(data, YEAR.spec.earmarks[0])
        assert sum(one.total for one in verdicts) == total

    @settings(deadline=None)
    @given(lines=some_lines, more=delta, where=st.data())
    def it_finds_a_difference_planted_in_the_workbook_there_and_nowhere_else(
        self, example, lines, more, where
    ):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit = lines[place]
        assert off(example, spoilt, lines) == [
            (hit["lan"], hit["verksamhetskod"], -Decimal(more) / 100)
        ]

    @settings(deadline=None)
    @given(lines=some_lines, more=delta, where=st.data())
    def it_finds_a_difference_planted_in_the_ledger_there_and_nowhere_else(
        self, example, lines, more, where
    ):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit = lines[place]
        assert off(example, lines, spoilt) == [
            (hit["lan"], hit["verksamhetskod"], Decimal(more) / 100)
        ]

    @settings(deadline=None)
    @given(lines=some_lines, other=st.sampled_from(CODES), where=st.data())
    def it_finds_a_line_booked_on_another_code_at_both_codes(self, example, lines, other, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        hit = lines[place]
        moved = [{**x, "verksamhetskod": other} if n == place else x for n, x in enumerate(lines)]
        amount = Decimal(hit["ore"]) / 100
        expected = [(hit["lan"], hit["verksamhetskod"], -amount), (hit["lan"], other, amount)]
        found = off(example, lines, moved)
        if other == hit["verksamhetskod"]:
            assert found == []
        elif abs(amount) > 13:
            assert found == sorted(expected)
        else:
            assert set(found) <= set(expected)

    @given(lines=some_lines, cut=st.integers(-(10**9), 10**9), where=st.data())
    @settings(max_examples=50, deadline=None)
    def it_ties_when_the_ledger_has_one_line_in_two_parts(self, example, lines, cut, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        parts = [{**lines[place], "ore": cut}, {**lines[place], "ore": lines[place]["ore"] - cut}]
        assert off(example, lines, [*lines[:place], *parts, *lines[place + 1 :]]) == []

    @settings(deadline=None)
    @given(lines=lines_with_ore, more=st.sampled_from([1, -1, 2, 49, 10**9]), where=st.data())
    def it_finds_a_single_ore_where_ore_are_reported(self, example, lines, more, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit = lines[place]
        assert off(example, lines, spoilt) == [
            (hit["lan"], hit["verksamhetskod"], Decimal(more) / 100)
        ]

    @settings(deadline=None)
    @given(lines=lines_with_ore)
    def it_ties_when_every_line_is_rounded_to_whole_kronor(self, example, lines):
        whole = [{**x, "ore": rounded(x["ore"])} for x in lines]
        assert off(example, whole, lines) == []
        assert parts_off(example, whole, lines) == []

    @settings(deadline=None)
    @given(lines=lines_with_ore, where=st.data())
    def it_finds_more_than_roundings_can_explain_at_that_code_and_nowhere_else(
        self, example, lines, where
    ):
        whole = [{**x, "ore": x["ore"] // 100 * 100} for x in lines]
        hit = where.draw(st.sampled_from(lines))
        same = [
            x
            for x in lines
            if (x["lan"], x["verksamhetskod"]) == (hit["lan"], hit["verksamhetskod"])
        ]
        booked = [{**x, "ore": x["ore"] // 100 * 100} for x in lines]
        over = {**hit, "ore": 50 * len(same) + 1}
        assert off(example, whole, [*booked, {**over, "ore": over["ore"] - 1}]) == []
        assert off(example, whole, [*booked, over]) == [
            (hit["lan"], hit["verksamhetskod"], Decimal(over["ore"]) / 100),
        ]  # fmt: skip
