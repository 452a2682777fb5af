"""SIE 4: what the file says that its accounts come to, beside what its transactions come to."""

from __future__ import annotations

import io
import shutil
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.results import YearResults
from toolkit.export.finance.workbook import write_finance
from toolkit.files.yaml import read_yaml
from toolkit.ledger.entries import AccountChart, Balance, Span
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.proof import proved
from toolkit.spec.load import load_year, parse
from toolkit.year.ledgers import read_ledgers
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
CHART = parse(
    read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"),
    AccountChart,
)
HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#FNAMN "Länsstyrelsen i Kalmar län"\n'
WHOLE = "#RAR 0 20200101 20201231\n#RAR -1 20190101 20191231\n"
VOUCHERS = (
    '#VER A 1 20200302 "Lokal"\n{\n#TRANS 5010 {7 "PM"} 1000.25\n#TRANS 1990 {} -1000.25\n}\n'
    '#VER "" "" 20201120 "Lokal igen"\n{\n#TRANS 5010 {7 "VN"} -200.20\n#TRANS 1990 {} 200.20\n}\n'
)


def read(text, name="utdrag.se"):
    return read_ledger(text.encode("cp437"), name, CHART, YEAR.spec.counties)


class DescribeBalances:
    def it_is_silent_when_the_transactions_come_to_what_the_file_says(self):
        ledger = read(
            HEAD + WHOLE + "#IB 0 1990 500\n#UB 0 1990 -300.05\n#RES 0 5010 800.05\n" + VOUCHERS
        )
        assert (ledger.compared, ledger.balances, ledger.missing) == (2, (), 0)

    def it_names_line_account_and_both_sums_of_a_result_that_differs(self):
        ledger = read(HEAD + WHOLE + "#RES 0 5010 800.06\n" + VOUCHERS)
        assert ledger.balances == (Balance(7, "5010", "RES", Decimal("800.06"), Decimal("800.05")),)

    def it_counts_the_opening_balance_into_the_closing_one(self):
        ledger = read(HEAD + WHOLE + "#IB 0 1990 500\n#UB 0 1990 -800.05\n" + VOUCHERS)
        assert ledger.balances == (
            Balance(8, "1990", "UB", Decimal("-800.05"), Decimal("-300.05")),
        )

    def it_takes_an_account_without_an_opening_balance_to_open_at_nothing(self):
        assert read(HEAD + WHOLE + "#UB 0 1990 -800.05\n" + VOUCHERS).balances == ()

    def it_finds_an_account_that_has_a_result_but_no_transactions(self):
        (balance,) = read(HEAD + WHOLE + "#RES 0 7310 40\n" + VOUCHERS).balances
        assert (balance.account, balance.stated, balance.read) == ("7310", 40, 0)

    def it_looks_at_no_other_year_and_compares_nothing_that_is_not_given(self):
        ledger = read(HEAD + WHOLE + "#RES -1 5010 7\n#UB -1 1990 7\n" + VOUCHERS)
        assert (ledger.compared, ledger.balances) == (0, ())

    def it_finds_them_also_when_they_stand_below_the_vouchers(self):
        (balance,) = read(HEAD + VOUCHERS + '#RES 0 "5010" 1.00\n').balances
        assert (balance.line, balance.read) == (15, Decimal("800.05"))

    def it_counts_neither_removed_rows_nor_added_ones_twice(self):
        changed = VOUCHERS.replace(
            '#TRANS 5010 {7 "PM"} 1000.25\n',
            '#BTRANS 5010 {7 "PM"} 900.00\n#RTRANS 5010 {7 "PM"} 1000.25\n#TRANS 5010 {7 "PM"} 1000.25\n',
        )
        ledger = read(HEAD + "#RES 0 5010 800.05\n" + changed)
        assert (ledger.balances, ledger.transactions, ledger.bad_lines) == ((), 4, ())

    @given(
        st.lists(st.tuples(st.sampled_from(["5010", "5410", "7310"]), st.integers(-(10**11), 10**11)), min_size=1),
        st.integers(1, 10**9), st.data(),
    )  # fmt: skip
    def it_finds_an_amount_changed_on_any_line_at_its_account_and_nowhere_else(
        self, lines, more, where
    ):
        sums = dict.fromkeys((account for account, _ in lines), 0)
        for account, ore in lines:
            sums[account] += ore
        place = where.draw(st.integers(0, len(lines) - 1))
        said = "".join(
            f"#RES 0 {account} {Decimal(ore) / 100:.2f}\n" for account, ore in sums.items()
        )

        def body(extra):
            rows = (ore + extra * (n == place) for n, (_, ore) in enumerate(lines))
            return "".join(
                f"#TRANS {account} {{}} {Decimal(ore) / 100:.2f}\n"
                for (account, _), ore in zip(lines, rows, strict=True)
            )

        assert read(HEAD + said + body(0)).balances == ()
        (balance,) = read(HEAD + said + body(more)).balances
        assert (balance.account, balance.read - balance.stated) == (
            lines[place][0],
            Decimal(more) / 100,
        )


class DescribeThePeriod:
    def it_is_the_years_in_the_file_and_the_days_of_its_vouchers(self):
        ledger = read(HEAD + WHOLE + VOUCHERS)
        assert ledger.year == Span(date(2020, 1, 1), date(2020, 12, 31))
        assert ledger.dated == Span(date(2020, 3, 2), date(2020, 11, 20))

    @pytest.mark.parametrize(
        "line", ["#RAR 0 20201301 20201231\n", "#RAR 0 20200101\n", "#RAR\n", "#OMFATTN\n", "#\n"]
    )
    def it_is_nothing_where_the_file_says_nothing_that_can_be_read(self, line):
        ledger = read(HEAD + line + VOUCHERS)
        assert (ledger.year, ledger.until, ledger.bad_lines) == (None, None, ())


class DescribeWhatIsToldOfAFile:
    @pytest.fixture
    def told(self, tmp_path):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        folder = tmp_path / "inputs/2020/ledgers"
        folder.mkdir(parents=True)

        def tell(text):
            (folder / "a.se").write_text(text, encoding="cp437")
            return read_ledgers(Workspace(tmp_path, 2020), YEAR)

        return tell

    def it_says_nothing_of_a_file_that_holds_together(self, told):
        ledgers, findings = told(
            HEAD + WHOLE + "#OMFATTN 20201231\n#RES 0 5010 800.05\n" + VOUCHERS
        )
        assert (list(ledgers), findings) == (["08"], [])

    def it_says_which_accounts_differ_and_from_when_the_vouchers_are(self, told):
        _, (finding,) = told(HEAD + WHOLE + "#RES 0 5010 900\n#UB 0 1990 1\n" + VOUCHERS)
        assert (finding.code, finding.county) == ("HUVUDBOK-SALDO", "08")
        assert finding.message.replace("\u00a0", " ") == (
            "I filen a.se stämmer 2 av 2 saldon inte med transaktionerna: rad 7, konto 5010: resultatet är 900 kr, "
            "transaktionerna summerar till 800,05 kr; rad 8, konto 1990: utgående balans är 1 kr, ingående balans och "
            "transaktionerna summerar till −800,05 kr. Verifikationerna i filen är daterade 2020-03-02–2020-11-20. Ingenting har jämförts med filen."
        )

    def it_names_five_accounts_and_how_many_more_there_are(self, told):
        _, (finding,) = told(HEAD + "".join(f"#RES 0 50{n} 1\n" for n in range(10, 18)) + VOUCHERS)
        assert "konto 5014: " in finding.message
        assert "konto 5015: " not in finding.message
        assert "; och 3 till. " in finding.message

    @pytest.mark.parametrize(
        ("head", "why"),
        [
            ("#RAR 0 20190101 20191231\n", "Räkenskapsåret i filen är 2019-01-01–2019-12-31."),
            (WHOLE + "#OMFATTN 20200831\n", "Filen omfattar 2020-01-01–2020-08-31."),
        ],
    )
    def it_says_that_a_file_is_of_another_year_or_of_a_part_of_it(self, told, head, why):
        ledgers, (finding,) = told(HEAD + head + VOUCHERS)
        assert (finding.code, finding.message) == (
            "HUVUDBOK-PERIOD",
            f"Filen a.se ska gälla hela 2020. {why} Ingenting har jämförts med filen.",
        )
        assert not ledgers["08"].used

    def it_says_that_vouchers_are_from_outside_the_year(self, told):
        _, (finding,) = told(HEAD + VOUCHERS.replace("20201120", "20210104"))
        assert finding.message.endswith(
            "Verifikationerna är daterade 2020-03-02–2021-01-04. Ingenting har jämförts med filen."
        )

    def it_lists_every_account_in_ekonomi_xlsx_with_a_live_difference(self, told, example):
        ledgers, _ = told(HEAD + "#RES 0 5010 900\n#UB 0 1990 -800.05\n" + VOUCHERS)
        finance = YearResults(
            example, earmark_verdicts(example, YEAR.spec.earmarks[0]), Series(()), ledgers=ledgers
        )
        page = openpyxl.load_workbook(io.BytesIO(write_finance(finance)))["Så lästes huvudboken"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        assert (rows[0][13:16], rows[1][13:16]) == (
            ["Verifikationernas datum", "Saldon i filen mot transaktionerna", "Används i avstämningen"],
            ["2020-03-02–2020-11-20", "1 av 2 stämmer", "Nej: transaktionerna ger inte filens egna saldon."],
        )  # fmt: skip
        assert rows[-1][:8] == [
            "08",
            "Kalmar",
            "a.se",
            5,
            "Konto 5010, resultat",
            900,
            800.05,
            "=F9-G9",
        ]


PERIODIC = '#PSALDO 0 202003 5010 {{7 "PM"}} {pm}\n#PSALDO 0 202011 5010 {{7 "VN"}} {vn}\n'


class DescribeWhatTheFileSaysOfItsObjects:
    @pytest.mark.parametrize(
        "said",
        [
            PERIODIC.format(pm="1000.25", vn="-200.20"),
            "#PSALDO 0 202003 5010 {} 1000.25\n#PSALDO 0 202011 5010 {} -200.20\n",
            "#PSALDO 0 202003 5010 {} 1000.25\n#PSALDO 0 202011 5010 {} 800.05\n",
            '#PSALDO 0 202003 5010 {7 "PM"} 1000.25\n#PSALDO 0 202012 5010 {7 "PM"} 1000.25\n',
            '#PSALDO 0 202003 5010 {7 "PM"} 1000\n#PSALDO 0 202003 5010 {7 "PM"} 0.25\n',
            '#PSALDO 0 202011 5010 {7 "VN"} -200.20\n',
            '#PSALDO -1 201903 5010 {7 "PM"} 77.00\n',
            '#PSALDO 0 202003 5010 {1 "310"} 77.00\n',
            '#PSALDO 0 202003 5010 {1 "310" 7 "PM"} 77.00\n',
            '#OUB 0 5010 {7 "PM"} 1000.25\n',
            '#OIB 0 1990 {7 "PM"} 5\n#OUB 0 1990 {7 "PM"} 5\n',
        ],
    )
    def it_is_silent_when_the_transactions_come_to_it(self, said):
        assert read(HEAD + WHOLE + said + VOUCHERS).balances == ()

    @pytest.mark.parametrize(
        ("said", "account", "kind", "stated", "own"),
        [
            (
                '#PSALDO 0 202003 5010 {7 "PM"} 999999.00\n',
                "5010 PM",
                "PSALDO",
                "999999",
                "1000.25",
            ),
            ("#PSALDO 0 202003 5010 {} 1.00\n", "5010", "PSALDO", "1", "1000.25"),
            ('#PSALDO 0 202004 5010 {7 "PM"} 5.00\n', "5010 PM", "PSALDO", "5", "0"),
            ('#PSALDO 0 202003 5010 {7 "801"} 5.00\n', "5010 801", "PSALDO", "5", "0"),
            ('#PSALDO 0 202003 5410 {7 "pm"} 5.00\n', "5410 PM", "PSALDO", "5", "0"),
            ('#OUB 0 5010 {7 "VN"} -1.00\n', "5010 VN", "OUB", "-1", "-200.20"),
            ('#OUB 0 1990 {7 "PM"} -1.00\n', "1990 PM", "OUB", "-1", "0"),
            ('#OIB 0 1990 {7 "PM"} 5\n#OUB 0 1990 {7 "PM"} 4\n', "1990 PM", "OUB", "4", "5"),
        ],
    )
    def it_names_the_object_where_they_do_not(self, said, account, kind, stated, own):
        (found,) = read(HEAD + WHOLE + said + VOUCHERS).balances
        assert found[1:] == (account, kind, Decimal(stated), Decimal(own))

    def it_is_told_and_the_file_is_not_used(self):
        said = PERIODIC.format(pm="1000.26", vn="-200.20")
        ledger = proved(YEAR, read(HEAD + WHOLE + said + VOUCHERS))
        assert "saldon_skiljer" in ledger.doubts
        told = ledger_findings(YEAR, "utdrag.se", ledger)
        assert any("#PSALDO" in one.message for one in told)
