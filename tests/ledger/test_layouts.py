"""Ledgers as systems and people write them: read right to the öre, or not used and said why; never
silently something else. The transactions are those of the example's ledger of Skåne."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.year.ledgers import read_ledgers
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
WHOLE = Decimal(8789058)
ROWS = list(
    csv.DictReader(
        io.StringIO((ROOT / "inputs/2020/ledgers/12 Skåne huvudbok.csv").read_text("cp1252")),
        delimiter=";",
    )
)
HEADS = tuple(ROWS[0])
PLAIN = [[row[head] for head in HEADS] for row in ROWS]


def kr(row):
    return Decimal(row["Belopp"].replace(",", "."))


def comma(amount):
    return f"{amount:.2f}".replace(".", ",")


def written(heads, rows):
    """A csv as Excel saves it."""
    return "".join(";".join(row) + "\n" for row in (heads, *rows)).encode()


def changed(**made):
    """The rows with some cells made anew."""
    return [[made[head](row) if head in made else row[head] for head in HEADS] for row in ROWS]


def book(*sheets, hidden=()):
    """An xlsx: sheets by name, each with its rows; a date is a cell with a date's format."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = made.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)
    made.close()
    return target.getvalue()


@pytest.fixture
def read(tmp_path):
    """What a file among the ledgers gives: Skåne's ledger if it is used, and what is said."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "inputs/2020/ledgers"
    folder.mkdir(parents=True)

    def put(data, name="12 x.csv", **others):
        files = {name: data, **{f"12 Skåne {stem}.csv": more for stem, more in others.items()}}
        for file, content in files.items():
            (folder / file).write_bytes(content)
        return read_ledgers(Workspace(tmp_path, 2020), YEAR)

    return put


def used(ledgers):
    return {code: ledger.control for code, ledger in ledgers.items() if ledger.used}


def codes(findings):
    return [finding.code for finding in findings]


def why(findings):
    return next(one.message for one in findings if one.code == "HUVUDBOK-OANVAND")


SIDES = ("Konto", "Vernr", "Datum", "Verksamhet", "Text", "Debet", "Kredit", "Saldo")


def in_two_columns():
    balance, rows = Decimal(0), []
    for row in ROWS:
        balance += kr(row)
        debit = comma(kr(row)) if kr(row) > 0 else ""
        credit = comma(-kr(row)) if kr(row) < 0 else ""
        rows.append([row["Konto"], row["Verifikationsnummer"], row["Datum"],
                     row["Verksamhetskod"], "t", debit, credit, comma(balance)])  # fmt: skip
    return rows


CREDITED = [*ROWS, {**ROWS[0], "Belopp": "1000,00"}, {**ROWS[0], "Belopp": "-1000,00"}]


def marked(debit, credit, amount):
    """An amount beside a sign of its side."""
    rows = [[*(row[head] for head in HEADS[:5]), amount(kr(row)),
             debit if kr(row) > 0 else credit, "t"] for row in CREDITED]  # fmt: skip
    return written((*HEADS[:6], "D/K", "Text"), rows)


class DescribeAmountsAndTheirSides:
    def it_takes_debit_less_credit_and_leaves_the_running_balance_alone(self, read):
        ledgers, findings = read(written(SIDES, in_two_columns()))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])

    def it_leaves_a_balance_before_the_amount_alone(self, read):
        heads = ("Saldo", *HEADS)
        rows = [[comma(Decimal(n)), *row] for n, row in enumerate(PLAIN)]
        assert used(read(written(heads, rows))[0]) == {"12": WHOLE}

    def it_reads_a_list_of_balances_where_each_account_and_code_stands_once(self, read):
        ledgers, findings = read(b"Konto;Verksamhetskod;Saldo\n4110;PM;100,00\n5410;PM;5,50\n")
        assert (used(ledgers), findings) == ({"12": Decimal("105.50")}, [])

    def it_does_not_use_running_balances(self, read):
        ledgers, findings = read(b"Konto;Verksamhetskod;Saldo\n4110;PM;100,00\n4110;PM;150,00\n")
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])

    @pytest.mark.parametrize(("debit", "credit"), ["DK", "+-", ("Debet", "Kredit"), "SH"])
    def it_turns_what_stands_on_the_side_of_credit(self, read, debit, credit):
        ledgers, findings = read(marked(debit, credit, lambda amount: comma(abs(amount))))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])

    def it_does_not_turn_what_has_its_sign_already(self, read):
        assert used(read(marked("D", "K", comma))[0]) == {"12": WHOLE}

    def it_does_not_use_a_file_where_credits_have_both_signs(self, read):
        extra = f"{';'.join(PLAIN[0][:5])};-5,00;K;t\n{';'.join(PLAIN[0][:5])};5,00;K;t\n"
        ledgers, findings = read(marked("D", "K", comma) + extra.encode())
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])

    def it_does_not_choose_between_two_columns_of_amounts(self, read):
        ledgers, findings = read(b"Konto;Verksamhetskod;Utfall;Belopp\n4110;PM;1,00;2,00\n")
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])

    @pytest.mark.parametrize("value", [date(2020, 1, 3), True])
    def it_takes_neither_a_date_nor_a_truth_for_an_amount(self, read, value):
        rows = [HEADS, *changed(Belopp=lambda row: float(kr(row)))]
        rows[2][5] = value
        ledgers, findings = read(book(("Huvudbok", rows)), "12 x.xlsx")
        assert ledgers["12"].bad_lines[0].line == 3
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-RADER"])


class DescribeRowsThatAreNoTransactions:
    @pytest.mark.parametrize("word", ["Utgående saldo", "Ingående balans", "Utgående saldo 2020"])
    def it_leaves_balances_out_and_says_so(self, read, word):
        sums = [["", "", "4110", "", "", "4042980,00", word]]
        ledgers, findings = read(written(HEADS, [*PLAIN, *sums]))
        assert (used(ledgers), codes(findings)) == ({"12": WHOLE}, ["HUVUDBOK-SUMRADER"])
        assert "1 rad" in findings[0].message

    @pytest.mark.parametrize("word", ["Summa", "Summa konto 4110", "Summa 4110", "Totalt"])
    def it_leaves_subtotals_on_an_account_out(self, read, word):
        sums = [["", "", "4110", "", "", "4042980,00", word]]
        ledgers, _ = read(written(HEADS, [*PLAIN, *sums]))
        assert used(ledgers) == {"12": WHOLE}

    def it_takes_a_voucher_whose_text_begins_so_for_a_transaction(self, read):
        ledgers, findings = read(written(HEADS, changed(Text=lambda row: "Summa hyra mars")))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])

    def it_passes_page_heads_over(self, read):
        pages = [*PLAIN[:50], ["Sida 2", "", "", "", "", "", ""], list(HEADS), *PLAIN[50:]]
        assert used(read(written(HEADS, pages))[0]) == {"12": WHOLE}

    def it_refuses_rows_with_more_fields_than_headings(self, read):
        data = "Konto;Verksamhet;Text;Belopp;Antal\n4110;801;Hyra; 2020;100,00;1\n4110;801;L;200,00;1\n"
        ledgers, findings = read(data.encode())
        assert [bad.line for bad in ledgers["12"].bad_lines] == [2]
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-RADER"])

    def it_refuses_a_row_that_has_lost_a_field(self, read):
        data = b"Konto;Verksamhet;Belopp;Antal\n4110;801;100,00;1\n4110;100,00;1\n"
        ledgers, _ = read(data)
        assert ([bad.line for bad in ledgers["12"].bad_lines], used(ledgers)) == ([3], {})

    def it_lets_an_empty_field_follow_after_the_last_heading(self, read):
        ledgers, findings = read(written(HEADS, [[*row, ""] for row in PLAIN]))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])


class DescribeAccountsAndCodes:
    def it_reads_an_account_beside_its_name(self, read):
        ledgers, findings = read(written(HEADS, changed(Konto=lambda row: row["Konto"] + " Löner")))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])

    @pytest.mark.parametrize("between", [" - ", " ", " – "])
    def it_reads_a_code_beside_its_label(self, read, between):
        named = changed(Verksamhetskod=lambda row: f"{row['Verksamhetskod']}{between}text")
        ledgers, findings = read(written(HEADS, named))
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])
        assert set(ledgers["12"].by_code()) == {"801", "PM", "VN", "HR", "VF"}

    def it_does_not_use_a_file_without_any_account_of_the_chart(self, read):
        ledgers, findings = read(written(HEADS, changed(Konto=lambda row: row["Konto"] + "0")))
        assert used(ledgers) == {}
        assert codes(findings) == ["HUVUDBOK-UTANFOR", "HUVUDBOK-OANVAND"]
        assert "41100" in findings[0].message

    def it_does_not_use_a_file_without_any_code_of_the_year(self, read):
        ledgers, findings = read(written(HEADS, changed(Verksamhetskod=lambda row: "999")))
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])

    def it_names_accounts_between_those_of_the_chart_with_their_sums(self, read):
        rows = [*PLAIN, ["1", "2020-05-05", "5105", "PM", "", "30,00", ""]]
        ledgers, findings = read(written(HEADS, rows))
        assert (used(ledgers), codes(findings)) == ({"12": WHOLE}, ["HUVUDBOK-UTANFOR"])
        assert "5105 (30\u00a0kr)" in findings[0].message

    def it_does_not_use_a_file_most_of_whose_costs_the_chart_does_not_know(self, read):
        rows = changed(Konto=lambda row: "5105" if int(row["Verifikationsnummer"]) % 3 else "4110")
        ledgers, findings = read(written(HEADS, rows))
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-UTANFOR", "HUVUDBOK-OANVAND"])

    def it_says_of_headings_alone_that_there_are_no_transactions(self, read):
        ledgers, findings = read(written(HEADS, []))
        assert (used(ledgers), "inga transaktioner" in why(findings)) == ({}, True)


class DescribeDays:
    @pytest.mark.parametrize(
        "day", ["2019-06-30", "20190630", "30.6.2019", "2019-06-30 00:00", "2021-01-01"]
    )
    def it_does_not_use_a_file_with_a_row_of_another_year(self, read, day):
        rows = [*PLAIN, ["1", day, "4110", "801", "ap.4", "1,00", ""]]
        ledgers, findings = read(written(HEADS, rows))
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-PERIOD"])

    def it_reads_the_days_of_a_workbook(self, read):
        rows = changed(Datum=lambda row: date.fromisoformat(row["Datum"]))
        ledgers, findings = read(book(("Huvudbok", [HEADS, *rows])), "12 x.xlsx")
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])
        assert str(ledgers["12"].dated.first).startswith("2020-")


class DescribeSheets:
    def it_reads_all_that_are_shown(self, read):
        halves = [("jan-jun", [HEADS, *PLAIN[:40]]), ("jul-dec", [HEADS, *PLAIN[40:]])]
        ledgers, findings = read(book(*halves), "12 x.xlsx")
        assert (used(ledgers), findings) == ({"12": WHOLE}, [])

    def it_leaves_a_hidden_one_and_says_so(self, read):
        sheets = [("Gammal", [HEADS, *PLAIN, *PLAIN]), ("Huvudbok", [HEADS, *PLAIN])]
        ledgers, findings = read(book(*sheets[::-1], hidden=("Gammal",)), "12 x.xlsx")
        assert (used(ledgers), codes(findings)) == ({"12": WHOLE}, ["HUVUDBOK-BLAD"])

    def it_does_not_add_a_copy(self, read):
        sheets = [("Huvudbok", [HEADS, *PLAIN]), ("Kopia", [HEADS, *PLAIN])]
        ledgers, findings = read(book(*sheets), "12 x.xlsx")
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])


class DescribeSeveralFilesOfACounty:
    def it_adds_halves_of_a_year(self, read):
        early = [row for row in PLAIN if row[1] < "2020-07"]
        late = [row for row in PLAIN if row[1] >= "2020-07"]
        ledgers, findings = read(written(HEADS, early), andra=written(HEADS, late))
        assert (used(ledgers), codes(findings)) == ({"12": WHOLE}, ["HUVUDBOK-DELAR"])

    def it_adds_files_of_different_posts(self, read):
        other = [[*row[:4], "ap.1", *row[5:]] for row in PLAIN[:9]]
        both = WHOLE + sum(kr(row) for row in ROWS[:9])
        ledgers, findings = read(written(HEADS, PLAIN), andra=written(HEADS, other))
        assert (used(ledgers), codes(findings)) == ({"12": both}, ["HUVUDBOK-DELAR"])

    def it_uses_none_of_those_that_overlap(self, read):
        ledgers, findings = read(written(HEADS, PLAIN), andra=written(HEADS, PLAIN[:60]))
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-DUBBEL"])

    def it_uses_one_of_two_that_say_the_same(self, read):
        ledgers, findings = read(written(HEADS, PLAIN), andra=written(HEADS, PLAIN[::-1]))
        assert (used(ledgers), codes(findings)) == ({"12": WHOLE}, ["HUVUDBOK-DUBBEL"])


class DescribeWhoseAFileIs:
    @pytest.mark.parametrize("name", ["2020 huvudbok.csv", "2021-01-15 export.csv", "20-01-15.csv"])
    def it_does_not_take_a_year_for_a_county(self, read, name):
        ledgers, findings = read(written(HEADS, PLAIN), name)
        assert (ledgers, codes(findings)) == ({}, ["HUVUDBOK-LAN"])

    @pytest.mark.parametrize("name", ["20 huvudbok.csv", "20_huvudbok.csv", "20.csv"])
    def it_takes_a_code_that_stands_alone(self, read, name):
        assert list(read(written(HEADS, PLAIN), name)[0]) == ["20"]


class DescribeFilesOfOtherKinds:
    @pytest.mark.parametrize("name", ["14 VG.skv", "14.zip", "14 VG.pdf", "12 x.docx"])
    def it_names_what_it_does_not_read(self, read, name):
        ledgers, findings = read(b"x", name)
        assert (ledgers, [(one.code, one.file) for one in findings]) == (
            {},
            [("HUVUDBOK-FORMAT", name)],
        )

    def it_reads_an_xls(self, read):
        data = (ROOT / "tests/ledgers/excel-97.xls").read_bytes()
        assert used(read(data, "12 x.xls")[0]) == {"12": WHOLE}

    def it_reads_tabs_whatever_the_ending(self, read):
        data = written(HEADS, PLAIN).replace(b";", b"\t")
        assert used(read(data, "12 x.tsv")[0]) == {"12": WHOLE}


SIE = (
    '#FLAGGA 0\n#FORMAT{mark}PC8\n#SIETYP 4\n#FNAMN "Länsstyrelsen i Västmanlands län"\n'
    '#RAR 0 20200101 20201231\n#DIM {dim} "{name}"\n'
)
VOUCHER = (
    '#VER A 1 20200322 "å"\n{{\n#TRANS 4110 {{{dim} "PM"}} 100.50\n#TRANS 1990 {{}} -100.50\n}}\n'
)


class DescribeSie:
    @pytest.mark.parametrize("mark", [" ", "  ", "\t", ' "'])
    @pytest.mark.parametrize("encoding", ["cp437", "utf-8", "cp1252"])
    def it_knows_the_county_however_it_is_written(self, read, mark, encoding):
        text = SIE.format(mark=mark, dim=7, name="Verksamhetskod") + VOUCHER.format(dim=7)
        text = text.replace('"PC8', '"PC8"')
        ledgers, findings = read(text.encode(encoding), "utdrag.se")
        assert (used(ledgers), findings) == ({"19": Decimal("100.50")}, [])

    def it_finds_the_dimension_by_its_name(self, read):
        text = SIE.format(mark=" ", dim=9, name="Verksamhetskod") + VOUCHER.format(dim=9)
        ledgers, findings = read(text.encode("cp437"), "utdrag.se")
        assert (ledgers["19"].by_code(), findings) == ({"PM": Decimal("100.50")}, [])

    def it_does_not_use_one_without_the_dimension(self, read):
        text = SIE.format(mark=" ", dim=1, name="Resultatenhet") + VOUCHER.format(dim=1)
        ledgers, findings = read(text.encode("cp437"), "utdrag.se")
        assert (used(ledgers), codes(findings)) == ({}, ["HUVUDBOK-OANVAND"])

    def it_says_of_one_without_vouchers_that_there_are_no_transactions(self, read):
        text = SIE.format(mark=" ", dim=7, name="Verksamhetskod")
        ledgers, findings = read(text.encode("cp437"), "utdrag.se")
        assert (used(ledgers), "inga transaktioner" in why(findings)) == ({}, True)
